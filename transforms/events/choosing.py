"""What is chosen for the events of a document: status, place, date, roles and figures.

Each model weighs the options of all events at once, so that a document costs one look-up a model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from schemas.figures import Figure
from schemas.places import Place
from schemas.vocabulary import Status
from transforms.events import arguments as args
from transforms.events.dating import DateOption, date_options, describe_dates
from transforms.events.linear import Floats, softmax
from transforms.events.mentions import Mention
from transforms.events.models import EventModels
from transforms.events.quantities import LINKED, describe_figures, figure_options
from transforms.events.scene import Key, Scene
from transforms.events.standing import OWN_FUTURE, describe_standing
from transforms.events.whereabouts import PlaceOption, describe_places, place_options

Group = Sequence[Mention]
"""The mentions of one event, the fullest first."""
Role = tuple[Key, str]
"""A nominal by its token, and what it is to the event: actor or target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How sure the models must be; tuned by cross-validation on the training reports and on the development reports."""

    trigger: float = 0.66
    join: float = 0.66
    nobody: float = 8.0
    sharing: float = 0.15
    nowhere: float = 10.0
    second_place: float = 0.25
    figure: float = 0.5


DEFAULTS = Thresholds()

_SPOKEN = 4  # mentions of one event whose arguments and status are looked at, the surest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen for one event."""

    status: Status
    places: Sequence[Place]
    date: DateOption
    roles: Sequence[Role]
    figures: Sequence[Figure]


def choose(
    scene: Scene, groups: Sequence[Group], models: EventModels, thresholds: Thresholds = DEFAULTS
) -> list[Choice]:
    """Choose for all events of a document, given as their mentions."""
    return [
        Choice(status=status, places=places, date=date, roles=roles, figures=figures)
        for status, places, date, roles, figures in zip(
            choose_statuses(scene, groups, models),
            choose_places(scene, groups, models, thresholds),
            choose_dates(scene, groups, models),
            choose_roles(scene, groups, models, thresholds),
            choose_figures(scene, groups, models, thresholds),
            strict=True,
        )
    ]


def choose_statuses(scene: Scene, groups: Sequence[Group], models: EventModels) -> list[Status]:
    """Choose the status most of the mentions' chances speak for, the fullest counting as much as all others.

    What is told as a fact of the future, by a mention's own «will», is planned.
    """
    described = [[describe_standing(scene, m) for m in group[:_SPOKEN]] for group in groups]
    labels = models.status.labels
    asserted, planned = labels.index(Status.ASSERTED.value), labels.index(Status.PLANNED.value)
    chosen: list[Status] = []
    for group, items, scores in zip(groups, described, models.status.score_groups(described), strict=True):
        chances = softmax(scores)
        future = np.array([OWN_FUTURE in item for item in items])
        chances[future, planned] += chances[future, asserted]
        chances[future, asserted] = 0
        shares = np.array([[m.score] for m in group[:_SPOKEN]])
        shares[0] *= len(items)
        chosen.append(Status(labels[int((chances * shares).sum(axis=0).argmax())]))
    return chosen


def choose_places(
    scene: Scene, groups: Sequence[Group], models: EventModels, thresholds: Thresholds = DEFAULTS
) -> list[list[Place]]:
    """Choose where each happened: the likeliest place, and others nearly as likely; none where that is likelier."""
    options = [place_options(scene, group) for group in groups]
    described = [describe_places(scene, g, o) if o else [] for g, o in zip(groups, options, strict=True)]
    scored = models.place.score_groups(described)
    return [_likeliest(own, scores[:, 0], thresholds) for own, scores in zip(options, scored, strict=True)]


def _likeliest(options: Sequence[PlaceOption], scores: Floats, thresholds: Thresholds) -> list[Place]:
    if not options:
        return []
    nowhere, *chances = share_out(scores)
    order = sorted(range(len(options)), key=lambda i: (-round(chances[i], 4), options[i].place.char_start))
    best = chances[order[0]]
    if nowhere > best * thresholds.nowhere:
        return []
    chosen: dict[str, Place] = {}
    for i in order[:3]:
        if not chosen or chances[i] > thresholds.second_place * best:
            chosen.setdefault(options[i].place.name, options[i].place)
    return list(chosen.values())


def choose_dates(scene: Scene, groups: Sequence[Group], models: EventModels) -> list[DateOption]:
    """Choose when each happened: a date named, the day of publication, or not known."""
    options = [date_options(scene, group) for group in groups]
    described = [describe_dates(scene, g, o) for g, o in zip(groups, options, strict=True)]
    chosen: list[DateOption] = []
    for own, scores in zip(options, models.date.score_groups(described), strict=True):
        chances = share_out(scores[:, 0])
        chosen.append(own[chances.index(max(chances))])
    return chosen


def share_out(scores: Floats) -> list[float]:
    """Turn the scores of options that exclude one another into chances."""
    raised = np.exp(scores - scores.max())
    shares: list[float] = (raised / raised.sum()).tolist()
    return shares


def choose_roles(
    scene: Scene, groups: Sequence[Group], models: EventModels, thresholds: Thresholds = DEFAULTS
) -> list[list[Role]]:
    """Choose actors and targets among the nominals around the mentions, the likeliest first.

    All compete with «nobody named»; those half as likely as the best share the role.
    """
    keys: list[list[Key]] = []
    described: list[list[list[str]]] = []
    for group in groups:
        around = [(m, args.find_arguments(scene, m)) for m in group[:_SPOKEN]]
        keys.append([(m.candidate.sentence, argument.index) for m, found in around for argument in found])
        items = [item for m, found in around for item in args.describe_arguments(scene, m, found)]
        described.append([*items, args.describe_nobody(scene, group, len(items))])
    scored = models.role.score_groups(described)
    return [_cast(own, scores, models.role.labels, thresholds) for own, scores in zip(keys, scored, strict=True)]


def _cast(keys: Sequence[Key], scores: Floats, labels: Sequence[str], thresholds: Thresholds) -> list[Role]:
    best: dict[Key, tuple[float, str]] = {}
    for column, role in enumerate(labels):
        *chances, nobody = share_out(scores[:, column])
        total: dict[Key, float] = {}
        for key, chance in zip(keys, chances, strict=True):
            total[key] = total.get(key, 0.0) + chance
        top = max(total.values(), default=0.0)
        if top * thresholds.nobody > nobody:
            for key, chance in total.items():
                if chance > top * thresholds.sharing and chance > best.get(key, (0.0, ""))[0]:
                    best[key] = (chance, role)
    return [(key, role) for key, (_, role) in sorted(best.items(), key=lambda p: (-round(p[1][0], 4), p[0]))]


def choose_figures(
    scene: Scene, groups: Sequence[Group], models: EventModels, thresholds: Thresholds = DEFAULTS
) -> list[list[Figure]]:
    """Choose the figures that belong to each event, in text order."""
    rivals = Counter(s for group in groups for s in {m.candidate.sentence for m in group})
    options = [figure_options(scene, group) for group in groups]
    described = [describe_figures(scene, g, o, rivals) for g, o in zip(groups, options, strict=True)]
    column = models.figure.labels.index(LINKED)
    linked: list[list[Figure]] = []
    for own, scores in zip(options, models.figure.score_groups(described), strict=True):
        chances = softmax(scores)[:, column] if own else ()
        linked.append([o.figure for o, chance in zip(own, chances, strict=True) if chance >= thresholds.figure])
    return linked
