"""Scores and votes: what the two numbers of «27–24» count, told by the sport or the ballot around them."""

from __future__ import annotations

import re
from functools import cache

from schemas.vocabulary import FigureKind
from transforms.figures.anchors import Anchor
from transforms.reference import read_reference
from transforms.syntax.tree import Tree

_DASHES = frozenset("-–—")
_POINT = "point"


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = read_reference("score_words", ("word", "thing"))
    known = {row["word"]: row["thing"] for row in rows}
    listed = sorted((re.escape(w) for w in known), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)", re.IGNORECASE), known


def score_thing(anchor: Anchor) -> str | None:
    """Name what a score counts: goals, points, runs, votes; nothing if the figure is no half of a score.

    The words that tell stand in ``seeds/reference/score_words.csv``; without one of them in the sentence a score
    counts points.
    """
    tree = anchor.tree
    if anchor.quantity.kind is not FigureKind.COUNT or not _is_half(tree, anchor.tokens[0], anchor.tokens[-1]):
        return None
    pattern, known = _words()
    text = " ".join(t.text for t in tree.tokens)
    told = pattern.search(text)
    return known[told.group().lower()] if told else _POINT


def _is_half(tree: Tree, first: int, last: int) -> bool:
    """Tell whether a dash and another number touch the figure."""
    after, before = last + 1, first - 1
    if after + 1 < len(tree) and tree.tokens[after].text in _DASHES and tree.tokens[after + 1].text[:1].isdigit():
        return True
    if before > 0 and tree.tokens[before].text in _DASHES and tree.tokens[before - 1].text[-1:].isdigit():
        return True
    # A pair the parser kept in one token.
    return any(t.text[:1].isdigit() and any(d in t.text for d in _DASHES) for t in tree.tokens[first : last + 1])
