"""A document's tokens as columns of numbers, so that features are made by arithmetic over whole columns.

Strings become 64-bit numbers once (CRC-32 of the form, spread); from then on a feature is a mixture of columns, and
a document costs a few hundred array operations however many words it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from transforms.statements.quotations import Quotation
from transforms.syntax.tree import Tree

Numbers = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

CHILD_RELATIONS = (
    "nsubj", "nsubj:pass", "csubj", "obj", "iobj", "obl", "obl:agent", "ccomp", "xcomp", "parataxis", "advcl", "acl",
    "acl:relcl", "mark", "aux", "aux:pass", "advmod", "compound:prt", "cop", "cc", "conj", "case", "nmod", "nmod:poss",
    "det", "amod", "appos", "expl", "dep", "discourse", "vocative", "punct",
)  # fmt: skip
"""Relations whose first child every token knows."""

_FIELDS = attrgetter("text", "lemma", "tag", "pos", "relation", "head", "char_start", "char_end")
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


@lru_cache(maxsize=1 << 16)
def number(string: str) -> int:
    """Give a string's number: the same on every machine, never 0.

    >>> number("say") == number("say") and number("say") != number("says")
    True
    """
    return crc32(string.encode("utf-8", "surrogatepass")) | 1 << 32


def mix(*columns: Any) -> Numbers:
    """Mix columns (and single numbers) into one column of 64-bit numbers; their order counts."""
    mixed = np.zeros(1, np.uint64)
    for column in columns:
        mixed = (mixed ^ np.asarray(column).astype(np.uint64)) * _GOLDEN
        mixed = mixed ^ (mixed >> _SHIFT)
    return mixed


@dataclass(frozen=True, slots=True)
class Columns:
    """All tokens of a document, one number each a column.

    Columns of strings and ``child`` hold one entry more than there are tokens: index ``size`` stands for «none».
    ``head`` is counted over the document; a root points at itself.  ``quotation`` is the number of the quotation a
    token stands in, or -1; ``opens`` and ``closes`` mark its marks.
    """

    size: int
    start: Indices
    end: Indices
    sentence: Indices
    first: Indices
    last: Indices
    head: Indices
    parent: Indices
    word: Numbers
    lemma: Numbers
    tag: Numbers
    pos: Numbers
    relation: Numbers
    suffix: Numbers
    quotation: Indices
    opens: Flags
    closes: Flags
    paragraph: Indices
    child: dict[str, Indices] = field(repr=False)
    relations: Numbers = field(repr=False)

    def shift(self, steps: int) -> Indices:
        """Give for each token the one ``steps`` further on in its sentence, or «none»."""
        at = np.arange(self.size) + steps
        inside = (at >= self.first) & (at <= self.last)
        return np.append(np.where(inside, at, self.size), self.size)


def make_columns(trees: Sequence[Tree], quotations: Sequence[Quotation]) -> Columns:
    """Lay a document's trees out as columns."""
    rows = [_FIELDS(token) for tree in trees for token in tree.tokens]
    size = len(rows)
    lengths = np.array([len(tree.tokens) for tree in trees], np.int64)
    offsets = np.concatenate(([0], np.cumsum(lengths)[:-1])) if len(lengths) else lengths
    sentence = np.repeat(np.arange(len(trees)), lengths)
    first, last = offsets[sentence], (offsets + lengths - 1)[sentence]
    text, lemma, tag, pos, relation, heads, starts, ends = zip(*rows, strict=True) if rows else ((),) * 8
    local = np.array(heads, np.int64)
    head = np.clip(local, 0, last - first) + first
    start, end = np.array(starts, np.int64), np.array(ends, np.int64)
    quotation, opens, closes = _place_quotations(start, end, quotations)
    relation_column = _numbers(relation)
    child = _first_children(head, relation_column, size)
    alone = np.arange(size) == head
    return Columns(
        size=size,
        start=start,
        end=end,
        sentence=sentence,
        first=first,
        last=last,
        head=head,
        parent=np.append(np.where(alone, size, head), size),
        word=_numbers([t.lower() for t in text]),
        lemma=_numbers(lemma),
        tag=_numbers(tag),
        pos=_numbers(pos),
        relation=relation_column,
        suffix=_numbers([t[-3:].lower() + ("A" if t[:1].isupper() else "a") for t in text]),
        quotation=quotation,
        opens=opens,
        closes=closes,
        paragraph=np.repeat(np.array([tree.sentence.paragraph_no for tree in trees], np.int64), lengths),
        child=child,
        relations=_relation_sets(child, size),
    )


def _numbers(strings: Sequence[str]) -> Numbers:
    return np.fromiter(chain(map(number, strings), (0,)), np.uint64, len(strings) + 1)


def _place_quotations(start: Indices, end: Indices, quotations: Sequence[Quotation]) -> tuple[Indices, Flags, Flags]:
    size = len(start)
    inside, opens, closes = np.full(size, -1), np.zeros(size, bool), np.zeros(size, bool)
    if not quotations or not size:
        return inside, opens, closes
    begin = np.array([q.span.start for q in quotations])
    finish = np.array([q.span.end for q in quotations])
    at = np.searchsorted(begin, start, side="right") - 1
    within = (at >= 0) & (start < finish[at])
    inside[within] = at[within]
    opens[within] = start[within] == begin[at[within]]
    is_closed = np.array([q.is_closed for q in quotations])
    closes[within] = (end[within] == finish[at[within]]) & is_closed[at[within]]
    return inside, opens, closes


def _first_children(head: Indices, relation: Numbers, size: int) -> dict[str, Indices]:
    found: dict[str, Indices] = {}
    alone = head == np.arange(size)
    for name in CHILD_RELATIONS:
        members = np.flatnonzero((relation[:-1] == number(name)) & ~alone)[::-1]
        column = np.full(size + 1, size)
        column[head[members]] = members
        found[name] = column
    return found


def _relation_sets(child: dict[str, Indices], size: int) -> Numbers:
    """Give for each token the set of its children's relations as bits."""
    bits = np.zeros(size + 1, np.uint64)
    for place, name in enumerate(CHILD_RELATIONS):
        bits |= (child[name] < size).astype(np.uint64) << np.uint64(place)
    return bits
