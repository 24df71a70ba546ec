"""Features to rows of a table, found by their hashes many at a time.

A dictionary of strings touches its table, the stored string and the stored number for each look-up, far apart in
memory; here a look-up touches two small arrays, and thousands are made in a few array operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

_ROOM = 8
"""Slots a feature: with so many, two features seldom want the same one."""
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
        found = np.full(len(hashes), unknown, np.int64)
        waiting, wanted = np.arange(len(hashes)), hashes & self._mask
        while len(waiting):
            held = self._slots[wanted]
            taken = held != _EMPTY
            waiting, wanted, held = waiting[taken], wanted[taken], held[taken]
            fits = self._hashes[held] == hashes[waiting]
            found[waiting[fits]] = self._rows[held[fits]]
            waiting, wanted = waiting[~fits], (wanted[~fits] + 1) & self._mask
        return found


def hash_all(features: Iterable[str], count: int) -> Integers:
    """Give the hashes of ``count`` features; they hold for this process alone."""
    return np.fromiter(map(hash, features), np.int64, count)
