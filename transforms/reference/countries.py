"""Countries by their names, adjectives and peoples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.reference.folding import fold_name
from transforms.reference.tables import read_reference

COLUMNS = (
    "country", "iso2", "geonames_id", "name", "aliases", "adjectives", "people", "capital", "seats",
    "latitude", "longitude", "population", "neighbours",
)  # fmt: skip


class Country(NamedTuple):
    """A country: alpha-3 code, name, the capital and other seats its government is called by, neighbours, point."""

    country: str
    name: str
    seats: tuple[str, ...]
    neighbours: tuple[str, ...]
    latitude: float
    longitude: float
    population: int
    geonames_id: int | None


@cache
def read_countries() -> dict[str, Country]:
    """Read all countries by their alpha-3 code."""
    return {
        row["country"]: Country(
            country=row["country"],
            name=row["name"],
            seats=tuple(s for s in (row["capital"], *row["seats"].split("|")) if s),
            neighbours=tuple(n for n in row["neighbours"].split("|") if n),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            population=int(row["population"] or 0),
            geonames_id=int(row["geonames_id"]) if row["geonames_id"] else None,
        )
        for row in read_reference("countries", COLUMNS)
    }


def find_country(name: str) -> str | None:
    """Give the alpha-3 code of the country called ``name``; initials («US», «CAR») only in capitals.

    >>> find_country("Ivory Coast"), find_country("U.S."), find_country("us"), find_country("Germans")
    ('CIV', 'USA', None, None)
    """
    return _look_up("names", name)


def find_adjective(word: str) -> str | None:
    """Give the country an adjective belongs to.

    >>> find_adjective("Ukrainian"), find_adjective("North Korean"), find_adjective("Ukraine")
    ('UKR', 'PRK', None)
    """
    return _look_up("adjectives", word)


def find_people(word: str) -> str | None:
    """Give the country whose people ``word`` names, in the singular or plural.

    >>> find_people("Danes"), find_people("Filipino"), find_people("Denmark")
    ('DNK', 'PHL', None)
    """
    return _look_up("people", word)


def find_seat(name: str) -> str | None:
    """Give the country whose government is called by the seat ``name``: its capital, or another seat.

    >>> find_seat("Kyiv"), find_seat("Tel Aviv"), find_seat("Lviv")
    ('UKR', 'ISR', None)
    """
    return _look_up("seats", name)


@lru_cache(maxsize=1 << 16)
def _look_up(column: str, name: str) -> str | None:
    if not name[:1].isupper():
        return None
    found = _read_names(column).get(fold_name(name))
    if found is None:
        return None
    country, initials = found
    return country if not initials or name.upper() == name else None


@cache
def _read_names(column: str) -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for row in read_reference("countries", COLUMNS):
        for name in _names(row, column):
            initials = len(name) <= 6 and name == name.upper()
            found.setdefault(fold_name(name), (row["country"], initials))
    return found


def _names(row: dict[str, str], column: str) -> Iterator[str]:
    if column == "names":
        yield row["name"]
        yield from filter(None, row["aliases"].split("|"))
    elif column == "seats":
        yield from filter(None, (row["capital"], *row["seats"].split("|")))
    else:
        yield from filter(None, row[column].split("|"))
