"""Files a user adds to the reference data: places in GeoNames' format, kept in the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path


def additions_folder() -> Path:
    """Give the folder added files are kept in: ``WIREHOUSE_DATA``, else the user's data folder."""
    named = os.environ.get("WIREHOUSE_DATA")
    if named:
        return Path(named) / "gazetteer"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "wirehouse" / "gazetteer"


def added_files() -> list[Path]:
    """Give the files added so far, in order of name."""
    return sorted(additions_folder().glob("*.txt"))
