"""Nominals: what a noun phrase says about who it is, by its words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schemas.documents import Document
from schemas.spans import Span
from schemas.vocabulary import ActorType, Sector
from transforms.reference.countries import find_adjective, find_country, find_people, read_countries
from transforms.reference.given_names import is_given_name
from transforms.reference.parties import Party, find_party
from transforms.reference.roles import Role, find_role, read_roles
from transforms.syntax.tree import Tree

_LONGEST_ROLE = 4
_LINKING = frozenset({"det", "nummod", "punct", "case", "cc", "advmod"})
_ABBREVIATED = {
    "gen": "general", "lt": "lieutenant", "col": "colonel", "maj": "major", "capt": "captain", "sgt": "sergeant",
    "adm": "admiral", "brig": "brigadier", "cpl": "corporal", "pfc": "private", "cmdr": "commander", "sen": "senator",
    "rep": "representative", "gov": "governor", "prof": "professor", "dr": "doctor", "rev": "priest", "det": "detective",
    "amb": "ambassador", "pres": "president", "sec": "secretary", "congressman": "congressman", "supt": "superintendent",
}  # fmt: skip
_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "sir", "dame", "lady", "lord", "mx"})


@dataclass(slots=True)
class Nominal:
    """A noun phrase that names or describes somebody.  ``head`` is its token, ``span`` its characters.

    ``surname`` is set for persons, ``is_named`` where a name and not only a role is given.
    """

    tree: int
    head: int
    span: Span
    actor_type: ActorType
    name: str
    country: str | None = None
    sector: Sector | None = None
    is_named: bool = False
    surname: str = ""
    role: str = ""
    is_plural: bool = False
    gender: str | None = None
    is_pronoun: bool = False


def read_phrase(document: Document, number: int, tree: Tree, head: int, on: date | None) -> Nominal | None:
    """Read the noun phrase headed by ``head``; nothing if its words name no actor."""
    phrase = _core(tree, head)
    text = document.text
    found = _read_party(text, number, tree, head, phrase, on)
    if found is None and tree.tokens[head].pos == "PROPN":
        found = _read_person(text, number, tree, head, phrase, on)
    if found is None:
        found = _read_role(text, number, tree, head, phrase)
    if found is None:
        found = _read_people(text, number, tree, head, phrase)
    return found


def _core(tree: Tree, head: int) -> list[int]:
    """Give the unbroken stretch of the phrase around its head, without article, number and preposition."""
    phrase = set(tree.noun_phrase(head, modifiers=False))
    low = high = head
    while low - 1 in phrase or (low and tree.tokens[low - 1].pos == "PROPN" and tree.tokens[low].pos == "PROPN"):
        low -= 1
    while high + 1 in phrase or (
        high + 1 < len(tree) and tree.tokens[high + 1].pos == "PROPN" and tree.tokens[high].pos == "PROPN"
    ):
        high += 1
    while low < head and tree.tokens[low].relation in _LINKING and tree.tokens[low].pos != "PROPN":
        low += 1
    while high > head and tree.tokens[high].pos in ("PUNCT", "PART"):
        high -= 1
    return list(range(low, high + 1))


def _span(tree: Tree, phrase: Sequence[int]) -> Span:
    return Span(tree.tokens[phrase[0]].char_start, tree.tokens[phrase[-1]].char_end)


# -- known by name -------------------------------------------------------------------------------------------------


def _read_party(text: str, number: int, tree: Tree, head: int, phrase: list[int], on: date | None) -> Nominal | None:
    """Read the longest part of the phrase, its «of» included, that a table knows and that holds the head."""
    ends = [phrase[-1]]
    for child in tree.children(head, "nmod"):
        if tree.prepositions(child) in (("of",), ("for",), ("to",), ("on",)):
            ends.append(tree.edges(child)[1])
    for end in sorted(set(ends), reverse=True):
        for start in phrase:
            if start > head:
                break
            span = Span(tree.tokens[start].char_start, tree.tokens[end].char_end)
            party = find_party(span.quote(text), on=on) if span.end - span.start < 120 else None
            if party is not None and (party.actor_type is not ActorType.PEOPLE_GROUP or tree.tokens[end].pos != "ADJ"):
                return _of_party(number, tree, head, span, party, phrase)
    return None


def _of_party(number: int, tree: Tree, head: int, span: Span, party: Party, phrase: list[int]) -> Nominal:
    country = party.country or find_affiliation(tree, head, phrase)
    return Nominal(
        tree=number,
        head=head,
        span=span,
        actor_type=party.actor_type,
        name=party.name,
        country=country,
        sector=party.sector,
        is_named=True,
        surname=party.name.rsplit(" ", 1)[-1] if party.actor_type is ActorType.PERSON else "",
        role=party.role,
        is_plural=party.actor_type is ActorType.PEOPLE_GROUP or party.name.endswith("s"),
    )


def _read_person(text: str, number: int, tree: Tree, head: int, phrase: list[int], on: date | None) -> Nominal | None:
    """Read «President Joe Biden», «Mr. Putin», «Sergei Lavrov»: a title or given name before capitalised words."""
    start, role = _read_title(tree, phrase)
    names = [i for i in phrase if i >= start]
    while names and not tree.tokens[names[0]].text[0].isupper():
        names.pop(0)
    if not names or len(names) > 5:
        return None
    words = [tree.tokens[i].text for i in names]
    has_title = start > phrase[0] and role is not None
    is_courtesy = tree.tokens[names[0]].text.rstrip(".").lower() in _COURTESY and len(names) > 1
    if is_courtesy:
        names, words = names[1:], words[1:]
    is_name = is_given_name(words[0]) and len(words) > 1 and not find_role(words[-1].lower())
    if not (
        is_name or is_courtesy or (has_title and role and role[1].is_title and tree.tokens[names[0]].pos == "PROPN")
    ):
        return None
    if find_country(" ".join(words)) or (find_role(words[-1].lower()) and not is_name):
        return None
    name = Span(tree.tokens[names[0]].char_start, tree.tokens[names[-1]].char_end).quote(text)
    party = find_party(name, on=on)
    known = party if party is not None and party.actor_type is ActorType.PERSON else None
    return Nominal(
        tree=number,
        head=head,
        span=_span(tree, phrase),
        actor_type=ActorType.PERSON,
        name=known.name if known else name,
        country=known.country if known else find_affiliation(tree, head, phrase),
        sector=known.sector if known else role[1].sector if role else None,
        is_named=True,
        surname=words[-1],
        role=role[0] if role else "",
    )


def _read_title(tree: Tree, phrase: Sequence[int]) -> tuple[int, tuple[str, Role] | None]:
    """Give where the name begins behind the titles before it, and the last title."""
    found: tuple[str, Role] | None = None
    start = phrase[0]
    at = phrase[0]
    while at < phrase[-1]:
        for size in range(min(_LONGEST_ROLE, phrase[-1] - at), 0, -1):
            words = [tree.tokens[i].text.rstrip(".").lower() for i in range(at, at + size)]
            noun = " ".join(_ABBREVIATED.get(w, w) for w in words)
            role = read_roles().get(noun)
            if role is not None:
                found, start, at = (noun, role), at + size, at + size - 1
                break
        at += 1
        if found and at > start + 1:
            break
    return start, found


# -- described -------------------------------------------------------------------------------------------------------


def find_role_at(tree: Tree, head: int) -> tuple[str, Role] | None:
    """Give the role noun at ``head`` with the words before it that make another one of it («prime minister»)."""
    for size in range(_LONGEST_ROLE, 0, -1):
        first = head - size + 1
        if first < 0:
            continue
        words = [t.text.lower() for t in tree.tokens[first : head + 1]]
        noun = " ".join(words).replace(" - ", "-")
        role = find_role(noun)
        if role is None and tree.tokens[head].pos in ("NOUN", "PROPN"):
            role = find_role(" ".join([*words[:-1], tree.tokens[head].lemma.lower()]))
        if role is not None:
            return noun, role
    return None


def _read_role(text: str, number: int, tree: Tree, head: int, phrase: list[int]) -> Nominal | None:
    found = find_role_at(tree, head)
    if found is None:
        return None
    noun, role = found
    span = _span(tree, phrase)
    affiliation = find_affiliation(tree, head, phrase)
    sector = role.sector or _sector_around(tree, head, phrase)
    return Nominal(
        tree=number,
        head=head,
        span=span,
        actor_type=role.actor_type,
        name=span.quote(text),
        country=affiliation,
        sector=sector,
        role=noun,
        is_named=tree.tokens[head].pos == "PROPN" and len(phrase) > 1,
        is_plural=tree.tokens[head].tag in ("NNS", "NNPS") or noun in ("people", "police", "military"),
    )


def _sector_around(tree: Tree, head: int, phrase: Sequence[int]) -> Sector | None:
    """Take the sector of a bare «members», «spokesman», «group» from the words around: «Hezbollah members»."""
    modifiers = [i for i in phrase if i != head]
    for child in tree.children(head, "nmod", "nmod:poss"):
        modifiers += tree.noun_phrase(child, modifiers=False)
    for index in modifiers:
        token = tree.tokens[index]
        party = find_party(token.text) if token.text[0].isupper() else None
        if party is not None and party.sector:
            return party.sector
        role = find_role(token.text.lower())
        if role is not None and role.sector:
            return role.sector
    return None


def _read_people(text: str, number: int, tree: Tree, head: int, phrase: list[int]) -> Nominal | None:
    """Read «Ukrainians», «two Americans»."""
    token = tree.tokens[head]
    country = find_people(token.text) if token.pos in ("PROPN", "NOUN", "ADJ") else None
    if country is None or token.relation in ("amod", "compound"):
        return None
    return Nominal(
        tree=number,
        head=head,
        span=_span(tree, phrase),
        actor_type=ActorType.PEOPLE_GROUP,
        name=_span(tree, phrase).quote(text),
        country=country,
        sector=Sector.CVL,
        is_plural=token.tag in ("NNS", "NNPS"),
    )


def find_affiliation(tree: Tree, head: int, phrase: Sequence[int]) -> str | None:
    """Give the country a phrase is said to belong to: «Russian forces», «Israel's army», «the government of Mali»."""
    for size in (2, 1):
        for at in range(phrase[0], phrase[-1] + 2 - size):
            words = " ".join(t.text for t in tree.tokens[at : at + size])
            found = find_adjective(words) or find_country(words)
            if found and (at != head or size == 2):
                return found
    for child in tree.children(head, "nmod:poss", "nmod", "compound", "appos"):
        if tree.relation(child) == "nmod" and not {"of", "from", "in"} & set(tree.prepositions(child)):
            continue
        inside = tree.noun_phrase(child, modifiers=False)
        name = " ".join(tree.tokens[i].text for i in inside if tree.tokens[i].pos in ("PROPN", "ADJ"))
        found = find_country(name) or find_adjective(name)
        party = find_party(name) if name and not found else None
        if found or (party and party.country):
            return found or (party.country if party else None)
    return None


def name_country(code: str) -> str:
    """Give the name a country's mentions share.

    >>> name_country("UKR")
    'Ukraine'
    """
    found = read_countries().get(code)
    return found.name if found else code
