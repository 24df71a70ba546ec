"""Roles: the nouns that say what somebody is, and the sector of society that goes with them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from schemas.vocabulary import ActorType, Sector
from transforms.reference.tables import read_reference


class Role(NamedTuple):
    """A role noun: its sector if it has one of its own, and the type of actor it names."""

    sector: Sector | None
    actor_type: ActorType
    is_title: bool


@lru_cache(maxsize=1 << 16)
def find_role(noun: str) -> Role | None:
    """Give the role named by ``noun``, in lower case, singular or plural, of one or more words.

    >>> find_role("prime minister").sector, find_role("soldiers").actor_type.value, find_role("table")
    (<Sector.GOV: 'GOV'>, 'organisation', None)
    """
    roles = read_roles()
    return next((roles[form] for form in _singulars(noun) if form in roles), None)


def _singulars(noun: str) -> Iterator[str]:
    yield noun
    if noun.endswith("s"):
        yield noun[:-1]
        yield noun.removesuffix("es")
        yield noun.removesuffix("ies") + "y"
    if noun.endswith("men"):
        yield noun.removesuffix("men") + "man"


@lru_cache(maxsize=1 << 16)
def count_role_words(last: str) -> int:
    """Count the words of the longest role that ends with the word ``last``, hyphens as words; 0 if none ends so.

    >>> count_role_words("ministers"), count_role_words("president"), count_role_words("table")
    (4, 3, 0)
    """
    endings = _read_endings()
    return max(endings.get(form, 0) for form in _singulars(last))


def is_title(noun: str) -> bool:
    """Tell whether ``noun``, in lower case, stands before a person's name («President», «General»).

    >>> is_title("president"), is_title("rebel")
    (True, False)
    """
    found = read_roles().get(noun)
    return found is not None and found.is_title


@cache
def _read_endings() -> dict[str, int]:
    longest: dict[str, int] = {}
    for role in read_roles():
        words = role.replace("-", " - ").split()
        longest[words[-1]] = max(len(words), longest.get(words[-1], 0))
    return longest


@cache
def read_roles() -> dict[str, Role]:
    """Read all roles by their noun."""
    return {
        row["role"]: Role(
            Sector(row["sector"]) if row["sector"] else None, ActorType(row["actor_type"]), row["is_title"] == "true"
        )
        for row in read_reference("roles", ("role", "sector", "actor_type", "is_title"))
    }
