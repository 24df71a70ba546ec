"""Things: what a figure counts or is about, as a head noun in the singular and as a phrase."""

from __future__ import annotations

from functools import cache

from schemas.vocabulary import FigureKind
from transforms.figures.anchors import OTHERS, Anchor
from transforms.reference import read_reference
from transforms.syntax.tree import Tree

_PERSON = "person"
_PEOPLE = frozenset({"people", "persons", "peoples", "man and woman"})
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
_PHRASE_RELATIONS = frozenset({"amod", "compound", "nmod:unmarked", "flat", "nummod"})
_SENTENCED = frozenset(
    {"prison", "jail", "imprisonment", "labour", "labor", "custody", "detention", "probation", "age"}
)
_EMPTY_HEADS = frozenset(
    {"total", "number", "sum", "average", "maximum", "minimum", "rest", "majority", "kind", "type"}
)
_PURPOSE = ("in", "of", "for", "worth of")
_PASSED_ON = frozenset(
    {"package", "tranche", "instalment", "installment", "worth", "batch", "shipment", "sale", "round"}
)


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
    """Give the counted noun with its adjectives and compounds, the head in the singular: «attack drone»."""
    words = [
        tree.tokens[child].text
        for child in tree.children(noun, *_PHRASE_RELATIONS)
        if child < noun
        and child > anchor.tokens[-1]
        and child not in anchor.tokens
        and tree.tokens[child].lemma not in OTHERS
    ]
    return " ".join([*words, singular(tree, noun)])


def name_things(anchors: list[Anchor]) -> list[tuple[str | None, str | None]]:
    """Give thing and phrase of each figure of one sentence, in order; ellipses take over an earlier noun."""
    named: list[tuple[str | None, str | None]] = []
    for place, anchor in enumerate(anchors):
        named.append(_name(anchor, anchors[:place], named))
    return named


def _name(
    anchor: Anchor, before: list[Anchor], named: list[tuple[str | None, str | None]]
) -> tuple[str | None, str | None]:
    kind = anchor.quantity.kind
    if kind is FigureKind.DURATION:
        return _own(anchor, _measured_noun(anchor))
    if kind is FigureKind.MONEY:
        return _own(anchor, _purpose(anchor))
    if kind is FigureKind.MEASURE and anchor.quantity.unit is not None:
        return _own(anchor, _measured_noun(anchor) or _subject_noun(anchor))
    if kind is FigureKind.PERCENT:
        return _own(anchor, _share_noun(anchor) or _subject_noun(anchor))
    noun = anchor.noun
    if noun is None or anchor.tree.tokens[noun].lemma.lower() in OTHERS:
        return _elided(anchor, before, named)
    return _own(anchor, _past_empty(anchor.tree, noun))


def _own(anchor: Anchor, noun: int | None) -> tuple[str | None, str | None]:
    if noun is None:
        return None, None
    return singular(anchor.tree, noun), phrase_of(anchor.tree, noun, anchor)


def _past_empty(tree: Tree, noun: int) -> int:
    """Pass from «number» or «total» to what it is of."""
    if tree.tokens[noun].lemma.lower() in _EMPTY_HEADS:
        for child in tree.children(noun, "nmod"):
            if "of" in tree.prepositions(child):
                return child
    return noun


def _elided(
    anchor: Anchor, before: list[Anchor], named: list[tuple[str | None, str | None]]
) -> tuple[str | None, str | None]:
    """Name what «six others», «22 killed» and «five in Sumy» leave out: the nearest noun before that fits."""
    kind = anchor.quantity.kind
    if kind is FigureKind.AGE:
        return None, None
    counts = [
        (other, pair)
        for other, pair in zip(reversed(before), reversed(named), strict=True)
        if other.quantity.kind in (FigureKind.COUNT, FigureKind.AGE) and pair[0] is not None
    ]
    for other, pair in counts:
        if pair[0] == _PERSON or (other.noun is not None and is_people(other.tree, other.noun)):
            if other.quantity.kind is FigureKind.COUNT:
                return pair
    if counts and anchor.noun is None and not _is_undergone(anchor):
        return counts[0][1]
    people = _people_noun(anchor)
    return (singular(anchor.tree, people), singular(anchor.tree, people)) if people is not None else (_PERSON, _PERSON)


def _is_undergone(anchor: Anchor) -> bool:
    head = anchor.tree.parent(anchor.number)
    return head is not None and anchor.tree.tokens[head].tag in ("VBN", "VBD")


def _people_noun(anchor: Anchor) -> int | None:
    """Find the plural people-noun before the number that others are of."""
    for index in range(anchor.number - 1, -1, -1):
        token = anchor.tree.tokens[index]
        if token.tag in ("NNS",) and is_people(anchor.tree, index):
            return index
    return None


def _measured_noun(anchor: Anchor) -> int | None:
    """Find what a measure is of: «25,000 tons of grain», «500-pound bombs», «an altitude of 2,000 km»."""
    tree = anchor.tree
    after = anchor.tokens[-1] + 1
    if after < len(tree.tokens) and tree.tokens[after].text.lower() == "of":
        noun = tree.parent(after)
        if noun is not None and noun > after:
            return noun
    if anchor.quantity.kind is FigureKind.DURATION and not _is_attributive(anchor):
        return None
    head = tree.parent(anchor.number)
    relation = tree.tokens[anchor.number].relation
    if head is None or tree.tokens[head].pos not in ("NOUN", "PROPN"):
        return None
    if head > anchor.tokens[-1] and relation in (
        "compound",
        "amod",
        "nummod",
        "nmod",
        "nmod:unmarked",
        "obl:unmarked",
        "dep",
    ):
        return head
    if head < anchor.tokens[0] and relation == "nmod" and anchor.quantity.kind is not FigureKind.DURATION:
        return head
    return None


def _is_attributive(anchor: Anchor) -> bool:
    """Tell «a five-day strike» from «five days»: the unit stands in the singular before a noun, or with a hyphen."""
    last = anchor.tree.tokens[anchor.tokens[-1]]
    return (
        last.tag in ("NN", "JJ")
        and anchor.quantity.low != 1
        or anchor.tree.tokens[anchor.number].relation == "compound"
    )


def _subject_noun(anchor: Anchor) -> int | None:
    """Find the subject of the verb a measure hangs on: «inflation rose to 9.4%», «wind speed reaching 42 m/s»."""
    tree = anchor.tree
    head = tree.parent(anchor.number)
    if head is None or tree.tokens[anchor.number].relation not in ("obl", "obj", "xcomp", "obl:unmarked"):
        return None
    return tree.child(head, "nsubj", "nsubj:pass")


def _share_noun(anchor: Anchor) -> int | None:
    """Find what a share is of: «12 percent of the population», «a 20 percent cut to benefits», «about 90% of wells»."""
    tree = anchor.tree
    if anchor.noun is not None:
        return _past_empty(tree, anchor.noun)
    head = tree.parent(anchor.number)
    if head is not None and head > anchor.tokens[-1] and tree.tokens[head].pos in ("NOUN", "PROPN"):
        for child in tree.children(head, "nmod"):
            if any(p in ("of", "to", "in") for p in tree.prepositions(child)):
                return child
        return head
    return None


def _purpose(anchor: Anchor) -> int | None:
    """Find the purpose noun of money: «$2 billion in aid», «a $12 million reward», «grants totaling $70,000»."""
    tree, number = anchor.tree, anchor.number
    after = anchor.tokens[-1] + 1
    text = [t.text.lower() for t in tree.tokens[after : after + 2]]
    if text[:1] in (["in"], ["of"]) or text[:2] == ["worth", "of"]:
        at = after + (2 if text[:1] == ["worth"] else 1)
        noun = tree.parent(after) if text[0] != "worth" else None
        found = noun if noun is not None and noun > after and tree.tokens[noun].pos == "NOUN" else _first_noun(tree, at)
        if found is not None:
            return found
    head = tree.parent(number)
    relation = tree.tokens[number].relation
    if head is None:
        return None
    if head > anchor.tokens[-1] and tree.tokens[head].pos == "NOUN":
        return _modifying_aid(tree, head)
    if relation in ("nmod", "appos") and tree.tokens[head].pos == "NOUN" and head < number:
        return head
    if tree.tokens[head].lemma in ("total", "reach", "exceed") and tree.tokens[head].relation == "acl":
        return tree.parent(head)
    return None


def _modifying_aid(tree: Tree, head: int) -> int:
    """Take «aid» of «military aid package»: a package is what it is a package of."""
    if tree.tokens[head].lemma in _PASSED_ON:
        before = [c for c in tree.children(head, "compound") if tree.tokens[c].pos == "NOUN"]
        if before:
            return before[-1]
    return head


def _first_noun(tree: Tree, start: int) -> int | None:
    noun: int | None = None
    for index in range(start, min(start + 8, len(tree.tokens))):
        if tree.tokens[index].pos == "NOUN":
            noun = index
        elif noun is not None or tree.tokens[index].pos in ("ADP", "VERB", "PUNCT"):
            break
    return noun
