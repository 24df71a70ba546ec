"""Linear models over named features: small, quick, the same on every machine, and readable row by row.

A feature is a string (``l=shell``); a model is a table with one row a feature and one column a label.  What an item
scores for a label is the sum of its features' weights, so every decision can be taken apart
(:meth:`Linear.explain`).  The weights are multinomial logistic regressions, see :mod:`transforms.events.fitting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from transforms.events.feature_index import FeatureIndex, hash_all

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """A table of weights: ``weights[rows[feature], label]``; its last row is zero and stands for unknown features."""

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: Floats
    _index: FeatureIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", FeatureIndex(self.rows))

    def score(self, items: Sequence[Sequence[str]]) -> Floats:
        """Give each item's sums, (items, labels); features the model does not know count nothing."""
        if not items:
            return np.zeros((0, len(self.labels)), np.float32)
        sizes = np.fromiter(map(len, items), np.int64, len(items))
        # Every item begins with the zero row, so that one without features has a sum, too.
        starts = np.cumsum(sizes + 1) - sizes - 1
        flat = np.full(int(sizes.sum()) + len(items), len(self.weights) - 1, np.int64)
        is_feature = np.ones(len(flat), bool)
        is_feature[starts] = False
        hashes = hash_all(chain.from_iterable(items), int(sizes.sum()))
        flat[is_feature] = self._index.find(hashes, len(self.weights) - 1)
        sums: Floats = np.add.reduceat(self.weights.take(flat, axis=0), starts, axis=0)
        return sums

    def score_groups(self, groups: Sequence[Sequence[Sequence[str]]]) -> list[Floats]:
        """Give the sums of the items of several groups, looked up together: one table (items, labels) a group."""
        scores = self.score([item for group in groups for item in group])
        ends = accumulate(map(len, groups))
        return [scores[end - len(group) : end] for group, end in zip(groups, ends, strict=True)]

    def probabilities(self, items: Sequence[Sequence[str]]) -> Floats:
        """Give each item's probabilities over the labels.

        >>> model = Linear(("no", "yes"), {"a": 0}, np.array([[0, 2], [0, 0]], np.float32))
        >>> [round(float(p), 2) for p in model.probabilities([["a"], ["unknown"]])[:, 1]]
        [0.88, 0.5]
        """
        return softmax(self.score(items))

    def explain(self, item: Iterable[str], label: str, limit: int = 10) -> list[tuple[str, float]]:
        """Give the features that weigh most for or against ``label``, heaviest first."""
        column = self.labels.index(label)
        weighed = [(f, float(self.weights[self.rows[f], column])) for f in item if f in self.rows]
        return sorted(weighed, key=lambda pair: -abs(pair[1]))[:limit]


def join_columns(models: Sequence[Linear], labels: tuple[str, ...]) -> Linear:
    """Lay models of one column each side by side, so that one look-up serves them all."""
    rows = {f: i for i, f in enumerate(sorted({f for model in models for f in model.rows}))}
    weights = np.zeros((len(rows) + 1, len(models)), np.float32)
    for column, model in enumerate(models):
        for feature, row in model.rows.items():
            weights[rows[feature], column] = model.weights[row, 0]
    return Linear(labels, rows, weights)


def softmax(scores: Floats) -> Floats:
    """Turn rows of scores into rows of probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def save_models(path: Path, models: dict[str, Linear]) -> None:
    """Write models in steps of 1/127 of each one's largest weight; rows that round to nothing are left out."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, model in sorted(models.items()):
        step = float(np.abs(model.weights).max()) / 127 or 1.0
        small = np.rint(model.weights / step).astype(np.int8)
        kept = [(feature, row) for feature, row in sorted(model.rows.items()) if small[row].any()]
        listed = "\n".join(feature for feature, _ in kept)
        arrays[f"{name}.labels"] = np.frombuffer("\n".join(model.labels).encode(), np.uint8)
        arrays[f"{name}.features"] = np.frombuffer(listed.encode(), np.uint8)
        arrays[f"{name}.weights"] = small[[row for _, row in kept]]
        arrays[f"{name}.step"] = np.array(step, np.float32)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def load_models(path: Path) -> dict[str, Linear]:
    """Read what :func:`save_models` wrote."""
    models: dict[str, Linear] = {}
    with np.load(path) as stored:
        for name in sorted({key.rpartition(".")[0] for key in stored.files}):
            labels = tuple(stored[f"{name}.labels"].tobytes().decode().split("\n"))
            features = stored[f"{name}.features"].tobytes().decode().split("\n")
            values = stored[f"{name}.weights"].astype(np.float32) * stored[f"{name}.step"]
            weights = np.concatenate([values, np.zeros((1, len(labels)), np.float32)]).astype(np.float32)
            models[name] = Linear(labels, {feature: row for row, feature in enumerate(features)}, weights)
    return models
