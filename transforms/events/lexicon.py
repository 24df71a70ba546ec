"""The lexicon of events: which verbs and nouns, in which frames, name which PLOVER type and mode.

The patterns are rows of ``seeds/reference/event_verbs.csv`` and ``event_nouns.csv``; the more cells of a row are
filled, the more it asks for, and the fuller row wins («strike a deal» before «strike»).  The lexicon proposes; the
classifier, which has seen annotated news, decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from transforms.reference import read_reference
from transforms.syntax.tree import Tree

_VERB_COLUMNS = ("lemma", "particle", "preposition", "object", "event_type", "event_mode")
_NOUN_COLUMNS = ("lemma", "modifier", "preposition", "complement", "event_type", "event_mode")
_ADJUNCTS = frozenset({"obl", "obl:agent", "nmod", "obl:unmarked", "advcl", "xcomp", "ccomp"})
_OBJECTS = frozenset({"obj", "nsubj:pass", "xcomp", "ccomp"})
_MODIFIERS = frozenset({"compound", "amod", "nmod", "nmod:poss"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row: what must stand beside the word, and what the word then means."""

    particle: str
    preposition: str
    beside: str
    event_type: str
    event_mode: str
    weight: int


@dataclass(frozen=True, slots=True)
class Sense:
    """What the lexicon makes of a word where it stands: types and modes of the fullest patterns, best first."""

    types: tuple[str, ...]
    mode: str
    weight: int


NO_SENSE = Sense((), "", 0)
_NO_FRAME: tuple[set[str], set[str], set[str]] = (set(), set(), set())
"""What stands beside a word whose patterns ask for nothing."""


@cache
def load_verbs() -> Mapping[str, tuple[Pattern, ...]]:
    """Read the verb patterns, by lemma."""
    rows = read_reference("event_verbs", _VERB_COLUMNS)
    return _by_lemma(rows, "particle", "object")


@cache
def load_nouns() -> Mapping[str, tuple[Pattern, ...]]:
    """Read the noun patterns, by lemma."""
    rows = read_reference("event_nouns", _NOUN_COLUMNS)
    return _by_lemma(rows, "modifier", "complement")


def _by_lemma(rows: tuple[dict[str, str], ...], particle: str, beside: str) -> Mapping[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for row in rows:
        asked = (row[particle], row["preposition"], row[beside])
        pattern = Pattern(*asked, row["event_type"], row["event_mode"], sum(map(bool, asked)))
        found.setdefault(row["lemma"], []).append(pattern)
    return {lemma: tuple(sorted(p, key=lambda one: -one.weight)) for lemma, p in found.items()}


def read_verb(tree: Tree, verb: int) -> Sense:
    """Give the senses of the verb at ``verb`` in its frame.

    >>> from transforms.syntax.notation import read_notation
    >>> tree = Tree(read_notation("They|they|PRON|PRP|nsubj|2 signed|sign|VERB|VBD|root|0 truces|truce|NOUN|NNS|obj|2"))
    >>> read_verb(tree, 1).types
    ('AGREE',)
    """
    patterns = load_verbs().get(tree.tokens[verb].lemma)
    if not patterns:
        return NO_SENSE
    particles, prepositions, objects = _frame(tree, verb) if patterns[0].weight else _NO_FRAME
    return _choose(
        patterns,
        lambda p: (
            (not p.particle or p.particle in particles)
            and (not p.preposition or p.preposition in prepositions)
            and (not p.beside or p.beside in objects)
        ),
    )


def read_noun(tree: Tree, noun: int) -> Sense:
    """Give the senses of the noun at ``noun`` with its modifiers («suicide bombing», «call for …»)."""
    patterns = load_nouns().get(tree.tokens[noun].lemma.lower())
    if not patterns:
        return NO_SENSE
    modifiers, prepositions, complements = _noun_frame(tree, noun) if patterns[0].weight else _NO_FRAME
    return _choose(
        patterns,
        lambda p: (
            (not p.particle or p.particle.rpartition(" ")[2] in modifiers)
            and (not p.preposition or p.preposition in prepositions)
            and (not p.beside or p.beside in complements)
        ),
    )


def _choose(patterns: Sequence[Pattern], fits: Callable[[Pattern], bool]) -> Sense:
    best = [p for p in patterns if fits(p)]
    if not best:
        return NO_SENSE
    top = best[0].weight
    fullest = [p for p in best if p.weight == top]
    mode = next((p.event_mode for p in best if p.event_mode), "")
    return Sense(tuple(dict.fromkeys(p.event_type for p in fullest)), mode, top)


def _frame(tree: Tree, verb: int) -> tuple[set[str], set[str], set[str]]:
    particles: set[str] = set()
    prepositions: set[str] = set()
    objects: set[str] = set()
    tokens = tree.tokens
    for child in tree.children(verb):
        relation = tokens[child].relation
        if relation in ("compound:prt", "advmod", "case"):
            particles.add(tokens[child].text.lower())
        elif relation in _OBJECTS:
            objects.add(tokens[child].lemma)
            prepositions.update(tree.prepositions(child))
        elif relation in _ADJUNCTS:
            prepositions.update(tree.prepositions(child))
            objects.add(tokens[child].lemma)
        elif relation in ("iobj", "expl") or tokens[child].pos in ("ADJ", "PRON"):
            particles.add(tokens[child].text.lower())
    if tokens[verb].relation in ("acl", "acl:relcl", "amod") and tokens[verb].head != verb:
        objects.add(tokens[tokens[verb].head].lemma)
    if verb + 1 < len(tokens) and tokens[verb + 1].pos in ("ADV", "ADP", "ADJ", "PART"):
        particles.add(tokens[verb + 1].text.lower())
    return particles, prepositions, objects


def _noun_frame(tree: Tree, noun: int) -> tuple[set[str], set[str], set[str]]:
    modifiers: set[str] = set()
    prepositions: set[str] = set()
    complements: set[str] = set()
    tokens = tree.tokens
    for child in tree.children(noun):
        if tokens[child].relation not in _MODIFIERS:
            continue
        found = tree.prepositions(child)
        if found:
            prepositions.update(found)
            complements.add(tokens[child].lemma)
        else:
            modifiers.add(tokens[child].lemma.lower())
            modifiers.add(tokens[child].text.lower())
    if noun and tokens[noun - 1].pos in ("NOUN", "ADJ", "PROPN"):
        modifiers.add(tokens[noun - 1].lemma.lower())
    return modifiers, prepositions, complements
