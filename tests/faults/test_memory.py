"""Twenty thousand documents load within a small limit of memory (case 46)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import resource, sys
from pathlib import Path
from tests.warehouse.road import START, Story, archive, begin, load_records
from warehouse.connection import open_writer
from warehouse.install import install
from warehouse.manifest import verify_manifest
from warehouse.paths import WarehousePaths
from warehouse.settle import settle_documents
paths = WarehousePaths(Path(sys.argv[1]))
con = open_writer(paths, memory_limit="256MB", threads=2)
install(con)
run = begin(con, START)
for start in range(0, 20_000, 1000):
    load_records(con, paths, run, [archive(Story(number=n), START) for n in range(start, start + 1000)])
settle_documents(con)
assert not verify_manifest(con, paths, full=True).found
con.close()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.soak
def test_twenty_thousand_documents_load_within_256_megabytes_for_the_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "warehouse")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 1000
