"""Dense descriptions of candidates: the vectors of the word, its arguments, its head and its surroundings.

Slots, each the mean of the known words in it: the word (doubled, for it weighs most), objects, subjects, adjuncts,
modifiers, head, six words either side, the sentence, the heading above; then flags of form and place in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from schemas.vocabulary import EventType
from transforms.events.linear import Floats
from transforms.events.scene import Scene
from transforms.events.triggers import Candidate
from transforms.events.vectors import Vectors, load_vectors
from transforms.syntax.tree import Tree

_CONTENT = frozenset({"NOUN", "VERB", "PROPN", "ADJ"})
_POS = ("VERB", "NOUN", "PROPN", "ADJ")
_TAGS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "NN", "NNS", "NNP", "JJ")
_RELATIONS = (
    "root", "nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj", "advcl", "acl", "acl:relcl", "xcomp", "ccomp", "amod",
    "compound", "appos", "parataxis", "obl:agent", "nmod:poss", "dep",
)  # fmt: skip
_TYPES = tuple(t.value for t in EventType)
_SLOTS = {
    "obj": 0, "nsubj:pass": 0, "xcomp": 0, "ccomp": 0, "nsubj": 1, "obl:agent": 1, "obl": 2, "nmod": 2,
    "amod": 3, "compound": 3, "nmod:poss": 3, "compound:prt": 3, "det": 3,
}  # fmt: skip
_SHOWN = ("aux", "mark", "det", "case", "obj", "nsubj")
_NEAR = 6
_NARROW = 7  # slots that differ from word to word; the sentence and its heading are two more


def paint(scene: Scene, candidates: Sequence[Candidate]) -> Floats:
    """Describe every candidate, (candidates, nine slots of vectors and the flags)."""
    vectors = load_vectors()
    sentences = _Sentences(scene, vectors)
    flat: list[int] = []
    starts: list[int] = []
    counts: list[int] = []
    for candidate in candidates:
        for slot in _slots(scene, sentences, candidate):
            starts.append(len(flat))
            known = [row for row in slot if row != vectors.none]
            flat.append(vectors.none)
            flat += known
            counts.append(len(known) or 1)
    flags = np.array([list(_flags(scene, c)) for c in candidates], np.float32)
    if not candidates:
        return np.zeros((0, 0), np.float32)
    sums = np.add.reduceat(vectors.table[flat], starts, axis=0) / np.array(counts, np.float32)[:, None]
    dense = sums.reshape(len(candidates), _NARROW * vectors.width)
    dense[:, : vectors.width] *= 2
    wide = np.array([sentences.surroundings(c.sentence) for c in candidates], np.float32)
    return np.concatenate([dense, wide, flags], axis=1).astype(np.float32)


class _Sentences:
    """The vector rows of each sentence's words, looked up once."""

    def __init__(self, scene: Scene, vectors: Vectors) -> None:
        self._scene = scene
        self._vectors = vectors
        self._rows: dict[int, list[int]] = {}
        self._means: dict[int, Floats] = {}

    def rows(self, at: int) -> list[int]:
        """Give the row of every word of a sentence."""
        if at not in self._rows:
            self._rows[at] = [self._vectors.row(token) for token in self._scene.trees[at].tokens]
        return self._rows[at]

    def surroundings(self, at: int) -> Floats:
        """Give the mean of a sentence's content words and that of the heading above it, side by side."""
        heading = self._scene.nearest_heading[at]
        above = self.mean(heading) if 0 <= heading < at < heading + 6 else np.zeros_like(self.mean(at))
        return np.concatenate([self.mean(at), above])

    def mean(self, at: int) -> Floats:
        """Give the mean vector of a sentence's nouns, verbs, names and adjectives."""
        if at not in self._means:
            tokens = self._scene.trees[at].tokens
            listed = [r for r, t in zip(self.rows(at), tokens, strict=True) if t.pos in _CONTENT]
            known = [r for r in listed if r != self._vectors.none]
            table = self._vectors.table
            self._means[at] = table[known].mean(axis=0) if known else np.zeros(table.shape[1], np.float32)
        return self._means[at]


def _slots(scene: Scene, sentences: _Sentences, candidate: Candidate) -> Iterator[list[int]]:
    at, index = candidate.key
    tree, rows = scene.trees[at], sentences.rows(at)
    yield [rows[index]]
    by_slot: tuple[list[int], ...] = ([], [], [], [])
    for child in tree.children(index):
        slot = _SLOTS.get(tree.tokens[child].relation)
        if slot is not None:
            by_slot[slot].append(rows[child])
    yield from by_slot
    head = tree.parent(index)
    yield [] if head is None else [rows[head]]
    around = range(max(0, index - _NEAR), min(len(rows), index + _NEAR + 1))
    yield [rows[i] for i in around if i != index and tree.tokens[i].pos in _CONTENT]


def _flags(scene: Scene, candidate: Candidate) -> Iterator[float]:
    tree: Tree = scene.trees[candidate.sentence]
    token = tree.tokens[candidate.index]
    yield from (float(token.pos == p) for p in _POS)
    yield from (float(token.tag == t) for t in _TAGS)
    yield from (float(token.relation == r) for r in _RELATIONS)
    yield from (float(t in candidate.sense.types) for t in _TYPES)
    yield candidate.sense.weight / 3
    yield float(not candidate.sense.types)
    yield float(candidate.sentence in scene.headings)
    yield float(scene.is_digest)
    yield float(scene.is_first_person)
    yield float(candidate.key in scene.cues)
    yield float(scene.statement_at(candidate.sentence, token.char_start) is not None)
    relations = {tree.tokens[c].relation for c in tree.children(candidate.index)}
    yield from (float(r in relations) for r in _SHOWN)
    yield min(candidate.index, 20) / 20
