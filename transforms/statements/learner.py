"""AdaGrad over tables of hashed features (Duchi, Hazan and Singer, 2011), with templates left out at random.

What is given in the end is the mean of the table over the steps (Polyak and Juditsky, 1992): single steps follow the
texts seen last, their mean does not.
"""

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
    """A table of weights, AdaGrad's memory of its gradients, and the sum that gives the mean over the steps.

    Only rows met at least :data:`SEEN` times in the training texts are learnt; they are counted from 1, and all others
    are row 0, which stays zero.  In each step a random part of the templates is left out, so that none is relied on
    alone.
    """

    def __init__(self, labels: int, chunks: Iterable[Rows], rng: np.random.Generator) -> None:
        counts = np.zeros((1 << BITS) + 1, np.int32)
        for chunk in chunks:
            counts += np.bincount(chunk.ravel(), minlength=len(counts)).astype(np.int32)
        self._kept = np.flatnonzero(counts >= SEEN)
        self._place = np.zeros(len(counts), np.int32)
        self._place[self._kept] = np.arange(1, len(self._kept) + 1)
        size = len(self._kept) + 1
        self._rng = rng
        self._table = np.zeros((size, labels), np.float32)
        self._memory = np.full((size, labels), 1e-2, np.float32)
        self._lag = np.zeros((size, labels), np.float32)
        self._steps = 0
        self._is_touched = np.zeros(size, bool)
        self._slot = np.zeros(size, np.int32)

    def fold(self, rows: Rows) -> Rows:
        """Give the learner's own numbers of table rows."""
        folded: Rows = self._place[rows]
        return folded

    def draw(self, rows: Rows) -> Rows:
        """Leave out some templates."""
        kept = self._rng.random(rows.shape[1]) >= DROPOUT
        return rows[:, kept]

    def score(self, rows: Rows, scale: float = 1.0) -> Scores:
        """Add up the rows of each item's features."""
        return sum_rows(self._table, rows) * np.float32(scale)

    def step(self, rows: Rows, gradient: Scores) -> None:
        """Move against ``gradient`` (items, labels) of the items whose features lie in ``rows`` (items, templates)."""
        self._is_touched[rows] = True
        touched = np.flatnonzero(self._is_touched)
        self._is_touched[touched] = False
        self._slot[touched] = np.arange(len(touched))
        flat = self._slot[rows].ravel()
        summed = np.empty((len(touched), gradient.shape[1]), np.float32)
        for label in range(gradient.shape[1]):
            column = np.repeat(gradient[:, label], rows.shape[1])
            summed[:, label] = np.bincount(flat, weights=column, minlength=len(touched))
        summed += DECAY * self._table[touched]
        summed[touched == 0] = 0
        memory = self._memory[touched] + summed**2
        self._memory[touched] = memory
        change = RATE * summed / np.sqrt(memory)
        self._table[touched] -= change
        self._lag[touched] -= self._steps * change
        self._steps += 1

    def begin_mean(self) -> None:
        """Forget the steps so far: the mean is taken over those to come."""
        self._lag[:] = 0
        self._steps = 0

    def finish(self) -> Scores:
        """Give the mean over the steps as a whole table."""
        whole = np.zeros((1 << BITS, self._table.shape[1]), np.float32)
        whole[self._kept] = (self._table - self._lag / max(1, self._steps))[1:]
        return whole


def sum_rows(table: Scores, rows: Rows) -> Scores:
    """Add up table rows: (items, templates) gives (items, labels)."""
    total = np.zeros((len(rows), table.shape[1]), np.float32)
    for template in range(rows.shape[1]):
        total += table.take(rows[:, template], axis=0)
    return total
