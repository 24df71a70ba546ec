"""A perceptron with one hidden layer over dense descriptions: it knows words the linear model has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.events.linear import Floats, softmax

Integers = npt.NDArray[np.int64]
Layers = tuple[Floats, Floats, Floats, Floats]
"""Hidden weights and biases, output weights and biases."""


@dataclass(frozen=True, slots=True)
class Perceptron:
    """Several networks of one shape whose chances are averaged; ``width`` numbers in, one chance a label out."""

    labels: tuple[str, ...]
    networks: tuple[Layers, ...]

    def probabilities(self, items: Floats) -> Floats:
        """Give each item's chances over the labels, (items, labels)."""
        total = np.zeros((len(items), len(self.labels)), np.float32)
        if len(items):
            for hidden, bias, out, out_bias in self.networks:
                total += softmax(np.maximum(items @ hidden + bias, 0) @ out + out_bias)
        return total / np.float32(len(self.networks) or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """How a perceptron is fitted (Adam, dropout on inputs and hidden units, the rate falling to nothing)."""

    hidden: int = 96
    passes: int = 12
    rate: float = 0.002
    input_dropout: float = 0.1
    hidden_dropout: float = 0.4
    decay: float = 0.001
    batch: int = 64
    networks: int = 3


def fit_perceptron(items: Floats, labels: Sequence[str], training: Training) -> Perceptron:
    """Fit the networks, each from another fixed seed; the same items give the same networks."""
    names = tuple(sorted(set(labels)))
    wanted = np.array([names.index(label) for label in labels])
    fitted = [_fit_network(items, wanted, len(names), training, seed) for seed in range(training.networks)]
    return Perceptron(names, tuple(fitted))


def _fit_network(items: Floats, wanted: Integers, count: int, training: Training, seed: int) -> Layers:
    rng = np.random.default_rng(seed)
    layers = _start(items.shape[1], training.hidden, count, rng)
    means, squares = [np.zeros_like(p) for p in layers], [np.zeros_like(p) for p in layers]
    steps = 0
    for number in range(training.passes):
        rate = training.rate * (1 - number / training.passes)
        order = rng.permutation(len(items))
        for at in range(0, len(order), training.batch):
            chosen = order[at : at + training.batch]
            steps += 1
            gradients = _gradients(layers, items[chosen], wanted[chosen], training, rng)
            for layer, gradient, mean, square in zip(layers, gradients, means, squares, strict=True):
                mean += 0.1 * (gradient - mean)
                square += 0.001 * (gradient**2 - square)
                move = (mean / (1 - 0.9**steps)) / (np.sqrt(square / (1 - 0.999**steps)) + 1e-8)
                layer -= np.float32(rate) * (move + training.decay * layer)
    return layers


def _start(width: int, hidden: int, count: int, rng: np.random.Generator) -> Layers:
    first = (rng.standard_normal((width, hidden)) * np.sqrt(2 / width)).astype(np.float32)
    second = (rng.standard_normal((hidden, count)) * np.sqrt(1 / hidden)).astype(np.float32)
    return first, np.zeros(hidden, np.float32), second, np.zeros(count, np.float32)


def _gradients(layers: Layers, items: Floats, wanted: Integers, training: Training, rng: np.random.Generator) -> Layers:
    hidden, bias, out, out_bias = layers
    kept = rng.random(items.shape, np.float32) > training.input_dropout
    given: Floats = (items * kept / np.float32(1 - training.input_dropout)).astype(np.float32)
    before = given @ hidden + bias
    passing: Floats = ((before > 0) & (rng.random(before.shape, np.float32) > training.hidden_dropout)).astype(
        np.float32
    )
    passing /= np.float32(1 - training.hidden_dropout)
    after: Floats = (before * passing).astype(np.float32)
    error: Floats = softmax((after @ out + out_bias).astype(np.float32))
    error[np.arange(len(items)), wanted] -= 1
    error /= np.float32(len(items))
    back: Floats = ((error @ out.T) * passing).astype(np.float32)
    slopes = (given.T @ back, back.sum(axis=0), after.T @ error, error.sum(axis=0))
    first, first_bias, second, second_bias = (slope.astype(np.float32) for slope in slopes)
    return first, first_bias, second, second_bias
