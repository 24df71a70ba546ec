"""Annotated texts as examples to learn from: PolNeAR's attributions and this project's own annotation of news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.spans import Span
from transforms.reference.json_lines import read_rows
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree

_SPEECH_CLASSES = ("speech", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """An annotated attribution; ``is_speech`` is false for belief, attitude and evidence."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    is_speech: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An annotated text.  ``is_complete`` tells whether attributions that are no speech are annotated too."""

    text: str
    trees: tuple[Tree, ...]
    attributions: tuple[Attribution, ...]
    is_complete: bool = True


def read_polnear(path: Path) -> Iterator[Example]:
    """Read PolNeAR texts: one JSON object a line with ``text`` and ``statements`` (source, cue, content, cue_class).

    What a poll shows or a document finds counts as said: the warehouse keeps documents among the speakers.
    """
    yield from _parse(read_rows(path), is_complete=True)


def read_news(folder: Path) -> Iterator[Example]:
    """Read a folder of reports annotated with statements only: texts in ``*.docs.jsonl``, rows in ``*.gold.jsonl``."""
    rows = {row["doc_id"]: row for path in sorted(folder.glob("*.gold.jsonl")) for row in read_rows(path)}
    texts = [text for path in sorted(folder.glob("*.docs.jsonl")) for text in read_rows(path)]
    yield from _parse([text | rows[text["doc_id"]] for text in texts if text["doc_id"] in rows], is_complete=False)


def _parse(records: Iterable[dict[str, Any]], *, is_complete: bool) -> Iterator[Example]:
    listed = list(records)
    parsed = read_sentences((record["doc_id"], record["text"]) for record in listed)
    for record, sentences in zip(listed, parsed, strict=True):
        yield Example(
            text=record["text"],
            trees=tuple(Tree(sentence) for sentence in sentences if sentence.tokens),
            attributions=tuple(_read_attribution(row) for row in record["statements"]),
            is_complete=is_complete,
        )


def _read_attribution(row: dict[str, Any]) -> Attribution:
    spoken = row.get("is_statement", True) or str(row.get("cue_class")).startswith(_SPEECH_CLASSES)
    source, cue, content = (tuple(Span(*span) for span in row[part]) for part in ("source", "cue", "content"))
    return Attribution(source=source, cue=cue, content=content, is_speech=spoken)
