"""Walks: from a trigger to the figure beside it, word by word."""

from __future__ import annotations

from transforms.figures.anchors import walk_phrase
from transforms.figures.nouns import is_people
from transforms.figures.triggers import is_trigger
from transforms.syntax.tree import Tree

_BACK, _AHEAD, _LIST = 12, 8, 20
_HEDGES = frozenset(
    {
        "report",
        "believe",
        "fear",
        "confirm",
        "presume",
        "declare",
        "say",
        "know",
        "remain",
        "list",
        "find",
        "pronounce",
        "suspect",
        "estimate",
        "feel",
        "go",
        "get",
        "be",
        "have",
        "also",
        "either",
        "leave",
    }
)
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON"})
LEADING = frozenset(
    {
        "at",
        "more",
        "than",
        "least",
        "most",
        "up",
        "to",
        "as",
        "many",
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "over",
        "an",
        "estimated",
        "another",
        "a",
        "total",
        "of",
        "the",
        "further",
        "additional",
        "between",
        "under",
        "fewer",
        "less",
        "approximately",
        "roughly",
        "all",
        "close",
        "its",
        "their",
        "his",
        "her",
        "both",
        "only",
        "just",
        "and",
        "or",
        "other",
        "possibly",
        "perhaps",
        "also",
        "out",
        "down",
        "off",
        "dead",
    }
)
_ASIDES = frozenset(
    {"including", "among", "all", "mostly", "both", "most", "mainly", "some", "many", "half", "one", "two"}
)


def walk_before(tree: Tree, index: int, owner: dict[int, int]) -> int | None:
    """Walk left from a trigger over auxiliaries, hedges and the counted noun phrase to a figure."""
    has_noun = False
    at = index
    for _ in range(_BACK):
        at -= 1
        if at < 0:
            return None
        if at in owner:
            return owner[at]
        token = tree.tokens[at]
        if token.text == "," and not has_noun:
            at = _skip_aside(tree, at)
        elif token.pos in _NOMINAL or token.pos == "ADP" or token.text in "-–":
            has_noun = True
        elif not _is_passable(tree, at, has_noun=has_noun):
            return None
    return None


def _is_passable(tree: Tree, at: int, *, has_noun: bool) -> bool:
    """Tell whether a word may stand between a counted noun and its trigger: «were reportedly killed and injured»."""
    token = tree.tokens[at]
    if token.pos in ("AUX", "ADV", "PART") or token.lemma in _HEDGES:
        return not (has_noun and token.pos == "AUX")
    if token.pos == "CCONJ":
        return has_noun or (at > 0 and is_trigger(tree, at - 1))
    return not has_noun and is_trigger(tree, at)


def _skip_aside(tree: Tree, comma: int) -> int:
    """Give the comma that opens the aside a comma closes («, including a baby,»), or 0."""
    for at in range(comma - 1, max(comma - _BACK - _AHEAD, 0), -1):
        if tree.tokens[at].text == ",":
            return at if tree.tokens[at + 1].text.lower() in _ASIDES else 0
    return 0


def walk_behind(tree: Tree, start: int, owner: dict[int, int], *, may_join: bool = True) -> int | None:
    """Walk right over comparators and determiners (and other verbs, «killed and injured 12») to a figure."""
    for at in range(start, min(start + _AHEAD, len(tree))):
        if at in owner:
            return owner[at]
        text = tree.tokens[at].text.lower()
        if text in ("and", "or") and not may_join:
            return None
        if text not in LEADING and text not in '-–“":' and not is_trigger(tree, at):
            return None
    return None


def is_bare(tree: Tree, index: int) -> bool:
    """Tell whether a past form has no object right behind it: «22 killed in …»."""
    if index + 1 >= len(tree):
        return True
    following = tree.tokens[index + 1]
    is_open = following.pos in ("ADP", "PUNCT", "CCONJ", "SCONJ", "ADV", "AUX") or following.text.lower() in (
        "more",
        "since",
    )
    is_counted = following.text.lower() in ("at", "about", "around", "up", "over", "nearly", "almost") and any(
        tree.tokens[i].pos == "NUM" for i in range(index + 2, min(index + 4, len(tree)))
    )
    return is_open and not is_counted


def is_passive(tree: Tree, index: int) -> bool:
    """Tell whether a form of be stands before the participle, adverbs between left out."""
    for at in range(index - 1, max(index - 4, -1), -1):
        token = tree.tokens[at]
        if token.lemma == "be" or token.text.lower() in ("been", "being", "were", "was", "are", "is", "got"):
            return True
        if token.pos not in ("ADV", "CCONJ") and token.tag not in ("VBN", "JJ"):
            return False
    return False


def is_misread(tree: Tree, index: int) -> bool:
    """Tell whether a verb was read as a noun or an adjective: nothing before it makes it one («Car bombs wound 80»)."""
    if tree.tokens[index].pos not in ("NOUN", "ADJ", "PROPN"):
        return False
    before = tree.tokens[index - 1].pos if index else "DET"
    return before not in ("DET", "ADJ", "NUM", "ADP") or (before == "ADP" and tree.tokens[index].text.endswith("ing"))


def is_perfect(tree: Tree, index: int) -> bool:
    """Tell «has killed 12» from «was killed 12 days ago»: there is a form of have and none of be."""
    auxiliaries = {tree.tokens[i].lemma for i in tree.children(tree.first_conjunct(index), "aux", "aux:pass")}
    auxiliaries |= {tree.tokens[i].lemma for i in tree.children(index, "aux", "aux:pass")}
    return "be" not in auxiliaries


def counts_people(tree: Tree, place: int, owner: dict[int, int]) -> bool:
    """Tell whether the figure is one of people: 14 tanks sent are given, 14 soldiers sent are not."""
    last = max(i for i, other in owner.items() if other == place)
    noun = walk_phrase(tree, last + 1, is_plural=True)
    return noun is None or is_people(tree, noun)


def walk_list(tree: Tree, start: int, owner: dict[int, int]) -> int | None:
    """Walk right over the items of a list to its first figure: «destroyed a bunker, a gun, seven buildings»."""
    for at in range(start, min(start + _LIST, len(tree))):
        if at in owner:
            return owner[at] if tree.tokens[at - 1].text in (",", "and") and at > start + 1 else None
        token = tree.tokens[at]
        if token.pos not in ("DET", "NOUN", "PROPN", "ADJ") and token.text not in (",", "and", "-"):
            return None
    return None


def counts_lives(tree: Tree, place: int, owner: dict[int, int]) -> bool:
    """Tell whether the figure is one of lives: «claimed 12 lives», «has taken thousands of lives»."""
    last = max(i for i, other in owner.items() if other == place)
    return any(t.text.lower() == "lives" for t in tree.tokens[last + 1 : last + 4])
