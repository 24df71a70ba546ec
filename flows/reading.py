"""Reading a run's inputs into batches, and telling what in them is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from flows.batches import Batch, frame_of_records, read_documents, read_findings, read_records, write_frames
from schemas.articles import Article, RawRecord, Refusal
from schemas.documents import DOCUMENTS, Document
from schemas.findings import FINDINGS, Finding, finding_of_refusal
from schemas.limits import Limits
from schemas.spans import make_id
from transforms.documents import make_document
from warehouse.account import digest_inputs
from warehouse.precedence import rank_of
from warehouse.segments import digest_bytes

Place = tuple[str, int]
"""Where an input stands in the run: its batch, and its number among that batch's documents."""


@dataclass(frozen=True, slots=True)
class Given:
    """One input as its source gave it, and when it was first read."""

    item: Article | Refusal
    fetched_at: datetime


class Precedence:
    """Which of a run's readings of the same document stays, whatever their order; the same one every time."""

    def __init__(self) -> None:
        self._best: dict[str, tuple[tuple[datetime, datetime, str], Place]] = {}

    def add(self, document: Document, place: Place) -> None:
        """Enter a reading of a document."""
        entry = (rank_of(document), place)
        self._best[document.document_id] = min(entry, self._best.get(document.document_id, entry))

    def stays(self, document: Document, place: Place) -> bool:
        """Tell whether the reading that stands at ``place`` is the one that stays."""
        return self._best[document.document_id][1] == place


@dataclass(frozen=True, slots=True)
class Portion:
    """The inputs of one batch, and the segment of the raw archive they were read from, if they were."""

    inputs: Sequence[Given]
    segment: str | None = None


def stage_batches(
    portions: Iterable[Portion], work: Path, *, limits: Limits, version: str, precedence: Precedence
) -> Iterator[Batch]:
    """Read inputs and lay them down in batches; duplicates are told later, by ``drop_duplicates``."""
    seen: Counter[str] = Counter()
    for position, portion in enumerate(portions):
        digests = [digest_bytes(given.item.raw.data) for given in portion.inputs]
        digest = digest_inputs(digests)
        seen[digest] += 1
        if seen[digest] > 1:  # the very same inputs again are a batch of their own
            digest = digest_inputs([*digests, f"time {seen[digest]}"])
        yield stage_batch(
            portion,
            work / f"{position:06}-{digest[:16]}",
            digest,
            limits=limits,
            version=version,
            precedence=precedence,
        )


def cut_portions(inputs: Iterable[Given], size: int) -> Iterator[Portion]:
    """Cut inputs into portions."""
    waiting = iter(inputs)
    while portion := list(islice(waiting, size)):
        yield Portion(portion)


def stage_batch(
    portion: Portion, folder: Path, digest: str, *, limits: Limits, version: str, precedence: Precedence
) -> Batch:
    """Read one portion of the inputs and lay it down."""
    documents: list[Document] = []
    findings: list[Finding] = []
    for given in portion.inputs:
        made = read_document(given, limits, version)
        if isinstance(made, Refusal):
            findings.append(finding_of_refusal(made, digest_bytes(made.raw.data)))
        else:
            precedence.add(made, (folder.name, len(documents)))
            documents.append(made)
    batch = Batch(
        input_digest=digest,
        folder=folder,
        content="",
        given=len(portion.inputs),
        documents=len(documents),
        refused=len(findings),
        duplicate=0,
        segment=portion.segment,
    )
    return lay_down(batch, documents, findings, [given.item.raw for given in portion.inputs])


def read_document(given: Given, limits: Limits, version: str) -> Document | Refusal:
    """Make the document of an input, as of when it was first read."""
    if isinstance(given.item, Refusal):
        return given.item
    then = given.fetched_at
    return make_document(given.item, fetched_at=then, now=then, extractor_version=version, limits=limits)


def lay_down(
    batch: Batch, documents: Sequence[Document], findings: Sequence[Finding], records: Iterable[RawRecord]
) -> Batch:
    """Write a batch's files, and count what they hold; of the records those stay that something was made of."""
    used = {(document.origin, document.raw_digest) for document in documents}
    used |= {(finding.origin or "", finding.raw_digest or "") for finding in findings}
    frames = {
        DOCUMENTS.name: DOCUMENTS.frame(documents),
        FINDINGS.name: FINDINGS.frame(findings),
        "records": frame_of_records(r for r in records if (r.origin, digest_bytes(r.data)) in used),
    }
    write_frames(batch.folder, frames)
    keys = sorted(f"{document.document_id} {document.raw_digest}" for document in documents)
    return replace(batch, content=make_id("content", *keys), documents=len(documents))


def drop_duplicates(batch: Batch, precedence: Precedence, known: set[str]) -> Batch:
    """Leave in a batch the documents that are new: given by no better reading of the run, unknown to the warehouse.

    Args:
        batch: A batch as ``stage_batches`` laid it down.
        precedence: All readings of the run.
        known: Keys of documents that the warehouse has.
    """
    documents = read_documents(batch.folder)
    new = [
        document
        for number, document in enumerate(documents)
        if document.document_id not in known and precedence.stays(document, (batch.folder.name, number))
    ]
    if len(new) == len(documents):
        return batch
    smaller = replace(batch, duplicate=len(documents) - len(new))
    return lay_down(smaller, new, read_findings(batch.folder), read_records(batch.folder))
