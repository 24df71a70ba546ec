"""Learn the weights of the name types (``name_types.json``) from texts with tagged names; the same each time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from schemas.sentences import Sentence
from transforms.reference.adagrad import find_numbers, learn_classes, number_features
from transforms.reference.name_types import TYPES, describe_name, find_name_chunks
from transforms.reference.tagged_names import TaggedText

PASSES = 12
RATE = 0.15
PENALTY = 2e-3
SEEN = 2
SMALLEST = 0.1
"""Weights nearer to zero are not kept."""
_SHARE = 0.4
"""Part of a stretch of proper nouns that a tagged name must cover to give it its type."""

NamedStretch = tuple[list[str], str]
"""The features of a stretch of proper nouns and its type."""


def describe_stretches(tagged: TaggedText, sentences: Sequence[Sentence]) -> Iterator[NamedStretch]:
    """Give the stretches of proper nouns of a parsed text with their features and right types."""
    for sentence in sentences:
        for first, last in find_name_chunks(sentence.tokens):
            start, end = sentence.tokens[first].char_start, sentence.tokens[last].char_end
            kind, shared = tagged.type_of(start, end)
            is_typed = kind in TYPES and shared >= _SHARE * (end - start)
            yield list(describe_name(sentence.tokens, first, last)), kind if is_typed else ""


def learn_name_types(stretches: Iterable[NamedStretch], *, seed: int = 0) -> dict[str, dict[str, float]]:
    """Learn a weight for each type and feature, by the names ``name_types.json`` has for them.

    >>> weights = learn_name_types([(["w=oslo"], "LOC"), (["w=li"], "PER")] * 2)
    >>> weights["LOC"]["w=oslo"] > 0 > weights["PER"]["w=oslo"]
    True
    """
    listed = list(stretches)
    numbers = number_features((features for features, _ in listed), SEEN)
    examples = [(find_numbers(features, numbers), TYPES.index(kind)) for features, kind in listed]
    shape = (len(numbers), len(TYPES))
    weights = learn_classes(examples, shape, passes=PASSES, rate=RATE, penalty=PENALTY, seed=seed)
    return {
        kind or "none": {f: round(w, 2) for f, n in numbers.items() if abs(w := float(weights[n, column])) >= SMALLEST}
        for column, kind in enumerate(TYPES)
    }


def save_name_types(file: Path, weights: dict[str, dict[str, float]]) -> None:
    """Write the weights where :mod:`transforms.reference.name_types` reads them."""
    file.write_text(json.dumps(weights, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
