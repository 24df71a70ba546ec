"""What a second process is worth: the same texts parsed, and extracted, by one process and by two.

The machine needs two idle cores, or the ratio says how busy it is.  Loading the model is left out: it happens once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context

import flows  # noqa: F401  (one thread for arithmetic, here and in the processes started)
from flows.lessons import document_of_row
from tests.benchmarks.stations import read_benchmark_texts
from transforms.extraction import extract_documents
from transforms.sentences import read_sentences

ROUNDS = 3
COPIES = 6
CHUNK = 4
Work = Callable[[Sequence[str]], int]


def parse(texts: Sequence[str]) -> int:
    """Parse texts; give the number of sentences."""
    return sum(len(sentences) for sentences in read_sentences((str(n), text) for n, text in enumerate(texts)))


def extract(texts: Sequence[str]) -> int:
    """Carry texts down the whole road; give the number of events."""
    documents = [document_of_row({"doc_id": str(n), "text": text}) for n, text in enumerate(texts)]
    return sum(len(extraction.events) for extraction in extract_documents(documents))


def run() -> str:
    """Give, for parsing and for the whole road, the time of one process over that of two."""
    texts = read_benchmark_texts() * COPIES
    chunks = [texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK)]
    lines = [f"{len(texts)} texts in chunks of {CHUNK}, best of {ROUNDS}"]
    for name, work in (("parsing", parse), ("whole road", extract)):
        one, two = _measure(work, chunks, 1), _measure(work, chunks, 2)
        lines.append(f"{name:12} one process {one:6.2f} s, two {two:6.2f} s: {one / two:4.2f} times as fast")
    return "\n".join(lines)


def _measure(work: Work, chunks: Sequence[Sequence[str]], processes: int) -> float:
    with get_context("spawn").Pool(processes) as pool:
        pool.map(work, [chunks[0]] * processes * 2, chunksize=1)  # loads and warms
        best = float("inf")
        for _ in range(ROUNDS):
            start = time.perf_counter()
            pool.map(work, chunks, chunksize=1)
            best = min(best, time.perf_counter() - start)
    return best
