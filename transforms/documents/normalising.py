"""Normal text: what is stored, and what every offset points into.  Clean text comes out as it went in.

One newline, no characters that show nothing or steer a terminal, canonical composition (Unicode NFC), no white space
at the ends.  Nothing is repaired or folded beyond that unless asked for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import ftfy
from ftfy.badness import is_bad

from schemas.vocabulary import QualityFlag

NEXT_LINE = "\x85"
NEWLINE = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
CONTROL = re.compile("\x1b\\[[0-9;?]{0,16}[A-Za-z]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
JOINERS = re.compile("[\u200c\u200d]+")
MIXED = re.compile("[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]")
LONGEST_STACK = 30
"""Combining marks on one letter (the Stream-Safe Text Format of UAX 15); Python's NFC is quadratic in their number."""


@dataclass(frozen=True, slots=True)
class Normal:
    """Normal text, and what had to be done or should be known about it."""

    text: str
    flags: frozenset[QualityFlag] = frozenset()


def normalise(text: str, *, repair: bool = False) -> Normal:
    r"""Bring a text into normal form.

    With ``repair``, text that was decoded with the wrong encoding is mended (ftfy); otherwise it is only flagged, as
    are words that mix alphabets.

    >>> normalise("Ru\u200bssia said\r\n“no”.").text
    'Russia said\n“no”.'

    Raises:
        UnicodeEncodeError: Never; lone surrogates are the caller's to refuse.
    """
    flags: set[QualityFlag] = set()
    if not text.isascii() and is_bad(text.replace(NEXT_LINE, "\n")):
        flags.add(QualityFlag.MOJIBAKE)
        text = ftfy.fix_encoding(text) if repair else text
    text = replace_flagged(NEWLINE, "\n", text, QualityFlag.NEWLINES_NORMALISED, flags)
    text = replace_flagged(CONTROL, "", text, QualityFlag.CONTROL_CHARS, flags)
    text = replace_flagged(INVISIBLE, "", text, QualityFlag.INVISIBLE_CHARS, flags)
    text = drop_joiners(text, flags)
    text = compose(text, flags).strip()
    if MIXED.search(text):
        flags.add(QualityFlag.MIXED_SCRIPT)
    return Normal(text, frozenset(flags))


def replace_flagged(pattern: re.Pattern[str], by: str, text: str, flag: QualityFlag, flags: set[QualityFlag]) -> str:
    """Replace what a pattern matches, and remember that something was."""
    replaced, times = pattern.subn(by, text)
    if times:
        flags.add(flag)
    return replaced


def drop_joiners(text: str, flags: set[QualityFlag]) -> str:
    """Drop zero-width joiners beside letters; between emoji they are part of the sign and stay."""

    def beside_letters(match: re.Match[str]) -> str:
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        return "" if any(character.isalnum() or character == "_" for character in around) else match[0]

    replaced = JOINERS.sub(beside_letters, text)
    if replaced != text:
        flags.add(QualityFlag.INVISIBLE_CHARS)
    return replaced


def compose(text: str, flags: set[QualityFlag]) -> str:
    """Compose letters with their marks (NFC); stacks of marks higher than any language writes are cut first."""
    if text.isascii():
        return text
    text = replace_flagged(stacked_marks(), r"\1", text, QualityFlag.INVISIBLE_CHARS, flags)
    return unicodedata.normalize("NFC", text)


@cache
def stacked_marks() -> re.Pattern[str]:
    """Compile the pattern of too many combining marks in a row."""
    marks = "".join(chr(c) for c in range(0x300, 0x1F000) if unicodedata.combining(chr(c)))
    return re.compile(f"([{re.escape(marks)}]{{{LONGEST_STACK}}})[{re.escape(marks)}]+")


def clean_line(text: str | None) -> str | None:
    r"""Bring a name, a title or an identifier into normal form on one line; nothing where nothing is left.

    >>> clean_line(" Port\x00 hit \n again ")
    'Port hit again'
    """
    return " ".join(normalise(text).text.split()) or None if text else None
