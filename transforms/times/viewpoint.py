"""Dates seen from the day of publication, or from the day last spoken of: «on Friday», «last week», «overnight»."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from schemas.vocabulary import DatePrecision as Precision
from transforms.times.reading import (
    Reading,
    Standpoint,
    nearest_weekday,
    relative,
    shift,
    unit_span,
    unresolved,
)
from transforms.times.words import COUNT, DASH, DAY_NUMBERS, DAYS, Rule, compile_rule, count_of


def _read_weekday(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «on Friday», «last Friday», «next Monday», «Friday night», «Monday through Wednesday»."""
    which = (match["which"] or "").lower()
    if at.published is None:
        return unresolved(Precision.DAY)
    ahead = which in ("next", "coming", "this coming") or (at.is_future and which not in ("last", "past", "previous"))
    own = Standpoint(at.published, None, ahead)
    day = nearest_weekday(DAY_NUMBERS[match["day"]], own, strict=which in ("last", "next", "previous", "past"))
    if day is None:
        return None
    if match["last"]:
        length = (DAY_NUMBERS[match["last"]] - day.weekday()) % 7
        return relative(day, day + timedelta(days=length), Precision.INTERVAL)
    if (match["clock"] or "").strip().endswith("overnight"):
        return relative(day, day + timedelta(days=1))
    return relative(day)


_NAMED = {
    "today": (0, 0), "tonight": (0, 0), "this morning": (0, 0), "this afternoon": (0, 0), "this evening": (0, 0),
    "yesterday": (-1, -1), "last night": (-1, -1), "tomorrow": (1, 1), "overnight": (-1, 0),
    "the day before yesterday": (-2, -2), "the day after tomorrow": (2, 2),
    "earlier in the day": (0, 0), "later in the day": (0, 0), "earlier today": (0, 0), "later today": (0, 0),
    "early yesterday": (-1, -1), "late yesterday": (-1, -1),
}  # fmt: skip


def _read_named(match: re.Match[str], at: Standpoint) -> Reading | None:
    if at.published is None:
        return unresolved(Precision.DAY)
    first, last = _NAMED[" ".join(match["named"].lower().split())]
    start, end = shift(at.published, first, "day"), shift(at.published, last, "day")
    return relative(start, end) if start and end else None


def _read_weekend(match: re.Match[str], at: Standpoint) -> Reading | None:
    if at.published is None:
        return unresolved(Precision.INTERVAL)
    which = (match["which"] or "").lower()
    ahead = which in ("next", "this coming", "coming") or (at.is_future and which != "last")
    saturday = nearest_weekday(5, Standpoint(at.published, None, ahead), strict=which in ("last", "next"))
    return relative(saturday, saturday + timedelta(days=1), Precision.INTERVAL) if saturday else None


def _read_unit(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «last week», «this month», «next year», «earlier this month», «later this year»."""
    unit, which = match["unit"].lower(), match["which"].lower()
    precision = {"decade": Precision.DECADE, "quarter": Precision.QUARTER}.get(unit) or Precision(unit)
    if at.published is None:
        return unresolved(precision)
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[which.split()[-1]]
    amount, by = (3 * step, "month") if unit == "quarter" else (step, unit)
    day = shift(at.published, amount, by)
    if day is None:
        return None
    start, end = unit_span(day, unit)
    when = (match["when"] or "").lower()
    if when == "earlier":
        end = max(start, at.published - timedelta(days=1))
    elif when == "later":
        start = min(end, at.published)
    return relative(start, end, precision)


def _read_ago(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «two days ago», «a week earlier», «three months later»: the last two count from the day spoken of."""
    unit, way = match["unit"].lower(), match["way"].lower()
    precision = Precision.WEEK if unit == "fortnight" else Precision(unit)
    here = at.published if way == "ago" else at.spoken_of
    if here is None:
        return unresolved(precision)
    day = shift(here, count_of(match["count"]) * (1 if way in ("later", "after") else -1), unit)
    if day is None:
        return unresolved(precision)
    return relative(*(unit_span(day, unit) if unit in ("month", "year", "decade") else (day, day)), precision)


def _read_past(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «in the past three days», «over the last two weeks», «in the next five years», «the past 24 hours»."""
    if at.published is None:
        return unresolved(Precision.INTERVAL)
    count, unit = count_of(match["count"] or "one"), match["unit"].lower()
    if unit == "hour":
        count, unit = max(1, round(count / 24)), "day"
    ahead = match["which"].lower() in ("next", "coming")
    other = shift(at.published, count if ahead else -count, unit)
    if other is None:
        return unresolved(Precision.INTERVAL)
    return relative(*((at.published, other) if ahead else (other, at.published)), Precision.INTERVAL)


def _read_neighbour(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «the previous day», «the following day», «the same day», «the day before»."""
    if at.spoken_of is None:
        return unresolved(Precision.DAY)
    word = (match["which"] or match["way"]).lower()
    day = shift(at.spoken_of, {"previous": -1, "before": -1, "same": 0}.get(word, 1), "day")
    return relative(day) if day else None


_CLOCK = r"(?:\s+(?:morning|afternoon|evening|night|overnight))?"
_UNITS = r"(?:day|week|fortnight|month|year|decade)"


@cache
def viewpoint_rules() -> tuple[Rule, ...]:
    """Give the rules for dates that depend on the day of publication; of two matches the longer wins."""
    named = "|".join(re.sub(" ", r"\\s+", n) for n in sorted(_NAMED, key=len, reverse=True))
    named = re.sub(r"(?:^|(?<=\|))([a-z])", lambda m: f"[{m[1].upper()}{m[1]}]", named)
    return (
        (
            compile_rule(
                rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: coming)?|[Pp]ast|[Pp]revious)\s+)?"
                rf"(?P<day>{DAYS})(?:(?:{DASH}|\s+(?:to|through|until)\s+)(?P<last>{DAYS}))?(?P<clock>{_CLOCK})"
            ),
            _read_weekday,
        ),
        (compile_rule(rf"(?P<named>{named})"), _read_named),
        (
            compile_rule(r"(?:[Oo]ver\s+)?(?P<which>[Ll]ast|[Tt]his|[Tt]his coming|[Nn]ext|[Tt]he)\s+weekend"),
            _read_weekend,
        ),
        (
            compile_rule(
                r"(?:(?P<when>[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly)\s+)?"
                r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he (?:past|previous|current|coming))\s+"
                r"(?P<unit>week|month|year|quarter|decade)(?!['’-]|s\b)"
            ),
            _read_unit,
        ),
        (
            compile_rule(
                rf"(?:(?:[Aa]bout|[Aa]lmost|[Nn]early|[Mm]ore than|[Oo]ver|[Jj]ust|[Ss]ome)\s+)?(?P<count>{COUNT})\s+"
                rf"(?P<unit>{_UNITS})s?\s+(?P<way>ago|earlier|before|later|prior)"
            ),
            _read_ago,
        ),
        (
            compile_rule(
                rf"(?:[Tt]he|[Tt]hese)\s+(?P<which>last|past|next|previous|coming)\s+(?:(?P<count>{COUNT})\s+)?"
                r"(?P<unit>hour|day|week|month|year|decade)s"
            ),
            _read_past,
        ),
        (
            compile_rule(
                r"(?:[Tt]he|[Tt]hat)\s+(?:(?P<which>previous|following|next|same)\s+day|day\s+(?P<way>before|after))(?!\s+(?:the|he|she|they))"
            ),
            _read_neighbour,
        ),
    )
