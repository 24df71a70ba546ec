"""Learn the station's weights from annotated texts; numpy only, the same weights for the same input and seed.

Cue heads are learnt by multinomial regression, roles by a linear-chain conditional random field (Lafferty, McCallum
and Pereira, 2001), both by AdaGrad (Duchi, Hazan and Singer, 2011) over hashed features.  Roles are learnt beside
rivals (other cues of the sentence) as they will be found, not as annotated: cues are first foretold for each fifth of
the texts by a model of the other four.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schemas.spans import Span
from transforms.statements import roles
from transforms.statements.columns import Columns, Indices, make_columns
from transforms.statements.cues import NONE, OTHER, SPEECH, cue_features, find_candidates, find_rivals, softmax
from transforms.statements.quotations import pair_quotations
from transforms.statements.weights import BITS, Rows, Scores, Weights, quantise, rows_of
from transforms.syntax.tree import Tree

FOLDS = 4
PASSES = 6
SEEN = 3
DROPOUT = 0.4
DECAY = 1e-2
RATE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """An annotated attribution; ``is_speech`` is false for belief, attitude and evidence."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    is_speech: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An annotated text.  ``is_complete`` tells whether attributions that are no speech are annotated too."""

    text: str
    trees: tuple[Tree, ...]
    attributions: tuple[Attribution, ...]
    is_complete: bool = True
    weight: float = 1.0


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
    prepared = [_prepare(example) for example in examples]
    rng = np.random.default_rng(seed)
    folds = rng.permutation(len(prepared)) % FOLDS
    rivals: list[npt.NDArray[np.bool_]] = [np.zeros(0, bool)] * len(prepared)
    for fold in range(FOLDS):
        table = _learn_cues([p for p, f in zip(prepared, folds, strict=True) if f != fold], rng, passes=3)
        for k in np.flatnonzero(folds == fold):
            answers = softmax(sum_rows(table, prepared[k].cue_rows))
            rivals[k] = find_rivals(prepared[k].columns, prepared[k].candidates, answers)
        report(f"cues of fold {fold} foretold")
    cues = _learn_cues(prepared, rng, passes=5)
    report("cues learnt")
    tables = _learn_roles(prepared, rivals, rng, report)
    return Weights(cues=quantise(cues), roles=quantise(tables[0]), transitions=tables[1])


def _prepare(example: Example) -> _Prepared:
    columns = make_columns(example.trees, pair_quotations(example.text))
    candidates = find_candidates(columns)
    heads = _gold_heads(example, columns)
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


class _Learner:
    """A table of weights and AdaGrad's memory of its gradients.

    Only rows met at least :data:`SEEN` times in the training texts are learnt: a rarer feature says more of its text
    than of language.  In each step a random part of the templates is left out, so that none is relied on alone
    (dropout: Srivastava et al., 2014).
    """

    def __init__(self, labels: int, chunks: Iterable[Rows], rng: np.random.Generator) -> None:
        counts = np.zeros((1 << BITS) + 1, np.int32)
        for chunk in chunks:
            counts += np.bincount(chunk.ravel(), minlength=len(counts)).astype(np.int32)
        self._rare = counts < SEEN
        self._rng = rng
        self.table = np.zeros((1 << BITS, labels), np.float32)
        self._memory = np.full((1 << BITS, labels), 1e-2, np.float32)

    def draw(self, rows: Rows) -> Rows:
        """Leave out some templates."""
        kept = self._rng.random(rows.shape[1]) >= DROPOUT
        return rows[:, kept]

    def score(self, rows: Rows, scale: float = 1.0) -> Scores:
        """Add up the rows of each item's features."""
        return sum_rows(self.table, rows) * np.float32(scale)

    def step(self, rows: Rows, gradient: Scores) -> None:
        """Move against ``gradient`` (items, labels) of the items whose features lie in ``rows`` (items, templates)."""
        touched, inverse = np.unique(rows, return_inverse=True)
        flat = inverse.ravel()
        summed = np.empty((len(touched), gradient.shape[1]), np.float32)
        for label in range(gradient.shape[1]):
            column = np.repeat(gradient[:, label], rows.shape[1])
            summed[:, label] = np.bincount(flat, weights=column, minlength=len(touched))
        summed += DECAY * self.table[touched]
        summed[self._rare[touched]] = 0
        self._memory[touched] += summed**2
        self.table[touched] -= RATE * summed / np.sqrt(self._memory[touched])


def sum_rows(table: Scores, rows: Rows) -> Scores:
    """Add up table rows: (items, templates) gives (items, labels)."""
    total = np.zeros((len(rows), table.shape[1]), np.float32)
    for template in range(rows.shape[1]):
        total += table.take(rows[:, template], axis=0)
    return total


def _batches(order: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for begin in range(0, len(order), size):
        yield order[begin : begin + size]


def _learn_cues(prepared: Sequence[_Prepared], rng: np.random.Generator, passes: int) -> Scores:
    learner = _Learner(3, (p.cue_rows for p in prepared), rng)
    for _ in range(passes):
        for batch in _batches(rng.permutation(len(prepared)).tolist(), 8):
            rows = np.concatenate([prepared[k].cue_rows for k in batch])
            targets = np.concatenate([prepared[k].targets for k in batch])
            weight = np.concatenate([np.full(len(prepared[k].targets), prepared[k].example.weight) for k in batch])
            drawn = learner.draw(rows)
            gradient = _cue_gradient(learner.score(drawn, rows.shape[1] / max(1, drawn.shape[1])), targets)
            learner.step(drawn, gradient * weight[:, None].astype(np.float32))
    return learner.table


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
    weight: float


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
    return _Chain(rows, labels, views.begin, prepared.example.weight)


def label_tokens(columns: Columns, tokens: Indices, attribution: Attribution) -> npt.NDArray[np.int8]:
    """Give the labels of ``tokens``: those a span covers by more than half belong to it."""
    labels = np.zeros(len(tokens), np.int8)
    start, end = columns.start[tokens], columns.end[tokens]
    parts = ((roles.CONTENT, attribution.content), (roles.SOURCE, attribution.source), (roles.CUE, attribution.cue))
    for base, spans in parts:
        for span in spans:
            shared = np.minimum(end, span.end) - np.maximum(start, span.start)
            covered = np.flatnonzero(shared * 2 > end - start)
            if len(covered):
                labels[covered[0] : covered[-1] + 1] = base + 1
                labels[covered[0]] = base
                labels[covered[-1]] = base + 2 if len(covered) > 1 else base + 3
    return _mend(labels)


def _mend(labels: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """Make a sequence lawful where spans overlapped: every run of one role begins and ends as it should."""
    kind = np.where(labels == 0, -1, (labels - 1) // 4)
    place = np.where(labels == 0, -1, (labels - 1) % 4)
    begins = (kind != np.roll(kind, 1)) | np.isin(place, (0, 3)) | np.isin(np.roll(place, 1), (2, 3))
    begins[:1] = True
    ends = np.append(begins[1:], True)
    position = np.where(begins & ends, 3, np.where(begins, 0, np.where(ends, 2, 1)))
    mended: npt.NDArray[np.int8] = np.where(kind < 0, 0, 1 + kind * 4 + position).astype(np.int8)
    return mended


def _learn_roles(
    prepared: Sequence[_Prepared],
    rivals: Sequence[npt.NDArray[np.bool_]],
    rng: np.random.Generator,
    report: Callable[[str], None],
    passes: int = PASSES,
) -> tuple[Scores, Scores]:
    chains = [c for p, r in zip(prepared, rivals, strict=True) if (c := _make_chain(p, r)) is not None]
    learner = _Learner(roles.LABELS, (c.rows for c in chains), rng)
    transitions = np.zeros((roles.LABELS, roles.LABELS), np.float32)
    memory = np.full_like(transitions, 1.0)
    for number in range(passes):
        loss = 0.0
        for batch in _batches(rng.permutation(len(chains)).tolist(), 2):
            joined = _join([chains[k] for k in batch])
            drawn = learner.draw(joined.rows)
            emissions = learner.score(drawn, joined.rows.shape[1] / max(1, drawn.shape[1]))
            gradient, slope, cost = chain_gradient(emissions, transitions, joined.begin, joined.labels)
            loss += cost
            learner.step(drawn, gradient * joined.weight)
            memory += slope**2
            transitions -= 0.1 * slope / np.sqrt(memory)
        report(f"roles, pass {number + 1} of {passes}: loss {loss / sum(len(c.begin) - 1 for c in chains):.3f} a cue")
    return learner.table, transitions


def _join(chains: Sequence[_Chain]) -> _Chain:
    begins, at = [np.zeros(1, np.int64)], 0
    for chain in chains:
        begins.append(chain.begin[1:] + at)
        at += int(chain.begin[-1])
    return _Chain(
        np.concatenate([c.rows for c in chains]),
        np.concatenate([c.labels for c in chains]),
        np.concatenate(begins),
        float(np.mean([c.weight for c in chains])),
    )


def chain_gradient(
    emissions: Scores, transitions: Scores, begin: Indices, labels: npt.NDArray[np.int8]
) -> tuple[Scores, Scores, float]:
    """Give the gradients of the chains' negative log-likelihood: of emissions, of transitions; and its value.

    Forward and backward run in the domain of probabilities, scaled at every step, over all cues at once; chains are
    aligned at their first word, and a chain that has ended waits.
    """
    lengths = np.diff(begin)
    longest, size = int(lengths.max()), len(lengths)
    steps = np.arange(longest)[:, None]
    alive = steps < lengths
    rows = np.minimum(begin[:-1] + steps, begin[1:] - 1)
    scores = emissions[rows].astype(np.float64)
    top = scores.max(axis=2, keepdims=True)
    local = np.exp(scores - top)
    move = np.exp(transitions.astype(np.float64)) * roles.ALLOWED
    forward, backward = np.empty_like(local), np.empty_like(local)
    scale = np.ones((longest, size))
    for step in range(longest):
        state = local[0] * roles.CAN_BEGIN if step == 0 else (forward[step - 1] @ move) * local[step]
        total = state.sum(axis=1)
        scale[step] = np.where(alive[step], total, 1.0)
        forward[step] = np.where(alive[step][:, None], state / scale[step][:, None], forward[step - 1] if step else 0)
    final = np.broadcast_to(roles.CAN_END.astype(np.float64), (size, roles.LABELS))
    for step in range(longest - 1, -1, -1):
        is_last = (lengths == step + 1)[:, None]
        if step == longest - 1:
            backward[step] = final
        else:
            state = (local[step + 1] * backward[step + 1]) @ move.T / scale[step + 1][:, None]
            backward[step] = np.where(is_last | ~alive[step][:, None], final, state)
    ending = (forward[-1] * final).sum(axis=1)
    belief = forward * backward / ending[None, :, None]
    gradient = np.zeros_like(emissions)
    gradient[rows[alive]] = belief[alive]
    gold = labels[rows]
    gradient[rows[alive], gold[alive]] -= 1
    pairs = np.zeros_like(move)
    inner = alive[1:]
    right = local[1:] * backward[1:] / scale[1:][:, :, None] / ending[None, :, None]
    pairs += np.einsum("nk,nl->kl", forward[:-1][inner], right[inner]) * move
    np.subtract.at(pairs, (gold[:-1][inner], gold[1:][inner]), 1)
    truth = np.take_along_axis(scores, gold[:, :, None].astype(np.int64), 2)[:, :, 0]
    walked = transitions[gold[:-1][inner], gold[1:][inner]].sum()
    cost = (np.log(scale) + top[:, :, 0])[alive].sum() + np.log(ending).sum() - truth[alive].sum() - walked
    return gradient.astype(np.float32), pairs.astype(np.float32), float(cost)
