"""The road: nothing lost, nothing doubled, the same whatever the order, the place and the number of workers."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from flows import stations
from flows.account import Account, account_as_markdown
from flows.ingest import carry_news
from flows.settings import read_settings
from schemas.errors import TooManyRefusedError
from schemas.vocabulary import RunState
from tests.conftest import NEWS
from warehouse.connection import open_reader
from warehouse.digest import digest_warehouse
from warehouse.lock import WriterLock
from warehouse.paths import WarehousePaths
from warehouse.publish import set_aside
from warehouse.query import run_query
from warehouse.raw import read_record

ROOT = NEWS.parent.parent
WIREHOUSE = (sys.executable, "-m", "flows")
STORY = "Nine people were killed when missile number {} hit the port of Odesa on Tuesday, officials said."


def carry(paths: WarehousePaths, *sources: Path, **given: object) -> Account:
    settings = read_settings(**{"warehouse": paths.folder, "workers": 1, "batch_size": 4, **given})
    return carry_news([str(source) for source in sources], settings, stations)


def content(paths: WarehousePaths) -> str:
    con = open_reader(paths)
    try:
        return digest_warehouse(con)
    finally:
        con.close()


def write_stories(path: Path, good: int, bad: int, first: int = 0) -> Path:
    """Write so many stories and so many damaged lines, mixed, as JSONL."""
    lines = [json.dumps({"id": n, "text": STORY.format(n), "source": "wire"}) for n in range(first, first + good)]
    lines += [f'{{"id": {n}, "text": "cut of' for n in range(bad)]
    random.Random(1).shuffle(lines)
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_everything_that_went_in_is_accounted_for(news_warehouse: WarehousePaths) -> None:
    ledger = run_query(news_warehouse, "select * from run_ledger")
    assert ledger.filter(pl.col("given") != pl.sum_horizontal("accepted", "refused", "duplicate")).height == 0
    inputs = ledger.filter(pl.col("station") == "sources")
    assert inputs["given"].sum() == len([path for path in NEWS.iterdir() if path.suffix in (".txt", ".md")])
    for table in ("events", "figures", "statements", "places", "sentences"):
        rows = run_query(news_warehouse, f"select count(*) as n from {table}")["n"][0]
        assert rows == ledger.filter(pl.col("station") == table)["accepted"].sum() > 0


def test_twice_is_once_and_the_ledger_says_why(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "w")
    stories = write_stories(tmp_path / "a.jsonl", good=6, bad=0)
    first = carry(paths, stories)
    before = content(paths)
    second = carry(paths, stories, stories)
    assert (first.run.accepted, first.run.duplicate) == (6, 0)
    assert (second.run.given, second.run.accepted, second.run.duplicate) == (12, 0, 12)
    assert second.written == 0
    assert content(paths) == before


def test_order_workers_zone_language_and_hash_seed_change_nothing(
    news_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    files = [path for path in NEWS.iterdir() if path.suffix in (".txt", ".md")]
    random.Random(3).shuffle(files)
    strange = {"TZ": "Asia/Kathmandu", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "77", "PYTHONUTF8": "0"}
    subprocess.run(
        [*WIREHOUSE, "run", "--direct", "--workers=2", "--batch-size=3", f"--warehouse={tmp_path}", *map(str, files)],
        cwd=ROOT,
        env={**os.environ, **strange},
        check=True,
        capture_output=True,
    )
    assert content(WarehousePaths(tmp_path)) == content(news_warehouse)


@pytest.mark.parametrize(("bad", "passes"), [(0, True), (1, True), (10, True), (11, False), (20, False)])
def test_refusals_are_counted_and_too_many_stop_the_run(tmp_path: Path, bad: int, passes: bool) -> None:
    paths = WarehousePaths(tmp_path / "w")
    source = write_stories(tmp_path / "a.jsonl", good=20 - bad, bad=bad)
    if passes:
        run = carry(paths, source).run
        assert (run.given, run.accepted, run.refused) == (20, 20 - bad, bad)
        assert run.state is (RunState.COMPLETED_WITH_REFUSALS if bad else RunState.COMPLETED)
        assert run_query(paths, "select count(*) as n from findings where severity = 'refused'")["n"][0] == bad
        return
    with pytest.raises(TooManyRefusedError, match=rf"{bad} of 20 .*json_truncated") as caught:
        carry(paths, source)
    assert caught.value.exit_code == 1
    assert not paths.published.exists()


def test_the_share_of_refusals_is_a_setting(tmp_path: Path) -> None:
    source = write_stories(tmp_path / "a.jsonl", good=1, bad=19)
    assert carry(WarehousePaths(tmp_path / "w"), source, refused_limit=1.0).run.refused == 19


def test_a_mended_input_leaves_the_quarantine(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "w")
    source = write_stories(tmp_path / "a.jsonl", good=2, bad=1)
    carry(paths, source)
    open_findings = "select count(*) as n from findings where resolved_by_run_id is null"
    assert run_query(paths, open_findings)["n"][0] == 1
    digest = run_query(paths, "select raw_digest from findings")["raw_digest"][0]
    con = open_reader(paths)
    assert read_record(con, paths, digest).record.data.endswith(b"cut of")
    con.close()
    mended = json.dumps({"text": STORY.format(7), "source": "wire"})
    source.write_text("\n".join(mended if "cut of" in line else line for line in source.read_text().splitlines()))
    assert carry(paths, source).run.accepted == 1
    assert run_query(paths, open_findings)["n"][0] == 0


def test_a_rebuild_from_the_raw_archive_gives_the_same_content(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "w")
    carry(paths, write_stories(tmp_path / "a.jsonl", good=5, bad=2))
    carry(paths, write_stories(tmp_path / "b.jsonl", good=3, bad=0, first=50))
    before = content(paths)
    with WriterLock(paths):
        set_aside(paths)
    assert carry(paths, refused_limit=1.0).run.accepted == 8
    assert content(paths) == before


def test_a_rebuild_leaves_the_quarantine_as_it_is(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "w")
    (tmp_path / "in" / "folder.txt").mkdir(parents=True)
    write_stories(tmp_path / "in" / "a.jsonl", good=4, bad=2)
    carry(paths, tmp_path / "in")
    quarantine = 'select origin, "check" from findings where resolved_by_run_id is null order by all'
    before = run_query(paths, quarantine).rows()
    assert [code for _, code in before] == ["json_truncated", "json_truncated", "not_a_file"]
    with WriterLock(paths):
        set_aside(paths)
    carry(paths, refused_limit=1.0)
    assert run_query(paths, quarantine).rows() == before


def test_what_an_earlier_run_was_allowed_to_refuse_fails_no_later_one(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "w")
    carry(paths, write_stories(tmp_path / "a.jsonl", good=2, bad=9), refused_limit=1.0)
    paths.live.unlink()
    run = carry(paths, write_stories(tmp_path / "b.jsonl", good=2, bad=1, first=50)).run
    assert (run.given, run.accepted, run.refused) == (14, 4, 10)
    with pytest.raises(TooManyRefusedError, match=r"^2 of 3 "):
        carry(paths, write_stories(tmp_path / "c.jsonl", good=1, bad=2, first=90))


def test_a_run_that_was_cut_off_is_marked_and_completed_by_the_next(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "w")
    source = write_stories(tmp_path / "a.jsonl", good=9, bad=0)
    code = (
        "import os, sys\n"
        "from flows import stations\n"
        "from flows.ingest import carry_news\n"
        "from flows.settings import read_settings\n"
        "loaded = []\n"
        "class Cut:\n"
        "    read, extract, check, publish = map(staticmethod, "
        "(stations.read, stations.extract, stations.check, stations.publish))\n"
        "    @staticmethod\n"
        "    def load(*given):\n"
        "        if loaded: os._exit(9)\n"
        "        loaded.append(stations.load(*given))\n"
        "carry_news([sys.argv[1]], read_settings(warehouse=sys.argv[2], workers=1, batch_size=4), Cut)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(source), str(paths.folder)], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert not paths.published.exists()
    run = carry(paths, source).run
    assert (run.accepted, run.duplicate) == (5, 4)
    states = run_query(paths, "select state from runs order by started_at")["state"].to_list()
    assert states == ["crashed", "completed"]
    undisturbed = WarehousePaths(tmp_path / "u")
    carry(undisturbed, source)
    assert content(paths) == content(undisturbed)


def test_the_account_repeats_no_markup(tmp_path: Path) -> None:
    source = tmp_path / "<script>alert(1)|.txt"
    source.write_text("")
    account = carry(WarehousePaths(tmp_path / "w"), source, refused_limit=1.0)
    page = account_as_markdown(account)
    assert "<script" not in page
    assert "completed with refusals" in page
