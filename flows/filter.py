"""The Unix filter: articles in, one JSON object a document out.  No Prefect, no database."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from flows.sources import list_records, read_record
from schemas.articles import Article, RawRecord, Refusal
from schemas.documents import Document
from schemas.errors import WirehouseError
from schemas.extraction import Extraction
from schemas.limits import DEFAULTS
from schemas.spans import make_id
from transforms.documents import make_document, normalise

LIMITS = replace(DEFAULTS, language_characters=sys.maxsize)
"""Whoever pipes a text in wants it read: its language is not judged."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One input: the document to extract, if it has a text, and what a person should hear about it."""

    document: Document | None
    complaint: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One document's JSON, or nothing, and what a person should hear about it."""

    row: dict[str, Any] | None
    complaint: str | None = None


def list_inputs(files: Sequence[Path], jsonl: bool, stdin: BinaryIO) -> Iterator[RawRecord | Refusal]:
    """Give the records of files or of standard input; with ``jsonl`` every line is one, whatever the file is called."""
    if not jsonl:
        yield from list_records(files or ["-"], LIMITS, stdin)
        return
    if not files:
        yield from list_json_lines(stdin, "stdin")
    for path in files:
        with path.open("rb") as stream:
            yield from list_json_lines(stream, path.name)


def list_json_lines(stream: BinaryIO, name: str) -> Iterator[RawRecord]:
    r"""Give each line as soon as it is there; one over the limit is cut, and refused for that by its reader.

    >>> from io import BytesIO
    >>> [record.origin for record in list_json_lines(BytesIO(b'{}\n\n{}'), "stdin")]
    ['stdin:1', 'stdin:3']
    """
    longest, number = LIMITS.record_bytes + 1, 1
    while line := stream.readline(longest):
        if line.strip():
            yield RawRecord(kind="json", data=line.rstrip(b"\r\n"), origin=f"{name}:{number}", source_name=name)
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest)
        number += 1


def answer_inputs(inputs: Iterable[RawRecord | Refusal], batch_size: int) -> Iterator[Answer]:
    """Answer inputs in order, so many documents parsed together; none is left out without a complaint."""
    readings = (reading for given in inputs for reading in read_input(given))
    while batch := list(islice(readings, batch_size)):
        extractions = extract_each([reading.document for reading in batch if reading.document])
        for reading in batch:
            if reading.document is None:
                yield Answer(None, reading.complaint)
                continue
            extraction, fault = next(extractions)
            yield Answer(extraction.as_json(), reading.complaint or fault)


def read_input(given: RawRecord | Refusal) -> list[Reading]:
    """Read the documents of one record."""
    if isinstance(given, Refusal):
        return [Reading(None, given.reason)]
    return [read_article(item) for item in read_record(given, LIMITS)]


def read_article(item: Article | Refusal) -> Reading:
    """Make a document of an article; one the warehouse would refuse is read for all that, with a complaint."""
    if isinstance(item, Refusal):
        return Reading(None, item.reason)
    made = make_document(item, limits=LIMITS)
    return Reading(plain_document(item), made.reason) if isinstance(made, Refusal) else Reading(made)


def plain_document(article: Article) -> Document:
    """Make a document of a text as it is."""
    text = normalise(article.text.encode("utf-8", "replace").decode()).text
    key = make_id("document", article.source_name, text)
    return Document(
        document_id=key,
        article_id=key,
        source_name=article.source_name or "unknown",
        text=text,
        text_digest=sha256(text.encode()).hexdigest(),
        raw_digest=sha256(article.raw.data).hexdigest(),
        origin=article.raw.origin,
        input_id=article.input_id,
        title=article.title,
        published_at=article.published_at,
        published_method=article.published_method,
    )


def extract_each(documents: list[Document]) -> Iterator[tuple[Extraction, str | None]]:
    """Extract documents; one that a fault of the code stops is answered with empty lists and a complaint."""
    from transforms.extraction import extract_documents  # (loads the parser: not before it is needed)

    try:
        yield from [(extraction, None) for extraction in extract_documents(documents)]
    except WirehouseError:  # about the installation, not about one document
        raise
    except Exception as error:  # noqa: BLE001  (the border: one document must not silence the others)
        if len(documents) > 1:
            for document in documents:
                yield from extract_each([document])
            return
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        yield (
            Extraction(document=documents[0]),
            f"{documents[0].origin}: not extracted, a fault of the program: {fault}",
        )


def write_answers(answers: Iterable[Answer]) -> bool:
    """Print answers as JSON lines, complaints on standard error; give whether every input was answered."""
    whole = True
    for answer in answers:
        if answer.complaint:
            sys.stderr.write(f"wirehouse extract: {answer.complaint}\n")
        if answer.row is None:
            whole = False
        else:
            sys.stdout.buffer.write(orjson.dumps(answer.row, option=orjson.OPT_APPEND_NEWLINE))
            sys.stdout.buffer.flush()
    return whole
