"""A user's own places: files in GeoNames' format that are read beside the gazetteer's data.

The format is that of https://download.geonames.org/export/dump/readme.txt: nineteen columns parted by tabulators,
UTF-8, no header: geonameid, name, asciiname, alternatenames (parted by commas), latitude, longitude, feature class,
feature code, country code, …, admin1 code (11th), …, population (15th).
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

from schemas.errors import MisuseError
from transforms.reference.added_files import added_files, additions_folder

COLUMNS = 19
_KINDS = {"P": "settlement", "A": "region", "S": "site", "L": "site"}
_DISTRICTS = ("ADM2", "ADM3", "ADM4", "ADM5")

Added = tuple[str, str, str, str, float, float, int, int | None]
"""Name, kind, country, admin1, latitude, longitude, population, GeoNames identifier."""


def add_file(path: Path) -> int:
    """Keep a copy of a GeoNames-format file for the gazetteer and give the number of places read from it.

    Raises:
        MisuseError: When the file is missing, or none of its lines is a place in GeoNames' format.
    """
    if not path.is_file():
        raise MisuseError(
            f"There is no file {path}.",
            "Expected a file in GeoNames' format: nineteen columns parted by tabulators, no header.",
            "Download one from https://download.geonames.org/export/dump/ and name it here.",
        )
    places = sum(1 for _ in _read_file(path, {}))
    if not places:
        raise MisuseError(
            f"No line of {path} is a place in GeoNames' format.",
            "Expected nineteen columns parted by tabulators: geonameid, name, asciiname, alternatenames, latitude, …",
            "See https://download.geonames.org/export/dump/readme.txt for the columns.",
        )
    folder = additions_folder()
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{path.stem}.part"
    shutil.copyfile(path, draft)
    draft.replace(folder / f"{path.stem}.txt")
    return places


def read_additions(alpha3: dict[str, str]) -> Iterator[tuple[Added, list[tuple[str, int]]]]:
    """Give the places of all added files with their ranked names; lines that are none are passed over."""
    for path in added_files():
        yield from _read_file(path, alpha3)


def _read_file(path: Path, alpha3: dict[str, str]) -> Iterator[tuple[Added, list[tuple[str, int]]]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for cells in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            place = _read_cells(cells, alpha3)
            if place is not None:
                names = [(cells[1], 0), (cells[2], 0), *((a, 2) for a in cells[3].split(",") if a)]
                yield place, names


def _read_cells(cells: list[str], alpha3: dict[str, str]) -> Added | None:
    if len(cells) < COLUMNS or not cells[1].strip():
        return None
    try:
        number, latitude, longitude = int(cells[0]), float(cells[4]), float(cells[5])
        population = int(cells[14] or 0)
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    kind = "district" if cells[7] in _DISTRICTS else _KINDS.get(cells[6], "feature")
    country = alpha3.get(cells[8], "")
    return cells[1], kind, country, cells[10], latitude, longitude, population, number if number > 0 else None
