"""Measure the events station on sets that are no news reports; prints figures, holds no floors.

    python -m tests.quality.events_elsewhere ../shared/gold [--every N] [--parts N [--articles FILE]]

- ``plovergsr``: PLOVER sentences, each with one category; of those in which an event is found, how often one of the
  events has the category, and how often the first has.  The shipped models have learnt from these sentences; with
  ``--parts N`` the models are fitted anew N times, to everything else and all but one part of the sentences, and
  measured on that part.
- ``fact-uw``: events annotated as asserted, uncertain or negated; macro F1 over those the station finds, of every Nth
  sentence.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from flows.event_lessons import teach_judged, teach_passages, teach_records, teach_reports
from flows.lessons import document_of_row
from schemas.events import Event
from transforms.events.assembly import assemble_events
from transforms.events.learning import learn_events
from transforms.events.models import EventModels, load_event_models
from transforms.events.reports import read_scenes
from transforms.events.scene import Scene
from transforms.reference.json_lines import read_rows

Record = dict[str, Any]
CERTAINTY = {"asserted": "asserted", "negated": "negated", "denied": "negated"}
"""What a status is in the scheme of ``fact-uw``; every other one is uncertain."""


def measure_categories(scenes: Iterable[Scene], records: Iterable[Record], models: EventModels) -> Counter[str]:
    """Count sentences, those with an event found, and those whose events, or whose first, have the category."""
    counts: Counter[str] = Counter()
    for scene, record in zip(scenes, records, strict=True):
        found = [event.event_type.value for event in assemble_events(scene, models)]
        wanted = record["events"][0]["plover"]
        counts["sentences"] += 1
        counts["found"] += bool(found)
        counts["any right"] += any(name in wanted for name in found)
        counts["first right"] += bool(found) and found[0] in wanted
    return counts


def measure_parts(gold: Path, articles: Path | None, parts: int) -> Counter[str]:
    """Fit the models to everything else and all but one part of the records, measure on that part, and turn about."""
    file = gold / "events" / "plovergsr-dev.jsonl"
    records, rows = list(teach_records(file)), read_rows(file)
    others = [*teach_reports(gold / "news_train"), *teach_judged(articles), *teach_passages()]
    counts: Counter[str] = Counter()
    for part in range(parts):
        taught = [record for number, record in enumerate(records) if number % parts != part]
        scenes = [scene for scene, _ in records[part::parts]]
        counts += measure_categories(scenes, rows[part::parts], learn_events([*others, *taught]))
    return counts


def measure_certainty(records: Sequence[Record], models: EventModels) -> list[tuple[str, str]]:
    """Pair the annotated with the found certainty for every annotated event the station finds."""
    pairs: list[tuple[str, str]] = []
    for scene, record in zip(read_scenes(map(document_of_row, records)), records, strict=True):
        events = assemble_events(scene, models)
        for told in record["events"]:
            event = _event_at(events, told["trigger"]["start"])
            if event is not None:
                pairs.append((told["status"], CERTAINTY.get(event.status.value, "uncertain")))
    return pairs


def _event_at(events: Iterable[Event], char: int) -> Event | None:
    return next((e for e in events if any(s.start <= char < s.end for s in e.trigger_spans)), None)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Give the mean F1 over the labels annotated, in percent.

    >>> round(macro_f1([("a", "a"), ("a", "b"), ("b", "b")]), 1)
    66.7
    """
    labels = {wanted for wanted, _ in pairs}
    scores = []
    for label in labels:
        right = sum(wanted == found == label for wanted, found in pairs)
        told = sum(wanted == label for wanted, _ in pairs) + sum(found == label for _, found in pairs)
        scores.append(200 * right / told)
    return sum(scores) / len(scores) if scores else 0.0


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure events on PLOVER sentences and on fact-uw.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--every", type=int, default=4)
    parser.add_argument("--parts", type=int)
    parser.add_argument("--articles", type=Path)
    asked = parser.parse_args(arguments)
    if asked.parts:
        counts = measure_parts(asked.gold, asked.articles, asked.parts)
    else:
        records = read_rows(asked.gold / "events" / "plovergsr-dev.jsonl")
        scenes = list(read_scenes(map(document_of_row, records)))
        counts = measure_categories(scenes, records, load_event_models())
    for name in ("any right", "first right"):
        counts[f"{name}, percent of found"] = round(100 * counts[name] / max(counts["found"], 1))
    sys.stdout.write(f"plovergsr {dict(counts)}\n")
    pairs = measure_certainty(
        read_rows(asked.gold / "events" / "fact-uw-dev.jsonl")[:: asked.every], load_event_models()
    )
    sys.stdout.write(f"fact-uw {len(pairs)} events, macro F1 {macro_f1(pairs):.1f}, {dict(Counter(pairs))}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
