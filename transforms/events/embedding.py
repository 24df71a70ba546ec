"""Word vectors and word classes from unlabelled news: counts of neighbours, made into numbers.

Positive pointwise mutual information between words and their neighbours (one and two places to either side apart,
three to five places together), context counts smoothed by the power 0.75 (Levy, Goldberg and Dagan 2015), cut to 110
dimensions by randomised singular value decomposition (Halko, Martinsson and Tropp 2011), clustered by k-means.
Needs about two gigabytes of memory and a minute for nine million words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from transforms.events.classes import GRAINS

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
_WORD = re.compile(r"[A-Za-z][A-Za-z'’\-]*|\d[\d,.]*|[^\w\s]")
_BREAK = 5  # places between two texts, so that none is its neighbour's neighbour


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Sizes: words kept and how often each must be seen, neighbours counted near and wide, dimensions, seed."""

    words: int = 24_000
    min_count: int = 12
    near: int = 2_500
    wide: int = 4_000
    width: int = 110
    seed: int = 0


def split_words(text: str) -> list[str]:
    """Cut a text into lower-cased words, numbers as ``#``.

    >>> split_words("In 2022 two died.")
    ['in', '#', 'two', 'died', '.']
    """
    return ["#" if w[0].isdigit() else w.lower().replace("’", "'") for w in _WORD.findall(text)]


def train_embedding(texts: Iterable[str], folder: Path, plan: Plan | None = None) -> int:
    """Learn vectors and classes, write them to ``folder`` and give the number of words."""
    plan = plan or Plan()
    words, stream = _read_stream(texts, plan)
    vectors = _decompose(_associations(stream, len(words), plan), plan)
    kept = [i for i, word in enumerate(words) if any(c.isalpha() for c in word)]
    listed = np.frombuffer("\n".join(words[i] for i in kept).encode(), np.uint8)
    step = (np.abs(vectors).max(axis=0) / 127).astype(np.float32)
    small = np.rint(vectors[kept] / step).astype(np.int8)
    np.savez_compressed(folder / "word_vectors.npz", words=listed, vectors=small, step=step)
    rng = np.random.default_rng(plan.seed)
    classes = np.stack([_cluster(vectors, min(grain, len(words)), rng) for grain in GRAINS], axis=1)
    np.savez_compressed(folder / "word_classes.npz", words=listed, classes=classes[kept].astype(np.uint16))
    return len(kept)


def _read_stream(texts: Iterable[str], plan: Plan) -> tuple[list[str], Integers]:
    """Give the vocabulary, most frequent first, and all texts as one row of word numbers, -1 for unknown words."""
    counts: Counter[str] = Counter()
    read: list[list[str]] = []
    for text in texts:
        words = split_words(text)
        counts.update(words)
        read.append(words)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[: plan.words]
    vocabulary = [word for word, count in ranked if count >= plan.min_count]
    number = {word: i for i, word in enumerate(vocabulary)}
    pieces = [np.array([number.get(w, -1) for w in words] + [-1] * _BREAK, np.int64) for words in read]
    return vocabulary, np.concatenate(pieces) if pieces else np.zeros(0, np.int64)


def _associations(stream: Integers, count: int, plan: Plan) -> Floats:
    near, wide = min(plan.near, count), min(plan.wide, count)
    blocks = [(0, near), (near, 2 * near), (2 * near, 3 * near), (3 * near, 4 * near), (4 * near, 4 * near + wide)]
    matrix = np.zeros((count, 4 * near + wide), np.float32)
    for distance in (1, 2):
        left, right = stream[:-distance], stream[distance:]
        _count(matrix, left, right, blocks[2 * distance - 2])
        _count(matrix, right, left, blocks[2 * distance - 1])
    for distance in (3, 4, 5):
        left, right = stream[:-distance], stream[distance:]
        _count(matrix, left, right, blocks[4])
        _count(matrix, right, left, blocks[4])
    for first, last in blocks:
        _weigh(matrix[:, first:last])
    matrix[:, blocks[4][0] :] *= np.float32(0.7)
    return matrix


def _count(matrix: Floats, words: Integers, neighbours: Integers, block: tuple[int, int]) -> None:
    size = block[1] - block[0]
    known = (words >= 0) & (neighbours >= 0) & (neighbours < size)
    cells, counts = np.unique(words[known] * size + neighbours[known], return_counts=True)
    matrix[cells // size, block[0] + cells % size] += counts


def _weigh(block: Floats) -> None:
    """Turn counts into positive pointwise mutual information, in place."""
    words = block.sum(axis=1, keepdims=True) + 1e-9
    contexts = (block.sum(axis=0, keepdims=True) + 1e-9) ** 0.75
    np.log(block / (words * (contexts / contexts.sum())) + 1e-12, out=block)
    np.maximum(block - np.float32(0.3), 0, out=block)


def _decompose(matrix: Floats, plan: Plan) -> Floats:
    rng = np.random.default_rng(plan.seed)
    basis = rng.standard_normal((matrix.shape[1], plan.width + 30)).astype(np.float32)
    for _ in range(3):
        left, _upper = np.linalg.qr(matrix @ basis)
        basis, _upper = np.linalg.qr(matrix.T @ left)
    left, values, _right = np.linalg.svd(matrix @ basis, full_matrices=False)
    vectors = left[:, : plan.width] * np.sqrt(values[: plan.width])
    scaled: Floats = (vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
    return scaled


def _cluster(vectors: Floats, count: int, rng: np.random.Generator, passes: int = 25) -> Integers:
    centres = vectors[rng.choice(len(vectors), count, replace=False)].copy()
    nearest = np.zeros(len(vectors), np.int64)
    for _ in range(passes):
        nearest = (vectors @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        fresh = vectors[rng.choice(len(vectors), count)]
        centres = np.where(lengths > 1e-6, sums / np.maximum(lengths, 1e-6), fresh)
    return nearest
