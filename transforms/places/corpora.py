"""Texts with known places to learn from: toponyms with points, places of events, names tagged by type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from transforms.places.spotting import Toponym
from transforms.reference.json_lines import read_rows
from transforms.reference.tagged_names import TaggedText, read_tagged_names

Point = tuple[float, float]
"""Latitude and longitude in degrees."""
_SLIPS = (-3, -2, -1, 1, 2, 3)
"""Characters by which an annotated span may have slipped."""


class Coverage(Enum):
    """What a corpus leaves unsaid."""

    ALL = "all"
    """Every toponym is annotated."""
    EVENTS = "events"
    """Only the places of events are: what is not annotated may be a toponym all the same."""
    NAMES = "names"
    """Names are tagged by type and have no points."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text and where its toponyms start, each with its point, if known."""

    text: str
    coverage: Coverage
    points: Mapping[int, Point | None] = field(default_factory=dict)
    tagged: TaggedText | None = None

    def judge(self, toponym: Toponym) -> bool | None:
        """Tell whether a stretch is a toponym here; nothing if the annotation does not say."""
        if self.coverage is Coverage.ALL:
            return toponym.span.start in self.points
        if self.coverage is Coverage.EVENTS:
            return True if toponym.span.start in self.points else None
        if self.tagged is None:
            return False
        kind = self.tagged.type_of(toponym.span.start, toponym.span.end)[0]
        if (toponym.span.start, toponym.span.start + len(toponym.text), "ORG") in self.tagged.names:
            return False
        # Organisations are named after places, and adjectives tagged MISC are toponyms to us.
        return None if kind in ("ORG", "MISC") or toponym.is_adjective else kind == "LOC"


def read_corpora(folder: Path) -> Iterator[PlacedText]:
    """Read what a folder has to learn places from.

    Args:
        folder: With toponyms (``geo-*.jsonl``: text, toponyms with start, end, phrase, lat, lon), annotated reports
            (``NAME.docs.jsonl`` beside ``NAME.gold.jsonl``) or tagged names (see :func:`read_tagged_names`).
    """
    for path in sorted(folder.glob("geo-*.jsonl")):
        yield from (PlacedText(row["text"], Coverage.ALL, _toponym_points(row)) for row in read_rows(path))
    gold = {row["doc_id"]: row for path in sorted(folder.glob("*.gold.jsonl")) for row in read_rows(path)}
    for path in sorted(folder.glob("*.docs.jsonl")):
        for row in read_rows(path):
            if row["doc_id"] in gold:
                yield PlacedText(row["text"], Coverage.EVENTS, _event_points(gold[row["doc_id"]]))
    yield from (PlacedText(tagged.text, Coverage.NAMES, tagged=tagged) for tagged in read_tagged_names(folder))


def _toponym_points(row: dict[str, Any]) -> dict[int, Point | None]:
    points: dict[int, Point | None] = {}
    for toponym in row["toponyms"]:
        start, end = toponym["start"], toponym["end"]
        slips = (s for s in _SLIPS if row["text"][start + s : end + s] == toponym["phrase"])
        is_exact = row["text"][start:end] == toponym["phrase"]
        at = start if is_exact else start + next(slips, 0)
        points[at] = _point(toponym)
    return points


def _event_points(gold: dict[str, Any]) -> dict[int, Point | None]:
    return {place["start"]: _point(place) for event in gold["events"] for place in event["places"]}


def _point(place: dict[str, Any]) -> Point | None:
    return None if place.get("lat") is None else (place["lat"], place["lon"])
