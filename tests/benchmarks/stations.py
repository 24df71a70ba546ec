"""What each station costs beside the parser, on the same text in one run, and whether long texts cost more a word.

The text is the project's own dispatches (``seeds/news``), or the ``*.docs.jsonl`` files of a folder named by
``WIREHOUSE_BENCHMARK_TEXTS``.  Parser and stations take turns, and of some rounds each one's best counts, so that the
shares hold on a busy machine, too.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from schemas.documents import Document
from schemas.sentences import Sentence
from schemas.spans import make_id
from transforms.actors import find_actors
from transforms.events import find_events
from transforms.figures import find_figures
from transforms.places import find_places
from transforms.sentences import read_sentences
from transforms.statements import find_statements
from transforms.syntax.tree import Tree
from transforms.times import find_times

NEWS = Path(__file__).resolve().parents[2] / "seeds" / "news"
ROUNDS = 5
WORDS = 5_000
"""About how many words the long text has."""

Seconds = dict[str, float]
Result = TypeVar("Result")


def run() -> str:
    """Give each station's share of parsing time, and its seconds a word in a long text over those in short ones."""
    texts = read_benchmark_texts()
    whole = "\n\n".join(texts)
    long = "\n\n".join([whole] * max(1, round(WORDS / len(whole.split()))))
    short, in_long = _measure(texts), _measure([long])
    growth = len(whole.split()) / len(long.split())
    parsing = short.pop("parsing")
    lines = [f"{len(whole.split()):,} words in {len(texts)} texts, best of {ROUNDS}; parsing {parsing:.2f} s"]
    for name, seconds in [*short.items(), ("all stations", sum(short.values()))]:
        longer = in_long.get(name, sum(v for n, v in in_long.items() if n != "parsing")) * growth
        lines.append(f"{name:12} {seconds / parsing:6.0%} of parsing; a word in a long text {longer / seconds:5.2f} ×")
    return "\n".join(lines)


def read_benchmark_texts() -> list[str]:
    """Read the texts to measure on: our own dispatches, or those of a folder named by the environment."""
    folder = os.environ.get("WIREHOUSE_BENCHMARK_TEXTS")
    if folder is None:
        return [p.read_text(encoding="utf-8") for p in sorted(NEWS.glob("*.txt")) + sorted(NEWS.glob("*.md"))]
    files = sorted(Path(folder).glob("*.docs.jsonl"))
    return [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def _measure(texts: Sequence[str]) -> Seconds:
    documents = [_document(text) for text in texts]
    best: Seconds = {}
    for number in range(ROUNDS + 1):
        spent = _extract(documents)
        if number:  # the first round loads and warms
            best = {name: min(seconds, best.get(name, seconds)) for name, seconds in spent.items()}
    return best


def _extract(documents: Sequence[Document]) -> Seconds:
    spent: Seconds = {}

    def timed(name: str, work: Callable[[], Result]) -> Result:
        start = time.process_time()
        result = work()
        spent[name] = spent.get(name, 0.0) + time.process_time() - start
        return result

    parsed = timed("parsing", lambda: list(read_sentences((d.document_id, d.text) for d in documents)))
    for document, sentences in zip(documents, parsed, strict=True):
        _run_stations(document, sentences, timed)
    return spent


def _run_stations(document: Document, sentences: Sequence[Sentence], timed: Callable[..., Any]) -> None:
    trees = timed("trees", lambda: tuple(Tree(s) for s in sentences))
    places = timed("places", lambda: find_places(document, trees))
    times = timed("times", lambda: find_times(document, trees))
    actors = timed("actors", lambda: find_actors(document, trees, places))
    statements = timed("statements", lambda: find_statements(document, trees, actors))
    figures = timed("figures", lambda: find_figures(document, trees, statements, places))
    found = {"actors": actors, "places": places, "times": times, "statements": statements, "figures": figures}
    timed("events", lambda: find_events(document, trees, **found))


def _document(text: str) -> Document:
    number = make_id("document", text)
    return Document(
        document_id=number, article_id=number, source_name="", text=text, text_digest="", raw_digest="", origin=""
    )
