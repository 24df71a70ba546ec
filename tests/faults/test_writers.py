"""One writer, readers that never notice it, and locks that die with their holders (cases 40 and 41)."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from schemas.errors import MisuseError, QueryError, WarehouseError, WriterBusyError
from tests.warehouse.road import Story, folder, run_stories, stories, writing
from warehouse.connection import open_reader
from warehouse.frames import fetch_value
from warehouse.lock import WriterLock
from warehouse.paths import WarehousePaths
from warehouse.publish import publish
from warehouse.query import run_query

HOLD = """
import sys, time
from pathlib import Path
from warehouse.lock import WriterLock
from warehouse.paths import WarehousePaths
with WriterLock(WarehousePaths(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_writer(paths: WarehousePaths) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the writer's lock."""
    command = [sys.executable, "-c", HOLD, str(paths.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_leaves_within_five_seconds_naming_the_first(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    with another_writer(paths) as first:
        began = time.monotonic()
        with pytest.raises(WriterBusyError, match=f"process {first.pid}") as caught, WriterLock(paths):
            pass
        assert time.monotonic() - began < 5
    assert caught.value.exit_code == 75


def test_the_lock_of_a_killed_writer_is_taken_over_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    paths = folder(tmp_path)
    with another_writer(paths) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        with caplog.at_level(logging.WARNING), WriterLock(paths):
            assert str(os.getpid()) in paths.lock.read_text()
    assert f"pid {first.pid}" in caplog.text
    assert "taken over" in caplog.text


def test_a_lock_left_in_order_is_taken_in_silence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    paths = folder(tmp_path)
    with pytest.raises(ZeroDivisionError), WriterLock(paths):
        1 / 0  # noqa: B018
    with WriterLock(paths):
        pass
    assert caplog.text == ""


def test_a_lock_file_nobody_can_read_is_taken_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    paths = folder(tmp_path)
    paths.folder.mkdir()
    paths.lock.write_bytes(b"\xff{half")
    with WriterLock(paths):
        pass
    assert "taken over" in caplog.text


def test_readers_answer_while_a_writer_holds_the_warehouse(loaded: WarehousePaths) -> None:
    before = run_query(loaded, "select count(*) as n from documents")["n"][0]
    with writing(loaded) as con:
        con.execute("begin transaction")
        con.execute("delete from documents")
        assert run_query(loaded, "select count(*) as n from documents")["n"][0] == before
        con.execute("commit")
        assert run_query(loaded, "select count(*) as n from documents")["n"][0] == before


def test_an_open_reader_keeps_its_copy_when_the_next_is_published(loaded: WarehousePaths) -> None:
    reader = open_reader(loaded, threads=1)
    before = fetch_value(reader, "select count(*) from documents")
    run_stories(loaded, [Story(number=99)])
    assert fetch_value(reader, "select count(*) from documents") == before
    reader.close()
    assert run_query(loaded, "select count(*) as n from documents")["n"][0] == before + 1


def test_a_crash_while_publishing_leaves_the_copy_before(loaded: WarehousePaths) -> None:
    loaded.published.with_suffix(".part").write_bytes(b"half a copy")
    assert run_query(loaded, "select count(*) as n from documents")["n"][0] > 0
    publish(loaded)
    assert not loaded.published.with_suffix(".part").exists()


def test_before_the_first_run_a_reader_is_told_to_run(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="wirehouse run"):
        open_reader(folder(tmp_path))


def test_another_program_on_the_live_database_is_named(loaded: WarehousePaths) -> None:
    code = f"import duckdb, time; con = duckdb.connect({str(loaded.live)!r}); print('open', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(WarehouseError, match="held by another program"):
            run_stories(loaded, stories(1))
        process.kill()


@pytest.mark.parametrize(
    "sql",
    [
        "drop table runs",
        "insert into runs select * from runs",
        "create temp table t as select 1",
        "copy runs to 'out.csv'",
        "attach 'other.duckdb'",
        "set memory_limit = '10GB'",
        "install httpfs",
        "select 1; select 2",
        "",
        "-- nothing",
        "selec",
        "select * from read_text('/etc/hostname')",
        "select * from 'README.md'",
        "select * from read_csv('https://example.org/x.csv')",
        "select * from glob('/*')",
        "select * from no_such_table",
    ],
)
def test_a_query_reads_the_warehouse_and_nothing_else(loaded_once: WarehousePaths, sql: str) -> None:
    with pytest.raises(QueryError):
        run_query(loaded_once, sql)


def test_settings_are_locked_and_the_environment_is_out_of_reach(loaded_once: WarehousePaths) -> None:
    con = open_reader(loaded_once, threads=1)
    for sql in ("set enable_external_access = true", "set lock_configuration = false", "pragma threads = 8"):
        with pytest.raises(duckdb.Error):
            con.execute(sql)
    with pytest.raises(duckdb.Error):
        con.execute("select getenv('HOME')")
    con.close()
