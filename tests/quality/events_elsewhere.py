"""Measure the events station on sets that are no news reports; prints figures, holds no floors.

    python -m tests.quality.events_elsewhere ../shared/gold [--every N] [--halves DIR]

- ``plovergsr``: PLOVER sentences, each with one category; of those in which an event is found, how often one of the
  events has the category, and how often the first has.  The shipped models have learnt from these sentences; with
  ``--halves DIR`` the models are fitted anew to the reports in DIR and each half in turn, and measured on the other.
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

from flows.train import document_of_row
from schemas.events import Event
from transforms.events.assembly import assemble_events
from transforms.events.learning import Annotation, learn_events, name_triggers, read_own_sentences
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


def measure_halves(reports: Path, scenes: Sequence[Scene], records: Sequence[Record]) -> Counter[str]:
    """Fit the models to reports, own sentences and one half of the records, measure on the other, and turn about."""
    rows = [row for path in sorted(reports.glob("*.docs.jsonl")) for row in read_rows(path)]
    golds = {row["doc_id"]: row for path in sorted(reports.glob("*.gold.jsonl")) for row in read_rows(path)}
    rows = [row for row in rows if row["doc_id"] in golds]
    known: list[tuple[Scene, Annotation]] = list(
        zip(read_scenes(map(document_of_row, rows)), (golds[r["doc_id"]] for r in rows), strict=True)
    )
    lessons = read_own_sentences()
    own = [document_of_row({"doc_id": str(n), "text": lesson["sentence"]}) for n, lesson in enumerate(lessons)]
    for scene, told in zip(read_scenes(own), lessons, strict=True):
        known.append((scene, name_triggers(scene, told["trigger"], told["event_type"], told["status"])))
    counts: Counter[str] = Counter()
    for half in (0, 1):
        taught = list(known)
        for scene, record in zip(scenes[half::2], records[half::2], strict=True):
            event = record["events"][0]
            taught.append((scene, name_triggers(scene, event["event_text"], event["plover"][0])))
        counts += measure_categories(scenes[1 - half :: 2], records[1 - half :: 2], learn_events(taught))
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
    parser.add_argument("--halves", type=Path)
    asked = parser.parse_args(arguments)
    records = read_rows(asked.gold / "events" / "plovergsr-dev.jsonl")
    scenes = list(read_scenes(map(document_of_row, records)))
    if asked.halves:
        counts = measure_halves(asked.halves, scenes, records)
    else:
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
