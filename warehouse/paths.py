"""Where a warehouse keeps its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WarehousePaths:
    """The files of one warehouse, all in one folder.

    >>> WarehousePaths(Path("warehouse")).published.name
    'wirehouse.duckdb'
    """

    folder: Path

    @property
    def live(self) -> Path:
        """The writer's database.  Nobody else opens it: DuckDB locks every other process out meanwhile."""
        return self.folder / "live.duckdb"

    @property
    def published(self) -> Path:
        """The copy readers open; replaced whole at the end of a run."""
        return self.folder / "wirehouse.duckdb"

    @property
    def raw(self) -> Path:
        """The raw archive: every input as it came, compressed, addressed by content."""
        return self.folder / "raw"

    @property
    def work(self) -> Path:
        """Passing files of a run: caches, spilled data."""
        return self.folder / "work"

    @property
    def lock(self) -> Path:
        """The writer's lock file."""
        return self.folder / "writer.lock"
