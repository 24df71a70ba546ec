"""Word vectors from raw text: what a small treebank cannot know of rare names and verbs.

Skip-grams with negative sampling over a narrow window, which groups words by their grammar more than by their
topic (Levy and Goldberg, Dependency-Based Word Embeddings, ACL 2014).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from transforms.syntax.boundaries import find_boundaries, find_paragraphs
from transforms.syntax.pipeline import normalise_word
from transforms.syntax.tokens import find_words

ROWS = 20_000
"""The commonest words get a vector; the file stays under eight megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordVectors:
    """Normalised words and their vectors, a float32 array of shape (words, 96)."""

    words: tuple[str, ...]
    values: npt.NDArray[np.float32]


def train_vectors(texts: Iterable[str], treebank: Iterable[Iterable[str]], *, width: int = 96) -> WordVectors:
    """Train vectors on raw texts and on the words of treebank sentences; the commonest words first.

    Raises:
        ImportError: floret, a tool of training only, is not installed (extra ``train``).
    """
    train_unsupervised = import_module("floret").train_unsupervised
    with TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.txt"
        with corpus.open("w", encoding="utf-8") as lines:
            for words in treebank:
                lines.write(" ".join(normalise_word(w) for w in words) + "\n")
            for text in texts:
                lines.writelines(line + "\n" for line in _lines(text))
        model = train_unsupervised(
            str(corpus), model="skipgram", minn=0, maxn=0, dim=width, ws=2, epoch=3, minCount=4, neg=5,
            lr=0.05, thread=1, bucket=1, t=1e-3, verbose=0,
        )  # fmt: skip
    words = tuple(w for w in model.words[: ROWS + 1] if w != "</s>")[:ROWS]
    values = np.asarray([model.get_word_vector(w) for w in words], dtype=np.float32)
    # Brought to the scale of the learnt embeddings; else the first steps see little of the one or the other.
    return WordVectors(words=words, values=values / np.float32(np.abs(values).mean() * 4))


def _lines(text: str) -> Iterable[str]:
    for first, last in find_paragraphs(text):
        for start, end in find_boundaries(text, first, last):
            yield " ".join(normalise_word(text[a:b]) for a, b in find_words(text, start, end))
