"""Effects: what befell the things counted, read off the verbs and nouns that say it.

A trigger («kill», «die», «injury», «missing») reaches the figures among its arguments; which argument that is stands
beside it in ``seeds/reference/effects.csv``: patient (object, subject of the passive), subject, noun (what the noun
is of, or counts itself), state (what the adjective is said of).
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas.vocabulary import Effect, FigureKind
from transforms.figures.anchors import Anchor
from transforms.figures.nearness import find_near_effects
from transforms.figures.triggers import read_trigger
from transforms.figures.walks import is_bare
from transforms.figures.walks import is_passive as has_be
from transforms.syntax.clauses import find_negation, find_objects, find_patients, find_subjects, is_passive
from transforms.syntax.tree import Tree

_SUFFERING_NOTHING = frozenset({FigureKind.AGE, FigureKind.DURATION, FigureKind.PERCENT})
_LIFELESS = frozenset({FigureKind.MEASURE, FigureKind.MONEY})
_BODILY = frozenset({Effect.KILLED, Effect.WOUNDED, Effect.ARRESTED})
_OF = frozenset({"of", "to", "among", "for", "in", "by", "on"})


def find_effects(tree: Tree, anchors: list[Anchor]) -> dict[int, tuple[Effect, ...]]:
    """Give for each anchor (by its place in ``anchors``, all of one tree) the effects its figure suffers.

    A trigger right beside a figure («12 injured», «killing at least 12») is believed before one that only the tree
    joins to it.  Effects stand in the order of their triggers, each once; ages and durations have none.
    """
    near = find_near_effects(tree, anchors)
    spots: dict[int, int] = {}
    for place, anchor in enumerate(anchors):
        for spot in anchor.spots:
            spots.setdefault(spot, place)
    found: dict[int, list[Effect]] = {place: list(effects) for place, effects in near.effects.items()}
    for index in range(len(tree)):
        if index in near.spent:
            continue
        for effect, argument in _reach(tree, index):
            hit = _place_of(tree, argument, spots)
            if hit is not None and hit not in near.effects and effect not in found.setdefault(hit, []):
                found[hit].append(effect)
    suffered = {place: _keep_sufferable(anchors[place], effects) for place, effects in found.items()}
    return {place: effects for place, effects in suffered.items() if effects}


def _keep_sufferable(anchor: Anchor, effects: list[Effect]) -> tuple[Effect, ...]:
    """Leave out what the thing measured cannot suffer: tonnes of wheat are not wounded."""
    kind = anchor.quantity.kind
    if kind in _SUFFERING_NOTHING or anchor.quantity.unit == "magnitude":
        return ()
    return tuple(e for e in effects if kind not in _LIFELESS or e not in _BODILY)


def _place_of(tree: Tree, argument: int, spots: dict[int, int]) -> int | None:
    """Find the figure an argument is, or whose number stands in it («a total of 12», «more than 50 of them»)."""
    if argument in spots:
        return spots[argument]
    for child in tree.children(argument):
        if child in spots and tree.tokens[child].relation in ("nummod", "nmod", "compound", "appos", "det"):
            return spots[child]
    return None


def _reach(tree: Tree, index: int) -> Iterator[tuple[Effect, int]]:
    """Give the effects the token triggers, with each argument they reach."""
    for sides in read_trigger(tree, index):
        for side, effects in sides.items():
            for argument in _arguments(tree, index, side):
                for effect in effects:
                    yield effect, argument


def _arguments(tree: Tree, index: int, side: str) -> tuple[int, ...]:
    token = tree.tokens[index]
    if side == "patient":
        return _patients(tree, index) if token.pos in ("VERB", "ADJ", "AUX") or token.tag.startswith("VB") else ()
    if side == "subject":
        is_verb = token.pos == "VERB" or token.tag.startswith("VB")
        return () if not is_verb or is_passive(tree, index) else (*find_subjects(tree, index), *_modified(tree, index))
    if side == "state":
        is_active = (
            token.tag.startswith("VB") and token.tag != "VBG" and not (is_bare(tree, index) or has_be(tree, index))
        )
        return () if is_active else _bearers(tree, index)
    return _counted(tree, index) if side == "noun" and token.pos in ("NOUN", "PROPN", "ADJ") else ()


def _patients(tree: Tree, verb: int) -> tuple[int, ...]:
    if find_negation(tree, verb) is not None:
        return ()
    token = tree.tokens[verb]
    if token.relation == "amod":
        head = tree.parent(verb)
        return (head,) if head is not None else ()
    found = find_patients(tree, verb)
    if found or token.tag not in ("VBN", "VBD"):
        return found
    # «22 killed», «dozens injured»: headline passives the parser may read as active.
    if is_bare(tree, verb) and not find_objects(tree, verb) and tree.child(verb, "ccomp", "xcomp", "obl:agent") is None:
        return tuple(s for s in find_subjects(tree, verb) if s < verb)
    return ()


def _modified(tree: Tree, index: int) -> tuple[int, ...]:
    head = tree.parent(index)
    return (head,) if head is not None and tree.tokens[index].relation in ("amod", "acl") else ()


def _bearers(tree: Tree, index: int) -> tuple[int, ...]:
    """Give those of whom a state is said: «are missing», «left 12 dead», «the missing 12», «found dead»."""
    token = tree.tokens[index]
    if token.relation in ("amod", "acl", "nmod", "appos"):
        return _modified_all(tree, index)
    if token.relation in ("obj", "nsubj", "obl", "nmod:poss") and token.pos == "NOUN":
        return ()
    return find_subjects(tree, index)


def _modified_all(tree: Tree, index: int) -> tuple[int, ...]:
    head = tree.parent(index)
    if head is None:
        return ()
    return tuple(i for i in tree.conjuncts(head) if i >= head) if tree.tokens[index].relation == "acl" else (head,)


def _counted(tree: Tree, noun: int) -> tuple[int, ...]:
    """Give the noun itself («12 deaths»), what it is of («the deaths of 12»)."""
    found = [noun]
    for child in tree.children(noun, "nmod", "nmod:poss"):
        if any(p in _OF for p in tree.prepositions(child)):
            found += [i for i in tree.conjuncts(child) if i >= child]
    return tuple(found)
