"""Cues that are speech only with words: «called a taxi», «shows paintings» say nothing, «called it a crime» does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from transforms.reference import read_reference
from transforms.statements.drafts import Draft
from transforms.statements.speakers import is_document
from transforms.syntax.tree import Tree

_WORDED = frozenset('"“”‘«')


@cache
def _wordless() -> frozenset[str]:
    return frozenset(row["cue"] for row in read_reference("wordless_cues", ("cue",)))


def keep_worded(text: str, trees: Sequence[Tree], drafts: Sequence[Draft]) -> list[Draft]:
    """Drop drafts whose cue also does what is no speech, and whose content is a bare thing.

    Content is worded if it holds a verb or a quotation mark, or the cue a preposition or predicate («called him a
    liar»); what a document shows is always told.
    """
    kept, offset, at = [], 0, 0
    for draft in drafts:
        while at < draft.sentence:
            offset += len(trees[at].tokens)
            at += 1
        if _is_worded(text, trees[at], draft.head - offset, draft):
            kept.append(draft)
    return kept


def _is_worded(text: str, tree: Tree, head: int, draft: Draft) -> bool:
    if tree.tokens[head].lemma.lower() not in _wordless() or tree.child(head, "ccomp", "xcomp") is not None:
        return True
    if any(" " in span.quote(text) for span in draft.cue) or any(is_document(tree, span) for span in draft.source):
        return True
    inside = [tree.tokens[i] for span in draft.content for i in tree.tokens_in(span)]
    return any(t.pos in ("VERB", "AUX") or t.text[:1] in _WORDED for t in inside)
