"""Extraction in processes of their own, so that no article can stop a run or take its neighbours along.

Documents travel in chunks.  A chunk that fails, takes too long or kills its worker is taken apart, and its documents
are extracted one by one, the guilty one in a worker that can be killed.  Workers are started as new interpreters,
never forked: Polars and BLAS keep threads that do not survive a fork.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from multiprocessing.connection import Connection, wait
from time import monotonic

from flows.worker import Answer, Chunk, Failure
from schemas.articles import RawRecord, Refusal
from schemas.documents import Document
from schemas.errors import WirehouseError
from schemas.extraction import Extraction
from schemas.limits import DEFAULTS, Limits
from schemas.vocabulary import RefusalCode

EXTRACT = "transforms.extraction:extract_documents"
SERVE = "from flows.worker import main; main()"
CHUNK_DOCUMENTS = 16
CHUNK_CHARACTERS = 60_000
CHUNK_PATIENCE = 3
"""A chunk may take this many times the seconds of one article; a slow one costs a second try, never its articles."""
IDLENESS = 6
"""Seconds by the clock for each second of computing: a busy machine may be that slow."""
GRACE = 3.0
"""Seconds after that in which a worker that does not heed its own alarm is killed."""
DYING = 5.0
"""Seconds to wait for the exit code of a worker that hung up."""
STARTING = 180.0
"""Seconds a worker may take to load the model, on the slowest machine there is."""
STARTS = 2
AHEAD = 4
"""Chunks a worker may be ahead of the one that is waited for."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
"""Several processes with a thread each are faster than several with several, and give one answer."""


@dataclass(slots=True, kw_only=True)
class Job:
    """A chunk on its way: where it stands in the order of the batch, and what came of it."""

    documents: tuple[Document, ...]
    results: list[Extraction | Failure | None]
    first: int = 0

    def alone(self) -> Iterator[Job]:
        """Give its documents as jobs of one."""
        for number, document in enumerate(self.documents, self.first):
            yield Job(documents=(document,), results=self.results, first=number)

    def settle(self, outcome: Sequence[Extraction] | Failure) -> None:
        """Enter what came of it."""
        found: Sequence[Extraction | Failure] = (
            [outcome] * len(self.documents) if isinstance(outcome, Failure) else outcome
        )
        self.results[self.first : self.first + len(found)] = found

    @property
    def is_settled(self) -> bool:
        """Whether something came of every document of the chunk it belongs to."""
        return None not in self.results


@dataclass(slots=True)
class Worker:
    """A worker process and what it is busy with."""

    process: subprocess.Popen[bytes]
    connection: Connection
    deadline: float
    is_ready: bool = False
    job: Job | None = None

    @classmethod
    def start(cls, extract: str) -> Worker:
        """Start a new interpreter; it is ready once it has loaded the model."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            process = subprocess.Popen(
                [sys.executable, "-c", SERVE, str(theirs.fileno()), extract],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                env=environment,
            )
            return cls(process, Connection(ours.detach()), monotonic() + STARTING)

    def give(self, job: Job, seconds: float) -> None:
        """Hand it a job."""
        patience = seconds if len(job.documents) == 1 else seconds * CHUNK_PATIENCE
        self.job, self.deadline = job, monotonic() + patience * IDLENESS + GRACE
        self.connection.send(Chunk(job.documents, patience))

    def stop(self) -> int:
        """End it, whatever it does; give its exit code."""
        self.connection.close()
        self.process.kill()
        return self.process.wait()


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


def conclude(job: Job, answer: Sequence[Extraction] | Failure, waiting: deque[Job]) -> None:
    """Enter the answer to a job, or take a failed one apart."""
    if isinstance(answer, Failure) and len(job.documents) > 1:
        waiting.extendleft(reversed(list(job.alone())))
    elif not isinstance(answer, Failure) and len(answer) != len(job.documents):
        conclude(job, Failure(RefusalCode.EXTRACT_ERROR, "the extractor answered for another number of texts"), waiting)
    else:
        job.settle(answer)


def iter_jobs(documents: Iterable[Document]) -> Iterator[Job]:
    """Cut documents into chunks that take about a second."""
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document.text)
        if len(chunk) >= CHUNK_DOCUMENTS or size >= CHUNK_CHARACTERS:
            yield Job(documents=tuple(chunk), results=[None] * len(chunk))
            chunk, size = [], 0
    if chunk:
        yield Job(documents=tuple(chunk), results=[None] * len(chunk))


def name_exit(code: int) -> str:
    """Name an exit code.

    >>> name_exit(-6), name_exit(1)
    ('SIGABRT', 'exit code 1')
    """
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


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
