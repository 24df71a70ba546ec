"""What each word of a cue's sentence is to the cue: its source, its content, part of the cue, or nothing.

A linear-chain model over the sentence, once for every cue: labels say what a word is and where in its span it stands
(first, inside, last, alone), features say where it hangs in the tree as seen from the cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.statements.columns import Columns, Flags, Indices, Numbers, is_among, mix, mix_templates, number
from transforms.statements.cues import quotation_state, quoted_share
from transforms.statements.weights import Scores

OUTSIDE = 0
SOURCE, CUE, CONTENT = 1, 5, 9
"""First of four labels each: first word of a span, inside, last, alone."""
LABELS = 13
_FIRST, _INSIDE, _LAST, _ALONE = range(4)

REACH = 120
"""Words looked at on either side of a cue."""

_DEEPEST = 12


def _allowed() -> Flags:
    """Tell which label may follow which."""
    allowed = np.zeros((LABELS, LABELS), bool)
    for before in range(LABELS):
        for after in range(LABELS):
            continues = before != OUTSIDE and (before - 1) % 4 in (_FIRST, _INSIDE)
            goes_on = after != OUTSIDE and (after - 1) % 4 in (_INSIDE, _LAST)
            same = OUTSIDE not in (before, after) and (before - 1) // 4 == (after - 1) // 4
            allowed[before, after] = (continues and goes_on and same) if continues or goes_on else True
    return allowed


ALLOWED = _allowed()
CAN_BEGIN = np.array([label == OUTSIDE or (label - 1) % 4 in (_FIRST, _ALONE) for label in range(LABELS)])
CAN_END = np.array([label == OUTSIDE or (label - 1) % 4 in (_LAST, _ALONE) for label in range(LABELS)])


@dataclass(frozen=True, slots=True)
class Views:
    """The sentences of a document as its cues see them, one after the other: one row a word and cue.

    ``begin`` holds where each cue's rows begin, and the end of the last.  ``level`` counts the steps from the cue up
    to the node the word's branch hangs on, ``branch`` is that branch's top, ``depth`` the steps from there down.
    """

    cue: Indices
    token: Indices
    begin: Indices
    level: Indices
    branch: Indices
    depth: Indices
    climb: Numbers


def make_views(columns: Columns, cues: Sequence[int]) -> Views:
    """Lay out the words around each cue, at most :data:`REACH` to either side, and where they hang as seen from it."""
    head = columns.head.tolist()
    firsts, lasts = columns.first.tolist(), columns.last.tolist()
    relation = columns.relation.tolist()
    rows: list[tuple[int, int, int, int, int]] = []
    climbs: list[int] = []
    begin = [0]
    for cue in cues:
        low, high = max(firsts[cue], cue - REACH), min(lasts[cue], cue + REACH)
        path, ways = _climb(head, relation, cue)
        places = _hang(head, range(low, high + 1), path, firsts[cue])
        for token in range(low, high + 1):
            level, branch, depth = places[token]
            rows.append((cue, token, level, branch, depth))
            climbs.append(ways[level])
        begin.append(len(rows))
    table = np.array(rows, np.int64).reshape(-1, 5)
    return Views(
        cue=table[:, 0],
        token=table[:, 1],
        begin=np.array(begin),
        level=table[:, 2],
        branch=table[:, 3],
        depth=table[:, 4],
        climb=np.array(climbs, np.uint64),
    )


def _climb(head: list[int], relation: list[int], cue: int) -> tuple[dict[int, int], list[int]]:
    """Walk up from the cue: the level of each ancestor, and for each level the relations climbed (up to three)."""
    path = {cue: 0}
    way = 1
    ways = [way]
    at = cue
    while len(path) < _DEEPEST and head[at] not in path:
        if len(path) <= 3:
            way = (way * 1_000_003 ^ relation[at]) & 0xFFFFFFFFFFFFFFFF
        at = head[at]
        path[at] = len(path)
        ways.append(way)
    return path, [*ways, 2]


def _hang(head: list[int], tokens: range, path: dict[int, int], first: int) -> dict[int, tuple[int, int, int]]:
    """Say for each token on which level it branches off the path, under which top, how deep.

    Tokens that hang on nothing in reach (a second root, a cycle) get the level past the last.
    """
    places: dict[int, tuple[int, int, int]] = {node: (level, node, 0) for node, level in path.items()}
    lost = len(path)
    for token in tokens:
        trail: list[int] = []
        at = token
        while at not in places and len(trail) < _DEEPEST * 2:
            trail.append(at)
            if head[at] == at:
                break
            at = head[at]
        if at in places and at not in trail:
            level, top, depth = places[at]
            is_node = at in path
            for step in reversed(trail):
                top, depth = (step, 1) if is_node else (top, depth + 1)
                is_node = False
                places[step] = (level, top, depth)
        else:
            for depth, step in enumerate(reversed(trail)):
                places[step] = (lost, trail[-1], depth + 1)
    return places


def role_features(columns: Columns, views: Views, rivals: Flags) -> Numbers:
    """Give the features of each row of ``views``: an array (rows, templates) of 64-bit numbers.

    ``rivals`` tells which tokens look like cues themselves.
    """
    c, i, cue = columns, views.token, views.cue
    parts = [
        *_word_templates(c, i, cue),
        *_branch_templates(c, views),
        *_mark_templates(c, views, rivals),
        *_twig_templates(c, views, rivals),
    ]
    return mix_templates(parts, len(i), first=101)


def _side(i: Indices, cue: Indices) -> Indices:
    side: Indices = np.sign(i - cue) + 1
    return side


def _word_templates(c: Columns, i: Indices, cue: Indices) -> list[tuple[object, ...]]:
    before, after = c.shift(-1)[i], c.shift(1)[i]
    before2, after2 = c.shift(-2)[i], c.shift(2)[i]
    word, tag, lemma = c.word, c.tag, c.lemma
    side = _side(i, cue)
    distance = np.clip(i - cue, -6, 6)
    far = _bucket(i - cue)
    return [
        (side,), (distance,), (far, tag[i]),
        (word[i], side), (word[before], side), (word[after], side), (tag[i], side),
        (word[before], word[i], side), (word[i], word[after], side),
        (tag[before], tag[i], tag[after], side), (tag[i], tag[after], side), (tag[before], tag[i], side),
        (word[before], tag[i], side), (tag[i], word[after], side), (word[before2], word[before], side),
        (word[after], word[after2], side), (c.relation[i], side, tag[before]), (c.relation[i], side, tag[after]),
        (lemma[cue], word[i], distance), (lemma[cue], distance), (lemma[cue], tag[i], distance),
        (tag[cue], word[i], distance), (lemma[cue], word[i], side), (lemma[cue], word[before], side),
        (tag[before], distance), (tag[after], distance), (lemma[cue], side, tag[i], tag[before]),
        (word[i], word[after], distance),
    ]  # fmt: skip


def _branch_templates(c: Columns, v: Views) -> list[tuple[object, ...]]:
    i, cue, top = v.token, v.cue, v.branch
    side = _side(i, cue)
    relation = np.where(top == cue, np.uint64(7), c.relation[top])
    on_path = (v.depth == 0).astype(np.uint64)
    branch = mix(v.climb, relation, side, on_path)
    previous, following = _neighbours(v, branch)
    starts, ends = _edges(v)
    depth = np.minimum(v.depth, 3)
    leader = np.minimum(c.child["mark"][top], c.child["case"][top])
    lemma, tag, word = c.lemma, c.tag, c.word
    kids = c.relations[cue]
    coarse = mix(np.minimum(v.level, 3), relation, side)
    return [
        (branch,), (branch, starts, ends), (branch, depth), (branch, tag[i]), (branch, word[i]),
        (branch, lemma[cue]), (branch, tag[cue]), (branch, previous), (branch, following),
        (branch, tag[top]), (branch, lemma[top]), (branch, lemma[leader]), (branch, lemma[leader], lemma[cue]),
        (branch, lemma[cue], depth, starts), (branch, c.relation[i], tag[i]), (branch, kids),
        (coarse,), (coarse, lemma[cue]), (coarse, tag[i]), (coarse, tag[top], starts, ends), (coarse, c.pos[top]),
        (branch, c.relations[top]), (lemma[top], tag[cue], side), (branch, c.relation[cue], tag[cue]),
        (branch, starts, lemma[leader], word[i]), (branch, ends, word[i], following),
    ]  # fmt: skip


def _mark_templates(c: Columns, v: Views, rivals: Flags) -> list[tuple[object, ...]]:
    i, cue = v.token, v.cue
    side = _side(i, cue)
    state = quotation_state(c)
    inside = np.append(c.quotation, -1)
    same = (inside[i] >= 0) & (inside[i] == inside[cue])
    commas = _between(is_among(c.word[:-1], [number(m) for m in (",", ";", ":", "—", "–")]), i, cue)
    quotes = _between(c.opens | c.closes, i, cue)
    foes = _between(rivals, i, cue)
    has_quotes = quoted_share(c)[i]
    first, last = i == c.first[i], i == c.last[i]
    relation = np.where(v.branch == cue, np.uint64(7), c.relation[v.branch])
    before, after = c.shift(-1)[i], c.shift(1)[i]
    is_rival = rivals[i]
    kids = c.relations[cue]
    return [
        (state[i], side), (state[i], side, has_quotes), (state[i], state[cue], same), (state[i], c.tag[i], side),
        (quotes, side, inside[i] >= 0), (quotes, state[i], side, c.tag[i]), (commas, side), (commas, side, relation),
        (commas, side, c.word[i]), (commas, side, c.word[before]), (commas, c.lemma[cue], side),
        (foes, side), (foes, side, relation, v.level), (foes, side, is_rival, c.tag[i]), (foes, commas, side),
        (first, last, side, c.tag[i]), (last, c.word[i], inside[i] >= 0), (has_quotes, relation, side, v.level),
        (has_quotes, c.lemma[cue], side), (has_quotes, c.relation[cue], side, inside[i] >= 0),
        (c.word[after], state[i], side), (c.word[before], state[i], side), (c.relation[cue], c.tag[cue], side, foes),
        (kids, side, commas), (c.lemma[cue], state[i], side), (first, c.tag[cue], c.relation[cue], commas),
        (inside[i] >= 0, c.relation[cue], commas, side),
    ]  # fmt: skip


def _twig_templates(c: Columns, v: Views, rivals: Flags) -> list[tuple[object, ...]]:
    """Where in its branch a word stands: the twig it hangs on, and whether another cue governs it there."""
    i, top = v.token, v.branch
    side = _side(i, v.cue)
    twig, governor = _climb_twigs(c, v, rivals)
    is_governed = governor >= 0
    lead = np.minimum(c.child["mark"][twig], c.child["case"][twig])
    relation = np.where(top == v.cue, np.uint64(7), c.relation[top])
    coarse = mix(np.minimum(v.level, 3), relation, side)
    own = mix(c.relation[twig], np.sign(twig - top) + 1)
    past = np.sign(i - governor) + 1
    return [
        (coarse, own), (coarse, own, c.lemma[lead]), (coarse, own, c.tag[twig]), (coarse, own, c.lemma[twig]),
        (coarse, own, c.word[c.shift(-1)[i]]), (own, c.lemma[v.cue], side), (coarse, is_governed, past),
        (coarse, own, is_governed, past, c.tag[i]), (relation, is_governed, c.relation[governor], past),
    ]  # fmt: skip


def _climb_twigs(c: Columns, v: Views, rivals: Flags) -> tuple[Indices, Indices]:
    """Give for each row the twig (the node right below the branch's top) and the nearest rival cue above it, or -1."""
    at = v.token.copy()
    governor = np.where(rivals[at] & (v.depth > 0), at, -1)
    for step in range(2, int(v.depth.max(initial=0))):
        climbing = np.flatnonzero(v.depth > step)
        at[climbing] = c.head[at[climbing]]
        found = climbing[(governor[climbing] < 0) & rivals[at[climbing]]]
        governor[found] = at[found]
    return at, governor


def _bucket(distance: Indices) -> Indices:
    return np.sign(distance) * np.searchsorted(np.array([1, 2, 3, 5, 8, 12, 20, 40]), np.abs(distance), side="right")


def _between(flags: Flags, i: Indices, cue: Indices) -> Indices:
    """Count the flagged tokens strictly between two tokens, up to three."""
    total = np.concatenate(([0], np.cumsum(flags)))
    low, high = np.minimum(i, cue) + 1, np.maximum(i, cue)
    count: Indices = np.minimum(total[np.maximum(high, low)] - total[low], 3)
    return count


def _neighbours(v: Views, column: Numbers) -> tuple[Numbers, Numbers]:
    """Give the values of the rows before and after, 0 past a cue's first and last row."""
    previous, following = np.roll(column, 1), np.roll(column, -1)
    if len(column):
        previous[v.begin[:-1]] = 0
        following[v.begin[1:] - 1] = 0
    return previous, following


def _edges(v: Views) -> tuple[Flags, Flags]:
    """Tell which rows begin and end a stretch of one branch."""
    previous, following = _neighbours(v, v.branch.astype(np.uint64) + np.uint64(1))
    own = v.branch.astype(np.uint64) + np.uint64(1)
    return previous != own, following != own


def decode(emissions: Scores, transitions: Scores, begin: Indices, cues: Indices) -> npt.NDArray[np.int8]:
    """Find the best labels of every row, all cues at once; a cue's head always belongs to its cue.

    Cues of like length run through the chain together: cost grows with the rows, not with cues times longest.
    """
    labels = np.zeros(len(emissions), np.int8)
    emissions[cues, :CUE] = -1e4
    emissions[cues, CONTENT:] = -1e4
    barred = np.where(ALLOWED, transitions, -1e5).astype(np.float32)
    lengths = np.diff(begin)
    order = np.argsort(lengths, kind="stable")
    for group in np.array_split(order, max(1, len(order) // 24)):
        if len(group):
            _decode_group(emissions, barred, begin[:-1][group], lengths[group], labels)
    return labels


def _decode_group(
    emissions: Scores, transitions: Scores, begin: Indices, lengths: Indices, labels: npt.NDArray[np.int8]
) -> None:
    longest, size = int(lengths.max()), len(begin)
    steps = np.arange(longest)[:, None]
    rows = np.minimum(begin + steps, begin + lengths - 1)
    scores = np.where(CAN_BEGIN, emissions[rows[0]], -1e5)
    back = np.zeros((longest, size, LABELS), np.int8)
    at_end = np.empty((size, LABELS), np.float32)
    at_end[lengths == 1] = scores[lengths == 1]
    for step in range(1, longest):
        paths = scores[:, :, None] + transitions
        back[step] = paths.argmax(axis=1)
        scores = paths.max(axis=1) + emissions[rows[step]]
        done = lengths == step + 1
        at_end[done] = scores[done]
    last = np.where(CAN_END, at_end, -1e6).argmax(axis=1)
    for k in range(size):
        label = last[k]
        for step in range(int(lengths[k]) - 1, -1, -1):
            labels[begin[k] + step] = label
            label = back[step, k, label]
