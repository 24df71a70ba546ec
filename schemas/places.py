"""Places: toponyms and their points."""

from __future__ import annotations

from dataclasses import dataclass

import pandera.polars as pa
import polars as pl

from schemas.documents import KEY
from schemas.spans import Span
from schemas.table import Table
from schemas.vocabulary import PlacePrecision, PlaceType


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mention of a place; without a point where no gazetteer knows it."""

    place_id: str
    document_id: str
    sentence_no: int
    char_start: int
    char_end: int
    quote: str
    name: str
    place_type: PlaceType = PlaceType.UNKNOWN
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None
    geonames_id: int | None = None
    alternatives: int = 0

    @property
    def span(self) -> Span:
        """The toponym's characters in the document."""
        return Span(self.char_start, self.char_end)


class PlaceTable(pa.DataFrameModel):
    """One row a mention of a place."""

    place_id: str = pa.Field(unique=True, str_matches=KEY, description="Key of the mention.")
    document_id: str = pa.Field(str_matches=KEY, description="The document the mention stands in.")
    sentence_no: pl.Int32 = pa.Field(ge=0, description="The sentence the mention stands in.")
    char_start: pl.Int32 = pa.Field(ge=0, description="First character in documents.text.")
    char_end: pl.Int32 = pa.Field(ge=1, description="One past the last character in documents.text.")
    quote: str = pa.Field(description="The toponym as written.")
    name: str = pa.Field(description="The gazetteer's name of it, or the toponym as written.")
    place_type: str = pa.Field(isin=[t.value for t in PlaceType], description="What sort of place.")
    country: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 3166 alpha-3.")
    admin1: str = pa.Field(nullable=True, description="First-level region: GeoNames code or name.")
    latitude: float = pa.Field(nullable=True, ge=-90, le=90, description="Degrees north, WGS 84; null without a point.")
    longitude: float = pa.Field(
        nullable=True, ge=-180, le=180, description="Degrees east, WGS 84; null without a point."
    )
    precision: str = pa.Field(
        nullable=True, isin=[p.value for p in PlacePrecision], description="How closely the point pins it down."
    )
    geonames_id: pl.Int64 = pa.Field(nullable=True, ge=1, description="GeoNames identifier of the point.")
    alternatives: pl.Int32 = pa.Field(ge=0, description="Other places of this name that were in question.")

    class Config:
        strict = True
        ordered = True

    @pa.dataframe_check
    def point_is_whole(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Latitude and longitude stand together or not at all."""
        return data.lazyframe.select(pl.col("latitude").is_null() == pl.col("longitude").is_null())


PLACES = Table(
    name="places",
    record=Place,
    model=PlaceTable,
    key=("place_id",),
    quote_columns=(("char_start", "char_end", "quote"),),
)
