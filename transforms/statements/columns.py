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

_PLACES = {name: place for place, name in enumerate(CHILD_RELATIONS)}

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
        mixed = _stir(mixed ^ np.asarray(column).astype(np.uint64, copy=False))
    return mixed


def mix_templates(templates: Sequence[Sequence[Any]], size: int, first: int) -> Numbers:
    """Mix the columns of every template, as :func:`mix` does with the template's number before them.

    All templates are mixed together, place by place: a short document costs a few operations however many there are.

    Args:
        templates: The columns of each.
        size: Rows of a column.
        first: Number of the first template; the others count on.

    Returns:
        An array (size, templates), laid out template by template.
    """
    numbers = _stir(np.arange(first, first + len(templates), dtype=np.uint64))
    mixed = np.repeat(numbers[:, None], size, axis=1)
    for place in range(max(map(len, templates))):
        those = [row for row, template in enumerate(templates) if len(template) > place]
        columns = np.empty((len(those), size), np.uint64)
        for column, row in zip(columns, those, strict=True):
            column[:] = templates[row][place]
        columns ^= mixed[those]
        mixed[those] = _stir(columns)
    return mixed.T


def is_among(column: Numbers, listed: Sequence[int] | Numbers) -> Flags:
    """Tell which numbers of a column are among those listed, by bisection.

    >>> is_among(np.array([3, 4], np.uint64), [9, 3]).tolist()
    [True, False]
    """
    known = np.sort(np.asarray(listed, np.uint64))
    if not len(known):
        return np.zeros(len(column), bool)
    place = np.minimum(np.searchsorted(known, column), len(known) - 1)
    found: Flags = known[place] == column
    return found


def _stir(mixed: Numbers) -> Numbers:
    """Spread every number over all its bits, in place."""
    mixed *= _GOLDEN
    mixed ^= mixed >> _SHIFT
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
    child = _first_children(head, relation)
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
        relation=_numbers(relation),
        suffix=_numbers([t[-3:].lower() + ("A" if t[:1].isupper() else "a") for t in text]),
        quotation=quotation,
        opens=opens,
        closes=closes,
        paragraph=np.repeat(np.array([tree.sentence.paragraph_no for tree in trees], np.int64), lengths),
        child=dict(zip(CHILD_RELATIONS, child, strict=True)),
        relations=_relation_sets(child),
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


def _first_children(head: Indices, relation: Sequence[str]) -> Indices:
    """Give for each relation and token its first child by that relation, else «none», (relations, tokens and one)."""
    size = len(head)
    found = np.full((len(CHILD_RELATIONS), size + 1), size)
    place = np.array([_PLACES.get(name, -1) for name in relation], np.int64)
    members = np.flatnonzero((place >= 0) & (head != np.arange(size)))[::-1]  # of several the first is written last
    found[place[members], head[members]] = members
    return found


def _relation_sets(child: Indices) -> Numbers:
    """Give for each token the set of its children's relations as bits."""
    places = np.arange(len(child), dtype=np.uint64)[:, None]
    has_child = (child < child.shape[1] - 1).astype(np.uint64)
    bits: Numbers = np.bitwise_or.reduce(has_child << places, axis=0)
    return bits
