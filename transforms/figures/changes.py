"""Amounts of change: «rose 5 per cent», «was cut by a third», «is down 12 points» say by how much, not how many.

Read off verbs only, as NewsQuant annotates it: the amount in «an increase of 300» stays a plain figure.  An amount
that is compared («rose more than 5 per cent») keeps its comparator.  The verbs, and what may stand right behind them
without «by», are in ``seeds/reference/change_verbs.csv``.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from schemas.vocabulary import Comparator, FigureKind
from transforms.figures.anchors import Anchor
from transforms.reference import read_reference
from transforms.syntax.tree import Tree

_FILLERS = frozenset({"a", "an", "another", "further", "additional", "just", "only", "some", "exactly", "extra"})
_POINTS = frozenset({"point", "points", "pts", "basis", "percentage"})
_PARTICLES = {"up": Comparator.UP, "down": Comparator.DOWN}
_EXTENTS = {
    "measure": frozenset({FigureKind.PERCENT, FigureKind.MONEY, FigureKind.MEASURE}),
    "money": frozenset({FigureKind.PERCENT, FigureKind.MONEY}),
    "share": frozenset({FigureKind.PERCENT}),
}
_TIMES = frozenset({FigureKind.AGE, FigureKind.DURATION})
_REACH = 14  # words between a verb and its «by»
_RESTATED = 6  # tokens between an amount and the same in another unit
_STOPS = frozenset(';:()“”"')


class _Change(NamedTuple):
    """What a verb of change says: which way, and what may stand right behind it."""

    direction: Comparator | None
    extent: str


@cache
def _verbs() -> dict[str, _Change]:
    rows = read_reference("change_verbs", ("verb", "direction", "extent"))
    return {r["verb"]: _Change(Comparator(r["direction"]) if r["direction"] else None, r["extent"]) for r in rows}


@cache
def _past_forms() -> dict[str, str]:
    """Give the verb of each past form that is no other word's («rose», «shrank», «gained»): parsers misread them."""
    irregular = [r for r in read_reference("irregular_forms", ("form", "tag", "lemma")) if r["tag"] in ("VBD", "VBN")]
    forms = {r["form"]: r["lemma"] for r in irregular if r["lemma"] in _verbs() and r["form"] != r["lemma"]}
    inflected = set(forms.values())
    for verb in _verbs():
        if verb not in inflected:
            regular = f"{verb}d" if verb.endswith("e") else f"{verb[:-1]}ied" if verb.endswith("y") else f"{verb}ed"
            forms[regular] = forms[f"{verb}{verb[-1]}ed"] = verb  # «jumped», «dropped»
    return forms


def find_changes(anchors: list[Anchor]) -> list[Comparator]:
    """Give the comparator of each figure: its own, or ``up`` or ``down`` where a verb says that it is a change.

    Args:
        anchors: The figures of a document, in text order.
    """
    found = [_find_change(anchor) or anchor.quantity.comparator for anchor in anchors]
    for place, (one, two) in enumerate(pairwise(anchors), 1):
        if found[place] is Comparator.EXACTLY and found[place - 1] in _PARTICLES.values() and _is_restated(one, two):
            found[place] = found[place - 1]
    return found


def _find_change(anchor: Anchor) -> Comparator | None:
    quantity, tree = anchor.quantity, anchor.tree
    if quantity.comparator is not Comparator.EXACTLY or quantity.kind in _TIMES:
        return None
    at = anchor.tokens[0] - 1
    while at > 0 and tree.tokens[at].text.lower() in _FILLERS:
        at -= 1
    if at < 0:
        return None
    before = tree.tokens[at].text.lower()
    if before == "by":
        return _changed_by(anchor, at)
    if before in _PARTICLES:
        return _PARTICLES[before] if _is_share(anchor) and _has_mover(tree, at) else None
    change = _read_verb(tree, at)
    return change.direction if change is not None and _may_follow(anchor, change.extent) else None


def _changed_by(anchor: Anchor, by: int) -> Comparator | None:
    """Read «cut spending on roads by a third»: the verb is the next to the left; «cut by two men» is no change."""
    tree = anchor.tree
    if by and tree.tokens[by - 1].text.lower() in _PARTICLES:
        return _PARTICLES[tree.tokens[by - 1].text.lower()] if _has_mover(tree, by - 1) else None
    for at in range(by - 1, max(by - _REACH, -1), -1):
        token = tree.tokens[at]
        change = _read_verb(tree, at)
        if change is not None:
            return None if _does_it(anchor, at) else change.direction
        if token.pos == "VERB" or token.text in _STOPS:
            return None
    return None


def _does_it(anchor: Anchor, verb: int) -> bool:
    """Tell «was dropped by 3 drones», where the things counted do it, from «was cut by 3 points»."""
    is_counted = anchor.quantity.kind is FigureKind.COUNT and anchor.noun is not None and not _is_share(anchor)
    return is_counted and anchor.tree.tokens[verb].tag in ("VBN", "JJ")


def _read_verb(tree: Tree, at: int) -> _Change | None:
    """Read a verb of change, also one misread: «Oil rises 3 percent» (a plural), «shares slid» (an adjective)."""
    token = tree.tokens[at]
    change = _verbs().get(_past_forms().get(token.text.lower(), token.lemma.lower()))
    if change is None or token.pos in ("VERB", "AUX"):
        return change
    is_plural = token.tag == "NNS" and at > 0 and tree.tokens[at - 1].pos in ("NOUN", "PROPN")
    return change if is_plural or token.text.lower() in _past_forms() else None


def _may_follow(anchor: Anchor, extent: str) -> bool:
    """Tell whether the figure may stand right behind the verb, and is not one of something: «lost 5% of its land»."""
    after = anchor.tokens[-1] + 1
    if after < len(anchor.tree) and anchor.tree.tokens[after].text.lower() == "of":
        return False
    return anchor.quantity.kind in _EXTENTS.get(extent, ()) or (extent in _EXTENTS and _is_share(anchor))


def _is_share(anchor: Anchor) -> bool:
    """Tell whether the figure is one of percent or of points."""
    after = anchor.tokens[-1] + 1
    following = anchor.tree.tokens[after].text.lower() if after < len(anchor.tree) else ""
    return anchor.quantity.kind is FigureKind.PERCENT or following in _POINTS


def _has_mover(tree: Tree, particle: int) -> bool:
    """Tell «was up 5 percent», «moved down 3 points», «…, up 3 percent» from «made up 5 percent»."""
    at = particle - 1
    while at > 0 and tree.tokens[at].pos == "ADV":
        at -= 1
    if at < 0 or tree.tokens[at].text in ",(–—-":
        return True
    return _read_verb(tree, at) is not None


def _is_restated(one: Anchor, two: Anchor) -> bool:
    """Tell whether the second figure says the first in another unit: «by 300 jobs, or 2 per cent», «3 points (1%)»."""
    if one.tree is not two.tree or one.quantity.unit == two.quantity.unit or two.tokens[0] == 0:
        return False
    between = two.tree.tokens[one.tokens[-1] + 1 : two.tokens[0]]
    return 0 < len(between) <= _RESTATED and between[-1].text.lower() in ("or", "(")
