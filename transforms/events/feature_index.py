"""Features to rows of a table, found by their hashes many at a time.

A dictionary of strings touches its table, the stored string and the stored number for each look-up, far apart in
memory; here a look-up touches two small arrays, and thousands are made in a few array operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

_ROOM = 3
"""Slots a feature, at least: more would collide less but no longer stay in the processor's cache."""
_EMPTY = -1


class FeatureIndex:
    """An open-addressed hash table (Knuth, vol. 3, 6.4), with the features' 64-bit hashes standing for them.

    Limits: a feature unknown to the table is taken for a known one if all 64 bits agree, once in 10¹⁴ look-ups.
    """

    __slots__ = ("_hashes", "_mask", "_rows", "_slots")

    def __init__(self, rows: Mapping[str, int]) -> None:
        self._hashes = hash_all(rows, len(rows))
        self._rows = np.fromiter(rows.values(), np.int64, len(rows))
        self._mask = (1 << (len(rows) * _ROOM).bit_length()) - 1
        self._slots = np.full(self._mask + 1, _EMPTY, np.int32)
        waiting, wanted = np.arange(len(rows)), self._hashes & self._mask
        while len(waiting):
            free = self._slots[wanted] == _EMPTY
            self._slots[wanted[free]] = waiting[free]
            left = self._slots[wanted] != waiting
            waiting, wanted = waiting[left], (wanted[left] + 1) & self._mask

    def find(self, hashes: Integers, unknown: int) -> Integers:
        """Give the row of every feature by its hash, ``unknown`` where the table lacks it.

        >>> index = FeatureIndex({"a": 3, "b": 5})
        >>> index.find(hash_all(["b", "c", "a"], 3), -1).tolist()
        [5, -1, 3]
        """
        if not len(self._rows):
            return np.full(len(hashes), unknown, np.int64)
        held = self._slots.take(hashes & self._mask)
        fits = self._hashes.take(held) == hashes
        fits &= held != _EMPTY
        found: Integers = np.where(fits, self._rows.take(held), unknown)
        others = np.flatnonzero(~fits & (held != _EMPTY))
        step = 1
        while len(others):
            held = self._slots.take((hashes[others] + step) & self._mask)
            fits = (self._hashes.take(held) == hashes[others]) & (held != _EMPTY)
            found[others[fits]] = self._rows.take(held[fits])
            others, step = others[~fits & (held != _EMPTY)], step + 1
        return found


def hash_all(features: Iterable[str], count: int) -> Integers:
    """Give the hashes of ``count`` features; they hold for this process alone."""
    return np.fromiter(map(hash, features), np.int64, count)
