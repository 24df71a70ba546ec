"""Tolls: «the death toll … rises to 31», «bringing the number of deaths to at least 150»."""

from __future__ import annotations

from schemas.vocabulary import Effect
from transforms.figures.anchors import Anchor
from transforms.figures.triggers import read_trigger
from transforms.figures.walks import LEADING
from transforms.syntax.tree import Tree

_TOLL_BACK = 24
_RISING = frozenset(
    {
        "rise",
        "increase",
        "reach",
        "climb",
        "stand",
        "grow",
        "jump",
        "surpass",
        "pass",
        "exceed",
        "top",
        "hit",
        "be",
        "soar",
        "total",
        "number",
        "bring",
        "raise",
        "put",
        "have",
        "would",
        "now",
        "currently",
    }
)
_RISING_TO = frozenset({"to"})


def read_toll(tree: Tree, anchor: Anchor, owner: dict[int, int]) -> tuple[Effect, ...]:
    """Read the effect of a toll that comes to the figure, by walking left over the verb that says so."""
    at = anchor.tokens[0] - 1
    is_reaching = False
    for _ in range(_TOLL_BACK):
        if at < 0 or at in owner or tree.tokens[at].text == ";":
            return ()
        is_reaching = is_reaching or _is_rising(tree, at)
        if not is_reaching and not _may_lead(tree, at):
            return ()
        for sides in read_trigger(tree, at) if is_reaching else ():
            if "noun" in sides:
                return sides["noun"]
        at -= 1
    return ()


def _is_rising(tree: Tree, at: int) -> bool:
    text, lemma = tree.tokens[at].text.lower(), tree.tokens[at].lemma.lower()
    return text in _RISING_TO or lemma in _RISING or text.removesuffix("s") in _RISING


def _may_lead(tree: Tree, at: int) -> bool:
    return tree.tokens[at].text.lower() in LEADING or tree.tokens[at].pos in ("ADV", "ADP")
