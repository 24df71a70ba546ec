"""One worker process, as its parent sees it: started, given jobs, ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from time import monotonic

from flows.jobs import Job
from flows.worker import Chunk

SERVE = "from flows.worker import main; main()"
CHUNK_PATIENCE = 3
"""A chunk may take this many times the seconds of one article; a slow one costs a second try, never its articles."""
IDLENESS = 6
"""Seconds by the clock for each second of computing: a busy machine may be that slow."""
GRACE = 3.0
"""Seconds after that in which a worker that does not heed its own alarm is killed."""
STARTING = 180.0
"""Seconds a worker may take to load the model, on the slowest machine there is."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
"""Several processes with a thread each are faster than several with several, and give one answer."""


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


def name_exit(code: int) -> str:
    """Name an exit code.

    >>> name_exit(-6), name_exit(1)
    ('SIGABRT', 'exit code 1')
    """
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
