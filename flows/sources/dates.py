"""Publication dates as sources write them: ISO 8601, RFC 2822, seconds since 1970, dates in words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from math import isfinite

from dateutil import parser

LONGEST = 64
SECONDS = range(100_000_000, 10_000_000_000)
"""Numbers read as seconds since 1970: 1973 to 2286.  A thousand times as much is milliseconds."""
AMBIGUOUS = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}\b")
NAMED_YEAR = re.compile(r"\b\d{4}\b")
PROBES = (datetime(1904, 2, 29), datetime(2000, 12, 17))  # noqa: DTZ001 (only fill what a date leaves out)
ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BST": 1, "CET": 1}


def parse_instant(value: object) -> datetime | None:
    """Read a date or time as an instant in UTC; one without a zone is taken as UTC, a day as its midnight.

    Numbers are seconds or milliseconds since 1970.  ``03/04/2024`` is refused, since nobody knows which month it
    names; so is a date without a year.

    >>> parse_instant("Wed, 01 May 2024 10:00:00 +0200").isoformat()
    '2024-05-01T08:00:00+00:00'
    >>> parse_instant(1714557600).isoformat()
    '2024-05-01T10:00:00+00:00'
    >>> parse_instant("03/04/2024"), parse_instant("yesterday")
    (None, None)
    """
    if isinstance(value, datetime):
        return in_utc(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return from_number(value)
    text = str(value).strip()
    if not text or len(text) > LONGEST:
        return None
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
        return from_number(int(text))
    return from_iso(text) or from_words(text)


def from_number(value: float) -> datetime | None:
    """Read seconds or milliseconds since 1970."""
    if not isfinite(value) or abs(value) > SECONDS.stop * 1000:
        return None
    seconds = value / 1000 if value >= SECONDS.stop else value
    if not SECONDS.start <= seconds < SECONDS.stop:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def from_iso(text: str) -> datetime | None:
    """Read ISO 8601, with a space for the T allowed."""
    try:
        return in_utc(datetime.fromisoformat(text))
    except ValueError:
        return None


def from_words(text: str) -> datetime | None:
    """Read RFC 2822 and dates in words that name day, month and year."""
    match = AMBIGUOUS.match(text)
    if match and int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2]:
        return None
    if not NAMED_YEAR.search(text):
        return None
    try:
        return in_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    try:
        first, second = (parser.parse(text, default=probe, tzinfos=zone) for probe in PROBES)
    except (ValueError, TypeError, OverflowError, ArithmeticError, AttributeError, IndexError):
        return None
    if (first.year, first.month, first.day) != (second.year, second.month, second.day):
        return None
    named = first if re.search(r"\d:\d|\d\s*[ap]\.?m\b", text, re.IGNORECASE) else first.replace(hour=0, minute=0)
    return in_utc(named)


def zone(name: str | None, offset: int | None) -> int:
    """Give a named zone's distance from UTC in seconds; an unknown one counts as UTC."""
    return offset if offset is not None else ZONES.get((name or "").upper(), 0) * 3600


def in_utc(value: datetime) -> datetime | None:
    """Give an instant in UTC, or nothing where UTC leaves the calendar."""
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
