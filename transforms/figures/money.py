"""Money given: grants, aid and funding, told by their noun, and lists of them that say the giving once.

«Mass Humanities received $987,000 …» is said by its verb (:mod:`transforms.figures.effects`); «$1 million in federal
funding» by its noun; the lines of a list of grants take noun and effect over from the figure that heads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from schemas.vocabulary import Effect, FigureKind
from transforms.figures.anchors import Anchor
from transforms.figures.things import Pair
from transforms.reference import read_reference

_FAR = 2500  # characters between two lines of one list
_TAKING = frozenset(
    {"seize", "freeze", "fine", "lose", "steal", "owe", "demand", "offer", "cut", "reduce", "save", "withhold"}
)


@cache
def aid_nouns() -> frozenset[str]:
    """Give the nouns for money that is given."""
    return frozenset(row["noun"] for row in read_reference("aid_nouns", ("noun",)))


def mark_given(
    anchors: Sequence[Anchor],
    things: list[Pair],
    effects: list[tuple[Effect, ...]],
) -> None:
    """Mark money as provided, in place: by its noun, or by the list it stands in, whose noun it takes over."""
    heading: int | None = None
    for place, anchor in enumerate(anchors):
        if anchor.quantity.kind is not FigureKind.MONEY:
            continue
        if not effects[place] and things[place][0] in aid_nouns() and not _is_taken(anchor):
            effects[place] = (Effect.PROVIDED,)
        elif heading is not None and _is_item(anchor, anchors[heading]):
            effects[place] = effects[place] or effects[heading]
            things[place] = things[place] if things[place][0] else things[heading]
        if Effect.PROVIDED in effects[place]:
            heading = place


def _is_item(anchor: Anchor, heading: Anchor) -> bool:
    """Tell whether the figure stands in a line without a verb of its own, or one that only says who receives it."""
    tree = anchor.tree
    if tree is heading.tree or anchor.quantity.start - heading.quantity.end > _FAR:
        return False
    verbs = [t.lemma for t in tree.tokens if t.pos == "VERB" and t.index < anchor.number]
    return not verbs or (verbs == ["receive"] and anchor.number > 0)


def _is_taken(anchor: Anchor) -> bool:
    head = anchor.tree.parent(anchor.number)
    return head is not None and anchor.tree.tokens[head].lemma in _TAKING
