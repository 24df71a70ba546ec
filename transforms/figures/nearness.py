"""Effects by nearness: triggers right beside a figure, and what a coordination shares.

Casualty reports put trigger and number side by side («kills 12 and injures five», «12 killed and five injured»);
there word order is surer than a tree, which often shares the wrong subject over such ellipses.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas.vocabulary import Effect
from transforms.figures.anchors import Anchor
from transforms.figures.triggers import Sides, read_trigger
from transforms.syntax.tree import Tree

_BACK, _AHEAD, _GAP, _TOLL_BACK = 12, 8, 12, 24
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
_HEDGES = frozenset(
    {
        "report",
        "believe",
        "fear",
        "confirm",
        "presume",
        "declare",
        "say",
        "know",
        "remain",
        "list",
        "find",
        "pronounce",
        "suspect",
        "estimate",
        "feel",
        "go",
        "get",
        "be",
        "have",
        "also",
        "either",
        "leave",
    }
)
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON"})
_LEADING = frozenset(
    {
        "at",
        "more",
        "than",
        "least",
        "most",
        "up",
        "to",
        "as",
        "many",
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "over",
        "an",
        "estimated",
        "another",
        "a",
        "total",
        "of",
        "the",
        "further",
        "additional",
        "between",
        "under",
        "fewer",
        "less",
        "approximately",
        "roughly",
        "all",
        "close",
        "its",
        "their",
        "his",
        "her",
        "both",
        "only",
        "just",
        "and",
        "or",
        "other",
        "possibly",
        "perhaps",
        "also",
        "out",
        "down",
        "off",
        "dead",
    }
)
_OF_WORDS = frozenset({"of", "to", "among", "for"})
_ASIDES = frozenset(
    {"including", "among", "all", "mostly", "both", "most", "mainly", "some", "many", "half", "one", "two"}
)
_BOTH_WAYS = frozenset({Effect.LAUNCHED, Effect.INTERCEPTED})
_JOINTS = frozenset({"and", "or", ",", "as", "well", "plus", "&"})


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
        for sides in read_trigger(tree, index):
            place, effects, step = _beside(tree, index, sides, owner)
            if place is not None:
                near.add(place, effects)
                near.spent.add(index)
                directions[place] = step
                break
    for place, anchor in enumerate(anchors):
        risen = () if place in near.effects else _risen_to(tree, anchor, owner)
        if risen:
            near.add(place, risen)
    _share(tree, anchors, near, directions)
    return near


def _risen_to(tree: Tree, anchor: Anchor, owner: dict[int, int]) -> tuple[Effect, ...]:
    """Read the effect of a toll that comes to the figure: «the death toll … rises to 31», «deaths reach 40»."""
    at = anchor.tokens[0] - 1
    is_reaching = False
    for _ in range(_TOLL_BACK):
        if at < 0 or at in owner or tree.tokens[at].text in ";":
            return ()
        token = tree.tokens[at]
        if not is_reaching and token.text.lower() not in _LEADING | _RISING and token.pos not in ("ADV", "ADP"):
            is_reaching = token.lemma.lower() in _RISING or token.text.lower().rstrip("s") in _RISING
            if not is_reaching:
                return ()
        is_reaching = is_reaching or token.lemma.lower() in _RISING or token.text.lower() in _RISING_TO
        for sides in read_trigger(tree, at) if is_reaching else ():
            if "noun" in sides:
                return sides["noun"]
        at -= 1
    return ()


def _beside(tree: Tree, index: int, sides: Sides, owner: dict[int, int]) -> tuple[int | None, tuple[Effect, ...], int]:
    """Find the figure right beside the trigger: its place, the effects, and where it lies (-1 before, 1 behind)."""
    token = tree.tokens[index]
    is_participle = token.tag in ("VBN", "JJ", "VBD") and (is_bare(tree, index) or is_passive(tree, index))
    if "patient" in sides and not is_participle and token.tag in ("VBN", "JJ", "VBD"):
        place = _behind(tree, index + 1, owner, may_join=False)
        if place is not None:
            return place, sides["patient"], 1
    is_state = "state" in sides and (is_participle or token.tag in ("VBG", "NN", "NNS", "RB", "IN"))
    undergone = sides["state"] if is_state else sides.get("patient") if is_participle else None
    if undergone is not None:
        place = _before(tree, index, owner)
        if place is not None:
            return place, undergone, -1
    if "subject" in sides and token.tag.startswith("VB"):
        place = _before(tree, index, owner)
        if place is not None:
            return place, sides["subject"], -1
    if "patient" in sides and (token.tag.startswith("VB") or _is_misread(tree, index)):
        place = _behind(tree, index + 1, owner)
        if place is not None and (token.tag != "VBN" or _is_perfect(tree, index)):
            return place, sides["patient"], 1
    if "lives" in sides:
        place = _behind(tree, index + 1, owner)
        if place is not None and _counts_lives(tree, place, owner):
            return place, sides["lives"], 1
    if (
        "noun" in sides
        and token.pos == "NOUN"
        and index + 1 < len(tree)
        and tree.tokens[index + 1].text.lower() in _OF_WORDS
    ):
        place = _behind(tree, index + 2, owner)
        if place is not None:
            return place, sides["noun"], 1
    return None, (), 0


def _counts_lives(tree: Tree, place: int, owner: dict[int, int]) -> bool:
    """Tell whether the figure is one of lives: «claimed 12 lives», «has taken thousands of lives»."""
    last = max(i for i, other in owner.items() if other == place)
    return any(t.text.lower() == "lives" for t in tree.tokens[last + 1 : last + 4])


def is_bare(tree: Tree, index: int) -> bool:
    """Tell whether a past form has no object right behind it: «22 killed in …»."""
    if index + 1 >= len(tree):
        return True
    following = tree.tokens[index + 1]
    is_open = following.pos in ("ADP", "PUNCT", "CCONJ", "SCONJ", "ADV", "AUX") or following.text.lower() in (
        "more",
        "since",
    )
    is_counted = following.text.lower() in ("at", "about", "around", "up", "over", "nearly", "almost") and any(
        tree.tokens[i].pos == "NUM" for i in range(index + 2, min(index + 4, len(tree)))
    )
    return is_open and not is_counted


def is_passive(tree: Tree, index: int) -> bool:
    """Tell whether a form of be stands before the participle, adverbs between left out."""
    for at in range(index - 1, max(index - 4, -1), -1):
        token = tree.tokens[at]
        if token.lemma == "be" or token.text.lower() in ("been", "being", "were", "was", "are", "is", "got"):
            return True
        if token.pos not in ("ADV", "CCONJ") and token.tag not in ("VBN", "JJ"):
            return False
    return False


def _is_misread(tree: Tree, index: int) -> bool:
    """Tell whether a verb was read as a noun or an adjective: nothing before it makes it one («Car bombs wound 80»)."""
    if tree.tokens[index].pos not in ("NOUN", "ADJ", "PROPN"):
        return False
    return index > 0 and tree.tokens[index - 1].pos not in ("DET", "ADJ", "NUM", "ADP")


def _is_perfect(tree: Tree, index: int) -> bool:
    """Tell «has killed 12» from «was killed 12 days ago»: there is a form of have and none of be."""
    auxiliaries = {tree.tokens[i].lemma for i in tree.children(tree.first_conjunct(index), "aux", "aux:pass")}
    auxiliaries |= {tree.tokens[i].lemma for i in tree.children(index, "aux", "aux:pass")}
    return "be" not in auxiliaries


def _before(tree: Tree, index: int, owner: dict[int, int]) -> int | None:
    """Walk left over auxiliaries, hedges and the counted noun phrase to a figure."""
    has_noun = False
    at = index
    for _ in range(_BACK):
        at -= 1
        if at < 0:
            return None
        if at in owner:
            return owner[at]
        token = tree.tokens[at]
        if token.pos in ("AUX", "ADV", "PART") or token.lemma in _HEDGES:
            if has_noun and token.pos == "AUX":
                return None
            continue
        if token.pos == "CCONJ" and (has_noun or (at > 0 and any(True for _ in read_trigger(tree, at - 1)))):
            continue
        if token.pos in _NOMINAL or token.pos == "ADP" or token.text in "-–":
            has_noun = True
            continue
        if token.text == "," and not has_noun:
            at = _skip_aside(tree, at)
            has_noun = False
            if at:
                continue
        if not has_noun and any(True for _ in read_trigger(tree, at)):
            continue
        return None
    return None


def _skip_aside(tree: Tree, comma: int) -> int:
    """Give the comma that opens the aside a comma closes («, including a baby,»), or 0."""
    for at in range(comma - 1, max(comma - _BACK - _AHEAD, 0), -1):
        if tree.tokens[at].text == ",":
            return at if tree.tokens[at + 1].text.lower() in _ASIDES else 0
    return 0


def _behind(tree: Tree, start: int, owner: dict[int, int], *, may_join: bool = True) -> int | None:
    """Walk right over comparators and determiners (and other verbs, «killed and injured 12») to a figure."""
    for at in range(start, min(start + _AHEAD, len(tree))):
        if at in owner:
            return owner[at]
        text = tree.tokens[at].text.lower()
        if text in ("and", "or") and not may_join:
            return None
        if text not in _LEADING and text not in '-–“"' and not any(True for _ in read_trigger(tree, at)):
            return None
    return None


def _share(tree: Tree, anchors: list[Anchor], near: NearEffects, directions: dict[int, int]) -> None:
    """Hand effects on: «three soldiers and two civilians were killed», «killing two soldiers and three civilians»."""
    for place in range(len(anchors) - 1, 0, -1):
        _hand_on(tree, anchors, near, directions, place, place - 1, -1)
    for place in range(1, len(anchors)):
        _hand_on(tree, anchors, near, directions, place - 1, place, 1)


def _hand_on(
    tree: Tree, anchors: list[Anchor], near: NearEffects, directions: dict[int, int], giver: int, taker: int, step: int
) -> None:
    """Give the effects of one figure to its neighbour, if its trigger lies beyond the two and they are joined."""
    if directions.get(giver) != step or not _are_joined(tree, anchors[min(giver, taker)], anchors[max(giver, taker)]):
        return
    # What is shot down was launched before: «shot down two missiles and eight drones launched by …».
    is_both = taker in near.effects and {*near.effects[giver], *near.effects[taker]} == _BOTH_WAYS
    if taker not in near.effects or is_both:
        near.add(taker, tuple(near.effects[giver]))
        directions.setdefault(taker, step)


def _are_joined(tree: Tree, one: Anchor, two: Anchor) -> bool:
    """Tell whether only the first figure's noun phrase and a joint stand between two figures."""
    between = range(one.tokens[-1] + 1, two.tokens[0])
    if len(between) > _GAP or one.quantity.kind is not two.quantity.kind:
        return False
    has_joint = False
    for at in between:
        token = tree.tokens[at]
        lower = token.text.lower()
        if any(True for _ in read_trigger(tree, at)) and token.pos != "NOUN":
            return False
        if lower in _JOINTS:
            has_joint = True
        elif token.pos not in _NOMINAL and token.pos != "ADP" and lower not in _LEADING and token.text not in "-–()":
            return False
    return has_joint
