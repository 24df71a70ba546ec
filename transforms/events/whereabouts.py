"""Where and when: the place and the date of an event, ranked among those the document names.

Every place of the sentence, of the sentences before it in the paragraph, of the heading and of the opening is weighed
by a model; so is every date of the sentence and of the one before, beside the day of publication and «not known».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.places import Place
from schemas.times import Time
from schemas.vocabulary import DateBasis
from transforms.events.mentions import Mention
from transforms.events.scene import Scene
from transforms.syntax.clauses import find_modal
from transforms.syntax.tree import Tree

HERE, ELSEWHERE = "here", "elsewhere"
_LOOK_BACK = 4  # sentences


@dataclass(frozen=True, slots=True)
class PlaceOption:
    """A place an event may have happened at, where it stands from the mention."""

    place: Place
    sentence: int
    index: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class DateOption:
    """A date an event may have; ``time`` is nothing for the day of publication, ``start`` nothing for «not known»."""

    name: str
    start: date | None
    end: date | None
    basis: DateBasis | None
    time: Time | None
    sentence: int
    index: int


def place_options(scene: Scene, mentions: Sequence[Mention]) -> list[PlaceOption]:
    """List the places to weigh for an event, each from its nearest mention."""
    options: list[PlaceOption] = []
    for sentence in sorted(_sentences_near(scene, mentions)):
        nearest = min(mentions, key=lambda m: (abs(m.candidate.sentence - sentence), m.candidate.index))
        for index, place in scene.place_lists.get(sentence, ()):
            here = [m for m in mentions if m.candidate.sentence == sentence]
            mention = min(here, key=lambda m: abs(m.candidate.index - index)) if here else nearest
            options.append(PlaceOption(place, sentence, index, mention))
    return options


def _sentences_near(scene: Scene, mentions: Sequence[Mention]) -> set[int]:
    near: set[int] = set()
    for mention in mentions:
        at = mention.candidate.sentence
        near.update(range(max(0, at - _LOOK_BACK), at + 1))
        if at + 1 < len(scene.trees):
            near.add(at + 1)
        heading = scene.nearest_heading[at]
        if heading >= 0 and at - heading < 6:
            near.add(heading)
    if not scene.is_digest:
        near.update(range(min(3, len(scene.trees))))
    return near


def describe_places(scene: Scene, mentions: Sequence[Mention], options: Sequence[PlaceOption]) -> list[list[str]]:
    """Give the features of every place option of one event."""
    return [list(_describe_place(scene, mentions, option, options)) for option in options]


def _describe_place(
    scene: Scene, mentions: Sequence[Mention], option: PlaceOption, options: Sequence[PlaceOption]
) -> Iterator[str]:
    mention, place = option.mention, option.place
    candidate, event_type = mention.candidate, mention.event_type
    tree = scene.trees[option.sentence]
    gap = candidate.sentence - option.sentence
    where = "0" if not gap else "next" if gap < 0 else "1" if gap == 1 else "2" if gap < 4 else "9"
    in_heading = option.sentence in scene.headings
    token = tree.tokens[option.index]
    preposition = ",".join(tree.prepositions(option.index))
    kind = place.place_type.value
    nested = _is_nested(tree, option.index, scene, option.sentence)
    yield "bias"
    yield f"at={where}/{in_heading}"
    yield f"at={where}/{kind}/{nested}"
    yield f"at={where}/{event_type}"
    yield f"kind={kind}/{place.latitude is not None}"
    yield f"r={token.relation}/{preposition}/{where}"
    yield f"r={token.relation}/{token.pos}/{nested}"
    yield f"pr={preposition}/{kind}/{where}"
    yield f"nested={nested}/{where}"
    yield f"people={event_type}/{where}/{kind}"
    same = sum(o.place.name == place.name for o in options)
    yield f"often={min(same, 3)}/{where}"
    yield f"open={option.sentence < 2}/{where}/{scene.is_digest}"
    competing = sum(o.sentence == candidate.sentence for o in options)
    yield f"others={min(competing, 3)}/{where}/{kind}"
    actor = scene.actors.get((option.sentence, option.index))
    yield f"act={actor.actor_type.value if actor else '-'}/{where}/{token.relation}"
    if gap == 0:
        yield from _path_to_place(tree, mention, option, preposition, kind)
    elif gap > 0:
        same_paragraph = tree.sentence.paragraph_no == scene.trees[candidate.sentence].sentence.paragraph_no
        yield f"par={same_paragraph}/{where}/{scene.is_digest}/{nested}"


def _path_to_place(tree: Tree, mention: Mention, option: PlaceOption, preposition: str, kind: str) -> Iterator[str]:
    candidate = mention.candidate
    path = tree.path(option.index, candidate.index) or ("far",)
    steps = ">".join(path) if len(path) < 6 else "long"
    yield f"path={steps}"
    yield f"path={steps}/{preposition}"
    yield f"path={steps}/{mention.event_type}"
    yield f"len={min(len(path), 7)}/{kind}"
    yield f"up={sum(p.startswith('^') for p in path)}/{len(path)}"
    yield f"side={option.index < candidate.index}/{min(abs(option.index - candidate.index) // 4, 6)}"
    yield f"side={option.index < candidate.index}/{preposition}"
    yield f"pos={tree.tokens[candidate.index].pos}/{steps}"
    yield f"lemma={candidate.lemma}/{preposition}"


def _is_nested(tree: Tree, index: int, scene: Scene, sentence: int) -> str:
    """Tell where a place stands in a chain «Jisr ash-Shughur, Idlib Governorate, Syria»: first, later, alone."""
    listed = sorted(i for i, _ in scene.place_lists.get(sentence, ()))
    position = listed.index(index)

    def is_chained(left: int, right: int) -> bool:
        between = [t.text for t in tree.tokens[left + 1 : right] if t.pos not in ("PROPN", "NOUN", "DET")]
        return right - left <= 5 and bool(between) and set(between) <= {",", "in", "of"}

    before = position > 0 and is_chained(listed[position - 1], index)
    after = position + 1 < len(listed) and is_chained(index, listed[position + 1])
    return "later" if before else "first" if after else "alone"


def date_options(scene: Scene, mentions: Sequence[Mention]) -> list[DateOption]:
    """List the dates to weigh for an event: those named nearby, the day of publication, not known."""
    options = [DateOption("unknown", None, None, None, None, -1, -1)]
    published = scene.document.published_at
    if published is not None:
        day = published.date()
        options.append(DateOption("published", day, day, DateBasis.PUBLISHED, None, -1, -1))
    sentences = {m.candidate.sentence for m in mentions}
    for sentence in sorted(sentences | {s - 1 for s in sentences} | {s + 1 for s in sentences}):
        for index, time in scene.time_lists.get(sentence, ()):
            if time.start_date is not None:
                options.append(DateOption("named", time.start_date, time.end_date, time.basis, time, sentence, index))
    return options


def describe_dates(scene: Scene, mentions: Sequence[Mention], options: Sequence[DateOption]) -> list[list[str]]:
    """Give the features of every date option of one event."""
    return [list(_describe_date(scene, mentions, option, len(options))) for option in options]


def _describe_date(scene: Scene, mentions: Sequence[Mention], option: DateOption, count: int) -> Iterator[str]:
    first = mentions[0].candidate
    event_type = mentions[0].event_type
    tree = scene.trees[first.sentence]
    token = tree.tokens[first.index]
    modal = find_modal(tree, first.index)
    name = option.name
    inside = scene.statement_at(first.sentence, token.char_start) is not None
    yield f"o={name}"
    yield f"o={name}/{event_type}"
    yield f"o={name}/{scene.is_digest}/{scene.is_first_person}"
    yield f"o={name}/{scene.is_digest}/{event_type}"
    yield f"o={name}/{token.tag}/{scene.is_digest}"
    yield f"o={name}/{token.tag}/{event_type}"
    yield f"o={name}/{token.relation}/{scene.is_digest}"
    yield f"o={name}/said={inside}/{scene.is_digest}"
    yield f"o={name}/md={tree.tokens[modal].lemma if modal is not None else ''}"
    yield f"o={name}/l={first.lemma}"
    yield f"o={name}/k={first.classes[1]}"
    yield f"o={name}/first={first.sentence < 3}/{scene.is_digest}"
    yield f"o={name}/n={min(count, 5)}"
    yield f"o={name}/hd={first.sentence in scene.headings}"
    yield f"o={name}/cue={first.key in scene.cues}"
    for child in tree.children(first.index, "aux", "mark", "advmod", "amod"):
        yield f"o={name}/c={tree.tokens[child].lemma.lower()}"
    if option.time is not None:
        yield from _describe_time(scene, mentions, option)


def _describe_time(scene: Scene, mentions: Sequence[Mention], option: DateOption) -> Iterator[str]:
    time = option.time
    if time is None:
        return
    here = [m.candidate for m in mentions if m.candidate.sentence == option.sentence]
    yield f"tp={time.precision.value if time.precision else '-'}/{bool(here)}"
    yield f"tb={time.basis.value}/{bool(here)}"
    tree = scene.trees[option.sentence]
    preposition = ",".join(tree.prepositions(option.index))
    if not here:
        gap = mentions[0].candidate.sentence - option.sentence
        yield f"tgap={gap if -3 < gap < 3 else 9}/{scene.is_digest}"
        yield f"tpr={preposition}/{gap > 0}"
        return
    nearest = min(here, key=lambda c: abs(c.index - option.index))
    path = tree.path(option.index, nearest.index) or ("far",)
    steps = ">".join(path) if len(path) < 6 else "long"
    yield f"tpath={steps}"
    yield f"tpath={steps}/{preposition}"
    yield f"tlen={min(len(path), 7)}"
    yield f"tpr={preposition}"
    yield f"tdist={min(abs(nearest.index - option.index) // 4, 6)}/{option.index < nearest.index}"
    yield f"tsame={len(scene.time_lists.get(option.sentence, ()))}"
