"""Quotation marks paired into quotations, whatever a newsroom's keyboard made of them.

Straight and curly, double, single and angular marks are read, mixed, nested, unclosed or never opened.  The pairing
obeys two habits of print: a quotation left open at the end of a paragraph goes on if the next paragraph begins with
an opening mark, and otherwise ends with its paragraph.

Limits: a quotation inside a quotation is part of the outer one; single straight marks count only where both a
plausible opening and a plausible closing mark stand in one paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.spans import Span

_MARK = re.compile(r"''|``|[\"“”„‟‘’‚'«»]|\n")
_TYPED = {"''": '"', "``": "“"}
"""Double marks typed as two single ones, as wire services do, and the mark they stand for."""
_DOUBLE = frozenset('"“”„‟')
_SAME = (("“", "„"), ("''", "``"))
"""Opening marks that stand for each other where a quotation goes on in the next paragraph."""
_LINE_START = re.compile(r"[ \t\r\f\v\u00a0\u200b>•*–—-]*")
_LONGEST = 6_000
"""A quotation longer than this (characters) is an opening mark that was never closed."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: its marks lie inside ``span``; ``is_closed`` if the text closes it."""

    span: Span
    is_closed: bool


@dataclass(slots=True)
class _Open:
    start: int
    family: str


def pair_quotations(text: str) -> tuple[Quotation, ...]:
    """Give the outermost quotations of ``text`` in order; they never overlap.  One pass over the marks.

    >>> text = "“It is ours,” he said. ‘Not “yours”,’ she said."
    >>> [q.span.quote(text) for q in pair_quotations(text)]
    ['“It is ours,”', '‘Not “yours”,’']
    """
    found: list[Quotation] = []
    opened: _Open | None = None
    singles = _SingleMarks(text)
    for match in _MARK.finditer(text):
        at, end = match.span()
        mark = _TYPED.get(match.group(), match.group())
        if mark == "\n":
            if opened is not None and not _goes_on(text, at, opened):
                found.append(_end(text, opened.start, at, is_closed=False))
                opened = None
        elif opened is None:
            family = _opening(text, at, end, mark, singles)
            opened = _Open(at, family) if family else None
        elif _closes(text, at, end, mark, opened.family):
            found.append(Quotation(Span(opened.start, end), is_closed=True))
            opened = None
        elif at - opened.start > _LONGEST:
            opened = None
    if opened is not None:
        found.append(_end(text, opened.start, len(text), is_closed=False))
    return tuple(q for q in found if any(map(str.isalnum, q.span.quote(text))))


class _SingleMarks:
    """Where single straight or curly marks could close a quotation: the last such place of each paragraph."""

    _CLOSE = re.compile(r"(?<=[\w.,!?…;:)\]%-])['’](?!\w)")

    def __init__(self, text: str) -> None:
        self._text = text
        self._limit = -1
        self._last = -1

    def can_close_after(self, at: int) -> bool:
        """Tell whether a closing single mark follows ``at`` in the same line."""
        if at >= self._limit:
            end = self._text.find("\n", at)
            self._limit = len(self._text) if end < 0 else end + 1
            self._last = max((m.start() for m in self._CLOSE.finditer(self._text, at, self._limit)), default=-1)
        return self._last > at + 1


def _opening(text: str, at: int, end: int, mark: str, singles: _SingleMarks) -> str:
    """Name the family of the quotation a mark opens: double, single, angular; empty if it opens none."""
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    is_free = not before or not before.isalnum()
    if mark == "«":
        return "angular"
    if mark in "“„":
        return "double" if after and not after.isspace() else ""
    if mark in '"‟':
        opens = bool(after) and not after.isspace() and (not before or before.isspace() or before in "([{—–-:,/…")
        return "double" if opens else ""
    if mark in "‘‚'" and is_free and after.isalnum() and (not before or before.isspace() or before in "([{—–-:"):
        return "single" if singles.can_close_after(at) else ""
    return ""


def _closes(text: str, at: int, end: int, mark: str, family: str) -> bool:
    """Tell whether a mark closes an open quotation of ``family``."""
    before, after = text[at - 1 : at], text[end : end + 1]
    if family == "angular":
        return mark == "»"
    if family == "single":
        return mark in "'’" and not after.isalnum() and not before.isspace()
    if mark not in _DOUBLE:
        return False
    if mark == "”":
        return True
    if mark == '"':
        return not before.isspace() or not after.isalnum()
    # An opening curly mark used to close: nothing readable follows it.
    return not after or (after.isspace() and not before.isspace()) or after == "\n"


def _goes_on(text: str, at: int, opened: _Open) -> bool:
    """Tell whether the quotation open at the line break ``at`` goes on: the next line opens with its mark."""
    if at - opened.start > _LONGEST:
        return False
    following = at
    while following < len(text) and text[following] == "\n" and following - at < 8:
        following = _LINE_START.match(text, following + 1).end()  # type: ignore[union-attr]
    marks = next((m for m in _SAME if text.startswith(m, opened.start)), (text[opened.start],))
    return text.startswith(marks, following)


def _end(text: str, start: int, end: int, *, is_closed: bool) -> Quotation:
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(Span(start, end), is_closed)
