"""One writer at a time, and whoever dies leaves no lock behind."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType

from schemas.errors import WriterBusyError
from warehouse.connection import unwritable
from warehouse.paths import WarehousePaths

WAIT_SECONDS = 2.0
POLL_SECONDS = 0.1

logger = logging.getLogger(__name__)


class WriterLock:
    """The right to write a warehouse, for the time of a ``with`` block.

    The kernel's lock on ``writer.lock`` goes with the process that holds it, however that ends; the pid inside is for
    people, and tells that the last holder died: then the lock is taken over with a warning.  Does not hold between
    machines that share a folder over a network file system without lock support.

    Args:
        paths: Files of the warehouse.
        wait_seconds: How long to wait for another writer to finish.

    Raises:
        WriterBusyError: Another process writes; it is named by pid.  Exit code 75.
        WarehouseError: The lock file cannot be created.
    """

    def __init__(self, paths: WarehousePaths, wait_seconds: float = WAIT_SECONDS) -> None:
        self._paths = paths
        self._wait_seconds = wait_seconds
        self._file: int | None = None

    def __enter__(self) -> WriterLock:
        try:
            self._paths.folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._paths.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise unwritable(self._paths.lock, error) from error
        try:
            self._acquire(self._file)
        except BaseException:
            os.close(self._file)
            raise
        before = read_holder(self._file)
        if before:
            logger.warning("The writer with pid %s, started %s, died; its lock is taken over.", *before)
        write_holder(self._file)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            with suppress(OSError):
                os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def _acquire(self, file: int) -> None:
        deadline = time.monotonic() + self._wait_seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise self._busy(file) from None
                time.sleep(POLL_SECONDS)
            else:
                return

    def _busy(self, file: int) -> WriterBusyError:
        pid, since = read_holder(file) or ("unknown", "an unknown time")
        return WriterBusyError(
            f"Another run holds the lock {self._paths.lock}: process {pid}, since {since}.",
            "One process writes a warehouse at a time.",
            "Wait for it to finish and run again; `wirehouse sql` and reports work meanwhile.",
        )


def read_holder(file: int) -> tuple[str, str] | None:
    """Give pid and start of the process named in the lock file, or nothing when it was left in order."""
    text = os.pread(file, 1000, 0)
    if not text.strip():
        return None
    try:
        holder = json.loads(text)
        return str(holder["pid"]), str(holder["started_at"])
    except (ValueError, KeyError, TypeError):
        return "unknown", "an unknown time"


def write_holder(file: int) -> None:
    """Put this process into the lock file."""
    holder = {"pid": os.getpid(), "started_at": datetime.now(UTC).isoformat(timespec="seconds")}
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps(holder).encode(), 0)
