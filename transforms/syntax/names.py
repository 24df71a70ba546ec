"""Proposals of proper names: stretches of proper nouns, untyped."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.sentences import Token
from schemas.spans import Span


def find_names(tokens: Sequence[Token]) -> tuple[tuple[Span, str], ...]:
    """Propose the proper names of a sentence as (span, kind); the kind is ``""``, for nothing is known of it."""
    found: list[tuple[Span, str]] = []
    first: int | None = None
    for index, token in enumerate(tokens):
        if token.pos == "PROPN":
            first = index if first is None else first
        elif first is not None:
            found.append((Span(tokens[first].char_start, tokens[index - 1].char_end), ""))
            first = None
    if first is not None:
        found.append((Span(tokens[first].char_start, tokens[-1].char_end), ""))
    return tuple(found)
