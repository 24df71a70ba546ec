"""The learnt models of the station, and where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transforms.events.linear import Linear, load_models, save_models

MODEL = Path(__file__).parent / "model"
WEIGHTS = MODEL / "events.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventModels:
    """What decides: which words are triggers, which belong together, status, roles, place, date, figures."""

    trigger: Linear
    pair: Linear
    status: Linear
    role: Linear
    place: Linear
    date: Linear
    figure: Linear

    def save(self, path: Path = WEIGHTS) -> None:
        """Write the models to one file."""
        save_models(path, {name: getattr(self, name) for name in self.__slots__})


@cache
def load_event_models(path: Path = WEIGHTS) -> EventModels:
    """Read the models, once a process."""
    return EventModels(**load_models(path))
