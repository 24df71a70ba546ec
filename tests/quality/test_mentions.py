"""Places, actors and times keep the quality they were shipped with: floors that only rise."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas.actors import Actor
from schemas.documents import Document
from schemas.places import Place
from tests.documents import make_document
from transforms.actors import find_actors
from transforms.places import find_places
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree
from transforms.times import find_times

PROJECT = Path(__file__).parents[2]
GOLD = PROJECT.parent / "shared" / "gold"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8")).get("mentions", {})
SAMPLE = 120
"""Documents read of each toponym set: every nth, enough to notice a fall."""


def load(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def documents(rows: list[dict]) -> Iterator[tuple[dict, Document, list[Tree]]]:
    parsed = read_sentences((r["doc_id"], r["text"]) for r in rows)
    for row, sentences in zip(rows, parsed, strict=True):
        published = row.get("published")
        yield (
            row,
            make_document(
                row["text"],
                published_at=datetime.fromisoformat(published[:10]).replace(tzinfo=UTC) if published else None,
            ),
            [Tree(s) for s in sentences],
        )


def distance(a: float, b: float, c: float, d: float) -> float:
    a, b, c, d = map(math.radians, (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


def measure_toponyms(name: str) -> float:
    rows = load(GOLD / "events" / f"geo-{name}-dev.jsonl")
    hits = total = 0
    for row, document, trees in documents(rows[:: max(1, len(rows) // SAMPLE)]):
        points = {p.char_start: p for p in find_places(document, trees) if p.latitude is not None}
        for gold in {t["start"]: t for t in row["toponyms"] if "lat" in t}.values():
            total += 1
            place = points.get(gold["start"])
            hits += bool(place) and distance(gold["lat"], gold["lon"], place.latitude, place.longitude) <= 161
    return 100 * hits / total


def measure_news() -> dict[str, float]:
    counts: Counter[str] = Counter()
    for part in ("dev_a", "dev_b"):
        gold = {r["doc_id"]: r for r in load(GOLD / "news" / f"{part}.gold.jsonl")}
        for row, document, trees in documents(load(GOLD / "news" / f"{part}.docs.jsonl")):
            places = find_places(document, trees)
            actors, times = find_actors(document, trees, places), find_times(document, trees)
            days = [t.start_date for t in times if t.start_date]
            if document.published_at:
                days.append(document.published_at.date())
            for event in gold[row["doc_id"]]["events"]:
                count_places(counts, event, places)
                count_others(counts, event, actors, days)
    return {name: 100 * counts[name] / counts[f"all {name}"] for name in ("places", "points", "actors", "dates")}


def overlaps(gold: dict, mention: Place | Actor) -> bool:
    return mention.char_start < gold["end"] and mention.char_end > gold["start"]


def count_places(counts: Counter[str], event: dict, places: tuple[Place, ...]) -> None:
    """Count gold places found, and gold points of which one lies within 25 km."""
    for gold in event["places"]:
        here = [p for p in places if overlaps(gold, p)]
        counts["all places"] += 1
        counts["places"] += bool(here)
        if gold.get("lat") is not None:
            points = [(p.latitude, p.longitude) for p in here if p.latitude is not None]
            counts["all points"] += 1
            counts["points"] += any(distance(gold["lat"], gold["lon"], *p) <= 25 for p in points)


def count_others(counts: Counter[str], event: dict, actors: tuple[Actor, ...], days: list[date]) -> None:
    """Count gold actors overlapped by one of ours, and gold dates among ours or the day of publication."""
    for gold in event["actors"]:
        if gold.get("sector"):
            counts["all actors"] += 1
            counts["actors"] += any(overlaps(gold, a) for a in actors)
    if event.get("date") and days:
        first = date.fromisoformat(event["date"]["start"])
        counts["all dates"] += 1
        counts["dates"] += any(abs((d - first).days) <= 1 for d in days)


@pytest.fixture(scope="module")
def measures() -> dict[str, float]:
    if not (GOLD / "events").is_dir():
        pytest.skip("no gold beside the project: quality is measured where ../shared/gold is")
    return {
        "trnews within 161 km": measure_toponyms("trnews"),
        "lgl within 161 km": measure_toponyms("lgl"),
        **{f"news {name}": value for name, value in measure_news().items()},
    }


@pytest.mark.parametrize("name", FLOORS)
def test_quality_does_not_fall(measures: dict[str, float], name: str) -> None:
    assert measures[name] >= FLOORS[name]
