"""Pairs: two quantities side by side that are one (a range, a ratio, a compound), or of which one lends its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from schemas.vocabulary import FigureKind
from transforms.figures.numbers import is_range
from transforms.figures.quantity import Quantity
from transforms.reference import read_reference

_CHANGE_LEFT = re.compile(
    r"\b(?:rais\w+|ris(?:e|es|en|ing)|rose|reduc\w+|cut\w*|increas\w+|decreas\w+|drop\w*|fell|fall\w*|grow\w*|grew|"
    r"declin\w+|mov\w+|chang\w+|expand\w*|shr[iau]nk\w*|slash\w*|lower\w*|jump\w*|climb\w*|widen\w*|"
    r"doubl\w+|swell\w*|boost\w*|revis\w+)\b[^.;\n]{0,60}\bfrom\s+(?:about |around |nearly |some )?$",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"(?:\s+and\s+|,\s+|\s+)$")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}
_PARTS = {("foot", "inch"): 12, ("pound", "ounce"): 16}
_MONTHS = {"month": 1, "year": 12}
_SCORE_LEFT = re.compile(
    r"\b(?:defeat\w*|beat\w*|win\w*|won|los(?:e|es|ing|t)|draw\w*|drew|score\w*|victor\w+|lead\w*|led|tie[sd]?|"
    r"vot(?:e|es|ed|ing)|trail\w*|match|final|game)\b[^.\n]{0,80}$",
    re.IGNORECASE,
)
_LEFT = 90
_LENDING = frozenset({FigureKind.MEASURE, FigureKind.PERCENT})
_TENS = (10, 100)
_RANGING_LEFT = re.compile(r"\brang(?:e|es|ed|ing)\s+(?:from|between)\s+$", re.IGNORECASE)
_FROM_LEFT = re.compile(r"\bfrom\s+(?:about |around |nearly |some |roughly |an estimated )?$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:in \d{4} )?to\s+(?:about |around |nearly |some |roughly |just |only )?", re.IGNORECASE)
_BARE_RIGHT = re.compile(r"\s*(?:[.,;:)]|$)|\s+(?:in|on|by|for|at|over|during|since|between|last|this|and|as|after)\b")
_PEOPLE_RIGHT = re.compile(r"\s+(?:of\b|(?:people|men|women|children|say|said)\b|([A-Z]\w+)(?:ans|ons|s)\b|(\w+?)s\b)")
_IN_RATIO = re.compile(r"(?:\s|-)(?:in|out of)(?:\severy)?(?:\s|-)", re.IGNORECASE)

_SHARED = re.compile(
    r"\s*(?:,|and|or|to|versus|vs\.?|-to-|-)\s*(?:from\s)?(?:about|some|nearly|almost|at least|over|even)?\s*|"
    r"-,? and |-, ",
    re.IGNORECASE,
)


def join_pairs(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Join neighbours that are one quantity; give a bare one the unit or the magnitude its neighbour says.

    Args:
        text: The text.
        quantities: Its quantities, in text order.
    """
    joined: list[Quantity] = []
    for quantity in quantities:
        if joined:
            pair = _join(text, joined[-1], quantity)
            if pair is not None:
                joined[-1] = pair
                continue
            joined[-1] = _share_scale(text, _share_unit(text, joined[-1], quantity), quantity)
            quantity = _inherit_unit(text, joined[-1], quantity)
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
    # «four in ten people», «two in five voters», but «two in three weeks», «five in 2 districts» are two figures each.
    is_share = one.low == 1 or two.low in _TENS or _counts_people(text, two.end)
    return two.end == two.number_end and is_share and one.low < _TENS[0]


def _counts_people(text: str, end: int) -> bool:
    """Tell whether people, or «of», stand behind a number: «voters», «Germans», not «games»."""
    following = _PEOPLE_RIGHT.match(text, end)
    return following is not None and (following.group(2) is None or following.group(2) in _people())


@cache
def _people() -> frozenset[str]:
    return frozenset(row["noun"] for row in read_reference("people_nouns", ("noun",)))


def _join_compound(one: Quantity, two: Quantity, gap: str) -> Quantity | None:
    if not (one.kind is two.kind and one.unit and two.unit) or not _COMPOUND.fullmatch(gap):
        return None
    if one.kind is FigureKind.MONEY and one.unit == two.unit and 0 < two.high < 1 <= one.low and not one.low % 1:
        return replace(one, end=two.end, low=one.low + two.low, high=one.high + two.high)  # «3 dollars and 50 cents»
    parts = _PARTS.get((one.unit, two.unit))
    if parts is not None and two.high < parts and not one.low % 1:
        return replace(one, end=two.end, low=one.low + two.low / parts, high=one.high + two.high / parts)
    if one.kind is not FigureKind.DURATION:
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
    if not _may_be_range(text, one, two, gap):
        return None
    low = one.low
    if two.scale > 1 and one.scale == 1 and one.form != "vague" and low < two.high / two.scale:
        low *= two.scale
    left = text[max(one.start - _LEFT, 0) : one.start]
    if not (_rises(one, two, low, gap) or (low > two.high and two.unit and _RANGING_LEFT.search(left))):
        return None
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


def _may_be_range(text: str, one: Quantity, two: Quantity, gap: str) -> bool:
    """Tell whether units and connector let two quantities be the ends of one."""
    if one.unit and two.unit and one.unit != two.unit:
        return False
    if not is_range(text, one.number_start, gap) or {one.form, two.form} & {"ratio", "range"}:
        return False
    carries = one.kind in (FigureKind.MONEY, FigureKind.AGE) or one.unit == "magnitude"
    if one.unit and not two.unit and not carries:
        return False
    return not ("to" in gap and _lacks_scale(one, two))


def _rises(one: Quantity, two: Quantity, low: float, gap: str) -> bool:
    """Tell whether the second end is above the first; around «or» they are neighbours."""
    if gap.strip().lower() != "or":
        return low < two.high
    return (two.high - low) / two.scale == 1 and bool(two.unit or not one.unit)


def _share_unit(text: str, one: Quantity, two: Quantity) -> Quantity:
    """Give «5» in «5 and 6 kg» the unit of the number after it."""
    gap = text[one.end : two.start]
    if one.unit or not two.unit or len(gap) > 14 or not _SHARED.fullmatch(gap):
        return one
    if two.kind in (FigureKind.MONEY, FigureKind.DURATION) and two.start != two.number_start:
        return one
    return replace(one, kind=two.kind, unit=two.unit) if one.kind is FigureKind.COUNT else one


def _share_scale(text: str, one: Quantity, two: Quantity) -> Quantity:
    """Give «$2.8» in «from $2.8 to $1.4 trillion» the magnitude it leaves out."""
    if not _lacks_scale(one, two) or _TO.fullmatch(text, one.end, two.start) is None:
        return one
    if _FROM_LEFT.search(text, max(one.start - _LEFT, 0), one.start) is None:
        return one
    return replace(one, low=one.low * two.scale, high=one.high * two.scale, scale=two.scale)


def _lacks_scale(one: Quantity, two: Quantity) -> bool:
    """Tell whether a sum that falls to the next leaves out its magnitude."""
    is_open = one.kind is FigureKind.MONEY and one.scale == 1 < two.scale and one.unit == two.unit
    return is_open and two.low / two.scale < one.low < _TENS[0] * two.low / two.scale


def _inherit_unit(text: str, one: Quantity, two: Quantity) -> Quantity:
    """Give «24» in «from 18 mpg to 24 in town» the unit of the number before it."""
    if two.unit or two.kind is not FigureKind.COUNT or one.kind not in _LENDING or one.end == one.number_end:
        return two
    if _TO.fullmatch(text, one.end, two.start) is None or _BARE_RIGHT.match(text, two.end) is None:
        return two
    is_from = _FROM_LEFT.search(text, max(one.start - _LEFT, 0), one.start) is not None
    return replace(two, kind=one.kind, unit=one.unit) if is_from else two
