"""AdaGrad over tables of hashed features (Duchi, Hazan and Singer, 2011), with templates left out at random."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from transforms.statements.weights import BITS, Rows, Scores

SEEN = 3
"""A feature met less often says more of its text than of language."""
DROPOUT = 0.4
"""Share of the templates left out in each step (Srivastava et al., 2014)."""
DECAY = 1e-2
RATE = 0.1


class Learner:
    """A table of weights and AdaGrad's memory of its gradients.

    Only rows met at least :data:`SEEN` times in the training texts are learnt, and in each step a random part of the
    templates is left out, so that none is relied on alone.
    """

    def __init__(self, labels: int, chunks: Iterable[Rows], rng: np.random.Generator) -> None:
        counts = np.zeros((1 << BITS) + 1, np.int32)
        for chunk in chunks:
            counts += np.bincount(chunk.ravel(), minlength=len(counts)).astype(np.int32)
        self._rare = counts < SEEN
        self._rng = rng
        self.table = np.zeros((1 << BITS, labels), np.float32)
        self._memory = np.full((1 << BITS, labels), 1e-2, np.float32)

    def draw(self, rows: Rows) -> Rows:
        """Leave out some templates."""
        kept = self._rng.random(rows.shape[1]) >= DROPOUT
        return rows[:, kept]

    def score(self, rows: Rows, scale: float = 1.0) -> Scores:
        """Add up the rows of each item's features."""
        return sum_rows(self.table, rows) * np.float32(scale)

    def step(self, rows: Rows, gradient: Scores) -> None:
        """Move against ``gradient`` (items, labels) of the items whose features lie in ``rows`` (items, templates)."""
        touched, inverse = np.unique(rows, return_inverse=True)
        flat = inverse.ravel()
        summed = np.empty((len(touched), gradient.shape[1]), np.float32)
        for label in range(gradient.shape[1]):
            column = np.repeat(gradient[:, label], rows.shape[1])
            summed[:, label] = np.bincount(flat, weights=column, minlength=len(touched))
        summed += DECAY * self.table[touched]
        summed[self._rare[touched]] = 0
        self._memory[touched] += summed**2
        self.table[touched] -= RATE * summed / np.sqrt(self._memory[touched])


def sum_rows(table: Scores, rows: Rows) -> Scores:
    """Add up table rows: (items, templates) gives (items, labels)."""
    total = np.zeros((len(rows), table.shape[1]), np.float32)
    for template in range(rows.shape[1]):
        total += table.take(rows[:, template], axis=0)
    return total
