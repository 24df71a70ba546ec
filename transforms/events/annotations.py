"""Annotations: what texts are told to say, for the event models to learn from.

Four sources, which tell more or less of a text (:class:`Told`): reports annotated by the guideline of ``gold/news``;
articles of which we judged all triggers and many roles and places (``event_judgements.csv``, ``event_roles.csv`` in
``seeds/reference``, which point into texts they do not hold); passages of our own with their triggers marked
(``event_lessons.csv``); and the PLOVER gold standard records, https://github.com/openeventdata/PLOVER, sentences with
one category each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from schemas.errors import ReferenceDataError
from transforms.events.scene import Scene
from transforms.events.triggers import NONE, find_candidates
from transforms.reference import read_reference

Annotation = Mapping[str, Any]
"""One text's annotation: ``told``, and ``events`` with triggers, plover, status, actors, targets, places, date, figures
as far as that goes."""

_MARK = re.compile(r"\{(?P<type>[A-Z]+)(?: (?P<status>[a-z]+))?\|(?P<word>[^{}|]+)\}")


class Told(StrEnum):
    """What an annotation tells of its text."""

    ALL = "all"
    """Every trigger, its type and status, which are one event, and each event's roles, places, date and figures."""
    EVENTS = "events"
    """Every trigger, its type and status, and which are one event; of some events roles and places, too."""
    TRIGGERS = "triggers"
    """Every trigger, its type and status."""
    NAMED = "named"
    """Some triggers, their types and perhaps status; of the other words nothing is known."""


class Passage(NamedTuple):
    """A text of our own with its annotation."""

    text: str
    annotation: Annotation


def read_passages() -> tuple[Passage, ...]:
    """Read the passages written for this station, with the triggers marked in them."""
    rows = read_reference("event_lessons", ("passage", "told"))
    return tuple(read_marks(row["passage"], Told(row["told"])) for row in rows)


def read_marks(marked: str, told: Told = Told.TRIGGERS) -> Passage:
    """Take the marks out of a passage; a mark without a status is an asserted event.

    >>> text, annotation = read_marks("Rebels {ASSAULT claimed|shelled} the port.")
    >>> text, annotation["events"][0]["triggers"], annotation["events"][0]["status"]
    ('Rebels shelled the port.', [[7, 14]], 'claimed')
    """
    text, events, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        trigger = [len(text), len(text) + len(mark["word"])]
        events.append({"triggers": [trigger], "plover": mark["type"], "status": mark["status"] or "asserted"})
        text += mark["word"]
        at = mark.end()
    text += marked[at:]
    if "{" in text or "}" in text:
        raise ReferenceDataError(
            f"The lesson «{marked}» has a mark that cannot be read.",
            "A mark is {TYPE|word} or {TYPE status|word}.",
            "Mend it in seeds/reference/event_lessons.csv.",
        )
    return Passage(text, {"told": told, "events": events})


class Judgement(NamedTuple):
    """What we judged of an article: its first ``length`` characters were read, and these are their events."""

    length: int
    annotation: Annotation


def read_judgements() -> dict[str, Judgement]:
    """Read the articles judged, by the document id of their text; events whose roles were read bear all three parts."""
    columns = ("document_id", "event", "event_type", "status", "char_start", "char_end")
    roles = _read_roles()
    lengths: dict[str, int] = {}
    events: dict[str, dict[str, dict[str, Any]]] = {}
    for row in read_reference("event_judgements", columns):
        document_id, number, span = row["document_id"], row["event"], [int(row["char_start"]), int(row["char_end"])]
        if row["event_type"] == NONE:
            lengths[document_id] = span[1]
            events[document_id] = {}
            continue
        event: dict[str, Any] = {"triggers": [], "plover": row["event_type"], "status": row["status"]}
        event |= roles.get((document_id, number), {})
        events[document_id].setdefault(number, event)["triggers"].append(span)
    return {
        document_id: Judgement(length, {"told": Told.EVENTS, "events": list(events[document_id].values())})
        for document_id, length in lengths.items()
    }


def _read_roles() -> dict[tuple[str, str], dict[str, list[dict[str, int]]]]:
    """Read actors, targets and places by document and event; the part ``none`` stands for nobody and nowhere."""
    found: dict[tuple[str, str], dict[str, list[dict[str, int]]]] = {}
    for row in read_reference("event_roles", ("document_id", "event", "part", "char_start", "char_end")):
        parts = found.setdefault((row["document_id"], row["event"]), {"actors": [], "targets": [], "places": []})
        if row["part"] != NONE:
            parts[f"{row['part']}s"].append({"start": int(row["char_start"]), "end": int(row["char_end"])})
    return found


def name_trigger(scene: Scene, event_text: str, event_type: str) -> Annotation:
    """Annotate a sentence of which only one event is known, by the words that name it.

    The trigger is the first of the words that the station would weigh at all; without one the sentence teaches nothing.
    """
    candidates = find_candidates(scene)
    for word in event_text.lower().split():
        for candidate in candidates:
            token = scene.trees[candidate.sentence].tokens[candidate.index]
            if token.text.lower() == word:
                event = {"triggers": [[token.char_start, token.char_end]], "plover": event_type}
                return {"told": Told.NAMED, "events": [event]}
    return {"told": Told.NAMED, "events": []}
