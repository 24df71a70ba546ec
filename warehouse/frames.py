"""The door between polars and DuckDB: Arrow's C stream in both directions, no copy in Python, no pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import polars as pl
from duckdb import DuckDBPyConnection as Connection

__all__ = ["Connection", "attach_frame", "fetch_frame", "fetch_value"]


class ArrowStream:
    """A frame as DuckDB can scan it.

    DuckDB takes polars frames only with pyarrow installed, but anything that speaks the Arrow PyCapsule protocol
    without it; and it must not learn that this is polars.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the frame over as an Arrow C stream."""
        return self._frame.__arrow_c_stream__(requested_schema)


@contextmanager
def attach_frame(con: Connection, name: str, frame: pl.DataFrame) -> Iterator[None]:
    """Let SQL read ``frame`` as the view ``name`` for the time of the block."""
    con.register(name, ArrowStream(frame))
    try:
        yield
    finally:
        con.unregister(name)


def fetch_frame(con: Connection, sql: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
    """Run one query and give its rows as a frame; values go in by name (``$name``), never into the text."""
    relation: Any = con.sql(sql, params=dict(parameters) if parameters else None)
    return pl.DataFrame(relation)


def fetch_value(con: Connection, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
    """Run one query and give the first column of its first row, or nothing."""
    row = con.execute(sql, dict(parameters) if parameters else None).fetchone()
    return row[0] if row else None
