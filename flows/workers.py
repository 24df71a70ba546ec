"""Extraction in processes of their own, so that no article can stop a run or take its neighbours along.

Documents travel in chunks.  A chunk that fails, takes too long or kills its worker is taken apart, and its documents
are extracted one by one, the guilty one in a worker that can be killed.  Workers are started as new interpreters,
never forked: Polars and BLAS keep threads that do not survive a fork.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from multiprocessing.connection import wait
from time import monotonic

from flows.jobs import Job, conclude, iter_jobs
from flows.processes import STARTING, Worker, name_exit
from flows.worker import Answer, Failure
from schemas.articles import RawRecord, Refusal
from schemas.documents import Document
from schemas.errors import WirehouseError
from schemas.extraction import Extraction
from schemas.limits import DEFAULTS, Limits
from schemas.vocabulary import RefusalCode

EXTRACT = "transforms.extraction:extract_documents"
DYING = 5.0
"""Seconds to wait for the exit code of a worker that hung up."""
STARTS = 2
AHEAD = 4
"""Chunks a worker may be ahead of the one that is waited for."""


@dataclass(slots=True)
class WorkerPool:
    """Worker processes that stay between batches, since each takes seconds to load the model.

    Attributes:
        size: Worker processes.
        limits: Bounds, of which ``seconds`` counts here.
        extract: ``module:function`` that extracts documents, in the worker.
    """

    size: int
    limits: Limits = DEFAULTS
    extract: str = EXTRACT
    workers: list[Worker] = field(default_factory=list)
    starts_failed: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> WorkerPool:
        """Close at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """End all workers."""
        while self.workers:
            self.workers.pop().stop()

    def run(self, documents: Iterable[Document]) -> Iterator[Extraction | Failure]:
        """Extract documents, in order; one batch at a time.

        Raises:
            WirehouseError: When workers cannot start, or what they rely on is missing.
        """
        with self.turn:
            try:
                yield from self.run_jobs(iter_jobs(documents))
            finally:  # a batch given up in the middle leaves nobody busy with it
                for worker in [worker for worker in self.workers if worker.job]:
                    self.dismiss(worker)

    def run_jobs(self, jobs: Iterator[Job]) -> Iterator[Extraction | Failure]:
        """Keep all workers busy with the next jobs; give results in the order of the jobs."""
        waiting: deque[Job] = deque()
        order: deque[Job] = deque()
        while True:
            fresh = list(islice(jobs, max(0, self.size * AHEAD - len(order))))
            waiting.extend(fresh)
            order.extend(fresh)
            if not order:
                return
            self.employ(waiting)
            self.await_answers(waiting)
            while order and order[0].is_settled:
                yield from (result for result in order.popleft().results if result is not None)

    def employ(self, waiting: deque[Job]) -> None:
        """Give waiting jobs to idle workers, and start those that are missing."""
        busy = sum(worker.job is not None or not worker.is_ready for worker in self.workers)
        for _ in range(min(self.size - len(self.workers), len(waiting) - (len(self.workers) - busy))):
            self.workers.append(Worker.start(self.extract))
        for worker in [worker for worker in self.workers if worker.is_ready and worker.job is None]:
            if waiting:
                self.give(worker, waiting.popleft(), waiting)

    def give(self, worker: Worker, job: Job, waiting: deque[Job]) -> None:
        """Give a job to a worker, which may have died since it answered."""
        try:
            worker.give(job, self.limits.seconds)
        except (BrokenPipeError, ConnectionResetError):
            worker.job = None
            waiting.appendleft(job)
            self.dismiss(worker)

    def await_answers(self, waiting: deque[Job]) -> None:
        """Wait until a worker answers, dies or is overdue."""
        busy = {worker.connection: worker for worker in self.workers if worker.job or not worker.is_ready}
        if not busy:
            return
        patience = min(worker.deadline for worker in busy.values()) - monotonic()
        for connection in wait(list(busy), max(0.0, patience)):
            self.hear(busy[connection], waiting)  # type: ignore[index]
        for worker in busy.values():
            if worker in self.workers and monotonic() > worker.deadline:
                self.lose(worker, waiting, overdue=True)

    def hear(self, worker: Worker, waiting: deque[Job]) -> None:
        """Take a worker's answer, or notice its death."""
        try:
            answer: Answer | None = worker.connection.recv()
        except (EOFError, OSError):
            self.lose(worker, waiting, overdue=False)
            return
        if isinstance(answer, WirehouseError):
            self.dismiss(worker)
            raise answer
        if answer is None:
            worker.is_ready, self.starts_failed = True, 0
            return
        job, worker.job = worker.job, None
        if job:
            conclude(job, answer, waiting)

    def lose(self, worker: Worker, waiting: deque[Job], *, overdue: bool) -> None:
        """Replace a worker that died or hangs, and settle or take apart its job."""
        job, worker.job, was_ready = worker.job, None, worker.is_ready
        code = self.dismiss(worker, 0.0 if overdue else DYING)
        if not was_ready:
            self.count_failed_start(code, overdue=overdue)
        if job and overdue:
            failure = Failure(RefusalCode.TIMEOUT, f"it did not end in {self.limits.seconds:g} seconds of computing")
            conclude(job, failure, waiting)
        elif job:
            conclude(job, Failure(RefusalCode.CRASH, f"its worker died of {name_exit(code)}"), waiting)

    def count_failed_start(self, code: int, *, overdue: bool) -> None:
        """Count a worker that never came to work.

        Raises:
            WirehouseError: When no worker starts.
        """
        self.starts_failed += 1
        if self.starts_failed >= STARTS:
            how = f"are not ready after {STARTING:g} seconds" if overdue else f"end with {name_exit(code)}"
            raise WirehouseError(
                f"The worker processes {how} before they extract anything.",
                f"Expected {sys.executable} to import {self.extract.partition(':')[0]} in a process of its own.",
                "Try `wirehouse extract FILE`, which shows the error, and look for missing memory.",
            )

    def dismiss(self, worker: Worker, patience: float = 0.0) -> int:
        """Forget a worker and end it, unless it ends by itself within seconds of patience; give its exit code."""
        self.workers.remove(worker)
        try:
            code = worker.process.wait(patience)
        except subprocess.TimeoutExpired:
            return worker.stop()
        worker.connection.close()
        return code


@cache
def shared_pool(size: int, limits: Limits, extract: str = EXTRACT) -> WorkerPool:
    """Give the pool of this process, kept until it ends."""
    pool = WorkerPool(size, limits, extract)
    atexit.register(pool.close)
    return pool


def extract_documents_apart(
    documents: Iterable[Document],
    workers: int = 1,
    limits: Limits = DEFAULTS,
    raws: Mapping[str, RawRecord] | None = None,
) -> Iterator[Extraction | Refusal]:
    """Extract documents in worker processes, in order; the tokens of their sentences stay there.

    Args:
        documents: What to extract.
        workers: Processes; one is still a process of its own.
        limits: Bounds, of which ``seconds`` counts here.
        raws: The raw records by their digest, for the refusals; without them a refusal carries the document's text.

    Raises:
        WirehouseError: When no worker can start.
    """
    listed = list(documents)
    results = shared_pool(workers, limits).run(listed)
    for document, result in zip(listed, results, strict=True):
        yield refuse(document, result, raws or {}) if isinstance(result, Failure) else result


def refuse(document: Document, failure: Failure, raws: Mapping[str, RawRecord]) -> Refusal:
    """Refuse a document that could not be extracted."""
    text = RawRecord(kind="text", data=document.text.encode(), origin=document.origin, source_name=document.source_name)
    return Refusal(
        code=failure.code,
        reason=(
            f"{document.origin}: extraction failed, {failure.told}; expected rows or none; "
            "report it with the text, which is kept, and replay it with a later version."
        ),
        raw=raws.get(document.raw_digest, text),
        check="extraction",
    )
