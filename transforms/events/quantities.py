"""Which figures belong to an event: the killed to the attack that killed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.figures import Figure
from transforms.events.classes import classes_of
from transforms.events.mentions import Mention
from transforms.events.scene import Scene

LINKED, LOOSE = "linked", "loose"


@dataclass(frozen=True, slots=True)
class FigureOption:
    """A figure in a sentence of one of the event's mentions."""

    figure: Figure
    sentence: int
    index: int


def figure_options(scene: Scene, mentions: Sequence[Mention]) -> list[FigureOption]:
    """List the figures to weigh for an event: those of the sentences it is mentioned in."""
    sentences = sorted({m.candidate.sentence for m in mentions})
    return [FigureOption(f, s, i) for s in sentences for i, f in scene.figure_lists.get(s, ())]


def describe_figures(
    scene: Scene, mentions: Sequence[Mention], options: Sequence[FigureOption], rivals: dict[int, int]
) -> list[list[str]]:
    """Give the features of every figure option of one event; ``rivals`` counts the events of each sentence."""
    return [list(_describe(scene, mentions, option, rivals.get(option.sentence, 1))) for option in options]


def _describe(scene: Scene, mentions: Sequence[Mention], option: FigureOption, rivals: int) -> Iterator[str]:
    tree = scene.trees[option.sentence]
    here = [m for m in mentions if m.candidate.sentence == option.sentence]
    figure, event_type = option.figure, here[0].event_type
    head = tree.parent(option.index)
    thing = option.index if head is None or tree.tokens[option.index].relation != "nummod" else head
    paths = [(tree.path(thing, m.candidate.index) or ("far",) * 9, m) for m in here]
    path, nearest = min(paths, key=lambda pair: (len(pair[0]), abs(pair[1].candidate.index - option.index)))
    steps = ">".join(path) if len(path) < 6 else "long"
    effects = "+".join(effect.value for effect in figure.effects)
    middle = nearest.candidate.classes[1]
    alone = rivals == 1
    between = sum(
        t.text in ",;" for t in tree.tokens[min(thing, nearest.candidate.index) : max(thing, nearest.candidate.index)]
    )
    yield "bias"
    yield f"alone={alone}"
    yield f"path={steps}"
    yield f"path={steps}/{event_type}"
    yield f"path={steps}/{tree.tokens[nearest.candidate.index].pos}/{alone}"
    yield f"len={min(len(path), 7)}/{alone}"
    yield f"len={min(len(path), 7)}/{figure.kind.value}"
    yield f"kind={figure.kind.value}/{event_type}"
    yield f"kind={figure.kind.value}/{alone}"
    yield f"eff={effects}/{event_type}"
    yield f"eff={effects}/{middle}"
    yield f"eff={effects}/{alone}"
    yield f"thing={figure.thing}/{event_type}"
    yield f"thing={classes_of(figure.thing or '-', '-')[1]}/{middle}"
    yield f"dist={min(abs(thing - nearest.candidate.index) // 3, 7)}/{alone}"
    yield f"side={thing < nearest.candidate.index}/{steps}"
    yield f"comma={min(between, 3)}/{alone}"
    yield f"unit={figure.unit}"
