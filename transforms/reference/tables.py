"""Reference tables: what domain experts keep in ``seeds/reference/*.csv``."""

from __future__ import annotations

import csv
from functools import cache
from hashlib import blake2b
from pathlib import Path

from schemas.errors import ReferenceDataError
from transforms.reference.added_files import added_files

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "seeds" / "reference"
EXTRACTING = ("transforms", "schemas", "seeds/reference")
"""Folders whose content decides what is extracted from a text."""


@cache
def read_reference(name: str, columns: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Read ``seeds/reference/<name>.csv``: UTF-8, a header, one row a fact; empty cells are empty strings.

    Args:
        name: File name without folder and suffix.
        columns: Columns the caller relies on.

    Raises:
        ReferenceDataError: When the file is missing, or lacks one of ``columns``, or a row has too few or many cells.
    """
    path = REFERENCE / f"{name}.csv"
    if not path.is_file():
        raise ReferenceDataError(
            f"The reference table {path} is not there.",
            "It is one of the files Wirehouse reads its domain knowledge from.",
            "Restore it from the repository: git checkout seeds/reference.",
        )
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(columns) - set(reader.fieldnames or ())
        rows = tuple(reader)
    ragged = next((i for i, row in enumerate(rows, 2) if None in row or None in row.values()), None)
    if missing or ragged:
        fault = f"lacks the columns {sorted(missing)}" if missing else f"has too few or too many cells in line {ragged}"
        raise ReferenceDataError(
            f"The reference table {path} {fault}.",
            f"Expected a header with {', '.join(columns)} and as many cells in every line.",
            "Mend the line, quoting cells that hold commas, or restore the file: git checkout seeds/reference.",
        )
    return rows


def extractor_version() -> str:
    """Digest of all code, data and weights that decide what is extracted, added files too: 16 hexadecimal digits.

    It is part of a batch's cache key and of every document's row: another version extracts anew.
    """
    added = added_files()
    if not added:
        return _digest_shipped()
    digest = blake2b(_digest_shipped().encode(), digest_size=8)
    for path in added:
        _add_file(digest, path.name, path)
    return digest.hexdigest()


@cache
def _digest_shipped() -> str:
    digest = blake2b(digest_size=8)
    for folder in EXTRACTING:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix not in {".md", ".pyc"}:
                _add_file(digest, path.relative_to(ROOT).as_posix(), path)
    return digest.hexdigest()


def _add_file(digest: blake2b, name: str, path: Path) -> None:
    digest.update(name.encode())
    digest.update(blake2b(path.read_bytes()).digest())
