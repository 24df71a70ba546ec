"""Anchors: where a quantity hangs in its sentence's tree, and the noun it counts.

The parser says most of it; where its tree is odd (a number hanging on nothing, a noun read as a verb) the noun is
looked for by word order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.spans import Span
from schemas.vocabulary import FigureKind
from transforms.figures.quantities import Quantity
from transforms.syntax.tree import Tree

_NOUNS = frozenset({"NOUN", "PROPN"})
_COUNTING = frozenset({"nummod", "compound", "amod", "det", "nmod:unmarked", "obl:unmarked", "dep"})
_SKIPPED = frozenset({"ADJ", "ADV", "DET", "PUNCT", "SYM", "NUM"})
OTHERS = frozenset({"other", "others", "more", "another", "rest", "additional", "further"})
_REACH = 7  # words between a number and its noun, by word order


@dataclass(slots=True)
class Anchor:
    """A quantity in its tree: the token that stands for the number, and the noun counted, if any."""

    quantity: Quantity
    tree: Tree
    number: int
    noun: int | None = None
    whole: int | None = None
    tokens: range = field(default_factory=lambda: range(0))

    @property
    def spots(self) -> tuple[int, ...]:
        """The tokens an argument of a verb may be, if it is this figure."""
        return (self.number,) if self.noun is None else (self.noun, self.number)


def find_anchors(quantities: Sequence[Quantity], trees: Sequence[Tree]) -> list[Anchor]:
    """Hang each quantity into the tree of the sentence it stands in; those outside all sentences are left out."""
    anchors: list[Anchor] = []
    at = 0
    for quantity in quantities:
        while at < len(trees) and trees[at].sentence.char_end <= quantity.start:
            at += 1
        if at == len(trees):
            break
        tree = trees[at]
        if quantity.start < tree.sentence.char_start or not tree.tokens:
            continue
        span = Span(quantity.start, quantity.end)
        tokens = tree.tokens_in(span)
        number = tree.head_of(span)
        if number is None or not tokens:
            continue
        anchor = Anchor(quantity=quantity, tree=tree, number=number, tokens=tokens)
        _find_noun(anchor)
        anchors.append(anchor)
    return anchors


def _find_noun(anchor: Anchor) -> None:
    """Set the noun a number counts: «22 people», «dozens of people», «three of the five», «six others»."""
    tree, number = anchor.tree, anchor.number
    anchor.noun = _of_phrase(anchor)
    if anchor.noun is not None:
        return
    token = tree.tokens[number]
    head = tree.parent(number)
    if head is not None and head not in anchor.tokens and token.relation in _COUNTING:
        if tree.tokens[head].pos in _NOUNS or (tree.tokens[head].pos == "ADJ" and head > number):
            if head > number or token.relation != "nummod" or tree.tokens[head].pos == "PROPN":
                anchor.noun = _climb(tree, head, number)
                return
    if anchor.quantity.kind in (FigureKind.COUNT, FigureKind.AGE, FigureKind.MEASURE, FigureKind.RATIO):
        anchor.noun = _noun_behind(anchor)


def _climb(tree: Tree, head: int, number: int) -> int:
    """Climb from a modifier read as head to the noun right of it: «two police officers» with «two» on «police»."""
    at = head
    for _ in range(3):
        parent = tree.parent(at)
        is_modifier = tree.tokens[at].relation in ("compound", "amod") and parent is not None and parent > at > number
        if not is_modifier or parent is None:
            break
        at = parent
    return at


def _of_phrase(anchor: Anchor) -> int | None:
    """Find the noun of «of» right behind the number: «dozens of people», «three of the men», «20 percent of land»."""
    tree = anchor.tree
    after = anchor.tokens[-1] + 1
    if after >= len(tree.tokens) or tree.tokens[after].text.lower() != "of":
        return None
    noun = tree.parent(after)
    if noun is not None and noun > after and tree.tokens[after].relation == "case" and tree.tokens[noun].pos != "NUM":
        return noun
    return _walk(tree, after + 1)


def _noun_behind(anchor: Anchor) -> int | None:
    """Find by word order the noun behind a number whose tree does not say it."""
    return _walk(anchor.tree, anchor.tokens[-1] + 1)


def _walk(tree: Tree, start: int) -> int | None:
    """Walk over determiners and adjectives to a noun, and on to the last noun of its compound."""
    noun: int | None = None
    for at in range(start, min(start + _REACH, len(tree.tokens))):
        token = tree.tokens[at]
        if token.pos in _NOUNS:
            noun = at
        elif noun is not None:
            break
        elif token.text in ",;:." or token.text.lower() in ("and", "or"):
            break
        elif token.pos not in _SKIPPED and token.text not in "-–“\"‘'" and token.tag != "POS":
            break
    return noun
