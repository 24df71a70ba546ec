"""What went in can be had back, byte by byte, from files that tell when they are not what was written."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.articles import RawRecord
from schemas.errors import DamagedWarehouseError, MisuseError
from tests.warehouse.road import START, archive, digest_of, folder, run_stories, stories, writing
from warehouse.check import check_warehouse
from warehouse.frames import fetch_value
from warehouse.lock import WriterLock
from warehouse.paths import WarehousePaths
from warehouse.publish import set_aside
from warehouse.raw import (
    digest_bytes,
    iter_records,
    missing_segments,
    read_record,
    read_segment,
    segment_names,
    store_records,
)
from warehouse.segments import ArchivedRecord, pack, segment_path, split_members, unpack

RECORD = st.builds(
    RawRecord,
    kind=st.sampled_from(["text", "json"]),
    data=st.binary(max_size=300),
    origin=st.text(max_size=20),
    source_name=st.one_of(st.none(), st.text(max_size=10)),
)


@given(st.lists(RECORD, min_size=1, max_size=6))
def test_records_come_back_as_they_went_in(records: list[RawRecord]) -> None:
    kept = [ArchivedRecord(record=one, fetched_at=START, raw_digest=digest_bytes(one.data)) for one in records]
    members = [pack(one) for one in kept]
    assert [unpack(member) for member in split_members(b"".join(members))] == kept
    assert [pack(one) for one in kept] == members


def test_every_record_is_found_by_its_digest(loaded_once: WarehousePaths) -> None:
    given = [story.record() for story in stories(8)]
    with writing(loaded_once) as con:
        for record in given:
            assert read_record(con, loaded_once, digest_bytes(record.data)).record == record
        with pytest.raises(MisuseError, match="no record"):
            read_record(con, loaded_once, "0" * 64)
    there = [archived.record for archived in iter_records(loaded_once)]
    assert sorted(there, key=lambda record: record.data) == sorted(given, key=lambda record: record.data)


def test_a_segment_is_plain_gzip(loaded_once: WarehousePaths) -> None:
    content = gzip.decompress(segment_path(loaded_once, segment_names(loaded_once)[0]).read_bytes())
    assert b'"kind":"json"' in content


def test_what_is_archived_is_not_archived_again(loaded: WarehousePaths) -> None:
    names = segment_names(loaded)
    with writing(loaded) as con:
        assert store_records(con, loaded, [story.record() for story in stories(8)], START) is None
        assert segment_names(loaded) == names
        assert missing_segments(con, loaded) == ()


def test_the_same_records_make_the_same_segment(tmp_path: Path) -> None:
    records = [archive(story, START).record for story in stories(3)]
    paths = folder(tmp_path)
    with writing(paths) as con:
        first = store_records(con, paths, records, START)
        second = store_records(con, paths, records[::-1], START)
        assert first == second
        assert first is not None
        assert missing_segments(con, paths) == (first.name,)
        assert read_segment(paths, first.name)[0] == first


def test_a_changed_segment_is_refused(loaded: WarehousePaths) -> None:
    name = segment_names(loaded)[0]
    path = segment_path(loaded, name)
    path.write_bytes(path.read_bytes() + b"\x00")
    with pytest.raises(DamagedWarehouseError, match=name):
        read_segment(loaded, name)


def test_rebuild_from_nothing_but_the_archive_gives_the_same_digest(loaded: WarehousePaths) -> None:
    digest = digest_of(loaded)
    for path in loaded.folder.glob("*.duckdb*"):
        path.unlink()
    run = run_stories(loaded, [])
    assert run.accepted == 10
    assert digest_of(loaded) == digest


def test_rebuild_keeps_the_history_of_runs(loaded: WarehousePaths) -> None:
    digest = digest_of(loaded)
    with writing(loaded) as con:
        before = con.execute("select run_id, given, accepted, sources from runs").fetchall()
    with WriterLock(loaded):
        aside = set_aside(loaded)
    assert aside is not None
    assert aside.exists()
    again = run_stories(loaded, [])
    assert digest_of(loaded) == digest
    with writing(loaded) as con:
        runs = con.execute("select run_id, given, accepted, sources from runs where run_id <> $1", [again.run_id])
        assert runs.fetchall() == before
        assert fetch_value(con, "select count(distinct run_id) from run_ledger") == 2
    assert check_warehouse(loaded) == []


def test_rebuild_goes_on_without_a_history_that_cannot_be_read(
    loaded: WarehousePaths, caplog: pytest.LogCaptureFixture
) -> None:
    digest = digest_of(loaded)
    loaded.published.write_bytes(b"x" * 100_000)
    with WriterLock(loaded):
        set_aside(loaded)
    assert "not carried over" in caplog.text
    run_stories(loaded, [])
    assert digest_of(loaded) == digest
