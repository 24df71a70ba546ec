"""Times: expressions of date and the intervals they mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandera.polars as pa
import polars as pl

from schemas.documents import KEY
from schemas.spans import Span
from schemas.table import Table
from schemas.vocabulary import DateBasis, DatePrecision


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """An expression of time; ``start_date`` to ``end_date``, both inclusive, or nothing where it cannot be known."""

    time_id: str
    document_id: str
    sentence_no: int
    char_start: int
    char_end: int
    quote: str
    start_date: date | None = None
    end_date: date | None = None
    precision: DatePrecision | None = None
    basis: DateBasis = DateBasis.UNRESOLVED

    @property
    def span(self) -> Span:
        """The expression's characters in the document."""
        return Span(self.char_start, self.char_end)


class TimeTable(pa.DataFrameModel):
    """One row an expression of time."""

    time_id: str = pa.Field(unique=True, str_matches=KEY, description="Key of the expression.")
    document_id: str = pa.Field(str_matches=KEY, description="The document the expression stands in.")
    sentence_no: pl.Int32 = pa.Field(ge=0, description="The sentence the expression stands in.")
    char_start: pl.Int32 = pa.Field(ge=0, description="First character in documents.text.")
    char_end: pl.Int32 = pa.Field(ge=1, description="One past the last character in documents.text.")
    quote: str = pa.Field(description="The expression as written.")
    start_date: pl.Date = pa.Field(nullable=True, description="First day meant; null when it cannot be known.")
    end_date: pl.Date = pa.Field(nullable=True, description="Last day meant, inclusive.")
    precision: str = pa.Field(
        nullable=True, isin=[p.value for p in DatePrecision], description="The unit the expression speaks in."
    )
    basis: str = pa.Field(isin=[b.value for b in DateBasis], description="What the dates rest on.")

    class Config:
        strict = True
        ordered = True

    @pa.dataframe_check
    def interval_in_order(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """No interval ends before it starts."""
        return data.lazyframe.select((pl.col("start_date") <= pl.col("end_date")).fill_null(value=True))


TIMES = Table(
    name="times",
    record=Time,
    model=TimeTable,
    key=("time_id",),
    quote_columns=(("char_start", "char_end", "quote"),),
)
