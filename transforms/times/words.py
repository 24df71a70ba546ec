"""Words of time and how they are matched."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.times.reading import Reading, Standpoint

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Standpoint], Reading | None]]
"""A pattern and what a match of it means; nothing if the match is no expression of time after all."""

MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_MONTH_NUMBERS = {
    name: n // 3 + 1 for n in range(0, 36, 3) if (name := "janfebmaraprmayjunjulaugsepoctnovdec"[n : n + 3])
}
DAYS = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
DAY_NUMBERS = {name: number for number, name in enumerate(DAYS[3:-1].split("|"))}
YEAR = r"(?:1[0-9]|20)\d\d"
ORDINAL = r"(?:st|nd|rd|th)?"
DASH = r"\s*(?:-|–|—)\s*"
PART = r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|the (?:start|beginning|middle|end) of)[\s-]+)?"
COUNT = (
    r"(?:\d{1,3}|[Aa]n?(?: couple of)?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en"
    r"|[Ee]leven|[Tt]welve|[Ff]ifteen|[Tt]wenty|[Tt]hirty|[Ff]ifty)"
)
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
    "a couple of": 2,
}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
"""First and last month; 13 and 14 belong to the next year."""
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def compile_rule(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that may not stand inside a word or number."""
    return re.compile(rf"(?<![\w/-])(?:{pattern})(?![\w])")


def month_number(name: str) -> int:
    """Give the number of a month by its name or abbreviation.

    >>> month_number("Sept."), month_number("MARCH")
    (9, 3)
    """
    return _MONTH_NUMBERS[name[:3].lower()]


def count_of(word: str) -> int:
    """Give the number a small numeral means.

    >>> count_of("a couple of"), count_of("12"), count_of("Two")
    (2, 12, 2)
    """
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def part_of(match: re.Match[str]) -> str:
    """Give «early», «mid» or «late» as said of a period, or nothing.

    >>> part_of(re.match(PART, "the end of May"))
    'end'
    """
    words = (match["part"] or "").lower().replace("the ", "").replace(" of", "").replace("middle", "mid").split()
    return words[0] if words else ""
