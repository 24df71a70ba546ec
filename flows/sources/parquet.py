"""Parquet tables: each row becomes a JSON record of its own, a slice of the table at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from flows.sources.fields import ALIASES
from flows.sources.refusing import RefusedError
from flows.sources.streams import Input
from schemas.articles import RawRecord
from schemas.vocabulary import RefusalCode

SLICE = 500
KNOWN = frozenset(name for names in ALIASES.values() for name in names)
FAULTS = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError, OverflowError)


def list_parquet(given: Input) -> Iterator[RawRecord]:
    """Give each row as a JSON record; columns that no article has stay behind.

    Raises:
        RefusedError: ``table`` when it is no Parquet file, or a slice of it cannot be read.
    """
    data = given.read_whole(given.limits.file_bytes, "file_bytes")
    columns = article_columns(data)
    start, rows = 0, 1
    while start < rows:
        frame, rows = read_slice(data, columns, start)
        for number, row in enumerate(frame.iter_rows(named=True), start + 1):
            yield RawRecord(
                kind="json",
                data=json.dumps(row, default=as_json, ensure_ascii=False).encode("utf-8", "surrogatepass"),
                origin=f"{given.origin}:{number}",
                source_name=given.name,
            )
        start += SLICE


def article_columns(data: bytes) -> list[str]:
    """Give the columns that hold something of an article, of which one must be its text."""
    try:
        schema = pl.read_parquet_schema(io.BytesIO(data))
    except FAULTS as error:
        raise unreadable(error) from None
    columns = [name for name in schema if name.strip().lower() in KNOWN]
    if not {name.strip().lower() for name in columns} & set(ALIASES["text"]):
        raise RefusedError(
            RefusalCode.SCHEMA,
            f"its columns are {', '.join(list(schema)[:8])[:200]}",
            f"one of {', '.join(ALIASES['text'])}",
            "rename the column with the text",
        )
    return columns


def read_slice(data: bytes, columns: list[str], start: int) -> tuple[pl.DataFrame, int]:
    """Read some rows, and how many there are in all."""
    try:
        table = pl.scan_parquet(io.BytesIO(data)).select(columns)
        rows = int(table.select(pl.len()).collect().item())
        return table.slice(start, SLICE).collect(), rows
    except FAULTS as error:
        raise unreadable(error) from None


def unreadable(error: BaseException) -> RefusedError:
    """Refuse a damaged table."""
    told = str(error).split("\n", 1)[0][:200] or type(error).__name__
    return RefusedError(RefusalCode.TABLE, f"it cannot be read ({told})", "a Parquet file", "write it anew")


def as_json(value: object) -> Any:
    """Give the values JSON has no word for: instants in ISO, the rest as text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | timedelta):
        return str(value)
    return None
