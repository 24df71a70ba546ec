"""Actors: who is named, resolved as far as the text and the reference tables allow."""

from __future__ import annotations

from dataclasses import dataclass

import pandera.polars as pa
import polars as pl

from schemas.documents import KEY
from schemas.spans import Span
from schemas.table import Table
from schemas.vocabulary import ActorType, Sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A mention of somebody who can act.  Mentions of one actor share ``name``."""

    actor_id: str
    document_id: str
    sentence_no: int
    char_start: int
    char_end: int
    quote: str
    actor_type: ActorType
    name: str
    country: str | None = None
    sector: Sector | None = None
    is_pronoun: bool = False

    @property
    def span(self) -> Span:
        """The mention's characters in the document."""
        return Span(self.char_start, self.char_end)


class ActorTable(pa.DataFrameModel):
    """One row a mention of an actor."""

    actor_id: str = pa.Field(unique=True, str_matches=KEY, description="Key of the mention.")
    document_id: str = pa.Field(str_matches=KEY, description="The document the mention stands in.")
    sentence_no: pl.Int32 = pa.Field(ge=0, description="The sentence the mention stands in.")
    char_start: pl.Int32 = pa.Field(ge=0, description="First character in documents.text.")
    char_end: pl.Int32 = pa.Field(ge=1, description="One past the last character in documents.text.")
    quote: str = pa.Field(description="The mention as written.")
    actor_type: str = pa.Field(isin=[t.value for t in ActorType], description="What sort of actor.")
    name: str = pa.Field(description="Canonical name within the document: the fullest one, or the reference table's.")
    country: str = pa.Field(
        nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 3166 alpha-3 of the actor's country."
    )
    sector: str = pa.Field(nullable=True, isin=[s.value for s in Sector], description="Sector in society (PLOVER).")
    is_pronoun: bool = pa.Field(description="Whether the mention is a pronoun, resolved to name.")

    class Config:
        strict = True
        ordered = True


ACTORS = Table(
    name="actors",
    record=Actor,
    model=ActorTable,
    key=("actor_id",),
    quote_columns=(("char_start", "char_end", "quote"),),
)
