"""What the event models learn from, carried down the road: annotated texts as scenes, each with its annotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from flows.lessons import document_of_row, require_lessons
from schemas.spans import make_id
from transforms.events.annotations import Annotation, name_trigger, read_judgements, read_passages
from transforms.events.reports import read_scenes
from transforms.events.scene import Scene
from transforms.reference.json_lines import read_rows

Lesson = tuple[Scene, Annotation]


def teach_reports(folder: Path) -> Iterator[Lesson]:
    """Give the reports in a folder (``NAME.docs.jsonl``, ``NAME.gold.jsonl``) as scenes with their annotations."""
    rows = [row for path in sorted(folder.glob("*.docs.jsonl")) for row in read_rows(path)]
    golds = {row["doc_id"]: row for path in sorted(folder.glob("*.gold.jsonl")) for row in read_rows(path)}
    rows = [row for row in rows if row["doc_id"] in golds]
    require_lessons(rows, [folder])
    return zip(_read_scenes(rows), (golds[row["doc_id"]] for row in rows), strict=True)


def teach_records(file: Path | None) -> Iterator[Lesson]:
    """Give PLOVER gold standard records as scenes with the triggers they name; without a file none."""
    records = read_rows(file) if file else []
    for scene, record in zip(_read_scenes(records), records, strict=True):
        known = record["events"][0]
        yield scene, name_trigger(scene, known["event_text"], known["plover"][0])


def teach_judged(articles: Path | None) -> Iterator[Lesson]:
    """Give those articles of a file whose events were judged, as far as they were read; without a file none."""
    if articles is None:
        return
    judged = read_judgements()
    rows = {make_id("document", row["text"]): row for row in read_rows(articles)}
    known = [document_id for document_id in judged if document_id in rows]
    require_lessons(known, [articles])
    cut = [rows[i] | {"doc_id": i, "text": rows[i]["text"][: judged[i].length]} for i in known]
    yield from zip(_read_scenes(cut), (judged[document_id].annotation for document_id in known), strict=True)


def teach_passages() -> Iterator[Lesson]:
    """Give our own passages as scenes with their marks."""
    passages = read_passages()
    rows = [{"doc_id": str(number), "text": passage.text} for number, passage in enumerate(passages)]
    return zip(_read_scenes(rows), (passage.annotation for passage in passages), strict=True)


def _read_scenes(rows: Iterable[dict[str, Any]]) -> Iterator[Scene]:
    return read_scenes(map(document_of_row, rows))
