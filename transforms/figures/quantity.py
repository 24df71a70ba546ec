"""One quantity, as the grammar reads it off the text."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.vocabulary import Comparator, FigureKind


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
