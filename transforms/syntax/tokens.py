"""Words of a sentence, cut as the English treebanks cut them.

Source of the conventions: the tokenization of UD English EWT and GUM (after the English Web Treebank guidelines,
Bies et al. 2012): clitics, currency signs, percent signs and hyphens are words of their own; abbreviations keep
their stop.
"""

from __future__ import annotations

import re

# Abbreviations that keep their stop wherever they stand.  Single capitals ("J.") and dotted ones ("U.S.") go by rule.
_ABBREVIATIONS_LISTED = """
    mr mrs ms dr prof gov sen rep reps sens gen lt col maj capt cpl sgt cmdr adm brig pvt pres rev fr hon st sr
    jr supt insp det dept univ assn bros inc ltd co corp llc plc vs etc jan feb mar apr jun jul aug sept sep oct
    nov dec mon tue tues wed thu thur thurs fri ave blvd rd ft mt no nos vol approx est fig cf al ca mil ed eds
    pp messrs mme mlle esq ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont
    neb nev okla ore pa penn tenn tex va vt wash wis wyo
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS_LISTED.split())
# Those of them that can also be common words or end a sentence: the stop is kept only before a lower-case letter,
# a figure or a capital that goes with them.
_AMBIGUOUS_LISTED = """
    no mar mon wed fri ill ind la ore pa miss mass wash mo co al mil ed est fig del dec sat sun
"""
_AMBIGUOUS = frozenset(_AMBIGUOUS_LISTED.split())

_WORD = r"[^\W\d_]"
# A prefix that is no word stays with what it is put before.
_PREFIX = "(?i:anti|non|pro|ex|mid|un|re|pre|co|counter|mis|e|neo|ultra|semi|multi|inter|sub|wi|bi|intra|de|x|t)"
_TOKEN = re.compile(
    rf"""
    (?:https?://|www\.)[^\s<>“”"]*[^\s<>“”"'’.,;:!?)\]]        # addresses of the web
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                               # and of mail
  | [@\#][^\W\d]\w*                                            # handles and hashtags
  | (?:{_WORD}\.){{2,}}(?:{_WORD}(?!{_WORD}))?                 # U.S., a.m., D.C
  | \b(?:{_PREFIX})-{_WORD}+                                    # anti-fascist, ex-minister
  | \d{{3}}-\d{{3}}-\d{{4}}\b | \d{{3}}-\d{{4}}\b                    # telephone numbers
  | [:;=8]-?[()DPp](?!\w) | <3                                 # faces
  | {_WORD}&{_WORD}(?!\w)                                      # R&D
  | \d+(?::\d\d)+                                              # 10:30
  | \d+/\d+(?:/\d+)?                                           # 7/11, 11/05/2003
  | \d+(?:[.,]\d+)*(?:st|nd|rd|th|s)\b                         # 21st, 1990s
  | \d+(?:[.,]\d+)*                                            # 2,300.5
  | \.\d+                                                      # .5
  | \.{{2,}} | -{{2,}} | _{{2,}} | \*{{2,}} | ={{2,}} | ~{{2,}}
  | [!?]{{2,}}
  | (?:{_WORD}|[\u0300-\u036f\u200c\u200d])+(?:\d+\b)?                   # words, F16
  | \w+
  | ['’](?:\d\ds?\b)                                           # ’90s
  | \S
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"['’](?:s|re|ve|ll|d|m|S|RE|VE|LL|D|M)\b")
_NEGATED = re.compile(
    r"(?i)(?:ai|are|ca|could|did|do|does|had|has|have|is|might|must|need|ought|sha|should|was|were|wo|would)n$"
)
_FUSED = {
    "cannot": 3,
    "gonna": 3,
    "wanna": 3,
    "gotta": 3,
    "lemme": 3,
    "gimme": 3,
    "dunno": 2,
}
_APOSTROPHE_NAMES = re.compile(r"(?:O|D|L|Al|d|l|o|al|Ma|Sha|Qur|Shi|Sana)$")
_UNIT_AFTER_FIGURE = re.compile(
    r"(?i)(\d[\d.,]*)"
    r"(?:km|kg|m|cm|mm|mph|kph|kmh|bn|mn|k|b|pm|am|g|t|mg|gb|mb|tb|ft|lbs?|mw|gw|kw|kt|trn|tn|hz|ghz)$"
)


def find_words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` into words and marks; give their half-open offsets in ``text``.

    Every character that is not a space lies in exactly one word.  Runs in time linear in the text.

    >>> text = "The U.S. didn’t send $40bn."
    >>> [text[a:b] for a, b in find_words(text)]
    ['The', 'U.S.', 'did', 'n’t', 'send', '$', '40', 'bn', '.']
    """
    end = len(text) if end is None else end
    words: list[tuple[int, int]] = []
    at = start
    while at < end:
        match = _TOKEN.search(text, at, end)
        if match is None:
            break
        at = _cut(text, match.start(), match.end(), end, words)
    return words


def _cut(text: str, first: int, last: int, end: int, words: list[tuple[int, int]]) -> int:
    """Add the words of one match and give the offset to go on from."""
    char = text[first]
    if char in "'’" and last - first == 1:
        clitic = _CLITIC.match(text, first, end)
        if clitic and words and words[-1][1] == first:
            words.append((first, clitic.end()))
            return clitic.end()
    elif char.isalpha():
        return _cut_word(text, first, last, end, words)
    elif char.isdigit():
        return _cut_figure(text, first, last, words)
    words.append((first, last))
    return last


def _cut_word(text: str, first: int, last: int, end: int, words: list[tuple[int, int]]) -> int:
    word = text[first:last]
    following = text[last : last + 2]
    if following[:1] in ("'", "’") and last < end:
        if following[1:] in ("t", "T") and _NEGATED.match(word) and not text[last + 2 : last + 3].isalnum():
            words += [(first, last - 1), (last - 1, last + 2)]
            return last + 2
        rest = _TOKEN.match(text, last + 1, end)
        if rest and _APOSTROPHE_NAMES.match(word) and following[1:].isalpha() and not _CLITIC.match(text, last, end):
            words.append((first, rest.end()))
            return rest.end()
    fused = _FUSED.get(word.lower())
    if fused:
        words += [(first, first + fused), (first + fused, last)]
        return last
    if following[:1] == "." and last < end and _keeps_stop(text, word, last, end):
        last += 1
    words.append((first, last))
    return last


def _keeps_stop(text: str, word: str, stop: int, end: int) -> bool:
    """Tell whether the stop after ``word`` is part of it: an initial, an abbreviation."""
    if word.endswith(".") or not word.isalpha():
        return False
    if len(word) == 1:
        return word.isupper() and word != "I" and stop + 1 < end
    lower = word.lower()
    if lower not in ABBREVIATIONS or not (word[0].isupper() or lower in ("vs", "etc", "al", "approx", "ca")):
        return lower in ("vs", "etc", "approx")
    if lower in _AMBIGUOUS:
        rest = text[stop + 1 : stop + 3]
        return bool(rest[:1].isspace() and (rest[1:].isdigit() or rest[1:].islower())) or rest[:1] == ","
    return True


def _cut_figure(text: str, first: int, last: int, words: list[tuple[int, int]]) -> int:
    unit = _UNIT_AFTER_FIGURE.match(text, first, last)
    if unit:
        words += [(first, unit.end(1)), (unit.end(1), last)]
    else:
        words.append((first, last))
    return last
