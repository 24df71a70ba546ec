"""Statements as the model first reads them: within one sentence, as spans, before quotations are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from schemas.spans import Span
from transforms.statements import roles
from transforms.statements.columns import Columns, Indices, make_columns
from transforms.statements.cues import SPEECH, cue_features, find_candidates, find_rivals, softmax
from transforms.statements.quotations import Quotation
from transforms.statements.weights import Weights, load_weights, rows_of
from transforms.syntax.tree import Tree

MODEL_FILE = Path(__file__).parent / "model" / "weights.npz"

THRESHOLD = 0.5
"""Probability from which a word is taken for the head of a cue of speech."""


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
    candidates = find_candidates(columns)
    if not len(candidates):
        return []
    answers = softmax(weights.cues.score(rows_of(cue_features(columns, candidates))))
    chosen = np.flatnonzero(answers[:, SPEECH] >= threshold)
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


def read_columns(trees: Sequence[Tree], quotations: Sequence[Quotation]) -> Columns:
    """Lay out a document's trees, those without words left out."""
    return make_columns([tree for tree in trees if tree.tokens], quotations)
