"""Cardinals: «1,200», «two hundred and six», «4.5 million», «two and a half», «1.99×10⁻³⁰»."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from transforms.figures.numerals import SCALES, Atom, Number, gap_kind
from transforms.figures.shares import read_slashed
from transforms.reference import read_reference

_HALF_TAIL = re.compile(
    r"(?:\s|-)and(?:\s|-)(?:(a|one|two|three|four|five)(?:\s|-)(half|quarter|third|fourth|fifth|eighth|tenth)s?)\b"
    r"(?!(?:\s|-)(?:dozen|time))",
    re.IGNORECASE,
)
_TAIL_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "eighth": 8, "tenth": 10}
_TAIL_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_EXPONENT = re.compile(
    r"\s?[×x*]\s?10(?:\^?([-−–+]?\d{1,3})|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))(?!\d)|[eE]([-+]?\d{1,3})(?![\w.])"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")
_ARTICLE = re.compile(r"\b(?:an?|A|An)[ -]$")
_DOZEN = 12
_SMALL = frozenset({"unit", "teen", "tens"})
_LOWER_NEXT = re.compile(r"\s[a-z]|[.,;)]|$")
_SPACED_SUFFIXES = frozenset({"bn", "mn", "tn", "tln", "trn", "mln", "B", "M", "K", "mil"})
_METRE_CONTEXT = re.compile(
    r"\s*(?:[.,;:)\]]|$|\s(?:high|tall|wide|deep|long|away|from|above|below|off|of|to|in|at|on|by|and|or|race|sprint|"
    r"dash|hurdles|freestyle|final|finals|x|×|relay|butterfly|backstroke|wall|tower|line|radius|exclusion|distance|"
    r"stretch|drop|waves?|apart|along|across|into|behind|ahead|downstream|upstream|underground|inland|offshore|north|"
    r"south|east|west)\b)|-",
    re.IGNORECASE,
)


def read_cardinal(text: str, atoms: Sequence[Atom], at: int) -> tuple[Number | None, int]:
    """Read the longest number that begins with the atom ``at``: the number, if it is none else, and the next atom."""
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
        if self.atoms[self.first].part in SCALES:
            article = _ARTICLE.search(self.text, max(start - 3, 0), start)
            start = article.start() if article else start
        value = self.total + (self.group or 0.0)
        scale = self.scale if self.last in SCALES or self.last == "suffix" else 1.0
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
        kind = gap_kind(gap)
        if kind == "point":
            return True
        if kind in {"space", "hyphen"}:
            return True
        if kind == "and":
            ends = self.last == "hundred" or not self._grows(self.at)
            return self.last in SCALES and self.in_words and atom.part in _SMALL and ends
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
            is_group = len(run) == 3 and run.isdecimal() and before.isdecimal()
            is_group = is_group and self.text[self.atoms[self.first].start] != "0"
            return is_group and len(before) <= 3 and self._is_spaced_group()
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
            if gap_kind(gap) not in ("space", "hyphen"):
                return False
            if self.atoms[ahead + 1].part in ("hundred", "magnitude"):
                return True
        return False

    def _add(self, atom: Atom) -> bool:
        if self.at > self.first and gap_kind(self.text[self.end : atom.start]) == "point":
            return self._add_decimals(atom)
        if atom.part in ("unit", "teen", "tens"):
            return self._add_small(atom)
        if atom.part == "digits":
            return self._add_digits(atom)
        if atom.part in ("hundred", "dozen"):
            return self._multiply(atom.value)
        if atom.part == "vague" and self.text[atom.start : atom.end].lower() == "dozens":  # «three dozens»
            return self.at > self.first and self._multiply(_DOZEN)
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
        share = _TAIL_COUNTS[tail.group(1).lower()] / _TAIL_PARTS[tail.group(2).lower()]
        if self.group is None or self.last == "dozen":
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
            found = read_slashed(self.text, self.atoms, self.at) if gap in (" ", "-") else None
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


@cache
def _month_words() -> frozenset[str]:
    rows = read_reference("designations", ("word", "type"))
    return frozenset(row["word"] for row in rows if row["type"] == "month")


def _means_metres(text: str, end: int) -> bool:
    """Tell «100m» of length from «100m» of people: money and counts are followed by what is counted."""
    return _METRE_CONTEXT.match(text, end) is not None
