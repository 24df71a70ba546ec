"""A writer killed at random instants, time and again, leaves what a quiet run leaves (cases 38 and 39).

``python -m tests.faults.kill`` does the same with the whole road and its worker processes.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.warehouse.road import Story, digest_of, folder, run_stories, writing
from warehouse.check import check_warehouse
from warehouse.frames import fetch_value
from warehouse.lock import WriterLock
from warehouse.manifest import verify_manifest

WRITE = """
import sys
from pathlib import Path
from tests.faults.test_kills import given
from tests.warehouse.road import run_stories
from warehouse.paths import WarehousePaths
print("ready", flush=True)
for part in range(int(sys.argv[2]), 1000):
    run_stories(WarehousePaths(Path(sys.argv[1])), given(part), batch_size=3)
    print(part, flush=True)
"""
PARTS = 4


def given(part: int) -> list[Story]:
    """Stories of one run, revisions of those before among them."""
    numbers = range(part % PARTS * 6, part % PARTS * 6 + 8)
    return [Story(number=number, killed=part % PARTS + 1, revision=part % PARTS) for number in numbers]


@pytest.mark.parametrize("kills", [2, pytest.param(100, marks=pytest.mark.soak)])
def test_a_writer_killed_at_any_instant_loses_and_doubles_nothing(tmp_path: Path, kills: int) -> None:
    paths, chance = folder(tmp_path), random.Random(kills)
    for number in range(kills):
        command = [sys.executable, "-c", WRITE, str(paths.folder), str(number % PARTS)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.05, 2))
            process.kill()
        with writing(paths) as con:
            losses = verify_manifest(con, paths, full=True)
            assert losses.documents == ()
            assert losses.rows_expected == losses.rows_there
            unbalanced = "select count(*) from run_ledger where given <> accepted + refused + duplicate"
            assert fetch_value(con, unbalanced) == 0
    everything = [story for part in range(PARTS) for story in given(part)]
    run_stories(paths, everything)
    quiet = folder(tmp_path / "quiet")
    run_stories(quiet, everything)
    assert digest_of(paths) == digest_of(quiet)
    with WriterLock(paths):
        assert check_warehouse(paths) == []
