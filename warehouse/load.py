"""Loading a batch: one transaction over all tables, findings, ledger, manifest and the index of the raw archive."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from schemas.documents import DOCUMENTS
from schemas.errors import WarehouseError
from schemas.extraction import TABLES
from schemas.findings import FINDINGS, Finding
from schemas.manifest import BATCHES, MANIFEST, RAW_RECORDS, LoadedBatch
from schemas.runs import LedgerEntry
from warehouse.acceptance import Counts, drop_duplicate_keys
from warehouse.connection import explain
from warehouse.digest import digest_documents, digest_rows, digest_texts
from warehouse.frames import Connection, attach_frame, fetch_frame
from warehouse.precedence import known_documents, rank_document
from warehouse.raw import Segment
from warehouse.references import refuse_orphans
from warehouse.runs import write_ledger

__all__ = ["CheckedBatch", "LoadSummary", "digest_inputs", "known_documents", "load_batch"]

logger = logging.getLogger(__name__)

SOURCES = "sources"
NOTHING = digest_texts([])


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBatch:
    """What one batch of inputs came to, ready to be loaded.

    Attributes:
        batch_id: First sixteen digits of ``input_digest``.
        run_id: The run; its row stands in ``runs``.
        input_digest: ``digest_inputs`` of the raw digests of all its inputs.
        frames: Rows to load by table name, as ``accept_frames`` let them through.  A missing table has no rows.
        findings: Refusals of inputs and findings on rows.  ``run_id`` and ``found_at`` are filled in here.
        counts: By station: ``sources`` for the inputs (a document known before or chosen against is a duplicate), and
            the tables as ``accept_frames`` counts them.  A table without an entry was given just its rows.
        segment: What ``store_records`` made of its raw records.
    """

    batch_id: str
    run_id: str
    input_digest: str
    frames: Mapping[str, pl.DataFrame] = field(repr=False)
    findings: tuple[Finding, ...] = ()
    counts: Mapping[str, Counts] = field(default_factory=dict)
    segment: Segment | None = None


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


def digest_inputs(raw_digests: Iterable[str]) -> str:
    """Give the digest of a batch's inputs, whatever their order; its first sixteen digits are the ``batch_id``.

    >>> digest_inputs(["b", "a"]) == digest_inputs(["a", "b"])
    True
    """
    return digest_texts(list(raw_digests))


def load_batch(con: Connection, batch: CheckedBatch) -> LoadSummary:
    """Load a batch whole or not at all; the same batch again changes nothing.

    Rows of a document that is there are replaced if the reading given takes precedence or comes from another version
    of the extractor.  Rows whose references lead nowhere become findings.

    Raises:
        WarehouseError: The disk is full or the database damaged; nothing of the batch is in it.
    """
    try:
        con.execute("begin transaction")
        try:
            summary = load_in_transaction(con, batch)
            con.execute("commit")
        except BaseException:
            with suppress(duckdb.Error):  # DuckDB may have rolled back by itself
                con.execute("rollback")
            raise
    except duckdb.Error as error:
        raise explain_load(con, error) from error
    return summary


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
    ledger = account(batch, whole, lost, digests)
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
    documents = frames[DOCUMENTS.name].with_columns(run_id=pl.lit(batch.run_id))
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


def write_findings(
    con: Connection, batch: CheckedBatch, findings: tuple[Finding, ...], documents: pl.DataFrame
) -> None:
    """Add new findings; close those whose input or document was accepted now.

    A finding found again stays the one it was, with the run that found it first.
    """
    frame = FINDINGS.frame(findings).unique("finding_id", keep="first", maintain_order=True)
    with (
        attach_frame(con, "found", frame),
        attach_frame(con, "taken", documents.select("document_id", "raw_digest", "origin")),
    ):
        con.execute(
            "insert into findings by name "
            "select found.* replace ($run_id as run_id, "
            "(select started_at from runs where run_id = $run_id) as found_at) "
            "from found anti join findings using (finding_id)",
            {"run_id": batch.run_id},
        )
        con.execute(
            "update findings set resolved_by_run_id = null "
            "where resolved_by_run_id is not null and finding_id in (select finding_id from found)"
        )
        con.execute(
            "update findings set resolved_by_run_id = $run_id "
            "where resolved_by_run_id is null and severity = 'refused' "
            "and finding_id not in (select finding_id from found) "
            "and (document_id in (select document_id from taken) or raw_digest in (select raw_digest from taken) "
            "or origin in (select origin from taken))",
            {"run_id": batch.run_id},
        )


def write_manifest(con: Connection, batch: CheckedBatch, documents: pl.DataFrame) -> dict[str, str]:
    """Write down what each document has now, and the batch; give the digests of what was loaded by table."""
    where = "where document_id in (select document_id from owners)"
    with attach_frame(con, "owners", documents.select("document_id")):
        digests = digest_rows(con, where)
        con.execute(f"delete from manifest {where}")  # noqa: S608  a constant
    entries = digest_documents(digests).with_columns(batch_id=pl.lit(batch.batch_id)).select(list(MANIFEST.schema))
    loaded = LoadedBatch(
        batch_id=batch.batch_id,
        run_id=batch.run_id,
        input_digest=batch.input_digest,
        segment=batch.segment.name if batch.segment else None,
        documents=documents.height,
        row_count=int(entries["row_count"].sum()),
        content_digest=digest_texts(entries["content_digest"].to_list()),
    )
    with attach_frame(con, "entries", entries), attach_frame(con, "loaded", BATCHES.frame([loaded])):
        con.execute("insert into manifest by name select * from entries")
        con.execute(
            "delete from batches as old using loaded as new "
            "where old.batch_id = new.batch_id and old.run_id = new.run_id"
        )
        if documents.height or batch.segment:
            con.execute("insert into batches by name select * from loaded")
    by_table = digests.group_by("table_name").agg("digest").iter_rows()
    return {name: digest_texts(parts) for name, parts in by_table}


def account(
    batch: CheckedBatch, loaded: Mapping[str, pl.DataFrame], lost: Mapping[str, Counts], digests: Mapping[str, str]
) -> tuple[LedgerEntry, ...]:
    """Give the ledger's entries: what came in at each station, and what became of it before and during the load."""
    documents = loaded[DOCUMENTS.name].height
    entries = []
    for station in (SOURCES, *loaded):
        late = lost[DOCUMENTS.name if station == SOURCES else station]
        accepted = documents if station == SOURCES else loaded[station].height
        before = batch.counts.get(station, Counts(given=accepted + late.refused + late.duplicate))
        counts = Counts(
            given=before.given, refused=before.refused + late.refused, duplicate=before.duplicate + late.duplicate
        )
        if counts.given != accepted + counts.refused + counts.duplicate:
            raise WarehouseError(
                f"The batch {batch.batch_id} was given {counts.given} rows for {station} and accounts for "
                f"{accepted} accepted, {counts.refused} refused and {counts.duplicate} duplicate.",
                "In = accepted + refused + duplicate at every station.",
                "This is a fault of the program; nothing of the batch was loaded. Please report it.",
            )
        digest = digests.get(DOCUMENTS.name if station == SOURCES else station, NOTHING)
        entries.append(
            LedgerEntry(
                run_id=batch.run_id,
                batch_id=batch.batch_id,
                station=station,
                given=counts.given,
                accepted=accepted,
                refused=counts.refused,
                duplicate=counts.duplicate,
                content_digest=digest,
            )
        )
    return tuple(entries)


def explain_load(con: Connection, error: duckdb.Error) -> WarehouseError:
    """Turn DuckDB's refusal to load into an error that says what to do."""
    row = con.execute("select path from duckdb_databases() where database_name = current_database()").fetchone()
    return explain(Path(row[0]) if row and row[0] else Path("the database"), error)
