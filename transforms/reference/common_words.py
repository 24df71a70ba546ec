"""Common words that some town or person is named after, too: «Justice», «March», «Bank»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from transforms.reference.tables import read_reference

SEEN = 10
CAPITALISED = 3
"""Words seen less often, or hardly ever with a capital, are left out."""
BOUNDS = (0.02, 0.1, 0.3, 0.6)
"""Shares of the small spelling from which commonness is 1, 2, 3 and 4."""
_WORD = re.compile(r"(?<![.!?:“\"'’\n] )(?<![\n.“\"(])\b([A-Za-zÀ-ÿ]{3,})\b")
"""A word that does not open a sentence or quotation, where every word has a capital."""


def find_commonness(name: str) -> int:
    """Give from 0 (never) to 4 (mostly) how often news writes the word small in mid-sentence.

    >>> find_commonness("Energy"), find_commonness("Vice"), find_commonness("Paris")
    (4, 2, 0)
    """
    return _read().get(name.lower(), 0)


def measure_commonness(texts: Iterable[str]) -> dict[str, int]:
    """Count how often words stand small and with a capital in raw texts; words of commonness 0 are left out.

    >>> measure_commonness(["He saw the bank and the Bank, " * 6])
    {'bank': 3}
    """
    small, capitalised = Counter[str](), Counter[str]()
    for text in texts:
        for word in _WORD.findall(text):
            if word.islower():
                small[word] += 1
            elif word.istitle():
                capitalised[word.lower()] += 1
    found: dict[str, int] = {}
    for word, large in sorted(capitalised.items()):
        seen = small[word] + large
        grade = sum(small[word] / seen >= bound for bound in BOUNDS)
        if grade and seen >= SEEN and large >= CAPITALISED:
            found[word] = grade
    return found


@cache
def _read() -> dict[str, int]:
    rows = read_reference("common_words", ("word", "commonness"))
    return {row["word"]: int(row["commonness"]) for row in rows}
