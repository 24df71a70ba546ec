"""Publishing: what readers open is a whole copy, replaced at once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from warehouse.connection import MEMORY_LIMIT, explain, open_writer, unwritable
from warehouse.history import carry_history
from warehouse.paths import WarehousePaths
from warehouse.segments import sync_folder


def set_aside(paths: WarehousePaths) -> Path | None:
    """Move the live database out of the way, so that the next run makes it anew from the raw archive.

    The published copy stays readable until that run publishes its own; runs, ledgers and findings are carried over
    from it.  The caller holds the ``WriterLock``.

    Returns:
        Where the old file lies now; nothing when there was none.

    Raises:
        WarehouseError: The folder cannot be written.
    """
    if not paths.live.exists():
        return None
    number = 1
    while (aside := paths.live.with_suffix(f".duckdb.{number}")).exists():
        number += 1
    try:
        for ending in (".wal", ""):  # the log first: a database beside a log that is not its own would be read wrong
            log = paths.live.with_name(paths.live.name + ending)
            if log.exists():
                log.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise unwritable(paths.live, error) from error
    carry_history(paths)
    return aside


def publish(paths: WarehousePaths, memory_limit: str = MEMORY_LIMIT) -> None:
    """Make the live database's committed content the published copy.

    The caller holds the ``WriterLock`` and has closed its connection.  Whoever reads the copy before keeps it; a crash
    leaves the old copy or the new one, never half of one.

    Raises:
        WarehouseError: The folder cannot be written or the disk is full; the copy before stays as it is.
    """
    try:
        with open_writer(paths, memory_limit) as con:
            con.execute("force checkpoint")
    except duckdb.Error as error:
        raise explain(paths.live, error) from error
    part = paths.published.with_suffix(".part")
    try:
        with paths.live.open("rb") as source, part.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())
        part.replace(paths.published)
        sync_folder(paths.folder)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unwritable(paths.published, error) from error
