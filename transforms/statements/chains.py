"""Linear chains as training sees them: gold labels from spans, and the gradient of the likelihood of a labelling.

Conditional random fields: Lafferty, McCallum and Pereira, 2001.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from transforms.statements import roles
from transforms.statements.annotations import Attribution
from transforms.statements.columns import Columns, Indices
from transforms.statements.weights import Scores


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
