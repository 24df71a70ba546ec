"""A run that knows at every moment which stage it is in, and kills itself at one: what ``tests.faults.kill`` starts.

The road is the one of ``wirehouse run --direct``, through the stations themselves; each enters its name in memory that
outlives the process before it begins, and so do the two statements of SQL after which nothing is as it was.  The run
and its worker are forked off a process that has imported everything and loaded the models: a kill in the middle of
imports tells nothing, and two hundred of them take an hour.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from mmap import mmap
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb

from flows import stations
from flows.account import Account
from flows.batches import Batch
from flows.ingest import carry_news
from flows.opening import OpenRun
from flows.processes import STARTING, Worker
from flows.settings import read_settings
from flows.worker import serve
from schemas.errors import WirehouseError

STAGES = ("open", "read", "extract", "validate", "stage", "commit", "settle", "checkpoint", "publish")
EACH_BATCH = frozenset({"extract", "validate", "stage", "commit"})
ANY = ("any time",) * 4
STATEMENTS = {"commit": "commit", "force checkpoint": "checkpoint"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a run is to die: so long after a stage began for so-manieth time, or at the latest when the time is up."""

    stage: str
    times: int
    delay: float
    within: float

    @classmethod
    def draw(cls, chance: random.Random, within: float, stages: Sequence[str] = (*STAGES, *ANY)) -> Plan:
        """Draw one: any time for a third of them, any stage for the others."""
        stage = chance.choice(stages)
        if stage == "any time":
            return cls(stage=stage, times=1, delay=0, within=chance.uniform(0, within))
        times = chance.choice((1, 1, 1, 2, 3)) if stage in EACH_BATCH else 1
        return cls(stage=stage, times=times, delay=chance.choice((0, 0.001, 0.005, 0.02, 0.1, 0.5)), within=within)


class Mark:
    """Where the run is; the memory is its parent's, too."""

    def __init__(self, memory: mmap, plan: Plan | None) -> None:
        """Take the memory, and when to die, if at all."""
        self._memory = memory
        self._plan = plan
        self._times = 0
        self.stage = "open"
        if plan:
            die_after(plan.within)

    def enter(self, stage: str) -> str:
        """Say that a stage begins; give the one before."""
        before, self.stage = self.stage, stage
        self._memory[0] = STAGES.index(stage)
        if self._plan and self._plan.stage == stage:
            self._times += 1
            if self._times == self._plan.times:
                die_after(self._plan.delay)
        return before


def die_after(seconds: float) -> None:
    """Kill the whole process group after so many seconds, whatever it is doing then."""

    def die() -> None:
        time.sleep(seconds)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=die, daemon=True).start()


class MarkedRoad:
    """The plain stations, each of which is announced."""

    def __init__(self, mark: Mark) -> None:
        """Take what announces them."""
        self._mark = mark

    def read(self, run: OpenRun) -> list[Batch]:
        """Read."""
        self._mark.enter("read")
        return stations.read(run)

    def extract(self, run: OpenRun, batch: Batch) -> Path:
        """Extract."""
        self._mark.enter("extract")
        return stations.extract(run, batch)

    def check(self, run: OpenRun, batch: Batch, extracted: Path) -> Path:
        """Check."""
        self._mark.enter("validate")
        return stations.check(run, batch, extracted)

    def load(self, run: OpenRun, batch: Batch, checked: Path) -> dict[str, int]:
        """Load."""
        self._mark.enter("stage")
        return stations.load(run, batch, checked)

    def publish(self, run: OpenRun) -> Account:
        """Publish."""
        self._mark.enter("settle")
        return stations.publish(run)


class MarkedConnection:
    """A connection of DuckDB that announces when it makes a batch lasting, and when it writes the database itself."""

    def __init__(self, con: duckdb.DuckDBPyConnection, mark: Mark) -> None:
        """Take the connection."""
        self._con = con
        self._mark = mark

    def execute(self, sql: str, *rest: object) -> Any:
        """Do it, announced."""
        if sql not in STATEMENTS or (sql == "commit" and self._mark.stage != "stage"):
            return self._con.execute(sql, *rest)
        before = self._mark.enter(STATEMENTS[sql])
        done = self._con.execute(sql, *rest)
        self._mark.enter("publish" if sql == "force checkpoint" else before)
        return done

    def close(self) -> None:
        """Close it: what is in its log goes into the database."""
        before = self._mark.enter("checkpoint")
        self._con.close()
        self._mark.enter(before)

    def __enter__(self) -> MarkedConnection:
        """Go on announcing in a ``with``."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close it."""
        self.close()

    def __getattr__(self, name: str) -> Any:
        """Give all else as it is."""
        return getattr(self._con, name)


class Forked:
    """A forked child, with what a worker's owner asks of a ``Popen``."""

    def __init__(self, pid: int) -> None:
        """Take its key."""
        self.pid = pid

    def kill(self) -> None:
        """Kill it."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Give its exit code; it is never patient."""
        if timeout:
            time.sleep(timeout)
        pid, status = os.waitpid(self.pid, os.WNOHANG if timeout is not None else 0)
        if not pid:
            raise subprocess.TimeoutExpired("worker", timeout or 0)
        return os.waitstatus_to_exitcode(status)


def fork_worker(extract: Callable[..., Any]) -> Worker:
    """Fork a worker off this process, which has loaded the models and has not opened DuckDB."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if not pid:
        ours.close()
        serve(Connection(theirs.detach()), "transforms.extraction:extract_documents")
        os._exit(0)
    theirs.close()
    return Worker(Forked(pid), Connection(ours.detach()), time.monotonic() + STARTING)  # type: ignore[arg-type]


def carry(plan: Plan | None, memory: mmap, source: Path, warehouse: Path, batch_size: int) -> int:
    """Carry the news, and die as planned; call it in a forked process."""
    from transforms.extraction import extract_documents

    os.setsid()
    worker = fork_worker(extract_documents)
    Worker.start = lambda extract: worker  # type: ignore[method-assign]
    mark = Mark(memory, plan)
    mark.enter("open")
    connect = duckdb.connect
    duckdb.connect = lambda *given, **named: MarkedConnection(connect(*given, **named), mark)  # type: ignore[assignment]
    # A starved machine must not refuse articles for time, or digests differ for that reason alone.
    limits = {"seconds": 600}
    settings = read_settings(warehouse=warehouse, batch_size=batch_size, workers=1, limits=limits)
    try:
        carry_news([str(source)], settings, MarkedRoad(mark))
    except WirehouseError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    finally:
        worker.stop()
    return 0
