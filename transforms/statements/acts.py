"""What a speaker does by speaking, and how much of it is in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from schemas.spans import Span
from schemas.vocabulary import Act, Form
from transforms.reference import read_reference
from transforms.statements.quotations import Quotation
from transforms.syntax.tree import Tree

_WHOLE = 0.97
"""Share of the content's letters that must be quoted for it to count as wholly quoted."""


@cache
def _acts() -> dict[str, Act]:
    rows = read_reference("speech_acts", ("cue", "act"))
    return {row["cue"]: Act(row["act"]) for row in rows}


def name_cue(tree: Tree, head: int) -> str:
    """Give the lemma a cue goes by: its head's, with the preposition for «according to».

    >>> from transforms.syntax.notation import read_notation
    >>> name_cue(Tree(read_notation("According|accord|VERB|VBG|case|3 to|to|ADP|IN|fixed|1 him|he|PRON|PRP|root|0")), 0)
    'according to'
    """
    token = tree.tokens[head]
    following = tree.tokens[head + 1].text.lower() if head + 1 < len(tree.tokens) else ""
    if token.text.lower() == "according" and following == "to":
        return "according to"
    return token.lemma.lower()


def choose_act(tree: Tree, head: int, cue: Span | None) -> Act:
    """Give the act of a cue by its words: its head with another word of the cue, else its head, else another word.

    Reads ``seeds/reference/speech_acts.csv``; a cue not listed there says.
    """
    acts = _acts()
    lemma = tree.tokens[head].lemma.lower()
    others = [i for i in tree.tokens_in(cue) if i != head] if cue is not None else []
    lemmas = [tree.tokens[i].lemma.lower() for i in others]
    found = next((acts[f"{lemma} {other}"] for other in lemmas if f"{lemma} {other}" in acts), None)
    if found is None and lemma in acts:
        found = acts[lemma]
        # «issued a denial», «made a threat»: the noun says it, the verb is light.
        if found is Act.SAY or lemma in _LIGHT:
            told = (acts[tree.tokens[i].lemma.lower()] for i in others if tree.tokens[i].lemma.lower() in acts)
            found = next((act for act in told if act is not Act.SAY), found)
    if found is None:
        found = next((acts[other] for other in lemmas if other in acts), Act.SAY)
    return found


_LIGHT = frozenset(
    {"make", "issue", "release", "give", "send", "offer", "publish", "express", "raise", "reiterate", "repeat"}
)


def choose_form(text: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> Form:
    """Tell whether the content stands in quotation marks as a whole, in part or not at all.

    >>> from transforms.statements.quotations import pair_quotations
    >>> text = "He called it “a provocation”."
    >>> choose_form(text, [Span(10, 28)], pair_quotations(text)).value
    'mixed'
    """
    letters = quoted = 0
    for span in content:
        letters += sum(map(str.isalnum, text[span.start : span.end]))
        for quotation in quotations:
            if quotation.span.overlaps(span):
                low, high = max(span.start, quotation.span.start), min(span.end, quotation.span.end)
                quoted += sum(map(str.isalnum, text[low:high]))
    if not quoted:
        return Form.INDIRECT
    return Form.DIRECT if quoted >= _WHOLE * letters else Form.MIXED
