"""Roles: the nouns that say what somebody is, and the sector of society that goes with them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from schemas.vocabulary import ActorType, Sector
from transforms.reference.tables import read_reference


class Role(NamedTuple):
    """A role noun: its sector if it has one of its own, and the type of actor it names."""

    sector: Sector | None
    actor_type: ActorType
    is_title: bool


def find_role(noun: str) -> Role | None:
    """Give the role named by ``noun``, in lower case, singular or plural, of one or more words.

    >>> find_role("prime minister").sector, find_role("soldiers").actor_type.value, find_role("table")
    (<Sector.GOV: 'GOV'>, 'organisation', None)
    """
    roles = read_roles()
    found = roles.get(noun)
    if found is None and noun.endswith("s"):
        found = roles.get(noun[:-1]) or roles.get(noun.removesuffix("es")) or roles.get(noun.removesuffix("ies") + "y")
    return found or (roles.get(noun.removesuffix("men") + "man") if noun.endswith("men") else None)


def is_title(noun: str) -> bool:
    """Tell whether ``noun``, in lower case, stands before a person's name («President», «General»).

    >>> is_title("president"), is_title("rebel")
    (True, False)
    """
    found = read_roles().get(noun)
    return found is not None and found.is_title


@cache
def read_roles() -> dict[str, Role]:
    """Read all roles by their noun."""
    return {
        row["role"]: Role(
            Sector(row["sector"]) if row["sector"] else None, ActorType(row["actor_type"]), row["is_title"] == "true"
        )
        for row in read_reference("roles", ("role", "sector", "actor_type", "is_title"))
    }
