"""Learn the station's weights from annotated texts; numpy only, the same weights for the same input and seed.

Cue heads are learnt by multinomial regression, roles by linear chains, both over hashed features.  Roles are learnt
beside rivals (other cues of the sentence) as they will be found, not as annotated: the cues of each part of the texts
are first foretold by a model of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.statements import roles
from transforms.statements.annotations import Attribution, Example
from transforms.statements.chains import chain_gradient, label_tokens
from transforms.statements.columns import Columns, Indices, Numbers, make_columns, number
from transforms.statements.cues import NONE, OTHER, SPEECH, cue_features, find_candidates, find_rivals, softmax
from transforms.statements.learner import Learner, sum_rows
from transforms.statements.quotations import pair_quotations
from transforms.statements.weights import Rows, Scores, Weights, quantise, rows_of

FOLDS = 3
"""Parts of the texts; the cues of each are foretold by a model of the others."""
CUE_PASSES, ROLE_PASSES = 5, 4
OWN = 2
"""How often a report of the kind the project reads counts beside one of American politics."""
CUE_PRUNE, ROLE_PRUNE = 10, 16
"""Steps of 127 that a row of the finished tables must pass to be kept."""


@dataclass(slots=True)
class _Prepared:
    example: Example
    columns: Columns
    candidates: Indices
    cue_rows: Rows
    targets: npt.NDArray[np.int8]
    heads: dict[int, Attribution]


def learn_weights(
    examples: Sequence[Example], *, seed: int = 7, report: Callable[[str], None] = lambda line: None
) -> Weights:
    """Learn cue and role weights from annotated texts.

    Args:
        examples: Annotated, parsed texts.
        seed: Order of the texts in each pass.
        report: Called with a line on how far it is.
    """
    listed = [(example, make_columns(example.trees, pair_quotations(example.text))) for example in examples]
    golden = [_gold_heads(example, columns) for example, columns in listed]
    lemmas = _head_lemmas(listed, golden)
    prepared = [_prepare(*item, gold, lemmas) for item, gold in zip(listed, golden, strict=True)]
    report(f"{len(prepared)} texts prepared, {len(lemmas)} lemmas besides verbs head cues")
    rng = np.random.default_rng(seed)
    order = _weigh(examples)
    folds = rng.permutation(len(prepared)) % FOLDS
    rivals: list[npt.NDArray[np.bool_]] = [np.zeros(0, bool)] * len(prepared)
    for fold in range(FOLDS):
        table = _learn_cues([prepared[k] for k in order if folds[k] != fold], rng, passes=CUE_PASSES - 2)
        for k in np.flatnonzero(folds == fold):
            answers = softmax(sum_rows(table, prepared[k].cue_rows))
            rivals[k] = find_rivals(prepared[k].columns, prepared[k].candidates, answers)
        report(f"cues of fold {fold} foretold")
    cues = _learn_cues([prepared[k] for k in order], rng, passes=CUE_PASSES)
    report("cues learnt")
    tables = _learn_roles([prepared[k] for k in order], [rivals[k] for k in order], rng, report)
    return Weights(
        heads=lemmas, cues=quantise(cues, CUE_PRUNE), roles=quantise(tables[0], ROLE_PRUNE), transitions=tables[1]
    )


def _weigh(examples: Sequence[Example]) -> list[int]:
    """Give the places of the examples to learn from: this project's own annotation counts :data:`OWN` times."""
    own = [place for place, example in enumerate(examples) if not example.is_complete]
    return [*range(len(examples)), *own * (OWN - 1)]


def _head_lemmas(listed: Sequence[tuple[Example, Columns]], golden: Sequence[dict[int, Attribution]]) -> Numbers:
    """Give the lemmas of words that are no verbs but head at least two cues."""
    met = [
        int(columns.lemma[head])
        for (_, columns), heads in zip(listed, golden, strict=True)
        for head in heads
        if columns.pos[head] not in (number("VERB"), number("PUNCT"))
    ]
    counts = Counter(met)
    return np.array(sorted(lemma for lemma, count in counts.items() if count > 1), np.uint64)


def _prepare(example: Example, columns: Columns, heads: dict[int, Attribution], lemmas: Numbers) -> _Prepared:
    candidates = find_candidates(columns, lemmas)
    targets = np.full(len(candidates), NONE if example.is_complete else -1, np.int8)
    place = {int(token): k for k, token in enumerate(candidates)}
    for token, attribution in heads.items():
        if token in place:
            targets[place[token]] = SPEECH if attribution.is_speech else OTHER
    return _Prepared(example, columns, candidates, rows_of(cue_features(columns, candidates)), targets, heads)


def _gold_heads(example: Example, columns: Columns) -> dict[int, Attribution]:
    """Find the head of each annotated cue, as a token of the document."""
    heads: dict[int, Attribution] = {}
    offsets = np.concatenate(([0], np.cumsum([len(t.tokens) for t in example.trees])))
    starts = [t.sentence.char_start for t in example.trees]
    for attribution in example.attributions:
        for span in attribution.cue[:1]:
            at = int(np.searchsorted(starts, span.start, side="right")) - 1
            head = example.trees[at].head_of(span) if at >= 0 else None
            if head is not None:
                heads.setdefault(int(offsets[at]) + head, attribution)
    return heads


def _batches(order: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for begin in range(0, len(order), size):
        yield order[begin : begin + size]


def _learn_cues(prepared: Sequence[_Prepared], rng: np.random.Generator, passes: int) -> Scores:
    learner = Learner(3, (p.cue_rows for p in prepared), rng)
    folded = [learner.fold(p.cue_rows) for p in prepared]
    for turn in range(passes):
        if turn == 1:
            learner.begin_mean()
        for batch in _batches(rng.permutation(len(prepared)).tolist(), 8):
            rows = np.concatenate([folded[k] for k in batch])
            targets = np.concatenate([prepared[k].targets for k in batch])
            drawn = learner.draw(rows)
            gradient = _cue_gradient(learner.score(drawn, rows.shape[1] / max(1, drawn.shape[1])), targets)
            learner.step(drawn, gradient)
    return learner.finish()


def _cue_gradient(scores: Scores, targets: npt.NDArray[np.int8]) -> Scores:
    """Give probabilities less truth; where only «no speech» is known, both other answers count as truth."""
    probability = softmax(scores)
    truth = np.zeros_like(probability)
    known = targets >= 0
    truth[np.flatnonzero(known), targets[known]] = 1
    silent = probability[~known].copy()
    silent[:, SPEECH] = 0
    truth[~known] = silent / np.maximum(silent.sum(axis=1, keepdims=True), 1e-9)
    gradient: Scores = (probability - truth).astype(np.float32)
    return gradient


@dataclass(slots=True)
class _Chain:
    """One document's role rows: features, gold labels and where each cue's rows begin."""

    rows: Rows
    labels: npt.NDArray[np.int8]
    begin: Indices


def _make_chain(prepared: _Prepared, rivals: npt.NDArray[np.bool_]) -> _Chain | None:
    gold = sorted(prepared.heads)
    if not gold:
        return None
    views = roles.make_views(prepared.columns, gold)
    labels = np.zeros(len(views.token), np.int8)
    for k, head in enumerate(gold):
        inside = slice(int(views.begin[k]), int(views.begin[k + 1]))
        labels[inside] = label_tokens(prepared.columns, views.token[inside], prepared.heads[head])
    rows = rows_of(roles.role_features(prepared.columns, views, rivals))
    return _Chain(rows, labels, views.begin)


def _learn_roles(
    prepared: Sequence[_Prepared],
    rivals: Sequence[npt.NDArray[np.bool_]],
    rng: np.random.Generator,
    report: Callable[[str], None],
    passes: int = ROLE_PASSES,
) -> tuple[Scores, Scores]:
    chains = [c for p, r in zip(prepared, rivals, strict=True) if (c := _make_chain(p, r)) is not None]
    learner = Learner(roles.LABELS, (c.rows for c in chains), rng)
    for chain in chains:
        chain.rows = learner.fold(chain.rows)
    mean, steps = np.zeros((roles.LABELS, roles.LABELS), np.float64), 0
    transitions = np.zeros((roles.LABELS, roles.LABELS), np.float32)
    memory = np.full_like(transitions, 1.0)
    for turn in range(passes):
        loss = 0.0
        if turn == 1:
            learner.begin_mean()
        for batch in _batches(rng.permutation(len(chains)).tolist(), 2):
            joined = _join([chains[k] for k in batch])
            drawn = learner.draw(joined.rows)
            emissions = learner.score(drawn, joined.rows.shape[1] / max(1, drawn.shape[1]))
            gradient, slope, cost = chain_gradient(emissions, transitions, joined.begin, joined.labels)
            loss += cost
            learner.step(drawn, gradient)
            memory += slope**2
            transitions -= 0.1 * slope / np.sqrt(memory)
            if turn:
                mean, steps = mean + transitions, steps + 1
        report(f"roles, pass {turn + 1} of {passes}: loss {loss / sum(len(c.begin) - 1 for c in chains):.3f} a cue")
    return learner.finish(), (mean / max(1, steps)).astype(np.float32)


def _join(chains: Sequence[_Chain]) -> _Chain:
    begins, at = [np.zeros(1, np.int64)], 0
    for chain in chains:
        begins.append(chain.begin[1:] + at)
        at += int(chain.begin[-1])
    return _Chain(
        np.concatenate([c.rows for c in chains]),
        np.concatenate([c.labels for c in chains]),
        np.concatenate(begins),
    )
