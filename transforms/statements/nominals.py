"""Statements told by a noun: «claims by the mayor that …», «a warning from the union that …».

Parsers often lose the clause behind such a noun, so it is read off the words.  In PolNeAR's training texts seven of
nine such phrases outside other statements are attributions; inside another's words they are statements in a statement.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.spans import Span
from transforms.statements.acts import is_listed
from transforms.statements.drafts import Draft
from transforms.syntax.tree import Tree

_MARKS = frozenset({"by", "from"})
_NOMINAL = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PRON", "NUM", "PART"})
_LONGEST = 6
"""Words a source between noun and clause may have."""


def add_nominals(trees: Sequence[Tree], drafts: Sequence[Draft]) -> list[Draft]:
    """Give ``drafts`` with the statements told by nouns put in their places, in text order."""
    taken = {draft.head for draft in drafts}
    found, offset = list(drafts), 0
    for number, tree in enumerate(trees):
        for head in range(len(tree.tokens) - 4):
            draft = _read_nominal(tree, head, offset, number) if tree.tokens[head].pos == "NOUN" else None
            if draft is not None and draft.head not in taken:
                found.append(draft)
        offset += len(tree.tokens)
    return sorted(found, key=lambda draft: draft.head)


def _read_nominal(tree: Tree, head: int, offset: int, number: int) -> Draft | None:
    tokens = tree.tokens
    if tokens[head + 1].text.lower() not in _MARKS or not is_listed(tokens[head].lemma.lower()):
        return None
    at = head + 2
    while at < len(tokens) and at - head - 2 < _LONGEST and tokens[at].text != "that" and tokens[at].pos in _NOMINAL:
        at += 1
    last = len(tokens) - 1
    while last > at and tokens[last].pos == "PUNCT":
        last -= 1
    is_clause = at + 1 < last and tokens[at].text == "that" and tokens[at + 1].pos not in ("AUX", "VERB", "PUNCT")
    if at == head + 2 or not is_clause or not any(t.pos in ("AUX", "VERB") for t in tokens[at + 1 : last + 1]):
        return None
    draft = Draft(offset + head, number, 1.0)
    draft.source = [Span(tokens[head + 2].char_start, tokens[at - 1].char_end)]
    draft.cue = [Span(tokens[head].char_start, tokens[head + 1].char_end)]
    draft.content = [Span(tokens[at].char_start, tokens[last].char_end)]
    return draft
