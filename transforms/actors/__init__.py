"""Actors: who is named, resolved as far as the text and the reference tables allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from schemas.actors import Actor
from schemas.documents import Document
from schemas.places import Place
from schemas.spans import Span, make_id
from schemas.vocabulary import ActorType, PlaceType, Sector
from transforms.actors.acting import is_armed_deed, place_acts
from transforms.actors.coreference import find_acronyms, is_third_person, join_names, resolve_pronoun
from transforms.actors.inference import infer_countries
from transforms.actors.nominals import Nominal, find_parties, name_country, read_phrase
from transforms.reference.roles import find_role
from transforms.syntax.tree import Tree

__all__ = ["find_actors"]

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_BODIES = frozenset({Sector.MIL, Sector.COP, Sector.GOV, Sector.REB, Sector.PRM, Sector.JUD, Sector.CRM})
_BODY_TYPES = frozenset({ActorType.ORGANISATION, ActorType.ARMED_GROUP, ActorType.ROLE})
_INNER = frozenset({"compound", "flat", "fixed", "goeswith", "case", "det", "cc", "punct", "mark", "aux", "cop"})


def find_actors(document: Document, trees: Sequence[Tree], places: Sequence[Place]) -> tuple[Actor, ...]:
    """Find the mentions of persons, organisations, countries, armed groups, peoples and roles, in text order.

    Mentions of one actor share ``name``.  A place is an actor only where it acts; the adjective of a country is one
    before the name of a deed («Russian strikes»), while before a role it gives that role its country.

    Limits: pronouns of the first and second person, and relative ones, are not resolved.
    """
    on = document.published_at.date() if document.published_at else None
    by_tree: dict[int, list[Place]] = {}
    for place in places:
        by_tree.setdefault(place.sentence_no, []).append(place)
    nominals: list[Nominal] = []
    for number, tree in enumerate(trees):
        here = by_tree.get(tree.sentence.sentence_no, [])
        nominals += _find_in_tree(document, number, tree, here, on)
    join_names(nominals)
    nominals += _find_short_forms(document, trees, nominals)
    nominals.sort(key=lambda n: n.span)
    infer_countries(trees, nominals, places)
    nominals = _with_pronouns(trees, nominals)
    return tuple(_make_actor(document, trees, nominal) for nominal in nominals)


def _find_in_tree(
    document: Document, number: int, tree: Tree, places: Sequence[Place], on: date | None
) -> list[Nominal]:
    """Give the mentions of one sentence: phrases first, then names and deeds' adjectives that no phrase covers."""
    phrases = list(_find_phrases(document, number, tree, places, on))
    others = [*_find_places(number, tree, places), *find_parties(document, number, tree, on)]
    others += _find_modifiers(document, number, tree)
    return _drop_nested(sorted([*phrases, *others], key=lambda n: (n.span.start, -n.span.end)))


def _find_places(number: int, tree: Tree, places: Sequence[Place]) -> Iterator[Nominal]:
    """Give the countries and capitals that act, and adjectives of countries before deeds."""
    for place in places:
        head = tree.head_of(place.span)
        if head is None or place.country is None:
            continue
        is_adjective = tree.relation(head) in ("amod", "compound") and place.place_type is PlaceType.COUNTRY
        if is_adjective or place_acts(tree, head, place):
            yield Nominal(
                tree=number,
                head=head,
                span=place.span,
                actor_type=ActorType.COUNTRY,
                name=name_country(place.country),
                country=place.country,
                sector=Sector.MIL if is_armed_deed(tree, head) else Sector.GOV,
                is_named=True,
            )


def _find_phrases(
    document: Document, number: int, tree: Tree, places: Sequence[Place], on: date | None
) -> Iterator[Nominal]:
    for head, token in enumerate(tree.tokens):
        if token.pos not in _NOMINAL or token.relation in _INNER or (token.pos == "ADJ" and token.relation == "amod"):
            continue
        found = read_phrase(document, number, tree, head, on)
        if found is None or any(p.span.covers(found.span) and p.span != found.span for p in places):
            continue
        is_place = any(p.span == found.span and p.place_type is not PlaceType.COUNTRY for p in places)
        if not is_place or (found.actor_type is ActorType.ORGANISATION and found.is_named):
            yield found


def _find_modifiers(document: Document, number: int, tree: Tree) -> Iterator[Nominal]:
    """Give the bodies that modify a deed: «a police raid», «the military crackdown»."""
    for head, token in enumerate(tree.tokens):
        if token.relation not in ("compound", "amod") or token.pos not in ("NOUN", "ADJ") or not token.text.islower():
            continue
        role = find_role(token.text)
        if role is not None and role.sector in _BODIES and role.actor_type in _BODY_TYPES:
            yield Nominal(
                tree=number,
                head=head,
                span=token.span,
                actor_type=role.actor_type,
                name=token.text,
                sector=role.sector,
                role=token.text,
            )


def _drop_nested(found: Sequence[Nominal]) -> list[Nominal]:
    """Of overlapping mentions keep the first and longest."""
    kept: list[Nominal] = []
    for nominal in found:
        if not any(k.span.overlaps(nominal.span) for k in kept[-6:]):
            kept.append(nominal)
    return kept


def _find_short_forms(document: Document, trees: Sequence[Tree], nominals: Sequence[Nominal]) -> list[Nominal]:
    """Find bare surnames and acronyms of actors named in full elsewhere."""
    taken = {(n.tree, i) for n in nominals for i in trees[n.tree].tokens_in(n.span)}
    surnames = {n.surname: n for n in reversed(nominals) if n.actor_type is ActorType.PERSON and n.surname}
    short = {**surnames, **find_acronyms(document, nominals)}
    found: list[Nominal] = []
    for number, tree in enumerate(trees):
        for index, token in enumerate(tree.tokens):
            known = short.get(token.text) if token.pos in ("PROPN", "NOUN") else None
            if known is None or (number, index) in taken or token.relation in ("flat", "compound"):
                continue
            found.append(_copy(known, number, index, token.span))
    return found


def _copy(known: Nominal, number: int, head: int, span: Span, *, is_pronoun: bool = False) -> Nominal:
    return Nominal(
        tree=number,
        head=head,
        span=span,
        actor_type=known.actor_type,
        name=known.name,
        country=known.country,
        sector=known.sector,
        is_named=known.is_named and not is_pronoun,
        surname=known.surname,
        role=known.role,
        is_plural=known.is_plural,
        gender=known.gender,
        is_pronoun=is_pronoun,
    )


def _with_pronouns(trees: Sequence[Tree], nominals: Sequence[Nominal]) -> list[Nominal]:
    """Add the pronouns that stand for somebody, each resolved by the mentions before it."""
    by_tree: dict[int, list[Nominal]] = {}
    for nominal in nominals:
        by_tree.setdefault(nominal.tree, []).append(nominal)
    so_far: list[Nominal] = []
    for number, tree in enumerate(trees):
        waiting = by_tree.get(number, [])
        for index, token in enumerate(tree.tokens):
            while waiting and waiting[0].span.start <= token.char_start:
                so_far.append(waiting.pop(0))
            if token.pos == "PRON" and is_third_person(token.text.lower()) and token.relation != "expl":
                known = resolve_pronoun(number, index, trees, so_far[-40:])
                if known is not None:
                    so_far.append(_copy(known, number, index, token.span, is_pronoun=True))
        so_far += waiting
    return so_far


def _make_actor(document: Document, trees: Sequence[Tree], nominal: Nominal) -> Actor:
    return Actor(
        actor_id=make_id("actor", document.document_id, nominal.span.start, nominal.span.end),
        document_id=document.document_id,
        sentence_no=trees[nominal.tree].sentence.sentence_no,
        char_start=nominal.span.start,
        char_end=nominal.span.end,
        quote=nominal.span.quote(document.text),
        actor_type=nominal.actor_type,
        name=nominal.name,
        country=nominal.country,
        sector=nominal.sector,
        is_pronoun=nominal.is_pronoun,
    )
