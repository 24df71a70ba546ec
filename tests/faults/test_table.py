"""The table of cases beside this file names tests that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
NAMED = re.compile(r"`((?:[a-z_]+/)?(?:test_[a-z_]+|…))(?:::(test_\w+))?`")


def named_tests() -> Iterator[tuple[Path, str]]:
    """Give file and function of every test the table names; a folder's tests are named by the file alone."""
    file = HERE
    for name, test in NAMED.findall((HERE / "README.md").read_text("utf-8")):
        if name != "…":
            file = (HERE.parent if "/" in name else HERE) / f"{name}.py"
        yield file, test


def test_every_test_of_the_table_is_there() -> None:
    named = list(named_tests())
    assert len(named) > 40
    assert [file.name for file, _ in named if not file.exists()] == []
    assert [test for file, test in named if f"def {test}" not in file.read_text("utf-8")] == []


def test_every_file_of_faults_is_in_the_table() -> None:
    named = {file.name for file, _ in named_tests()}
    assert {path.name for path in HERE.glob("test_*.py")} - named == {"test_table.py"}
