"""A document laid out for the event station: what the other stations found, at hand by sentence and token."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from schemas.actors import Actor
from schemas.documents import Document
from schemas.figures import Figure
from schemas.places import Place
from schemas.spans import Span
from schemas.statements import Statement
from schemas.times import Time
from transforms.events.telling import Voice, find_headings, find_speakers, find_voice, is_digest
from transforms.syntax.tree import Tree

Found = TypeVar("Found", Actor, Place, Time, Figure)
Listed = TypeVar("Listed", Place, Time, Figure)
Key = tuple[int, int]
"""A token: its sentence's position among the trees and its own index there."""


class PlaceStanding(NamedTuple):
    """How a place stands in its sentence, as features: where, in what phrase, under what; and its part in a chain."""

    position: list[str]
    phrase: list[str]
    company: list[str]
    nested: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One document with everything found in it so far, indexed by token."""

    document: Document
    trees: Sequence[Tree]
    actors: dict[Key, Actor]
    places: dict[Key, Place]
    times: dict[Key, Time]
    figures: dict[Key, Figure]
    place_lists: dict[int, list[tuple[int, Place]]]
    time_lists: dict[int, list[tuple[int, Time]]]
    figure_lists: dict[int, list[tuple[int, Figure]]]
    statements: dict[int, list[tuple[Statement, Span]]]
    cues: dict[Key, Statement]
    headings: frozenset[int]
    nearest_heading: tuple[int, ...]
    is_digest: bool
    is_first_person: bool
    voice: Voice
    nouns: dict[int, frozenset[str]]
    named: dict[int, tuple[frozenset[str], frozenset[date]]]
    speakers: dict[int, str]
    standings: dict[tuple[str, str], PlaceStanding]

    def nouns_of(self, sentence: int) -> frozenset[str]:
        """Give the lemmas of a sentence's nouns, names and numerals, worked out at the first call."""
        if sentence not in self.nouns:
            tokens = self.trees[sentence].tokens
            self.nouns[sentence] = frozenset(t.lemma.lower() for t in tokens if t.pos in ("NOUN", "PROPN", "NUM"))
        return self.nouns[sentence]

    def named_in(self, sentence: int) -> tuple[frozenset[str], frozenset[date]]:
        """Give the names of the places and the first days of the dates of a sentence."""
        if sentence not in self.named:
            places = frozenset(place.name for _, place in self.place_lists.get(sentence, ()))
            dates = frozenset(t.start_date for _, t in self.time_lists.get(sentence, ()) if t.start_date is not None)
            self.named[sentence] = (places, dates)
        return self.named[sentence]

    def statement_at(self, sentence: int, char: int) -> Statement | None:
        """Give the innermost statement whose content covers a character."""
        best: tuple[int, Statement] | None = None
        for statement, span in self.statements.get(sentence, ()):
            if span.start <= char < span.end:
                size = span.end - span.start
                if best is None or size < best[0]:
                    best = (size, statement)
        return None if best is None else best[1]


def lay_out(
    document: Document,
    trees: Sequence[Tree],
    *,
    actors: Sequence[Actor] = (),
    places: Sequence[Place] = (),
    times: Sequence[Time] = (),
    statements: Sequence[Statement] = (),
    figures: Sequence[Figure] = (),
) -> Scene:
    """Index a document's finds by sentence and token; finds that point at no token are left out."""
    headings = find_headings(document.text, trees)
    contents, speakers = _contents(trees, statements), find_speakers(document.text, trees)
    return Scene(
        document=document,
        trees=trees,
        actors=_cover(trees, actors),
        places=_cover(trees, places),
        times=_cover(trees, times),
        figures=_cover(trees, figures),
        place_lists=_lists(_heads(trees, places), places),
        time_lists=_lists(_heads(trees, times), times),
        figure_lists=_lists(_heads(trees, figures), figures),
        statements=contents,
        cues=_cues(trees, statements),
        headings=headings,
        nearest_heading=_nearest(len(trees), headings),
        is_digest=is_digest(document.text, trees),
        nouns={},
        named={},
        standings={},
        speakers=speakers,
        voice=find_voice(trees, contents, speakers),
        is_first_person=any(t.text in ("We", "I") for tree in trees[:12] for t in tree.tokens),
    )


def _nearest(size: int, headings: frozenset[int]) -> tuple[int, ...]:
    nearest: list[int] = []
    for at in range(size):
        nearest.append(at if at in headings else nearest[-1] if at else -1)
    return tuple(nearest)


def _cover(trees: Sequence[Tree], found: Sequence[Found]) -> dict[Key, Found]:
    covered: dict[Key, Found] = {}
    for one in found:
        if 0 <= one.sentence_no < len(trees):
            for index in trees[one.sentence_no].tokens_in(one.span):
                covered.setdefault((one.sentence_no, index), one)
    return covered


def _heads(trees: Sequence[Tree], found: Sequence[Listed]) -> list[Key | None]:
    keys: list[Key | None] = []
    for one in found:
        head = trees[one.sentence_no].head_of(one.span) if 0 <= one.sentence_no < len(trees) else None
        keys.append(None if head is None else (one.sentence_no, head))
    return keys


def _lists(keys: Sequence[Key | None], found: Sequence[Listed]) -> dict[int, list[tuple[int, Listed]]]:
    lists: dict[int, list[tuple[int, Listed]]] = {}
    for key, one in zip(keys, found, strict=True):
        if key is not None:
            lists.setdefault(key[0], []).append((key[1], one))
    return lists


def _contents(trees: Sequence[Tree], statements: Sequence[Statement]) -> dict[int, list[tuple[Statement, Span]]]:
    """List by sentence the statements whose content touches it; a content may run over several sentences."""
    starts = [tree.sentence.char_start for tree in trees]
    lists: dict[int, list[tuple[Statement, Span]]] = {}
    for statement in statements:
        for span in statement.content_spans:
            at = max(bisect_right(starts, span.start) - 1, 0)
            while at < len(trees) and starts[at] < span.end:
                if trees[at].sentence.char_end > span.start:
                    lists.setdefault(at, []).append((statement, span))
                at += 1
    return lists


def _cues(trees: Sequence[Tree], statements: Sequence[Statement]) -> dict[Key, Statement]:
    cues: dict[Key, Statement] = {}
    for statement in statements:
        for span in statement.cue_spans:
            for at in range(max(statement.sentence_no - 1, 0), min(statement.sentence_no + 3, len(trees))):
                sentence = trees[at].sentence
                if sentence.char_start <= span.start < sentence.char_end:
                    for index in trees[at].tokens_in(span):
                        cues.setdefault((at, index), statement)
    return cues
