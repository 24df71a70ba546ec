"""What a speaker does by speaking, and how much of it is in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from schemas.spans import Span
from schemas.vocabulary import Act, Form
from transforms.reference import read_reference
from transforms.statements.contents import Talk, judges, read_act
from transforms.statements.quotations import Quotation
from transforms.syntax.tree import Tree

_WHOLE = 0.97
"""Share of the content's letters that must be quoted for it to count as wholly quoted."""


@cache
def _acts() -> dict[str, Act]:
    rows = read_reference("speech_acts", ("cue", "act"))
    return {row["cue"]: Act(row["act"]) for row in rows}


def is_listed(lemma: str) -> bool:
    """Tell whether a lemma names an act of speech by itself.

    >>> is_listed("claim"), is_listed("bridge")
    (True, False)
    """
    return lemma in _acts()


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
    """Give the act of a cue by its words: its head with the word after it, its head, or a more telling word beside it.

    Reads ``seeds/reference/speech_acts.csv``; a cue not listed there says.  «Continue to call on» demands, «issued a
    denial» denies: where the head only says, another word of the cue may say more.
    """
    acts = _acts()
    inside = [i for i in tree.tokens_in(cue) if tree.tokens[i].pos != "PUNCT"] if cue is not None else [head]
    lemmas = [_listed_lemma(tree, i, acts) for i in inside]
    place = inside.index(head) if head in inside else 0
    pairs = [f"{one} {other}" for one, other in pairwise(lemmas)]
    spaced = [f"{lemmas[place]} {other}" for other in lemmas[place + 1 :]] if lemmas else []
    own = [*spaced, *(lemmas[place : place + 1])]
    found = next((acts[phrase] for phrase in own if phrase in acts), None)
    if found in (None, Act.SAY):
        others = (acts[phrase] for phrase in (*pairs, *lemmas) if phrase in acts)
        found = next((act for act in others if act is not Act.SAY), found)
    return found or Act.SAY


def _listed_lemma(tree: Tree, index: int, acts: dict[str, Act]) -> str:
    """Give a word's lemma; where the lemmatizer left an ending on, the listed word it ends."""
    lemma = tree.tokens[index].lemma.lower()
    if lemma in acts:
        return lemma
    stems = (lemma[: -len(end)] + add for end in ("ing", "ed", "es", "s") for add in ("", "e") if lemma.endswith(end))
    return next((stem for stem in stems if stem in acts), lemma)


def refine_act(act: Act, cue: str, tree: Tree, content: Sequence[Span], talk: Talk) -> Act:
    """Where the cue only says, let the content tell: what must be is demanded, what will be is announced.

    A noun said («reiterated its commitment») tells by itself, a clause as :func:`read_act` reads it.  The table may
    tell a cue apart by what follows it («confirm +noun», «tell +infinitive», «plead not») and by words that condemn
    («call +judgement»).  ``tree`` is the sentence the content begins in.
    """
    top = tree.head_of(content[0])
    if top is None:
        return act
    is_noun = tree.tokens[top].pos in ("NOUN", "PROPN") and tree.child(top, "cop", "nsubj", "nsubj:pass") is None
    act = next((_acts()[name] for name in _framed(cue, tree, content[0], is_noun=is_noun) if name in _acts()), act)
    if act is Act.SAY and f"{cue} +judgement" in _acts() and judges(tree, content[0]):
        act = _acts()[f"{cue} +judgement"]
    if act is not Act.SAY:
        return act
    if is_noun:
        return _spoken_nouns().get(tree.tokens[top].lemma.lower(), act)
    return read_act(tree, content[0], top, _acts(), talk) or act


def _framed(cue: str, tree: Tree, content: Span, *, is_noun: bool) -> tuple[str, ...]:
    """Name a cue with what follows it, as the table may list it, the closest first."""
    first = tree.token_at(content.start)
    word = tree.tokens[first].text.lower() if first is not None else ""
    if is_noun:
        return (f"{cue} {word}", f"{cue} +noun")
    return (f"{cue} {word}", *((f"{cue} +infinitive",) if word == "to" else ()), f"{cue} +clause")


@cache
def _spoken_nouns() -> dict[str, Act]:
    """What is done by saying a noun: stressing a need demands."""
    return {row["noun"]: Act(row["act"]) for row in read_reference("spoken_nouns", ("noun", "act"))}


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
