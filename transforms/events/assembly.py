"""Events put together: triggers found, joined, and given status, roles, place, date, figures and codes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from schemas.events import Event, EventActor, EventFigure, EventPlace
from schemas.figures import Figure
from schemas.places import Place
from schemas.spans import Span, make_id
from schemas.statements import Statement
from schemas.vocabulary import EventRole, EventType, Status
from transforms.events import arguments as args
from transforms.events.choosing import DEFAULTS, Choice, Role, Thresholds, choose
from transforms.events.codes import choose_mode, codes_of, find_weapons, is_interception
from transforms.events.mentions import Mention, join_mentions
from transforms.events.models import EventModels
from transforms.events.naming import Participant, name_participant
from transforms.events.scene import Scene
from transforms.events.triggers import NONE, find_candidates


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
    joined = join_mentions(scene, find_mentions(scene, models, thresholds), models.pair, thresholds.join)
    groups = [_settle(group, models) for group in joined]
    chosen = choose(scene, groups, models, thresholds)
    made = [_make_event(scene, group, choice) for group, choice in zip(groups, chosen, strict=True)]
    return tuple({event.event_id: event for event in made}.values())


def _settle(group: list[Mention], models: EventModels) -> list[Mention]:
    """Give all mentions the type most of their chances speak for, the fullest mention first."""
    total = np.sum([m.chances for m in group], axis=0)
    event_type = models.trigger.labels[int(total.argmax())]
    for mention in group:
        mention.event_type = event_type
    return sorted(group, key=lambda m: (-round(m.score, 3), m.candidate.key))


def _make_event(scene: Scene, group: list[Mention], chosen: Choice) -> Event:
    document_id = scene.document.document_id
    triggers = [scene.trees[m.candidate.sentence].tokens[m.candidate.index].span for m in group]
    event_type = group[0].event_type
    event_id = make_id("event", document_id, triggers[0].start, event_type)
    statement = _statement_of(scene, group)
    country = next((p.country for p in chosen.places if p.country), None)
    weapons = _weapons_near(scene, group) if event_type == "ASSAULT" else []
    mode = choose_mode(event_type, group, [m for _, m, sure in weapons if sure])
    if event_type == "ASSAULT" and is_interception(scene, group, [k for k, r in chosen.roles if r == args.TARGET]):
        mode = "intercept"
    codes = codes_of(event_type, mode)
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
        status=chosen.status,
        statement_id=statement.statement_id if statement else None,
        holder_name=_holder(scene, group, statement) if chosen.status in (Status.CLAIMED, Status.DENIED) else None,
        start_date=chosen.date.start,
        end_date=chosen.date.end,
        date_basis=chosen.date.basis,
        weapons=tuple(dict.fromkeys(quote for quote, _, _ in weapons)),
        actors=_make_actors(scene, chosen.roles, event_id, country),
        places=tuple(_make_place(place, event_id, position) for position, place in enumerate(chosen.places)),
        figures=_link_figures(chosen.figures, event_id, document_id),
    )


def _make_actors(scene: Scene, roles: Sequence[Role], event_id: str, country: str | None) -> tuple[EventActor, ...]:
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


def _link_figures(figures: Sequence[Figure], event_id: str, document_id: str) -> tuple[EventFigure, ...]:
    return tuple(
        EventFigure(event_id=event_id, document_id=document_id, figure_id=figure_id)
        for figure_id in dict.fromkeys(f.figure_id for f in figures)
    )


def _holder(scene: Scene, group: Sequence[Mention], statement: Statement | None) -> str | None:
    """Give whose word it is: the speaker of the statement, or whoever a paragraph «The minister said:» brings in."""
    if statement is not None:
        return statement.speaker_name or statement.source_quote
    return scene.speakers.get(group[0].candidate.sentence)


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
