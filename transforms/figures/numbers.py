"""The grammar of numbers: which stretches of a text are one number, and how much it is.

It stands alone: :func:`find_numbers` needs nothing but a text, runs in time linear in it, and does not judge what a
number is for; dates and designations are sorted out by :mod:`transforms.figures.designations`.  Source of the
grammar: English usage as in Huddleston and Pullum (2002), ch. 5 §10, and the failures of other readers collected for
this project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from transforms.figures.cardinals import read_cardinal
from transforms.figures.numerals import Atom, Number, scan_atoms
from transforms.figures.shares import read_fraction, read_scaled, read_share
from transforms.reference import read_reference

_FEW = re.compile(r"\ba\s$", re.IGNORECASE)
_SCORES_FOLLOW = re.compile(
    r"\s+(?:of|more|were|are|have|killed|injured|wounded|dead|arrested|missing|others)\b", re.IGNORECASE
)
_CONNECTOR = re.compile(
    r"\s*(?:-|–|—|‑|~)\s*(?:to[ -])?|\s+(?:to|or|and|up to|through|till|versus)\s+|-to-?|\sto-|-or-| - ", re.IGNORECASE
)
_GAP_MAX = 12
_BETWEEN = re.compile(r"\bbetween\s(?:\w+\s){0,2}[$£€]?$|\b(?:ages|ranges?) of\s$", re.IGNORECASE)


def find_numbers(text: str) -> tuple[Number, ...]:
    """Find every cardinal number of ``text``, ranges with both ends in one, vague ones as intervals, in order.

    Ordinals («twenty-first», «5th») and years in words are none; «one», a date's or a designation's digits are
    numbers here.  Never raises; linear in the text.

    >>> [(n.low, n.high) for n in find_numbers("between five and six hundred, half a million, 3-5 billion, dozens")]
    [(500.0, 600.0), (500000.0, 500000.0), (3000000000.0, 5000000000.0), (24.0, 99.0)]
    """
    return join_ranges(text, read_numbers(text, scan_atoms(text)))


def read_numbers(text: str, atoms: Sequence[Atom]) -> list[Number]:
    """Put ``atoms`` together to numbers; ranges stay two."""
    numbers: list[Number] = []
    at = 0
    while at < len(atoms):
        number, following = _read_one(text, atoms, at)
        if number is not None and (not numbers or numbers[-1].end <= number.start):
            numbers.append(number)
        at = max(following, at + 1)
    return numbers


def _read_one(text: str, atoms: Sequence[Atom], at: int) -> tuple[Number | None, int]:
    part = atoms[at].part
    if part in ("vague", "some"):
        return _read_vague(text, atoms, at)
    if part in ("suffix", "ordinal", "parts"):
        return None, at + 1
    if part in ("half", "part"):
        return read_share(text, atoms, at)
    if part == "glyph":
        return read_scaled(text, atoms, at, atoms[at].value)
    return read_fraction(text, atoms, at) or read_cardinal(text, atoms, at)


@cache
def _vague_phrases() -> tuple[re.Pattern[str], dict[str, tuple[float, float]]]:
    rows = read_reference("vague_numbers", ("phrase", "low", "high"))
    known = {row["phrase"]: (float(row["low"]), float(row["high"])) for row in rows}
    listed = sorted((re.escape(p).replace(r"\ ", r"\s+") for p in known), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(listed)})(?![\w-])", re.IGNORECASE), known


def _read_vague(text: str, atoms: Sequence[Atom], at: int) -> tuple[Number | None, int]:
    """Read «dozens», «tens of thousands», «several hundred» as the interval the reference table gives."""
    pattern, known = _vague_phrases()
    start = atoms[at].start
    article = _FEW.search(text, max(start - 2, 0), start) if atoms[at].part == "some" else None
    match = (pattern.match(text, article.start()) if article else None) or pattern.match(text, start)
    if match is None:
        return None, at + 1
    low, high = known[" ".join(match.group().lower().split())]
    is_verb = match.group().lower() in ("scores", "tens") and not _SCORES_FOLLOW.match(text, match.end())
    following = at + 1
    while following < len(atoms) and atoms[following].start < match.end():
        following += 1
    number = None if is_verb else Number(match.start(), match.end(), low, high, "vague", 1.0)
    return number, following


def join_ranges(text: str, numbers: Sequence[Number]) -> tuple[Number, ...]:
    """Join the two ends of a range: «5 to 10», «3-5 billion», «between five and six hundred».

    A pair that falls («27–24», «62 to 38») stays two, and so does one around «and» without «between».
    """
    joined: list[Number] = []
    for number in numbers:
        if joined:
            pair = _join(text, joined[-1], number)
            if pair is not None:
                joined[-1] = pair
                continue
        joined.append(number)
    return tuple(joined)


def _join(text: str, low: Number, high: Number) -> Number | None:
    gap = text[low.end : high.start]
    word = gap.strip().lower()
    if "range" in (low.form, high.form) or not is_range(text, low.start, gap):
        return None
    bottom = low.low
    if high.scale > 1 and low.scale == 1 and low.form != "vague" and bottom < high.high / high.scale:
        bottom *= high.scale
    if bottom >= high.high or ("fraction" in (low.form, high.form) and low.form != high.form):
        return None
    if word == "or" and high.high / high.scale - bottom / high.scale != 1:
        return None
    return Number(low.start, high.end, bottom, high.high, "range", high.scale)


def is_range(text: str, start: int, gap: str) -> bool:
    """Tell whether ``gap`` joins two numbers, the first of which begins at ``start``, to a range.

    >>> is_range("5 to 10", 0, " to "), is_range("5 and 10", 0, " and "), is_range("between 5 and 10", 8, " and ")
    (True, False, True)
    """
    if len(gap) > _GAP_MAX or _CONNECTOR.fullmatch(gap) is None:
        return False
    return gap.strip().lower() != "and" or _BETWEEN.search(text, max(start - 30, 0), start) is not None
