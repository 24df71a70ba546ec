"""A short road for tests: made-up stories to rows without any extraction, loaded as a run loads them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from schemas.actors import Actor
from schemas.articles import RawRecord
from schemas.documents import Document
from schemas.events import Event, EventActor, EventFigure, EventPlace
from schemas.extraction import Extraction
from schemas.figures import Figure
from schemas.places import Place
from schemas.runs import Run
from schemas.sentences import Sentence
from schemas.spans import Span, make_id
from schemas.statements import Statement
from schemas.times import Time
from schemas.vocabulary import Act, ActorType, DateBasis, Effect, EventRole, EventType, Form, RunState, Status
from warehouse.acceptance import Counts, make_frames
from warehouse.account import CheckedBatch, digest_inputs
from warehouse.connection import open_writer
from warehouse.digest import digest_warehouse
from warehouse.frames import Connection
from warehouse.install import install
from warehouse.load import LoadSummary, load_batch
from warehouse.lock import WriterLock
from warehouse.manifest import forget_documents, forget_segments, verify_manifest
from warehouse.paths import WarehousePaths
from warehouse.precedence import choose_documents, known_documents
from warehouse.publish import publish
from warehouse.raw import ArchivedRecord, digest_bytes, read_segment, store_records
from warehouse.runs import finish_run, mark_crashed, start_run
from warehouse.settle import settle_documents

START = datetime(2024, 3, 1, 6, tzinfo=UTC)
VERSION = "0123456789abcdef"
RUN_NUMBERS = count()


@dataclass(frozen=True)
class Story:
    """An article in a nutshell: who says how many were killed where; ``url`` makes revisions of one article."""

    number: int
    killed: int = 4
    revision: int = 0
    source: str = "Example Wire"
    place: str = "Łódź"
    title: str | None = "A title"

    @property
    def text(self) -> str:
        """The text, with characters of one to four bytes."""
        return f"{self.place}: {self.killed} people were killed in strike no. {self.number}, Mayor Ünal said 🚒."

    def record(self) -> RawRecord:
        """The story as its source would give it."""
        data = json.dumps(self.__dict__, sort_keys=True).encode()
        return RawRecord(kind="json", data=data, origin=f"stories.jsonl:{self.number}", source_name=self.source)


def read_story(record: RawRecord) -> Story:
    """Read a story back from its raw record."""
    return Story(**json.loads(record.data))


def extract_story(story: Story, fetched_at: datetime, version: str = VERSION) -> Extraction:
    """Give all rows of a story, one and more in every table."""
    text = story.text
    key = make_id("document", text, story.source)
    published = START + timedelta(hours=story.number % 50, minutes=story.revision)
    document = Document(
        document_id=key,
        article_id=make_id("article", story.source, story.number),
        source_name=story.source,
        text=text,
        text_digest=digest_bytes(text.encode()),
        raw_digest=digest_bytes(story.record().data),
        origin=story.record().origin,
        title=story.title,
        authors=("A. Writer",),
        published_at=published,
        fetched_at=fetched_at,
        language="en",
        extractor_version=version,
    )

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    def row(words: str) -> dict[str, object]:
        span = at(words)
        return {"document_id": key, "sentence_no": 0, "char_start": span.start, "char_end": span.end, "quote": words}

    def ident(station: str) -> str:
        return make_id(station, key)

    point = {"name": story.place, "country": "POL", "latitude": 51.77, "longitude": 19.46}
    place = Place(place_id=ident("place"), **point, **row(story.place))  # type: ignore[arg-type]
    actor = Actor(actor_id=ident("actor"), actor_type=ActorType.PERSON, name="Ünal", **row("Mayor Ünal"))  # type: ignore[arg-type]
    statement = Statement(
        statement_id=ident("statement"),
        document_id=key,
        sentence_no=0,
        source_spans=(at("Mayor Ünal"),),
        cue_spans=(at("said"),),
        content_spans=(Span(0, at(", Mayor").start),),
        source_quote="Mayor Ünal",
        cue_quote="said",
        cue_lemma="say",
        content_quote=text[: at(", Mayor").start],
        form=Form.INDIRECT,
        act=Act.SAY,
        speaker_name="Ünal",
    )
    figure = Figure(
        figure_id=ident("figure"),
        value_low=story.killed,
        value_high=story.killed,
        thing="person",
        effects=(Effect.KILLED,),
        statement_id=statement.statement_id,
        claimant_name="Ünal",
        place_name=story.place,
        place_id=place.place_id,
        **row(str(story.killed)),  # type: ignore[arg-type]
    )
    strike = at("strike")
    own = {"event_id": ident("event"), "document_id": key, "position": 0}
    people = {name: value for name, value in row("people").items() if name not in {*own, "sentence_no"}}
    where = {name: value for name, value in row(story.place).items() if name not in {*own, "sentence_no"}}
    target = EventActor(role=EventRole.TARGET, name="people", **own, **people)  # type: ignore[arg-type]
    scene = EventPlace(place_id=place.place_id, **point, **own, **where)  # type: ignore[arg-type]
    event = Event(
        event_id=ident("event"),
        document_id=key,
        sentence_no=0,
        trigger_spans=(strike,),
        quote="strike",
        event_type=EventType.ASSAULT,
        status=Status.CLAIMED,
        statement_id=statement.statement_id,
        holder_name="Ünal",
        start_date=date(2024, 3, 1),
        end_date=date(2024, 3, 1),
        date_basis=DateBasis.PUBLISHED,
        weapons=("missile",),
        actors=(target,),
        places=(scene,),
        figures=(EventFigure(event_id=ident("event"), document_id=key, figure_id=figure.figure_id),),
    )
    return Extraction(
        document=document,
        sentences=(Sentence(document_id=key, sentence_no=0, paragraph_no=0, char_start=0, char_end=len(text)),),
        actors=(actor,),
        places=(place,),
        times=(Time(time_id=ident("time"), basis=DateBasis.UNRESOLVED, **row("no.")),),  # type: ignore[arg-type]
        statements=(statement,),
        figures=(figure,),
        events=(event,),
    )


@contextmanager
def writing(paths: WarehousePaths) -> Iterator[Connection]:
    """Hold the lock and the open, installed database."""
    with WriterLock(paths, wait_seconds=0.2):
        con = open_writer(paths, threads=1)
        try:
            install(con)
            yield con
        finally:
            con.close()


def load_records(
    con: Connection, paths: WarehousePaths, run: Run, records: Sequence[ArchivedRecord], segment_name: str | None = None
) -> LoadSummary:
    """Carry one batch of records to the database, as a run does."""
    extractions = {}
    for archived in records:
        made = extract_story(read_story(archived.record), archived.fetched_at, str(run.extractor_version))
        extractions[made.document.raw_digest] = (made, archived.record)
    given = [made.document for made, _ in extractions.values()]
    chosen, _ = choose_documents(given)
    known = known_documents(con, chosen, str(run.extractor_version))
    new = [document for document in chosen if document.document_id not in known]
    if segment_name:
        segment = read_segment(paths, segment_name)[0]
    else:
        segment = store_records(con, paths, [extractions[new_one.raw_digest][1] for new_one in new], run.started_at)
    frames = make_frames([extractions[new_one.raw_digest][0] for new_one in new])
    digest = digest_inputs(archived.raw_digest for archived in records)
    sources = Counts(given=len(records), duplicate=len(records) - len(new))
    return load_batch(
        con,
        CheckedBatch(
            batch_id=digest[:16],
            run_id=run.run_id,
            input_digest=digest,
            frames=frames,
            counts={"sources": sources},
            segment=segment,
        ),
    )


def archive(story: Story, fetched_at: datetime) -> ArchivedRecord:
    """Give a story as the archive would."""
    record = story.record()
    return ArchivedRecord(record=record, fetched_at=fetched_at, raw_digest=digest_bytes(record.data))


def begin(con: Connection, started_at: datetime, version: str = VERSION) -> Run:
    """Start a run, those of dead processes marked as crashed."""
    mark_crashed(con, started_at)
    run = Run(
        run_id=make_id("run", os.getpid(), next(RUN_NUMBERS)),
        state=RunState.RUNNING,
        started_at=started_at,
        sources=("stories.jsonl",),
        extractor_version=version,
    )
    start_run(con, run)
    return run


def run_stories(
    paths: WarehousePaths,
    stories: Iterable[Story],
    *,
    started_at: datetime = START,
    version: str = VERSION,
    batch_size: int = 6,
) -> Run:
    """Do a whole run: heal, load in batches, settle, publish."""
    with WriterLock(paths, wait_seconds=0.2):
        con = open_writer(paths, threads=1)
        try:
            install(con)
            run = begin(con, started_at, version)
            heal(con, paths, run)
            listed = list(stories)
            for portion in (listed[start : start + batch_size] for start in range(0, len(listed), batch_size)):
                archived = [archive(story, started_at) for story in portion]
                load_records(con, paths, run, archived)
            settle_documents(con)
            run = finish_run(con, run.run_id, RunState.COMPLETED, started_at)
        finally:
            con.close()
        publish(paths)
    return run


def heal(con: Connection, paths: WarehousePaths, run: Run) -> tuple[str, ...]:
    """Load again what was lost, as a run does first."""
    forget_segments(con, paths)
    losses = verify_manifest(con, paths)
    names = tuple(sorted({*losses.segments, *forget_documents(con, losses.documents, paths)}))
    for name in names:
        load_records(con, paths, run, read_segment(paths, name)[1], name)
    return names


def digest_of(paths: WarehousePaths) -> str:
    """Give the digest of the live database's content."""
    with writing(paths) as con:
        return digest_warehouse(con)


def stories(number: int) -> list[Story]:
    """Give so many different stories, some of them revisions and copies."""
    made = [Story(number=index, killed=index % 7 + 2) for index in range(number)]
    if number > 4:
        made.append(Story(number=1, killed=9, revision=1))
        made.append(Story(number=2, killed=2 % 7 + 2, source="Other Wire"))
    return made


def folder(path: Path) -> WarehousePaths:
    """Give the files of a warehouse below ``path``."""
    return WarehousePaths(path / "warehouse")
