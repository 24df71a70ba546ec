"""Figures: every counted or measured quantity."""

from __future__ import annotations

from dataclasses import dataclass

import pandera.polars as pa
import polars as pl

from schemas.documents import KEY
from schemas.spans import Span
from schemas.table import TEXTS, Table
from schemas.vocabulary import Comparator, Effect, FigureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One counted or measured quantity, with what is counted, what befell it and who says so."""

    figure_id: str
    document_id: str
    sentence_no: int
    char_start: int
    char_end: int
    quote: str
    value_low: float
    value_high: float
    comparator: Comparator = Comparator.EXACTLY
    kind: FigureKind = FigureKind.COUNT
    unit: str | None = None
    thing: str | None = None
    thing_phrase: str | None = None
    effects: tuple[Effect, ...] = ()
    is_cumulative: bool = False
    part_of_figure_id: str | None = None
    statement_id: str | None = None
    claimant_name: str | None = None
    place_name: str | None = None
    place_id: str | None = None

    @property
    def span(self) -> Span:
        """The figure's characters in the document."""
        return Span(self.char_start, self.char_end)


class FigureTable(pa.DataFrameModel):
    """One row a counted or measured quantity."""

    figure_id: str = pa.Field(unique=True, str_matches=KEY, description="Key of the figure.")
    document_id: str = pa.Field(str_matches=KEY, description="The document the figure stands in.")
    sentence_no: pl.Int32 = pa.Field(ge=0, description="The sentence the figure stands in.")
    char_start: pl.Int32 = pa.Field(ge=0, description="First character in documents.text.")
    char_end: pl.Int32 = pa.Field(ge=1, description="One past the last character in documents.text.")
    quote: str = pa.Field(description="Numeral, magnitude, currency sign and measured unit as written.")
    value_low: float = pa.Field(description="Lowest value meant; equal to value_high when exact.")
    value_high: float = pa.Field(description="Highest value meant.")
    comparator: str = pa.Field(
        isin=[c.value for c in Comparator],
        description="= exactly, > at least, < at most, ~ about; up, down: by how much something rose or fell.",
    )
    kind: str = pa.Field(isin=[k.value for k in FigureKind], description="What sort of quantity.")
    unit: str = pa.Field(nullable=True, description="ISO 4217 for money, percent, or the unit in the singular.")
    thing: str = pa.Field(nullable=True, description="Head noun of what is counted, singular lemma.")
    thing_phrase: str = pa.Field(
        nullable=True, description="The counted phrase, its head noun in the singular: attack drone."
    )
    effects: TEXTS = pa.Field(description="What befell the things counted (killed, wounded, launched …).")
    is_cumulative: bool = pa.Field(description="Whether the text says that it is a total over a longer time.")
    part_of_figure_id: str = pa.Field(nullable=True, description="The figure this one is a part of (21 out of 49).")
    statement_id: str = pa.Field(nullable=True, description="The statement it stands in, so: who says so.")
    claimant_name: str = pa.Field(nullable=True, description="Whoever the text says gives the number.")
    place_name: str = pa.Field(nullable=True, description="Where it happened, as named in the text.")
    place_id: str = pa.Field(nullable=True, description="The mention of that place, if it is one of the places.")

    class Config:
        strict = True
        ordered = True

    @pa.dataframe_check
    def low_not_above_high(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The lower end is not above the higher."""
        return data.lazyframe.select(pl.col("value_low") <= pl.col("value_high"))


FIGURES = Table(
    name="figures",
    record=Figure,
    model=FigureTable,
    key=("figure_id",),
    quote_columns=(("char_start", "char_end", "quote"),),
)
