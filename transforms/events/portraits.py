"""Dense descriptions of candidates: the vectors of the word, its arguments, its head and its surroundings.

Slots, each the mean of the known words in it: the word (doubled, for it weighs most), objects, subjects, adjuncts,
modifiers, head, six words either side, the sentence, the heading above; then flags of form and place in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from schemas.vocabulary import EventType
from transforms.events.lexicon import Sense
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
    if not candidates:
        return np.zeros((0, 0), np.float32)
    vectors = load_vectors()
    sentences = _Sentences(scene, vectors)
    slots = _pool(vectors, (slot for c in candidates for slot in _slots(scene, sentences, c)))
    dense = slots.reshape(len(candidates), _NARROW * vectors.width)
    dense[:, : vectors.width] *= 2
    wide = _surroundings(scene, sentences, [c.sentence for c in candidates])
    flags = np.array([_flags(scene, c) for c in candidates], np.float32)
    return np.concatenate([dense, wide, flags], axis=1)


def _pool(vectors: Vectors, slots: Iterable[list[int]]) -> Floats:
    """Give the mean vector of each list of rows, unknown words left out; zeros where no word is known."""
    none = vectors.none
    known = [[row for row in slot if row != none] for slot in slots]
    by_size: dict[int, list[int]] = {}
    for number, rows in enumerate(known):
        by_size.setdefault(len(rows), []).append(number)
    means = np.zeros((len(known), vectors.width), np.float32)
    for size, numbers in by_size.items():
        if size:
            found = vectors.table.take([known[n] for n in numbers], axis=0)
            means[numbers] = found.sum(axis=1) / np.float32(size)
    return means


class _Sentences:
    """The vector rows of each sentence's words, looked up once: of all words, and of its content words alone."""

    def __init__(self, scene: Scene, vectors: Vectors) -> None:
        self._scene = scene
        self.vectors = vectors
        self._rows: dict[int, tuple[list[int], list[int]]] = {}

    def rows(self, at: int) -> tuple[list[int], list[int]]:
        """Give the row of every word of a sentence, and again with that of unknown words where it has no content."""
        if at not in self._rows:
            none, tokens = self.vectors.none, self._scene.trees[at].tokens
            rows = [self.vectors.row(token) for token in tokens]
            content = [row if t.pos in _CONTENT else none for row, t in zip(rows, tokens, strict=True)]
            self._rows[at] = (rows, content)
        return self._rows[at]


def _surroundings(scene: Scene, sentences: _Sentences, chosen: Sequence[int]) -> Floats:
    """Give the mean of the content words of each chosen sentence and that of the heading above it, side by side."""
    above = [scene.nearest_heading[at] for at in chosen]
    near = [heading if 0 <= heading < at < heading + 6 else -1 for at, heading in zip(chosen, above, strict=True)]
    place = {at: number for number, at in enumerate(dict.fromkeys([*chosen, *near]))}
    means = _pool(sentences.vectors, ([] if at < 0 else sentences.rows(at)[1] for at in place))
    return np.concatenate([means[[place[at] for at in chosen]], means[[place[at] for at in near]]], axis=1)


def _slots(scene: Scene, sentences: _Sentences, candidate: Candidate) -> Iterator[list[int]]:
    at, index = candidate.key
    tree = scene.trees[at]
    rows, content = sentences.rows(at)
    yield [rows[index]]
    by_slot: tuple[list[int], ...] = ([], [], [], [])
    for child in tree.children(index):
        slot = _SLOTS.get(tree.tokens[child].relation)
        if slot is not None:
            by_slot[slot].append(rows[child])
    yield from by_slot
    head = tree.parent(index)
    yield [] if head is None else [rows[head]]
    yield content[max(0, index - _NEAR) : index] + content[index + 1 : index + _NEAR + 1]


def _flags(scene: Scene, candidate: Candidate) -> tuple[float, ...]:
    tree: Tree = scene.trees[candidate.sentence]
    token = tree.tokens[candidate.index]
    relations = frozenset([tree.tokens[c].relation for c in tree.children(candidate.index)])
    return (
        *_form_flags(token.pos, token.tag, token.relation),
        *_sense_flags(candidate.sense),
        float(candidate.sentence in scene.headings),
        float(scene.is_digest),
        float(scene.is_first_person),
        float(candidate.key in scene.cues),
        float(scene.statement_at(candidate.sentence, token.char_start) is not None),
        *[float(r in relations) for r in _SHOWN],
        min(candidate.index, 20) / 20,
    )


@lru_cache(maxsize=1 << 12)
def _form_flags(pos: str, tag: str, relation: str) -> tuple[float, ...]:
    flags = [pos == p for p in _POS] + [tag == t for t in _TAGS] + [relation == r for r in _RELATIONS]
    return tuple(map(float, flags))


@lru_cache(maxsize=1 << 12)
def _sense_flags(sense: Sense) -> tuple[float, ...]:
    return (*[float(t in sense.types) for t in _TYPES], sense.weight / 3, float(not sense.types))
