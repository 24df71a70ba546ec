"""What a check of the warehouse finds: the fault, and what to run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RUN = "Run `wirehouse run` with any source: what is lost is loaded from the raw archive before anything else."
REBUILD = "Run `wirehouse rebuild`: it makes the database anew from the raw archive and keeps the old file beside it."
PUBLISH = "Run `wirehouse run` with any source: it publishes when it ends."
ARCHIVE = (
    "Restore the file from a copy, or run `wirehouse run` on the original sources, which archives them anew; before "
    "that, `wirehouse rebuild` would lose what they told."
)
NAMED = 5
"""Keys a problem names; it counts the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: which check found it, what it is, what to run."""

    check: str
    fault: str
    remedy: str


def name_some(keys: Sequence[str]) -> str:
    """Name the first keys and count the rest.

    >>> name_some(["a", "b", "c", "d", "e", "f", "g"])
    'a, b, c, d, e and 2 more'
    """
    more = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
    return ", ".join(keys[:NAMED]) + more
