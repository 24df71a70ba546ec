"""Learn which of the places named is where a figure happened; numpy only, the same weights for the same input.

A conditional logit over the candidates of each figure (McFadden, 1974): the log likelihood that one of the right
mentions is chosen, with a quadratic penalty, climbed by gradient steps of AdaGrad (Duchi, Hazan and Singer, 2011).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from schemas.documents import Document
from schemas.spans import Span
from transforms.figures import find_quantities, read_syntax
from transforms.figures.anchors import find_anchors
from transforms.figures.parts import find_wholes
from transforms.figures.placing import PlaceFinder, name_of
from transforms.places import find_places
from transforms.reference.json_lines import read_rows
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree

PASSES = 20
RATE = 0.15
PENALTY = 3e-3
SEEN = 3

Choice = tuple[Sequence[Sequence[str]], Sequence[bool]]
"""One figure's candidates, each as its features, and which of them are right."""


def read_choices(folder: Path) -> Iterator[Choice]:
    """Read annotated reports (``*.docs.jsonl`` beside ``*.gold.jsonl``) as choices of a figure's place.

    Figures without a place in the annotation are left out.
    """
    gold = {row["doc_id"]: row["figures"] for path in sorted(folder.glob("*.gold.jsonl")) for row in read_rows(path)}
    docs = [row for path in sorted(folder.glob("*.docs.jsonl")) for row in read_rows(path) if row["doc_id"] in gold]
    parsed = read_sentences((row["doc_id"], row["text"]) for row in docs)
    for row, sentences in zip(docs, parsed, strict=True):
        yield from _choices(row["text"], tuple(Tree(s) for s in sentences), gold[row["doc_id"]])


def _choices(text: str, trees: tuple[Tree, ...], gold: list[dict[str, Any]]) -> Iterator[Choice]:
    document = Document(
        document_id="", article_id="", source_name="", text=text, text_digest="", raw_digest="", origin=""
    )
    finder = PlaceFinder(trees, find_places(document, trees))
    anchors = find_anchors(find_quantities(text), trees)
    _, effects = read_syntax(anchors, find_wholes(text, anchors))
    placed = [(Span(f["start"], f["end"]), f["place"]) for f in gold if f.get("place")]
    for anchor, suffered in zip(anchors, effects, strict=True):
        own = Span(anchor.quantity.start, anchor.quantity.end)
        name = next((name for span, name in placed if span.overlaps(own)), None)
        if name is not None:
            candidates = finder.candidates(anchor)
            features = [list(finder.describe(anchor, suffered, place)) for place in candidates]
            yield features, [is_same_place(name, name_of(place, finder)) for place in candidates]


def is_same_place(one: str, two: str) -> bool:
    """Tell whether two names share all words of the shorter, articles and "of" left out.

    >>> is_same_place("northern Syria", "Syria"), is_same_place("Syria", "Iraq")
    (True, False)
    """
    first, second = (
        {w for w in name.lower().replace("-", " ").split() if w not in ("the", "of")} for name in (one, two)
    )
    return bool(first and second) and (first <= second or second <= first)


def learn_places(choices: Iterable[Choice], *, passes: int = PASSES) -> dict[str, float]:
    """Learn a weight for each feature from figures whose right place is among the candidates.

    Args:
        choices: For each figure its candidates' features and which of them are right.
        passes: Passes over all figures.

    >>> weights = learn_places([([["near"], ["far"]], [True, False])] * 3)
    >>> weights["near"] > weights["far"]
    True
    """
    listed = [(features, right) for features, right in choices if any(right) and not all(right)]
    counts: dict[str, int] = {}
    for features, _ in listed:
        for name in {f for one in features for f in one}:
            counts[name] = counts.get(name, 0) + 1
    index = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= SEEN))}
    weights = np.zeros(len(index))
    squares = np.full(len(index), 1e-6)
    encoded = [_encode(features, right, index) for features, right in listed]
    for _ in range(passes):
        for rows, right_rows in encoded:
            _step(weights, squares, rows, right_rows)
    return {name: round(float(weights[i]), 4) for name, i in index.items() if abs(weights[i]) >= 1e-3}


def _encode(
    features: Sequence[Sequence[str]], right: Sequence[bool], index: dict[str, int]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    rows = np.zeros((len(features), len(index)))
    for i, names in enumerate(features):
        for name in names:
            if name in index:
                rows[i, index[name]] = 1.0
    return rows, np.array(right, dtype=bool)


def _step(
    weights: npt.NDArray[np.float64],
    squares: npt.NDArray[np.float64],
    rows: npt.NDArray[np.float64],
    right: npt.NDArray[np.bool_],
) -> None:
    scores = rows @ weights
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    wanted = np.where(right, chances, 0.0)
    wanted /= wanted.sum()
    gradient = rows.T @ (wanted - chances) - PENALTY * weights
    squares += gradient**2
    weights += RATE * gradient / np.sqrt(squares)
