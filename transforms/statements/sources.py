"""Sources the model left out, supplied by the grammar: shared subjects, the subject a participle stands for."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.spans import Span
from transforms.statements.drafts import Draft, place_drafts
from transforms.syntax.clauses import find_agents
from transforms.syntax.tree import Tree

_PUT = frozenset({"ask", "tell", "question", "press", "query"})
"""Verbs whose bare participle is what was put to the subject."""
_TIMES = frozenset({"when", "if", "once", "while"})
_EMPTY = frozenset({"it", "there", "this", "that", "what", "which"})


def supply_sources(trees: Sequence[Tree], drafts: Sequence[Draft]) -> None:
    """Give every draft without a source the agent of its cue, if the sentence has one; drafts are changed in place.

    A source another cue of the sentence already has is taken over whole.
    """
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    for draft, tree, head in place_drafts(trees, drafts):
        if _is_asked(tree, head):
            draft.source.clear()
        elif not draft.source:
            source = _find_agent(tree, head, draft, by_sentence[draft.sentence])
            if source is not None:
                draft.source.append(source)


def _is_asked(tree: Tree, head: int) -> bool:
    """Tell whether a cue says what others ask of the subject: «Asked about the loan, he left», «when told so»."""
    token = tree.tokens[head]
    is_bare = tree.child(head, "nsubj", "nsubj:pass", "aux", "aux:pass", "obl:agent") is None
    leads = head == 0 or tree.tokens[head - 1].text.lower() in _TIMES
    return is_bare and leads and token.tag in ("VBN", "VBD") and token.lemma.lower() in _PUT


def _find_agent(tree: Tree, head: int, draft: Draft, near: Sequence[Draft]) -> Span | None:
    if tree.tokens[head].pos not in ("VERB", "AUX"):
        return None
    agents = find_agents(tree, head)
    if not agents or tree.tokens[agents[0]].text.lower() in _EMPTY:
        return None
    span = tree.tokens[agents[0]].span
    known = next((s for d in near for s in d.source if s.covers(span)), None)
    source = known or tree.noun_phrase_span(agents[0])
    taken = (*draft.content, *draft.cue)
    return None if any(source.overlaps(other) for other in taken) else source
