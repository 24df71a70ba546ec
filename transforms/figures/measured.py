"""What is measured: the noun of money, of a share, of a length, of a time.

«25,000 tons of grain», «500-pound bombs», «$2 billion in aid», «inflation rose to 9.4%», «a five-day strike».
"""

from __future__ import annotations

from schemas.vocabulary import FigureKind
from transforms.figures.anchors import Anchor, skip_parenthesis, walk_phrase
from transforms.figures.units import is_currency
from transforms.syntax.tree import Tree

_PASSED_ON = frozenset(
    {"package", "tranche", "instalment", "installment", "worth", "batch", "shipment", "sale", "round"}
)
_CHANGES = frozenset(
    {
        "increase",
        "decrease",
        "cut",
        "rise",
        "drop",
        "fall",
        "reduction",
        "decline",
        "hike",
        "jump",
        "share",
        "stake",
        "majority",
        "surge",
        "bump",
        "gain",
        "loss",
        "total",
        "number",
        "sum",
        "amount",
        "maximum",
        "minimum",
        "average",
    }
)
_DIRECTIONS = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "away",
        "from",
        "off",
        "outside",
        "inside",
        "behind",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north-east",
        "north-west",
        "south-east",
        "south-west",
        "long",
        "wide",
        "deep",
        "high",
        "tall",
        "above",
        "below",
        "under",
        "before",
        "after",
        "ahead",
        "offshore",
        "inland",
        "into",
        "along",
    }
)
_MOVING = frozenset(
    {
        "increase",
        "bring",
        "raise",
        "total",
        "reach",
        "cut",
        "rise",
        "reduce",
        "grow",
        "fall",
        "drop",
        "exceed",
        "boost",
        "double",
        "stand",
        "amount",
        "climb",
        "surpass",
        "lower",
        "hit",
        "slash",
        "be",
        "average",
    }
)
_NO_NOUNS = frozenset({"excess", "maximum", "minimum", "average", "margin", "total", "sum"})
_NO_PERIOD = frozenset({"period", "time", "prison", "jail", "age", "worth"})


def find_measured(anchor: Anchor) -> int | None:
    """Give the token of the noun a measure, a share, a sum or a duration is of; nothing if the text says none."""
    kind = anchor.quantity.kind
    if kind is FigureKind.DURATION:
        return _lasting(anchor)
    if anchor.quantity.unit == "magnitude":
        return _first_noun(anchor.tree, anchor.tokens[-1] + 1)
    behind = _behind(anchor)
    if behind is not None:
        return _past_change(anchor.tree, behind)
    after = anchor.tokens[-1] + 1
    following = anchor.tree.tokens[after].text.lower() if after < len(anchor.tree.tokens) else ""
    if kind is FigureKind.MEASURE and following in _DIRECTIONS:
        return None
    return _above(anchor)


def _behind(anchor: Anchor) -> int | None:
    """Find the noun behind: after «of», «in» (money) or «worth of», or the noun the figure stands before."""
    tree, kind = anchor.tree, anchor.quantity.kind
    after = skip_parenthesis(tree, anchor.tokens[-1] + 1)
    text = [t.text.lower() for t in tree.tokens[after : after + 2]]
    if text[:1] == ["of"] and kind is FigureKind.MONEY and is_currency(text[-1]):  # «millions of dollars in payments»
        after += 2
        text = [t.text.lower() for t in tree.tokens[after : after + 2]]
    if text == ["worth", "of"]:
        return _last_noun(tree, after + 2)
    if text[:1] == ["of"] or (text[:1] == ["in"] and kind is FigureKind.MONEY):
        noun = _last_noun(tree, after + 1)
        is_place = noun is not None and tree.tokens[noun].pos == "PROPN" and kind is FigureKind.MEASURE
        return None if is_place or (text[0] == "in" and noun is not None and tree.tokens[noun].pos == "PROPN") else noun
    if _is_attributive(anchor):
        return _last_noun(tree, after)
    return None


def _is_attributive(anchor: Anchor) -> bool:
    """Tell «a $12 million reward» and «500-pound bombs» from «$12 million», «500 pounds»."""
    tree = anchor.tree
    after = anchor.tokens[-1] + 1
    if after >= len(tree.tokens) or tree.tokens[after].pos not in ("NOUN", "PROPN", "ADJ"):
        return False
    last = tree.tokens[anchor.tokens[-1]]
    if anchor.quantity.kind is FigureKind.MEASURE:
        return last.tag in ("NN", "JJ", "CD") and anchor.quantity.high != 1
    first = anchor.tokens[0]
    has_determiner = first > 0 and tree.tokens[first - 1].pos in ("DET", "ADJ", "PRON")
    head = tree.parent(anchor.number)
    return has_determiner or (
        head is not None and head > anchor.tokens[-1] and tree.tokens[head].pos in ("NOUN", "PROPN")
    )


def _last_noun(tree: Tree, start: int) -> int | None:
    """Walk to the head of the noun phrase that begins at ``start``; a package is what it is a package of."""
    noun = walk_phrase(tree, start, is_plural=False, may_lead=True)
    if noun is None:
        return None
    if noun + 1 < len(tree.tokens) and tree.tokens[noun + 1].text.lower() in ("funding", "financing"):
        return noun + 1
    if tree.tokens[noun].lemma.lower() in _PASSED_ON and noun > start and tree.tokens[noun - 1].pos == "NOUN":
        return noun - 1
    return noun


def _first_noun(tree: Tree, start: int) -> int | None:
    return next((i for i in range(start, min(start + 4, len(tree.tokens))) if tree.tokens[i].pos == "NOUN"), None)


def _past_change(tree: Tree, noun: int) -> int:
    """Pass from «increase», «cut», «share» to what it is of: «an 83 per cent increase in the price»."""
    if tree.tokens[noun].lemma.lower() in _CHANGES:
        after = noun + 1
        if after < len(tree.tokens) and tree.tokens[after].text.lower() in ("in", "of", "to"):
            return walk_phrase(tree, after + 1, is_plural=False, may_lead=True) or noun
    return noun


def _above(anchor: Anchor) -> int | None:
    """Ask the tree: the noun the measure is said of, the object or subject of the verb it hangs on."""
    tree, number = anchor.tree, anchor.number
    head = tree.parent(number)
    if head is None:
        return None
    relation, token = tree.tokens[number].relation, tree.tokens[head]
    if token.lemma == "total" and 0 < head < number and tree.tokens[head - 1].text.islower():
        return head - 1
    if relation in ("nmod", "appos", "nmod:unmarked") and token.pos == "NOUN" and head < number:
        said_of = _past_change(tree, head)
        return None if tree.tokens[said_of].lemma.lower() in _NO_NOUNS else said_of
    if token.lemma in _MOVING or token.tag == "VBG":
        if token.relation in ("acl", "acl:relcl") and relation in ("obj", "obl", "xcomp"):
            noun = tree.parent(head)
            return noun if noun is not None and tree.tokens[noun].pos == "NOUN" else None
        wanted = ("obj", "nsubj", "nsubj:pass") if relation == "obl" else ("nsubj", "nsubj:pass")
        for child in tree.children(head, *wanted):
            if child != number and tree.tokens[child].pos == "NOUN":
                return child
    return None


def _lasting(anchor: Anchor) -> int | None:
    """Find what lasts: «a five-day strike», «forty years of conflict»; a term of prison is none."""
    tree = anchor.tree
    after = anchor.tokens[-1] + 1
    if after >= len(tree.tokens):
        return None
    if tree.tokens[after].text.lower() == "of":
        noun = walk_phrase(tree, after + 1, is_plural=False, may_lead=True)
        return (
            noun
            if noun is not None and tree.tokens[noun].pos == "NOUN" and tree.tokens[noun].lemma not in _NO_PERIOD
            else None
        )
    last = tree.tokens[anchor.tokens[-1]]
    is_singular = (
        last.text.lower() in (anchor.quantity.unit, f"{anchor.quantity.unit}-long") and anchor.quantity.low != 1
    )
    if not is_singular and "-" not in [t.text for t in tree.tokens[anchor.tokens[0] : after]]:
        return None
    noun = walk_phrase(tree, after, is_plural=False)
    return None if noun is None or tree.tokens[noun].lemma.lower() in _NO_PERIOD else noun
