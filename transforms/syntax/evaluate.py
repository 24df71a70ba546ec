"""How good the station is, measured on treebanks from raw text, as the CoNLL 2018 shared task measured.

Words are aligned by their characters; a word counts as right when its head and its universal relation (subtype
left out) are right; F is over all words of both sides, so wrong words and wrong sentences cost points.  Source:
Zeman et al., CoNLL 2018 Shared Task: Multilingual Parsing from Raw Text to Universal Dependencies, section 5.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from schemas.sentences import Sentence
from transforms.syntax.treebank import TreebankSentence, read_treebank

Read = Callable[[Iterable[tuple[str, str]]], Iterator[tuple[Sentence, ...]]]


@dataclass(slots=True)
class Count:
    """Hits, what was found and what there is; gives precision, recall and F as percentages."""

    hits: int = 0
    found: int = 0
    there: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return 100 * self.hits / max(self.found, 1)

    @property
    def recall(self) -> float:
        """Share of what there is that was found."""
        return 100 * self.hits / max(self.there, 1)

    @property
    def f(self) -> float:
        """Their harmonic mean.

        >>> Count(hits=8, found=10, there=10).f
        80.0
        """
        return 200 * self.hits / max(self.found + self.there, 1)


@dataclass(slots=True)
class Scores:
    """Counts by measure (``words``, ``sentences``, ``upos``, ``xpos``, ``lemmas``, ``uas``, ``las``), by relation."""

    measures: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    relations: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    span: tuple[int, int]
    pos: str
    tag: str
    lemma: str
    relation: str
    head: tuple[int, int]


def group_paragraphs(sentences: Iterable[TreebankSentence]) -> list[list[TreebankSentence]]:
    """Group treebank sentences into the paragraphs they were printed in.

    A sentence that ends without any mark stood on a line of its own, as headings and captions do.
    """
    paragraphs: list[list[TreebankSentence]] = []
    for sentence in sentences:
        ends_open = bool(paragraphs) and paragraphs[-1][-1].text[-1:].isalnum()
        if sentence.opens_paragraph or ends_open or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return paragraphs


def score_raw(paragraphs: Sequence[Sequence[TreebankSentence]], read: Read) -> Scores:
    """Score the whole station on text alone: each paragraph's sentences are joined by one space and read anew."""
    scores = Scores()
    texts = [(str(n), " ".join(s.text for s in paragraph)) for n, paragraph in enumerate(paragraphs)]
    for paragraph, found in zip(paragraphs, read(texts), strict=True):
        gold_words: list[_Word] = []
        gold_sentences: set[tuple[int, int]] = set()
        at = 0
        for sentence in paragraph:
            gold_words += _gold_words(sentence, at)
            gold_sentences.add((at, at + len(sentence.text)))
            at += len(sentence.text) + 1
        system_sentences = {(s.char_start, s.char_end) for s in found}
        _add(scores.measures["sentences"], len(gold_sentences & system_sentences), system_sentences, gold_sentences)
        _score_words(scores, [w for s in found for w in _system_words(s)], gold_words)
    return scores


def _gold_words(sentence: TreebankSentence, offset: int) -> list[_Word]:
    spans = [(a + offset, b + offset) for a, b in sentence.spans]
    return [
        _Word(
            span=spans[i],
            pos=sentence.pos[i],
            tag=sentence.tags[i],
            lemma=sentence.lemmas[i],
            relation="root" if sentence.heads[i] == i else sentence.relations[i].partition(":")[0],
            head=spans[sentence.heads[i]] if sentence.heads[i] != i else (-1, -1),
        )
        for i in range(len(spans))
    ]


def _system_words(sentence: Sentence) -> list[_Word]:
    tokens = sentence.tokens
    return [
        _Word(
            span=(t.char_start, t.char_end),
            pos=t.pos,
            tag=t.tag,
            lemma=t.lemma,
            relation=t.relation.partition(":")[0],
            head=(tokens[t.head].char_start, tokens[t.head].char_end) if t.head != t.index else (-1, -1),
        )
        for t in tokens
    ]


def _score_words(scores: Scores, system: Sequence[_Word], gold: Sequence[_Word]) -> None:
    by_span = {w.span: w for w in gold}
    pairs = [(w, by_span[w.span]) for w in system if w.span in by_span]
    judged = {
        "words": len(pairs),
        "upos": sum(s.pos == g.pos for s, g in pairs),
        "xpos": sum(s.tag == g.tag for s, g in pairs),
        "lemmas": sum(s.lemma.lower() == g.lemma.lower() for s, g in pairs),
        "uas": sum(s.head == g.head for s, g in pairs),
        "las": sum(s.head == g.head and s.relation == g.relation for s, g in pairs),
    }
    for measure, hits in judged.items():
        _add(scores.measures[measure], hits, system, gold)
    for word in system:
        scores.relations[word.relation].found += 1
    for word in gold:
        scores.relations[word.relation].there += 1
    for s, g in pairs:
        scores.relations[s.relation].hits += s.head == g.head and s.relation == g.relation


def _add(
    count: Count,
    hits: int,
    found: Sequence[object] | set[tuple[int, int]],
    there: Sequence[object] | set[tuple[int, int]],
) -> None:
    count.hits += hits
    count.found += len(found)
    count.there += len(there)


def read_named_sentences(path: Path, limit: int | None = None) -> list[tuple[str, set[tuple[int, int]]]]:
    """Read an IOB2 file (number, word, label in columns) as sentences and the character ranges of their names.

    Types are left out, and so are names of type MISC; words without a ``# text`` before them are joined by spaces.
    """
    sentences: list[tuple[str, set[tuple[int, int]]]] = []
    text, rows = "", list[tuple[str, str]]()
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        columns = line.split("\t")
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif len(columns) >= 3:
            rows.append((columns[1], columns[2]))
        elif not line.strip() and rows:
            text = text or " ".join(word for word, _ in rows)
            sentences.append((text, _name_ranges(text, rows)))
            text, rows = "", []
    return sentences[:limit]


def _name_ranges(text: str, rows: Sequence[tuple[str, str]]) -> set[tuple[int, int]]:
    names: list[tuple[int, int]] = []
    at, is_open = 0, False
    for word, label in rows:
        start = max(text.find(word, at), at)
        at = start + len(word)
        if label == "O" or label.endswith("MISC"):
            is_open = False
        elif label.startswith("I-") and is_open:
            names[-1] = (names[-1][0], at)
        else:
            names.append((start, at))
            is_open = True
    return set(names)


def score_names(sentences: Sequence[tuple[str, set[tuple[int, int]]]], read: Read) -> Count:
    """Score proposed names, untyped, with both ends right."""
    count = Count()
    texts = [(str(n), text) for n, (text, _) in enumerate(sentences)]
    for (_, there), found in zip(sentences, read(texts), strict=True):
        proposed = {(s.start, s.end) for sentence in found for s, _ in sentence.names}
        _add(count, len(there & proposed), proposed, there)
    return count


def measure_speed(texts: Sequence[str], read: Read) -> float:
    """Give the words a second of the whole station, in processor time, on one pass over ``texts``."""
    start = time.process_time()
    words = sum(len(s.tokens) for found in read((str(n), t) for n, t in enumerate(texts)) for s in found)
    return words / max(time.process_time() - start, 1e-9)


def load_treebank(folder: Path, name: str) -> list[TreebankSentence]:
    """Read ``name.conllu`` from ``folder`` whole."""
    return list(read_treebank(folder / f"{name}.conllu"))
