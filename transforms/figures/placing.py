"""Where a figure happened: the likeliest of the places named in its sentence and before it.

A linear ranker over a few dozen readable features; its weights (``model/places.json``) are learnt from annotated
reports, see the model card beside them.  A figure has no place when its paragraph and those before name none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from schemas.places import Place
from schemas.vocabulary import Effect, FigureKind
from transforms.figures.anchors import Anchor
from transforms.figures.nouns import is_people
from transforms.syntax.tree import Tree

WEIGHTS = Path(__file__).parent / "model" / "places.json"
_BACK = 12  # sentences looked back at
_MOST = 24  # candidates weighed
_NEAR = (12, 30, 60, 120, 240)
_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "of",
        "from",
        "against",
        "into",
        "to",
        "for",
        "across",
        "outside",
        "over",
        "around",
        "through",
        "inside",
        "towards",
        "toward",
        "along",
        "off",
        "between",
        "within",
        "throughout",
        "by",
        "with",
    }
)
_FRAMES = {
    Effect.PROVIDED: "provided",
    Effect.LAUNCHED: "launched",
    Effect.INTERCEPTED: "launched",
}


@cache
def place_weights() -> dict[str, float]:
    """Give the ranker's weights by feature."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return weights


class PlaceFinder:
    """Finds the place of each figure of one document among its places."""

    def __init__(self, trees: Sequence[Tree], places: Sequence[Place]) -> None:
        self._trees = {tree.sentence.sentence_no: tree for tree in trees}
        self._by_sentence: dict[int, list[Place]] = {}
        self._mentions: dict[str, int] = {}
        for place in places:
            self._by_sentence.setdefault(place.sentence_no, []).append(place)
            self._mentions[place.name] = self._mentions.get(place.name, 0) + 1
        self._features: dict[str, tuple[str, ...]] = {}
        self._weights: dict[str, list[float]] = {}

    def find(self, anchor: Anchor, effects: tuple[Effect, ...]) -> Place | None:
        """Give the likeliest place of the figure, or nothing where none is named in or before its sentence."""
        candidates = self.candidates(anchor)
        if not candidates:
            return None
        return max(candidates, key=lambda p: (self._weigh(anchor, effects, p), -p.char_start))

    def candidates(self, anchor: Anchor) -> list[Place]:
        """List the places of the figure's sentence and of those before it, nearest sentences first."""
        number = anchor.tree.sentence.sentence_no
        found: list[Place] = []
        for back in range(_BACK):
            found += self._by_sentence.get(number - back, [])
            if len(found) >= _MOST:
                break
        return found[:_MOST]

    def describe(self, anchor: Anchor, effects: tuple[Effect, ...], place: Place) -> Iterator[str]:
        """Give the features of one candidate for one figure."""
        yield from self._distance(anchor, place)
        own = self.mention_features(place)
        yield from own
        yield from self._beyond(anchor, effects, place)

    def _weigh(self, anchor: Anchor, effects: tuple[Effect, ...], place: Place) -> float:
        """Add up the weights of :meth:`describe`; those of the mention's own features are looked up once."""
        weights = place_weights()
        if place.place_id not in self._weights:
            self._weights[place.place_id] = [weights.get(f, 0.0) for f in self.mention_features(place)]
        before = [weights.get(f, 0.0) for f in self._distance(anchor, place)]
        return sum(
            [
                *before,
                *self._weights[place.place_id],
                *[weights.get(f, 0.0) for f in self._beyond(anchor, effects, place)],
            ]
        )

    def _distance(self, anchor: Anchor, place: Place) -> tuple[str, str]:
        here, there = anchor.tree.sentence, self._trees[place.sentence_no].sentence
        back, paragraphs = here.sentence_no - there.sentence_no, here.paragraph_no - there.paragraph_no
        return f"back={min(back, 4)}", f"paragraphs={min(paragraphs, 3)}"

    def _beyond(self, anchor: Anchor, effects: tuple[Effect, ...], place: Place) -> Iterator[str]:
        """Give the features of figure and mention together."""
        own = self.mention_features(place)
        back = anchor.tree.sentence.sentence_no - place.sentence_no
        frame = next((_FRAMES[e] for e in effects if e in _FRAMES), "happened")
        if frame != "happened":
            yield f"{frame}:{own[0]}"
            yield f"{frame}:{own[1]}"
        if anchor.quantity.kind is not FigureKind.COUNT:
            yield f"measured:{own[0]}"
        if back == 0:
            yield from self._beside(anchor, place)
        elif back > 0:
            yield f"earlier:{own[1]}"
            yield f"earlier:{own[2]}"

    def _beside(self, anchor: Anchor, place: Place) -> Iterator[str]:
        quantity = anchor.quantity
        is_after = place.char_start >= quantity.end
        gap = place.char_start - quantity.end if is_after else quantity.start - place.char_end
        side = "after" if is_after else "before"
        yield f"{side}"
        yield f"{side}<{next((n for n in _NEAR if gap < n), 999)}"
        between = [
            p
            for p in self._by_sentence[place.sentence_no]
            if min(place.char_start, quantity.start) < p.char_start < max(place.char_start, quantity.start)
        ]
        yield f"{side}:between={min(len(between), 3)}"
        tree = anchor.tree
        token = tree.head_of(place.span)
        if token is None:
            return
        governors = set(tree.ancestors(anchor.number))
        steps = next((i for i, a in enumerate(tree.ancestors(token)) if a in governors or a == anchor.number), 5)
        yield f"{side}:steps={min(steps, 5)}"
        yield f"{side}:{self.mention_features(place)[1]}"

    def mention_features(self, place: Place) -> tuple[str, ...]:
        """Give what is to be said of a mention whatever the figure; kept for the next figure."""
        if place.place_id not in self._features:
            self._features[place.place_id] = tuple(self._describe_mention(place))
        return self._features[place.place_id]

    def _describe_mention(self, place: Place) -> Iterator[str]:
        tree = self._trees[place.sentence_no]
        tokens = tree.tokens_in(place.span)
        yield f"type={place.place_type.value}"
        yield f"preposition={_preposition(tree, tokens)}"
        head = tree.head_of(place.span)
        relation = tree.tokens[head].relation if head is not None else "none"
        yield f"relation={relation}"
        yield f"part={tree.tokens[head].pos if head is not None else 'none'}"
        if head is not None and relation in ("amod", "compound"):
            noun = tree.parent(head)
            yield f"modifies={'people' if noun is not None and is_people(tree, noun) else 'thing'}"
        after = tree.tokens[tokens[-1] + 1].text if tokens and tokens[-1] + 1 < len(tree) else ""
        yield f"follows={after if after in (',', '.', '(', ')', '-', '–', chr(39) + 's', '’s') else 'word'}"
        neighbours = self._by_sentence[place.sentence_no]
        yield f"opens={any(0 < p.char_start - place.char_end <= 3 for p in neighbours)}"
        yield f"closes={any(0 < place.char_start - p.char_end <= 3 for p in neighbours)}"
        yield f"mentions={min(self._mentions[place.name], 4)}"
        yield f"known={place.latitude is not None}"
        yield f"sentence={min(place.sentence_no, 2)}"


def _preposition(tree: Tree, tokens: range) -> str:
    """Give the preposition before a mention, articles and other names between left out."""
    if not tokens:
        return "none"
    for at in range(tokens[0] - 1, max(tokens[0] - 6, -1), -1):
        token = tree.tokens[at]
        if token.pos == "ADP":
            lower = token.text.lower()
            return lower if lower in _PREPOSITIONS else "other"
        if token.pos not in ("DET", "PROPN", "ADJ", "NOUN"):
            return "none"
    return "none"


def name_of(place: Place, finder: PlaceFinder) -> str:
    """Give a place as the text names it; for an adjective («Syrian») the name of the country."""
    return place.name if "part=ADJ" in finder.mention_features(place) else place.quote
