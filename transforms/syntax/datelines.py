"""The label before a report: where and when it was written, who speaks, which no clause contains.

«KYIV, Ukraine (AP) — », «Kyiv, Ukraine: », «MOSCOW, March 5 (Reuters) - », «San Salvador, 9 Jan 90 (dpa) -- [Text] »,
«QUESTION: ».  A parser takes such a label for a subject; it is cut off before parsing.
"""

from __future__ import annotations

import re

_CAPS = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){0,3})"
_TITLE = r"(?:[A-ZÀ-Þ][\w.'’-]*(?:[ ](?:(?:de|al|el|of|the|and|-)[ ])?[A-ZÀ-Þ][\w.'’-]*){0,3})"
_DATE = r"(?:\d{1,2}\s+[A-Z][a-z]{2,8}\.?(?:\s+\d{2,4})?|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,?\s+\d{4})?)"
_REST = rf"(?:,\s+(?:{_DATE}|{_TITLE})){{0,3}}"
_AGENCY = r"(?:\s*\((?:[A-Za-z][\w.,&/’' -]{1,40})\))"
_DASH = r"(?:\s+(?:-{1,3}|[–—―])\s+|\s*(?:--|[—―])\s*)"
_TEXT = r"(?:\[[A-Z][a-z]+\]\s*)?"
_GOES_ON = r"(?=[A-ZÀ-Þ\"“‘'\[0-9])"

_DATELINE = re.compile(
    rf"""(?:
      {_CAPS}{_REST}{_AGENCY}?{_DASH}{_TEXT}      # KYIV, Ukraine (AP) —
    | {_TITLE}{_REST}{_AGENCY}{_DASH}{_TEXT}      # San Salvador, 9 Jan 90 (dpa) -- [Text]
    | {_TITLE},\s+(?:{_DATE}|{_TITLE}){_AGENCY}?{_DASH}   # Washington, D.C.—
    | {_TITLE},\s+(?:{_DATE}|{_TITLE}){_AGENCY}?:\s+      # Kyiv, Ukraine:
    | {_CAPS}(?:,\s+{_TITLE})?{_AGENCY}?:\s+              # QUESTION:
    ){_GOES_ON}""",
    re.VERBOSE,
)
_MAX_CHARS = 90


def find_dateline(text: str, start: int, end: int) -> int:
    """Give the offset at which the sentence proper begins in ``text[start:end]``; ``start`` if nothing leads it.

    Only shapes a newsroom prints are known, places are not looked up: «Kyiv: Russia has …» stays a sentence.

    >>> text = "Kyiv, Ukraine: Russia has struck."
    >>> text[find_dateline(text, 0, len(text)):]
    'Russia has struck.'
    """
    if not text[start : start + 1].isupper():
        return start
    match = _DATELINE.match(text, start, min(end, start + _MAX_CHARS))
    return match.end() if match else start
