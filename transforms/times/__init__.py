"""Times: expressions of date found in a text and resolved to intervals of days."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from schemas.documents import Document
from schemas.spans import Span, make_id
from schemas.times import Time
from schemas.vocabulary import DatePrecision
from transforms.syntax.clauses import find_modal
from transforms.syntax.tree import Tree
from transforms.times.calendar_dates import calendar_rules
from transforms.times.reading import Reading, Standpoint
from transforms.times.viewpoint import viewpoint_rules
from transforms.times.words import Rule

__all__ = ["find_times"]

_DATELINE_CHARS = 200
"""A full date in the first characters of an undated text is its date."""

_PLANNING = frozenset(
    (
        "plan",
        "expect",
        "schedule",
        "set",
        "due",
        "intend",
        "vow",
        "promise",
        "pledge",
        "aim",
        "hope",
        "prepare",
        "slate",
    )
)

Match = tuple[Span, re.Match[str], Rule]


def find_times(document: Document, trees: Sequence[Tree]) -> tuple[Time, ...]:
    """Find the expressions of time and the days they mean, in text order.

    What names its year rests on itself; the rest is seen from ``document.published_at``, backwards unless the clause
    looks ahead.  Without that date a full date at the very beginning of the text serves; without either such
    expressions stay unresolved.  Nothing is made of clock times, of durations («for two days»), of words like «soon».
    """
    matches = _find_matches(document.text)
    published = document.published_at.date() if document.published_at else _find_dateline(matches)
    starts = [tree.sentence.char_start for tree in trees]
    found: list[Time] = []
    spoken_of = published
    for span, match, (_, read) in matches:
        number = bisect_right(starts, span.start) - 1
        if number < 0 or span.end > trees[number].sentence.char_end:
            continue
        tree = trees[number]
        reading = read(match, Standpoint(published, spoken_of, _looks_ahead(tree, span)))
        if reading is None:
            continue
        if reading.start and reading.precision is DatePrecision.DAY:
            spoken_of = reading.start
        found.append(_make_time(document, tree.sentence.sentence_no, span, reading))
    return tuple(found)


def _find_matches(text: str) -> list[Match]:
    """Give the matches of all rules that do not overlap: the earlier first, of two at one place the longer."""
    found = [
        (Span(*match.span()), match, rule)
        for rule in (*calendar_rules(), *viewpoint_rules())
        for match in rule[0].finditer(text)
    ]
    found.sort(key=lambda m: (m[0].start, -m[0].end))
    kept: list[Match] = []
    for one in found:
        if not kept or one[0].start >= kept[-1][0].end:
            kept.append(one)
        elif one[0].end - one[0].start > kept[-1][0].end - kept[-1][0].start:
            kept[-1] = one
    return kept


def _find_dateline(matches: Sequence[Match]) -> date | None:
    for span, match, (_, read) in matches:
        if span.start > _DATELINE_CHARS:
            break
        reading = read(match, Standpoint(None, None))
        if reading and reading.start and reading.start == reading.end:
            return reading.start
    return None


def _looks_ahead(tree: Tree, span: Span) -> bool:
    """Tell whether the clause around an expression speaks of the future: «will», «is to», «plans to»."""
    inside = tree.tokens_in(span)
    at: int | None = tree.head_of(span) if inside else None
    steps = 0
    while at is not None and steps < 4:
        token = tree.tokens[at]
        if token.pos in ("VERB", "AUX", "ADJ", "NOUN") or token.relation == "root":
            modal = find_modal(tree, at)
            if modal is not None and tree.tokens[modal].text.lower() in ("will", "shall", "'ll", "’ll"):
                return True
            if token.lemma in _PLANNING and any(
                tree.tokens[c].relation in ("xcomp", "ccomp") for c in tree.children(at)
            ):
                return True
            if token.pos == "VERB" and token.tag in ("VBD", "VBN") and steps:
                return False
            steps += 1
        at = tree.parent(at)
    return False


def _make_time(document: Document, sentence_no: int, span: Span, reading: Reading) -> Time:
    return Time(
        time_id=make_id("time", document.document_id, span.start, span.end),
        document_id=document.document_id,
        sentence_no=sentence_no,
        char_start=span.start,
        char_end=span.end,
        quote=span.quote(document.text),
        start_date=reading.start,
        end_date=reading.end,
        precision=reading.precision,
        basis=reading.basis,
    )
