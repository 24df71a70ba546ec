"""What a load writes about itself, in the same transaction as the rows: findings, manifest, ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from schemas.documents import DOCUMENTS
from schemas.errors import WarehouseError
from schemas.findings import FINDINGS, Finding
from schemas.manifest import BATCHES, MANIFEST, LoadedBatch
from schemas.runs import LedgerEntry
from warehouse.acceptance import Counts
from warehouse.digest import digest_documents, digest_rows, digest_texts
from warehouse.frames import Connection, attach_frame
from warehouse.segments import Segment

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


def digest_inputs(raw_digests: Iterable[str]) -> str:
    """Give the digest of a batch's inputs, whatever their order; its first sixteen digits are the ``batch_id``.

    >>> digest_inputs(["b", "a"]) == digest_inputs(["a", "b"])
    True
    """
    return digest_texts(list(raw_digests))


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


def balance_ledger(
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
