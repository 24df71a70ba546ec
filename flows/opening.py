"""Opening a run: the writer's lock, the database, the run's own row; and closing it whatever happens."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from flows.batches import Batch
from flows.settings import Settings
from schemas.findings import Finding
from schemas.runs import Run
from schemas.spans import make_id
from schemas.vocabulary import RunState, Severity
from transforms.reference import extractor_version
from warehouse.acceptance import Counts
from warehouse.connection import open_writer
from warehouse.frames import Connection
from warehouse.install import install
from warehouse.lock import WriterLock
from warehouse.manifest import forget_documents, forget_segments, verify_manifest
from warehouse.paths import WarehousePaths
from warehouse.runs import finish_run, mark_crashed, start_run
from warehouse.segments import ArchivedRecord

logger = logging.getLogger(__name__)


class Watch(Protocol):
    """Whoever follows a run: a bar in the terminal, an artifact in Prefect's page."""

    def read(self, inputs: int) -> None:
        """Hear that so many more inputs were read."""

    def expect(self, documents: int) -> None:
        """Hear how many documents are to be extracted."""

    def extracted(self, documents: int) -> None:
        """Hear that so many more documents were extracted."""


class Unwatched:
    """Nobody follows the run."""

    def read(self, inputs: int) -> None:
        """Let it pass."""

    def expect(self, documents: int) -> None:
        """Let it pass."""

    def extracted(self, documents: int) -> None:
        """Let it pass."""


WATCH: ContextVar[Watch] = ContextVar("WATCH", default=Unwatched())  # noqa: B039  (it keeps nothing)
"""Who follows the runs begun in this context."""


class OpenRun:
    """A run under way: what it was asked to do, and the warehouse it writes.

    A plain class, since Prefect walks through the fields of dataclasses it is handed.

    Attributes:
        run: Its row.
        sources: What it reads.
        lost: Segments of the raw archive that are not in the database, which it reads first.
        replayed: Archived records it reads next.
        settings: How.
        version: The extractor's version.
        paths: The warehouse's files.
        con: The writer's connection.
        work: Folder of the batches' files.
        watch: Who follows it.
        refusals: By check: how often this run refused for it, and the first reason.
        healed: Inputs of what was lost and is loaded again, and how many of them are refused again.
        is_closed: Whether its row says how it ended.
    """

    def __init__(
        self,
        *,
        run: Run,
        sources: Sequence[str],
        replayed: Sequence[ArchivedRecord],
        settings: Settings,
        lost: Sequence[str],
        paths: WarehousePaths,
        con: Connection,
        began: float,
    ) -> None:
        """Take what ``open_run`` opened; ``began`` is when, by the clock that never jumps."""
        self.run = run
        self.sources = sources
        self.replayed = replayed
        self.settings = settings
        self.lost = lost
        self.version = str(run.extractor_version)
        self.paths = paths
        self.con = con
        self.work = paths.work / "batches"
        self.watch = WATCH.get()
        self.refusals: dict[str, tuple[int, str]] = {}
        self.healed = Counts()
        self.is_closed = False
        self._began = began

    def note_refusals(self, findings: Iterable[Finding]) -> None:
        """Count what a batch refused; the warehouse tells only which run refused an input first."""
        for finding in findings:
            if finding.severity is Severity.REFUSED:
                count, reason = self.refusals.get(finding.check, (0, finding.reason))
                self.refusals[finding.check] = (count + 1, reason)

    def note_healed(self, counts: Counts) -> None:
        """Count a lost batch's inputs: an earlier run answers for them, and this one must not fail for their sake."""
        self.healed = Counts(given=self.healed.given + counts.given, refused=self.healed.refused + counts.refused)

    def extracted_folder(self, batch: Batch) -> Path:
        """Give the folder of a batch's extracted rows, named by what decides them: documents and extractor."""
        return self.paths.work / "extracted" / f"{batch.content}-{self.version}"

    def close(self, state: RunState, message: str | None = None) -> Run:
        """Write down how the run ended; when is told by what has passed, so that no jump of the clock shows."""
        finished_at = self.run.started_at + timedelta(seconds=time.monotonic() - self._began)
        self.is_closed = True
        self.run = finish_run(self.con, self.run.run_id, state, finished_at, message)
        return self.run


@contextmanager
def open_run(sources: Sequence[str], settings: Settings, replayed: Sequence[ArchivedRecord] = ()) -> Iterator[OpenRun]:
    """Hold the warehouse for one run: begin it, and close it as failed unless it was closed as completed.

    Runs whose process died are marked as crashed first, and what of the database was lost is found.  The clock is read
    here and nowhere else.

    Raises:
        WriterBusyError: Another run is under way.
        WarehouseError: The warehouse cannot be written, or is damaged.
    """
    paths = WarehousePaths(settings.warehouse)
    started_at, began = datetime.now(UTC), time.monotonic()
    with WriterLock(paths):
        con = open_writer(paths)
        try:
            install(con)
            mark_crashed(con, started_at)
            lost = find_losses(con, paths)
            run = new_run(sources, started_at)
            start_run(con, run)
            opened = OpenRun(
                run=run,
                sources=sources,
                replayed=replayed,
                settings=settings,
                lost=lost,
                paths=paths,
                con=con,
                began=began,
            )
            clear_work(opened)
            try:
                yield opened
            except BaseException as error:
                if not opened.is_closed:
                    opened.close(RunState.FAILED, f"{type(error).__name__}: {error}")
                raise
        finally:
            con.close()


def clear_work(opened: OpenRun) -> None:
    """Remove what earlier runs left: all but extractions that this version of the extractor need not do again."""
    shutil.rmtree(opened.work, ignore_errors=True)
    for folder in (opened.paths.work / "extracted").glob("*"):
        if not folder.name.endswith(opened.version):
            shutil.rmtree(folder, ignore_errors=True)


def find_losses(con: Connection, paths: WarehousePaths) -> tuple[str, ...]:
    """Compare the database with its manifest; take out what is damaged, and give the segments to read again."""
    if gone := forget_segments(con, paths):
        logger.warning("%s segments of the raw archive are gone; run again on what they held: see `check`.", len(gone))
    losses = verify_manifest(con, paths)
    segments = {*losses.segments, *forget_documents(con, losses.documents, paths)}
    if losses.found:
        logger.warning(
            "An earlier run was cut off, or the database was damaged: archived batches read again: %s; documents whose "
            "rows were not those that were loaded: %s.",
            len(segments),
            len(losses.documents),
        )
    return tuple(sorted(segments))


def new_run(sources: Sequence[str], started_at: datetime) -> Run:
    """Make the row of a run that begins."""
    return Run(
        run_id=make_id("run", started_at.isoformat(), os.getpid()),
        state=RunState.RUNNING,
        started_at=started_at,
        sources=tuple(sources),
        extractor_version=extractor_version(),
        wirehouse_version=version("wirehouse"),
        pid=os.getpid(),
    )
