"""Stubs: pages that hold no article, only a wall, a consent form, an error or a player."""

from __future__ import annotations

import re
from functools import cache

from transforms.reference import read_reference

MOST_WORDS = 120
"""Longer texts are articles, whatever is appended to them."""
WORD = re.compile(r"\w+")


def find_stub(title: str | None, text: str, words: int) -> str | None:
    """Give the sort of stub a short text is (wall, consent, error, player), or nothing for an article.

    >>> find_stub(None, "Please enable JavaScript to continue.", 5)
    'error'
    """
    if words > MOST_WORDS:
        return None
    pattern, kinds = stub_phrases()
    match = pattern.search(" ".join(WORD.findall(f"{title or ''}\n{text}".lower())))
    return kinds[match[0]] if match else None


@cache
def stub_phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    """Compile the phrases stubs are known by, and the sort each tells."""
    rows = read_reference("stub_phrases", ("phrase", "kind"))
    kinds = {" ".join(WORD.findall(row["phrase"].lower())): row["kind"] for row in rows}
    listed = "|".join(sorted(map(re.escape, kinds), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)"), kinds
