"""Learn which of the places named is where a figure happened; numpy only, the same weights for the same input.

A conditional logit over the candidates of each figure (McFadden, 1974): the log likelihood that one of the right
mentions is chosen, with a quadratic penalty, climbed by gradient steps of AdaGrad (Duchi, Hazan and Singer, 2011).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

PASSES = 20
RATE = 0.15
PENALTY = 3e-3
SEEN = 3

Choice = tuple[Sequence[Sequence[str]], Sequence[bool]]
"""One figure's candidates, each as its features, and which of them are right."""


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
