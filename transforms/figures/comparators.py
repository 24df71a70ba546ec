"""Comparators: «at least», «up to», «nearly», «or more», and the number each of them is about.

A comparator covers only the number right after (or before) it.  The phrases stand in
``seeds/reference/comparators.csv``.
"""

from __future__ import annotations

import re
from functools import cache

from schemas.vocabulary import Comparator
from transforms.reference import read_reference

_REACH = 48
_NEGATED = re.compile(r"\b(?:no|not)\s$", re.IGNORECASE)
# «between some 50 and 60», «the over 60 …», «another at least 10»: what may stand between comparator and number.
_FILLER = re.compile(
    r"(?:\b(?:another|a further|a total of|an additional|the|a|its|their|another estimated)\s+|[(“\"'])$", re.IGNORECASE
)
_NOT_COMPARING = {
    # «over the past two years», «some» as a determiner of time, «about» of a subject: told by the word before.
    "about": re.compile(
        r"\b(?:statements?|concerns?|questions?|worried|talk(?:s|ed|ing)?|news|information|story|stories|reports?|books?|know|knew|told|asked|said|learned|heard|film|what)\s+$",
        re.IGNORECASE,
    ),
    "under": re.compile(r"\b(?:charged|arrested|detained|sanctions|imposed)\s+$", re.IGNORECASE),
    "around": re.compile(r"\b(?:turned|shot|travel(?:led|ed)?)\s+$", re.IGNORECASE),
    "over": re.compile(
        r"\b(?:win|won|victory|victories|wins|control|concerns?|dispute|disputes|fears?|talks|lead|protests?|anger|preside[sd]?|took|takes|take|taken|sovereignty|flew|flies|flying|clashes|war|row|authority)\s+$",
        re.IGNORECASE,
    ),
    "past": re.compile(r"\b(?:the|in|over|his|her|their|its|our|recent)\s+$", re.IGNORECASE),
    "passed": re.compile(r"\b(?:was|were|been|is|are|have|be)\s+$"),
    "passes": re.compile(r"$^"),
    "tops": re.compile(r"$^"),
    "topped": re.compile(r"\b(?:was|were|is|been)\s+$", re.IGNORECASE),
    "beyond": re.compile(r"$^"),
}


class _Phrases:
    """Comparator phrases in one pattern a side, longest first."""

    def __init__(self) -> None:
        rows = read_reference("comparators", ("phrase", "comparator", "side"))
        self.before = self._index(rows, "before")
        self.after = self._index(rows, "after")
        self.leading = re.compile(rf"(?:{self._alternatives(self.before)})\s*$", re.IGNORECASE)
        after = self._alternatives(self.after)
        self.trailing = re.compile(rf"[\s,]*({after})(?!\w)", re.IGNORECASE)
        joined = self._alternatives({p: c for p, c in self.after.items() if p.startswith("or ")})
        self.detached = re.compile(rf"\s[a-z]+(?:\s[a-z]+)?\s({joined})(?!\w)")
        self.last_words = frozenset(p.split()[-1] for p in self.before)

    @staticmethod
    def _index(rows: tuple[dict[str, str], ...], side: str) -> dict[str, Comparator]:
        return {row["phrase"]: Comparator(row["comparator"]) for row in rows if row["side"] == side}

    @staticmethod
    def _alternatives(phrases: dict[str, Comparator]) -> str:
        longest = sorted(phrases, key=len, reverse=True)
        return "|".join(
            (r"(?<!\w)" if phrase[0].isalpha() else "") + re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest
        )


@cache
def _phrases() -> _Phrases:
    return _Phrases()


# «over two days», «over a five-hour period»: how long it went on, not that it was longer.
_SPAN_OF_TIME = re.compile(
    r"(?:^|(?<!\bin)(?<!\bto)(?<!\bfor)(?<!\bof)(?<!\bafter)(?<!\bby)(?<!\bwith)(?<!just)(?<!well)(?<!little)(?<!\bis)"
    r"(?<!\bwas)(?<!\bnot)(?<!^)\s)over (?:an? )?$|\bover (?:the|a) (?:\w+ )?$"
)
_EXCEEDING = re.compile(r"\b(?:surpass|exceed|pass|cross|top|reach)\w*\s+(?:the|its|their)\s+$")
_LAST_WORD = re.compile(r"([A-Za-z.]+|[<>=≥≤~∼≈±])\s*$")


def find_comparator(text: str, start: int, end: int, *, is_duration: bool = False) -> Comparator:
    """Read the comparator of the number (with its currency and unit) at ``text[start:end]``.

    >>> find_comparator("killed at least 22 people", 16, 18).value
    '>'
    >>> find_comparator("30 or fewer", 0, 2).value
    '<'
    """
    phrases = _phrases()
    after = phrases.trailing.match(text, end, end + _REACH) or phrases.detached.match(text, end, end + _REACH)
    if after is not None and not _is_joined(text, after.end()):
        phrase = _plain(after.group(1))
        if phrase in phrases.after:
            return phrases.after[phrase]
    left = text[max(start - _REACH, 0) : start]
    if is_duration and _SPAN_OF_TIME.search(left):
        return Comparator.EXACTLY
    found = _find_before(phrases, left)
    filler = _FILLER.search(left) if found is None else None
    if filler is not None and filler.start() > 0:
        found = _find_before(phrases, left[: filler.start()])
        if filler.group().strip().lower() in ("the", "its", "their") and not _EXCEEDING.search(left):
            found = None
    return found or Comparator.EXACTLY


def _find_before(phrases: _Phrases, left: str) -> Comparator | None:
    last = _LAST_WORD.search(left)
    if last is None or last.group(1).lower() not in phrases.last_words:
        return None
    match = phrases.leading.search(left)
    if match is None:
        return None
    phrase = _plain(match.group())
    before = left[: match.start()]
    barred = _NOT_COMPARING.get(phrase)
    if barred is not None and barred.search(before):
        return None
    if phrase in ("more than", "over", "less than", "fewer than") and _NEGATED.search(before):
        return Comparator.AT_MOST if phrase in ("more than", "over") else Comparator.AT_LEAST
    return phrases.before[phrase]


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().split()).strip(" ,")


def _is_joined(text: str, end: int) -> bool:
    """«10 or more than 20»: the words behind belong to the next number."""
    return re.match(r"\s+(?:than\s|\$?\d)", text[end : end + 8]) is not None
