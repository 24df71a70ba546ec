"""The language of a text: Wirehouse reads English and refuses the rest rather than misreading it.

Detection (py3langid, BSD) is asked for bodies of some length only: on headlines it was measured to answer Finnish,
Rwandan and Luganda.  Its answer must agree with the words: a text full of English function words is English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import py3langid

from schemas.limits import Limits
from transforms.reference import read_reference

ENGLISH = "en"
SAMPLE = 20_000
"""Characters looked at; a hundred sentences tell as much as a thousand."""
FEWEST_FUNCTION_WORDS = 0.06
"""Share of words; running English has 0.15 to 0.30 of those listed, other languages under 0.02."""
SURE = 0.12
"""A share from which on nothing else needs to be asked."""
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Telling:
    """What language a text is in.

    Attributes:
        language: ISO 639-1, or nothing when the text is too short to tell.
        is_certain: Whether detection and words agree.
        is_english: Whether the text can be read at all.
    """

    language: str | None
    is_certain: bool
    is_english: bool


def tell_language(text: str, declared: str | None, limits: Limits) -> Telling:
    """Tell the language of a text; a short one is taken at its source's word.

    >>> tell_language("Tres muertos en el puerto. " * 10, "en", Limits()).language
    'es'
    """
    words = WORD.findall(text[:SAMPLE].lower())
    if len(text) < limits.language_characters or not words:
        return Telling(declared, declared == ENGLISH, True)
    known = function_words()
    share = sum(word in known for word in words) / len(words)
    if share >= SURE or (detected := str(py3langid.classify(" ".join(words))[0])) == ENGLISH:
        return Telling(ENGLISH, True, True)
    if share >= FEWEST_FUNCTION_WORDS:
        return Telling(ENGLISH, False, True)
    return Telling(detected, True, False)


@cache
def function_words() -> frozenset[str]:
    """English words without which no English text is written, and which other languages lack."""
    return frozenset(row["word"] for row in read_reference("function_words", ("word",)))
