"""Acting places: where the name of a place stands for those who govern it.

A place acts where grammar makes it an agent or a party («Russia launched», «claims by Kyiv», «talks with Iran»,
«sanctions on Moscow») and is a mere place behind a locative preposition.  Countries act in most positions; capitals
only as subjects of verbs of speech and policy and in phrases that govern a party; other places never.
"""

from __future__ import annotations

from functools import cache

from schemas.places import Place
from schemas.vocabulary import PlaceType
from transforms.reference.countries import find_seat
from transforms.reference.tables import read_reference
from transforms.syntax.clauses import is_passive
from transforms.syntax.tree import Tree

_LOCATIVE = frozenset({
    "in", "at", "near", "across", "throughout", "inside", "within", "into", "through", "around", "outside", "along",
    "off", "via", "beyond", "past", "above", "onto", "amid", "during", "since", "until", "out of", "inside of",
})  # fmt: skip
_PARTY = frozenset(("by", "with", "against", "between", "on behalf of", "together with", "along with", "alongside"))
_MOVING = frozenset({
    "arrive", "come", "drive", "enter", "fall", "flee", "fly", "go", "head", "move", "return", "sail", "travel",
    "walk", "visit", "trip", "flight", "journey", "escape", "exit", "deport", "evacuate", "retreat", "cross",
    "reach", "leave",
})  # fmt: skip
_PARTITIVE = frozenset({
    "north", "south", "east", "west", "center", "centre", "capital", "city", "town", "village", "region", "province",
    "part", "area", "coast", "border", "state", "district", "rest", "outskirts", "suburb", "most", "much", "some",
})  # fmt: skip


_CONDITIONS = {
    "event_nouns": ("modifier", "preposition", "complement"),
    "event_verbs": ("particle", "preposition", "object"),
}


def place_acts(tree: Tree, head: int, place: Place) -> bool:
    """Tell whether a toponym headed by ``head`` names a party and not where something is."""
    is_country = place.place_type is PlaceType.COUNTRY
    if not is_country and find_seat(place.quote) != place.country:
        return False
    top = tree.first_conjunct(head)
    relation = tree.relation(top)
    if relation == "appos" and (above := tree.parent(top)) is not None:
        relation, top = tree.relation(above), above
    governor = tree.parent(top)
    if relation in ("nsubj", "nsubj:pass", "csubj"):
        return governor is not None and _acts_as_subject(tree, governor, relation, is_country=is_country)
    if relation in ("obj", "iobj"):
        verb = tree.tokens[governor].lemma if governor is not None else ""
        return is_country and verb not in _MOVING
    if relation == "nmod:poss":
        return is_country
    if relation in ("nmod", "obl", "obl:agent"):
        return governor is not None and _acts_behind(tree, top, governor, is_country=is_country)
    return is_country and relation in ("conj", "vocative")


def _acts_as_subject(tree: Tree, governor: int, relation: str, *, is_country: bool) -> bool:
    token = tree.tokens[governor]
    if is_country:
        return True
    return token.lemma in _acting_verbs() and relation == "nsubj" and not is_passive(tree, governor)


def _acts_behind(tree: Tree, top: int, governor: int, *, is_country: bool) -> bool:
    prepositions = set(tree.prepositions(top))
    lemma = tree.tokens[governor].lemma
    if not prepositions:
        return False
    if prepositions & _PARTY:
        return True
    if not is_country or prepositions & _LOCATIVE:
        return False
    if "of" in prepositions:
        return lemma not in _PARTITIVE
    if prepositions & {"to", "from", "over", "toward", "towards", "on"}:
        return lemma not in _MOVING
    return bool(prepositions & {"for", "like", "including", "among", "upon", "than", "as"})


@cache
def _acting_verbs() -> frozenset[str]:
    return frozenset(row["verb"] for row in read_reference("acting_verbs", ("verb",)))


def is_armed_deed(tree: Tree, head: int) -> bool:
    """Tell whether a country does something with arms: «Russian strikes», «Israel shelled», «Iran's missiles»."""
    governor = tree.parent(tree.first_conjunct(head))
    if governor is None:
        return False
    table = "event_verbs" if tree.tokens[governor].pos == "VERB" else "event_nouns"
    return tree.tokens[governor].lemma.lower() in _armed_words(table)


@cache
def _armed_words(table: str) -> frozenset[str]:
    """Give the words of armed deeds, and of arms: those that mean an assault where nothing is said beside them."""
    conditions = _CONDITIONS[table]
    first: dict[str, str] = {}
    for row in read_reference(table, ("lemma", "event_type", *conditions)):
        if not any(row[c] for c in conditions):
            first.setdefault(row["lemma"], row["event_type"])
    weapons = frozenset(row["weapon"] for row in read_reference("weapons", ("weapon",)))
    return weapons | {lemma for lemma, event_type in first.items() if event_type == "ASSAULT"}
