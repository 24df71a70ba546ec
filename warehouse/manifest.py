"""Verifying that the database is what was committed; what is not is loaded again from the raw archive."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from schemas.extraction import TABLES
from warehouse.digest import digest_documents, digest_rows
from warehouse.frames import Connection, fetch_frame, fetch_value
from warehouse.paths import WarehousePaths
from warehouse.raw import missing_segments, segment_names, vanished_segments
from warehouse.transaction import explained, transaction

PARTS = "0123456789abcdef"
"""First digits of document_id: a sixteenth of the rows is digested at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What the database lacks or has changed, by what can be loaded again.

    Attributes:
        segments: Segments of the raw archive whose records were never committed or were lost; in whole.
        documents: Documents whose rows are not those of the manifest; empty unless verified in full.
        rows_expected: Rows of facts the manifest accounts for.
        rows_there: Rows of facts that are there.
    """

    segments: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    rows_expected: int = 0
    rows_there: int = 0

    @property
    def found(self) -> bool:
        """Whether anything is lost."""
        return bool(self.segments or self.documents) or self.rows_expected != self.rows_there


def verify_manifest(con: Connection, paths: WarehousePaths, *, full: bool = False) -> Losses:
    """Compare the database with its manifest and with the raw archive.

    A run calls it when it has opened the database.  The quick form reads names and counts only; when the counts differ
    it goes on to the full one, which digests every row.

    Args:
        con: The writer's connection, tables installed.
        paths: Files of the warehouse.
        full: Digest every row, whatever the counts say.
    """
    with explained(con):
        return compare(con, paths, full=full)


def compare(con: Connection, paths: WarehousePaths, *, full: bool) -> Losses:
    """Do what ``verify_manifest`` says."""
    expected = int(fetch_value(con, "select coalesce(sum(row_count), 0) from manifest"))
    there = count_rows(con)
    documents = damaged_documents(con) if full or expected != there else ()
    return Losses(segments=missing_segments(con, paths), documents=documents, rows_expected=expected, rows_there=there)


def count_rows(con: Connection) -> int:
    """Count all rows of facts."""
    counts = (int(fetch_value(con, f"select count(*) from {table.name}")) for table in TABLES)  # noqa: S608  our tables
    return sum(counts)


def damaged_documents(con: Connection) -> tuple[str, ...]:
    """Give the documents whose rows are not those they were loaded with, or that only one side knows."""
    damaged: list[str] = []
    for part in PARTS:
        where = f"where starts_with(document_id, '{part}')"
        there = digest_documents(digest_rows(con, where))
        noted = fetch_frame(con, f"select document_id, row_count, content_digest from manifest {where}")  # noqa: S608  a constant
        same = noted.join(there, on=["document_id", "row_count", "content_digest"], how="inner")
        either = pl.concat([noted["document_id"], there["document_id"]]).unique()
        damaged += either.filter(~either.is_in(same["document_id"].to_list())).sort().to_list()
    return tuple(damaged)


def forget_documents(con: Connection, document_ids: tuple[str, ...], paths: WarehousePaths) -> tuple[str, ...]:
    """Take damaged documents out, and their segments from the list of those that are loaded.

    Returns:
        The segments to load again: those that hold the documents, or all where a document's row itself is lost.
        Documents of a segment that are sound are found to be there and stay.
    """
    if not document_ids:
        return ()
    wanted = {"ids": list(document_ids)}
    held = fetch_frame(
        con,
        "select documents.document_id, raw_records.segment from documents inner join raw_records using (raw_digest) "
        "where list_contains($ids, documents.document_id)",
        wanted,
    )
    whole = held["document_id"].n_unique() == len(document_ids)
    segments = tuple(sorted(set(held["segment"]))) if whole else segment_names(paths)
    with transaction(con):
        for name in (*(table.name for table in TABLES), "manifest"):
            con.execute(f"delete from {name} where list_contains($ids, document_id)", wanted)  # noqa: S608  our tables
        con.execute("delete from batches where list_contains($names, segment)", {"names": list(segments)})
    return segments


def forget_segments(con: Connection, paths: WarehousePaths) -> tuple[str, ...]:
    """Strike segments that are no longer on the disk from the index of the raw archive.

    The rows made of them stay.  Their sources, given again, count as new until they are archived again.

    Returns:
        The segments.
    """
    gone = vanished_segments(con, paths)
    if gone:
        with transaction(con):
            for name in ("raw_records", "batches"):
                con.execute(f"delete from {name} where list_contains($names, segment)", {"names": list(gone)})  # noqa: S608  our tables
    return gone
