"""Word vectors: what a word is like, as 110 numbers, learnt from unlabelled news (see ``model/README.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from schemas.sentences import Token

Floats = npt.NDArray[np.float32]
MODEL = Path(__file__).parent / "model"


@dataclass(frozen=True, slots=True)
class Vectors:
    """A table of unit vectors by lower-cased form; its last row is zero and stands for unknown words."""

    rows: dict[str, int]
    table: Floats

    @property
    def width(self) -> int:
        """Numbers a word."""
        return int(self.table.shape[1])

    @property
    def none(self) -> int:
        """The row of unknown words."""
        return len(self.table) - 1

    def row(self, token: Token) -> int:
        """Give the row of a word by its form, else by its lemma, else the zero row."""
        found = self.rows.get(token.text.lower())
        return self.rows.get(token.lemma.lower(), self.none) if found is None else found


@cache
def load_vectors() -> Vectors:
    """Read the vectors, once a process."""
    with np.load(MODEL / "word_vectors.npz") as stored:
        words = stored["words"].tobytes().decode().split("\n")
        table = stored["vectors"].astype(np.float32) * stored["step"].astype(np.float32)
    zero = np.zeros((1, table.shape[1]), np.float32)
    return Vectors({word: row for row, word in enumerate(words)}, np.concatenate([table, zero]).astype(np.float32))
