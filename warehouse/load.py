"""Loading a batch: one transaction over all tables, findings, ledger, manifest and the index of the raw archive."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from schemas.documents import DOCUMENTS
from schemas.extraction import TABLES
from schemas.findings import Finding
from schemas.manifest import RAW_RECORDS
from schemas.runs import LedgerEntry
from warehouse.acceptance import Counts, drop_duplicate_keys
from warehouse.account import CheckedBatch, balance_ledger, digest_inputs, write_findings, write_manifest
from warehouse.frames import Connection, attach_frame, fetch_frame
from warehouse.precedence import known_documents, rank_document
from warehouse.references import refuse_orphans
from warehouse.runs import write_ledger
from warehouse.transaction import transaction

__all__ = ["CheckedBatch", "LoadSummary", "digest_inputs", "known_documents", "load_batch"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSummary:
    """What a load did.

    Attributes:
        batch_id: The batch.
        written: Rows inserted, by table; all zero when everything was there.
        ledger: The batch's account, station by station.
        findings: All findings of the batch, those made here among them.
    """

    batch_id: str
    written: Mapping[str, int]
    ledger: tuple[LedgerEntry, ...]
    findings: tuple[Finding, ...]


def load_batch(con: Connection, batch: CheckedBatch) -> LoadSummary:
    """Load a batch whole or not at all; the same batch again changes nothing.

    Rows of a document that is there are replaced if the reading given takes precedence or comes from another version
    of the extractor.  Rows whose references lead nowhere become findings.

    Raises:
        WarehouseError: The disk is full or the database damaged; nothing of the batch is in it.
    """
    with transaction(con):
        return load_in_transaction(con, batch)


def load_in_transaction(con: Connection, batch: CheckedBatch) -> LoadSummary:
    """Do all of ``load_batch`` between begin and commit."""
    frames = {table.name: batch.frames.get(table.name, table.frame([])) for table in TABLES}
    single = drop_doubles(frames)
    fresh = drop_beaten(con, single)
    whole, orphans = refuse_orphans(con, fresh)
    lost = {
        name: Counts(refused=fresh[name].height - whole[name].height, duplicate=frame.height - fresh[name].height)
        for name, frame in frames.items()
    }
    findings = (*batch.findings, *orphans)
    replace_rows(con, batch, whole)
    write_findings(con, batch, findings, whole[DOCUMENTS.name])
    digests = write_manifest(con, batch, whole[DOCUMENTS.name])
    ledger = balance_ledger(batch, whole, lost, digests)
    write_ledger(con, ledger)
    return LoadSummary(
        batch_id=batch.batch_id,
        written={name: frame.height for name, frame in whole.items()},
        ledger=ledger,
        findings=findings,
    )


def drop_doubles(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Keep one row a key in every frame; a second one would double every count."""
    single = {table.name: drop_duplicate_keys(table, frames[table.name]) for table in TABLES}
    dropped = {name: frames[name].height - frame.height for name, frame in single.items()}
    if any(dropped.values()):
        counted = ", ".join(f"{count} of {name}" for name, count in dropped.items() if count)
        logger.warning("Keys given twice in one batch: %s; the first by rank is kept.", counted)
    return single


def drop_beaten(con: Connection, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Leave out documents the warehouse meanwhile has from a reading that stays (see ``known_documents``)."""
    documents = frames[DOCUMENTS.name]
    with attach_frame(con, "incoming", documents.select("document_id", "extractor_version")):
        there = fetch_frame(
            con,
            "select document_id, published_at, modified_at, raw_digest from documents "
            "semi join incoming using (document_id, extractor_version)",
        )
    ranks = {row[0]: rank_document(*row[1:]) for row in there.iter_rows()}
    given = documents.select("document_id", "published_at", "modified_at", "raw_digest").iter_rows()
    beaten = [row[0] for row in given if row[0] in ranks and ranks[row[0]] <= rank_document(*row[1:])]
    if not beaten:
        return dict(frames)
    return {name: frame.filter(~pl.col("document_id").is_in(beaten)) for name, frame in frames.items()}


def replace_rows(con: Connection, batch: CheckedBatch, frames: Mapping[str, pl.DataFrame]) -> None:
    """Take out what the documents had and put in what they have now, and index their raw records."""
    documents = keep_first_fetch(con, frames[DOCUMENTS.name]).with_columns(run_id=pl.lit(batch.run_id))
    with attach_frame(con, "owners", documents.select("document_id")):
        for table in TABLES:
            # Named by our own tables; DuckDB takes no parameter for a table's name.
            con.execute(f"delete from {table.name} where document_id in (select document_id from owners)")  # noqa: S608
    for table in TABLES:
        frame = documents if table is DOCUMENTS else frames[table.name]
        if frame.height:
            with attach_frame(con, "incoming", frame):
                con.execute(f"insert into {table.name} by name select * from incoming")  # noqa: S608
    if batch.segment:
        with attach_frame(con, "incoming", RAW_RECORDS.frame(batch.segment.entries)):
            con.execute("insert into raw_records by name select * from incoming anti join raw_records using (raw_id)")


def keep_first_fetch(con: Connection, documents: pl.DataFrame) -> pl.DataFrame:
    """Give documents that are there already the instant they were first read at."""
    with attach_frame(con, "owners", documents.select("document_id")):
        there = fetch_frame(
            con, "select document_id, fetched_at as first_at from documents semi join owners using (document_id)"
        )
    first = documents.join(there, on="document_id", how="left", maintain_order="left")
    return first.with_columns(fetched_at=pl.min_horizontal("fetched_at", "first_at")).drop("first_at")
