"""Which of several readings of the same document stays, whatever order they come in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import polars as pl

from schemas.documents import Document
from warehouse.frames import Connection, attach_frame, fetch_frame

LATEST = datetime.max.replace(tzinfo=UTC)


def rank_document(
    published_at: datetime | None, modified_at: datetime | None, raw_digest: str
) -> tuple[datetime, datetime, str]:
    """Give the rank of one reading of a document; the lowest stays.

    Text and source are the same (they make the ``document_id``), the rest may differ: the earliest known publication
    wins, then the earliest change, then the smaller digest of the raw bytes, so that no order of input matters.
    """
    return published_at or LATEST, modified_at or LATEST, raw_digest


def rank_of(document: Document) -> tuple[datetime, datetime, str]:
    """Give a document's rank."""
    return rank_document(document.published_at, document.modified_at, document.raw_digest)


def choose_documents(documents: Iterable[Document]) -> tuple[tuple[Document, ...], int]:
    """Keep one reading of every document, in the order of their keys' first appearance.

    Returns:
        The documents to extract, and how many were duplicates among those given.
    """
    best: dict[str, Document] = {}
    given = 0
    for document in documents:
        given += 1
        there = best.get(document.document_id)
        if there is None or rank_of(document) < rank_of(there):
            best[document.document_id] = document
    return tuple(best.values()), given - len(best)


def known_documents(con: Connection, documents: Iterable[Document], extractor_version: str) -> set[str]:
    """Give the keys of those documents that need no work.

    A document is known when the warehouse has it from this version of the extractor, the raw archive has its record,
    and the reading given would not take the place of the one that is there.
    """
    listed = list(documents)
    wanted = pl.DataFrame(
        {"document_id": [document.document_id for document in listed]}, schema={"document_id": pl.String}
    )
    with attach_frame(con, "wanted", wanted):
        there = fetch_frame(
            con,
            "select document_id, published_at, modified_at, raw_digest from documents "
            "where extractor_version = $version and document_id in (select document_id from wanted) "
            "and raw_digest in (select raw_digest from raw_records)",
            {"version": extractor_version},
        )
    ranks = {row[0]: rank_document(*row[1:]) for row in there.iter_rows()}
    return {
        document.document_id
        for document in listed
        if document.document_id in ranks and ranks[document.document_id] <= rank_of(document)
    }
