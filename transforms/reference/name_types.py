"""Types of proper names: person, organisation, place or none of them, by the words of a name and around it.

A linear model over named features, learnt from Universal NER's English Web Treebank (CC BY-SA 4.0) and Wikigold
(CC BY 4.0); see ``MODEL_CARD.md`` beside this module.  It decides nothing alone: stations weigh it with what they know.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from schemas.sentences import Token
from transforms.reference.countries import find_adjective, find_country
from transforms.reference.given_names import is_given_name
from transforms.reference.parties import find_party
from transforms.reference.roles import find_role, is_title

TYPES = ("PER", "ORG", "LOC", "")
_NOTHING = (0.0, 0.0, 0.0, 0.0)
WEIGHTS = Path(__file__).parent / "name_types.json"
"""The learnt weights; ``type_learning.py`` makes them."""


def find_name_chunks(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the stretches of proper nouns as first and last token; initials and hyphens inside belong to them."""
    first: int | None = None
    last = -1
    for index, token in enumerate(tokens):
        if token.pos == "PROPN" and token.text[0].isalnum():
            first, last = (index if first is None else first), index
        elif first is not None and not (token.text in ("-", ".", "’", "'") and index == last + 1):
            yield first, last
            first = None
    if first is not None:
        yield first, last


def type_name(tokens: Sequence[Token], first: int, last: int) -> Mapping[str, float]:
    """Give the probability of each of :data:`TYPES` for the name from token ``first`` to ``last``."""
    weights = _read_weights()
    rows = [weights[f] for f in describe_name(tokens, first, last) if f in weights]
    sums = [sum(column) for column in zip(_NOTHING, *rows, strict=True)]
    top = max(sums)
    powers = [math.exp(s - top) for s in sums]
    whole = sum(powers)
    return {t: p / whole for t, p in zip(TYPES, powers, strict=True)}


def describe_name(tokens: Sequence[Token], first: int, last: int) -> Iterator[str]:
    """Give the features of a name."""
    words = [tokens[i].text for i in range(first, last + 1)]
    text = " ".join(words)
    yield "bias"
    yield from (f"w={w.lower()}" for w in words)
    yield f"first={words[0].lower()}"
    yield f"last={words[-1].lower()}"
    yield f"end={words[-1][-3:].lower()}"
    yield f"end2={words[-1][-2:].lower()}"
    yield f"length={min(len(words), 5)}"
    yield f"shape={''.join(_shape(w) for w in words[:4])}"
    yield from _of_tables(text, words)
    yield from _of_neighbours(tokens, first, last)


def _shape(word: str) -> str:
    if len(word) == 2 and word[1] == ".":
        return "I"
    if word.isupper():
        return "A" if len(word) < 6 else "L"
    return "X" if word[0].isupper() else "9" if word[0].isdigit() else "x"


def _of_tables(text: str, words: Sequence[str]) -> Iterator[str]:
    given = is_given_name(words[0])
    yield f"given={given}/{min(len(words), 3)}"
    if any(is_given_name(w) for w in words[1:]):
        yield "given inside"
    party = find_party(text)
    if party is not None:
        yield f"party={party.actor_type.value}"
    if find_country(text):
        yield "country"
    if find_adjective(words[0]):
        yield f"national/{len(words) > 1}"
    if (role := find_role(words[-1].lower())) is not None:
        yield f"role={role.actor_type.value}/{len(words) > 1}"
    if len(words) > 1 and is_title(words[0].rstrip(".").lower()):
        yield "title"


def _of_neighbours(tokens: Sequence[Token], first: int, last: int) -> Iterator[str]:
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    yield f"-1={before.text.lower() if before else '^'}"
    yield f"+1={after.text.lower() if after else '$'}"
    yield f"-p={before.pos if before else '^'}"
    yield f"+p={after.pos if after else '$'}"
    if before is not None and (role := find_role(before.lemma.lower())):
        yield f"-role={role.actor_type.value}"
    if after is not None and after.text == "," and last + 2 < len(tokens):
        following = tokens[last + 2]
        yield f"+2={following.pos}"
        yield f"+2={following.text.lower()}"
    head = next((tokens[i] for i in range(last, first - 1, -1) if not first <= tokens[i].head <= last), tokens[last])
    yield f"relation={head.relation}"
    governor = tokens[head.head] if head.head < len(tokens) else head
    yield f"governor={governor.lemma.lower()}"
    yield f"governor={governor.lemma.lower()}/{head.relation}"


@cache
def _read_weights() -> dict[str, tuple[float, ...]]:
    """Read for each feature its weight for each of :data:`TYPES`."""
    if not WEIGHTS.is_file():
        return {}
    loaded: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text("utf-8"))
    columns = [loaded.get(t or "none", {}) for t in TYPES]
    return {f: tuple(column.get(f, 0.0) for column in columns) for f in dict.fromkeys(chain(*columns))}
