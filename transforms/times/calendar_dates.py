"""Dates of the calendar: days, months, years, seasons, holidays, with or without their year."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from schemas.vocabulary import DatePrecision as Precision
from transforms.reference.tables import read_reference
from transforms.times.reading import (
    FIRST_YEAR,
    Reading,
    Standpoint,
    days,
    holiday_date,
    make_date,
    month_span,
    narrow,
    nearest_year,
    relative,
    unit_span,
    unresolved,
)
from transforms.times.words import (
    DASH,
    MONTHS,
    ORDINAL,
    PART,
    QUARTERS,
    SEASONS,
    YEAR,
    Rule,
    compile_rule,
    month_number,
    part_of,
)


def _read_iso(match: re.Match[str], at: Standpoint) -> Reading | None:
    day = make_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return days(day) if day else None


def _read_slashed(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «25/12/2021» and «12/25/2021»; «03/05/2021» may be either and stays open."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    found = {d for d in (make_date(year, one, two), make_date(year, two, one)) if d is not None}
    if len(found) == 1:
        return days(found.pop())
    return unresolved(Precision.DAY) if found else None


def _read_day(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «5 March 2022», «March 5», «March 5-7, 2022», «25 and 26 October»."""
    month, first = month_number(match["month"]), int(match["day"])
    last = int(match["last"] or first)
    year = int(match["year"]) if match["year"] else None
    precision = Precision.DAY if first == last else Precision.INTERVAL
    if year:
        start, end = make_date(year, month, first), make_date(year, month, last)
    else:
        start = nearest_year(month, first, at)
        end = make_date(start.year, month, last) if start else None
        if not start and at.published is None:
            return unresolved(precision) if 1 <= first <= 31 else None
    if start is None or end is None or end < start:
        return None
    return days(start, end, precision) if year else relative(start, end, precision)


def _read_span(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «28 February to 3 March 2022», «from March 28 to April 2»."""
    year = int(match["year"]) if match["year"] else None
    one, two = month_number(match["month"]), month_number(match["month2"])
    end = make_date(year, two, int(match["day2"])) if year else nearest_year(two, int(match["day2"]), at)
    if end is None:
        return None if year or at.published else unresolved(Precision.INTERVAL)
    start = make_date(end.year - (one > two), one, int(match["day"]))
    if start is None or start > end:
        return None
    return days(start, end, Precision.INTERVAL) if year else relative(start, end, Precision.INTERVAL)


def _read_month(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «March 2022», «early March 2022», «in March», «last March»."""
    month = month_number(match["month"])
    if match["year"]:
        return days(*narrow(*month_span(int(match["year"]), month), part_of(match)), Precision.MONTH)
    if at.published is None:
        return unresolved(Precision.MONTH)
    here, which = at.published, (match["which"] or "").strip().lower()
    year = here.year - (month > here.month)
    if which == "last" and month == here.month:
        year -= 1
    if which == "next" or (at.is_future and which != "last"):
        year = here.year + (month < here.month or (which == "next" and month == here.month))
    return relative(*narrow(*month_span(year, month), part_of(match)), Precision.MONTH)


def _read_year(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «2014», but no number of a model or a resolution: «the Boeing 1999»."""
    year = int(match["year"])
    before = match.string[max(match.start() - 30, 0) : match.start()].rstrip().rpartition(" ")[2]
    is_name = before[:1].isupper() and before[1:].islower() and before.lower() not in _BEFORE_YEAR
    if year < FIRST_YEAR or is_name:
        return None
    start, end = narrow(date(year, 1, 1), date(year, 12, 31), part_of(match))
    return days(start, end, Precision.YEAR)


def _read_years(match: re.Match[str], at: Standpoint) -> Reading | None:
    """Read «2014–2018», «2021-22», «between 2014 and 2018»."""
    first, last = int(match["year"]), match["last"]
    end = int(str(first)[: 4 - len(last)] + last)
    if end <= first:
        return None
    return days(date(first, 1, 1), date(end, 12, 31), Precision.INTERVAL)


def _read_decade(match: re.Match[str], at: Standpoint) -> Reading | None:
    first = int(match["year"]) if len(match["year"]) == 4 else 1900 + int(match["year"])
    return days(*narrow(*unit_span(date(first, 1, 1), "decade"), part_of(match)), Precision.DECADE)


def _read_quarter(match: re.Match[str], at: Standpoint) -> Reading | None:
    number = QUARTERS[match["number"].lower()]
    year = int(match["year"]) if match["year"] else at.published.year if at.published else None
    if year is None:
        return unresolved(Precision.QUARTER)
    start, end = unit_span(date(year, 3 * number - 2, 1), "quarter")
    return days(start, end, Precision.QUARTER) if match["year"] else relative(start, end, Precision.QUARTER)


def _read_season(match: re.Match[str], at: Standpoint) -> Reading | None:
    which, _, season = match["season"].lower().rpartition(" ")
    first, last = SEASONS[season]
    if match["year"]:
        year = int(match["year"])
    elif at.published is None:
        return unresolved(Precision.QUARTER)
    else:
        year = at.published.year - (which == "last" and at.published.month <= (last - 1) % 12 + 1)
        year += which == "next" and at.published.month >= first
    start = date(year, first, 1)
    end = month_span(year + (last > 12), (last - 1) % 12 + 1)[1]
    return days(start, end, Precision.QUARTER) if match["year"] else relative(start, end, Precision.QUARTER)


def _read_holiday(match: re.Match[str], at: Standpoint) -> Reading | None:
    row = _holidays()[match["holiday"].replace("’", "'")]
    if match["year"]:
        day = holiday_date(int(match["year"]), row)
        return days(day) if day else None
    if at.published is None:
        return unresolved(Precision.DAY)
    here = at.published
    found = [d for n in (-1, 0, 1) if (d := holiday_date(here.year + n, row)) is not None]
    if at.is_future:
        found = [d for d in found if d >= here] or found
    return relative(min(found, key=lambda d: abs((d - here).days))) if found else None


@cache
def _holidays() -> dict[str, dict[str, str]]:
    return {
        row["holiday"]: row for row in read_reference("holidays", ("holiday", "month", "day", "easter_offset", "rule"))
    }


_TO = rf"(?:{DASH}|\s+(?:and|to|until|till|through)\s+)"
_NUMBER = rf"(?P<day>\d{{1,2}}){ORDINAL}"
_UP_TO = rf"(?:{_TO}(?P<last>\d{{1,2}}){ORDINAL}(?!\s+{MONTHS}))?"
_ON_TO = rf"(?:{_TO}(?P<last>\d{{1,2}}){ORDINAL})?"
_OWN_YEAR = rf"(?:,?\s+(?P<year>{YEAR}))?"
_COUNTED = (
    r"(?!\s+(?:people|men|women|children|civilians|soldiers|troops|police|km|miles|meters|metres|feet|acres|hectares"
    r"|tons|tonnes|jobs|votes|cases|deaths|homes|houses|dollars|euros|migrants|refugees|prisoners|others))"
)


_BEFORE_YEAR = frozenset({
    "in", "since", "by", "until", "during", "of", "from", "before", "after", "for", "through", "between",
    "late", "early", "the", "a", "and", "on", "as", "spring", "summer", "autumn", "fall", "winter", "our",
    "its", "this",
})  # fmt: skip


@cache
def calendar_rules() -> tuple[Rule, ...]:
    """Give the rules for dates of the calendar; of two matches the longer wins."""
    names = "|".join(re.escape(n).replace("'", "['’]") for n in sorted(_holidays(), key=len, reverse=True))
    return (
        (compile_rule(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), _read_iso),
        (compile_rule(rf"(?P<one>\d{{1,2}})[/.](?P<two>\d{{1,2}})[/.](?P<year>{YEAR})"), _read_slashed),
        (
            compile_rule(
                rf"{_NUMBER}\s+(?P<month>{MONTHS}){_TO}(?P<day2>\d{{1,2}}){ORDINAL}\s+(?P<month2>{MONTHS}){_OWN_YEAR}"
            ),
            _read_span,
        ),
        (
            compile_rule(
                rf"(?P<month>{MONTHS})\s+{_NUMBER}{_TO}(?P<month2>{MONTHS})\s+(?P<day2>\d{{1,2}}){ORDINAL}{_OWN_YEAR}"
            ),
            _read_span,
        ),
        (compile_rule(rf"{_NUMBER}{_ON_TO}\s+(?:of\s+)?(?P<month>{MONTHS}){_OWN_YEAR}"), _read_day),
        (compile_rule(rf"(?P<month>{MONTHS})\s+(?:the\s+)?{_NUMBER}{_UP_TO}(?![.:]?\d){_OWN_YEAR}"), _read_day),
        (compile_rule(rf"{PART}(?P<which>)(?P<month>{MONTHS})(?:\s+of|,)?\s+(?P<year>{YEAR})"), _read_month),
        (
            compile_rule(
                rf"(?:(?<=[Ii]n )|(?<=[Ss]ince )|(?<=until )|(?<=by )|(?<=of )|(?<=during )|(?<=from )|(?<=for )"
                rf"|(?<=and )|(?<=to ))(?P<which>){PART}(?P<month>{MONTHS})(?P<year>)(?!\s+(?:\d|[A-Z]))"
            ),
            _read_month,
        ),
        (compile_rule(rf"(?P<which>(?:[Ll]ast|[Tt]his|[Nn]ext)\s+){PART}(?P<month>{MONTHS})(?P<year>)"), _read_month),
        (
            compile_rule(rf"(?P<which>)(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s-](?P<month>{MONTHS})(?P<year>)(?!\s+\d)"),
            _read_month,
        ),
        (compile_rule(rf"(?P<year>{YEAR})[-–](?P<last>\d\d(?:\d\d)?)"), _read_years),
        (compile_rule(rf"(?:[Ff]rom|[Bb]etween)\s+(?P<year>{YEAR})\s+(?:to|and)\s+(?P<last>\d{{4}})"), _read_years),
        (
            compile_rule(rf"(?:the\s+)?(?P<number>first|second|third|fourth)\s+quarter(?:\s+of\s+(?P<year>{YEAR}))?"),
            _read_quarter,
        ),
        (compile_rule(rf"Q(?P<number>[1-4])(?:\s+(?P<year>{YEAR}))?"), _read_quarter),
        (compile_rule(r"(?P<season>(?:last|this|next)\s+(?:spring|summer|autumn|winter))(?P<year>)"), _read_season),
        (
            compile_rule(rf"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:\s+of)?\s+(?P<year>{YEAR})"),
            _read_season,
        ),
        (compile_rule(rf"(?:the\s+)?{PART}(?P<year>(?:1[5-9]|20)\d0|[2-9]0)s"), _read_decade),
        (compile_rule(rf"(?:(?<=\s)|(?<=^)){PART}(?P<year>{YEAR})(?![-–/%]|[.,]\d){_COUNTED}"), _read_year),
        (compile_rule(rf"(?P<holiday>{names}){_OWN_YEAR}"), _read_holiday),
    )
