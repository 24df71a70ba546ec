"""No room, no right to write, little memory: the run fails by name and what was there stays (cases 42 and 46)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from schemas.errors import WarehouseError
from tests.faults.test_damage import soak
from tests.warehouse.road import folder, run_stories, stories, writing
from warehouse.check import check_warehouse
from warehouse.connection import open_writer
from warehouse.frames import fetch_value
from warehouse.paths import WarehousePaths
from warehouse.query import run_query

FULL = """
import resource, signal, sys
from pathlib import Path
from schemas.errors import WarehouseError
from tests.warehouse.road import Story, run_stories
from warehouse.paths import WarehousePaths
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    run_stories(WarehousePaths(Path(sys.argv[1])), [Story(number=n, place="P" * 3000 + str(n)) for n in range(25)])
except WarehouseError as error:
    print(error)
    sys.exit(1)
"""


@pytest.mark.parametrize("room", [600, soak(200_000)])
def test_a_full_disk_fails_the_run_by_name_and_keeps_what_was_there(loaded: WarehousePaths, room: int) -> None:
    limit = room if room < 1000 else loaded.live.stat().st_size + room
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(loaded.folder), str(limit)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert str(loaded.folder) in done.stdout
    assert "Traceback" not in done.stderr
    assert run_query(loaded, "select count(*) as n from documents")["n"][0] == 10
    run_stories(loaded, [])
    with writing(loaded) as con:
        assert fetch_value(con, "select count(*) from documents where length(text) < 1000") == 10
    assert check_warehouse(loaded) == []


@pytest.mark.parametrize("blocked", ["folder", "raw"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, blocked: str) -> None:
    paths = folder(tmp_path)
    if blocked == "folder":
        paths.folder.write_text("a file where the folder should be")
    else:
        paths.folder.mkdir()
        paths.raw.write_text("a file where the archive should be")
    with pytest.raises(WarehouseError, match=str(tmp_path)):
        run_stories(paths, stories(1))


def test_a_small_memory_limit_is_kept_by_spilling(tmp_path: Path) -> None:
    """Case 46, in small: what sorts more than it may hold goes through the disk."""
    paths = folder(tmp_path)
    run_stories(paths, stories(4))
    con = open_writer(paths, memory_limit="48MB", threads=1)
    query = "select count(distinct n::varchar || repeat('x', 100)) from range(1000000) as numbers (n)"
    assert fetch_value(con, query) == 1_000_000
    con.close()
