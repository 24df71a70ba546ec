"""How a document is told: its headings, whether it is a digest, who speaks in it and in whose voice."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise

from schemas.spans import Span
from schemas.statements import Statement
from schemas.vocabulary import Form
from transforms.reference import read_reference
from transforms.syntax.tree import Tree

_STOPS = (".", "!", "?", "”", '"', ")", "’", "'", "]", ":", ";", ",")


class Voice(StrEnum):
    """Who tells the document: its author in the first person, often or once, only those it quotes, or nobody."""

    OWN = "own"
    ONCE = "once"
    QUOTED = "quoted"
    NONE = "none"


_OURSELVES = frozenset({"We", "we", "I", "Our", "our", "My", "my"})
_QUOTING = frozenset({Form.DIRECT, Form.MIXED})
_OPENING = 40  # sentences listened to


def find_headings(text: str, trees: Sequence[Tree]) -> frozenset[int]:
    """Find sentences that are a paragraph of their own without a full stop: headings, story names, bylines."""
    found: set[int] = set()
    for at, tree in enumerate(trees):
        sentence = tree.sentence
        alone = (at == 0 or trees[at - 1].sentence.paragraph_no != sentence.paragraph_no) and (
            at + 1 == len(trees) or trees[at + 1].sentence.paragraph_no != sentence.paragraph_no
        )
        if alone and not text[sentence.char_start : sentence.char_end].endswith(_STOPS):
            found.add(at)
    return frozenset(found)


def find_speakers(text: str, trees: Sequence[Tree]) -> dict[int, str]:
    """Give for the sentences after a paragraph «The minister said:» who speaks them, to the end of the text.

    Such words bear no quotation marks and run over paragraphs, so that no statement covers them.
    """
    found: dict[int, str] = {}
    speaker = ""
    for at, tree in enumerate(trees):
        if speaker:
            found[at] = speaker
        if text[tree.sentence.char_start : tree.sentence.char_end].endswith(":"):
            speaker = _introduced(text, tree) or speaker
    return found


def find_voice(
    trees: Sequence[Tree], contents: dict[int, list[tuple[Statement, Span]]], speakers: dict[int, str]
) -> Voice:
    """Tell whether a document's author speaks in the first person, outside all quotations."""
    own = quoted = 0
    for at, tree in enumerate(trees[:_OPENING]):
        quotations = [span for statement, span in contents.get(at, ()) if statement.form in _QUOTING]
        for token in tree.tokens:
            if token.text in _OURSELVES:
                is_quoted = at in speakers or any(span.start <= token.char_start < span.end for span in quotations)
                own, quoted = own + (not is_quoted), quoted + is_quoted
    if own:
        return Voice.OWN if own > 1 else Voice.ONCE
    return Voice.QUOTED if quoted else Voice.NONE


def _introduced(text: str, tree: Tree) -> str:
    """Give the subject of the verb of saying that ends a sentence before its colon, or nothing."""
    verb = len(tree.tokens) - 2
    if verb < 0 or tree.tokens[verb].pos != "VERB" or tree.tokens[verb].lemma not in _sayings():
        return ""
    subject = tree.child(verb, "nsubj")
    if subject is None and verb and tree.tokens[verb - 1].pos == "PROPN":
        subject = tree.parent(verb - 1) if tree.tokens[verb - 1].relation == "flat" else verb - 1
    span = None if subject is None else tree.hull(list(tree.noun_phrase(subject)))
    return span.quote(text) if span is not None else ""


@cache
def _sayings() -> frozenset[str]:
    return frozenset(row["cue"] for row in read_reference("speech_acts", ("cue", "act")) if row["act"] == "say")


def is_digest(text: str, trees: Sequence[Tree]) -> bool:
    """Tell a digest of many short items, each with its outlets in brackets, from a report.

    A third of the paragraphs or more must end with brackets.
    """
    last = [a.sentence for a, b in pairwise(trees) if a.sentence.paragraph_no != b.sentence.paragraph_no]
    last += [trees[-1].sentence] if trees else []
    closed = sum(text[: s.char_end].endswith(")") for s in last)
    return len(last) >= 3 and closed * 3 >= len(last)
