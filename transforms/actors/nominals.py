"""Nominals: what a noun phrase says about who it is, by its words alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.documents import Document
from schemas.spans import Span
from schemas.vocabulary import ActorType, Sector
from transforms.reference.countries import find_adjective, find_country, find_people, read_countries
from transforms.reference.given_names import is_given_name
from transforms.reference.name_types import type_name
from transforms.reference.parties import Party, find_party, may_begin_party
from transforms.reference.roles import Role, count_role_words, find_role, read_roles
from transforms.syntax.tree import Tree

LONGEST_PARTY = 9
"""Tokens of the longest name looked for in the tables."""
_LONGEST_ROLE = 4
_LEADING = frozenset({"DET", "NUM", "ADP", "ADV", "CCONJ", "PUNCT", "SYM", "SCONJ"})
_ARTICLES = frozenset({"the", "a", "an", "least", "most", "more", "than"})
_ABBREVIATED = {
    "gen": "general", "lt": "lieutenant", "col": "colonel", "maj": "major", "capt": "captain", "sgt": "sergeant",
    "adm": "admiral", "brig": "brigadier", "cpl": "corporal", "pfc": "private", "cmdr": "commander", "sen": "senator",
    "rep": "representative", "gov": "governor", "prof": "professor", "dr": "doctor", "rev": "priest",
    "det": "detective", "amb": "ambassador", "pres": "president", "sec": "secretary", "supt": "superintendent",
}  # fmt: skip
LIKELY = 0.5
"""Probability from which a name of several words counts as a person's."""
_PARTICLES = frozenset(("de", "da", "dos", "del", "van", "von", "bin", "al", "el", "la", "le", "di", "-", "."))
_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "sir", "dame", "lady", "lord", "mx"})


@dataclass(frozen=True, slots=True)
class Site:
    """Where a phrase stands: the text, the tree and its number, the head, the tokens of the phrase, the day."""

    text: str
    number: int
    tree: Tree
    head: int
    phrase: list[int]
    on: date | None


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
    site = Site(document.text, number, tree, head, _core(tree, head), on)
    found = _read_party(site)
    if found is None and tree.tokens[head].pos == "PROPN":
        found = _read_person(site)
    return found or _read_role(site) or _read_people(site)


def find_parties(document: Document, number: int, tree: Tree, on: date | None) -> Iterator[Nominal]:
    """Give every name of the reference tables that stands in a sentence, the longest first, whatever its syntax."""
    at = 0
    while at < len(tree):
        found = _longest_party(document, number, tree, at, on) if tree.tokens[at].text[0].isupper() else None
        if found is not None:
            nominal, at = found
            yield nominal
        at += 1


def _longest_party(document: Document, number: int, tree: Tree, at: int, on: date | None) -> tuple[Nominal, int] | None:
    tokens = tree.tokens
    if tokens[at].text.lower() in _ARTICLES or not _may_begin_party(tree, at):
        return None
    for last in range(min(at + LONGEST_PARTY, len(tokens)) - 1, at - 1, -1):
        if not tokens[last].text[0].isupper() and last == at:
            continue
        span = Span(tokens[at].char_start, tokens[last].char_end)
        name = span.quote(document.text)
        party = find_party(name, on=on)
        if party is None or (party.actor_type is ActorType.PEOPLE_GROUP and tokens[last].pos == "ADJ"):
            continue
        if len(name) < 3 and party.sector is not Sector.IGO and party.name not in document.text:
            continue
        head = tree.head_of(span)
        if head is not None:
            return _of_party(Site(document.text, number, tree, head, list(range(at, last + 1)), on), span, party), last
    return None


def _may_begin_party(tree: Tree, at: int) -> bool:
    """Tell whether a table may know a name that begins with a token; one that runs into the next says nothing."""
    token, following = tree.tokens[at], tree.tokens[at + 1 : at + 2]
    runs_on = bool(following) and following[0].char_start == token.char_end
    return runs_on or may_begin_party(token.text)


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
    while low < head and (tree.tokens[low].pos in _LEADING or tree.tokens[low].text.lower() in _ARTICLES):
        low += 1
    while high > head and tree.tokens[high].pos in ("PUNCT", "PART"):
        high -= 1
    return list(range(low, high + 1))


def _span(tree: Tree, phrase: Sequence[int]) -> Span:
    return Span(tree.tokens[phrase[0]].char_start, tree.tokens[phrase[-1]].char_end)


# -- known by name -------------------------------------------------------------------------------------------------


def _read_party(site: Site) -> Nominal | None:
    """Read the longest part of the phrase, its «of» included, that a table knows and that holds the head."""
    tree, head, phrase = site.tree, site.head, site.phrase
    ends = {phrase[-1]} | {
        tree.edges(child)[1]
        for child in tree.children(head, "nmod")
        if tree.prepositions(child) in (("of",), ("for",), ("to",), ("on",))
    }
    starts = [
        i for i in phrase if i <= head and tree.tokens[i].text.lower() not in _ARTICLES and _may_begin_party(tree, i)
    ]
    for end in sorted(ends, reverse=True) if starts else ():
        for start in starts:
            span = Span(tree.tokens[start].char_start, tree.tokens[end].char_end)
            party = find_party(span.quote(site.text), on=site.on) if end - start < LONGEST_PARTY else None
            if party is not None and (party.actor_type is not ActorType.PEOPLE_GROUP or tree.tokens[end].pos != "ADJ"):
                return _of_party(site, span, party)
    return None


def _of_party(site: Site, span: Span, party: Party) -> Nominal:
    is_person = party.actor_type is ActorType.PERSON
    return Nominal(
        tree=site.number,
        head=site.head,
        span=span,
        actor_type=party.actor_type,
        name=party.name,
        country=party.country or find_affiliation(site.tree, site.head, site.phrase),
        sector=party.sector,
        is_named=True,
        surname=party.name.rsplit(" ", 1)[-1] if is_person else "",
        role=party.role,
        is_plural=party.actor_type is ActorType.PEOPLE_GROUP or party.name.endswith("s"),
    )


def _read_person(site: Site) -> Nominal | None:
    """Read «President Joe Biden», «Mr. Putin», «Sergei Lavrov»: a title or given name before capitalised words."""
    tree, phrase = site.tree, site.phrase
    start, role = _read_title(tree, phrase)
    names = [i for i in phrase if i >= start]
    while names and not tree.tokens[names[0]].text[0].isupper():
        names.pop(0)
    if not names or len(names) > 6:
        return None
    is_courtesy = tree.tokens[names[0]].text.rstrip(".").lower() in _COURTESY and len(names) > 1
    names = names[1:] if is_courtesy else names
    words = [tree.tokens[i].text for i in names]
    has_title = start > phrase[0] and role is not None and role[1].is_title and tree.tokens[names[0]].pos == "PROPN"
    if not (is_courtesy or has_title or _looks_personal(tree, names, words)):
        return None
    if find_country(" ".join(words)) or (find_role(words[-1].lower()) and not is_given_name(words[0])):
        return None
    name = Span(tree.tokens[names[0]].char_start, tree.tokens[names[-1]].char_end).quote(site.text)
    return _of_person(site, name, words[-1], role)


def _looks_personal(tree: Tree, names: Sequence[int], words: Sequence[str]) -> bool:
    """Tell a person's name by its given name, or by what is learnt of such names and their surroundings."""
    if len(words) < 2 or find_role(words[-1].lower()):
        return False
    if is_given_name(words[0]):
        return True
    if not all(w[0].isupper() or w in _PARTICLES for w in words) or find_adjective(words[0]):
        return False
    return type_name(tree.tokens, names[0], names[-1])["PER"] >= LIKELY


def _of_person(site: Site, name: str, surname: str, role: tuple[str, Role] | None) -> Nominal:
    party = find_party(name, on=site.on)
    known = party if party is not None and party.actor_type is ActorType.PERSON else None
    country, sector = (known.country, known.sector) if known else (None, None)
    if known is None:
        words = set(name.split())
        before = [i for i in site.phrase if site.tree.tokens[i].text not in words]
        country = find_affiliation(site.tree, site.head, before)
        sector = role[1].sector if role else None
        beside = _find_apposed_role(site.tree, site.head) if sector is None else None
        if beside is not None:
            at, role = beside
            sector = role[1].sector
            country = country or find_affiliation(site.tree, at, _core(site.tree, at))
    return Nominal(
        tree=site.number,
        head=site.head,
        span=_span(site.tree, site.phrase),
        actor_type=ActorType.PERSON,
        name=known.name if known else name,
        country=country,
        sector=sector,
        is_named=True,
        surname=surname,
        role=role[0] if role else "",
    )


def _find_apposed_role(tree: Tree, head: int) -> tuple[int, tuple[str, Role]] | None:
    """Find what a person is said to be: «Wilbur Ross, the commerce secretary», «the player Ann Lee»."""
    near = [*tree.children(head, "appos", "compound", "flat")]
    parent = tree.parent(head)
    if parent is not None and tree.relation(head) in ("appos", "flat"):
        near.append(parent)
    for at in near:
        role = find_role_at(tree, at) if tree.tokens[at].pos == "NOUN" or tree.tokens[at].text.islower() else None
        if role is not None and role[1].sector is not None:
            return at, role
    return None


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
    token = tree.tokens[head]
    text, lemma = token.text.lower(), token.lemma.lower() if token.pos in ("NOUN", "PROPN") else ""
    longest = max(count_role_words(text), count_role_words(lemma))
    for size in range(min(longest, _LONGEST_ROLE, head + 1), 0, -1):
        words = [t.text.lower() for t in tree.tokens[head - size + 1 : head]]
        noun = " ".join([*words, text]).replace(" - ", "-")
        role = find_role(noun)
        if role is None and lemma:
            role = find_role(" ".join([*words, lemma]))
        if role is not None:
            return noun, role
    return None


def _read_role(site: Site) -> Nominal | None:
    tree, head, phrase = site.tree, site.head, site.phrase
    found = find_role_at(tree, head)
    if found is None:
        return None
    noun, role = found
    span = _span(tree, phrase)
    around = _sector_around(tree, head, phrase)
    is_armed = around in (Sector.REB, Sector.PRM, Sector.CRM) and role.sector in (None, Sector.MIL, Sector.GOV)
    return Nominal(
        tree=site.number,
        head=head,
        span=span,
        actor_type=role.actor_type,
        name=span.quote(site.text),
        country=find_affiliation(tree, head, phrase),
        sector=around if is_armed or role.sector is None else role.sector,
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


def _read_people(site: Site) -> Nominal | None:
    """Read «Ukrainians», «two Americans»."""
    token = site.tree.tokens[site.head]
    country = find_people(token.text) if token.pos in ("PROPN", "NOUN", "ADJ") else None
    if country is None or token.relation in ("amod", "compound"):
        return None
    span = _span(site.tree, site.phrase)
    return Nominal(
        tree=site.number,
        head=site.head,
        span=span,
        actor_type=ActorType.PEOPLE_GROUP,
        name=span.quote(site.text),
        country=country,
        sector=Sector.CVL,
        is_plural=token.tag in ("NNS", "NNPS"),
    )


def find_affiliation(tree: Tree, head: int, phrase: Sequence[int]) -> str | None:
    """Give the country a phrase is said to belong to: «Russian forces», «Israel's army», «the government of Mali»."""
    for size in (2, 1) if phrase else ():
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
