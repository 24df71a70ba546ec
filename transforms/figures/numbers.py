"""The grammar of numbers: which stretches of a text are one number, and how much it is.

It stands alone: :func:`find_numbers` needs nothing but a text, runs in time linear in it, and does not judge what a
number is for; dates and designations are sorted out by :mod:`transforms.figures.designations`.  Source of the
grammar: English usage as in Huddleston and Pullum (2002), ch. 5 §10, and the failures of other readers collected for
this project.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from transforms.figures.numerals import Atom, scan_atoms
from transforms.reference import read_reference

_HALF_TAIL = re.compile(
    r"(?:\s|-)and(?:\s|-)(?:(?:a|one)(?:\s|-)(half|quarter|third)|(three)(?:\s|-)quarters)\b(?!(?:\s|-)(?:dozen|time))",
    re.IGNORECASE,
)
_TAIL_VALUES = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "three": 0.75}
_EXPONENT = re.compile(
    r"\s?[×x*]\s?10(?:\^?([-−–+]?\d{1,3})|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))(?!\d)|[eE]([-+]?\d{1,3})(?![\w.])"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")
_SHARE_FOLLOWS = re.compile(
    r"\s+(?:of\b|as\b|more\b|less\b|higher\b|lower\b|larger\b|smaller\b|from\b|in\s\d|to\b|the\b|since\b|on\s)"
    r"|\s*[.,;:!?)\]”\"]|\s*$",
    re.IGNORECASE,
)
_HALF_FOLLOWS = re.compile(r"\s+(?:of|the|its|their|his|her|our|my|all|that|this|those|these|an?|as)\b", re.IGNORECASE)
_HALF_LEADS = re.compile(
    r"(?:\b(?:than|nearly|almost|about|over|under|by|least|around|roughly|some|approximately|only|just|in|to|cut|"
    r"exactly|up|remaining|and)\s)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|A|An)[ -]$")
_FEW = re.compile(r"\ba\s$", re.IGNORECASE)
_SCORES_FOLLOW = re.compile(
    r"\s+(?:of|more|were|are|have|killed|injured|wounded|dead|arrested|missing|others)\b", re.IGNORECASE
)
_CONNECTOR = re.compile(
    r"\s*(?:-|–|—|‑|~)\s*(?:to[ -])?|\s+(?:to|or|and|up to|through|till|versus)\s+|-to-?|\sto-|-or-| - ", re.IGNORECASE
)
_SCALES = frozenset({"magnitude", "hundred", "dozen"})
_SMALL = frozenset({"unit", "teen", "tens"})
_LOWER_NEXT = re.compile(r"\s[a-z]|[.,;)]|$")
_SPACE_MAX = 40
_SPACED_SUFFIXES = frozenset({"bn", "mn", "tn", "trn", "mln", "B", "M", "K", "mil"})


class Number(NamedTuple):
    """A cardinal number as written: ``text[start:end]`` means ``low`` to ``high``.

    ``form`` is digits, words, vague or fraction.  ``scale`` is the magnitude word it ends in (1 if none), which the
    lower end of a range takes over: «five and six hundred».
    """

    start: int
    end: int
    low: float
    high: float
    form: str = "digits"
    scale: float = 1.0


def find_numbers(text: str) -> tuple[Number, ...]:
    """Find every cardinal number of ``text``, ranges with both ends in one, vague ones as intervals, in order.

    Ordinals («twenty-first», «5th») and years in words are none; «one», a date's or a designation's digits are
    numbers here.  Never raises; linear in the text.

    >>> [(n.low, n.high) for n in find_numbers("between five and six hundred, half a million, 3-5 billion, dozens")]
    [(500.0, 600.0), (500000.0, 500000.0), (3000000000.0, 5000000000.0), (24.0, 99.0)]
    """
    return join_ranges(text, read_numbers(text, scan_atoms(text)))


def read_numbers(text: str, atoms: Sequence[Atom]) -> list[Number]:
    """Put ``atoms`` together to numbers; ranges stay two."""
    numbers: list[Number] = []
    at = 0
    while at < len(atoms):
        number, following = _read_one(text, atoms, at)
        if number is not None and (not numbers or numbers[-1].end <= number.start):
            numbers.append(number)
        at = max(following, at + 1)
    return numbers


def _read_one(text: str, atoms: Sequence[Atom], at: int) -> tuple[Number | None, int]:
    part = atoms[at].part
    if part in ("vague", "some"):
        return _read_vague(text, atoms, at)
    if part in ("suffix", "ordinal", "parts"):
        return None, at + 1
    if part in ("half", "part"):
        return _read_share(text, atoms, at)
    if part == "glyph":
        return _scaled(text, atoms, at, atoms[at].value)
    fraction = _read_fraction(text, atoms, at)
    if fraction is not None:
        return fraction
    return _Cardinal(text, atoms, at).read()


class _Cardinal:
    """One cardinal number in the making: what is added so far, and the atom that comes next."""

    def __init__(self, text: str, atoms: Sequence[Atom], at: int) -> None:
        self.text, self.atoms, self.first, self.at = text, atoms, at, at
        self.total = 0.0
        self.group: float | None = None
        self.scale = 0.0
        self.last = ""
        self.end = atoms[at].start
        self.in_words = atoms[at].part != "digits"

    def read(self) -> tuple[Number | None, int]:
        while self.at < len(self.atoms) and self._fits() and self._add(self.atoms[self.at]):
            self.end = self.atoms[self.at].end
            self.last = self.atoms[self.at].part
            self.at += 1
            self._add_tail()
            if self.last in ("dozen", "suffix"):
                break
        if self.at == self.first or self._is_year_in_words():
            return None, self.at
        if self._is_ordinal():
            return None, self.at + 1
        start = self.atoms[self.first].start
        if self.atoms[self.first].part in _SCALES:
            article = _ARTICLE.search(self.text, max(start - 3, 0), start)
            start = article.start() if article else start
        value = self.total + (self.group or 0.0)
        scale = self.scale if self.last in _SCALES or self.last == "suffix" else 1.0
        form = "words" if self.in_words else "digits"
        return Number(start, self.end, value, value, form, scale), self.at

    def _fits(self) -> bool:
        """Tell whether the next atom may go on with the number, by what stands between."""
        if self.at == self.first:
            return True
        atom = self.atoms[self.at]
        gap = self.text[self.end : atom.start]
        if atom.part == "suffix":
            return self.last == "digits" and self._fits_suffix(atom, gap)
        if atom.part == "digits":
            return gap == " " and self._fits_digits(atom)
        kind = _gap_kind(gap)
        if kind == "point":
            return True
        if kind in {"space", "hyphen"}:
            return True
        if kind == "and":
            ends = self.last == "hundred" or not self._grows(self.at)
            return self.last in _SCALES and self.in_words and atom.part in _SMALL and ends
        return kind == "comma" and self.last == "magnitude" and atom.part in _SMALL and self._grows(self.at)

    def _fits_suffix(self, atom: Atom, gap: str) -> bool:
        word = self.text[atom.start : atom.end]
        following = self.text[atom.end : atom.end + 1]
        if following.isdigit() or following in ("²", "³", "/", "^"):
            return False
        if gap == "":
            return word != "t" and not (word == "m" and not self._is_money() and _means_metres(self.text, atom.end))
        is_apt = len(word) > 1 or _LOWER_NEXT.match(self.text, atom.end) is not None
        return gap in (" ", "\u00a0") and word in _SPACED_SUFFIXES and is_apt

    def _is_money(self) -> bool:
        start = self.atoms[self.first].start
        left = self.text[max(start - 4, 0) : start].rstrip()
        return bool(left) and (unicodedata.category(left[-1]) == "Sc" or (left[-3:].isupper() and left[-3:].isalpha()))

    def _fits_digits(self, atom: Atom) -> bool:
        """Digits go on with digits in groups of three («1 200 000»), or with a higher magnitude («2 million 300»)."""
        if self.last == "digits":
            run = self.text[atom.start : atom.end]
            before = self.text[self.atoms[self.at - 1].start : self.end]
            is_group = len(run) == 3 and run.isdecimal() and before.isdecimal() and before[:1] != "0"
            return is_group and len(before) <= 3 and (self.at - self.first > 0) and self._is_spaced_group()
        return self.last == "magnitude" and self._grows(self.at)

    def _is_spaced_group(self) -> bool:
        """Accept digits parted by spaces unless a date or another number may end before them."""
        left = self.text[max(self.atoms[self.first].start - 12, 0) : self.atoms[self.first].start]
        word = left.split()[-1].lower() if left.split() and left[-1:] == " " else ""
        following = self.text[self.atoms[self.at].end : self.atoms[self.at].end + 1]
        return word.strip(".,") not in _month_words() and following not in ("/", ":", "-")

    def _grows(self, at: int) -> bool:
        """Tell whether a hundred or a magnitude follows soon: the group is not yet at its end."""
        for ahead in range(at, min(at + 4, len(self.atoms) - 1)):
            gap = self.text[self.atoms[ahead].end : self.atoms[ahead + 1].start]
            if _gap_kind(gap) not in ("space", "hyphen"):
                return False
            if self.atoms[ahead + 1].part in ("hundred", "magnitude"):
                return True
        return False

    def _add(self, atom: Atom) -> bool:
        if self.at > self.first and _gap_kind(self.text[self.end : atom.start]) == "point":
            return self._add_decimals(atom)
        if atom.part in ("unit", "teen", "tens"):
            return self._add_small(atom)
        if atom.part == "digits":
            return self._add_digits(atom)
        if atom.part in ("hundred", "dozen"):
            return self._multiply(atom.value)
        if atom.part in ("magnitude", "suffix"):
            return self._close_group(atom.value)
        return False

    def _add_small(self, atom: Atom) -> bool:
        if self.group is None:
            if self.total and self.scale <= atom.value:
                return False
            self.group = atom.value
            return True
        is_after_tens = atom.part == "unit" and self.last == "tens" and atom.value > 0
        if is_after_tens or (self.last == "hundred" and atom.value > 0):
            self.group += atom.value
            return True
        return False

    def _add_digits(self, atom: Atom) -> bool:
        if self.group is None:
            self.group = atom.value
            return True
        if self.last == "digits":  # groups of three parted by spaces
            self.group = self.group * 1000 + atom.value
            return True
        return False

    def _add_decimals(self, atom: Atom) -> bool:
        if self.group is None or atom.part not in ("unit",) or self.group % 1:
            return False
        place = 0.1
        self.group += atom.value * place
        while self.at + 1 < len(self.atoms) and self.atoms[self.at + 1].part == "unit":
            if self.text[self.atoms[self.at].end : self.atoms[self.at + 1].start] != " ":
                break
            self.at += 1
            place /= 10
            self.group += self.atoms[self.at].value * place
        return True

    def _multiply(self, value: float) -> bool:
        if self.group is None:
            if self.total and self.scale <= value:
                return False
            self.group = value
        elif self.last in ("digits", "unit", "teen", "tens", "tail") and self.group < 100:
            self.group *= value
        else:
            return False
        self.scale = self.scale if self.total else value
        return True

    def _close_group(self, value: float) -> bool:
        if self.group is None:
            if self.total and not (self.last == "magnitude" and value > self.scale):
                return False
            self.total = self.total * value if self.total else value
        elif self.total and value >= self.scale:
            return False
        else:
            self.total += self.group * value
        self.group = None
        self.scale = value
        return True

    def _add_tail(self) -> None:
        """Add «and a half», a fraction sign, a fraction or a power of ten that follows."""
        if self.last == "digits" and self._add_fraction_sign():
            return
        tail = _HALF_TAIL.match(self.text, self.end)
        if tail is None or self.last == "suffix":
            return
        share = _TAIL_VALUES[(tail.group(1) or tail.group(2)).lower()]
        if self.group is None or self.last in ("hundred", "dozen"):
            self.total += share * self.scale
        else:
            self.group += share
        self._skip_to(tail.end())
        self.last = "tail"

    def _add_fraction_sign(self) -> bool:
        power = _EXPONENT.match(self.text, self.end)
        if power and self.group is not None:
            exponent = float((power.group(1) or power.group(2) or power.group(3)).translate(_SUPERSCRIPTS))
            self.group = self.group * 10.0**exponent if abs(exponent) < 200 else self.group
            self._skip_to(power.end())
            return True
        if self.at < len(self.atoms) and self.group is not None:
            gap = self.text[self.end : self.atoms[self.at].start]
            if gap in ("", " ", "-") and self.atoms[self.at].part == "glyph":
                self.group += self.atoms[self.at].value
                self._skip_to(self.atoms[self.at].end)
                return True
            found = _slashed(self.text, self.atoms, self.at) if gap in (" ", "-") else None
            if found and self.group % 1 == 0:
                self.group += found[0]
                self._skip_to(found[1])
                return True
        return False

    def _skip_to(self, end: int) -> None:
        self.end = end
        while self.at < len(self.atoms) and self.atoms[self.at].start < end:
            self.at += 1

    def _is_year_in_words(self) -> bool:
        """«nineteen ninety-five»: a teen or twenty with tens or a teen right behind."""
        if self.at >= len(self.atoms) or self.at - self.first != 1:
            return False
        one, two = self.atoms[self.first], self.atoms[self.at]
        is_century = one.part == "teen" or one.value == 20
        if is_century and two.part in ("tens", "teen") and self.text[one.end : two.start] == " ":
            after = self.at + 1
            while after < len(self.atoms) and self.text[self.atoms[after - 1].end : self.atoms[after].start] == "-":
                after += 1
            self.at = after
            return True
        return False

    def _is_ordinal(self) -> bool:
        """«twenty-first», «one hundred and fifth»: an ordinal that ends in an ordinal word."""
        if self.at >= len(self.atoms) or not self.in_words or self.last not in ("tens", "hundred", "magnitude"):
            return False
        following = self.atoms[self.at]
        gap = self.text[self.end : following.start]
        return following.part in ("part", "ordinal") and gap in ("-", " ", " and ")


def _gap_kind(gap: str) -> str:
    if gap in ("", " ", "\u00a0"):
        return "space"
    if gap in ("-", "‑", "\u00ad"):
        return "hyphen"
    lower = gap.lower()
    if lower in (" and ", "-and-"):
        return "and"
    if lower in (", ", ", and ", ","):
        return "comma"
    if lower in (" point ", "-point-"):
        return "point"
    if len(gap) < _SPACE_MAX and gap.isspace() and gap.count("\n") < 2:
        return "space"
    return ""


@cache
def _month_words() -> frozenset[str]:
    rows = read_reference("designations", ("word", "type"))
    return frozenset(row["word"] for row in rows if row["type"] == "month")


_METRE_CONTEXT = re.compile(
    r"\s*(?:[.,;:)\]]|$|\s(?:high|tall|wide|deep|long|away|from|above|below|off|of|to|in|at|on|by|and|or|race|sprint|"
    r"dash|hurdles|freestyle|final|finals|x|×|relay|butterfly|backstroke|wall|tower|line|radius|exclusion|distance|"
    r"stretch|drop|waves?)\b)|-",
    re.IGNORECASE,
)


def _means_metres(text: str, end: int) -> bool:
    """Tell «100m» of length from «100m» of people: money and counts are followed by what is counted."""
    return _METRE_CONTEXT.match(text, end) is not None


def _slashed(text: str, atoms: Sequence[Atom], at: int) -> tuple[float, int] | None:
    """Read «3/4» that begins with the atom ``at``: its value and its end."""
    if at + 1 >= len(atoms) or atoms[at].part != "digits" or atoms[at + 1].part != "digits":
        return None
    above, below = atoms[at], atoms[at + 1]
    if text[above.end : below.start] not in ("/", "⁄") or not 0 < above.value < below.value <= 100:
        return None
    if text[below.end : below.end + 1] in ("/", "⁄") or above.value % 1 or below.value % 1:
        return None
    return above.value / below.value, below.end


def _read_fraction(text: str, atoms: Sequence[Atom], at: int) -> tuple[Number | None, int] | None:
    """Read «two-thirds», «one fifth», «3/4»; nothing if ``at`` begins no fraction."""
    slashed = _slashed(text, atoms, at)
    if slashed is not None:
        value, end = slashed
        return Number(atoms[at].start, end, value, value, "fraction"), at + 2
    if at + 1 >= len(atoms) or atoms[at].part not in ("unit", "teen"):
        return None
    above, below = atoms[at], atoms[at + 1]
    if text[above.end : below.start] not in (" ", "-") or not above.value:
        return None
    is_share = below.part == "parts" if above.value > 1 else below.part in ("part", "half")
    if not is_share:
        return None
    number, following = _scaled(text, atoms, at + 1, above.value / below.value)
    return (number._replace(start=above.start) if number else None), following


def _scaled(text: str, atoms: Sequence[Atom], at: int, value: float) -> tuple[Number | None, int]:
    """Read «of a million» after a share: the share of that magnitude, or the share alone."""
    atom = atoms[at]
    if at + 1 < len(atoms) and atoms[at + 1].part in _SCALES:
        gap = text[atom.end : atoms[at + 1].start].lower()
        if gap in (" of a ", " a ", " an ", " ", "-", "-a-"):
            scale = atoms[at + 1].value
            return Number(atom.start, atoms[at + 1].end, value * scale, value * scale, "words", scale), at + 2
    return Number(atom.start, atom.end, value, value, "fraction"), at + 1


def _read_share(text: str, atoms: Sequence[Atom], at: int) -> tuple[Number | None, int]:
    """Read «half» and «a third» where they measure a share, not where they name one of two or come third."""
    atom = atoms[at]
    number, following = _scaled(text, atoms, at, 1 / atom.value)
    if number is None or number.form == "words":
        return (number, following) if atom.part == "half" else (_with_article(text, number), following)
    if atom.part == "half":
        is_share = _HALF_FOLLOWS.match(text, atom.end) or (
            _HALF_LEADS.search(text, max(atom.start - 16, 0), atom.start) and text[atom.end : atom.end + 1] != "-"
        )
        return (number if is_share else None), following
    article = _ARTICLE.search(text, max(atom.start - 3, 0), atom.start)
    if article and _SHARE_FOLLOWS.match(text, atom.end):
        return number._replace(start=article.start()), following
    return None, following


def _with_article(text: str, number: Number | None) -> Number | None:
    article = number and _ARTICLE.search(text, max(number.start - 3, 0), number.start)
    return number._replace(start=article.start()) if number and article else None


@cache
def _vague_phrases() -> tuple[re.Pattern[str], dict[str, tuple[float, float]]]:
    rows = read_reference("vague_numbers", ("phrase", "low", "high"))
    known = {row["phrase"]: (float(row["low"]), float(row["high"])) for row in rows}
    listed = sorted((re.escape(p).replace(r"\ ", r"\s+") for p in known), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(listed)})(?![\w-])", re.IGNORECASE), known


def _read_vague(text: str, atoms: Sequence[Atom], at: int) -> tuple[Number | None, int]:
    """Read «dozens», «tens of thousands», «several hundred» as the interval the reference table gives."""
    pattern, known = _vague_phrases()
    start = atoms[at].start
    article = _FEW.search(text, max(start - 2, 0), start) if atoms[at].part == "some" else None
    match = (pattern.match(text, article.start()) if article else None) or pattern.match(text, start)
    if match is None:
        return None, at + 1
    low, high = known[" ".join(match.group().lower().split())]
    is_verb = match.group().lower() in ("scores", "tens") and not _SCORES_FOLLOW.match(text, match.end())
    following = at + 1
    while following < len(atoms) and atoms[following].start < match.end():
        following += 1
    number = None if is_verb else Number(match.start(), match.end(), low, high, "vague", 1.0)
    return number, following


def join_ranges(text: str, numbers: Sequence[Number]) -> tuple[Number, ...]:
    """Join the two ends of a range: «5 to 10», «3-5 billion», «between five and six hundred».

    A pair that falls («27–24», «62 to 38») stays two, and so does one around «and» without «between».
    """
    joined: list[Number] = []
    for number in numbers:
        if joined:
            pair = _join(text, joined[-1], number)
            if pair is not None:
                joined[-1] = pair
                continue
        joined.append(number)
    return tuple(joined)


def _join(text: str, low: Number, high: Number) -> Number | None:
    gap = text[low.end : high.start]
    word = gap.strip().lower()
    if "range" in (low.form, high.form) or not is_range(text, low.start, gap):
        return None
    bottom = low.low
    if high.scale > 1 and low.scale == 1 and low.form != "vague" and bottom < high.high / high.scale:
        bottom *= high.scale
    if bottom >= high.high or ("fraction" in (low.form, high.form) and low.form != high.form):
        return None
    if word == "or" and high.high / high.scale - bottom / high.scale != 1:
        return None
    return Number(low.start, high.end, bottom, high.high, "range", high.scale)


def is_range(text: str, start: int, gap: str) -> bool:
    """Tell whether ``gap`` joins two numbers, the first of which begins at ``start``, to a range.

    >>> is_range("5 to 10", 0, " to "), is_range("5 and 10", 0, " and "), is_range("between 5 and 10", 8, " and ")
    (True, False, True)
    """
    if len(gap) > _GAP_MAX or _CONNECTOR.fullmatch(gap) is None:
        return False
    return gap.strip().lower() != "and" or _BETWEEN.search(text, max(start - 30, 0), start) is not None


_GAP_MAX = 12
_BETWEEN = re.compile(r"\bbetween\s(?:\w+\s){0,2}[$£€]?$|\b(?:ages|ranges?) of\s$", re.IGNORECASE)
