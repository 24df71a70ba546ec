"""Quantities: numbers with their currency, unit and comparator, and what is none sorted out.

Text in, quantities out: no syntax is needed.  What a quantity counts, and what befell it, is read off the tree in
:mod:`transforms.figures.things` and :mod:`transforms.figures.effects`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.vocabulary import Comparator, FigureKind
from transforms.figures.comparators import find_comparator
from transforms.figures.designations import is_designation, is_past_time
from transforms.figures.numbers import is_range, read_numbers
from transforms.figures.numerals import Number, scan_atoms
from transforms.figures.units import Unit, find_currency_before, find_unit_after

_CAPITALS_SHARE = 0.75
_MINUS_LEFT = re.compile(r"(?:^|[\s($€£])[-−–]$|\bminus\s$", re.IGNORECASE)
_AGED_LEFT = re.compile(
    r"\b(?:aged?(?:\s(?:of|between|from|just|only|about|around|over|under|range|ranges))*|ages\s(?:of|between|range)?|"
    r"age (?:range|ranges|group) (?:of\s)?|at the age of|"
    r"under the age of|over the age of)\s$",
    re.IGNORECASE,
)
_AGE_COMMA_LEFT = re.compile(r"[A-Z][\w'’.-]+,\s$|\bAt\s$")
_AGE_COMMA_RIGHT = re.compile(r"\s*(?:,|\)|;)")
_RETIREMENT_LEFT = re.compile(
    r"\b(?:retirement|pension|voting|legal|minimum|drinking|marriage)\sage\b[^.;\n]{0,40}$", re.IGNORECASE
)
_IN_RATIO = re.compile(r"(?:\s|-)(?:in|out of)(?:\severy)?(?:\s|-)", re.IGNORECASE)
_TIMES = re.compile(r"(?:\s|-)?(?:times\b|fold\b)", re.IGNORECASE)
_CHANGE_LEFT = re.compile(
    r"\b(?:rais\w+|ris(?:e|es|en|ing)|rose|reduc\w+|cut\w*|increas\w+|decreas\w+|drop\w*|fell|fall\w*|grow\w*|grew|"
    r"declin\w+|mov\w+|chang\w+|expand\w*|shr[iau]nk\w*|slash\w*|lower\w*|jump\w*|climb\w*|widen\w*|"
    r"doubl\w+|swell\w*|boost\w*|revis\w+)\b[^.;\n]{0,60}\bfrom\s+(?:about |around |nearly |some )?$",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"(?:\s+and\s+|,\s+|\s+)$")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}
_MONTHS = {"month": 1, "year": 12}
_HALF_OF = re.compile(r"\s+an?\s+", re.IGNORECASE)
_SCORE_LEFT = re.compile(
    r"\b(?:defeat\w*|beat\w*|win\w*|won|los(?:e|es|ing|t)|draw\w*|drew|score\w*|victor\w+|lead\w*|led|tie[sd]?|"
    r"vot(?:e|es|ed|ing)|trail\w*|match|final|game)\b[^.\n]{0,80}$",
    re.IGNORECASE,
)
_MAGNITUDE_LEFT = re.compile(r"\bmagnitude(?:\sof|-)?\s?$|\bmagnitude of (?:about|around) $", re.IGNORECASE)
_MACH_LEFT = re.compile(r"\bmach\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number that counts or measures: ``text[start:end]`` holds numeral, magnitude, currency sign and unit.

    ``number_end`` is where the numeral itself ends; what is counted is looked for behind ``end``.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    low: float
    high: float
    form: str
    scale: float
    kind: FigureKind = FigureKind.COUNT
    unit: str | None = None
    comparator: Comparator = Comparator.EXACTLY


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Find every number of ``text`` that counts or measures something, in order, none overlapping.

    Ranges are one quantity with both ends; dates, times, designations and ordinals are left out.

    >>> [(text, q.low, q.high, q.unit, q.comparator.value) for text in ["more than $3-5 billion in 2012"]
    ...  for q in find_quantities(text)]
    [('more than $3-5 billion in 2012', 3000000000.0, 5000000000.0, 'USD', '>')]
    """
    is_upper = _is_upper(text)
    has_pounds = "£" in text or "sterling" in text
    dressed: list[Quantity] = []
    for number in read_numbers(text, scan_atoms(text)):
        quantity = _dress(text, number, has_pounds=has_pounds)
        if dressed and quantity.start < dressed[-1].end:
            if number.start < dressed[-1].end:
                continue
            quantity = replace(quantity, start=number.start)
        if not is_designation(text, number, has_unit=quantity.unit is not None, is_upper=is_upper):
            dressed.append(quantity)
    joined = _join_all(text, dressed)
    kept = (q for q in joined if not (q.kind is FigureKind.DURATION and is_past_time(text, q.end)))
    return tuple(
        replace(q, comparator=find_comparator(text, q.start, q.end, is_duration=q.kind is FigureKind.DURATION))
        for q in kept
    )


def _is_upper(text: str) -> bool:
    letters = [c for c in text[:4000] if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > _CAPITALS_SHARE * len(letters)


def _dress(text: str, number: Number, *, has_pounds: bool) -> Quantity:
    """Add the sign, the currency and the unit that stand beside a number."""
    start, low, high = number.start, number.low, number.high
    if number.form == "digits":
        minus = _MINUS_LEFT.search(text, max(start - 7, 0), start)
        if minus and not text[max(start - 2, 0)].isdigit():
            low = high = -low
            start = start - 1 if text[start - 1] in "-−–" else minus.start()
    currency = find_currency_before(text, start)
    if currency is not None:
        return _quantity(number, (currency[1], number.end), (low, high), FigureKind.MONEY, currency[0])
    unit = find_unit_after(text, number.start, number.end, is_plural_of=number.form == "vague" or number.scale > 1)
    if unit is None and number.form == "fraction":
        unit = _unit_of_share(text, number)
    if unit is not None:
        return _with_unit(text, number, unit, start, ends=(low, high), has_pounds=has_pounds)
    kind, name = _kind_by_context(text, number)
    return _quantity(number, (start, number.end), (low, high), kind, name)


def _quantity(
    number: Number, span: tuple[int, int], ends: tuple[float, float], kind: FigureKind, unit: str | None
) -> Quantity:
    return Quantity(
        start=span[0],
        end=span[1],
        number_start=number.start,
        number_end=number.end,
        low=ends[0],
        high=ends[1],
        form=number.form,
        scale=number.scale,
        kind=kind,
        unit=unit,
    )


def _with_unit(
    text: str, number: Number, unit: Unit, start: int, *, ends: tuple[float, float], has_pounds: bool
) -> Quantity:
    kind, name = unit.kind, unit.name
    if name == "pound" and has_pounds and text[unit.end - 1] == "s" and text[number.end : number.end + 1] != "-":
        kind, name = FigureKind.MONEY, "GBP"
    elif kind is FigureKind.DURATION and _AGED_LEFT.search(text, max(start - 30, 0), start):
        kind = FigureKind.AGE
    return _quantity(number, (start, unit.end), (ends[0] * unit.factor, ends[1] * unit.factor), kind, name)


def _unit_of_share(text: str, number: Number) -> Unit | None:
    """Read «half an hour», «half a kilometre»."""
    article = _HALF_OF.match(text, number.end)
    return find_unit_after(text, number.start, article.end() - 1) if article else None


def _kind_by_context(text: str, number: Number) -> tuple[FigureKind, str | None]:
    left = text[max(number.start - 60, 0) : number.start]
    if number.form == "fraction":
        return FigureKind.RATIO, None
    if _AGED_LEFT.search(left) or _RETIREMENT_LEFT.search(left):
        return FigureKind.AGE, "year"
    is_bare = number.form == "digits" and number.low % 1 == 0 and 0 < number.low <= 115
    if is_bare and _AGE_COMMA_LEFT.search(left) and _AGE_COMMA_RIGHT.match(text, number.end):
        return FigureKind.AGE, "year"
    if _MAGNITUDE_LEFT.search(left):
        return FigureKind.MEASURE, "magnitude"
    if _MACH_LEFT.search(left):
        return FigureKind.MEASURE, "mach"
    if _TIMES.match(text, number.end) and re.match(
        r"(?:\s|-)?times (?:that|as|more|less|the|higher|larger|its)|-?fold", text[number.end : number.end + 16]
    ):
        return FigureKind.RATIO, None
    return FigureKind.COUNT, None


def _join_all(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    joined: list[Quantity] = []
    for quantity in quantities:
        if joined:
            pair = _join(text, joined[-1], quantity)
            if pair is not None:
                joined[-1] = pair
                continue
            joined[-1] = _share_unit(text, joined[-1], quantity)
        joined.append(quantity)
    return joined


def _join(text: str, one: Quantity, two: Quantity) -> Quantity | None:
    """Join two quantities to one: a range, a ratio («one in five»), a compound («four years and nine months»)."""
    gap = text[one.end : two.start]
    if len(gap) > 14 or "\n" in gap:
        return None
    if _is_ratio(text, one, two, gap):
        share = one.low / two.low
        return replace(
            one, end=two.end, number_end=two.number_end, low=share, high=share, kind=FigureKind.RATIO, form="ratio"
        )
    compound = _join_compound(one, two, gap)
    if compound is not None:
        return compound
    return _join_range(text, one, two, gap)


def _is_ratio(text: str, one: Quantity, two: Quantity, gap: str) -> bool:
    if one.unit or two.unit or one.kind is FigureKind.RATIO or _IN_RATIO.fullmatch(gap) is None or two.low <= one.low:
        return False
    if "out" in gap.lower() and "every" not in gap.lower():
        return one.low < 10 and two.low in (2, 3, 4, 5, 10, 20, 100) and one.low == 1
    # «four in ten people», but «two in three weeks», «five in 2 districts» are two figures each.
    return two.end == two.number_end and (one.low == 1 or two.low in (10, 100)) and one.low < 10


def _join_compound(one: Quantity, two: Quantity, gap: str) -> Quantity | None:
    if not (one.kind is two.kind is FigureKind.DURATION and one.unit and two.unit) or not _COMPOUND.fullmatch(gap):
        return None
    larger, smaller = _SECONDS.get(one.unit), _SECONDS.get(two.unit)
    if larger is None or smaller is None or larger <= smaller:
        return None
    if one.unit in _MONTHS and two.unit in _MONTHS:
        total = one.low + two.low * _MONTHS[two.unit] / _MONTHS[one.unit]
        return replace(one, end=two.end, low=total, high=total)
    factor, unit = (smaller, two.unit) if one.unit in ("minute", "hour") else (larger, one.unit)
    total = (one.low * larger + two.low * smaller) / factor
    return replace(one, end=two.end, low=total, high=total, unit=unit)


def _join_range(text: str, one: Quantity, two: Quantity, gap: str) -> Quantity | None:
    if one.unit and two.unit and one.unit != two.unit:
        return None
    if not is_range(text, one.number_start, gap) or {one.form, two.form} & {"ratio", "range"}:
        return None
    carries = one.kind in (FigureKind.MONEY, FigureKind.AGE) or one.unit == "magnitude"
    if one.unit and not two.unit and not carries:
        return None
    low = one.low
    if two.scale > 1 and one.scale == 1 and one.form != "vague" and low < two.high / two.scale:
        low *= two.scale
    is_or = gap.strip().lower() == "or"
    if low >= two.high or (is_or and (two.high - low) / two.scale != 1) or (one.unit and not two.unit and is_or):
        return None
    left = text[max(one.start - 90, 0) : one.start]
    if "to" in gap and _CHANGE_LEFT.search(left):
        return None
    if gap.strip() in ("-", "–", "—") and not two.unit and _SCORE_LEFT.search(left):
        return None
    kind, unit = (two.kind, two.unit) if two.unit and one.kind is not FigureKind.AGE else (one.kind, one.unit)
    return replace(
        one,
        end=two.end,
        number_end=two.number_end,
        low=low,
        high=two.high,
        kind=kind,
        unit=unit,
        form="range",
        scale=two.scale,
    )


_SHARED = re.compile(
    r"\s*(?:,|and|or|to|versus|vs\.?|-to-|-)\s*(?:from\s)?(?:about|some|nearly|almost|at least|over)?\s*|-,? and |-, ",
    re.IGNORECASE,
)


def _share_unit(text: str, one: Quantity, two: Quantity) -> Quantity:
    """Give «5» in «5 and 6 kg» the unit of the number after it."""
    gap = text[one.end : two.start]
    if one.unit or not two.unit or len(gap) > 14 or not _SHARED.fullmatch(gap):
        return one
    if two.kind in (FigureKind.MONEY, FigureKind.DURATION) and two.start != two.number_start:
        return one
    return replace(one, kind=two.kind, unit=two.unit) if one.kind is FigureKind.COUNT else one
