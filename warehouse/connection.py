"""Opening the database: once for writing, as often as one likes for reading."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from schemas.errors import DamagedWarehouseError, MisuseError, StorageVersionError, WarehouseError
from warehouse.frames import Connection
from warehouse.paths import WarehousePaths

STORAGE = "v1.5.0"
"""Storage format of the files: every DuckDB from 1.5.0 on reads it."""
MEMORY_LIMIT = "1GB"
REBUILD = "Run `wirehouse rebuild`: it makes the database anew from the raw archive and keeps the old file beside it."
UNWRITABLE = r"Permission denied|No space|Read-only|Cannot open file|[Cc]ould not write|File too large|open file.*write"
CORRUPT = r"(?i)corrupt|checksum|deserializ|invalidated|damaged"
HEADER = 4096 * 3
"""DuckDB's three header blocks; a database is never shorter."""


def open_writer(paths: WarehousePaths, memory_limit: str = MEMORY_LIMIT, threads: int | None = None) -> Connection:
    """Open the live database for writing, creating an empty one where there is none.

    The caller holds the ``WriterLock``.  Nothing is installed: call ``warehouse.install.install`` next.

    Args:
        paths: Files of the warehouse.
        memory_limit: What DuckDB may use before it spills to ``paths.work`` (``512MB``, ``2GB``).
        threads: Threads of DuckDB; all cores when not given.

    Raises:
        DamagedWarehouseError: The file is empty, truncated or corrupt.  It is left as it is.
        StorageVersionError: The file was written by a newer DuckDB.
        WarehouseError: The folder cannot be written, the disk is full, or the file is held by another program.
    """
    try:
        paths.work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(paths.folder, error) from error
    config: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE,
        "memory_limit": memory_limit,
        "temp_directory": str(paths.work / "spill"),
    }
    if threads:
        config["threads"] = threads
    return connect(paths.live, config, read_only=False)


def open_reader(paths: WarehousePaths, memory_limit: str = MEMORY_LIMIT, threads: int | None = None) -> Connection:
    """Open the published copy for reading: no writing, no files, no network, no settings changed.

    Works while a run writes, and an open reader keeps its copy when the next one is published.

    Raises:
        MisuseError: Nothing has been published yet.
        DamagedWarehouseError: The file is empty, truncated or corrupt.
        StorageVersionError: The file was written by a newer DuckDB.
    """
    if not paths.published.exists():
        raise MisuseError(
            f"There is no published warehouse at {paths.published}.",
            "A run publishes one when it ends.",
            "Run `wirehouse run` first, or name the folder with --warehouse.",
        )
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "memory_limit": memory_limit,
    }
    if threads:
        config["threads"] = threads
    con = connect(paths.published, config, read_only=True)
    con.execute("set lock_configuration = true")
    return con


def connect(path: Path, config: dict[str, str | bool | int | float | list[str]], *, read_only: bool) -> Connection:
    """Open one database file with clear errors; instants are read in UTC."""
    if path.exists() and path.stat().st_size < HEADER:
        raise DamagedWarehouseError(
            f"The database {path} is {path.stat().st_size} bytes long.",
            f"A DuckDB file has at least {HEADER}: it was emptied or cut off.",
            REBUILD,
        )
    try:
        con = duckdb.connect(str(path), read_only=read_only, config=config)
        con.execute("set timezone = 'UTC'")
        con.execute("set enable_progress_bar = false")  # it would stand in the middle of an answer
    except (duckdb.Error, OSError, RuntimeError) as error:
        raise explain(path, error) from error
    return con


def explain(path: Path, error: Exception) -> WarehouseError:
    """Turn DuckDB's refusal to open or read ``path`` into an error that says what to do."""
    text = first_line(error)
    if re.search(r"version number|newer version|storage version", text):
        return StorageVersionError(
            f"The database {path} cannot be read by DuckDB {duckdb.__version__}: {text}",
            f"Expected storage {STORAGE} or older.",
            f"Install the DuckDB that wrote it, or: {REBUILD}",
        )
    if re.search(r"lock on file|lock is held", text):
        return WarehouseError(
            f"The database {path} is held by another program: {text}",
            "Only a run opens this file.",
            "Close that program; readers open the published copy (`wirehouse sql`).",
        )
    if isinstance(error, OSError) or re.search(UNWRITABLE, text):
        return unwritable(path, error)
    if isinstance(error, duckdb.OutOfMemoryException):
        return WarehouseError(
            f"DuckDB needs more memory than it may use: {text}",
            "It spills to disk before that, if it can.",
            "Raise memory_limit, use fewer threads or smaller batches, and run again: what was committed is kept.",
        )
    if isinstance(error, duckdb.ProgrammingError | duckdb.DataError) and not re.search(CORRUPT, text):
        return WarehouseError(
            f"The database {path} refused a statement: {text}",
            "Statements of the program fit its tables.",
            "This is a fault of the program; nothing was written. Please report it with this message.",
        )
    return DamagedWarehouseError(
        f"The database {path} is damaged: {text}", "What lies on disk is not what was committed.", REBUILD
    )


def unwritable(path: Path, error: Exception) -> WarehouseError:
    """Say that a file or folder cannot be read or written."""
    return WarehouseError(
        f"{path} cannot be read or written: {first_line(error)}",
        "A run needs the folder writable and room for about twice the database.",
        "Free space or mend the permissions and run again: what was committed is kept.",
    )


def first_line(error: Exception) -> str:
    """Give the first line of a message; DuckDB's go on with traces."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
