"""Shares: «two-thirds», «3/4», «half of», «a quarter of a million»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.figures.numerals import SCALES, Atom, Number

_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100})
_SHARE_FOLLOWS = re.compile(
    r"\s+(?:of\b|as\b|more\b|less\b|higher\b|lower\b|larger\b|smaller\b|from\b|in\s\d|to\b|the\b|since\b|on\s)"
    r"|\s*[.,;:!?)\]”\"]|\s*$",
    re.IGNORECASE,
)
_HALF_FOLLOWS = re.compile(r"\s+(?:of|the|its|their|his|her|our|my|all|that|this|those|these|an?|as)\b", re.IGNORECASE)
_HALF_LEADS = re.compile(
    r"(?:\b(?:than|nearly|almost|about|over|under|by|least|around|roughly|some|approximately|only|just|in|to|cut|"
    r"exactly|up|remaining|and)\s)$",
    re.IGNORECASE,
)
_HALF_NAMED = re.compile(
    r"\b(?:first|second|third|fourth|last|latter|other|top|bottom|upper|lower|final|early|late|opening|closing|better|"
    r"eastern|western|northern|southern|left|right)\s$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|A|An)[ -]$")


def read_slashed(text: str, atoms: Sequence[Atom], at: int) -> tuple[float, int] | None:
    """Read «3/4» that begins with the atom ``at``: its value and its end."""
    if at + 1 >= len(atoms) or atoms[at].part != "digits" or atoms[at + 1].part != "digits":
        return None
    above, below = atoms[at], atoms[at + 1]
    if (
        text[above.end : below.start] not in ("/", "⁄")
        or below.value not in _DENOMINATORS
        or not 0 < above.value < below.value
    ):
        return None
    if text[below.end : below.end + 1] in ("/", "⁄") or above.value % 1 or below.value % 1:
        return None
    return above.value / below.value, below.end


def read_fraction(text: str, atoms: Sequence[Atom], at: int) -> tuple[Number | None, int] | None:
    """Read «two-thirds», «one fifth», «3/4»; nothing if ``at`` begins no fraction."""
    slashed = read_slashed(text, atoms, at)
    if slashed is not None:
        value, end = slashed
        return Number(atoms[at].start, end, value, value, "fraction"), at + 2
    if at + 1 >= len(atoms) or atoms[at].part not in ("unit", "teen"):
        return None
    above, below = atoms[at], atoms[at + 1]
    if text[above.end : below.start] not in (" ", "-") or not above.value:
        return None
    is_share = below.part == "parts" if above.value > 1 else below.part in ("part", "half")
    if not is_share:
        return None
    number, following = read_scaled(text, atoms, at + 1, above.value / below.value)
    return (number._replace(start=above.start) if number else None), following


def read_scaled(text: str, atoms: Sequence[Atom], at: int, value: float) -> tuple[Number | None, int]:
    """Read «of a million» after a share: the share of that magnitude, or the share alone."""
    atom = atoms[at]
    if at + 1 < len(atoms) and atoms[at + 1].part in SCALES:
        gap = text[atom.end : atoms[at + 1].start].lower()
        if gap in (" of a ", " a ", " an ", " ", "-", "-a-"):
            scale = atoms[at + 1].value
            return Number(atom.start, atoms[at + 1].end, value * scale, value * scale, "words", scale), at + 2
    return Number(atom.start, atom.end, value, value, "fraction"), at + 1


def read_share(text: str, atoms: Sequence[Atom], at: int) -> tuple[Number | None, int]:
    """Read «half» and «a third» where they measure a share, not where they name one of two or come third."""
    atom = atoms[at]
    number, following = read_scaled(text, atoms, at, 1 / atom.value)
    if number is None or number.form == "words":
        return (number, following) if atom.part == "half" else (_with_article(text, number), following)
    if atom.part == "half":
        is_share = _HALF_FOLLOWS.match(text, atom.end) or (
            _HALF_LEADS.search(text, max(atom.start - 16, 0), atom.start) and text[atom.end : atom.end + 1] != "-"
        )
        is_named = _HALF_NAMED.search(text, max(atom.start - 12, 0), atom.start) is not None
        return (number if is_share and not is_named else None), following
    article = _ARTICLE.search(text, max(atom.start - 3, 0), atom.start)
    if article and _SHARE_FOLLOWS.match(text, atom.end):
        return number._replace(start=article.start()), following
    return None, following


def _with_article(text: str, number: Number | None) -> Number | None:
    article = number and _ARTICLE.search(text, max(number.start - 3, 0), number.start)
    return number._replace(start=article.start()) if number and article else None
