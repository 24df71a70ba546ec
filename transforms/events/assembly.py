"""Events put together: triggers found, joined, and given status, roles, place, date, figures and codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from schemas.events import Event, EventActor, EventFigure, EventPlace
from schemas.places import Place
from schemas.spans import Span, make_id
from schemas.statements import Statement
from schemas.vocabulary import EventRole, EventType, Status
from transforms.events import arguments as args
from transforms.events.codes import choose_mode, codes_of, find_weapons, is_interception
from transforms.events.linear import Floats, Linear
from transforms.events.mentions import Mention, join_mentions
from transforms.events.models import EventModels
from transforms.events.naming import Participant, name_participant
from transforms.events.quantities import LINKED, describe_figures, figure_options
from transforms.events.scene import Key, Scene
from transforms.events.standing import describe_standing
from transforms.events.triggers import NONE, find_candidates
from transforms.events.whereabouts import DateOption, date_options, describe_dates, describe_places, place_options


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How sure the models must be; tuned by cross-validation on the training reports."""

    trigger: float = 0.3
    join: float = 0.7
    nobody: float = 4.0
    sharing: float = 0.3
    nowhere: float = 10.0
    second_place: float = 0.25
    figure: float = 0.5


DEFAULTS = Thresholds()
_SPOKEN = 8  # mentions of one event whose arguments are looked at


def find_mentions(scene: Scene, models: EventModels, thresholds: Thresholds = DEFAULTS) -> list[Mention]:
    """Find the words that name events, in text order, with their types."""
    candidates = find_candidates(scene)
    labels = models.trigger.labels
    none = labels.index(NONE)
    found: list[Mention] = []
    rows = models.weigh_candidates(scene, candidates)
    for candidate, row in zip(candidates, rows, strict=True):
        score = 1 - float(row[none])
        if score >= thresholds.trigger:
            row[none] = 0
            found.append(Mention(candidate=candidate, event_type=labels[int(row.argmax())], score=score, chances=row))
    return found


def assemble_events(scene: Scene, models: EventModels, thresholds: Thresholds = DEFAULTS) -> tuple[Event, ...]:
    """Find a document's events, in the order of their first mentions."""
    groups = join_mentions(scene, find_mentions(scene, models, thresholds), models.pair, thresholds.join)
    rivals = Counter(s for group in groups for s in {m.candidate.sentence for m in group})
    made = [_make_event(scene, _settle(group, models), models, thresholds, rivals) for group in groups]
    return tuple({event.event_id: event for event in made}.values())


def _settle(group: list[Mention], models: EventModels) -> list[Mention]:
    """Give all mentions the type most of their chances speak for, the fullest mention first."""
    total = np.sum([m.chances for m in group], axis=0)
    event_type = models.trigger.labels[int(total.argmax())]
    for mention in group:
        mention.event_type = event_type
    return sorted(group, key=lambda m: (-round(m.score, 3), m.candidate.key))


def _make_event(
    scene: Scene, group: list[Mention], models: EventModels, thresholds: Thresholds, rivals: Counter[int]
) -> Event:
    document_id = scene.document.document_id
    triggers = [scene.trees[m.candidate.sentence].tokens[m.candidate.index].span for m in group]
    event_type = group[0].event_type
    event_id = make_id("event", document_id, triggers[0].start, event_type)
    status = choose_status(scene, group, models)
    statement = _statement_of(scene, group)
    places = choose_places(scene, group, models, thresholds)
    when = choose_date(scene, group, models)
    roles = choose_roles(scene, group, models, thresholds)
    country = next((p.country for p in places if p.country), None)
    weapons = _weapons_near(scene, group) if event_type == "ASSAULT" else []
    mode = choose_mode(event_type, group, [m for _, m, sure in weapons if sure])
    if event_type == "ASSAULT" and is_interception(scene, group, [k for k, r in roles if r == args.TARGET]):
        mode = "intercept"
    codes = codes_of(event_type, mode)
    holds = statement if status in (Status.CLAIMED, Status.DENIED) else None
    return Event(
        event_id=event_id,
        document_id=document_id,
        sentence_no=group[0].candidate.sentence,
        trigger_spans=tuple(triggers),
        quote=triggers[0].quote(scene.document.text),
        event_type=EventType(event_type),
        event_mode=codes.event_mode,
        quad_class=codes.quad_class,
        cameo_code=codes.cameo_code,
        acled_type=codes.acled_type,
        status=status,
        statement_id=statement.statement_id if statement else None,
        holder_name=(holds.speaker_name or holds.source_quote) if holds else None,
        start_date=when.start,
        end_date=when.end,
        date_basis=when.basis,
        weapons=tuple(dict.fromkeys(quote for quote, _, _ in weapons)),
        actors=_make_actors(scene, roles, event_id, country),
        places=tuple(_make_place(place, event_id, position) for position, place in enumerate(places)),
        figures=_link_figures(scene, group, models, thresholds, rivals=rivals, event_id=event_id),
    )


def choose_status(scene: Scene, group: Sequence[Mention], models: EventModels) -> Status:
    """Choose the status most of the mentions' chances speak for, the surest mention counting most."""
    rows = models.status.probabilities([describe_standing(scene, m) for m in group])
    total = (rows * np.array([[m.score] for m in group])).sum(axis=0)
    return Status(models.status.labels[int(total.argmax())])


def choose_places(
    scene: Scene, group: Sequence[Mention], models: EventModels, thresholds: Thresholds = DEFAULTS
) -> list[Place]:
    """Choose where it happened: the likeliest place, and others nearly as likely; none where that is likelier."""
    options = place_options(scene, group)
    if not options:
        return []
    nowhere, *chances = rank(models.place, describe_places(scene, group, options))
    order = sorted(range(len(options)), key=lambda i: (-round(chances[i], 4), options[i].place.char_start))
    best = chances[order[0]]
    if nowhere > best * thresholds.nowhere:
        return []
    chosen: dict[str, Place] = {}
    for i in order[:3]:
        if not chosen or chances[i] > thresholds.second_place * best:
            chosen.setdefault(options[i].place.name, options[i].place)
    return list(chosen.values())


def choose_date(scene: Scene, group: Sequence[Mention], models: EventModels) -> DateOption:
    """Choose when it happened: a date named, the day of publication, or not known."""
    options = date_options(scene, group)
    chances = rank(models.date, describe_dates(scene, group, options))
    return options[chances.index(max(chances))]


def rank(model: Linear, items: Sequence[Sequence[str]]) -> list[float]:
    """Give each option's chance of being the right one among all."""
    return share_out(model.score(items)[:, 0])


def share_out(scores: Floats) -> list[float]:
    """Turn the scores of options that exclude one another into chances."""
    raised = np.exp(scores - scores.max())
    return [float(share) for share in raised / raised.sum()]


def choose_roles(
    scene: Scene, group: Sequence[Mention], models: EventModels, thresholds: Thresholds = DEFAULTS
) -> list[tuple[Key, str]]:
    """Choose actors and targets among the nominals around the mentions, the likeliest first.

    All compete with «nobody named»; those half as likely as the best share the role.
    """
    keys: list[Key] = []
    items: list[list[str]] = []
    for mention in group[:_SPOKEN]:
        found = args.find_arguments(scene, mention)
        keys += [(mention.candidate.sentence, argument.index) for argument in found]
        items += args.describe_arguments(scene, mention, found)
    items.append(args.describe_nobody(scene, group, len(keys)))
    best: dict[Key, tuple[float, str]] = {}
    scores = models.role.score(items)
    for column, role in enumerate(models.role.labels):
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


def _make_actors(
    scene: Scene, roles: Sequence[tuple[Key, str]], event_id: str, country: str | None
) -> tuple[EventActor, ...]:
    made: list[EventActor] = []
    for role in (EventRole.ACTOR, EventRole.TARGET):
        named: dict[Span, Participant] = {}
        for key, its_role in roles:
            if its_role == role.value:
                participant = name_participant(scene, key, country)
                if not any(participant.span.overlaps(span) for span in named):  # the likelier one came first
                    named[participant.span] = participant
        for position, participant in enumerate(named.values()):
            made.append(
                EventActor(
                    event_id=event_id,
                    document_id=scene.document.document_id,
                    role=role,
                    position=position,
                    char_start=participant.span.start,
                    char_end=participant.span.end,
                    quote=participant.span.quote(scene.document.text),
                    name=participant.name,
                    country=participant.country,
                    sector=participant.sector,
                    actor_id=participant.actor_id,
                )
            )
    return tuple(made)


def _make_place(place: Place, event_id: str, position: int) -> EventPlace:
    return EventPlace(
        event_id=event_id,
        document_id=place.document_id,
        position=position,
        char_start=place.char_start,
        char_end=place.char_end,
        quote=place.quote,
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        place_id=place.place_id,
    )


def _link_figures(
    scene: Scene,
    group: Sequence[Mention],
    models: EventModels,
    thresholds: Thresholds,
    *,
    rivals: Counter[int],
    event_id: str,
) -> tuple[EventFigure, ...]:
    options = figure_options(scene, group)
    rows = models.figure.probabilities(describe_figures(scene, group, options, rivals))
    column = models.figure.labels.index(LINKED)
    linked = [o.figure for o, row in zip(options, rows, strict=True) if row[column] >= thresholds.figure]
    return tuple(
        EventFigure(event_id=event_id, document_id=scene.document.document_id, figure_id=figure_id)
        for figure_id in dict.fromkeys(f.figure_id for f in linked)
    )


def _statement_of(scene: Scene, group: Sequence[Mention]) -> Statement | None:
    for mention in group:
        sentence = mention.candidate.sentence
        statement = scene.statement_at(sentence, scene.trees[sentence].tokens[mention.candidate.index].char_start)
        if statement is not None:
            return statement
    return None


def _weapons_near(scene: Scene, group: Sequence[Mention]) -> list[tuple[str, str, bool]]:
    """Give the weapons of the mentions' sentences as (quote, mode, is plain), in text order."""
    found: list[tuple[str, str, bool]] = []
    for sentence in sorted({m.candidate.sentence for m in group}):
        tree = scene.trees[sentence]
        for first, last, mode, is_ambiguous in find_weapons(tree):
            span = Span(tree.tokens[first].char_start, tree.tokens[last].char_end)
            found.append((span.quote(scene.document.text), mode, not is_ambiguous))
    return found
