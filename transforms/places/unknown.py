"""Places no gazetteer knows as written: misspelt ones, villages named as such, streets, bases, airports.

Their names are stretches of proper nouns; what makes them places are the words around them.  A misspelt name is
looked for among the countries the document speaks of; a site takes the point of the town in its name, if there is
one; the others are kept without a point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.documents import Document
from schemas.spans import Span
from transforms.places.gazetteer import Gazetteer
from transforms.places.spotting import Toponym, narrow_candidates, read_place_words
from transforms.reference.common_words import find_commonness
from transforms.reference.given_names import is_given_name
from transforms.reference.name_types import find_name_chunks, type_name
from transforms.reference.roles import find_role
from transforms.syntax.tree import Tree

_LOCATIVE = frozenset({"in", "near", "outside", "at", "from", "around", "towards", "toward", "to"})
_SETTLED = frozenset({"settlement", "district", "region"})
MAX_SITE_WORDS = 6
LIKELY = 0.5
"""Probability from which a name's type speaks for a place."""
SHORT = 5
SIZE_UNLOCATED = 50_000
"""A misspelt name without a word of place before it must be longer than ``SHORT`` and that of so large a place."""


def find_unknown(
    document: Document,
    trees: Sequence[Tree],
    known: Sequence[Toponym],
    *,
    inside: Sequence[Toponym],
    countries: Sequence[str],
    gazetteer: Gazetteer,
) -> list[Toponym]:
    """Give the places among the proper names that are no toponyms of ``known``; without candidates if no point is.

    A site takes its point from a toponym ``inside`` its name.
    """
    found: list[Toponym] = []
    for number, tree in enumerate(trees):
        taken = [t for t in known if t.tree == number]
        towns = [t for t in inside if t.tree == number]
        for first, last in _chunks(tree):
            site = _read_site(document.text, number, tree, (first, last), towns)
            if site is not None:
                found += [site] if site not in taken else []
            elif not any(t.first <= last and first <= t.last for t in taken):
                found += _read_name(
                    document.text, number, tree, (first, last), taken=taken, countries=countries, gazetteer=gazetteer
                )
    return found


def _chunks(tree: Tree) -> Iterator[tuple[int, int]]:
    """Give the proper names, and single capitalised nouns behind «village of», which a tagger may mistake."""
    yield from find_name_chunks(tree.tokens)
    for index, token in enumerate(tree.tokens):
        if index > 1 and token.pos == "NOUN" and token.text[0].isupper() and _settled_by_words(tree, index, index):
            yield index, index


def _read_site(text: str, number: int, tree: Tree, edges: tuple[int, int], towns: Sequence[Toponym]) -> Toponym | None:
    """Read «Hutcheson Road», «Kharkiv Airport», «Kalsu military base»."""
    first, last = edges
    end, kind = _find_end(tree, last, towns, is_long=last > first)
    if not kind or end - first >= MAX_SITE_WORDS:
        return None
    inner = next((t for t in towns if t.first >= first and t.last <= end and not t.is_adjective), None)
    if inner is not None and (inner.last >= end or inner.candidates[0].kind in ("site", "feature")):
        return inner
    span = Span(tree.tokens[first].char_start, tree.tokens[end].char_end)
    return Toponym(
        tree=number,
        first=first,
        last=end,
        span=span,
        text=span.quote(text),
        candidates=inner.candidates if inner else (),
        kinds=frozenset({kind}),
    )


def _find_end(tree: Tree, last: int, towns: Sequence[Toponym], *, is_long: bool) -> tuple[int, str]:
    """Give where a site's name ends and its kind; an empty kind if the proper name up to ``last`` is no site's."""
    words = read_place_words()
    kind = words.get(tree.tokens[last].text.lower(), "")
    if kind in ("site", "feature") and is_long:
        return last, kind
    follows = tree.tokens[last + 1 : last + 3]
    if len(follows) == 2 and words.get(" ".join(t.text.lower() for t in follows)) == "site":
        return last + 2, "site"
    if follows and follows[0].tag == "NN" and words.get(follows[0].text.lower()) == "site":
        return last + 1, "" if _is_national(towns, last) else "site"
    return last, ""


def _is_national(towns: Sequence[Toponym], last: int) -> bool:
    """Tell whether the name ends with a country's: «a U.S. college» is anywhere."""
    return any(t.last == last and t.candidates[0].kind == "country" for t in towns)


def _read_name(
    text: str,
    number: int,
    tree: Tree,
    edges: tuple[int, int],
    *,
    taken: Sequence[Toponym],
    countries: Sequence[str],
    gazetteer: Gazetteer,
) -> Iterator[Toponym]:
    first, last = edges
    tokens = tree.tokens
    if last - first > 2 or is_given_name(tokens[first].text) or find_role(tokens[last].text.lower()):
        return
    if find_commonness(tokens[last].text) or tokens[last].text.lower() in read_place_words():
        return
    span = Span(tokens[first].char_start, tokens[last].char_end)
    name = span.quote(text)
    if name.isupper() or not name[0].isupper() or any(c.isdigit() for c in name):
        return
    kinds = _settled_by_words(tree, first, last)
    contained = any(t.first == last + 2 and tokens[last + 1].text == "," for t in taken)
    before = tokens[first - 1].text.lower() if first else ""
    likely = type_name(tokens, first, last)["LOC"]
    is_located = before in _LOCATIVE or bool(kinds) or contained
    is_governed = tree.relation(tree.first_conjunct(last)) in ("obj", "obl", "nmod") and first == last
    if not is_located and likely < LIKELY and not is_governed:
        return
    alike = narrow_candidates(gazetteer.find_alike(name, countries), kinds)
    if not is_located:
        alike = tuple(c for c in alike if c.population >= SIZE_UNLOCATED and len(name) > SHORT)
    if alike or kinds or (before in _LOCATIVE and (contained or likely > LIKELY)):
        yield Toponym(
            tree=number, first=first, last=last, span=span, text=name, candidates=alike, kinds=kinds or frozenset()
        )


def _settled_by_words(tree: Tree, first: int, last: int) -> frozenset[str]:
    """Read «the village of X», «X village», «X district»."""
    words = read_place_words()
    follows = tree.tokens[last + 1].text.lower() if last + 1 < len(tree) else ""
    before = [t.text for t in tree.tokens[max(first - 2, 0) : first]]
    if before[1:] == ["of"]:
        # «Department of Health» is a body, «the department of Cauca» a region.
        kind = words.get(follows) or words.get(before[0])
    else:
        kind = words.get(follows) or (words.get(before[-1].lower()) if before else "")
    return frozenset({kind}) if kind in _SETTLED else frozenset()
