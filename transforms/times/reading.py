"""What an expression of time means: intervals of whole days, and the arithmetic of the calendar."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

from schemas.vocabulary import DateBasis, DatePrecision

FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Numbers outside are no years."""

NEARLY = 14
"""Days ahead of publication that an undated day of the year may lie without a word of the future."""


@dataclass(frozen=True, slots=True)
class Reading:
    """First and last day meant, inclusive, the unit spoken in and what it rests on; no days where none are known."""

    start: date | None
    end: date | None
    precision: DatePrecision
    basis: DateBasis


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Whence an expression is read: the day of publication, the day last spoken of, and whether it looks ahead."""

    published: date | None
    spoken_of: date | None
    is_future: bool = False


def days(
    start: date, end: date | None = None, precision: DatePrecision = DatePrecision.DAY, basis: DateBasis | None = None
) -> Reading:
    """Make a reading of an interval; explicit unless said otherwise.

    >>> days(date(2022, 3, 5)).end
    datetime.date(2022, 3, 5)
    """
    return Reading(start, end or start, precision, basis or DateBasis.EXPLICIT)


def relative(start: date, end: date | None = None, precision: DatePrecision = DatePrecision.DAY) -> Reading:
    """Make a reading that rests on the day of publication."""
    return days(start, end, precision, DateBasis.RELATIVE)


def unresolved(precision: DatePrecision) -> Reading:
    """Make the reading of an expression whose days cannot be known."""
    return Reading(None, None, precision, DateBasis.UNRESOLVED)


def make_date(year: int, month: int, day: int) -> date | None:
    """Make a date, or nothing where the calendar has none.

    >>> make_date(2023, 2, 29) is None
    True
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def shift(day: date, amount: int, unit: str) -> date | None:
    """Move a day by so many days, weeks, months or years; nothing beyond the years a date can have.

    >>> shift(date(2024, 3, 31), -1, "month")
    datetime.date(2024, 2, 29)
    """
    try:
        if unit in ("day", "week", "fortnight"):
            return day + timedelta(days=amount * {"day": 1, "week": 7, "fortnight": 14}[unit])
        months = day.year * 12 + day.month - 1 + amount * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, calendar.IllegalMonthError):
        return None


def month_span(year: int, month: int) -> tuple[date, date]:
    """Give a month's first and last day."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def unit_span(day: date, unit: str) -> tuple[date, date]:
    """Give the first and last day of the week (Monday to Sunday), month, quarter, year or decade ``day`` lies in.

    >>> unit_span(date(2024, 5, 15), "quarter")
    (datetime.date(2024, 4, 1), datetime.date(2024, 6, 30))
    """
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return month_span(day.year, day.month)
    if unit == "quarter":
        first = (day.month - 1) // 3 * 3 + 1
        return date(day.year, first, 1), month_span(day.year, first + 2)[1]
    if unit == "decade":
        return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
    return (date(day.year, 1, 1), date(day.year, 12, 31)) if unit == "year" else (day, day)


def narrow(start: date, end: date, part: str) -> tuple[date, date]:
    """Keep the early, middle or late third of an interval.

    >>> narrow(date(2022, 3, 1), date(2022, 3, 31), "early")
    (datetime.date(2022, 3, 1), datetime.date(2022, 3, 11))
    """
    third = ((end - start).days + 1) // 3
    if part in ("early", "beginning", "start"):
        return start, start + timedelta(days=third)
    if part in ("late", "end"):
        return end - timedelta(days=third), end
    return (start + timedelta(days=third), end - timedelta(days=third)) if part.startswith("mid") else (start, end)


def nearest_year(month: int, day: int, at: Standpoint) -> date | None:
    """Give the last such day up to publication, or a few days ahead; the next one where the text looks ahead.

    >>> nearest_year(12, 31, Standpoint(date(2023, 1, 2), None))
    datetime.date(2022, 12, 31)
    """
    if at.published is None:
        return None
    here = at.published
    found = [d for year in (-1, 0, 1) if (d := make_date(here.year + year, month, day)) is not None]
    if at.is_future:
        return next((d for d in found if d >= here), None)
    return max((d for d in found if (d - here).days <= NEARLY), default=None)


def nearest_weekday(weekday: int, at: Standpoint, *, strict: bool = False) -> date | None:
    """Give the last such weekday up to publication, or the next one where the text looks ahead.

    >>> nearest_weekday(4, Standpoint(date(2024, 5, 15), None))
    datetime.date(2024, 5, 10)
    """
    if at.published is None:
        return None
    if at.is_future:
        ahead = (weekday - at.published.weekday()) % 7
        return at.published + timedelta(days=ahead or 7 * strict)
    back = (at.published.weekday() - weekday) % 7
    return at.published - timedelta(days=back or 7 * strict)


def holiday_date(year: int, row: dict[str, str]) -> date | None:
    """Give the day of a holiday of the reference table: a fixed day, one by Easter, or «the nth weekday of a month»."""
    if row["month"]:
        return make_date(year, int(row["month"]), int(row["day"]))
    if row["easter_offset"]:
        return easter(year) + timedelta(days=int(row["easter_offset"]))
    month, weekday, number = (int(n) for n in row["rule"].split(":"))
    fitting = [
        date(year, month, d)
        for d in range(1, calendar.monthrange(year, month)[1] + 1)
        if date(year, month, d).weekday() == weekday
    ]
    return fitting[number - 1 if number > 0 else number]
