"""Statements as the model first reads them: within one sentence, as spans, before quotations are joined."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from schemas.spans import Span
from transforms.statements import roles
from transforms.statements.columns import Columns, Indices
from transforms.statements.cues import SPEECH, cue_features, find_candidates, find_rivals, softmax
from transforms.statements.layouts import Layout
from transforms.statements.weights import Scores, Weights, load_weights, rows_of
from transforms.syntax.tree import Tree

MODEL_FILE = Path(__file__).parent / "model" / "weights.npz"

THRESHOLD = 0.42
"""Probability from which a word is taken for the head of a cue of speech."""

QUOTED_THRESHOLD = 0.2
"""The same where a sentence holds a quotation and no word of it passes the first: somebody must have said it."""

_QUOTED_WORDS = 4


@dataclass(slots=True)
class Draft:
    """One statement in the making: the cue's head as a token of the document, its sentence by position.

    ``is_block`` marks words given without quotation marks after a colon that ends a paragraph.
    """

    head: int
    sentence: int
    probability: float
    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    is_block: bool = False


@cache
def model() -> Weights:
    """Load the weights, once a process."""
    return load_weights(MODEL_FILE)


def find_drafts(columns: Columns, weights: Weights, threshold: float = THRESHOLD) -> list[Draft]:
    """Give the statements of a document, each within the sentence of its cue, in text order."""
    candidates = find_candidates(columns, weights.heads)
    if not len(candidates):
        return []
    answers = softmax(weights.cues.score(rows_of(cue_features(columns, candidates))))
    chosen = choose_heads(columns, candidates, answers[:, SPEECH], threshold)
    heads = candidates[chosen]
    if not len(heads):
        return []
    rivals = find_rivals(columns, candidates, answers)
    views = roles.make_views(columns, heads.tolist())
    emissions = weights.roles.score(rows_of(roles.role_features(columns, views, rivals)))
    own = np.flatnonzero(views.token == views.cue)
    labels = roles.decode(emissions, weights.transitions, views.begin, own)
    drafts = []
    for k, head in enumerate(heads.tolist()):
        rows = slice(int(views.begin[k]), int(views.begin[k + 1]))
        draft = Draft(head, int(columns.sentence[head]), float(answers[chosen[k], SPEECH]))
        _fill(draft, columns, views.token[rows], labels[rows])
        drafts.append(draft)
    return drafts


def choose_heads(columns: Columns, candidates: Indices, speech: Scores, threshold: float = THRESHOLD) -> Indices:
    """Give the positions among ``candidates`` of those taken for cues, in order."""
    chosen = speech >= threshold
    quoted = np.bincount(columns.sentence[columns.quotation >= 0], minlength=int(columns.sentence[-1]) + 1)
    sentence = columns.sentence[candidates]
    has_cue = np.zeros(len(quoted), bool)
    has_cue[sentence[chosen]] = True
    rescued = np.flatnonzero((speech >= QUOTED_THRESHOLD) & ~has_cue[sentence] & (quoted[sentence] >= _QUOTED_WORDS))
    # The likeliest of each sentence: sorted by sentence, then likelihood, the last of each stretch.
    order = rescued[np.lexsort((speech[rescued], sentence[rescued]))]
    is_last = np.append(np.diff(sentence[order]) != 0, True)[: len(order)]
    chosen[order[is_last]] = True
    return np.flatnonzero(chosen)


def _fill(draft: Draft, columns: Columns, tokens: Indices, labels: npt.NDArray[np.int8]) -> None:
    """Read the spans off the labels: a span runs from its first word to its last."""
    targets = {roles.SOURCE: draft.source, roles.CUE: draft.cue, roles.CONTENT: draft.content}
    begin = 0
    for token, label in zip(tokens.tolist(), labels.tolist(), strict=True):
        if label == roles.OUTSIDE:
            continue
        place = (label - 1) % 4
        base = label - place
        if place in (0, 3):
            begin = int(columns.start[token])
        if place in (2, 3):
            targets[base].append(Span(begin, int(columns.end[token])))


def place_drafts(trees: Sequence[Tree], drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Tree, int]]:
    """Give each draft with its sentence and its head as a token of that sentence; drafts stand in text order."""
    offset, at = 0, 0
    for draft in drafts:
        while at < draft.sentence:
            offset += len(trees[at].tokens)
            at += 1
        yield draft, trees[at], draft.head - offset


def draft_layouts(columns: Columns, layouts: Sequence[Layout], drafts: Sequence[Draft]) -> list[Draft]:
    """Add the statements told by layout to ``drafts``; a draft that would say the same by another word gives way."""
    added: list[Draft] = []
    for layout in layouts:
        head = int(np.searchsorted(columns.start, layout.cue.start, side="right")) - 1
        if head < 0 or columns.end[head] <= layout.cue.start:
            continue
        draft = Draft(head, int(columns.sentence[head]), 1.0)
        draft.source, draft.cue, draft.content = [layout.source], [layout.cue], [layout.content]
        draft.is_block = True
        added.append(draft)
    taken = {draft.head for draft in added}
    wholes = [draft.content[0] for draft in added]
    kept = [d for d in drafts if d.head not in taken and (d.probability >= THRESHOLD or not _overlaps(d, wholes))]
    kept = [d for d in kept if not set(wholes).intersection(d.content)]
    return sorted([*added, *kept], key=lambda draft: draft.head)


def _overlaps(draft: Draft, spans: Sequence[Span]) -> bool:
    """Tell whether a cue or content stands in one of ``spans``, which are in order and do not overlap."""
    at = [bisect_right(spans, cue.end, key=lambda span: span.start) - 1 for cue in (*draft.cue, *draft.content)]
    return any(i >= 0 and spans[i].overlaps(cue) for i, cue in zip(at, (*draft.cue, *draft.content), strict=True))
