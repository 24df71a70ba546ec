"""Learning the event models from annotated reports (the guideline of ``gold/news``).

Every report is carried down the road as at runtime, so that the models learn from what the other stations find, not
from what they should find; annotations only give the labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from schemas.spans import Span
from transforms.events import arguments as args
from transforms.events.fitting import Recipe, fit_linear, fit_ranker
from transforms.events.linear import Floats, join_columns
from transforms.events.mentions import OTHER, SAME, Mention, describe_pair, find_pairs
from transforms.events.models import EventModels
from transforms.events.perceptron import Training, fit_perceptron
from transforms.events.portraits import paint
from transforms.events.quantities import LINKED, LOOSE, describe_figures, figure_options
from transforms.events.scene import Key, Scene
from transforms.events.standing import describe_standing
from transforms.events.triggers import NONE, Candidate, describe_candidates, find_candidates
from transforms.events.whereabouts import date_options, describe_dates, describe_places, place_options
from transforms.reference import read_reference

Annotation = Mapping[str, Any]
"""One report's annotation: ``events`` with triggers, plover, status, actors, targets, places, date, figures."""

RECIPES = {
    "trigger": Recipe(passes=6, decay=0.1, rate=0.1),
    "pair": Recipe(passes=10, decay=0.1, rate=0.2),
    "status": Recipe(passes=10, decay=0.1, rate=0.2),
    "actor": Recipe(passes=8, decay=0.1, rate=0.2),
    "target": Recipe(passes=8, decay=0.1, rate=0.2),
    "place": Recipe(passes=8, decay=0.1, rate=0.2),
    "date": Recipe(passes=8, decay=0.1, rate=0.2),
    "figure": Recipe(passes=8, decay=0.1, rate=0.2),
}


TRAINING = Training(networks=6, passes=10, rate=0.004, batch=192)
REPORT_IMPORTANCE = 2.0
"""Whole reports and press releases are rarer than digests among the annotated texts, not among those to be read."""
_CLASSIFIERS: dict[str, tuple[str, ...]] = {
    "trigger": (),
    "pair": (SAME, OTHER),
    "figure": (LINKED, LOOSE),
    "status": (),
}
_RANKERS = ("place", "date", args.ACTOR, args.TARGET)


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


@dataclass(slots=True)
class Rankings:
    """Groups of described options, which of each are right, and how often each group counts."""

    groups: list[list[list[str]]] = field(default_factory=list)
    right: list[list[bool]] = field(default_factory=list)
    importance: list[float] = field(default_factory=list)

    def add(self, options: list[list[str]], right: list[bool], importance: float = 1.0) -> None:
        """Append the options of one event."""
        self.groups.append(options)
        self.right.append(right)
        self.importance.append(importance)


@dataclass(slots=True)
class Lessons:
    """What the models learn from: for each, what it is to decide, with the right answers."""

    examples: dict[str, Examples] = field(default_factory=lambda: {name: Examples() for name in _CLASSIFIERS})
    rankings: dict[str, Rankings] = field(default_factory=lambda: {name: Rankings() for name in _RANKERS})

    def extend(self, other: Lessons) -> None:
        """Append another's lessons."""
        for name, examples in other.examples.items():
            own = self.examples[name]
            own.items += examples.items
            own.labels += examples.labels
            own.portraits += examples.portraits
            own.importance += examples.importance
        for name, rankings in other.rankings.items():
            self.rankings[name].groups += rankings.groups
            self.rankings[name].right += rankings.right
            self.rankings[name].importance += rankings.importance


def learn_events(reports: Iterable[tuple[Scene, Annotation]]) -> EventModels:
    """Fit all models of the station to annotated reports."""
    lessons = Lessons()
    for scene, annotation in reports:
        lessons.extend(read_lessons(scene, annotation))
    return fit_models(lessons)


def fit_models(lessons: Lessons) -> EventModels:
    """Fit all models of the station to lessons."""
    linear = {
        name: fit_linear(e.items, e.labels, RECIPES[name], possible=_CLASSIFIERS[name], importance=e.importance)
        for name, e in lessons.examples.items()
    }
    ranked = {
        name: fit_ranker(r.groups, r.right, RECIPES[name], importance=r.importance)
        for name, r in lessons.rankings.items()
    }
    roles = (args.ACTOR, args.TARGET)
    ranked["role"] = join_columns([ranked.pop(role) for role in roles], roles)
    painted = lessons.examples["trigger"]
    repeats = np.repeat(np.arange(len(painted.labels)), np.array(painted.importance, np.int64))
    portraits = np.concatenate(painted.portraits)[repeats]
    dense = fit_perceptron(portraits, [painted.labels[i] for i in repeats], TRAINING)
    return EventModels(dense=dense, **linear, **ranked)


def read_lessons(scene: Scene, annotation: Annotation) -> Lessons:
    """Describe what each model is to decide in a report, with the right answers.

    An annotation with ``is_partial`` names some triggers and says nothing of the other words: only the named ones
    teach, and only their types and, where told, their status.
    """
    lessons = Lessons()
    events = annotation["events"]
    by_token = label_tokens(scene, events)
    is_partial = bool(annotation.get("is_partial"))
    candidates = [c for c in find_candidates(scene) if not is_partial or c.key in by_token]
    if not candidates:
        return lessons
    types = [events[by_token[c.key]]["plover"] if c.key in by_token else NONE for c in candidates]
    importance = 1.0 if scene.is_digest or is_partial else REPORT_IMPORTANCE
    lessons.examples["trigger"].add(describe_candidates(scene, candidates), types, importance)
    lessons.examples["trigger"].portraits.append(paint(scene, candidates))
    mentions = [(by_token[c.key], _mention(c, t)) for c, t in zip(candidates, types, strict=True) if t != NONE]
    if is_partial:
        told = [(events[number].get("status"), mention) for number, mention in mentions]
        for status, mention in told:
            if status:
                lessons.examples["status"].add([describe_standing(scene, mention)], [status])
        return lessons
    _add_pairs(lessons.examples["pair"], scene, mentions)
    _add_events(lessons, scene, mentions, annotation)
    # Who vouches for what is told differs between digests and reports; which mentions are one event does not.
    lessons.examples["status"].importance = [importance] * len(lessons.examples["status"].items)
    return lessons


def _add_events(
    lessons: Lessons, scene: Scene, mentions: Sequence[tuple[int, Mention]], annotation: Annotation
) -> None:
    groups: dict[int, list[Mention]] = {}
    for number, mention in mentions:
        groups.setdefault(number, []).append(mention)
    rivals = Counter(s for group in groups.values() for s in {m.candidate.sentence for m in group})
    for number, group in groups.items():
        event = annotation["events"][number]
        ordered = _fullest_first(scene, group, event)
        _add_event(lessons, scene, ordered, event, annotation=annotation, rivals=rivals)


def _fullest_first(scene: Scene, group: list[Mention], event: Annotation) -> list[Mention]:
    """Put the mention annotated as the fullest first, as the surest comes first at runtime."""
    start, end = event["triggers"][0]

    def is_later(mention: Mention) -> bool:
        token = scene.trees[mention.candidate.sentence].tokens[mention.candidate.index]
        return not start <= token.char_start < end

    return sorted(group, key=is_later)


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
    lessons: Lessons,
    scene: Scene,
    group: list[Mention],
    event: Annotation,
    *,
    annotation: Annotation,
    rivals: dict[int, int],
) -> None:
    examples, rankings = lessons.examples, lessons.rankings
    examples["status"].add((describe_standing(scene, m) for m in group), [event["status"]] * len(group))
    _add_roles(rankings, scene, group, event)
    places = place_options(scene, group)
    names = {p["text"] for p in event["places"]}
    right = [o.place.quote in names or o.place.name in names for o in places]
    rankings["place"].add(describe_places(scene, group, places), [not names, *right])
    dates = date_options(scene, group)
    told = event["date"] and date.fromisoformat(event["date"]["start"][:10])
    fits = [o.start == told if told else o.start is None for o in dates]
    rankings["date"].add(describe_dates(scene, group, dates), fits)
    wanted = [(f["start"], f["end"]) for f in annotation["figures"] if f["id"] in event["figures"]]
    figures = figure_options(scene, group)
    linked = [any(f.figure.char_start < b and a < f.figure.char_end for a, b in wanted) for f in figures]
    examples["figure"].add(describe_figures(scene, group, figures, rivals), [LINKED if x else LOOSE for x in linked])


def _add_roles(rankings: dict[str, Rankings], scene: Scene, group: list[Mention], event: Annotation) -> None:
    found = [(m, a) for m in group for a in args.find_arguments(scene, m)]
    described = [item for m in group for item in args.describe_arguments(scene, m, args.find_arguments(scene, m))]
    nobody = args.describe_nobody(scene, group, len(found))
    for role, key in ((args.ACTOR, "actors"), (args.TARGET, "targets")):
        heads = {(at, head) for at, head in _heads_of(scene, group, event[key])}
        right = [(m.candidate.sentence, a.index) in heads for m, a in found]
        rankings[role].add([nobody, *described], [not event[key], *right])


def _heads_of(scene: Scene, group: list[Mention], annotated: Sequence[Annotation]) -> Iterator[Key]:
    """Give the head tokens of annotated phrases that stand in the sentences of an event's mentions."""
    for at in {m.candidate.sentence for m in group}:
        tree = scene.trees[at]
        for one in annotated:
            span = Span(one["start"], one["end"])
            if tree.sentence.char_start <= span.start < tree.sentence.char_end:
                head = tree.head_of(span)
                if head is not None:
                    yield (at, head)


def name_triggers(scene: Scene, event_text: str, event_type: str, status: str | None = None) -> Annotation:
    """Annotate a sentence of which only one event is known, by the words that name it, as a partial annotation.

    The trigger is the first of the words that the station would weigh at all.  Without words the sentence tells of no
    event, and all its words are refused.  Source of such sentences: the PLOVER gold standard records,
    https://github.com/openeventdata/PLOVER, and ``seeds/reference/event_lessons.csv``.
    """
    candidates = find_candidates(scene)
    if not event_text:
        return {"events": []}
    for word in event_text.lower().split():
        for candidate in candidates:
            token = scene.trees[candidate.sentence].tokens[candidate.index]
            if token.text.lower() == word:
                trigger = [[token.char_start, token.char_end]]
                event = {"triggers": trigger, "plover": event_type, "status": status}
                return {"is_partial": True, "events": [event]}
    return {"is_partial": True, "events": []}


def read_own_sentences() -> tuple[dict[str, str], ...]:
    """Read the sentences written for this station: ``sentence``, ``trigger``, ``event_type``, ``status``."""
    return read_reference("event_lessons", ("sentence", "trigger", "event_type", "status"))
