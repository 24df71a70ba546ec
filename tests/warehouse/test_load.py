"""A batch is loaded whole or not at all, and twice is once."""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path

import polars as pl
import pytest

from schemas.errors import WarehouseError
from schemas.extraction import TABLES
from schemas.findings import Finding
from schemas.vocabulary import RunState, Severity
from tests.warehouse.road import (
    START,
    Story,
    begin,
    digest_of,
    extract_story,
    folder,
    run_stories,
    stories,
    writing,
)
from warehouse.acceptance import Counts, accept_frames, make_frames
from warehouse.account import CheckedBatch, digest_inputs
from warehouse.frames import Connection, fetch_frame, fetch_value
from warehouse.load import load_batch
from warehouse.paths import WarehousePaths

DIGEST = digest_inputs(["a"])


def batch(run_id: str, frames: dict[str, pl.DataFrame], **more: object) -> CheckedBatch:
    return CheckedBatch(batch_id=DIGEST[:16], run_id=run_id, input_digest=DIGEST, frames=frames, **more)  # type: ignore[arg-type]


def rows(con: Connection, table: str) -> int:
    return int(fetch_value(con, f"select count(*) from {table}"))


def test_every_table_is_filled_and_every_column_comes_back(tmp_path: Path) -> None:
    paths, given = folder(tmp_path), stories(5)
    run_stories(paths, given)
    frames = make_frames([extract_story(story, START) for story in given])
    with writing(paths) as con:
        for table in TABLES:
            there = fetch_frame(con, f"select * from {table.name}").select(list(table.schema))
            leave = {"version", "duplicate_of", "syndication_id", "run_id"} & set(table.schema)
            wanted = frames[table.name].drop(leave).sort(table.key)
            assert there.schema == table.schema
            assert there.drop(leave).sort(table.key).equals(wanted), table.name


def test_the_same_stories_again_write_no_row(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    first = run_stories(paths, stories(5))
    digest = digest_of(paths)
    second = run_stories(paths, stories(5))
    assert (first.given, first.accepted, first.duplicate) == (7, 7, 0)
    assert (second.given, second.accepted, second.duplicate) == (7, 0, 7)
    assert digest_of(paths) == digest
    with writing(paths) as con:
        assert fetch_value(con, "select count(distinct run_id) from documents") == 1
        assert fetch_value(con, "select count(*) from batches where run_id = $run_id", {"run_id": second.run_id}) == 0


@pytest.mark.parametrize("size", [2, 100])
def test_order_and_size_of_batches_do_not_change_the_digest(tmp_path: Path, size: int) -> None:
    one, other = folder(tmp_path / "one"), folder(tmp_path / "other")
    run_stories(one, stories(5))
    run_stories(other, reversed(stories(5)), batch_size=size)
    assert digest_of(one) == digest_of(other)


def test_another_version_of_the_extractor_replaces_the_rows(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    run_stories(paths, stories(3))
    again = run_stories(paths, stories(3), version="f" * 16)
    assert (again.accepted, again.duplicate) == (3, 0)
    with writing(paths) as con:
        assert rows(con, "figures") == 3
        assert fetch_value(con, "select min(extractor_version) from documents") == "f" * 16


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("size", [1, 2])
def test_of_two_readings_of_a_document_the_earlier_published_stays_in_any_order(
    tmp_path: Path, reverse: bool, size: int
) -> None:
    """Case 45: duplicate keys, inside a batch and over batches."""
    paths = folder(tmp_path)
    early, late = Story(number=1, revision=0, title="early"), Story(number=1, revision=5, title="late")
    run_stories(paths, [late, early] if reverse else [early, late], batch_size=size)
    with writing(paths) as con:
        assert con.execute("select title, version from documents").fetchall() == [("early", 1)]
        assert rows(con, "figures") == 1
        assert fetch_value(con, "select sum(given) - sum(accepted + duplicate) from run_ledger") == 0


def test_keys_given_twice_in_one_batch_are_counted_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    paths = folder(tmp_path)
    one = extract_story(Story(number=1, title="A"), START)
    other = dataclasses.replace(one, document=dataclasses.replace(one.document, raw_digest="0" * 64, title="B"))
    with writing(paths) as con, caplog.at_level(logging.WARNING):
        run = begin(con, START)
        summary = load_batch(con, batch(run.run_id, make_frames([one, other])))
        assert fetch_value(con, "select title from documents") == "B"  # the smaller raw digest
    assert summary.written["documents"] == summary.written["figures"] == 1
    assert {entry.station: entry.duplicate for entry in summary.ledger}["figures"] == 1
    assert "1 of documents" in caplog.text


def test_a_row_that_points_nowhere_becomes_a_finding_and_takes_its_children_with_it(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    good, bad = extract_story(Story(number=1), START), extract_story(Story(number=2), START)
    bad = dataclasses.replace(bad, statements=())  # figure and event point to the statement, children to the event
    with writing(paths) as con:
        run = begin(con, START)
        summary = load_batch(con, batch(run.run_id, make_frames([good, bad])))
        assert summary.written["documents"] == 2
        assert summary.written["figures"] == summary.written["events"] == summary.written["event_actors"] == 1
        found = {(finding.table_name, finding.column_name) for finding in summary.findings}
        assert {("figures", "statement_id"), ("events", "statement_id"), ("event_actors", "event_id")} <= found
        assert rows(con, "findings") == len(summary.findings)
        refused = {entry.station: entry.refused for entry in summary.ledger}
        assert refused["figures"] == refused["events"] == refused["event_figures"] == 1


def test_a_quote_that_is_not_in_the_text_is_refused() -> None:
    one = extract_story(Story(number=1), START)
    wrong = dataclasses.replace(one.figures[0], quote="forty")
    outside = dataclasses.replace(one.events[0], trigger_spans=(one.sentences[0].span._replace(end=10_000),))
    accepted = accept_frames(make_frames([dataclasses.replace(one, figures=(wrong,), events=(outside,))]))
    assert accepted.frames["figures"].height == accepted.frames["events"].height == 0
    assert {finding.column_name for finding in accepted.findings} == {"quote", "trigger_spans"}
    assert accepted.counts["figures"] == Counts(given=1, refused=1)


def test_values_are_checked_not_only_types() -> None:
    """Case 47: what pandera lets through on a lazy frame is caught here."""
    one = extract_story(Story(number=1), START)
    upside_down = dataclasses.replace(one.figures[0], value_low=9.0)
    accepted = accept_frames(make_frames([dataclasses.replace(one, figures=(upside_down,))]))
    assert accepted.frames["figures"].height == 0
    assert [finding.check for finding in accepted.findings] == ["low_not_above_high"]
    assert accepted.frames["events"].height == 1


def test_a_batch_that_does_not_add_up_is_not_loaded(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    frames = make_frames([extract_story(Story(number=1), START)])
    with writing(paths) as con:
        run = begin(con, START)
        with pytest.raises(WarehouseError, match="accounts for"):
            load_batch(con, batch(run.run_id, frames, counts={"sources": Counts(given=2)}))
        assert rows(con, "documents") == rows(con, "figures") == rows(con, "run_ledger") == 0
        assert load_batch(con, batch(run.run_id, frames)).written["documents"] == 1


def test_a_finding_is_closed_when_its_input_is_accepted_and_opens_again(tmp_path: Path) -> None:
    paths, one = folder(tmp_path), extract_story(Story(number=1), START)
    finding = Finding(
        finding_id="a" * 16,
        severity=Severity.REFUSED,
        check="timeout",
        table_name="documents",
        key=one.document.origin,
        reason="It took too long.",
        raw_digest=one.document.raw_digest,
    )
    with writing(paths) as con:
        first = begin(con, START)
        nothing, refused = make_frames([]), {"sources": Counts(given=1, refused=1)}
        load_batch(con, batch(first.run_id, nothing, findings=(finding,), counts=refused))
        load_batch(con, batch(first.run_id, nothing, findings=(finding,), counts=refused))
        assert con.execute("select run_id, found_at, resolved_by_run_id from findings").fetchall() == [
            (first.run_id, START, None)
        ]
        second = begin(con, START)
        load_batch(con, batch(second.run_id, make_frames([one])))
        assert fetch_value(con, "select resolved_by_run_id from findings") == second.run_id
        load_batch(con, batch(second.run_id, nothing, findings=(finding,), counts=refused))
        assert con.execute("select run_id, resolved_by_run_id from findings").fetchall() == [(first.run_id, None)]


def test_a_run_that_never_ended_is_marked_as_crashed_by_the_next(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    with writing(paths) as con:
        dead = begin(con, START)
    run_stories(paths, stories(1))
    with writing(paths) as con:
        states = dict(con.execute("select run_id, state from runs").fetchall())
    assert states.pop(dead.run_id) == RunState.CRASHED
    assert list(states.values()) == [RunState.COMPLETED]


def test_the_ledger_balances_at_every_station(loaded_once: WarehousePaths) -> None:
    with writing(loaded_once) as con:
        assert fetch_value(con, "select count(*) from run_ledger where given <> accepted + refused + duplicate") == 0
        assert fetch_value(con, "select count(distinct station) from run_ledger") == len(TABLES) + 1
