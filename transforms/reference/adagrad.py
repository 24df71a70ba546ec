"""AdaGrad: steps that grow smaller for a weight the more it has moved (Duchi, Hazan and Singer, 2011)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_EASE = 1e-2
"""Added to the sum of squares, so that a weight's first step is not its longest."""


@dataclass(slots=True)
class AdaGrad:
    """Weights under training, one for each row, or a row of them for each feature.

    Args:
        weights: The weights, changed in place.
        rate: Length of a step.
        penalty: Pull towards zero (ℓ2) at every step of a weight.
    """

    weights: Floats
    rate: float
    penalty: float
    _squares: Floats = field(init=False)

    def __post_init__(self) -> None:
        self._squares = np.zeros_like(self.weights)

    def step(self, at: npt.NDArray[np.intp] | slice, gradient: Floats) -> None:
        """Move the weights of the rows ``at`` (each named once) against their gradient."""
        pull = gradient + self.penalty * self.weights[at]
        self._squares[at] += pull**2
        self.weights[at] -= self.rate * pull / np.sqrt(self._squares[at] + _EASE)


def number_features(examples: Iterable[Iterable[str]], seen: int) -> dict[str, int]:
    """Number the features that at least ``seen`` examples have, in the order of their names.

    >>> number_features([["b", "a"], ["a", "b", "b"], ["c", "a"]], 2)
    {'a': 0, 'b': 1}
    """
    counts = Counter(feature for example in examples for feature in set(example))
    return {feature: number for number, feature in enumerate(sorted(f for f, c in counts.items() if c >= seen))}


def find_numbers(example: Iterable[str], numbers: dict[str, int]) -> npt.NDArray[np.intp]:
    """Give the numbers of an example's features, each once; features without one are left out.

    >>> find_numbers(["b", "x", "a", "b"], {"a": 0, "b": 1}).tolist()
    [0, 1]
    """
    return np.array(sorted({numbers[feature] for feature in example if feature in numbers}), dtype=np.intp)


def softmax(scores: Floats) -> Floats:
    """Make probabilities of scores along the last axis.

    >>> softmax(np.array([0.0, 0.0])).tolist()
    [0.5, 0.5]
    """
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def learn_classes(
    examples: Sequence[tuple[npt.NDArray[np.intp], int]],
    shape: tuple[int, int],
    *,
    passes: int,
    rate: float,
    penalty: float,
    seed: int,
) -> Floats:
    """Learn a multinomial logit: features by number to classes by number.

    Args:
        examples: Numbers of the features of each, and its class.
        shape: How many features and classes there are.
        passes: Passes over all examples, each in an order of its own.
        rate: Length of a step.
        penalty: Pull towards zero (ℓ2).
        seed: Fixes the orders.

    Returns:
        A weight for every feature and class.

    >>> one, two = np.array([0]), np.array([1])
    >>> w = learn_classes([(one, 0), (two, 1)], (2, 2), passes=5, rate=0.1, penalty=0.0, seed=0)
    >>> bool(w[0, 0] > w[0, 1] and w[1, 1] > w[1, 0])
    True
    """
    learner = AdaGrad(np.zeros(shape), rate, penalty)
    order = np.random.default_rng(seed)
    for _ in range(passes):
        for number in order.permutation(len(examples)):
            at, right = examples[number]
            gap = softmax(learner.weights[at].sum(axis=0))
            gap[right] -= 1.0
            learner.step(at, np.tile(gap, (len(at), 1)))
    return learner.weights
