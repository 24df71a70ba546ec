"""Learning the event models from lessons: which recipe each is fitted by."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from transforms.events import arguments as args
from transforms.events.annotations import Annotation
from transforms.events.fitting import Recipe, fit_linear, fit_ranker
from transforms.events.lessons import CLASSIFIERS, Lessons, read_lessons
from transforms.events.linear import join_columns
from transforms.events.models import EventModels
from transforms.events.perceptron import Training, fit_perceptron
from transforms.events.scene import Scene

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


TRAINING = Training(networks=3, passes=10, rate=0.004, batch=192)


def learn_events(reports: Iterable[tuple[Scene, Annotation]]) -> EventModels:
    """Fit all models of the station to annotated reports."""
    lessons = Lessons()
    for scene, annotation in reports:
        lessons.extend(read_lessons(scene, annotation))
    return fit_models(lessons)


def fit_models(lessons: Lessons) -> EventModels:
    """Fit all models of the station to lessons."""
    linear = {
        name: fit_linear(e.items, e.labels, RECIPES[name], possible=CLASSIFIERS[name], importance=e.importance)
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
