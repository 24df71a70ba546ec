"""What a parser gives, and what anything that parses must do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Parse:
    """What the model says of one list of words: parallel lists; a root points at itself."""

    pos: list[str]
    tags: list[str]
    relations: list[str]
    heads: list[int]


class Parser(Protocol):
    """Anything that parses lists of words."""

    def parse(self, sentences: Sequence[list[str]]) -> list[Parse]:
        """Parse each list of words as one sentence."""
        ...
