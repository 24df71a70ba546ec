"""The gazetteer: which places a name may mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from transforms.places.index import index_path
from transforms.reference.folding import edit_distance, fold_name, make_skeleton

_FIND = """
select place, name, kind, country, admin1, latitude, longitude, population, geonames_id, rank
from names join places using (place) where folded = ?
order by rank > 1, population desc, place limit 60
"""
_LIKE = """
select distinct folded from skeletons where country = ? and skeleton = ?
"""
SHORTEST_MISSPELT = 5
"""Names shorter than this are never taken for another one misspelt."""


class Candidate(NamedTuple):
    """A place a name may mean.  ``rank``: 0 its own name, 1 a spelling of ours, 2 another name in GeoNames."""

    place: int
    name: str
    kind: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    geonames_id: int | None
    rank: int


class Gazetteer:
    """Names to places, read from the index file; safe to share, never written."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._find = lru_cache(maxsize=20_000)(self._read)
        self._alike = lru_cache(maxsize=5_000)(self._read_alike)

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Give the places ``name`` is a name of, however spelt in case and accents: own names first, then by size."""
        return self._find(fold_name(name))

    def find_alike(self, name: str, countries: Iterable[str]) -> tuple[Candidate, ...]:
        """Give the places of ``countries`` whose name ``name`` may be misspelt, the closest alone.

        One letter may differ, two in names of eight letters or more; the first letter must be right.
        """
        return self._alike(fold_name(name), tuple(sorted(set(countries))))

    def _read(self, folded: str) -> tuple[Candidate, ...]:
        return tuple(Candidate(*row) for row in self._connection.execute(_FIND, (folded,)))

    def _read_alike(self, folded: str, countries: tuple[str, ...]) -> tuple[Candidate, ...]:
        skeleton = make_skeleton(folded)
        if len(folded) < SHORTEST_MISSPELT or len(skeleton) < 3:
            return ()
        limit = 2 if len(folded) >= 8 else 1
        gaps = [skeleton[:i] + skeleton[i + 1 :] for i in range(1, len(skeleton))] if len(skeleton) > 3 else []
        near: dict[str, int] = {}
        for country in countries:
            for key in (skeleton, *gaps):
                for (other,) in self._connection.execute(_LIKE, (country, key)):
                    if other[0] == folded[0] and (far := edit_distance(folded, other, limit)) <= limit:
                        near[other] = far
        best = min(near.values(), default=0)
        found = [c for other, far in near.items() if far == best for c in self._find(other) if c.country in countries]
        return tuple(sorted(set(found), key=lambda c: (-c.population, c.place)))


@cache
def load_gazetteer() -> Gazetteer:
    """Open the gazetteer, once a process; the first time on a machine its index is made."""
    return Gazetteer(index_path())
