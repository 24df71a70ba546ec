"""Word classes: words that stand in like surroundings share a number, at three grains.

Learnt from unlabelled news (see ``model/README.md``): positive pointwise mutual information of 22,000 words with their
neighbours, cut to 110 dimensions, clustered by k-means into 80, 320 and 1,200 classes.  A classifier that has seen
«shelling» thus knows something of «bombardment».
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import numpy as np

MODEL = Path(__file__).parent / "model"
GRAINS = (80, 320, 1200)


@cache
def load_classes() -> dict[str, tuple[str, str, str]]:
    """Read the classes of every known lower-cased word form, coarse to fine, as feature endings."""
    with np.load(MODEL / "word_classes.npz") as stored:
        words = stored["words"].tobytes().decode().split("\n")
        numbers = stored["classes"].tolist()
    return {word: (f"a{row[0]}", f"b{row[1]}", f"c{row[2]}") for word, row in zip(words, numbers, strict=True)}


UNKNOWN = ("a-", "b-", "c-")


@lru_cache(maxsize=1 << 16)
def classes_of(form: str, lemma: str) -> tuple[str, str, str]:
    """Give the classes of a word by its form, else by its lemma, else those of the unknown.

    >>> classes_of("qzxv", "qzxv")
    ('a-', 'b-', 'c-')
    """
    known = load_classes()
    return known.get(form.lower()) or known.get(lemma.lower()) or UNKNOWN
