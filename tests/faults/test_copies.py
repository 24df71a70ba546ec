"""Damage to what lies beside the database is named: the published copy, and the raw archive (case 43)."""

from __future__ import annotations

import os

import duckdb

from schemas.manifest import BATCHES
from tests.faults.test_damage import flip, rebuild
from tests.warehouse.road import digest_of, run_stories, stories, writing
from warehouse.check import check_warehouse
from warehouse.paths import WarehousePaths
from warehouse.publish import publish
from warehouse.raw import segment_names
from warehouse.segments import segment_path


def test_a_published_copy_that_fell_behind_or_broke_is_named(loaded: WarehousePaths) -> None:
    old = loaded.published.read_bytes()
    run_stories(loaded, stories(12))
    loaded.published.write_bytes(old)
    assert {problem.check for problem in check_warehouse(loaded)} == {"published"}
    loaded.published.write_bytes(old[: len(old) // 2])
    assert {problem.check for problem in check_warehouse(loaded)} == {"published"}
    loaded.published.unlink()
    assert {problem.check for problem in check_warehouse(loaded)} == {"published"}
    publish(loaded)
    assert check_warehouse(loaded) == []


def test_a_published_copy_that_somebody_edited_is_named_and_published_anew(loaded: WarehousePaths) -> None:
    with duckdb.connect(str(loaded.published)) as con:
        con.execute("update figures set value_high = 900")
    problems = check_warehouse(loaded)
    assert [problem.check for problem in problems] == ["published"]
    assert "wirehouse run" in problems[0].remedy
    run_stories(loaded, [])
    assert check_warehouse(loaded) == []


def test_a_lost_log_is_seen_by_what_was_published(loaded: WarehousePaths) -> None:
    with writing(loaded) as con:
        con.execute(f"update {BATCHES.name} set content_digest = sha256('x') where documents > 0")
    assert "published" in {problem.check for problem in check_warehouse(loaded)}


def test_a_damaged_segment_is_named(loaded: WarehousePaths) -> None:
    path = segment_path(loaded, segment_names(loaded)[0])
    flip(path, 0.5)
    assert "raw archive" in {problem.check for problem in check_warehouse(loaded)}
    os.truncate(path, path.stat().st_size // 2)
    assert "raw archive" in {problem.check for problem in check_warehouse(loaded)}


def test_a_segment_that_is_gone_is_named_and_archived_anew_from_the_sources(loaded: WarehousePaths) -> None:
    digest, kept = digest_of(loaded), set(segment_names(loaded))
    segment_path(loaded, min(kept)).unlink()
    problems = [problem for problem in check_warehouse(loaded) if problem.check == "raw archive"]
    assert min(kept) in problems[0].fault
    assert all("original sources" in problem.remedy for problem in problems)
    run_stories(loaded, [])
    assert "raw archive" in {problem.check for problem in check_warehouse(loaded)}
    run_stories(loaded, stories(8))
    assert digest_of(loaded) == digest
    assert check_warehouse(loaded) == []
    rebuild(loaded)
    assert digest_of(loaded) == digest
