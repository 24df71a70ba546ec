"""Where something stands in a document's text, and the keys made from that."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of characters, ``text[start:end]``."""

    start: int
    end: int

    def quote(self, text: str) -> str:
        """Give the characters the span covers.

        >>> Span(0, 4).quote("Kyiv said")
        'Kyiv'
        """
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


def make_id(*parts: object) -> str:
    """Make a key from what identifies a row: 16 hexadecimal digits, the same on every machine.

    64 bits keep the chance of one collision among a hundred million rows under one in three thousand.

    >>> make_id("figure", "d1", 10, 12) == make_id("figure", "d1", 10, 12)
    True
    """
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def hull(spans: Iterable[Span]) -> Span | None:
    """Give the smallest span that covers all ``spans``, or nothing for none.

    >>> hull([Span(5, 7), Span(1, 3)])
    Span(start=1, end=7)
    """
    listed = list(spans)
    if not listed:
        return None
    return Span(min(s.start for s in listed), max(s.end for s in listed))
