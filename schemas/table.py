"""A table of the warehouse: its record, its pandera model, and the one door from records to frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.spans import Span

SPAN = pl.Struct({"start": pl.Int32, "end": pl.Int32})
SPANS = pl.List(SPAN)
INSTANT = pl.Datetime("us", "UTC")
TEXTS = pl.List(pl.String)


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        name: Name in the warehouse and of the frame, plural.
        record: The frozen dataclass whose instances become rows.
        model: The pandera model; its columns are the table's columns, in order.
        key: Columns that together identify a row.
        quote_columns: ``(start, end, quote)`` columns whose quote must equal the document's characters.
        span_columns: Columns of spans, each of which must lie inside the document's text.
    """

    name: str
    record: type
    model: type[pa.DataFrameModel]
    key: tuple[str, ...]
    quote_columns: tuple[tuple[str, str, str], ...] = ()
    span_columns: tuple[str, ...] = ()

    @cached_property
    def schema(self) -> dict[str, pl.DataType]:
        """Polars types by column, in order."""
        columns = self.model.to_schema().columns
        return {name: column.dtype.type for name, column in columns.items()}

    @cached_property
    def descriptions(self) -> dict[str, str]:
        """What each column holds, for SQL comments and the data dictionary."""
        columns = self.model.to_schema().columns
        return {name: column.description or "" for name, column in columns.items()}

    @property
    def description(self) -> str:
        """What one row is: the first line of the model's docstring."""
        return (self.model.__doc__ or "").strip().splitlines()[0]

    def frame(self, records: Iterable[Any]) -> pl.DataFrame:
        """Turn records into the table's frame; the only place where records become columns.

        Attributes of a record that are no columns of the table (syntax, children) stay behind.

        >>> from schemas.sentences import SENTENCES, Sentence
        >>> one = Sentence(document_id="d", sentence_no=0, paragraph_no=0, char_start=0, char_end=5)
        >>> SENTENCES.frame([one]).shape
        (1, 5)
        """
        rows = list(records)
        return pl.DataFrame(
            {name: [plain(getattr(row, name)) for row in rows] for name in self.schema},
            schema=self.schema,
            strict=True,
        )

    def row(self, record: Any) -> dict[str, Any]:
        """Give one record's columns as plain values, for JSON."""
        return {name: plain(getattr(record, name)) for name in self.schema}

    def missing_attributes(self) -> set[str]:
        """Columns that the record has no attribute for: empty unless record and model drifted apart."""
        names = {field.name for field in fields(self.record)}
        names |= {name for name in dir(self.record) if isinstance(getattr(self.record, name), property)}
        return set(self.schema) - names


def plain(value: Any) -> Any:
    """Turn spans, enumerations and tuples into what polars and JSON know.

    >>> plain((Span(1, 3),))
    [{'start': 1, 'end': 3}]
    """
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value
