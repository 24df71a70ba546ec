"""One loaded warehouse for the tests that only read it, and a fresh folder for those that do more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.warehouse.road import folder, run_stories, stories
from warehouse.paths import WarehousePaths


@pytest.fixture(scope="session")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """A warehouse with ten stories; not to be changed."""
    paths = folder(tmp_path_factory.mktemp("loaded"))
    run_stories(paths, stories(8))
    return paths


@pytest.fixture
def loaded(loaded_once: WarehousePaths, tmp_path: Path) -> WarehousePaths:
    """A copy of it, to be changed at will."""
    paths = folder(tmp_path)
    shutil.copytree(loaded_once.folder, paths.folder)
    return paths
