"""Events: what happened, is planned, claimed or denied, as one document tells it; and their children."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandera.polars as pa
import polars as pl

from schemas.documents import KEY
from schemas.spans import Span
from schemas.table import SPANS, TEXTS, Table
from schemas.vocabulary import DateBasis, EventRole, EventType, QuadClass, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class EventActor:
    """Who does it, or whom or what it is done to."""

    event_id: str
    document_id: str
    role: EventRole
    position: int
    char_start: int
    char_end: int
    quote: str
    name: str
    country: str | None = None
    sector: str | None = None
    actor_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlace:
    """Where it took place."""

    event_id: str
    document_id: str
    position: int
    char_start: int
    char_end: int
    quote: str
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFigure:
    """A figure that belongs to the event."""

    event_id: str
    document_id: str
    figure_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as one document tells it; its mentions are joined, the fullest trigger first."""

    event_id: str
    document_id: str
    sentence_no: int
    trigger_spans: tuple[Span, ...]
    quote: str
    event_type: EventType
    event_mode: str | None = None
    quad_class: QuadClass | None = None
    cameo_code: str | None = None
    acled_type: str | None = None
    status: Status = Status.ASSERTED
    statement_id: str | None = None
    holder_name: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    date_basis: DateBasis | None = None
    weapons: tuple[str, ...] = ()
    actors: tuple[EventActor, ...] = ()
    places: tuple[EventPlace, ...] = ()
    figures: tuple[EventFigure, ...] = ()


class EventTable(pa.DataFrameModel):
    """One row an event of a document."""

    event_id: str = pa.Field(unique=True, str_matches=KEY, description="Key of the event.")
    document_id: str = pa.Field(str_matches=KEY, description="The document that tells it.")
    sentence_no: pl.Int32 = pa.Field(ge=0, description="The sentence of the first trigger.")
    trigger_spans: SPANS = pa.Field(description="Head words of its mentions, in documents.text, the fullest first.")
    quote: str = pa.Field(description="The first trigger as written.")
    event_type: str = pa.Field(isin=[t.value for t in EventType], description="PLOVER category, or OTHER.")
    event_mode: str = pa.Field(nullable=True, description="PLOVER mode: drone, arrest, visit …")
    quad_class: str = pa.Field(
        nullable=True, isin=[q.value for q in QuadClass], description="Verbal or material, cooperation or conflict."
    )
    cameo_code: str = pa.Field(nullable=True, str_matches=r"^\d{2,4}$", description="CAMEO code by the crosswalk.")
    acled_type: str = pa.Field(nullable=True, description="ACLED sub-event type by the crosswalk.")
    status: str = pa.Field(
        isin=[s.value for s in Status], description="Asserted by the narrator, claimed, denied, planned …"
    )
    statement_id: str = pa.Field(nullable=True, description="The statement on whose word it stands.")
    holder_name: str = pa.Field(nullable=True, description="Who claims or denies it.")
    start_date: pl.Date = pa.Field(nullable=True, description="First day of the event; null when it cannot be known.")
    end_date: pl.Date = pa.Field(nullable=True, description="Last day of the event, inclusive.")
    date_basis: str = pa.Field(nullable=True, isin=[b.value for b in DateBasis], description="What the dates rest on.")
    weapons: TEXTS = pa.Field(description="Weapons as written.")

    class Config:
        strict = True
        ordered = True


class EventActorTable(pa.DataFrameModel):
    """One row an actor or target of an event."""

    event_id: str = pa.Field(str_matches=KEY, description="The event.")
    document_id: str = pa.Field(str_matches=KEY, description="The document.")
    role: str = pa.Field(isin=[r.value for r in EventRole], description="actor: does it; target: it is done to.")
    position: pl.Int32 = pa.Field(ge=0, description="Order among those of the same role, the nearest first.")
    char_start: pl.Int32 = pa.Field(ge=0, description="First character in documents.text.")
    char_end: pl.Int32 = pa.Field(ge=1, description="One past the last character in documents.text.")
    quote: str = pa.Field(description="As written, without article or numeral.")
    name: str = pa.Field(description="Canonical name.")
    country: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 3166 alpha-3.")
    sector: str = pa.Field(nullable=True, description="Sector (PLOVER).")
    actor_id: str = pa.Field(nullable=True, description="The mention, if it is one of the actors.")

    class Config:
        strict = True
        ordered = True
        unique = ["event_id", "role", "position"]


class EventPlaceTable(pa.DataFrameModel):
    """One row a place of an event."""

    event_id: str = pa.Field(str_matches=KEY, description="The event.")
    document_id: str = pa.Field(str_matches=KEY, description="The document.")
    position: pl.Int32 = pa.Field(ge=0, description="Order, the nearest to the trigger first.")
    char_start: pl.Int32 = pa.Field(ge=0, description="First character in documents.text.")
    char_end: pl.Int32 = pa.Field(ge=1, description="One past the last character in documents.text.")
    quote: str = pa.Field(description="The toponym as written.")
    name: str = pa.Field(description="The gazetteer's name.")
    country: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 3166 alpha-3.")
    latitude: float = pa.Field(nullable=True, ge=-90, le=90, description="Degrees north.")
    longitude: float = pa.Field(nullable=True, ge=-180, le=180, description="Degrees east.")
    place_id: str = pa.Field(nullable=True, description="The mention among the places.")

    class Config:
        strict = True
        ordered = True
        unique = ["event_id", "position"]


class EventFigureTable(pa.DataFrameModel):
    """One row a figure of an event."""

    event_id: str = pa.Field(str_matches=KEY, description="The event.")
    document_id: str = pa.Field(str_matches=KEY, description="The document.")
    figure_id: str = pa.Field(str_matches=KEY, description="The figure.")

    class Config:
        strict = True
        ordered = True
        unique = ["event_id", "figure_id"]


QUOTE = (("char_start", "char_end", "quote"),)
EVENTS = Table(name="events", record=Event, model=EventTable, key=("event_id",), span_columns=("trigger_spans",))
EVENT_ACTORS = Table(
    name="event_actors",
    record=EventActor,
    model=EventActorTable,
    key=("event_id", "role", "position"),
    quote_columns=QUOTE,
)
EVENT_PLACES = Table(
    name="event_places", record=EventPlace, model=EventPlaceTable, key=("event_id", "position"), quote_columns=QUOTE
)
EVENT_FIGURES = Table(name="event_figures", record=EventFigure, model=EventFigureTable, key=("event_id", "figure_id"))
