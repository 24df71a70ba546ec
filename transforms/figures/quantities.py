"""Quantities: numbers with their currency, unit and comparator, and what is none sorted out.

Text in, quantities out: no syntax is needed.  What a quantity counts, and what befell it, is read off the tree in
:mod:`transforms.figures.things` and :mod:`transforms.figures.effects`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from schemas.vocabulary import FigureKind
from transforms.figures.comparators import find_comparator
from transforms.figures.designations import is_designation, is_past_time
from transforms.figures.numbers import read_numbers
from transforms.figures.numerals import Number, scan_atoms
from transforms.figures.pairs import join_pairs
from transforms.figures.quantity import Quantity
from transforms.figures.units import Unit, find_currency_before, find_unit_after

_CAPITALS_SHARE = 0.75
_OLDEST = 115
_SIGNED = frozenset({FigureKind.MEASURE, FigureKind.PERCENT})
_MINUS_LEFT = re.compile(r"(?:^|(?<!\d)[\s($€£])[-−–]$|\bminus\s$", re.IGNORECASE)
_AGED_LEFT = re.compile(
    r"\b(?:aged?(?:\s(?:of|between|from|just|only|about|around|over|under|range|ranges))*|ages\s(?:of|between|range)?|"
    r"age (?:range|ranges|group) (?:of\s)?|at the age of|"
    r"under the age of|over the age of)\s$",
    re.IGNORECASE,
)
_AGE_COMMA_LEFT = re.compile(r"[A-Z][\w'’.-]+,\s$|\bAt\s$")
_AGE_COMMA_RIGHT = re.compile(r"\s*(?:,|\)|;)")
_TURNED_LEFT = re.compile(r"\bturn(?:s|ed|ing)?\s$", re.IGNORECASE)
_TURNED_RIGHT = re.compile(r"\s*(?:[.,;)]|$)|\s(?:on|in|this|last|next|that|before|after|and|years)\b")
_RETIREMENT_LEFT = re.compile(
    r"\b(?:retirement|pension|voting|legal|minimum|drinking|marriage)\sage\b[^.;\n]{0,40}$", re.IGNORECASE
)
_TIMES = re.compile(r"(?:\s|-)?(?:times\b|fold\b)", re.IGNORECASE)
_HALF_OF = re.compile(r"\s+an?\s+", re.IGNORECASE)
_MAGNITUDE_LEFT = re.compile(r"\bmagnitude(?:\sof|-)?\s?$|\bmagnitude of (?:about|around) $", re.IGNORECASE)
_MACH_LEFT = re.compile(r"\bmach\s$", re.IGNORECASE)


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
    joined = join_pairs(text, dressed)
    kept = (q for q in joined if not (q.kind is FigureKind.DURATION and is_past_time(text, q.end)))
    return tuple(
        replace(q, comparator=find_comparator(text, q.start, q.end, is_duration=q.kind is FigureKind.DURATION))
        for q in kept
    )


def _is_upper(text: str) -> bool:
    letters = list(filter(str.isalpha, text[:4000]))
    return bool(letters) and sum(map(str.isupper, letters)) > _CAPITALS_SHARE * len(letters)


def _dress(text: str, number: Number, *, has_pounds: bool) -> Quantity:
    """Add the sign, the currency and the unit that stand beside a number."""
    unit = find_unit_after(text, number.start, number.end, is_plural_of=number.form == "vague" or number.scale > 1)
    if unit is None and number.form == "fraction":
        unit = _unit_of_share(text, number)
    start, low, high = _with_sign(text, number, is_measured=unit is not None and unit.kind in _SIGNED)
    currency = find_currency_before(text, start)
    if currency is not None:
        return _quantity(number, (currency[1], number.end), (low, high), FigureKind.MONEY, currency[0])
    if unit is not None:
        return _with_unit(text, number, unit, start, ends=(low, high), has_pounds=has_pounds)
    kind, name = _kind_by_context(text, number)
    return _quantity(number, (start, number.end), (low, high), kind, name)


def _with_sign(text: str, number: Number, *, is_measured: bool) -> tuple[int, float, float]:
    """Read «-5» and «minus 5», of words only «minus ten degrees», and give where the number begins and its ends."""
    start = number.start
    if number.form == "digits" or (number.form == "words" and is_measured):
        minus = _MINUS_LEFT.search(text, max(start - 7, 0), start)
        is_word = minus is not None and text[start - 1] not in "-−–"
        if minus is not None and not text[max(start - 2, 0)].isdigit() and (is_word or number.form == "digits"):
            return (minus.start() if is_word else start - 1), -number.low, -number.low
    return start, number.low, number.high


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
    is_bare = number.form == "digits" and number.low % 1 == 0 and 0 < number.low <= _OLDEST
    if is_bare and _AGE_COMMA_LEFT.search(left) and _AGE_COMMA_RIGHT.match(text, number.end):
        return FigureKind.AGE, "year"
    is_birthday = number.low % 1 == 0 and 15 <= number.low <= _OLDEST and _TURNED_LEFT.search(left)
    if is_birthday and _TURNED_RIGHT.match(text, number.end):
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
