"""The door to the parser: plain lists of words in, plain lists of labels out, loaded once a process.

spaCy is imported when the model is first loaded, not before: commands that parse nothing start without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from transforms.syntax.lemmas import Lemmatizer, read_lexicon

MODEL_FOLDER = Path(__file__).parent / "model"


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


@cache
def load_parser(folder: Path = MODEL_FOLDER) -> Parser:
    """Load the trained parser, once a process.

    Raises:
        WirehouseError: There are no weights in ``folder``.
    """
    from transforms.syntax.pipeline import SpacyParser

    return SpacyParser(folder)


@cache
def load_lemmatizer(folder: Path = MODEL_FOLDER) -> Lemmatizer:
    """Load the lemmatizer's lexicon, once a process."""
    return Lemmatizer(read_lexicon(folder / "lexicon.json"))
