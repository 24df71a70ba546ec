"""Who does it and to whom: nominals around a trigger, told apart by where they hang.

For each mention the tree is walked outwards from the trigger; every nominal met is described by the path to it, its
head and its kind.  All of an event's nominals then compete, with «nobody named» among them, for either role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.events.classes import classes_of
from transforms.events.mentions import Mention
from transforms.events.scene import Scene
from transforms.syntax.clauses import find_patients, find_subjects, is_passive
from transforms.syntax.tree import Tree

ACTOR, TARGET = "actor", "target"
_REACH = 4  # steps walked from the trigger
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_PASSED = frozenset({"punct", "det", "case", "aux", "aux:pass", "mark", "cc", "advmod", "cop"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A nominal within reach of a trigger: its token, the path to it, as relations, and its steps."""

    index: int
    path: str
    steps: int


def find_arguments(scene: Scene, mention: Mention) -> list[Argument]:
    """Walk the tree from the trigger and give the nominals met, nearest first."""
    tree = scene.trees[mention.candidate.sentence]
    start = mention.candidate.index
    seen = {start}
    front: list[tuple[int, str]] = [(start, "")]
    found: list[Argument] = []
    for steps in range(1, _REACH + 1):
        following: list[tuple[int, str]] = []
        for at, path in front:
            for to, step in _steps(tree, at):
                if to not in seen:
                    seen.add(to)
                    following.append((to, f"{path}>{step}"))
        front = following
        for index, path in front:
            if _may_act(scene, tree, mention.candidate.sentence, index):
                found.append(Argument(index, path, steps))
    return found


def _steps(tree: Tree, at: int) -> Iterator[tuple[int, str]]:
    for child in tree.children(at):
        relation = tree.tokens[child].relation
        if relation not in _PASSED:
            yield child, relation
    head = tree.parent(at)
    if head is not None:
        yield head, f"^{tree.tokens[at].relation}"


def _may_act(scene: Scene, tree: Tree, sentence: int, index: int) -> bool:
    token = tree.tokens[index]
    if token.pos == "ADJ":
        return (sentence, index) in scene.actors
    if token.pos == "NUM":
        return token.relation in ("nsubj", "nsubj:pass", "obj", "root", "conj", "obl")
    return token.pos in _NOMINAL and token.relation not in ("flat", "fixed")


def describe_nobody(scene: Scene, mentions: Sequence[Mention], count: int) -> list[str]:
    """Give the features of «nobody is named» for an event with ``count`` nominals around its mentions."""
    candidate, event_type = mentions[0].candidate, mentions[0].event_type
    tree = scene.trees[candidate.sentence]
    token = tree.tokens[candidate.index]
    passive = token.pos == "VERB" and is_passive(tree, candidate.index)
    voice = f"{token.pos[0]}{'p' if passive else 'a'}"
    relations = {tree.tokens[c].relation for c in tree.children(candidate.index)}
    held = "+".join(
        r for r in ("nsubj", "nsubj:pass", "obj", "obl:agent", "nmod", "nmod:poss", "compound") if r in relations
    )
    return [
        "no",
        f"no={event_type}",
        f"no={event_type}/{voice}",
        f"no={candidate.lemma}",
        f"no={candidate.classes[1]}",
        f"no={candidate.classes[1]}/{voice}",
        f"no={voice}/{held}",
        f"no={voice}/{token.relation}",
        f"no={event_type}/{held}",
        f"no={min(count, 6)}",
        f"no={scene.is_digest}/{event_type}",
        f"no=hd/{candidate.sentence in scene.headings}",
    ]


def describe_arguments(scene: Scene, mention: Mention, arguments: list[Argument]) -> list[list[str]]:
    """Give the features of every argument of one mention."""
    candidate = mention.candidate
    tree = scene.trees[candidate.sentence]
    trigger = tree.tokens[candidate.index]
    passive = trigger.pos == "VERB" and is_passive(tree, candidate.index)
    voice = f"{trigger.pos[0]}{'p' if passive else 'a'}"
    subjects = set(find_subjects(tree, candidate.index)) if trigger.pos == "VERB" else set()
    patients = set(find_patients(tree, candidate.index)) if trigger.pos == "VERB" else set()
    frame = (voice, mention.event_type, subjects, patients)
    return [_describe(scene, tree, mention, argument, frame) for argument in arguments]


def _describe(
    scene: Scene, tree: Tree, mention: Mention, argument: Argument, frame: tuple[str, str, set[int], set[int]]
) -> list[str]:
    voice, event_type, subjects, patients = frame
    candidate = mention.candidate
    token = tree.tokens[argument.index]
    word, lemma = classes_of(token.text, token.lemma)[1], token.lemma.lower()
    path, steps, middle = argument.path, argument.steps, candidate.classes[1]
    preposition = ",".join(tree.prepositions(argument.index))
    role = ("S" if argument.index in subjects else "") + ("P" if argument.index in patients else "")
    kind = _kind(scene, candidate.sentence, argument.index)
    way, part = f"{path}/{voice}", f"role={role}/{voice}"
    met = f"p={way}/{preposition}"
    return [
        f"p={way}",
        met,
        f"{met}/{event_type}",
        f"p={way}/{middle}",
        f"{met}/{candidate.lemma}",
        f"p={way}/{kind}",
        part,
        f"{part}/{event_type}",
        f"{part}/{middle}",
        f"role={role}/{kind}/{event_type}",
        f"l={lemma}",
        f"l={lemma}/{event_type}",
        f"k={word}/{event_type}",
        f"k={word}",
        f"kind={kind}",
        f"kind={kind}/{event_type}/{preposition}",
        f"pr={preposition}/{steps}",
        f"pr={preposition}/{token.relation}/{event_type}",
        f"side={argument.index < candidate.index}/{voice}/{steps}",
        f"dist={min(abs(argument.index - candidate.index) // 3, 6)}",
        f"t={token.tag}/{token.relation}",
        f"last={path.rpartition('>')[2]}/{voice}/{event_type}",
        f"first={path[1:].partition('>')[0]}/{voice}/{event_type}",
    ]


def _kind(scene: Scene, sentence: int, index: int) -> str:
    actor = scene.actors.get((sentence, index))
    if actor is not None:
        return f"{actor.actor_type.value}:{actor.sector.value if actor.sector else '-'}"
    return "place" if (sentence, index) in scene.places else "-"
