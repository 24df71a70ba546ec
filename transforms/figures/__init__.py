"""Figures: every number of a document that counts or measures, with thing, effects, claimant and place.

The grammar of numbers (:func:`find_numbers`) and the quantities made of it (:func:`find_quantities`) need nothing but
a text; :func:`find_figures` adds what the tree, the statements and the places around them say.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from schemas.documents import Document
from schemas.figures import Figure
from schemas.places import Place
from schemas.spans import Span, make_id
from schemas.statements import Statement
from schemas.vocabulary import Comparator, Effect
from transforms.figures.anchors import Anchor, find_anchors
from transforms.figures.changes import find_changes
from transforms.figures.claims import find_announcers, find_statement
from transforms.figures.effects import find_effects
from transforms.figures.money import mark_given
from transforms.figures.numbers import find_numbers
from transforms.figures.numerals import Number
from transforms.figures.parts import find_wholes, has_auxiliary, is_cumulative
from transforms.figures.placing import PlaceFinder, name_of
from transforms.figures.quantities import find_quantities
from transforms.figures.quantity import Quantity
from transforms.figures.things import Pair, name_things
from transforms.syntax.tree import Tree

_OF_THINGS = frozenset({Effect.PROVIDED, Effect.LAUNCHED, Effect.INTERCEPTED, Effect.DESTROYED, Effect.DAMAGED})

__all__ = ["Number", "Quantity", "find_figures", "find_numbers", "find_quantities", "read_syntax"]


def find_figures(
    document: Document, trees: Sequence[Tree], statements: Sequence[Statement], places: Sequence[Place]
) -> tuple[Figure, ...]:
    """Find every figure of ``document``, in text order.

    Args:
        document: The document; all offsets are into its text.
        trees: Its sentences' trees, in order.
        statements: Its statements: a figure inside one's content is on its speaker's word.
        places: Its places.

    Figures outside all sentences are left out.  Never raises; time is linear in the text.
    """
    anchors = find_anchors(find_quantities(document.text), trees)
    wholes = find_wholes(document.text, anchors)
    things, effects = read_syntax(anchors, wholes)
    comparators = find_changes(anchors)
    finder = PlaceFinder(trees, places)
    announcers = find_announcers(document.text, trees, statements)
    ids = [make_id("figure", document.document_id, a.quantity.start, a.quantity.end) for a in anchors]
    return tuple(
        _make_figure(
            document,
            anchor,
            _Reading(
                ids[i],
                comparators[i],
                things[i],
                effects[i],
                ids[wholes[i]] if i in wholes else None,
                announcers.get(anchor.tree.sentence.paragraph_no),
            ),
            statement=find_statement(Span(anchor.quantity.start, anchor.quantity.end), statements),
            place=_place_of(finder, anchor, effects[i]),
        )
        for i, anchor in enumerate(anchors)
    )


class _Reading(NamedTuple):
    """What syntax says of one figure."""

    figure_id: str
    comparator: Comparator
    thing: Pair
    effects: tuple[Effect, ...]
    whole_id: str | None
    announcer: str | None


def _place_of(finder: PlaceFinder, anchor: Anchor, effects: tuple[Effect, ...]) -> tuple[str, str] | None:
    """Give name and mention of the figure's place."""
    place = finder.find(anchor, effects)
    return (name_of(place, finder), place.place_id) if place else None


def read_syntax(anchors: list[Anchor], wholes: dict[int, int]) -> tuple[list[Pair], list[tuple[Effect, ...]]]:
    """Read things and effects sentence by sentence; a part that has no effect of its own shares its whole's."""
    things: list[Pair] = []
    effects: list[tuple[Effect, ...]] = []
    paragraph = -1
    before: Pair = (None, None)
    for _, group in groupby(anchors, key=lambda a: id(a.tree)):
        listed = list(group)
        found = find_effects(listed[0].tree, listed)
        effects.extend(found.get(i, ()) for i in range(len(listed)))
        if listed[0].tree.sentence.paragraph_no != paragraph:
            paragraph, before = listed[0].tree.sentence.paragraph_no, (None, None)
        parts = frozenset(part - len(things) for part in wholes)
        harmed = frozenset(i for i in range(len(listed)) if _is_harmed(found.get(i, ())))
        things.extend(name_things(listed, parts, harmed, before))
        before = things[-1]
    mark_given(anchors, things, effects)
    for part, whole in wholes.items():
        if whole == part + 1 and effects[part] and effects[part] == effects[whole] and has_auxiliary(anchors[whole]):
            effects[whole] = ()  # «20 of the 36 drones were shot down»: of the others nothing is said
    for part, whole in wholes.items():
        things[part] = things[part] if things[part][0] else things[whole]
        effects[part] = effects[part] or effects[whole]
    return things, effects


def _is_harmed(effects: tuple[Effect, ...]) -> bool:
    return not _OF_THINGS.issuperset(effects)


def _make_figure(
    document: Document,
    anchor: Anchor,
    reading: _Reading,
    *,
    statement: Statement | None,
    place: tuple[str, str] | None,
) -> Figure:
    quantity = anchor.quantity
    return Figure(
        figure_id=reading.figure_id,
        document_id=document.document_id,
        sentence_no=anchor.tree.sentence.sentence_no,
        char_start=quantity.start,
        char_end=quantity.end,
        quote=document.text[quantity.start : quantity.end],
        value_low=min(quantity.low, quantity.high),
        value_high=max(quantity.low, quantity.high),
        comparator=reading.comparator,
        kind=quantity.kind,
        unit=quantity.unit,
        thing=reading.thing[0],
        thing_phrase=reading.thing[1],
        effects=reading.effects,
        is_cumulative=is_cumulative(document.text, anchor),
        part_of_figure_id=reading.whole_id,
        statement_id=statement.statement_id if statement else None,
        claimant_name=(statement.speaker_name or statement.source_quote) if statement else reading.announcer,
        place_name=place[0] if place else None,
        place_id=place[1] if place else None,
    )
