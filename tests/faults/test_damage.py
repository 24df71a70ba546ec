"""Damage on disk is noticed and healed from the raw archive, or named with what to run (cases 43 and 44)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from _pytest.mark.structures import ParameterSet

from schemas.errors import DamagedWarehouseError, StorageVersionError, WarehouseError
from tests.warehouse.road import digest_of, folder, run_stories, stories, writing
from warehouse.check import check_warehouse
from warehouse.connection import HEADER, REBUILD, open_writer
from warehouse.frames import fetch_value
from warehouse.lock import WriterLock
from warehouse.paths import WarehousePaths
from warehouse.publish import set_aside
from warehouse.query import run_query

BLOCK = 1 << 18
"""Bytes of a block of DuckDB's files."""

DIE = """
import os, sys
from pathlib import Path
from tests.warehouse.road import START, archive, begin, load_records, stories
from warehouse.connection import HEADER, REBUILD, open_writer
from warehouse.install import install
from warehouse.paths import WarehousePaths
paths = WarehousePaths(Path(sys.argv[1]))
con = open_writer(paths, threads=1)
install(con)
run = begin(con, START)
given = stories(8)
for start in range(0, len(given), 3):
    load_records(con, paths, run, [archive(story, START) for story in given[start : start + 3]])
os._exit(9)
"""


@pytest.fixture(scope="module")
def died_once(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """A warehouse whose writer died after four batches, all of them in the log only."""
    paths = folder(tmp_path_factory.mktemp("died"))
    paths.folder.mkdir()
    assert subprocess.run([sys.executable, "-c", DIE, str(paths.folder)], check=False).returncode == 9
    assert wal(paths).stat().st_size > 10_000
    return paths


@pytest.fixture
def died(died_once: WarehousePaths, tmp_path: Path) -> WarehousePaths:
    """A copy of it."""
    paths = folder(tmp_path)
    subprocess.run(["cp", "-r", str(died_once.folder), str(paths.folder)], check=True)
    return paths


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of the same stories, loaded in peace."""
    paths = folder(tmp_path_factory.mktemp("undisturbed"))
    run_stories(paths, stories(8))
    return digest_of(paths)


def soak(value: object) -> ParameterSet:
    """More of the same, when there is time."""
    return pytest.param(value, marks=pytest.mark.soak)


def wal(paths: WarehousePaths) -> Path:
    return paths.live.with_name(paths.live.name + ".wal")


def flip(path: Path, share: float) -> None:
    """Change one byte."""
    content = bytearray(path.read_bytes())
    content[int(len(content) * share)] ^= 0xFF
    path.write_bytes(content)


def checksum(block: bytes) -> int:
    """DuckDB's checksum of a block (its checksum.cpp)."""
    words = (int.from_bytes(block[at : at + 8], "little") for at in range(0, len(block), 8))
    total = 5381
    for word in words:
        total ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return total


def rebuild(paths: WarehousePaths) -> None:
    with WriterLock(paths):
        set_aside(paths)
    run_stories(paths, [])


@pytest.mark.parametrize("share", [0.5, soak(0.3), soak(0.9), soak(0.999)])
def test_a_log_cut_off_is_noticed_and_the_next_run_loads_what_is_lost(
    died: WarehousePaths, undisturbed: str, share: float
) -> None:
    os.truncate(wal(died), int(wal(died).stat().st_size * share))
    assert {"batches"} & {problem.check for problem in check_warehouse(died)} or tables_lost(died)
    run_stories(died, [])
    assert digest_of(died) == undisturbed
    assert check_warehouse(died) == []


def tables_lost(paths: WarehousePaths) -> bool:
    return any(problem.check == "tables" for problem in check_warehouse(paths))


def test_a_log_deleted_is_noticed_and_the_next_run_loads_what_is_lost(died: WarehousePaths, undisturbed: str) -> None:
    wal(died).unlink()
    assert check_warehouse(died)
    run_stories(died, [])
    assert digest_of(died) == undisturbed


@pytest.mark.parametrize("share", [0.5, soak(0.2), soak(0.8), soak(0.95)])
def test_a_flipped_byte_in_the_log_never_passes_in_silence(
    died: WarehousePaths, undisturbed: str, share: float
) -> None:
    flip(wal(died), share)
    assert check_warehouse(died)
    try:
        run_stories(died, [])
    except WarehouseError as error:
        assert "wirehouse rebuild" in error.remedy
        rebuild(died)
    assert digest_of(died) == undisturbed


def test_the_log_of_a_dead_writer_is_replayed_whole(died: WarehousePaths, undisturbed: str) -> None:
    run_stories(died, [])
    assert digest_of(died) == undisturbed
    with writing(died) as con:
        assert fetch_value(con, "select count(*) from runs where state = 'crashed'") == 1


def test_a_flipped_block_is_named_and_rebuild_heals_it(loaded: WarehousePaths) -> None:
    digest = digest_of(loaded)
    found = 0
    for share in (0.15, 0.6):
        content = loaded.live.read_bytes()
        flip(loaded.live, share)
        damaged = loaded.live.read_bytes()
        problems = check_warehouse(loaded)
        if problems:
            found += 1
            assert all(problem.remedy for problem in problems)
            assert any("rebuild" in problem.remedy or "wirehouse run" in problem.remedy for problem in problems)
        if problems:
            assert loaded.live.read_bytes() == damaged  # looked at, not overwritten
        loaded.live.write_bytes(content)
    assert found
    flip(loaded.live, 0.3)
    rebuild(loaded)
    assert digest_of(loaded) == digest
    assert loaded.live.with_suffix(".duckdb.1").exists()


@pytest.mark.parametrize("size", [0, soak(1), soak(5000)])
def test_a_file_emptied_or_cut_off_is_named_and_left_alone(loaded: WarehousePaths, size: int) -> None:
    digest = digest_of(loaded)
    os.truncate(loaded.live, size)
    for attempt in (lambda: open_writer(loaded), lambda: run_stories(loaded, [])):
        with pytest.raises(DamagedWarehouseError, match="wirehouse rebuild"):
            attempt()
    assert loaded.live.stat().st_size == size
    assert run_query(loaded, "select count(*) as n from documents")["n"][0] > 0
    rebuild(loaded)
    assert digest_of(loaded) == digest


def test_a_file_of_a_newer_duckdb_is_named_and_left_alone(loaded: WarehousePaths) -> None:
    content = bytearray(loaded.live.read_bytes())
    content[12:20] = (999).to_bytes(8, "little")  # main header: checksum, DUCK, version
    content[:8] = checksum(content[8:4096]).to_bytes(8, "little")
    loaded.live.write_bytes(content)
    with pytest.raises(StorageVersionError, match="wirehouse rebuild"):
        open_writer(loaded)
    assert loaded.live.read_bytes() == content
    assert [problem.check for problem in check_warehouse(loaded)] == ["database"]


def test_a_database_that_is_gone_is_made_anew(loaded: WarehousePaths) -> None:
    digest = digest_of(loaded)
    loaded.live.unlink()
    assert [problem.check for problem in check_warehouse(loaded)] == ["database"]
    run_stories(loaded, [])
    assert digest_of(loaded) == digest
    assert check_warehouse(loaded) == []


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("delete from figures where value_low = 4", "manifest"),
        ("update figures set value_high = 900", "manifest"),
        ("update documents set text = replace(text, 'people', 'humans')", "spans"),
        ("delete from statements", "references"),
        ("delete from documents where title is not null", "references"),
        ("delete from batches", "batches"),
        ("update raw_records set byte_start = byte_start + 1", "raw archive"),
        ("delete from raw_records", "raw archive"),
        ("update run_ledger set given = given + 1 where station = 'sources'", "ledger"),
    ],
)
def test_a_change_behind_our_back_is_found(loaded: WarehousePaths, change: str, check: str) -> None:
    with writing(loaded) as con:
        con.execute(change)
    problems = check_warehouse(loaded)
    assert check in {problem.check for problem in problems}
    assert all(problem.fault and "wirehouse" in problem.remedy for problem in problems)


def test_a_change_that_keeps_the_number_of_rows_is_healed_by_what_check_says(loaded: WarehousePaths) -> None:
    digest = digest_of(loaded)
    with writing(loaded) as con:
        con.execute("update figures set value_high = 900")
    (problem,) = [problem for problem in check_warehouse(loaded) if problem.check == "manifest"]
    assert "wirehouse rebuild" in problem.remedy
    rebuild(loaded)
    assert digest_of(loaded) == digest
    assert check_warehouse(loaded) == []


@pytest.mark.parametrize("table", ["text_signatures", soak("run_ledger"), soak("documents"), soak("manifest")])
def test_a_damaged_block_is_named_whatever_it_holds(loaded: WarehousePaths, table: str) -> None:
    with duckdb.connect(str(loaded.live)) as con:
        query = f"select max(block_id) from pragma_storage_info('{table}') where segment_type <> 'VALIDITY'"
        number = fetch_value(con, query)
    content = bytearray(loaded.live.read_bytes())
    content[HEADER + number * BLOCK + 100] ^= 0xFF
    loaded.live.write_bytes(content)
    assert {problem.remedy for problem in check_warehouse(loaded) if problem.check == "database"} == {REBUILD}


def test_rows_lost_are_loaded_again_and_sound_ones_stay(loaded: WarehousePaths) -> None:
    digest = digest_of(loaded)
    with writing(loaded) as con:
        con.execute("delete from figures where value_low = 4")
        con.execute("delete from documents where text like '%no. 3,%'")
    run = run_stories(loaded, [])
    assert 0 < run.accepted < run.given
    assert digest_of(loaded) == digest
    assert check_warehouse(loaded) == []
