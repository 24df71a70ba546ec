"""The parser: a spaCy pipeline of our own making, and the door between it and plain lists of words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import spacy
from spacy.attrs import NORM
from spacy.language import Language

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


def normalise_word(word: str) -> str:
    """Give the form under which the model knows a word: lower case, figures masked, apostrophes straight.

    A model of some hundred thousand words has seen few numbers twice; a year keeps its look, for it hangs
    elsewhere in a sentence than a count.

    >>> normalise_word("2,300"), normalise_word("2022"), normalise_word("Don’t")
    ('0,000', '2000', "don't")
    """
    if _YEAR.fullmatch(word):
        return "2000"
    return _DIGIT.sub("0", word.lower().replace("’", "'"))


class NewsDefaults(Language.Defaults):
    """English without spaCy's tables: forms are normalised by rule, words are cut by our own tokenizer."""

    lex_attr_getters: dict[int, Callable[[str], Any]] = {
        **Language.Defaults.lex_attr_getters,
        NORM: normalise_word,
    }


@spacy.registry.languages("wirenews")
class NewsEnglish(Language):
    """The language the weights are trained for."""

    lang = "wirenews"
    Defaults = NewsDefaults
