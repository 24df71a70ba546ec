"""The grammar of numbers and the figures station beside quantulum3, on the same text in one run.

The text is the project's own dispatches (``seeds/news``), so the benchmark runs anywhere.  Sentences are parsed
before the clock starts: parsing serves every station and is measured with the parser.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from pathlib import Path

from schemas.documents import Document
from transforms.figures import find_figures, find_numbers, find_quantities
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree

NEWS = Path(__file__).resolve().parents[2] / "seeds" / "news"
ROUNDS = 3


def run() -> str:
    """Time all of them and give characters a second and how many times as fast as quantulum3 each is."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(NEWS.glob("*.txt")) + sorted(NEWS.glob("*.md"))]
    parsed = list(read_sentences((str(i), text) for i, text in enumerate(texts)))
    trees = [tuple(Tree(s) for s in sentences) for sentences in parsed]
    documents = [_document(i, text) for i, text in enumerate(texts)]
    speeds = {
        "numbers (grammar alone)": _speed(texts, lambda: [find_numbers(t) for t in texts]),
        "quantities (units, comparators, no dates)": _speed(texts, lambda: [find_quantities(t) for t in texts]),
        "figures (the whole station, parsed before)": _speed(
            texts, lambda: [find_figures(d, t, (), ()) for d, t in zip(documents, trees, strict=True)]
        ),
    }
    peer = _peer_speed(texts)
    lines = [f"{sum(map(len, texts)):,} characters in {len(texts)} texts, best of {ROUNDS}"]
    for name, speed in speeds.items():
        beside = f"{speed / peer:8.0f} ×" if peer else "        –"
        lines.append(f"{name:45} {speed:12,.0f} characters/s {beside}")
    lines.append(
        f"{'quantulum3':45} {peer:12,.0f} characters/s" if peer else "quantulum3 is not installed: nothing beside"
    )
    return "\n".join(lines)


def _document(number: int, text: str) -> Document:
    return Document(
        document_id=f"{number:016x}", article_id="", source_name="", text=text, text_digest="", raw_digest="", origin=""
    )


def _speed(texts: list[str], work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give characters a second of CPU time, the best of some rounds after one that warms up."""
    work()
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return sum(map(len, texts)) / max(best, 1e-9)


def _peer_speed(texts: list[str]) -> float:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from quantulum3 import parser
    except ImportError:
        return 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _speed(texts, lambda: [parser.parse(t) for t in texts], rounds=1)
