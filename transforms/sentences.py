"""Sentences: a document's text cut by rule, then parsed, as records that know nothing of the parser.

Boundaries come from :mod:`transforms.syntax.boundaries` and are imposed on the parser, which sees one sentence at a
time.  A dateline is parsed apart; its tokens stay in the sentence, its head hanging on the root as ``dep``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from schemas.sentences import Sentence, Token
from transforms.syntax.boundaries import find_boundaries, find_paragraphs
from transforms.syntax.datelines import find_dateline
from transforms.syntax.forms import model_words
from transforms.syntax.lemmas import Lemmatizer
from transforms.syntax.names import find_names
from transforms.syntax.parse import Parse, Parser
from transforms.syntax.parser import MODEL_FOLDER, load_lemmatizer, load_parser
from transforms.syntax.reporting import raise_reporting_clause
from transforms.syntax.tokens import find_words

MAX_WORDS = 120
"""The parser reads at most so many words at once; a longer sentence is read in pieces and put together."""

_BATCH = 32  # documents whose sentences are parsed together
_SAFE = (frozenset(";"), frozenset({":", "—", "–", "--"}), frozenset(","))


@dataclass(frozen=True, slots=True)
class _Cut:
    """A sentence cut into words, and the words into the pieces the parser reads, the main one apart."""

    sentence: Sentence
    text: str
    words: list[tuple[int, int]]
    pieces: list[tuple[int, int]]
    main: int


def split_sentences(document_id: str, text: str) -> tuple[Sentence, ...]:
    """Cut a text into sentences, without tokens.

    Sentences do not overlap, stand in text order, begin and end with a character that is no space, and leave out
    nothing but space.  A sentence never runs over a paragraph.  Runs in time linear in the text.

    >>> [s.span.quote("Two died. Mr. Lee left.") for s in split_sentences("d", "Two died. Mr. Lee left.")]
    ['Two died.', 'Mr. Lee left.']
    """
    found: list[Sentence] = []
    for paragraph_no, (first, last) in enumerate(find_paragraphs(text)):
        for start, end in find_boundaries(text, first, last):
            found.append(
                Sentence(
                    document_id=document_id,
                    sentence_no=len(found),
                    paragraph_no=paragraph_no,
                    char_start=start,
                    char_end=end,
                )
            )
    return tuple(found)


def read_sentences(
    documents: Iterable[tuple[str, str]], *, model: Path = MODEL_FOLDER
) -> Iterator[tuple[Sentence, ...]]:
    """Cut and parse documents given as (document_id, text); give each one's sentences, in the order given.

    The ``model``, a folder of weights, is loaded once a process, at the first call.  Sentences of many documents
    are parsed together.
    """
    parser, lemmatizer = load_parser(model), load_lemmatizer(model)
    waiting = iter(documents)
    while batch := list(islice(waiting, _BATCH)):
        cut = [[_cut_sentence(s, text) for s in split_sentences(name, text)] for name, text in batch]
        parsed = _parse_all([c for document in cut for c in document], parser, lemmatizer)
        for document in cut:
            yield tuple(islice(parsed, len(document)))


def _cut_sentence(sentence: Sentence, text: str) -> _Cut:
    words = find_words(text, sentence.char_start, sentence.char_end)
    opens = find_dateline(text, sentence.char_start, sentence.char_end)
    main = sum(start < opens for start, _ in words)
    main = main if main < len(words) else 0
    pieces = [(0, main)] if main else []
    pieces += _cut_pieces(text, words, main)
    return _Cut(sentence, text, words, pieces, 1 if main else 0)


def _cut_pieces(text: str, words: list[tuple[int, int]], first: int) -> list[tuple[int, int]]:
    """Part the words from ``first`` on into stretches the parser can read, at safe places."""
    pieces: list[tuple[int, int]] = []
    while len(words) - first > MAX_WORDS:
        window = range(first + MAX_WORDS - 1, first + MAX_WORDS // 2, -1)
        marks = [text[slice(*words[i])] for i in window]
        at = next((window[n] for safe in _SAFE for n, mark in enumerate(marks) if mark in safe), window[0])
        pieces.append((first, at + 1))
        first = at + 1
    pieces.append((first, len(words)))
    return pieces


def _parse_all(cuts: Sequence[_Cut], parser: Parser, lemmatizer: Lemmatizer) -> Iterator[Sentence]:
    """Parse sentences together and give them in their order, one by one."""
    spelt = (model_words([c.text[a:b] for a, b in c.words], lemmatizer.commons) for c in cuts)
    pieces = [words[a:b] for c, words in zip(cuts, spelt, strict=True) for a, b in c.pieces if a < b]
    read = zip(pieces, parser.parse(pieces), strict=True)
    parses = (raise_reporting_clause(words, parse) for words, parse in read)
    for cut in cuts:
        yield _make_sentence(cut, [next(parses) for a, b in cut.pieces if a < b], lemmatizer)


def _make_sentence(cut: _Cut, parses: Sequence[Parse], lemmatizer: Lemmatizer) -> Sentence:
    if not cut.words:
        return cut.sentence
    parse = _join(parses, cut.main)
    tokens = tuple(
        Token(
            index=index,
            text=(word := cut.text[start:end]),
            char_start=start,
            char_end=end,
            lemma=lemmatizer.lemma(word, pos, tag),
            pos=pos,
            tag=tag,
            relation=relation,
            head=head,
        )
        for index, ((start, end), pos, tag, relation, head) in enumerate(
            zip(cut.words, parse.pos, parse.tags, parse.relations, parse.heads, strict=True)
        )
    )
    return replace(cut.sentence, tokens=tokens, names=find_names(tokens))


def _join(parses: Sequence[Parse], main: int) -> Parse:
    """Put the pieces of a sentence together under one root, that of the main piece.

    Roots of later pieces hang on it as ``parataxis``, the dateline as ``dep``, marks as ``punct``.
    """
    offsets, size = [], 0
    for parse in parses:
        offsets.append(size)
        size += len(parse.pos)
    roots = [[i for i, h in enumerate(p.heads) if h == i] for p in parses]
    spoken = [i for i in roots[main] if parses[main].pos[i] != "PUNCT"] or roots[main]
    top = offsets[main] + spoken[0]
    joined = Parse([], [], [], [])
    for number, (parse, offset) in enumerate(zip(parses, offsets, strict=True)):
        heads, relations = [h + offset for h in parse.heads], list(parse.relations)
        for root in roots[number]:
            heads[root] = top
            relations[root] = "punct" if parse.pos[root] == "PUNCT" else "dep" if number < main else "parataxis"
        joined.pos.extend(parse.pos)
        joined.tags.extend(parse.tags)
        joined.relations.extend(relations)
        joined.heads.extend(heads)
    joined.relations[top] = "root"
    return joined
