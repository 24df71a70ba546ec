"""Who gives a figure and where it happened: the statement around it, and the place nearest to it."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.places import Place
from schemas.spans import Span, hull
from schemas.statements import Statement
from schemas.vocabulary import FigureKind, PlaceType
from transforms.figures.anchors import Anchor
from transforms.syntax.tree import Tree


def find_statement(span: Span, statements: Sequence[Statement]) -> Statement | None:
    """Give the innermost statement whose content holds the figure and whose source the text names."""
    best: tuple[int, Statement] | None = None
    for statement in statements:
        for content in statement.content_spans:
            if content.start <= span.start and span.end <= content.end:
                around = hull(statement.content_spans) or content
                size = around.end - around.start
                if statement.source_spans and (best is None or size < best[0]):
                    best = (size, statement)
    return best[1] if best else None


class PlaceFinder:
    """Finds the place of a figure among the places of its document."""

    def __init__(self, trees: Sequence[Tree], places: Sequence[Place]) -> None:
        self._by_sentence: dict[int, list[Place]] = {}
        for place in places:
            self._by_sentence.setdefault(place.sentence_no, []).append(place)
        self._paragraphs = {tree.sentence.sentence_no: tree.sentence.paragraph_no for tree in trees}

    def find(self, anchor: Anchor) -> Place | None:
        """Give the most specific place of the sentence, the nearest if several; else one of the sentences before it.

        Only sentences of the same paragraph are looked back at.
        """
        if anchor.quantity.kind in (FigureKind.DURATION, FigureKind.AGE) and anchor.quantity.unit != "year":
            return None
        sentence = anchor.tree.sentence
        number, paragraph = sentence.sentence_no, sentence.paragraph_no
        while number >= 0 and self._paragraphs.get(number) == paragraph:
            candidates = self._by_sentence.get(number)
            if candidates:
                return self._choose(anchor, candidates)
            number -= 1
        return None

    def _choose(self, anchor: Anchor, candidates: list[Place]) -> Place:
        return max(candidates, key=lambda p: (_specificity(p), -abs(p.char_start - anchor.quantity.end)))


_SPECIFIC = {
    PlaceType.SITE: 5,
    PlaceType.SETTLEMENT: 5,
    PlaceType.FEATURE: 4,
    PlaceType.DISTRICT: 4,
    PlaceType.REGION: 3,
    PlaceType.UNKNOWN: 3,
    PlaceType.COUNTRY: 1,
}


def _specificity(place: Place) -> int:
    return _SPECIFIC.get(place.place_type, 2)
