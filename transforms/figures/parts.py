"""Parts of a whole and totals: «three of the five», «11, including five children», «a total of 80»."""

from __future__ import annotations

import re

from schemas.vocabulary import FigureKind
from transforms.figures.anchors import Anchor

_OF_WHOLE = re.compile(
    r"\s+(?:out\s+)?of\s+(?:the|those|these|its|their|his|her|some|about|all|at least|more than|nearly|"
    r"an estimated|\s)*$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\s+(?:out\s+of|of)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_INCLUDING = re.compile(
    r"\b(?:including|includes?|included|among (?:them|whom)|of (?:whom|which|them)|comprising)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_ADVERB = re.compile(r"\s+(?:\w+ly\b|of (?:them|whom|which)\b)")
_COMMA = re.compile(r",\s+(?:\w+\s+){0,2}$")
_COORDINATED = re.compile(
    r"^(?:(?!\b(?:and|as well as|while|but)\s+(?:\w+ing|were|was|are|is|injur|wound|kill|leav)).)*$",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL_BEFORE = re.compile(
    r"\b(?:toll|total|number|tally|count|figure|overall)\b[^.;\n]{0,60}\b(?:to|at|is(?: now)?|of|reach\w*|"
    r"surpass\w*|exceed\w*|stands at|pass\w*)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    r"^[^.;\n]{0,40}\b(?:in total|in all|altogether|so far|to date|since the (?:start|beginning|outbreak))\b",
    re.IGNORECASE,
)
_A_TOTAL_OF = re.compile(r"\ba (?:combined )?total of\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_LEFT = 100


def find_wholes(text: str, anchors: list[Anchor]) -> dict[int, int]:
    """Give for each part, by place in ``anchors``, the place of the figure it is a part of.

    Looks within one sentence, and at «Two of them» at a sentence's head for the figure before.
    """
    wholes: dict[int, int] = {}
    for place, anchor in enumerate(anchors):
        quantity = anchor.quantity
        if quantity.kind in (FigureKind.DURATION, FigureKind.AGE):
            continue
        if place + 1 < len(anchors) and anchors[place + 1].tree is anchor.tree:
            gap = text[quantity.end : anchors[place + 1].quantity.start]
            if len(gap) < _LEFT // 3 and (_OF_WHOLE.fullmatch(gap) or (" of " in gap and _OUT_OF.fullmatch(gap))):
                wholes[place] = place + 1
                continue
        if place and anchors[place - 1].tree is anchor.tree:
            whole = _included_in(text, anchors, place, wholes)
            if whole is not None:
                wholes[place] = whole
    return wholes


def _included_in(text: str, anchors: list[Anchor], place: int, wholes: dict[int, int]) -> int | None:
    """Find the whole of «…, including five children and two women»: the figure before «including»."""
    anchor = anchors[place]
    sentence = anchor.tree.sentence
    left = text[max(anchor.quantity.start - _LEFT, sentence.char_start) : anchor.quantity.start]
    match = _INCLUDING.search(left) or _aside(text, anchors, place)
    if match is None:
        return None
    start = anchor.quantity.start - len(left) + match.start()
    if not _COORDINATED.match(match.group()):
        return None
    for other in range(place - 1, -1, -1):
        one = anchors[other]
        if one.tree is not anchor.tree:
            return None
        if one.quantity.start < start:
            fits = one.quantity.kind is anchor.quantity.kind and one.quantity.high >= anchor.quantity.low
            return wholes.get(other, other) if fits else None
    return None


def _aside(text: str, anchors: list[Anchor], place: int) -> re.Match[str] | None:
    """Match the comma in «five injured, two critically», «two tankers, one Norwegian and one Japanese»."""
    one, two = anchors[place - 1], anchors[place]
    if two.noun is not None or two.quantity.low >= one.quantity.high or _ADVERB.match(text, two.quantity.end) is None:
        return None
    return _COMMA.search(text, one.quantity.end, two.quantity.start)


def is_cumulative(text: str, anchor: Anchor) -> bool:
    """Tell whether the text says that the figure is a total over a longer time («bringing the death toll to 80»)."""
    sentence = anchor.tree.sentence
    quantity = anchor.quantity
    left = text[max(quantity.start - _LEFT, sentence.char_start) : quantity.start]
    if _A_TOTAL_OF.search(left):
        return False
    right = text[quantity.end : min(quantity.end + _LEFT, sentence.char_end)]
    return _TOTAL_BEFORE.search(left) is not None or _TOTAL_AFTER.search(right) is not None


def has_auxiliary(anchor: Anchor) -> bool:
    """Tell whether an auxiliary stands right behind the figure's noun phrase: «of the 36 drones were shot down»."""
    start = anchor.tokens[-1] if anchor.noun is None else max(anchor.noun, anchor.tokens[-1])
    return any(t.pos == "AUX" for t in anchor.tree.tokens[start + 1 : start + 3])
