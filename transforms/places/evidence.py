"""Evidence: what speaks for and against a stretch of text being a toponym, as named features.

A linear model weighs them (``weights.json``, learnt as described in ``MODEL_CARD.md``); the features are the classes a
person would look at: the words around, the place of the stretch in its proper name, given names and titles before
it, the same word as a surname elsewhere in the document, how large the places are that bear the name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.places.gazetteer import Candidate
from transforms.places.spotting import CITY, Toponym, read_abbreviations
from transforms.reference.common_words import find_commonness
from transforms.reference.given_names import is_given_name
from transforms.reference.name_types import find_name_chunks, type_name
from transforms.reference.parties import find_party
from transforms.reference.roles import find_role, is_title
from transforms.syntax.tree import Tree

_LOCATIVE = frozenset(("in", "near", "outside", "across", "throughout", "around", "downtown"))
_BEFORE = _LOCATIVE | {
    *("at", "from", "to", "of", "towards", "toward", "into", "through", "over", "for", "by", "with", "and", "between"),
    *("within", "inside", "the", "a", "is", "said", ",", "(", "-", "against", "along", "off", "on", "about", "as"),
    *("including", "southern", "northern", "eastern", "western", "south", "north", "east", "west", "central", "nearby"),
}
_AFTER = frozenset(
    (",", ".", ")", "(", "'s", "’s", "-", "and", "police", "county", "in", "on", "for", "to", "is", "was")
)
_COURTESY = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "prof", "sgt", "lt", "col", "gen", "capt", "maj", "rep", "sen", "gov",
    "sir", "dame", "lord", "rev", "hon", "pfc", "cpl", "det",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole document knows: its surnames, and the words that stand after «in» and «near»."""

    surnames: frozenset[str]
    located: frozenset[str]
    counts: dict[str, int]
    lower: frozenset[str]


def survey(trees: Sequence[Tree], toponyms: Sequence[Toponym]) -> Surroundings:
    """Collect what bears on all mentions of a word in the document."""
    surnames: set[str] = set()
    lower: set[str] = set()
    for tree in trees:
        for first, last in find_name_chunks(tree.tokens):
            if last > first and _is_person(tree, first, last):
                surnames.add(tree.tokens[last].text.upper())
        lower.update(t.text for t in tree.tokens if t.text.islower())
    located = {t.text.upper() for t in toponyms if _word(trees[t.tree], t.first - 1) in _LOCATIVE}
    counts = Counter(t.text.upper() for t in toponyms)
    return Surroundings(frozenset(surnames), frozenset(located), counts, frozenset(lower))


def _is_person(tree: Tree, first: int, last: int) -> bool:
    head = tree.tokens[first].text
    if is_given_name(head):
        return not read_abbreviations().get(tree.tokens[last].text)
    return head.rstrip(".").lower() in _COURTESY or is_title(head.lower())


def find_evidence(tree: Tree, toponym: Toponym, around: Surroundings) -> list[str]:
    """Give the names of the features that hold for the toponym."""
    found = ["bias", *_of_words(tree, toponym), *_of_chunk(tree, toponym), *_of_document(toponym, around)]
    kind = "adjective" if toponym.is_adjective else toponym.candidates[0].kind
    best = max(toponym.candidates, key=lambda c: (c.rank < 2, c.population))
    size = len(str(best.population)) if kind not in ("country", "adjective") else 9
    found += [f"kind={kind}", f"rank={best.rank}", f"size={size}", f"words={min(toponym.text.count(' ') + 1, 3)}"]
    found += [f"kind={kind}&{f}" for f in found if f.startswith(("before=", "relation=", "chunk=", "pos="))]
    found += [f"size={size}&{f}" for f in found if f.startswith(("before=in", "chunk="))]
    found += [f"hint={k}" for k in toponym.kinds]
    found += _of_names(tree, toponym, best)
    return found


def _of_names(tree: Tree, toponym: Toponym, best: Candidate) -> Iterator[str]:
    """Ask what else the same letters may mean: a common word («Justice»), a party («NATO»), initials."""
    common = find_commonness(toponym.text)
    if common:
        yield f"common={common}"
        yield f"common={common}&rank={best.rank}"
        yield f"common={common}&located={_word(tree, toponym.first - 1) in _LOCATIVE}"
        yield f"common={common}&before:pos={tree.tokens[toponym.first - 1].pos if toponym.first else '^'}"
        yield f"common={common}&after:pos={tree.tokens[toponym.last + 1].pos if toponym.last + 1 < len(tree) else '$'}"
    if toponym.candidates[0].kind == "settlement" and best.population < CITY:
        party = find_party(toponym.text)
        if party is not None:
            yield f"party={party.actor_type.value}"
        if toponym.text.isupper() and len(toponym.text) < 6 and any(t.text.islower() for t in tree.tokens):
            yield f"initials={toponym.first > 0}"


def _word(tree: Tree, index: int) -> str:
    return tree.tokens[index].text.lower() if 0 <= index < len(tree) else ""


def _of_words(tree: Tree, toponym: Toponym) -> Iterator[str]:
    before, after = _word(tree, toponym.first - 1), _word(tree, toponym.last + 1)
    yield f"before={before if before in _BEFORE else '^' if not before else '?'}"
    yield f"after={after if after in _AFTER else '$' if not after else '?'}"
    token = tree.tokens[toponym.first]
    head = tree.tokens[toponym.last]
    yield f"pos={token.pos}"
    yield f"relation={head.relation}"
    if after == "," and toponym.last + 2 < len(tree) and tree.tokens[toponym.last + 2].text[0].isupper():
        yield "after=,Name"
    if token.text.isupper() and len(token.text) > 3:
        yield "capitals"
    if toponym.last + 1 < len(tree):
        follows = tree.tokens[toponym.last + 1]
        yield f"after:pos={follows.pos}"
        if follows.pos == "PROPN" and (role := find_role(follows.text.lower())):
            yield f"after:role={role.sector}"
    if toponym.first:
        yield f"before:pos={tree.tokens[toponym.first - 1].pos}"


def _find_chunk(tree: Tree, toponym: Toponym) -> tuple[int, int]:
    """Give the run of proper nouns the toponym stands in."""
    first, last = toponym.first, toponym.last
    while first > 0 and tree.tokens[first - 1].pos == "PROPN":
        first -= 1
    while last + 1 < len(tree) and tree.tokens[last + 1].pos == "PROPN":
        last += 1
    return first, last


def _of_chunk(tree: Tree, toponym: Toponym) -> Iterator[str]:
    first, last = _find_chunk(tree, toponym)
    is_first, is_last = first == toponym.first, last == toponym.last
    if find_role(" ".join(_word(tree, i) for i in range(first, last + 1))):
        yield "role"  # «Vice President»
    kinds = type_name(tree.tokens, first, last)
    yield f"type={max(kinds, key=lambda k: kinds[k])}"
    yield f"place={round(kinds['LOC'] * 5)}"
    yield f"person={round(kinds['PER'] * 5)}"
    yield "chunk=" + ("whole" if is_first and is_last else "first" if is_first else "last" if is_last else "middle")
    if is_given_name(tree.tokens[toponym.first].text):
        yield "given" if not is_last else "given:alone" if is_first else "given:last"
    if not is_first and _is_person(tree, first, last):
        yield "person"
        if toponym.first == first + 1:
            yield "person:next"
    yield from _of_titles(_word(tree, toponym.first - 1))
    yield from _of_fellows(tree, toponym, (is_first, is_last))


def _of_fellows(tree: Tree, toponym: Toponym, edges: tuple[bool, bool]) -> Iterator[str]:
    """Give the next word of the name behind a stretch that begins it, and so on."""
    is_first, is_last = edges
    if is_first and not is_last:
        yield f"next={_word(tree, toponym.last + 1)}"
    elif is_last and not is_first:
        yield f"previous={_word(tree, toponym.first - 1)}"
    if is_first and _word(tree, toponym.first - 1) == "of":
        yield f"of={_word(tree, toponym.first - 2)}"


def _of_titles(before: str) -> Iterator[str]:
    if before.rstrip(".") in _COURTESY:
        yield "title"
    if is_title(before):
        yield "title:role"


def _of_document(toponym: Toponym, around: Surroundings) -> Iterator[str]:
    text = toponym.text.upper()
    last = text.rsplit(" ", 1)[-1]
    if last in around.surnames:
        yield "surname:located" if text in around.located else "surname"
    if text in around.located:
        yield "located"
    if around.counts[text] > 2:
        yield "often"
    if toponym.text.lower() in around.lower:
        yield "lower"
