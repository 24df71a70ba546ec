"""Learn the weights of the places station (``weights.json``); numpy only, the same weights for the same input.

Two linear models: a logit that tells toponyms from other names, and a conditional logit (McFadden, 1974) that
chooses among the places of a name, climbing the likelihood that one of those near the right point is chosen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt

from schemas.documents import Document
from transforms.places import is_accepted
from transforms.places.corpora import Coverage, PlacedText, Point
from transforms.places.evidence import find_evidence, survey
from transforms.places.gazetteer import load_gazetteer
from transforms.places.resolution import find_containers, gather_containers, survey_places, weigh
from transforms.places.spotting import Toponym, spot_toponyms
from transforms.reference.adagrad import AdaGrad, Floats, find_numbers, learn_classes, number_features, softmax
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree

SEED = 1
ACCEPT_PASSES = 12
ACCEPT_RATE = 0.05
ACCEPT_PENALTY = 2e-3
ACCEPT_SEEN = 4
ACCEPT_SMALLEST = 0.02
EVENT_COPIES = 2
"""So often the places of events count in ``accept``."""
RANK_PASSES = 15
RANK_RATE = 0.15
RANK_PENALTY = 1e-4
RANK_COPIES = 4
"""So often the places of events count in ``rank``."""
AT_POINT = 25.0
"""Kilometres from the right point within which every candidate is right."""
NEAR_POINT = 161.0
"""Kilometres (a hundred miles) within which one is right if none is closer; without any the name is left out."""
_EARTH = 12_742.0

Weights = dict[str, float]
Choice = tuple[Sequence[Mapping[str, float]], Sequence[bool]]
"""One name's candidates, each as its evidence, and which of them are right."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text to learn from, parsed, with what some table knows as a place and the evidence for each."""

    placed: PlacedText
    trees: tuple[Tree, ...]
    toponyms: tuple[Toponym, ...]
    evidence: tuple[list[str], ...]


def read_texts(texts: Iterable[PlacedText]) -> Iterator[Reading]:
    """Parse texts and spot their toponyms, as the station does."""
    listed = list(texts)
    gazetteer = load_gazetteer()
    parsed = read_sentences((str(number), placed.text) for number, placed in enumerate(listed))
    for placed, sentences in zip(listed, parsed, strict=True):
        trees = tuple(Tree(s) for s in sentences)
        document = Document(
            document_id="", article_id="", source_name="", text=placed.text, text_digest="", raw_digest="", origin=""
        )
        toponyms = tuple(spot_toponyms(document, trees, gazetteer))
        around = survey(trees, toponyms)
        yield Reading(placed, trees, toponyms, tuple(find_evidence(trees[t.tree], t, around) for t in toponyms))


def learn_places(readings: Sequence[Reading]) -> dict[str, Weights]:
    """Learn ``accept`` from all texts, then ``rank`` from the toponyms it accepts whose point is known."""
    accept = learn_accept(example for reading in readings for example in judge_toponyms(reading))
    choices = (choice for reading in readings for choice in find_choices(reading, accept))
    return {"accept": accept, "rank": learn_rank(choices)}


def judge_toponyms(reading: Reading) -> Iterator[tuple[list[str], bool]]:
    """Give the evidence of each stretch that the annotation judges, and whether it is a toponym."""
    copies = EVENT_COPIES if reading.placed.coverage is Coverage.EVENTS else 1
    for toponym, evidence in zip(reading.toponyms, reading.evidence, strict=True):
        judged = reading.placed.judge(toponym)
        if judged is not None:
            yield from [(evidence, judged)] * copies


def learn_accept(examples: Iterable[tuple[list[str], bool]]) -> Weights:
    """Learn a weight for each piece of evidence that a stretch is a toponym; their sum is its log odds.

    >>> weights = learn_accept([(["before=in"], True), (["surname"], False)] * 4)
    >>> weights["before=in"] > 0 > weights["surname"]
    True
    """
    listed = list(examples)
    numbers = number_features((evidence for evidence, _ in listed), ACCEPT_SEEN)
    encoded = [(find_numbers(evidence, numbers), int(right)) for evidence, right in listed]
    weights = learn_classes(
        encoded,
        (len(numbers), 2),
        passes=ACCEPT_PASSES,
        rate=ACCEPT_RATE,
        penalty=ACCEPT_PENALTY,
        seed=SEED,
    )
    odds = weights[:, 1] - weights[:, 0]
    return {f: round(w, 3) for f, n in numbers.items() if abs(w := float(odds[n])) >= ACCEPT_SMALLEST}


def find_choices(reading: Reading, accept: Weights) -> Iterator[Choice]:
    """Give the choices among the places of each accepted name whose point is known."""
    trees = reading.trees
    toponyms = [
        t
        for t, evidence in zip(reading.toponyms, reading.evidence, strict=True)
        if is_accepted(t, sum(accept.get(f, 0.0) for f in evidence))
    ]
    land = survey_places(toponyms)
    near = find_containers(trees, toponyms)
    copies = RANK_COPIES if reading.placed.coverage is Coverage.EVENTS else 1
    for toponym, beside in zip(toponyms, near, strict=True):
        point = reading.placed.points.get(toponym.span.start)
        if point is None or len(toponym.candidates) < 2:
            continue
        right = find_right([distance(point, (c.latitude, c.longitude)) for c in toponym.candidates])
        if any(right):
            containers = gather_containers(toponyms, beside)
            yield from [([weigh(toponym, c, land, containers) for c in toponym.candidates], right)] * copies


def distance(one: Point, two: Point) -> float:
    """Give the great-circle distance of two points in kilometres.

    >>> round(distance((48.86, 2.35), (51.51, -0.13)))
    343
    """
    north, west, south, east = (radians(x) for x in (one[0], one[1], two[0], two[1]))
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin((east - west) / 2) ** 2
    return _EARTH * asin(min(1.0, sqrt(half)))


def find_right(distances: Sequence[float]) -> list[bool]:
    """Tell which candidates are right by their distance from the right point, in kilometres.

    >>> find_right([3.0, 90.0]), find_right([90.0, 200.0]), find_right([400.0])
    ([True, False], [True, False], [False])
    """
    limit = AT_POINT if min(distances) <= AT_POINT else NEAR_POINT
    return [d <= limit for d in distances]


def learn_rank(choices: Iterable[Choice]) -> Weights:
    """Learn a weight for each piece of evidence for a candidate.

    >>> weights = learn_rank([([{"near": 1.0}, {"dwarfed": 1.0}], [True, False])])
    >>> weights["near"] > weights["dwarfed"]
    True
    """
    listed = list(choices)
    numbers = number_features(((name for found in rows for name in found) for rows, _ in listed), 1)
    encoded = [(_encode(rows, numbers), np.array(right)) for rows, right in listed]
    learner = AdaGrad(np.zeros(len(numbers)), RANK_RATE, RANK_PENALTY)
    order = np.random.default_rng(SEED)
    for _ in range(RANK_PASSES):
        for number in order.permutation(len(encoded)):
            learner.step(slice(None), _slope(learner.weights, *encoded[number]))
    return {name: round(float(learner.weights[n]), 3) for name, n in numbers.items()}


def _encode(rows: Sequence[Mapping[str, float]], numbers: dict[str, int]) -> Floats:
    encoded = np.zeros((len(rows), len(numbers)))
    for row, found in zip(encoded, rows, strict=True):
        for name, value in found.items():
            row[numbers[name]] = value
    return encoded


def _slope(weights: Floats, rows: Floats, right: npt.NDArray[np.bool_]) -> Floats:
    chances = softmax(rows @ weights)
    wanted = np.where(right, chances, 0.0)
    return np.asarray((chances - wanted / max(wanted.sum(), 1e-9)) @ rows)


def save_weights(file: Path, weights: Mapping[str, Weights]) -> None:
    """Write the weights where the station reads them."""
    file.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
