"""Cues that are speech only with words: «called a taxi», «shows paintings» say nothing, «called it a crime» does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from transforms.reference import read_reference
from transforms.statements.deeds import is_deed
from transforms.statements.drafts import Draft, place_drafts
from transforms.statements.speakers import is_document
from transforms.syntax.datelines import find_dateline
from transforms.syntax.tree import Tree

_UNREALISED = frozenset({"must", "should", "may", "might"})
_FIRST = frozenset({"i", "we"})
_WORDED = frozenset('"“”‘«')


@cache
def _wordless() -> frozenset[str]:
    return frozenset(row["cue"] for row in read_reference("wordless_cues", ("cue",)))


def keep_worded(text: str, trees: Sequence[Tree], drafts: Sequence[Draft]) -> list[Draft]:
    """Drop drafts whose cue also does what is no speech, and whose content is a bare thing; and what is asked of «you».

    Content is worded if it holds a verb or a quotation mark, or the cue a preposition or predicate («called him a
    liar»); what a document shows is always told.
    """
    kept = [draft for draft, tree, head in place_drafts(trees, drafts) if _is_told(text, tree, head, draft)]
    kept = _drop_doubles(kept)
    sourced: dict[int, list[Draft]] = {}
    for draft in kept:
        if draft.source and draft.cue and draft.content:
            sourced.setdefault(draft.sentence, []).append(draft)
    return [d for d in kept if d.source or not _holds_any(d, sourced.get(d.sentence, ()))]


def _is_told(text: str, tree: Tree, head: int, draft: Draft) -> bool:
    """Tell whether a draft passes every test of saying something."""
    says_nothing = (
        _is_put_to_you(text, tree, head, draft)
        or _is_dateline(text, tree, draft)
        or _is_unrealised(tree, head, draft)
        or is_deed(tree, head, draft.source)
    )
    return _is_worded(text, tree, head, draft) and not says_nothing


def _is_unrealised(tree: Tree, head: int, draft: Draft) -> bool:
    """Tell whether somebody else is only to say something: «he must declare that», not «I must say»."""
    modals = {tree.tokens[i].text.lower() for i in tree.children(head, "aux")}
    first = {tree.tokens[i].text.lower() for span in draft.source for i in tree.tokens_in(span)}
    return bool(modals & _UNREALISED) and not first & _FIRST


def _is_dateline(text: str, tree: Tree, draft: Draft) -> bool:
    """Tell whether a colon closes the place a report is written from: «Oslo, Norway: The talks go on»."""
    start, end = tree.sentence.span
    at = draft.cue[0].start if draft.cue else start
    return text[at : at + 1] == ":" and "," in text[start:at] and find_dateline(text, start, end) > at


def _is_put_to_you(text: str, tree: Tree, head: int, draft: Draft) -> bool:
    """Tell whether somebody is asked to say something: «Can you confirm …?», «if you could repeat that»."""
    if not draft.source or draft.source[0].quote(text).lower() != "you":
        return False
    asks = tree.child(head, "mark", "aux") is not None and tree.tokens[head].tag == "VB"
    return asks or tree.tokens[-1].text == "?"


def _drop_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop the less likely of two neighbours whose cues share words: «dismissed» and «dismissed reports of»."""
    kept: list[Draft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        if before is None or not any(one.overlaps(other) for one in before.cue for other in draft.cue):
            kept.append(draft)
        elif draft.probability > before.probability:
            kept[-1] = draft
    return kept


def _holds_any(draft: Draft, others: Sequence[Draft]) -> bool:
    """Tell whether words without a speaker are another's words with one: «countering claims by the mayor that …»."""
    return any(span.covers(other.cue[0]) for other in others for span in draft.content)


def _is_worded(text: str, tree: Tree, head: int, draft: Draft) -> bool:
    if tree.tokens[head].lemma.lower() not in _wordless() or tree.child(head, "ccomp", "xcomp") is not None:
        return True
    added = [tree.tokens[i] for span in draft.cue for i in tree.tokens_in(span) if i != head]
    has_more = any(t.pos not in ("AUX", "ADV", "PART", "PUNCT") for t in added)
    if has_more or any(is_document(tree, span) for span in draft.source):
        return True
    inside = [tree.tokens[i] for span in draft.content for i in tree.tokens_in(span)]
    return any(t.pos in ("VERB", "AUX") or t.text[:1] in _WORDED or t.text == "as" for t in inside)
