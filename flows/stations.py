"""What a run does at each station: plain functions, which ``flows/tasks.py`` hands to Prefect.

A batch travels as a ``Batch``: counts and the name of a folder.  Frames pass from station to station through files in
``work``, so that a task has nothing to hash and a crashed run nothing to lose.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import polars as pl

from flows.account import Account, read_account
from flows.batches import Batch, read_documents, read_findings, read_frame, read_records, write_frames
from flows.opening import OpenRun
from flows.reading import Given, Portion, Precedence, cut_portions, drop_duplicates, stage_batches
from flows.sources import FILE, read_articles, read_record
from flows.workers import extract_documents_apart
from schemas.articles import Refusal
from schemas.errors import TooManyRefusedError
from schemas.extraction import TABLES, Extraction
from schemas.findings import FINDINGS, Finding, finding_of_refusal
from schemas.vocabulary import RunState
from warehouse.acceptance import Counts, accept_frames, make_frames
from warehouse.account import SOURCES, CheckedBatch
from warehouse.load import known_documents, load_batch
from warehouse.publish import publish as publish_copy
from warehouse.raw import store_records
from warehouse.runs import read_run
from warehouse.segments import ArchivedRecord, Segment, digest_bytes, read_segment
from warehouse.settle import settle_documents

COUNTS = {"station": pl.String, "given": pl.Int64, "refused": pl.Int64, "duplicate": pl.Int64}


def read(run: OpenRun) -> list[Batch]:
    """Read all inputs of a run into batches, the new documents of which are to be extracted.

    What an earlier run archived and never committed comes first, then the sources in their order.

    Raises:
        MisuseError: A source names nothing.
        TooManyRefusedError: More of the inputs was refused than ``refused_limit`` allows.
    """
    precedence = Precedence()
    staged = stage_batches(
        list_portions(run), run.work, limits=run.settings.limits, version=run.version, precedence=precedence
    )
    batches = []
    for batch in staged:
        run.watch.read(batch.given)
        batches.append(batch)
    refuse_too_many(run, batches)
    batches = [drop_known(run, batch, precedence) for batch in batches]
    run.watch.expect(sum(batch.documents for batch in batches))
    return batches


def list_portions(run: OpenRun) -> Iterator[Portion]:
    """Give what is to be read: segments whose load was lost, what is to be replayed, then the sources."""
    for name in run.lost:
        yield Portion([given for archived in read_segment(run.paths, name)[1] for given in again(run, archived)], name)
    replayed = [given for archived in run.replayed for given in again(run, archived)]
    stdin = sys.stdin.buffer if "-" in run.sources else None
    listed = read_articles(run.sources, run.settings.limits, stdin) if run.sources else ()
    fresh = (Given(item, run.run.started_at) for item in listed)
    yield from cut_portions(chain(replayed, fresh), run.settings.batch_size)


def again(run: OpenRun, archived: ArchivedRecord) -> Iterator[Given]:
    """Read the articles of an archived record again, as of when it was first read.

    A file that was refused whole left no bytes to read; its finding says why, and is carried over by itself.
    """
    if archived.record.kind == FILE:
        return
    for item in read_record(archived.record, run.settings.limits):
        yield Given(item, archived.fetched_at)


def refuse_too_many(run: OpenRun, batches: list[Batch]) -> None:
    """Stop a run whose inputs are mostly refused, before anything is loaded; those of lost batches do not count."""
    fresh = [batch for batch in batches if batch.segment is None]
    given, refused = sum(batch.given for batch in fresh), sum(batch.refused for batch in fresh)
    if refused > given * run.settings.refused_limit:
        findings = [finding for batch in fresh for finding in read_findings(batch.folder)]
        codes = Counter(finding.check for finding in findings)
        raise too_many_refused(f"{refused} of {given}", codes, findings[0].reason, run)


def too_many_refused(share: str, codes: Counter[str], reason: str, run: OpenRun) -> TooManyRefusedError:
    """Say how many inputs were refused, and why; ``share`` is like 3 of 4."""
    told = ", ".join(f"{count} {code}" for code, count in codes.most_common())
    return TooManyRefusedError(
        f"{share} inputs were refused ({told}); one of them: {reason}",
        f"At most {run.settings.refused_limit:.0%} may be; nothing is published.",
        "Mend the source, or allow more with --refused-limit.",
    )


def drop_known(run: OpenRun, batch: Batch, precedence: Precedence) -> Batch:
    """Leave in a batch what neither the warehouse nor another input of the run gives."""
    known = known_documents(run.con, read_documents(batch.folder), run.version)
    return drop_duplicates(batch, precedence, known)


def extract(run: OpenRun, batch: Batch) -> Path:
    """Extract a batch's documents in worker processes; give the folder of the rows, a file a table.

    A document that fails, hangs or kills its worker becomes a finding.
    """
    extractions: list[Extraction] = []
    findings: list[Finding] = []
    documents = read_documents(batch.folder)
    raws = {digest_bytes(record.data): record for record in read_records(batch.folder)}
    for done in extract_documents_apart(documents, run.settings.workers, run.settings.limits, raws):
        if isinstance(done, Refusal):
            findings.append(finding_of_refusal(done, digest_bytes(done.raw.data)))
        else:
            extractions.append(done)
        run.watch.extracted(1)
    folder = run.extracted_folder(batch)
    write_frames(folder, {**make_frames(extractions), FINDINGS.name: FINDINGS.frame(findings)})
    return folder


def check(run: OpenRun, batch: Batch, extracted: Path) -> Path:
    """Split a batch's rows by the rules of their tables; give the folder of those that passed, and of the findings."""
    frames = {table.name: read_frame(extracted, table) for table in TABLES}
    accepted = accept_frames(frames)
    unextracted = read_findings(extracted)
    counts = dict(accepted.counts)
    late = counts["documents"]
    counts[SOURCES] = Counts(
        given=batch.given,
        refused=batch.refused + len(unextracted) + late.refused,
        duplicate=batch.duplicate + late.duplicate,
    )
    rows = [(name, count.given, count.refused, count.duplicate) for name, count in counts.items()]
    findings = (*read_findings(batch.folder), *unextracted, *accepted.findings)
    folder = batch.folder / "checked"
    write_frames(
        folder,
        {
            **accepted.frames,
            FINDINGS.name: FINDINGS.frame(findings),
            "counts": pl.DataFrame(rows, schema=COUNTS, orient="row"),
        },
    )
    return folder


def load(run: OpenRun, batch: Batch, checked: Path) -> dict[str, int]:
    """Load a batch whole or not at all; give the rows written by table.  Its files are removed."""
    counts = {row.pop("station"): Counts(**row) for row in pl.read_parquet(checked / "counts.parquet").to_dicts()}
    if batch.segment:
        run.note_healed(counts[SOURCES])
        segment: Segment | None = read_segment(run.paths, batch.segment)[0]
    else:
        segment = store_records(run.con, run.paths, read_records(batch.folder), run.run.started_at)
    summary = load_batch(
        run.con,
        CheckedBatch(
            batch_id=batch.batch_id,
            run_id=run.run.run_id,
            input_digest=batch.input_digest,
            frames={table.name: read_frame(checked, table) for table in TABLES},
            findings=tuple(read_findings(checked)),
            counts=counts,
            segment=segment,
        ),
    )
    run.note_refusals(summary.findings)
    shutil.rmtree(batch.folder)
    shutil.rmtree(run.extracted_folder(batch), ignore_errors=True)
    return dict(summary.written)


def publish(run: OpenRun) -> Account:
    """Settle what depends on several documents, close the run as completed, and publish; give its account.

    Raises:
        TooManyRefusedError: With those refused after reading, more was refused than ``refused_limit`` allows.
    """
    settle_documents(run.con)
    account = read_account(run.con, read_run(run.con, run.run.run_id), run.refusals)
    inputs = account.inputs
    given, refused = inputs.given - run.healed.given, inputs.refused - run.healed.refused
    if refused > given * run.settings.refused_limit:
        codes = Counter({code: count for code, (count, _) in run.refusals.items()})
        reason = next(reason for _, reason in run.refusals.values())
        raise too_many_refused(f"{refused} of {given}", codes, reason, run)
    closed = run.close(RunState.COMPLETED_WITH_REFUSALS if inputs.refused else RunState.COMPLETED)
    run.con.close()
    if run.settings.publish:
        publish_copy(run.paths)
    return replace(account, run=closed)
