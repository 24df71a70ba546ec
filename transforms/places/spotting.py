"""Spotting: where a text may name a place, and what the words around it say about its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.documents import Document
from schemas.sentences import Token
from schemas.spans import Span
from transforms.places.gazetteer import Candidate, Gazetteer
from transforms.reference.countries import find_adjective, find_country, read_countries
from transforms.reference.tables import read_reference
from transforms.syntax.tree import Tree

CITY = 50_000
"""Inhabitants from which a town, not the region named after it, owns its bare name."""
LONGEST = 6
"""Names of more tokens are not looked for."""
LONGEST_LIST = 16
"""Tokens within which a list of names ends with the word for their kind."""

_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "la", "le", "los", "las", "de"})
_ADMINISTRATIVE = frozenset(("settlement", "region", "district"))
_COMPASS = frozenset(("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "mid"))
_CALENDAR = frozenset((
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    *("december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
))  # fmt: skip
_IDLE = _COMPASS | _CALENDAR
"""No places by themselves, though some town is called «March» or «August»."""
_NEVER = frozenset({"DET", "ADP", "PRON", "AUX", "CCONJ", "SCONJ", "NUM", "PUNCT", "PART", "INTJ", "SYM", "X"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A stretch of tokens that may name a place: tokens ``first`` to ``last`` of the tree numbered ``tree``.

    ``span`` covers a capitalised generic word as well («Rapides Parish»); ``text`` is the bare name.  ``kinds`` are
    the kinds of place the words around it allow, empty if they say nothing.
    """

    tree: int
    first: int
    last: int
    span: Span
    text: str
    candidates: tuple[Candidate, ...]
    kinds: frozenset[str] = frozenset()
    is_adjective: bool = False


@cache
def read_place_words() -> dict[str, str]:
    """Read the generic words of place names («oblast», «river») with the kind of place they speak of."""
    return {row["word"]: row["kind"] for row in read_reference("place_words", ("word", "kind"))}


@cache
def read_abbreviations() -> dict[str, tuple[str, str]]:
    """Read the abbreviations of states («Calif.», «TX») as (country, name of the region)."""
    return {
        short: (row["country"], row["name"])
        for row in read_reference("regions", ("name", "abbreviations", "country"))
        for short in row["abbreviations"].split("|")
        if short
    }


def country_candidate(code: str) -> Candidate:
    """Give the country as a candidate."""
    found = read_countries()[code]
    return Candidate(
        place=-(found.geonames_id or 1),
        name=found.name,
        kind="country",
        country=code,
        admin1="",
        latitude=found.latitude,
        longitude=found.longitude,
        population=found.population,
        geonames_id=found.geonames_id,
        rank=0,
    )


def spot_toponyms(document: Document, trees: Sequence[Tree], gazetteer: Gazetteer) -> list[Toponym]:
    """Find every stretch that some table knows as a place, the longest first; whether it is one here is not asked."""
    return [t for number, tree in enumerate(trees) for t in _spot(document.text, number, tree, gazetteer)]


def _spot(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Toponym]:
    at = 0
    while at < len(tree):
        found = _longest(text, number, tree, at, gazetteer) if _can_start(tree, at) else None
        if found is not None:
            yield found
            at = found.last
        at += 1


def _can_start(tree: Tree, at: int) -> bool:
    token = tree.tokens[at]
    if not token.text[0].isupper() and token.text not in _ARTICLES:
        return False
    kind = read_place_words().get(token.text.lower())
    if kind in _ADMINISTRATIVE and at + 1 < len(tree) and tree.tokens[at + 1].text.lower() == "of":
        return False
    if token.text[0].isupper():
        return token.pos not in _NEVER or (len(token.text) > 2 and token.text.isupper())
    follows = tree.tokens[at + 1 : at + 3]
    return token.text in _ARTICLES and len(follows) == 2 and follows[0].text == "-" and follows[1].text[0].isupper()


def _longest(text: str, number: int, tree: Tree, at: int, gazetteer: Gazetteer) -> Toponym | None:
    tokens = tree.tokens
    start = tokens[at].char_start
    for last in range(min(at + LONGEST, len(tokens)) - 1, at - 1, -1):
        if not tokens[last].text[0].isupper() and not (last > at and tokens[last].text[0].isdigit()):
            continue
        if last > at and any(t.text in ',;:()"“”' for t in tokens[at:last]):
            continue
        name = text[start : tokens[last].char_end]
        found = _look_up(name, tree, at, last, gazetteer)
        if found is not None:
            candidates, is_adjective = found
            return _describe(text, number, tree, (at, last), candidates=candidates, is_adjective=is_adjective)
    return None


def _look_up(
    name: str, tree: Tree, first: int, last: int, gazetteer: Gazetteer
) -> tuple[tuple[Candidate, ...], bool] | None:
    short = read_abbreviations().get(name)
    if short is None and tree.tokens[last].text != "." and last + 1 < len(tree) and tree.tokens[last + 1].text == ".":
        short = read_abbreviations().get(name + ".")
    if short is not None and _is_abbreviation(name, tree, first):
        return tuple(c for c in gazetteer.find(short[1]) if c.country == short[0] and c.kind == "region"), False
    country = find_country(name)
    if country is not None:
        others = gazetteer.find(name) if name.upper() != name or len(name) > 5 else ()
        return (country_candidate(country), *others), False
    adjective = find_adjective(name)
    if adjective is not None:
        return (country_candidate(adjective),), True
    if (len(name) < 3 and not name.endswith(".")) or name.lower() in _IDLE:
        return None
    found = gazetteer.find(name)
    return (found, False) if found else None


def _is_abbreviation(name: str, tree: Tree, first: int) -> bool:
    """Allow «N.Y.» anywhere, «Calif.» and «TX» only after a comma and a name."""
    if name.count(".") >= 2:
        return True
    before = tree.tokens[max(first - 2, 0) : first]
    return len(before) == 2 and before[1].text == "," and before[0].text[0].isupper()


def _describe(
    text: str, number: int, tree: Tree, edges: tuple[int, int], *, candidates: tuple[Candidate, ...], is_adjective: bool
) -> Toponym:
    first, last = edges
    kinds, end = _kinds_after(tree, last)
    kinds = kinds or _kinds_before(tree, first)
    if is_adjective or (candidates[0].kind == "country" and not any(c.kind in kinds for c in candidates)):
        kinds, end = frozenset(), last
    candidates = narrow_candidates(candidates, kinds)
    span = Span(tree.tokens[first].char_start, tree.tokens[end].char_end)
    name = text[span.start : tree.tokens[last].char_end]
    return Toponym(
        tree=number,
        first=first,
        last=end,
        span=span,
        text=name,
        candidates=candidates,
        kinds=kinds,
        is_adjective=is_adjective,
    )


def narrow_candidates(candidates: tuple[Candidate, ...], kinds: frozenset[str]) -> tuple[Candidate, ...]:
    """Keep the kinds the words around allow; a bare name is the city's, not that of the region around it."""
    if kinds:
        return tuple(c for c in candidates if c.kind in kinds) or candidates
    cities = {
        (c.country, c.admin1) for c in candidates if c.kind == "settlement" and c.rank < 2 and c.population >= CITY
    }
    return tuple(c for c in candidates if c.kind not in ("region", "district") or (c.country, c.admin1) not in cities)


def _kinds_after(tree: Tree, last: int) -> tuple[frozenset[str], int]:
    """Read «Zaporizhia region», «Laurel County», «the Kharkiv, Sumy and Poltava regions» off the words that follow."""
    words = read_place_words()
    tokens = tree.tokens
    for size in (2, 1):
        follows = tokens[last + 1 : last + 1 + size]
        if len(follows) == size and (kind := words.get(" ".join(t.text.lower() for t in follows))):
            shown = follows[-1].text[0].isupper()
            return frozenset({kind}), last + size if shown else last
    return _kind_of_list(tree, last), last


def _kind_of_list(tree: Tree, last: int) -> frozenset[str]:
    """Read the plural at the end of a list of names: «the Kharkiv, Sumy and Poltava regions»."""
    tokens = tree.tokens
    others = int(last > 1 and (tokens[last - 1].pos == "CCONJ" or tokens[last - 1].text == ","))
    for token in tokens[last + 1 : last + LONGEST_LIST]:
        if token.text[0].isupper():
            others += 1
        elif token.text not in {",", "-"} and token.pos != "CCONJ":
            kind = read_place_words().get(_singular(token)) if others else None
            return frozenset({kind}) if kind else frozenset()
    return frozenset()


def _singular(token: Token) -> str:
    """Give the singular of a plural, whatever the parser took it for; nothing for other words."""
    if token.tag == "NNS":
        return token.lemma
    word = token.text.lower()
    return word.removesuffix("s") if word.endswith("s") else ""


def _kinds_before(tree: Tree, first: int) -> frozenset[str]:
    """Read «the village of X», «River X», «province of X» off the words before."""
    words = read_place_words()
    before = [t.text.lower() for t in tree.tokens[max(first - 3, 0) : first]]
    if before and before[-1] == "of":
        before.pop()
    kind = words.get(before[-1]) if before else None
    return frozenset({kind}) if kind else frozenset()
