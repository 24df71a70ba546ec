"""Nouns: their singular, and whether they are people."""

from __future__ import annotations

from functools import cache

from transforms.figures.anchors import Anchor
from transforms.reference import read_reference
from transforms.syntax.tree import Tree

_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "lives": "life",
    "wives": "wife",
    "feet": "foot",
    "dead": "person",
    "personnel": "personnel",
    "wounded": "person",
    "injured": "person",
    "police": "police",
    "casualties": "casualty",
    "injuries": "injury",
    "crises": "crisis",
    "themselves": "person",
}
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_PHRASE_MAX = 6
_PERIODS = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "quarter", "season", "year"})
_RATES = frozenset({"a", "an", "per", "each", "every"})


@cache
def people_nouns() -> frozenset[str]:
    """Give the nouns for people."""
    return frozenset(row["noun"] for row in read_reference("people_nouns", ("noun",)))


def is_people(tree: Tree, noun: int) -> bool:
    """Tell whether a noun is one for people, by the reference table or as the plural of a name («Palestinians»)."""
    lemma = singular(tree, noun).lower()
    return (
        lemma in people_nouns()
        or any(lemma.endswith(end) for end in ("man", "woman", "ist", "ians", "ers"))
        or (tree.tokens[noun].tag == "NNPS")
    )


def singular(tree: Tree, noun: int) -> str:
    """Give the noun in the singular; names keep their capital."""
    token = tree.tokens[noun]
    lower = token.text.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.endswith("men") and len(lower) > 4:
        return lower[:-3] + "man"
    if token.text[:-1].isupper() and token.text.endswith("s"):
        return token.text[:-1]
    lemma = token.lemma or token.text
    if token.pos == "PROPN" or token.text[:1].isupper():
        if token.text.isupper() and len(token.text) > 3 and token.pos != "PROPN":
            return lemma.lower()
        return (
            _strip_plural(token.text)
            if token.tag == "NNPS" or (token.pos == "PROPN" and len(lower) > 4)
            else token.text
        )
    return _strip_plural(lemma) if lemma == token.text and token.tag == "NNS" else lemma


def _strip_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def phrase_of(tree: Tree, noun: int, anchor: Anchor) -> str:
    """Give the counted noun with what stands between the number and it, the head in the singular: «attack drone».

    Another quantity within («two 500-pound bombs») is left out, a period behind is taken in: «test per day».
    """
    start = anchor.tokens[-1] + 1
    inside = [tree.tokens[i] for i in range(start, noun) if i not in anchor.following] if _is_near(start, noun) else []
    words = [token.text for token in inside if token.pos in _INSIDE and token.tag not in ("VBG", "POS")]
    following = [token.text.lower() for token in tree.tokens[noun + 1 : noun + 3]]
    is_rate = following[:1] and following[0] in _RATES and following[-1] in _PERIODS and noun == anchor.noun
    return " ".join([*words, singular(tree, noun), *(["per", following[-1]] if is_rate else [])])


def _is_near(start: int, noun: int) -> bool:
    return noun - start <= _PHRASE_MAX
