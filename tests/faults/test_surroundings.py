"""Clock, time zone, locale and hash seed do not change what is stored (case 52, the database's part)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.warehouse.road import digest_of, folder, run_stories, stories

RUN = """
import sys
from pathlib import Path
from tests.warehouse.road import digest_of, run_stories, stories
from warehouse.paths import WarehousePaths
paths = WarehousePaths(Path(sys.argv[1]))
run_stories(paths, reversed(stories(8)), batch_size=4)
print(digest_of(paths))
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Kathmandu", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        pytest.param({"TZ": "America/St_Johns", "PYTHONHASHSEED": "42", "PYTHONUTF8": "0"}, marks=pytest.mark.soak),
    ],
)
def test_the_digest_is_the_same_anywhere(tmp_path: Path, surroundings: dict[str, str]) -> None:
    here = folder(tmp_path / "here")
    run_stories(here, stories(8))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "there")],
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest_of(here)
