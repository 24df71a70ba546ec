"""Which words are cues: the heads of the verbs, nouns and marks by which a text says that somebody said something.

A lemma alone is no cue («call», «show», «see»); the model weighs it with its clause, its neighbours and the quotation
marks around it.  Three answers: no cue, a cue of speech, a cue of another attribution (belief, attitude, evidence).
"""

from __future__ import annotations

import numpy as np

from transforms.statements.columns import Columns, Flags, Indices, Numbers, is_among, mix_templates, number
from transforms.statements.weights import Scores

NONE, SPEECH, OTHER = range(3)
"""The three answers, as columns of the scores."""

RIVAL = 0.4
"""Probability (of speech or other attribution) from which a word counts as another cue when roles are told."""

_MARKS = (":", "—", "–", "--", "-")


def find_candidates(columns: Columns, heads: Numbers) -> Indices:
    """Give the tokens that can be the head of a cue at all: verbs, colons, dashes, and words seen heading one.

    ``heads`` are the lemmas, as numbers, of the nouns, adjectives and other words that head cues in the training texts.
    """
    pos = columns.pos[:-1]
    is_listed = is_among(columns.lemma[:-1], heads) & (pos != number("PUNCT"))
    is_mark = is_among(columns.word[:-1], [number(m) for m in _MARKS])
    return np.flatnonzero((pos == number("VERB")) | is_mark | is_listed)


def quotation_state(columns: Columns) -> Numbers:
    """Give each token's standing to quotation marks: inside, at an edge, next to one."""
    size = columns.size
    inside = np.append(columns.quotation >= 0, False)
    opens, closes = np.append(columns.opens, False), np.append(columns.closes, False)
    before, after, second = columns.shift(-1), columns.shift(1), columns.shift(2)
    flags = (inside, opens, closes, opens[after], closes[before], opens[second], closes[after], opens[before])
    state = np.zeros(size + 1, np.uint64)
    for place, flag in enumerate(flags):
        state |= flag.astype(np.uint64) << np.uint64(place)
    return state


def cue_features(columns: Columns, at: Indices) -> Numbers:
    """Give the features of the candidates ``at``: an array (candidates, templates) of 64-bit numbers."""
    c = columns
    before, before2, after, after2, after3 = (c.shift(s)[at] for s in (-1, -2, 1, 2, 3))
    parent = c.parent[at]
    word, lemma, tag, relation = c.word, c.lemma, c.tag, c.relation
    own, own_tag, own_relation = lemma[at], tag[at], relation[at]
    state = quotation_state(c)[at]
    kids = c.relations[at]
    child = {name: column[at] for name, column in c.child.items()}
    subject = np.minimum(np.minimum(child["nsubj"], child["nsubj:pass"]), child["csubj"])
    clause = np.where(child["ccomp"] < c.size, child["ccomp"], child["xcomp"])
    thing = np.where(child["obj"] < c.size, child["obj"], child["obl"])
    preposition = c.child["case"][np.minimum(child["obl"], child["nmod"])]
    side = np.sign(clause - at) * (clause < c.size)
    quoted = quoted_share(c)[at]
    begins = at == c.first[at]
    ends = at + 1 >= c.last[at]
    templates: list[tuple[object, ...]] = [
        (own,), (own, own_tag), (own, own_relation), (own, kids), (own_tag, kids), (own_relation, own_tag),
        (own, word[before]), (own, word[after]), (own, word[after], word[after2]), (own, word[before], word[after]),
        (own, word[before], word[before2]), (own, tag[after]), (own, tag[before]), (tag[before], own_tag, tag[after]),
        (own, word[after2]), (own, tag[after], tag[after2]), (own_tag, word[after], word[after2]),
        (own_tag, word[before]), (own_tag, word[after]), (own_relation, word[before]), (own, lemma[parent]),
        (lemma[parent], own_relation), (tag[parent], own_relation, own_tag), (own, own_relation, tag[parent]),
        (own, lemma[subject]), (lemma[subject], own_tag), (own, tag[subject]), (own, c.pos[subject], subject < at),
        (own, lemma[thing]), (lemma[thing], own_tag), (own, tag[thing]), (own, lemma[clause]),
        (own, tag[clause], side), (own, lemma[c.child["mark"][clause]], side), (own, lemma[preposition]),
        (own, lemma[child["mark"]]), (own, lemma[child["case"]]), (own, lemma[child["compound:prt"]]),
        (own, lemma[child["aux"]]), (own, lemma[child["aux:pass"]]), (own, word[child["advmod"]]),
        (own, word[child["det"]]), (own, lemma[child["nmod:poss"]]), (own, lemma[c.child["case"][child["nmod"]]]),
        (own, state), (own_tag, state), (own_relation, state), (state, kids), (own, quoted), (quoted, own_relation),
        (c.suffix[at], own_tag), (c.suffix[at], own_tag, kids), (own_tag, own_relation, kids),
        (own, begins, ends), (own_tag, begins, ends, quoted), (c.suffix[at], own_relation, side),
        (lemma[c.child["nsubj"][parent]], own, own_relation), (own, relation[after], relation[before]),
        (own_relation, relation[parent], own_tag), (word[after], word[after2], word[after3], own_relation),
        (own, c.relations[parent]), (own, lemma[c.parent[parent]], own_relation),
    ]  # fmt: skip
    return mix_templates(templates, len(at), first=1)


def quoted_share(columns: Columns) -> Numbers:
    """Tell for each token how much of its sentence is quoted: nothing, some, all."""
    inside = (columns.quotation >= 0).astype(np.int64)
    total = np.concatenate(([0], np.cumsum(inside)))
    share = total[columns.last + 1] - total[columns.first]
    length = columns.last + 1 - columns.first
    kinds: Numbers = (share > 0).astype(np.uint64) + (share == length) + (share * 2 > length)
    return kinds


def softmax(scores: Scores) -> Scores:
    """Turn scores into probabilities along the last axis."""
    scores = scores - scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def find_rivals(columns: Columns, candidates: Indices, answers: Scores) -> Flags:
    """Tell for every token whether it looks like the head of some attribution's cue."""
    found = np.zeros(columns.size, bool)
    found[candidates[answers[:, NONE] < 1 - RIVAL]] = True
    return found
