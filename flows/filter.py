"""The Unix filter: articles in, one JSON object a document out.  No Prefect, no database."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from schemas.documents import Document
from schemas.extraction import Extraction
from schemas.spans import make_id


@dataclass(frozen=True, slots=True)
class Answer:
    """One document's JSON, or nothing, and what a person should hear about it."""

    row: dict[str, Any] | None
    complaint: str | None = None


def answer_lines(lines: Iterable[bytes], batch_size: int = 32) -> Iterator[Answer]:
    """Answer JSON lines in order: a document's rows, or a complaint that names the line."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    while batch := list(islice(numbered, batch_size)):
        yield from answer_batch(batch)


def answer_batch(batch: list[tuple[int, bytes]]) -> Iterator[Answer]:
    """Read the lines of one batch, extract what can be read, and keep the order."""
    read = [(number, document_of(line)) for number, line in batch]
    done = iter(extract_all([item for _, item in read if isinstance(item, Document)]))
    for number, item in read:
        if isinstance(item, str):
            yield Answer(None, f"line {number}: {item}")
            continue
        extraction, complaint = next(done)
        yield Answer(extraction.as_json(), complaint and f"line {number}: {complaint}")


def document_of(line: bytes) -> Document | str:
    """Read one JSON line as a document, or say why it is none."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return 'expected a JSON object with "text"'
    text = given["text"].encode("utf-8", "replace").decode("utf-8")
    source = str(given.get("source") or "stdin")
    document_id = make_id("document", source, text)
    return Document(
        document_id=document_id,
        article_id=document_id,
        source_name=source,
        text=text,
        text_digest=sha256(text.encode()).hexdigest(),
        raw_digest=sha256(line).hexdigest(),
        origin="stdin",
        input_id=None if given.get("id") is None else str(given["id"]),
        title=given.get("title"),
        url=given.get("url"),
        published_at=instant(given.get("published")),
    )


def instant(value: object) -> datetime | None:
    """Read an ISO date or time as an instant in UTC."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return read.replace(tzinfo=read.tzinfo or UTC)


def extract_all(documents: list[Document]) -> Iterator[tuple[Extraction, str | None]]:
    """Extract documents; one that a fault of the code stops is answered with empty lists and a complaint."""
    from transforms.extraction import extract_documents  # noqa: PLC0415  (loads the parser)

    try:
        yield from [(extraction, None) for extraction in extract_documents(documents)]
    except Exception as error:  # noqa: BLE001  (the border: one bad document must not silence the others)
        if len(documents) > 1:
            for document in documents:
                yield from extract_all([document])
            return
        where = traceback.extract_tb(error.__traceback__)[-1]
        yield Extraction(document=documents[0]), f"{type(error).__name__}: {error} ({where.filename}:{where.lineno})"


def write_answers(answers: Iterable[Answer]) -> bool:
    """Print answers as JSON lines, complaints on standard error; give whether every input was answered."""
    clean = True
    for answer in answers:
        if answer.complaint:
            sys.stderr.write(f"wirehouse extract: {answer.complaint}\n")
        if answer.row is None:
            clean = False
        else:
            sys.stdout.write(json.dumps(answer.row, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return clean
