"""All or nothing, and errors a person can use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from warehouse.connection import explain
from warehouse.frames import Connection


@contextmanager
def transaction(con: Connection) -> Iterator[None]:
    """Commit what is done in the block, or none of it.

    Raises:
        WarehouseError: DuckDB refused: a full disk, a damaged file, too little memory.
    """
    with explained(con):
        con.execute("begin transaction")
        try:
            yield
        except BaseException:
            with suppress(duckdb.Error):  # DuckDB may have rolled back by itself
                con.execute("rollback")
            raise
        con.execute("commit")


@contextmanager
def explained(con: Connection) -> Iterator[None]:
    """Turn what DuckDB refuses in the block into a ``WarehouseError`` that names the file and says what to do."""
    path = path_of(con)
    try:
        yield
    except duckdb.Error as error:
        raise explain(path, error) from error


def path_of(con: Connection) -> Path:
    """Give the database file of a connection."""
    row = con.execute("select path from duckdb_databases() where database_name = current_database()").fetchone()
    return Path(row[0] if row and row[0] else ":memory:")
