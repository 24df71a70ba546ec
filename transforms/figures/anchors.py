"""Anchors: where a quantity hangs in its sentence's tree, and the noun it counts.

The parser says most of it; where its tree is odd (a number hanging on nothing, a noun read as a verb) the noun is
looked for by word order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.spans import Span
from schemas.vocabulary import FigureKind
from transforms.figures.quantity import Quantity
from transforms.syntax.tree import Tree

_NOUNS = frozenset({"NOUN", "PROPN"})
_COUNTING = frozenset({"nummod", "compound", "amod", "det", "nmod:unmarked", "obl:unmarked", "dep"})
_SKIPPED = frozenset({"ADJ", "ADV", "DET"})
OTHERS = frozenset({"other", "others", "more", "another", "rest", "additional", "further"})
_COLLECTIVE = frozenset(
    {
        "people",
        "personnel",
        "police",
        "aircraft",
        "livestock",
        "cattle",
        "sheep",
        "fish",
        "staff",
        "crew",
        "troops",
        "military",
        "youth",
        "infantry",
        "dead",
        "ammunition",
        "gendarmerie",
        "spacecraft",
        "hovercraft",
        "rotorcraft",
        "men",
        "women",
        "children",
        "countrymen",
        "servicemen",
        "policemen",
        "fishermen",
        "offspring",
        "poor",
        "wounded",
    }
)
_MEASURING = frozenset({FigureKind.DURATION, FigureKind.MONEY, FigureKind.MEASURE, FigureKind.PERCENT})
_SHORTEST = 3
_REACH = 8  # words between a number and its noun, by word order


@dataclass(slots=True)
class Anchor:
    """A quantity in its tree: the token that stands for the number, and the noun counted, if any.

    ``following`` are the tokens of the sentence's next quantity, which belong to no phrase of this one.
    """

    quantity: Quantity
    tree: Tree
    number: int
    noun: int | None = None
    whole: int | None = None
    tokens: range = field(default_factory=lambda: range(0))
    following: range = field(default_factory=lambda: range(0))

    @property
    def spots(self) -> tuple[int, ...]:
        """The tokens an argument of a verb may be, if it is this figure."""
        return (self.number,) if self.noun is None else (self.noun, self.number)


def find_anchors(quantities: Sequence[Quantity], trees: Sequence[Tree]) -> list[Anchor]:
    """Hang each quantity into the tree of the sentence it stands in; those outside all sentences are left out."""
    anchors: list[Anchor] = []
    at = 0
    for quantity in quantities:
        while at < len(trees) and trees[at].sentence.char_end <= quantity.start:
            at += 1
        if at == len(trees):
            break
        tree = trees[at]
        if quantity.start < tree.sentence.char_start or not tree.tokens:
            continue
        span = Span(quantity.start, quantity.end)
        tokens = tree.tokens_in(span)
        number = tree.head_of(span)
        if number is None or not tokens:
            continue
        anchor = Anchor(quantity=quantity, tree=tree, number=number, tokens=tokens)
        _find_noun(anchor)
        if anchors and anchors[-1].tree is tree:
            anchors[-1].following = tokens
        anchors.append(anchor)
    return anchors


def _find_noun(anchor: Anchor) -> None:
    """Set the noun a number counts: «22 people», «dozens of people», «three of the five», «six others»."""
    if anchor.quantity.kind in _MEASURING:
        anchor.noun = _of_phrase(anchor)
        return
    anchor.noun = _of_phrase(anchor) or find_noun_behind(anchor) or _noun_above(anchor)


def _of_phrase(anchor: Anchor) -> int | None:
    """Find the noun of «of» right behind the number: «dozens of people», «three of the men», «20 percent of land»."""
    tree = anchor.tree
    after = skip_parenthesis(tree, anchor.tokens[-1] + 1)
    if after >= len(tree.tokens) or tree.tokens[after].text.lower() != "of":
        return None
    walked = walk_phrase(tree, after + 1, is_plural=True, may_lead=True)
    if walked is not None:
        return walked
    noun = tree.parent(after)
    is_noun = noun is not None and noun > after and tree.tokens[after].relation == "case"
    return noun if is_noun and noun is not None and tree.tokens[noun].pos != "NUM" else None


def skip_parenthesis(tree: Tree, at: int) -> int:
    """Step over «(53 miles)» that begins at ``at``, or over the mark that closes it."""
    if at < len(tree.tokens) and tree.tokens[at].text == ")":
        return at + 1
    if at < len(tree.tokens) and tree.tokens[at].text == "(":
        for end in range(at + 1, min(at + _REACH, len(tree.tokens))):
            if tree.tokens[end].text == ")":
                return end + 1
    return at


def find_noun_behind(anchor: Anchor) -> int | None:
    """Find by word order the noun behind a number: the word after a hyphen («nine-story»), else the phrase's head."""
    tree = anchor.tree
    after = anchor.tokens[-1] + 1
    if after + 1 < len(tree.tokens) and tree.tokens[after].text in "-‑–":
        following = tree.tokens[after + 1]
        if tree.tokens[after].char_start == anchor.quantity.end:
            if following.text in (",", "and", "or", "to"):
                return _hyphened_later(tree, after + 1)
            if following.char_start == tree.tokens[after].char_end:
                return after + 1 if following.text.isalpha() else None
    return walk_phrase(tree, after, is_plural=anchor.quantity.high > 1)


def _hyphened_later(tree: Tree, start: int) -> int | None:
    """Find the noun that «four-, five- and six-cylinder» says once."""
    for at in range(start, min(start + _REACH, len(tree.tokens) - 1)):
        if tree.tokens[at].text in "-‑" and tree.tokens[at + 1].pos in _NOUNS:
            return at + 1
    return None


def _noun_above(anchor: Anchor) -> int | None:
    """Ask the tree: the noun the number is a modifier of."""
    tree, number = anchor.tree, anchor.number
    head = tree.parent(number)
    if head is None or head in anchor.tokens or head < number or tree.tokens[number].relation not in _COUNTING:
        return None
    is_near = head - anchor.tokens[-1] <= _REACH
    return head if is_near and tree.tokens[head].tag in ("NNS", "NNPS") else None


def walk_phrase(tree: Tree, start: int, *, is_plural: bool, may_lead: bool = False) -> int | None:
    """Walk over a noun phrase to its head: with a number above one its first plural noun, else its last noun.

    A lone noun in the singular behind a plural number is taken for a verb («15,000 protest in Yerevan») unless it is
    a collective; of two («three vehicle collision») the first is counted.
    """
    nouns: list[int] = []
    for at in range(start, min(start + _REACH, len(tree.tokens))):
        token = tree.tokens[at]
        lower = token.text.lower()
        if lower in OTHERS and not nouns:
            if not _goes_on(tree, at + 1):
                return at if lower not in ("more", "additional", "further") else None
            continue
        if is_plural and (
            _is_plural(tree, at, is_first=not nouns or tree.tokens[at - 2].text == "-") or lower in _COLLECTIVE
        ):
            if _is_modifier(tree, at):
                nouns.append(at)
                continue
            return at
        if token.pos in _NOUNS:
            nouns.append(at)
        elif (token.pos in ("DET", "PRON") and token.tag != "POS" and not (may_lead and not nouns)) or not (
            _may_stand_inside(tree, at, has_noun=bool(nouns)) or (may_lead and at == start)
        ):
            break
    return _pick(tree, nouns, is_plural=is_plural)


def _is_plural(tree: Tree, at: int, *, is_first: bool) -> bool:
    """Tell whether a word is a plural; right behind a number «buses» is one even where it was read as a verb."""
    token = tree.tokens[at]
    if token.tag in ("NNS", "NNPS") or (token.text[:-1].isupper() and token.text.endswith("s") and len(token.text) > 2):
        return True
    looks_plural = token.text.islower() and token.text.endswith("s") and not token.text.endswith(("ss", "us", "is"))
    return is_first and looks_plural and token.tag in ("VBZ", "NN", "JJ") and len(token.text) > _SHORTEST


def _is_modifier(tree: Tree, at: int) -> bool:
    """Tell whether a plural stands before the head: «arms dealers», «Israel Defense Forces tanks», «People's Army»."""
    if at + 1 >= len(tree.tokens):
        return False
    following = tree.tokens[at + 1]
    if following.tag in ("NNS", "NNPS", "POS") or following.text in ("'", "’"):
        return True
    return tree.tokens[at].tag == "NNPS" and following.pos in _NOUNS


def _goes_on(tree: Tree, at: int) -> bool:
    return at < len(tree.tokens) and (tree.tokens[at].pos in _NOUNS or tree.tokens[at].pos == "ADJ")


def _may_stand_inside(tree: Tree, at: int, *, has_noun: bool) -> bool:
    """Tell whether a word may stand between a number and its noun."""
    token = tree.tokens[at]
    if token.text in "-–‑“\"‘'’":
        return True
    if token.pos == "NUM" and at > 0 and tree.tokens[at - 1].text in "-–":  # «COVID-19 cases»
        return True
    if token.pos == "NUM" and not has_noun and at > 0 and tree.tokens[at - 1].pos in ("NUM", "ADJ"):
        return _goes_on(tree, at + 1) or tree.tokens[min(at + 1, len(tree) - 1)].text == "-"  # «two 500-pound bombs»
    if (token.pos == "CCONJ" or token.text == ",") and not (has_noun or tree.tokens[at - 1].pos == "ADJ"):
        return False
    if token.pos == "CCONJ" or token.text == ",":
        # «Katyusha and Falaq rockets», «Tribal and creative organizations»: modifiers coordinated before a plural.
        ahead = tree.tokens[at + 1 : at + 4]
        return any(t.tag == "NNS" for t in ahead) and all(t.pos in ("ADJ", "NOUN", "PROPN", "VERB") for t in ahead[:1])
    if token.tag == "POS" or token.pos == "PRON":
        return token.tag == "POS"
    if token.tag in ("WRB", "WDT", "WP", "RP", "IN"):
        return False
    is_hyphened = at > 0 and tree.tokens[at - 1].text in "-–"
    return token.pos in _SKIPPED or (
        token.tag in ("VBN", "VBG", "VB") and (is_hyphened or (not has_noun and _goes_on(tree, at + 1)))
    )


def _pick(tree: Tree, nouns: list[int], *, is_plural: bool) -> int | None:
    if not nouns:
        return None
    last = nouns[-1]
    if not is_plural or tree.tokens[last].pos == "PROPN":
        return last
    before = [n for n in nouns if tree.tokens[n].pos == "NOUN"]
    if len(before) > 1:
        return before[0]
    following = tree.tokens[last + 1] if last + 1 < len(tree.tokens) else None
    is_verb = len(nouns) == 1 and (following is None or following.pos in ("ADP", "PUNCT", "DET", "SCONJ", "ADV"))
    return None if is_verb and tree.tokens[last].text.islower() else last
