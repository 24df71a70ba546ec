"""Effects by nearness: triggers right beside a figure, and what a coordination shares.

Casualty reports put trigger and number side by side («kills 12 and injures five», «12 killed and five injured»);
there word order is surer than a tree, which often shares the wrong subject over such ellipses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.vocabulary import Effect
from transforms.figures.anchors import Anchor
from transforms.figures.tolls import read_toll
from transforms.figures.triggers import Sides, is_trigger, read_trigger
from transforms.figures.walks import (
    LEADING,
    counts_lives,
    counts_people,
    is_bare,
    is_misread,
    is_passive,
    is_perfect,
    walk_before,
    walk_behind,
    walk_list,
)
from transforms.syntax.tree import Tree

_GAP = 12
_PARTITIVE = frozenset({"of", "out", "the", "those", "all", "its", "their"})
_PAST = frozenset({"VBN", "VBD", "JJ"})
_STATES = frozenset({"VBG", "NN", "NNS", "RB", "IN"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON"})
_OF_WORDS = frozenset({"of", "to", "among", "for"})
_JOINTS = frozenset({"and", "or", ",", "as", "well", "plus", "&"})
_BOTH_WAYS = frozenset({Effect.LAUNCHED, Effect.INTERCEPTED})


class Beside(NamedTuple):
    """A figure beside a trigger: its place, the effects, and where it lies (-1 before the trigger, 1 behind)."""

    place: int
    effects: tuple[Effect, ...]
    step: int


@dataclass(slots=True)
class NearEffects:
    """Effects by place of the figure, and the triggers that are spent on them."""

    effects: dict[int, list[Effect]] = field(default_factory=dict)
    spent: set[int] = field(default_factory=set)

    def add(self, place: int, effects: tuple[Effect, ...]) -> None:
        """Add effects to the figure at ``place``, each once."""
        listed = self.effects.setdefault(place, [])
        listed.extend(e for e in effects if e not in listed)


def find_near_effects(tree: Tree, anchors: list[Anchor]) -> NearEffects:
    """Find triggers with a figure right before or behind them, and hand effects on along coordinated figures."""
    owner = {i: place for place, anchor in enumerate(anchors) for i in anchor.tokens}
    near = NearEffects()
    directions: dict[int, int] = {}
    for index in range(len(tree)):
        found = (_beside(tree, index, sides, owner) for sides in read_trigger(tree, index))
        beside = next((b for b in found if b is not None), None)
        if beside is not None and not _is_relative(tree, index, beside, near, directions):
            near.add(beside.place, beside.effects)
            near.spent.add(index)
            directions[beside.place] = beside.step
    for place, anchor in enumerate(anchors):
        risen = () if place in near.effects else read_toll(tree, anchor, owner)
        if risen:
            near.add(place, risen)
    _share(anchors, near, directions)
    return near


def _is_relative(tree: Tree, index: int, beside: Beside, near: NearEffects, directions: dict[int, int]) -> bool:
    """Tell whether a bare participle only describes what another trigger already has: «destroyed 14 tanks captured …».

    What is shot down was launched before, so both hold there.
    """
    if beside.step != -1 or directions.get(beside.place) != 1 or is_passive(tree, index):
        return False
    return {*near.effects[beside.place], *beside.effects} != _BOTH_WAYS


def _beside(tree: Tree, index: int, sides: Sides, owner: dict[int, int]) -> Beside | None:
    """Find the figure right beside the trigger."""
    return (
        _as_attribute(tree, index, sides, owner)
        or _as_undergone(tree, index, sides, owner)
        or _as_acting(tree, index, sides, owner)
        or _as_noun(tree, index, sides, owner)
    )


def _as_attribute(tree: Tree, index: int, sides: Sides, owner: dict[int, int]) -> Beside | None:
    """«and injured scores», where a past form stands before the number as its verb."""
    if "patient" not in sides or tree.tokens[index].tag not in _PAST or _is_participle(tree, index):
        return None
    place = walk_behind(tree, index + 1, owner, may_join=False)
    return None if place is None else Beside(place, sides["patient"], 1)


def _as_undergone(tree: Tree, index: int, sides: Sides, owner: dict[int, int]) -> Beside | None:
    """«12 killed», «dozens were injured», «five still missing», and those who act and suffer: «12 died»."""
    token = tree.tokens[index]
    effects = sides.get("subject") if token.tag.startswith("VB") else None
    if _is_participle(tree, index):
        effects = sides.get("state") or sides.get("patient") or effects
    elif token.tag in _STATES:
        effects = sides.get("state") or effects
    place = walk_before(tree, index, owner) if effects else None
    return None if place is None or not effects else Beside(place, effects, -1)


def _as_acting(tree: Tree, index: int, sides: Sides, owner: dict[int, int]) -> Beside | None:
    """«killing at least 12», «claimed 12 lives»."""
    token = tree.tokens[index]
    if not {"patient", "lives", "goods"} & set(sides):
        return None
    place = walk_behind(tree, index + 1, owner)
    if place is None and token.tag in ("VBD", "VBZ", "VBG", "VBP") and not is_passive(tree, index):
        place = walk_list(tree, index + 1, owner)
    if place is None:
        return None
    if "lives" in sides and counts_lives(tree, place, owner):
        return Beside(place, sides["lives"], 1)
    is_verb = token.tag.startswith("VB") or is_misread(tree, index)
    effects = sides.get("patient") or (() if counts_people(tree, place, owner) else sides.get("goods"))
    if effects and is_verb and (token.tag != "VBN" or is_perfect(tree, index)):
        return Beside(place, effects, 1)
    return None


def _as_noun(tree: Tree, index: int, sides: Sides, owner: dict[int, int]) -> Beside | None:
    """«the deaths of 12», «injuries to five»."""
    if "noun" not in sides or tree.tokens[index].pos != "NOUN" or index + 1 >= len(tree):
        return None
    if tree.tokens[index + 1].text.lower() not in _OF_WORDS:
        return None
    place = walk_behind(tree, index + 2, owner)
    return None if place is None else Beside(place, sides["noun"], 1)


def _is_participle(tree: Tree, index: int) -> bool:
    return tree.tokens[index].tag in _PAST and (is_bare(tree, index) or is_passive(tree, index))


def _share(anchors: list[Anchor], near: NearEffects, directions: dict[int, int]) -> None:
    """Hand effects on: «three soldiers and two civilians were killed», «killing two soldiers and three civilians»."""
    for place in range(len(anchors) - 1, 0, -1):
        _hand_on(anchors, near, directions, (place, place - 1), -1)
    wholes = {place for place in range(1, len(anchors)) if _is_whole(anchors[place - 1], anchors[place])}
    for place in range(1, len(anchors)):
        giver = place - 1
        if giver in wholes and giver not in near.effects:  # «33 of 36 drones and three missiles»
            giver -= 1
        _hand_on(anchors, near, directions, (giver, place), 1)


def _hand_on(
    anchors: list[Anchor], near: NearEffects, directions: dict[int, int], pair: tuple[int, int], step: int
) -> None:
    """Give the effects of one figure to its neighbour, if its trigger lies beyond the two and they are joined."""
    giver, taker = pair
    if directions.get(giver) != step:
        return
    beside = taker - step  # the giver, or the whole it is a part of
    if not _are_joined(anchors[min(beside, taker)], anchors[max(beside, taker)]):
        return
    # What is shot down was launched before: «shot down two missiles and eight drones launched by …».
    is_both = taker in near.effects and {*near.effects[giver], *near.effects[taker]} == _BOTH_WAYS
    if taker not in near.effects or is_both:
        near.add(taker, tuple(near.effects[giver]))
        directions.setdefault(taker, step)


def _is_whole(one: Anchor, two: Anchor) -> bool:
    """Tell whether only «of the» stands between: the first is a part of the second."""
    between = one.tree.tokens[one.tokens[-1] + 1 : two.tokens[0]]
    return bool(between) and all(t.text.lower() in _PARTITIVE for t in between)


def _are_joined(one: Anchor, two: Anchor) -> bool:
    """Tell whether only the first figure's noun phrase and a joint stand between two figures."""
    tree = one.tree
    between = range(one.tokens[-1] + 1, two.tokens[0])
    if len(between) > _GAP or one.quantity.kind is not two.quantity.kind:
        return False
    has_joint = False
    for at in between:
        token = tree.tokens[at]
        lower = token.text.lower()
        is_other = is_trigger(tree, at) and token.pos != "NOUN" and tree.tokens[at - 1].text != "-"
        if is_other or token.tag in ("WDT", "WP"):
            return False
        if lower in _JOINTS:
            has_joint = True
        elif token.pos == "VERB" and tree.tokens[at - 1].text == "-":  # «seven army-held buildings»
            continue
        elif token.pos not in _NOMINAL and token.pos != "ADP" and lower not in LEADING and token.text not in "-–()":
            return False
    return has_joint
