"""Edges of sources and contents that grammar settles better than the words beside them.

What is named as a part or a means («including», «using») belongs to what is said; what gave occasion to a demand
(«following the attack») is told by the narrator; a name set off by commas right before the cue belongs to its source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from schemas.spans import Span
from schemas.vocabulary import Act
from transforms.statements.acts import choose_act
from transforms.statements.drafts import Draft, place_drafts
from transforms.statements.quotations import Quotation
from transforms.syntax.tree import Tree

_PARTS = frozenset({"including", "using", "involving"})
_OCCASIONS = frozenset({"following", "amid", "amidst"})
_ASKING = (Act.DEMAND, Act.WARN, Act.ASK)
_LONGEST_NAME = 5


def settle_edges(text: str, trees: Sequence[Tree], drafts: Sequence[Draft]) -> None:
    """Move the edges of ``drafts`` within their sentences; they are changed in place."""
    for draft, tree, head in place_drafts(trees, drafts):
        _take_name(text, tree, draft)
        if draft.content and tree.sentence.span.covers(draft.content[-1]):
            draft.content[-1] = _take_parts(tree, head, draft.content[-1])
            draft.content[-1] = _leave_occasion(tree, head, draft)


def _take_name(text: str, tree: Tree, draft: Draft) -> None:
    """Take «, Ada Holm,» between a source and its cue into the source."""
    if not draft.source or not draft.cue or draft.source[-1].end >= draft.cue[0].start:
        return
    start, end = draft.source[-1].end, draft.cue[0].start
    between = text[start:end].strip()
    inside = [tree.tokens[i] for i in tree.tokens_in(Span(start, end))]
    names = [token for token in inside if token.pos == "PROPN"]
    is_set_off = len(between) > 2 and between[0] == between[-1] == ","
    if is_set_off and 0 < len(names) <= _LONGEST_NAME and len(names) == len(inside) - 2:
        draft.source[-1] = Span(draft.source[-1].start, names[-1].char_end)


def _take_parts(tree: Tree, head: int, span: Span) -> Span:
    """Take what a content names after a comma as its parts or means."""
    inside = tree.tokens_in(span)
    at = inside[-1] + 2 if inside else len(tree.tokens)
    if at >= len(tree.tokens) or tree.tokens[at - 1].text != "," or tree.tokens[at].text.lower() not in _PARTS:
        return span
    top = next((i for i in (at, *tree.ancestors(at)) if tree.tokens[i].head in (head, *inside)), None)
    if top is None or tree.edges(top)[0] < at - 1:
        return span
    phrase = tree.hull(range(at, tree.edges(top)[1] + 1))
    return Span(span.start, phrase.end) if phrase is not None else span


def _leave_occasion(tree: Tree, head: int, draft: Draft) -> Span:
    """Leave out of a demand what it followed."""
    span = draft.content[-1]
    if choose_act(tree, head, draft.cue[0] if draft.cue else None) not in _ASKING:
        return span
    inside = tree.tokens_in(span)
    words = [tree.tokens[i].text.lower() for i in inside]
    at = next((k for k, word in enumerate(words) if word in _OCCASIONS and k >= 2), None)
    if at is None or "to" not in words[:at] or any(tree.tokens[i].text[:1] in "\"“”'" for i in inside[at:]):
        return span
    follows = tree.tokens[inside[at + 1]] if at + 1 < len(inside) else None
    is_occasion = follows is not None and follows.pos in ("DET", "NOUN", "ADJ", "PROPN", "NUM")
    kept = tree.hull(inside[:at]) if is_occasion else None
    return Span(span.start, kept.end) if kept is not None else span


def drop_loose(text: str, quotations: Sequence[Quotation], drafts: Sequence[Draft]) -> None:
    """Drop unquoted spans from words given in full before their cue: «“I see,” he said, and left».

    Of 2,926 such quotations in PolNeAR one in seventy has a span outside quotation marks.
    """
    closed = {q.span.start: q.span for q in quotations if q.is_closed}
    begins = [q.span.start for q in quotations]
    for draft in drafts:
        first = draft.content[0] if draft.content else None
        whole = closed.get(first.start) if first is not None else None
        if first is None or whole is None or draft.is_block or not draft.cue or first.start >= draft.cue[0].start:
            continue
        if abs(whole.end - first.end) <= 1 and text[whole.end - 2 : whole.end - 1] in ",?!":
            draft.content[1:] = [span for span in draft.content[1:] if _is_quoted(span, begins, quotations)]


def _is_quoted(span: Span, begins: Sequence[int], quotations: Sequence[Quotation]) -> bool:
    """Tell whether a span shares a character with a quotation: the last that begins before its end."""
    at = bisect_left(begins, span.end) - 1
    return at >= 0 and quotations[at].span.overlaps(span)
