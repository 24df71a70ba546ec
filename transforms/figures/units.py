"""Units and currencies: what a number beside them measures.

Forms stand in ``seeds/reference/units.csv`` and ``currencies.csv``; forms of one or two letters are read in the case
they are written there («MW» is no milliwatt), longer ones in any case.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from schemas.vocabulary import FigureKind
from transforms.reference import read_reference

_SHORT = 2
_LONGEST_SYMBOL = 6
_FACTORS = {"name": 1.0, "cent": 0.01, "million": 1e6}
_LEAD = re.compile(r"[\s\u00a0]*-?[\s\u00a0]?")
_OF = re.compile(r"\s+of\s+")
_BETWEEN = re.compile(
    r"(?:\s|-)+(?:(?:more|additional|further|extra|full|whole|long|consecutive|straight|short|successive|entire|calendar|"
    r"business|working|solid|hard|difficult|brutal|painful|terrible)\s+|very\s+\w+\s+){1,2}(?=\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[°º]?\s?[^\W\d_]{1,24}[.²³]?|[%％°º″′℃℉€£₴₽$]")  # a bound keeps glued letters cheap
_OLD = re.compile(r"(?:[\s-]old\b|[\s]of age\b)(?:s\b)?", re.IGNORECASE)
_SPACED_COUNTRY = re.compile(r"(?<![A-Za-z])(US|HK|NZ|A|C|S|NT)[ -]$")


class Unit(NamedTuple):
    """What stands beside a number: its kind, canonical name, the span's new ends, and what one of it is worth."""

    kind: FigureKind
    name: str
    start: int
    end: int
    factor: float = 1.0


class _Forms(NamedTuple):
    exact: dict[str, tuple[FigureKind, str, float]]
    any_case: dict[str, tuple[FigureKind, str, float]]
    longest: dict[str, int]


@cache
def _forms() -> _Forms:
    """Index units and currency names by form, and by first word the most words a form may have."""
    forms = _Forms({}, {}, {})
    for row in read_reference("units", ("unit", "kind", "forms")):
        for form in row["forms"].split("|"):
            _add_form(forms, form, (FigureKind(row["kind"]), row["unit"], 1.0))
    for row in read_reference("currencies", ("code", "form_type", "form")):
        if row["form_type"] in _FACTORS:
            _add_form(forms, row["form"], (FigureKind.MONEY, row["code"], _FACTORS[row["form_type"]]))
        elif row["form_type"] == "code" or row["form"] in ("€", "£", "₴", "₽"):
            forms.exact[row["form"]] = (FigureKind.MONEY, row["code"], 1.0)
            forms.longest.setdefault(row["form"].lower(), 1)
    return forms


def _add_form(forms: _Forms, form: str, meaning: tuple[FigureKind, str, float]) -> None:
    target = forms.exact if len(form) <= _SHORT and form.isalpha() else forms.any_case
    target.setdefault(form if target is forms.exact else form.lower(), meaning)
    words = [w.group() for w in _WORD.finditer(form)] or [form]
    key = words[0].lower()
    # A hyphen or a slash within a form counts as a word of its own when the text is read ahead.
    forms.longest[key] = max(forms.longest.get(key, 1), len(re.findall(r"\w+|[^\w\s]", form)))


@cache
def _symbols() -> tuple[dict[str, str], frozenset[str]]:
    """Give currency signs and codes that stand before a number, and the characters they may end in."""
    rows = read_reference("currencies", ("code", "form_type", "form"))
    known = {row["form"]: row["code"] for row in rows if row["form_type"] in ("symbol", "code")}
    return known, frozenset(form[-1] for form in known)


def find_currency_before(text: str, start: int) -> tuple[str, int] | None:
    """Read the currency sign or code before ``start``: ISO 4217 code and where it begins.

    >>> find_currency_before("about US $84", 10)
    ('USD', 6)
    """
    known, last = _symbols()
    end = start
    while end > 0 and text[end - 1] in " \u00a0" and start - end < 2:
        end -= 1
    if end == 0 or text[end - 1] not in last:
        return None
    left = text[max(end - _LONGEST_SYMBOL, 0) : end]
    for length in range(min(_LONGEST_SYMBOL, len(left)), 0, -1):
        form = left[-length:]
        if form not in known or (
            form[0].isalpha() and text[end - length - 1 : end - length].isalnum() and end > length
        ):
            continue
        if end < start and form.isalpha() and len(form) < 3:
            return None
        begin = end - length
        if form == "$":
            spaced = _SPACED_COUNTRY.search(text, max(begin - 4, 0), begin)
            if spaced:
                return known[spaced.group(1) + "$"], spaced.start()
        return known[form], begin
    return None


def is_currency(word: str) -> bool:
    """Tell whether a word names a currency.

    >>> is_currency("dollars"), is_currency("drones")
    (True, False)
    """
    meaning = _forms().any_case.get(word.lower())
    return meaning is not None and meaning[0] is FigureKind.MONEY


def find_unit_after(text: str, start: int, end: int, *, is_plural_of: bool = False) -> Unit | None:
    """Read the unit or currency name behind a number that spans ``start`` to ``end``.

    Args:
        text: The text.
        start: Where the number begins.
        end: Where it ends.
        is_plural_of: The number may be followed by «of»: «millions of dollars», «tens of kilometres».

    >>> find_unit_after("a 40-km drive", 2, 4)
    Unit(kind=<FigureKind.MEASURE: 'measure'>, name='km', start=2, end=7, factor=1.0)
    """
    lead = _LEAD.match(text, end)
    at = lead.end() if lead else end
    found = _match_form(text, at, end)
    if found is None and is_plural_of:
        of = _OF.match(text, end)
        found = _match_form(text, of.end(), end) if of else None
        if found is not None and found[0][0] is FigureKind.MONEY:  # «millions of dollars»: the number is «millions»
            return Unit(FigureKind.MONEY, found[0][1], start, end, found[0][2])
    if found is None:
        between = _BETWEEN.match(text, end)
        found = _match_form(text, between.end(), end) if between else None
        if found and found[0][0] is not FigureKind.DURATION:
            found = None
    if found is None:
        return None
    (kind, name, factor), last = found
    if kind is FigureKind.DURATION:
        old = _OLD.match(text, last)
        if old:
            return Unit(FigureKind.AGE, name, start, old.end())
    return Unit(kind, name, start, last, factor)


def _match_form(text: str, at: int, number_end: int) -> tuple[tuple[FigureKind, str, float], int] | None:
    """Find the longest form that begins at ``at``."""
    forms = _forms()
    first = _WORD.match(text, at)
    if first is None:
        return None
    most = forms.longest.get(first.group().lower()) or forms.longest.get(first.group().rstrip(".²³").lower())
    if most is None:
        return None
    ends = [first.end()]
    for piece in re.finditer(r"[\s\u00a0]*(?:[^\W_]+|[^\w\s])[.²³]?", text[first.end() : first.end() + 40]):
        if len(ends) > most or "\n" in piece.group():
            break
        ends.append(first.end() + piece.end())
    for last in reversed(ends):
        for end in (last - 1, last) if text[last - 1] == "." else (last,):  # the sentence's stop is no part of it
            form = text[at:end]
            meaning = forms.exact.get(form) or forms.any_case.get(form.lower())
            if meaning is not None and not text[end : end + 1].isalnum() and _is_apt(text, form, at, end, number_end):
                return meaning, end
    return None


def _is_apt(text: str, form: str, at: int, last: int, number_end: int) -> bool:
    """Refuse forms that are another word here: «two second-half goals», «120 won», «5G»."""
    lower = form.lower()
    if lower == "second":
        return text[number_end : number_end + 1] == "-" or text[max(number_end - 3, 0) : number_end].find(".") >= 0
    if lower == "won":
        return text[number_end - 1].isalpha() or "," in text[max(number_end - 5, 0) : number_end]
    if lower in ("degree", "degrees"):
        return text[last : last + 1] != "-" and lower == "degrees"
    if form in ("″", "′", "in."):
        return at == number_end or form == "in."
    return not (len(form) == 1 and form.isalpha() and text[last : last + 1] in ("'", "’", "-", "/"))
