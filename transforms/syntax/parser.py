"""The door to the parser: plain lists of words in, plain lists of labels out, loaded once a process.

spaCy is imported when the model is first loaded, not before: commands that parse nothing start without it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from transforms.syntax.lemmas import Lemmatizer, read_lexicon
from transforms.syntax.parse import Parser

MODEL_FOLDER = Path(__file__).parent / "model"


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
