"""Numerals: the words, digit runs and fraction signs a number is written with.

:func:`scan_atoms` cuts a text into these pieces in one pass; :mod:`transforms.figures.numbers` puts them together.
What a word is worth stands in ``seeds/reference/numerals.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from transforms.reference import read_reference

_THOUSANDS = 3  # digits in a group
_SPACES = "\u00a0\u202f\u2009"
_GLYPHS = frozenset("½¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘⅙⅚")
_SCAN = re.compile(rf"\d+(?:[.,'’{_SPACES}]\d+)*|[½¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘⅙⅚]|[^\W\d_½¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘⅙⅚]+")
SCALES = frozenset({"magnitude", "hundred", "dozen"})
_LONGEST_GAP = 40
_BEFORE_POINT = frozenset(" \t\n([-−–~<>$£€+“\"'")


class Atom(NamedTuple):
    """One piece of a number as written.

    ``part`` is ``digits`` or one of the parts in ``numerals.csv``: unit, teen, tens, hundred, magnitude, dozen, half,
    part (third), parts (thirds), ordinal, suffix (bn), vague (dozens), some (several, few), glyph (½).
    """

    start: int
    end: int
    part: str
    value: float


@cache
def numeral_words() -> dict[str, tuple[str, float]]:
    """Give part and value of every number word, keyed by its lower-case, capitalised and upper-case spellings."""
    words: dict[str, tuple[str, float]] = {}
    for row in read_reference("numerals", ("word", "part", "value")):
        for spelling in (row["word"], row["word"].capitalize(), row["word"].upper()):
            words[spelling] = (row["part"], float(row["value"]))
    return words


def scan_atoms(text: str) -> list[Atom]:
    """Cut the numerals out of ``text``, left to right, in time linear in its length.

    Digit runs are read with English, Swiss and continental separators and in the digits of any script; a run too
    large for a float, or one that is no number (a version, an address), is left out.

    >>> [(a.part, a.value) for a in scan_atoms("1,200 tanks, 12.345,67 and six million")]
    [('digits', 1200.0), ('digits', 12345.67), ('unit', 6.0), ('magnitude', 1000000.0)]
    """
    words = numeral_words()
    atoms: list[Atom] = []
    for match in _SCAN.finditer(text):
        run = match.group()
        known = words.get(run)
        if known is not None:
            atoms.append(Atom(match.start(), match.end(), *known))
        elif run[0].isdecimal():
            _add_digits(text, match.start(), run, atoms)
        elif run in _GLYPHS:
            atoms.append(Atom(match.start(), match.end(), "glyph", unicodedata.numeric(run)))
    return atoms


def _add_digits(text: str, start: int, run: str, atoms: list[Atom]) -> None:
    if run.isdecimal():
        if start and text[start - 1] == "." and (start == 1 or text[start - 2] in _BEFORE_POINT):
            start, run = start - 1, "." + run
        found = [(start, start + len(run), float(run))]
    else:
        found = _read_separated(start, run)
    atoms.extend(Atom(s, e, "digits", value) for s, e, value in found if value < float("inf"))


def _read_separated(start: int, run: str) -> list[tuple[int, int, float]]:
    """Read digits with separators between them: one number if they group it, else the numbers they part."""
    groups = re.split(r"\D", run)
    marks = [c for c in run if not c.isdecimal()]
    lengths = [len(g) for g in groups]
    value = _read_grouped(groups, marks, lengths)
    if value is not None:
        return [(start, start + len(run), value)]
    if "." in marks:
        return _cut_at_commas(start, run) if "," in marks else []
    found = []
    for group in groups:
        found.append((start, start + len(group), float(group)))
        start += len(group) + 1
    return found


def _cut_at_commas(start: int, run: str) -> list[tuple[int, int, float]]:
    found = []
    for piece in run.split(","):
        if piece.count(".") <= 1 and piece.replace(".", "").isdecimal():
            found.append((start, start + len(piece), float(piece)))
        start += len(piece) + 1
    return found


def _read_grouped(groups: list[str], marks: list[str], lengths: list[int]) -> float | None:
    """Read groups of digits as one number by English, continental, Swiss or Indian habit; nothing if by none."""
    whole, point = groups, ""
    if marks[-1] == "." or (marks[-1] == "," and len(marks) > 1 and marks[0] == "."):
        if marks.count(marks[-1]) == 1:
            whole, point, marks, lengths = groups[:-1], groups[-1], marks[:-1], lengths[:-1]
        elif marks[-1] == "." and lengths[-1] != _THOUSANDS:
            return None
    if len(set(marks)) > 1 or not _is_grouped(marks, lengths):
        return None
    return float("".join(whole) + ("." + point if point else ""))


def _is_grouped(marks: list[str], lengths: list[int]) -> bool:
    if not marks:
        return True
    if lengths[0] <= _THOUSANDS and all(n == _THOUSANDS for n in lengths[1:]):
        return True
    is_indian = lengths[-1] == _THOUSANDS and lengths[0] <= 2 and all(n == 2 for n in lengths[1:-1])
    return marks[0] == "," and len(marks) > 1 and is_indian


class Number(NamedTuple):
    """A cardinal number as written: ``text[start:end]`` means ``low`` to ``high``.

    ``form`` is digits, words, vague or fraction.  ``scale`` is the magnitude word it ends in (1 if none), which the
    lower end of a range takes over: «five and six hundred».
    """

    start: int
    end: int
    low: float
    high: float
    form: str = "digits"
    scale: float = 1.0


def gap_kind(gap: str) -> str:
    """Tell what stands between two pieces: space, hyphen, and, comma, point; empty if they belong to two numbers."""
    if gap in ("", " ", "\u00a0"):
        return "space"
    if gap in ("-", "‑", "\u00ad"):
        return "hyphen"
    lower = gap.lower()
    if lower in (" and ", "-and-") or (len(gap) < _LONGEST_GAP and lower.split() in (["and"], ["&"])):
        return "and" if lower[0] not in "a&" and lower[-1] not in "d&" else ""
    if lower in (", ", ", and ", ","):
        return "comma"
    if lower in (" point ", "-point-"):
        return "point"
    if len(gap) < _LONGEST_GAP and gap.isspace() and gap.count("\n") < 2:
        return "space"
    return ""
