"""All that one document yields, and its shape as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.actors import ACTORS, Actor
from schemas.documents import DOCUMENTS, Document
from schemas.events import EVENT_ACTORS, EVENT_FIGURES, EVENT_PLACES, EVENTS, Event, EventActor
from schemas.figures import FIGURES, Figure
from schemas.places import PLACES, Place
from schemas.sentences import SENTENCES, Sentence
from schemas.statements import STATEMENTS, Statement
from schemas.table import Table
from schemas.times import TIMES, Time
from schemas.vocabulary import EventRole

TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    SENTENCES,
    ACTORS,
    PLACES,
    TIMES,
    STATEMENTS,
    FIGURES,
    EVENTS,
    EVENT_ACTORS,
    EVENT_PLACES,
    EVENT_FIGURES,
)
"""The tables a document fills, in the order of the road."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One document with every row found in it."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()

    def records(self) -> Iterator[tuple[Table, list[Any]]]:
        """Give each table with this document's records for it, children of events laid flat."""
        own = (
            [self.document],
            self.sentences,
            self.actors,
            self.places,
            self.times,
            self.statements,
            self.figures,
            self.events,
            [actor for event in self.events for actor in event.actors],
            [place for event in self.events for place in event.places],
            [figure for event in self.events for figure in event.figures],
        )
        yield from ((table, list(records)) for table, records in zip(TABLES, own, strict=True))

    def as_json(self) -> dict[str, Any]:
        """Give the document as ``wirehouse extract --jsonl`` prints it: spans as pairs, children nested, dates ISO."""
        document = DOCUMENTS.row(self.document)
        lists: dict[str, list[dict[str, Any]]] = {
            table.name: [row_as_json(table, record) for record in records]
            for table, records in self.records()
            if table in (ACTORS, PLACES, TIMES, STATEMENTS, FIGURES)
        }
        return {
            "input_id": self.document.input_id,
            **{key: iso(value) for key, value in document.items() if key not in ("input_id", "run_id")},
            **lists,
            "events": [event_as_json(event) for event in self.events],
        }


def event_as_json(event: Event) -> dict[str, Any]:
    """Nest an event's actors, targets, places and figures in its row."""
    return {
        **row_as_json(EVENTS, event),
        "actors": children_as_json(event.actors, EventRole.ACTOR),
        "targets": children_as_json(event.actors, EventRole.TARGET),
        "places": [row_as_json(EVENT_PLACES, place) for place in event.places],
        "figure_ids": [figure.figure_id for figure in event.figures],
    }


def children_as_json(actors: tuple[EventActor, ...], role: EventRole) -> list[dict[str, Any]]:
    """Give the actors of one role, as JSON."""
    return [row_as_json(EVENT_ACTORS, actor) for actor in actors if actor.role is role]


def row_as_json(table: Table, record: Any) -> dict[str, Any]:
    """Give a record's columns with spans as ``[start, end]`` and dates as text."""
    return {name: iso(value) for name, value in table.row(record).items()}


def iso(value: Any) -> Any:
    """Turn one plain value into JSON's terms.

    >>> iso([{"start": 1, "end": 3}])
    [[1, 3]]
    """
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, list):
        return [[v["start"], v["end"]] if isinstance(v, dict) else v for v in value]
    return value
