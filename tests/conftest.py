"""What tests of several folders share: our own articles carried to a warehouse, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import stations
from flows.ingest import carry_news
from flows.settings import read_settings
from warehouse.paths import WarehousePaths

NEWS = Path(__file__).resolve().parent.parent / "seeds" / "news"


@pytest.fixture(scope="session")
def news_warehouse(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """A warehouse filled from seeds/news as `wirehouse run` fills it; not to be changed."""
    paths = WarehousePaths(tmp_path_factory.mktemp("news"))
    carry_news([str(NEWS)], read_settings(warehouse=paths.folder, workers=1, batch_size=5), stations)
    return paths
