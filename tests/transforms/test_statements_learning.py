"""The learner of the statements station: what it keeps, what it leaves at zero, and the mean it gives."""

from __future__ import annotations

import numpy as np

from transforms.statements.annotations import Example
from transforms.statements.learner import SEEN, Learner
from transforms.statements.training import OWN, _weigh

OFTEN, SELDOM = 11, 12


def _learner() -> tuple[Learner, np.ndarray]:
    rows = np.array([[OFTEN]] * SEEN + [[SELDOM]] * (SEEN - 1), np.int32)
    learner = Learner(2, [rows], np.random.default_rng(1))
    return learner, learner.fold(rows)


def test_a_feature_seldom_met_is_not_learnt() -> None:
    learner, rows = _learner()
    learner.step(rows, np.tile(np.array([1.0, -1.0], np.float32), (len(rows), 1)))
    table = learner.finish()
    assert table[OFTEN].tolist()[0] < 0 < table[OFTEN].tolist()[1]
    assert not table[SELDOM].any()
    assert np.flatnonzero(table.any(axis=1)).tolist() == [OFTEN]


def test_the_mean_over_the_steps_is_given() -> None:
    learner, rows = _learner()
    seen = []
    for gradient in (1.0, -3.0, 2.0):
        learner.step(rows[:1], np.array([[gradient, 0.0]], np.float32))
        seen.append(float(learner.score(rows[:1])[0, 0]))
    assert np.isclose(learner.finish()[OFTEN, 0], np.mean(seen), atol=1e-6)


def test_the_mean_forgets_what_came_before_it_begins() -> None:
    learner, rows = _learner()
    learner.step(rows[:1], np.array([[5.0, 0.0]], np.float32))
    learner.begin_mean()
    learner.step(rows[:1], np.array([[-1.0, 0.0]], np.float32))
    assert np.isclose(learner.finish()[OFTEN, 0], learner.score(rows[:1])[0, 0])


def test_the_projects_own_annotation_counts_more_often() -> None:
    theirs = Example(text="", trees=(), attributions=())
    ours = Example(text="", trees=(), attributions=(), is_complete=False)
    assert _weigh([theirs, ours, theirs]) == [0, 1, 2] + [1] * (OWN - 1)
