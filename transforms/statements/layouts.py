"""Statements told by layout alone: transcripts («MAYOR: …») and quotations signed after a dash («“…” — A. Reader»).

Neither has a verb; they are read off lines.  A single line that begins with a word and a colon is no transcript.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.spans import Span
from transforms.statements.quotations import Quotation

_TURN = re.compile(
    r"^[ \t\"“]{0,4}(?P<source>[^\W\d_a-z][^:\n“”\"()\[\]]{0,44})(?:\s?[(\[][^)\]\n]{1,40}[)\]])?(?P<cue>:)"
    r"[ \t\u00a0]+(?P<content>\S[^\n]*)$",
    re.M,
)
_SPOKEN = re.compile(r"[^\W\d_]{2}.*[.?!…—–\"”\])]\s*$")
_SMALL = frozenset({"of", "the", "van", "von", "de", "al", "bin", "and"})
_MANY_TURNS = 3
_SIGNATURE = re.compile(
    r"[ \t\u00a0]*(?:\n\s{0,3})?(?P<cue>[―—–]|--?)[ \t\u00a0]*(?P<source>[A-Z][^\n“”\"―—:;?!]{1,70})"
)
_FOLLOWS = re.compile(r"\s*(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Layout:
    """A statement read off the layout."""

    source: Span
    cue: Span
    content: Span


def find_layouts(text: str, quotations: Sequence[Quotation]) -> tuple[Layout, ...]:
    r"""Give the turns of transcripts and the signed quotations of ``text``, in order.

    A transcript has at least three turns, and one of its speakers comes back.

    >>> text = "MAYOR: We stay.\nREPORTER: Why?\nMAYOR: We must."
    >>> [(x.source.quote(text), x.content.quote(text)) for x in find_layouts(text, ())]
    [('MAYOR', 'We stay.'), ('REPORTER', 'Why?'), ('MAYOR', 'We must.')]
    """
    found = [*_find_turns(text), *_find_signed(text, quotations)]
    found.sort(key=lambda layout: layout.cue)
    return tuple(found)


def _find_turns(text: str) -> list[Layout]:
    turns = [m for m in _TURN.finditer(text) if _SPOKEN.search(m["content"]) and _is_name(m["source"])]
    names = Counter(m["source"] for m in turns)
    if len(turns) < _MANY_TURNS or max(names.values(), default=0) < 2 or len(names) < 2:
        return []
    return [
        Layout(Span(*m.span("source")), Span(*m.span("cue")), _trim(text, Span(*m.span("content"))))
        for m in turns
        if m["source"].isupper() or names[m["source"]] > 1
    ]


def _is_name(words: str) -> bool:
    parts = words.split()
    return len(words) > 1 and len(parts) <= 6 and all(w[:1].isupper() or w in _SMALL for w in parts)


def _trim(text: str, content: Span) -> Span:
    """Drop the mark that closes a quotation run over all turns."""
    end = content.start + len(content.quote(text).rstrip())
    if text[end - 1] in '"”' and not any(mark in text[content.start : end - 1] for mark in '"“'):
        end -= 1
    return Span(content.start, end)


def _find_signed(text: str, quotations: Sequence[Quotation]) -> list[Layout]:
    found: list[Layout] = []
    for quotation in quotations:
        span = quotation.span
        before = text[max(0, span.start - 3) : span.start].rstrip(" \t\u00a0>*•")
        match = _SIGNATURE.match(text, span.end, span.end + 90)
        if match is None or (before and before[-1] != "\n") or span.end - span.start < 25:
            continue
        if not _FOLLOWS.match(text, match.end()):
            continue
        source = match["source"].rstrip(" .\t\u00a0")
        start = match.start("source")
        found.append(Layout(Span(start, start + len(source)), Span(*match.span("cue")), span))
    return found
