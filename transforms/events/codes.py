"""Modes and codes: from the lexicon's mode and the weapons named to PLOVER mode, quad class, CAMEO and ACLED.

The tables are ``seeds/reference/crosswalk.csv`` and ``weapons.csv``; this module only looks up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.vocabulary import QuadClass
from transforms.events.mentions import Mention
from transforms.events.scene import Scene
from transforms.reference import read_reference
from transforms.syntax.tree import Tree

_LONGEST = 4  # words of a weapon's name
_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "X"})
_DISRUPTED = "intercept"
_PLAIN_MODES = frozenset({"", "destroy", "clash", "targeted"})


@dataclass(frozen=True, slots=True)
class Codes:
    """An event's mode as published, and its classes in the schemes that tools expect."""

    event_mode: str | None
    quad_class: QuadClass | None
    cameo_code: str | None
    acled_type: str | None


@cache
def load_crosswalk() -> Mapping[tuple[str, str], Codes]:
    """Read the crosswalk, by type and mode; the empty mode is the type's default."""
    columns = ("event_type", "event_mode", "published_mode", "quad_class", "cameo_code", "acled_type")
    return {
        (row["event_type"], row["event_mode"]): Codes(
            row["published_mode"] or None,
            QuadClass(row["quad_class"]) if row["quad_class"] else None,
            row["cameo_code"] or None,
            row["acled_type"] or None,
        )
        for row in read_reference("crosswalk", columns)
    }


@cache
def load_weapons() -> Mapping[str, tuple[str, bool]]:
    """Read the weapons: name to mode, and whether the word also names peaceful things (mine, plane, stone)."""
    rows = read_reference("weapons", ("weapon", "event_mode", "is_ambiguous"))
    return {row["weapon"]: (row["event_mode"], row["is_ambiguous"] == "yes") for row in rows}


def find_weapons(tree: Tree) -> list[tuple[int, int, str, bool]]:
    """Give the weapons named in a sentence as (first token, last token, mode, is ambiguous), longest names first met.

    >>> from transforms.syntax.notation import read_notation
    >>> tree = Tree(read_notation("two|two|NUM|CD|nummod|2 drones|drone|NOUN|NNS|nsubj|3 fell|fall|VERB|VBD|root|0"))
    >>> find_weapons(tree)
    [(1, 1, 'drone', False)]
    """
    beginnings = _first_words()
    words = [t.text.lower() for t in tree.tokens]
    lemmas = [t.lemma.lower() for t in tree.tokens]
    found: list[tuple[int, int, str, bool]] = []
    after = 0
    for at, word in enumerate(words):
        if at >= after and (word in beginnings or lemmas[at] in beginnings):
            weapon = _longest_weapon(tree, words, lemmas, at)
            if weapon is not None:
                found.append(weapon)
                after = weapon[1] + 1
    return found


@cache
def _first_words() -> frozenset[str]:
    """Give the words that the names of weapons begin with, hyphens written apart or not."""
    first = {name.split(" ")[0] for name in load_weapons()}
    return frozenset(first | {word.split("-")[0] for word in first})


def _longest_weapon(
    tree: Tree, words: Sequence[str], lemmas: Sequence[str], at: int
) -> tuple[int, int, str, bool] | None:
    known = load_weapons()
    for last in range(min(at + _LONGEST, len(words)) - 1, at - 1, -1):
        if tree.tokens[last].pos in _NOUNS:
            name = " ".join([*words[at:last], lemmas[last]])
            weapon = known.get(name) or known.get(name.replace(" - ", "-"))
            if weapon is not None:
                return (at, last, *weapon)
    return None


def choose_mode(event_type: str, mentions: Sequence[Mention], weapons: Sequence[str]) -> str:
    """Choose the mode: what the words say, made finer by the weapon where the words leave it open."""
    crosswalk = load_crosswalk()
    modes = [m.candidate.sense.mode for m in mentions if m.candidate.sense.mode]
    said = [mode for mode in modes if (event_type, mode) in crosswalk]
    mode = next((m for m in said if m not in _PLAIN_MODES), said[0] if said else "")
    if event_type == "ASSAULT" and mode in _PLAIN_MODES and mode != _DISRUPTED:
        return next((w for w in weapons if mode != "destroy"), mode)
    return mode


def codes_of(event_type: str, mode: str) -> Codes:
    """Look up the codes of a type and mode; an unknown mode falls back on the type.

    >>> codes_of("COERCE", "arrest").acled_type
    'Arrests'
    """
    crosswalk = load_crosswalk()
    return crosswalk.get((event_type, mode)) or crosswalk.get((event_type, "")) or Codes(None, None, None, None)


def is_interception(scene: Scene, mentions: Sequence[Mention], target_tokens: Sequence[tuple[int, int]]) -> bool:
    """Tell whether weapons in flight are what is destroyed: drones shot down, missiles intercepted."""
    known = load_weapons()
    verbs = {m.candidate.lemma for m in mentions}
    if not verbs & {"intercept", "shoot", "down", "destroy", "interception", "repel", "neutralize", "neutralise"}:
        return False
    targets = [scene.trees[s].tokens[i].lemma.lower() for s, i in target_tokens]
    return any(known.get(t, ("", False))[0] in ("drone", "heavy-weapons") for t in targets)
