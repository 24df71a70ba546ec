"""Given names: what tells a person's name from another, and he from she."""

from __future__ import annotations

from functools import cache

from transforms.reference.tables import read_reference


def is_given_name(word: str) -> bool:
    """Tell whether ``word`` is a given name.

    >>> is_given_name("Vladimir"), is_given_name("Kyiv")
    (True, False)
    """
    return word in _read()


def find_gender(word: str) -> str | None:
    """Give ``male`` or ``female`` for a given name that is mostly one of them.

    >>> find_gender("Angela"), find_gender("Kim"), find_gender("Kyiv")
    ('female', None, None)
    """
    return _read().get(word) or None


@cache
def _read() -> dict[str, str]:
    return {row["name"]: row["gender"] for row in read_reference("given_names", ("name", "gender"))}
