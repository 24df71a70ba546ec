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
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "CCONJ", "NUM"})
_LONGEST_SOURCE = 7
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
            else:
                _part_source(tree, draft)


def _part_source(tree: Tree, draft: Draft) -> None:
    """Part from a content the names between its last comma and the cue: «Shells hit the port, medics said»."""
    if not draft.cue or not draft.content or not tree.sentence.span.covers(draft.content[-1]):
        return
    inside = tree.tokens_in(draft.content[-1])
    cue = tree.tokens_in(draft.cue[0])
    if not inside or not cue or inside[-1] + 1 != cue[0]:
        return
    comma = next((i for i in reversed(inside) if tree.tokens[i].text == ","), None)
    named = range(comma + 1, inside[-1] + 1) if comma is not None else range(0)
    pos = [tree.tokens[i].pos for i in named]
    if 0 < len(pos) <= _LONGEST_SOURCE and set(pos) <= _NOMINAL and pos[-1] in ("NOUN", "PROPN") and comma != inside[0]:
        draft.source.append(Span(tree.tokens[named[0]].char_start, tree.tokens[named[-1]].char_end))
        draft.content[-1] = Span(draft.content[-1].start, tree.tokens[named[0] - 2].char_end)


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
