"""When an event happened: a date named near it, the day of publication, or not known; a model ranks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.times import Time
from schemas.vocabulary import DateBasis, DatePrecision
from transforms.events.mentions import Mention
from transforms.events.scene import Scene
from transforms.syntax.clauses import find_modal


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
            names_story = sentence in scene.headings and time.precision == DatePrecision.YEAR  # «2023 mine accident»
            if time.start_date is not None and not names_story:
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
