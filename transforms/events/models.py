"""The learnt models of the station, and where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np

from transforms.events.linear import Floats, Linear, load_models, save_models
from transforms.events.perceptron import Perceptron
from transforms.events.portraits import paint
from transforms.events.scene import Scene
from transforms.events.triggers import NONE, Candidate, describe_candidates

MODEL = Path(__file__).parent / "model"
_HOPELESS = 0.88
"""A word the perceptron gives less than twelve in a hundred is not described in full: it would not pass anyway."""
_LINEAR = "linear.npz"
_DENSE = "perceptron.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventModels:
    """What decides: which words are triggers, which belong together, status, roles, place, date, figures."""

    trigger: Linear
    dense: Perceptron
    pair: Linear
    status: Linear
    role: Linear
    place: Linear
    date: Linear
    figure: Linear

    def weigh_candidates(self, scene: Scene, candidates: Sequence[Candidate]) -> Floats:
        """Give the chances of every type for every candidate: the geometric mean of what the two models say."""
        if not candidates:
            return np.zeros((0, len(self.trigger.labels)), np.float32)
        dense = self.dense.probabilities(paint(scene, candidates))
        none = self.dense.labels.index(NONE)
        likely = [i for i, row in enumerate(dense) if row[none] < _HOPELESS]
        chosen = [candidates[i] for i in likely]
        joined = np.sqrt(self.trigger.probabilities(describe_candidates(scene, candidates, chosen)) * dense[likely])
        chances = np.zeros_like(dense)
        chances[:, none] = 1
        chances[likely] = joined / joined.sum(axis=1, keepdims=True)
        return chances

    def save(self, folder: Path = MODEL) -> None:
        """Write the models to a folder."""
        names = [f.name for f in fields(self) if f.name != "dense"]
        save_models(folder / _LINEAR, {name: getattr(self, name) for name in names})
        arrays = {f"{n}.{i}": layer for n, network in enumerate(self.dense.networks) for i, layer in enumerate(network)}
        stored = {name: layer.astype(np.float16) for name, layer in arrays.items()}
        labels = np.frombuffer("\n".join(self.dense.labels).encode(), np.uint8)
        np.savez_compressed(folder / _DENSE, labels=labels, **stored)  # type: ignore[arg-type]


@cache
def load_event_models(folder: Path = MODEL) -> EventModels:
    """Read the models, once a process."""
    with np.load(folder / _DENSE) as stored:
        labels = tuple(stored["labels"].tobytes().decode().split("\n"))
        count = (len(stored.files) - 1) // 4
        networks = [[stored[f"{n}.{i}"].astype(np.float32) for i in range(4)] for n in range(count)]
    dense = Perceptron(labels, tuple((a, b, c, d) for a, b, c, d in networks))
    return EventModels(dense=dense, **load_models(folder / _LINEAR))
