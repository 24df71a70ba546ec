"""Triggers: the words that say what befell somebody, from ``seeds/reference/effects.csv``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from schemas.vocabulary import Effect
from transforms.reference import read_reference
from transforms.syntax.tree import Tree

Sides = dict[str, tuple[Effect, ...]]


@cache
def effect_words() -> dict[str, Sides]:
    """Give the effects of each trigger by the side its figure stands on."""
    words: dict[str, Sides] = {}
    for row in read_reference("effects", ("word", "side", "effect")):
        sides = words.setdefault(row["word"], {})
        sides[row["side"]] = (*sides.get(row["side"], ()), Effect(row["effect"]))
    return words


def read_trigger(tree: Tree, index: int) -> Iterator[Sides]:
    """Look the token up: with its particle or complement first («shoot down», «stab to death»), then alone."""
    token = tree.tokens[index]
    words = effect_words()
    lemma = token.lemma.lower()
    phrase = next((p for p in _phrases(tree, index, lemma) if p in words), None) if lemma in _first_words() else None
    if phrase is not None:
        yield words[phrase]
        return
    text = token.text.lower()
    # A verb read as a noun keeps its ending in the lemma: «injures six».
    for word in dict.fromkeys((lemma, text, text.removesuffix("s"))):
        if word in words:
            yield words[word]


@cache
def _first_words() -> frozenset[str]:
    """Give the words that triggers of several words begin with."""
    return frozenset(word.partition(" ")[0] for word in effect_words() if " " in word)


def _phrases(tree: Tree, index: int, lemma: str) -> Iterator[str]:
    following = [t.text.lower() for t in tree.tokens[index + 1 : index + 3]]
    if following:
        yield " ".join([lemma, *following])
        yield f"{lemma} {following[0]}"
    particle = tree.child(index, "compound:prt")
    if particle is not None:
        yield f"{lemma} {tree.tokens[particle].text.lower()}"


def is_trigger(tree: Tree, index: int) -> bool:
    """Tell whether the token says that something befell somebody."""
    return next(read_trigger(tree, index), None) is not None
