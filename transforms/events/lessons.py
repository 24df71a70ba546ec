"""Lessons: what each event model is to decide in an annotated text, described as at runtime, with the right answers.

Every text is carried down the road first, so that the models learn from what the other stations find, not from what
they should find; annotations only give the labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from schemas.spans import Span
from schemas.vocabulary import Status
from transforms.events import arguments as args
from transforms.events.annotations import Annotation, Told
from transforms.events.dating import date_options, describe_dates
from transforms.events.linear import Floats
from transforms.events.mentions import OTHER, SAME, Mention, describe_pair, find_pairs
from transforms.events.portraits import paint
from transforms.events.quantities import LINKED, LOOSE, describe_figures, figure_options
from transforms.events.scene import Key, Scene
from transforms.events.standing import describe_standing
from transforms.events.triggers import NONE, Candidate, describe_candidates, find_candidates
from transforms.events.whereabouts import describe_places, place_options

_IMPORTANCE = {Told.ALL: 2.0, Told.EVENTS: 1.0, Told.TRIGGERS: 2.0, Told.NAMED: 3.0}
"""How much an annotation weighs, by what it tells: judged articles are many, passages and records short."""
_STATUS_IMPORTANCE = {Told.ALL: 2.0, Told.EVENTS: 1.0, Told.TRIGGERS: 1.0, Told.NAMED: 1.0}
"""The same for the status, which shows in whole texts best."""
_PAIR_IMPORTANCE = {Told.ALL: 1.0, Told.EVENTS: 0.3}
"""The same for which mentions are one event: reports part events more finely than judged articles do."""
_WHOLE = (Told.ALL, Told.EVENTS)
_DIGEST_IMPORTANCE = 1.0
"""Digests are commoner among the annotated texts than among those to be read."""
CLASSIFIERS: dict[str, tuple[str, ...]] = {
    "trigger": (),
    "pair": (SAME, OTHER),
    "figure": (LINKED, LOOSE),
    "status": (),
}
"""The models that give an item one of some labels, with those labels that may not occur in the lessons."""
RANKERS = ("place", "date", args.ACTOR, args.TARGET)
"""The models that choose among options."""


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

    examples: dict[str, Examples] = field(default_factory=lambda: {name: Examples() for name in CLASSIFIERS})
    rankings: dict[str, Rankings] = field(default_factory=lambda: {name: Rankings() for name in RANKERS})

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


def read_lessons(scene: Scene, annotation: Annotation) -> Lessons:
    """Describe what each model is to decide in a text, with the right answers, as far as the annotation tells them."""
    lessons = Lessons()
    events, told = annotation["events"], annotation.get("told", Told.ALL)
    by_token = label_tokens(scene, events)
    candidates = [c for c in find_candidates(scene) if told != Told.NAMED or c.key in by_token]
    if not candidates:
        return lessons
    types = [events[by_token[c.key]]["plover"] if c.key in by_token else NONE for c in candidates]
    importance = _weigh(scene, _IMPORTANCE[told])
    lessons.examples["trigger"].add(describe_candidates(scene, candidates), types, importance)
    lessons.examples["trigger"].portraits.append(paint(scene, candidates))
    mentions = [(by_token[c.key], _mention(c, t)) for c, t in zip(candidates, types, strict=True) if t != NONE]
    # Who vouches for what is told differs between digests and reports; which mentions are one event does not.
    vouched = mentions if told in _WHOLE else [m for m in mentions if not _is_hearsay(scene, m[1], events[m[0]])]
    _add_statuses(lessons.examples["status"], scene, vouched, events, _weigh(scene, _STATUS_IMPORTANCE[told]))
    if told in _WHOLE:
        _add_pairs(lessons.examples["pair"], scene, mentions, _PAIR_IMPORTANCE[told])
        _add_events(lessons, scene, mentions, annotation)
    return lessons


def _is_hearsay(scene: Scene, mention: Mention, event: Annotation) -> bool:
    """Tell whether a passage vouches for what somebody says in it: a sentence does not show on whose word it rests."""
    candidate = mention.candidate
    token = scene.trees[candidate.sentence].tokens[candidate.index]
    is_said = scene.statement_at(candidate.sentence, token.char_start) is not None
    return is_said and event.get("status") == Status.ASSERTED


def _weigh(scene: Scene, importance: float) -> float:
    return min(importance, _DIGEST_IMPORTANCE) if scene.is_digest else importance


def _add_statuses(
    examples: Examples,
    scene: Scene,
    mentions: Sequence[tuple[int, Mention]],
    events: Sequence[Annotation],
    importance: float,
) -> None:
    for number, mention in mentions:
        status = events[number].get("status")
        if status:
            examples.add([describe_standing(scene, mention)], [status], importance)


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
        if "actors" in event:
            _add_roles(lessons.rankings, scene, ordered, event)
            _add_places(lessons.rankings["place"], scene, ordered, event)
        if annotation.get("told", Told.ALL) == Told.ALL:
            _add_date(lessons.rankings["date"], scene, ordered, event)
            _add_figures(lessons.examples["figure"], scene, ordered, event, annotation=annotation, rivals=rivals)


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


def _add_pairs(examples: Examples, scene: Scene, mentions: Sequence[tuple[int, Mention]], importance: float) -> None:
    listed = [mention for _, mention in mentions]
    for a, b in find_pairs(scene, listed):
        same = mentions[a][0] == mentions[b][0]
        examples.add([describe_pair(scene, listed[a], listed[b], b - a - 1)], [SAME if same else OTHER], importance)


def _add_places(rankings: Rankings, scene: Scene, group: list[Mention], event: Annotation) -> None:
    text = scene.document.text
    names = {text[place["start"] : place["end"]] for place in event["places"]}
    options = place_options(scene, group)
    right = [o.place.quote in names or o.place.name in names for o in options]
    rankings.add(describe_places(scene, group, options), [not names, *right])


def _add_date(rankings: Rankings, scene: Scene, group: list[Mention], event: Annotation) -> None:
    options = date_options(scene, group)
    told = event["date"] and date.fromisoformat(event["date"]["start"][:10])
    rankings.add(describe_dates(scene, group, options), [o.start == told if told else o.start is None for o in options])


def _add_figures(
    examples: Examples,
    scene: Scene,
    group: list[Mention],
    event: Annotation,
    *,
    annotation: Annotation,
    rivals: dict[int, int],
) -> None:
    wanted = [(f["start"], f["end"]) for f in annotation["figures"] if f["id"] in event["figures"]]
    options = figure_options(scene, group)
    linked = [any(o.figure.char_start < b and a < o.figure.char_end for a, b in wanted) for o in options]
    examples.add(describe_figures(scene, group, options, rivals), [LINKED if x else LOOSE for x in linked])


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
