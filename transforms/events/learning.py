"""Learning the event models from annotated reports (the guideline of ``gold/news``).

Every report is carried down the road as at runtime, so that the models learn from what the other stations find, not
from what they should find; annotations only give the labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from schemas.spans import Span
from transforms.events import arguments as args
from transforms.events.fitting import Recipe, fit_linear
from transforms.events.linear import Floats
from transforms.events.mentions import OTHER, SAME, Mention, describe_pair, find_pairs
from transforms.events.models import EventModels
from transforms.events.perceptron import Training, fit_perceptron
from transforms.events.portraits import paint
from transforms.events.quantities import LINKED, LOOSE, describe_figures, figure_options
from transforms.events.scene import Key, Scene
from transforms.events.standing import describe_standing
from transforms.events.triggers import NONE, Candidate, describe_candidates, find_candidates
from transforms.events.whereabouts import (
    ELSEWHERE,
    HERE,
    date_options,
    describe_dates,
    describe_places,
    place_options,
)

Annotation = Mapping[str, Any]
"""One report's annotation: ``events`` with triggers, plover, status, actors, targets, places, date, figures."""

RECIPES = {
    "trigger": Recipe(passes=6, decay=0.1, rate=0.1),
    "pair": Recipe(passes=10, decay=0.1, rate=0.2),
    "status": Recipe(passes=10, decay=0.1, rate=0.2),
    "role": Recipe(passes=8, decay=0.1, rate=0.2),
    "place": Recipe(passes=8, decay=0.1, rate=0.2),
    "date": Recipe(passes=8, decay=0.1, rate=0.2),
    "figure": Recipe(passes=8, decay=0.1, rate=0.2),
}


TRAINING = Training()
REPORT_IMPORTANCE = 2.0
"""Whole reports and press releases are rarer than digests among the annotated texts, not among those to be read."""
_POSSIBLE = {
    "pair": (SAME, OTHER),
    "role": (args.ACTOR, args.TARGET, args.NEITHER),
    "place": (HERE, ELSEWHERE),
    "date": (HERE, ELSEWHERE),
    "figure": (LINKED, LOOSE),
}


@dataclass(slots=True)
class Examples:
    """Described items and their labels, for one model; ``portraits`` are the dense descriptions, where asked for."""

    items: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    portraits: list[Floats] = field(default_factory=list)
    importance: list[float] = field(default_factory=list)

    def add(self, items: Iterable[list[str]], labels: Iterable[str], importance: float = 1.0) -> None:
        """Append items with their labels; ``importance`` is how often each counts."""
        before = len(self.items)
        self.items.extend(items)
        self.labels.extend(labels)
        self.importance.extend([importance] * (len(self.items) - before))


def learn_events(reports: Iterable[tuple[Scene, Annotation]]) -> EventModels:
    """Fit all models of the station to annotated reports."""
    return fit_models(collect_examples(reports))


def fit_models(examples: Mapping[str, Examples]) -> EventModels:
    """Fit all models of the station to described examples."""
    linear = {
        name: fit_linear(e.items, e.labels, RECIPES[name], possible=_POSSIBLE.get(name, ()), importance=e.importance)
        for name, e in examples.items()
    }
    painted = examples["trigger"]
    repeats = np.repeat(np.arange(len(painted.labels)), np.array(painted.importance, np.int64))
    portraits = np.concatenate(painted.portraits)[repeats]
    dense = fit_perceptron(portraits, [painted.labels[i] for i in repeats], TRAINING)
    return EventModels(dense=dense, **linear)


def collect_examples(reports: Iterable[tuple[Scene, Annotation]]) -> dict[str, Examples]:
    """Describe what each model is to decide in the reports, with the right answers."""
    examples = {name: Examples() for name in RECIPES}
    for scene, annotation in reports:
        events = annotation["events"]
        by_token = label_tokens(scene, events)
        candidates = find_candidates(scene)
        types = [events[by_token[c.key]]["plover"] if c.key in by_token else NONE for c in candidates]
        if candidates:
            importance = 1.0 if scene.is_digest else REPORT_IMPORTANCE
            examples["trigger"].add(describe_candidates(scene, candidates), types, importance)
            examples["trigger"].portraits.append(paint(scene, candidates))
        mentions = [
            (by_token[c.key], _mention(c, kind))
            for c, kind in zip(candidates, types, strict=True)
            if kind != NONE
        ]
        _add_pairs(examples["pair"], scene, mentions)
        groups: dict[int, list[Mention]] = {}
        for number, mention in mentions:
            groups.setdefault(number, []).append(mention)
        rivals: dict[int, int] = {}
        for group in groups.values():
            for sentence in {m.candidate.sentence for m in group}:
                rivals[sentence] = rivals.get(sentence, 0) + 1
        for number, group in groups.items():
            _add_event(examples, scene, group, events[number], annotation, rivals)
    return examples


def label_tokens(scene: Scene, events: Sequence[Annotation]) -> dict[Key, int]:
    """Give for each trigger's head token the number of its event."""
    labels: dict[Key, int] = {}
    for number, event in enumerate(events):
        for start, end in event["triggers"]:
            for at, tree in enumerate(scene.trees):
                if tree.sentence.char_start <= start < tree.sentence.char_end:
                    head = tree.head_of(Span(start, end))
                    if head is not None:
                        labels.setdefault((at, head), number)
    return labels


def _mention(candidate: Candidate, kind: str) -> Mention:
    return Mention(candidate=candidate, event_type=kind, score=1.0, chances=np.zeros(1, np.float32))


def _add_pairs(examples: Examples, scene: Scene, mentions: Sequence[tuple[int, Mention]]) -> None:
    listed = [mention for _, mention in mentions]
    for a, b in find_pairs(scene, listed):
        same = mentions[a][0] == mentions[b][0]
        examples.add([describe_pair(scene, listed[a], listed[b], b - a - 1)], [SAME if same else OTHER])


def _add_event(
    examples: dict[str, Examples],
    scene: Scene,
    group: list[Mention],
    event: Annotation,
    annotation: Annotation,
    rivals: dict[int, int],
) -> None:
    examples["status"].add((describe_standing(scene, m) for m in group), [event["status"]] * len(group))
    for mention in group:
        found = args.find_arguments(scene, mention)
        examples["role"].add(
            args.describe_arguments(scene, mention, found), _role_labels(scene, mention, found, event)
        )
    places = place_options(scene, group)
    names = {p["text"] for p in event["places"]}
    right = [HERE if o.place.quote in names or o.place.name in names else ELSEWHERE for o in places]
    if not event["places"] or HERE in right:  # where the gazetteer missed the place there is nothing to learn
        examples["place"].add(describe_places(scene, group, places), right)
    dates = date_options(scene, group)
    told = event["date"] and date.fromisoformat(event["date"]["start"][:10])
    fits = [HERE if (o.start == told if told else o.start is None) else ELSEWHERE for o in dates]
    if HERE in fits:
        examples["date"].add(describe_dates(scene, group, dates), fits)
    wanted = [(f["start"], f["end"]) for f in annotation["figures"] if f["id"] in event["figures"]]
    figures = figure_options(scene, group)
    linked = [any(f.figure.char_start < b and a < f.figure.char_end for a, b in wanted) for f in figures]
    examples["figure"].add(describe_figures(scene, group, figures, rivals), [LINKED if x else LOOSE for x in linked])


def _role_labels(
    scene: Scene, mention: Mention, found: Sequence[args.Argument], event: Annotation
) -> list[str]:
    tree = scene.trees[mention.candidate.sentence]
    right: dict[int, str] = {}
    for role, key in ((args.ACTOR, "actors"), (args.TARGET, "targets")):
        for one in event[key]:
            span = Span(one["start"], one["end"])
            if tree.sentence.char_start <= span.start < tree.sentence.char_end:
                head = tree.head_of(span)
                if head is not None:
                    right.setdefault(head, role)
    return [right.get(argument.index, args.NEITHER) for argument in found]
