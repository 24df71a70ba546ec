"""Parties known by name: armed groups, organisations, seats of power, leaders, peoples."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from schemas.vocabulary import ActorType, Sector
from transforms.reference.folding import fold_name
from transforms.reference.tables import read_reference


class Party(NamedTuple):
    """Somebody a reference table knows.  ``first`` and ``last`` day bound a leader's office; empty for others."""

    name: str
    actor_type: ActorType
    country: str | None
    sector: Sector | None
    role: str = ""
    first: str = ""
    last: str = ""


def find_party(name: str, *, on: date | None = None) -> Party | None:
    """Give the party called ``name``; of a leader's offices the one held ``on`` a day, else the last one begun.

    Acronyms must stand in capitals.  Names of one word must begin with a capital, as in the table.

    >>> find_party("IDF").name, find_party("Hizballah").country, find_party("the Kremlin").sector.value
    ('Israel Defense Forces', 'LBN', 'GOV')
    >>> find_party("Joe Biden", on=date(2014, 5, 1)).role, find_party("idf")
    ('vice president', None)
    """
    found = [p for p, spelling in _read().get(fold_name(name), ()) if _fits(name, spelling)]
    if len(found) < 2:
        return found[0] if found else None
    day = (on or date.max).isoformat()
    held = [p for p in found if p.first <= day <= (p.last or "9999")] or [p for p in found if p.first <= day] or found
    return max(held, key=lambda p: p.first)


@lru_cache(maxsize=1 << 16)
def may_begin_party(word: str) -> bool:
    """Tell whether the name of a party begins with ``word``, a whole word of a text.

    >>> may_begin_party("Islamic"), may_begin_party("Yesterday")
    (True, False)
    """
    folded = fold_name(word)
    return not folded or folded.split(" ")[0] in _read_beginnings()


def find_surname(surname: str, *, on: date | None = None) -> Party | None:
    """Give the leader whose last name is ``surname``, if only one of the table bears it or held office ``on`` that day.

    >>> find_surname("Zelenskyy").name, find_surname("Clinton")
    ('Volodymyr Zelenskyy', None)
    """
    names = _read_surnames().get(fold_name(surname), ())
    if len(names) > 1 and on is not None:
        day = on.isoformat()
        names = tuple(n for n in names if any(p.first <= day <= (p.last or "9999") for p, _ in _read()[fold_name(n)]))
    return find_party(names[0], on=on) if len(names) == 1 else None


def _fits(name: str, spelling: str) -> bool:
    bare = name.removeprefix("the ").removeprefix("The ")
    if len(spelling) <= 6 and spelling.upper() == spelling:
        return bare.upper() == bare
    return bare[:1].isupper() or spelling[:1].islower()


@cache
def _read() -> dict[str, list[tuple[Party, str]]]:
    found: dict[str, list[tuple[Party, str]]] = defaultdict(list)
    for party, names in _read_tables():
        for name in names:
            if name:
                found[fold_name(name)].append((party, name))
    return dict(found)


def _read_tables() -> list[tuple[Party, list[str]]]:
    own = ("name", "aliases", "country", "sector")
    rows: list[tuple[Party, list[str]]] = []
    for table, actor_type in (
        ("armed_groups", ActorType.ARMED_GROUP),
        ("organisations", ActorType.ORGANISATION),
        ("people_groups", ActorType.PEOPLE_GROUP),
    ):
        for row in read_reference(table, own):
            party = Party(row["name"], actor_type, row["country"] or None, _sector(row["sector"]))
            rows.append((party, [row["name"], *row["aliases"].split("|")]))
    for row in read_reference("metonyms", ("metonym", "aliases", "country", "sector", "stands_for")):
        party = Party(row["stands_for"], ActorType.ORGANISATION, row["country"] or None, _sector(row["sector"]))
        rows.append((party, [row["metonym"], *row["aliases"].split("|")]))
    for row in read_reference("leaders", (*own, "role", "from_date", "to_date")):
        party = Party(
            row["name"],
            ActorType.PERSON,
            row["country"] or None,
            _sector(row["sector"]),
            row["role"],
            row["from_date"],
            row["to_date"],
        )
        rows.append((party, [row["name"], *row["aliases"].split("|")]))
    return rows


@cache
def _read_beginnings() -> frozenset[str]:
    return frozenset(folded.split(" ")[0] for folded in _read())


@cache
def _read_surnames() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_reference("leaders", ("name", "aliases", "country", "sector", "role", "from_date", "to_date")):
        for name in (row["name"], *row["aliases"].split("|")):
            last = fold_name(name).rsplit(" ", 1)[-1]
            if " " in name and row["name"] not in found[last]:
                found[last].append(row["name"])
    return {last: tuple(names) for last, names in found.items()}


def _sector(code: str) -> Sector | None:
    return Sector(code) if code else None
