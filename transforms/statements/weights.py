"""Learnt weights: tables of rows addressed by feature, in whole numbers, the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from transforms.statements.columns import Numbers

BITS = 22
"""Rows of a table: two to the power of this.  Features that fall on one row share it."""

_CHUNK = 1 << 12
"""Items whose rows are gathered at once."""

Rows = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]


def rows_of(features: Numbers) -> Rows:
    """Give the table row of each feature: the top bits of its number."""
    rows: Rows = (features >> np.uint64(64 - BITS)).astype(np.int32)
    return rows


@dataclass(frozen=True, slots=True)
class Table:
    """Weights in steps of ``step``: one row a feature, one column a label; the rows of unseen features are zero."""

    values: npt.NDArray[np.int8]
    step: float

    def score(self, rows: Rows) -> Scores:
        """Add up the rows of each item's features: (items, templates) gives (items, labels)."""
        scores = np.empty((len(rows), self.values.shape[1]), np.float32)
        for at in range(0, len(rows), _CHUNK):
            found = self.values.take(rows[at : at + _CHUNK].T, axis=0)
            scores[at : at + _CHUNK] = found.sum(axis=0, dtype=np.int16)
        scores *= np.float32(self.step)
        return scores


def quantise(weights: Scores, prune: int = 0) -> Table:
    """Round weights to 255 steps between the extremes; rows without a weight over ``prune`` steps are dropped.

    What a row of small weights says is chance of the training texts more than language: dropping them costs nothing
    and makes the file a fifth.

    >>> quantise(np.array([[1.0, -0.5], [0.1, 0.1]], np.float32), prune=20).values.tolist()
    [[127, -64], [0, 0]]
    """
    step = float(np.abs(weights).max()) / 127 or 1.0
    values = np.rint(weights / step).astype(np.int8)
    values[np.abs(values).max(axis=1) <= prune] = 0
    return Table(values, step)


@dataclass(frozen=True, slots=True)
class Weights:
    """The tables of the station: which lemmas can head a cue, which do; roles of tokens and what follows what."""

    heads: Numbers
    cues: Table
    roles: Table
    transitions: Scores


def save_weights(path: Path, weights: Weights) -> None:
    """Write the tables, only the rows that hold anything."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "heads": weights.heads,
        "transitions": weights.transitions.astype(np.float16),
    }
    for name in ("cues", "roles"):
        table: Table = getattr(weights, name)
        kept = np.flatnonzero(table.values.any(axis=1))
        arrays[f"{name}_rows"] = np.diff(kept, prepend=0).astype(np.uint16)
        arrays[f"{name}_values"] = np.ascontiguousarray(table.values[kept].T)
        arrays[f"{name}_step"] = np.array(table.step)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def load_weights(path: Path) -> Weights:
    """Read what :func:`save_weights` wrote."""
    with np.load(path) as stored:
        tables = {}
        for name in ("cues", "roles"):
            kept = stored[f"{name}_values"].T
            values = np.zeros((1 << BITS, kept.shape[1]), np.int8)
            values[np.cumsum(stored[f"{name}_rows"].astype(np.int64))] = kept
            tables[name] = Table(values, float(stored[f"{name}_step"]))
        return Weights(stored["heads"], tables["cues"], tables["roles"], stored["transitions"].astype(np.float32))
