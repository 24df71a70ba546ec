"""Fit linear models: multinomial logistic regression by AdaGrad, averaged over the last passes.

Deterministic: the order of the items is drawn from a fixed seed, sums run in one thread's order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.events.linear import Floats, Linear, softmax


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a model is fitted: ``min_count`` is how often a feature must be seen, ``decay`` the L2 penalty a pass."""

    passes: int = 14
    rate: float = 0.25
    decay: float = 0.02
    min_count: int = 2
    batch: int = 64
    seed: int = 7


def fit_linear(
    items: Sequence[Sequence[str]],
    labels: Sequence[str],
    recipe: Recipe,
    *,
    possible: Sequence[str] = (),
    importance: Sequence[float] | None = None,
) -> Linear:
    """Fit a model that tells the labels from the features; ``possible`` names labels that may not occur.

    >>> model = fit_linear([["a"], ["b"]] * 8, ["x", "y"] * 8, Recipe())
    >>> [model.labels[i] for i in model.score([["a"], ["b"]]).argmax(axis=1)]
    ['x', 'y']
    """
    counts = Counter(feature for item in items for feature in set(item))
    rows = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= recipe.min_count))}
    names = tuple(sorted({*labels, *possible}))
    if not items:
        return Linear(names, {}, np.zeros((1, len(names)), np.float32))
    matrix = _pad([[rows[f] for f in dict.fromkeys(item) if f in rows] for item in items], len(rows))
    wanted = np.array([names.index(label) for label in labels])
    share = np.ones(len(labels), np.float32) if importance is None else np.array(importance, np.float32)
    return Linear(names, rows, _descend(matrix, wanted, share, (len(rows) + 1, len(names)), recipe))


def fit_ranker(
    groups: Sequence[Sequence[Sequence[str]]],
    right: Sequence[Sequence[bool]],
    recipe: Recipe,
    *,
    importance: Sequence[float] | None = None,
) -> Linear:
    """Fit a model that ranks the options of a group: what is learnt is the chance of the right ones among all.

    Groups without a right option teach nothing and are left out.

    >>> model = fit_ranker([[["near"], ["far"]]] * 4, [[True, False]] * 4, Recipe())
    >>> float(model.score([["near"]])[0, 0]) > float(model.score([["far"]])[0, 0])
    True
    """
    given = [1.0] * len(groups) if importance is None else importance
    weighed = [(g, r, share) for g, r, share in zip(groups, right, given, strict=True) if any(r) and len(g) > 1]
    kept = [(g, r) for g, r, _ in weighed]
    counts = Counter(feature for group, _ in kept for item in group for feature in set(item))
    rows = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= recipe.min_count))}
    if not kept:
        return Linear(("right",), {}, np.zeros((1, 1), np.float32))
    sizes = [len(group) for group, _ in kept]
    items = [[rows[f] for f in dict.fromkeys(item) if f in rows] for group, _ in kept for item in group]
    matrix = _pad(items, len(rows))
    flags = np.array([flag for _, listed in kept for flag in listed], np.float32)
    shares = [share for _, _, share in weighed]
    weights = _descend_groups(matrix, flags, sizes, shares=shares, height=len(rows) + 1, recipe=recipe)
    return Linear(("right",), rows, weights)


def _descend_groups(
    matrix: npt.NDArray[np.int64],
    right: Floats,
    sizes: Sequence[int],
    *,
    shares: Sequence[float],
    height: int,
    recipe: Recipe,
) -> Floats:
    weights, squares, total = (np.zeros((height, 1), np.float32) for _ in range(3))
    ends = np.cumsum(sizes)
    rng = np.random.default_rng(recipe.seed)
    averaged_from = recipe.passes // 2
    for number in range(recipe.passes):
        for at in rng.permutation(len(sizes)):
            own = slice(int(ends[at]) - sizes[at], int(ends[at]))
            rows = matrix[own]
            scores = weights[rows, 0].sum(axis=1)
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            wanted = chances * right[own]
            error = shares[at] * (chances - wanted / max(float(wanted.sum()), 1e-9))
            touched, places = np.unique(rows, return_inverse=True)
            gradient = np.zeros(len(touched), np.float32)
            np.add.at(gradient, places.reshape(rows.shape), error[:, None])
            gradient += recipe.decay * weights[touched, 0] / 8
            squares[touched, 0] += gradient**2
            weights[touched, 0] -= recipe.rate * gradient / np.sqrt(squares[touched, 0] + 1e-6)
            weights[-1] = 0
        if number >= averaged_from:
            total += weights
    return (total / max(recipe.passes - averaged_from, 1)).astype(np.float32)


def _pad(lists: list[list[int]], none: int) -> npt.NDArray[np.int64]:
    width = max((len(row) for row in lists), default=1)
    matrix = np.full((len(lists), width), none, np.int64)
    for i, row in enumerate(lists):
        matrix[i, : len(row)] = row
    return matrix


def _sum_by_feature(rows: npt.NDArray[np.int64], error: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Add up the errors of the items each feature stands in; sorting first is several times quicker than adding at."""
    flat = rows.ravel()
    order = np.argsort(flat, kind="stable")
    ordered = flat[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    sums: Floats = np.add.reduceat(error[order // rows.shape[1]], starts, axis=0)
    return ordered[starts], sums


def _descend(
    matrix: npt.NDArray[np.int64],
    wanted: npt.NDArray[np.int64],
    share: Floats,
    shape: tuple[int, int],
    recipe: Recipe,
) -> Floats:
    weights, squares, total = (np.zeros(shape, np.float32) for _ in range(3))
    rng = np.random.default_rng(recipe.seed)
    averaged_from = recipe.passes // 2
    none = shape[0] - 1
    for number in range(recipe.passes):
        order = rng.permutation(len(matrix))
        for at in range(0, len(order), recipe.batch):
            chosen = order[at : at + recipe.batch]
            rows = matrix[chosen]
            error = softmax(weights[rows].sum(axis=1))
            error[np.arange(len(chosen)), wanted[chosen]] -= 1
            error *= share[chosen, None]
            touched, gradient = _sum_by_feature(rows, error)
            gradient += recipe.decay * weights[touched]
            squares[touched] += gradient**2
            weights[touched] -= recipe.rate * gradient / np.sqrt(squares[touched] + 1e-6)
            weights[none] = 0
        if number >= averaged_from:
            total += weights
    return (total / max(recipe.passes - averaged_from, 1)).astype(np.float32)
