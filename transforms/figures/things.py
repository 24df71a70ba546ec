"""Things: what a figure counts or is about, as a head noun in the singular and as a phrase."""

from __future__ import annotations

from schemas.vocabulary import FigureKind
from transforms.figures.anchors import OTHERS, Anchor, walk_phrase
from transforms.figures.measured import find_measured
from transforms.figures.nouns import is_people, people_nouns, phrase_of, singular
from transforms.figures.scores import score_thing
from transforms.syntax.tree import Tree

_PERSON = "person"
_HARMED = frozenset({"kill", "wound", "injure", "hurt", "arrest", "detain", "rescue", "hospitalize", "evacuate"})
_EMPTY_HEADS = frozenset(
    {"total", "number", "sum", "average", "maximum", "minimum", "rest", "majority", "kind", "type", "pair", "set"}
)
_NUMBERED_REACH = 22
_PEOPLED = frozenset(
    {
        "city",
        "town",
        "village",
        "crowd",
        "group",
        "population",
        "team",
        "family",
        "audience",
        "crew",
        "band",
        "community",
        "unit",
        "force",
        "gang",
        "party",
        "mob",
        "convoy",
        "district",
        "settlement",
        "camp",
    }
)
_KINDS_OF_PERSON = frozenset({"man", "woman", "boy", "girl", "child", "baby", "teenager"})
_MIXED = frozenset({"men", "women", "children"})
_NUMBERING = frozenset({"number", "numbers", "total", "tally", "count"})

Pair = tuple[str | None, str | None]
Earlier = list[tuple[Anchor, Pair, bool]]


def name_things(
    anchors: list[Anchor], parts: frozenset[int], harmed: frozenset[int], before: Pair = (None, None)
) -> list[Pair]:
    """Give thing and phrase of each figure of one sentence, in order; ellipses take over an earlier noun.

    Args:
        anchors: The figures of the sentence.
        parts: Places of those that are parts of another: «including five children» names no others.
        harmed: Places of those to whom something was done: bare numbers among them are people.
        before: What the last figure of the paragraph so far counts.
    """
    named: list[Pair] = []
    for place, anchor in enumerate(anchors):
        earlier = [(anchors[i], named[i], i in parts) for i in range(place)]
        pair = _name(anchor, earlier, before)
        is_person = pair[0] is not None or anchor.quantity.kind is not FigureKind.COUNT
        named.append(pair if is_person or not _is_personal(anchor, is_harmed=place in harmed) else (_PERSON, _PERSON))
    return named


def _is_personal(anchor: Anchor, *, is_harmed: bool) -> bool:
    """Tell whether a number without a noun is one of people: harmed, acting, or the size of a town or a crowd."""
    tree = anchor.tree
    if is_harmed or _has_more(anchor):
        return True
    if tree.tokens[anchor.number].relation in ("nsubj", "nsubj:pass") and not anchor.quantity.low % 1:
        return True
    head = tree.parent(anchor.number)
    after = anchor.tokens[-1] + 1
    is_acting = after < len(tree) and tree.tokens[after].tag in ("VB", "VBP", "VBD", "VBN", "NN")
    return is_acting or (head is not None and tree.tokens[head].lemma in _PEOPLED)


def _name(anchor: Anchor, earlier: Earlier, before: Pair) -> Pair:
    kind = anchor.quantity.kind
    if kind is FigureKind.AGE:
        return aged_thing(anchor)
    if kind in (FigureKind.DURATION, FigureKind.MEASURE, FigureKind.MONEY, FigureKind.PERCENT):
        if _is_converted(anchor) and earlier and earlier[-1][0].quantity.kind is kind:
            return earlier[-1][1]
        return own_thing(anchor, find_measured(anchor))
    noun = anchor.noun
    if (
        noun is None
        or anchor.tree.tokens[noun].lemma.lower() in OTHERS
        or anchor.tree.tokens[noun].pos in ("PRON", "DET")
    ):
        return _elided(anchor, earlier, before)
    if _is_mixed(anchor.tree, noun):
        return _PERSON, _PERSON
    return own_thing(anchor, past_empty(anchor.tree, noun))


def _is_mixed(tree: Tree, noun: int) -> bool:
    """Tell whether «men, women and children» follow."""
    following = {t.text.lower() for t in tree.tokens[noun + 1 : noun + 5]}
    if any(t.pos == "NUM" for t in tree.tokens[noun + 1 : noun + 4]):
        return False
    return tree.tokens[noun].text.lower() in _MIXED and len(following & _MIXED) > 0


def _is_converted(anchor: Anchor) -> bool:
    """Tell whether the figure stands in brackets behind another: «eight metres (26 feet)»."""
    first = anchor.tokens[0]
    return first > 0 and anchor.tree.tokens[first - 1].text == "("


def own_thing(anchor: Anchor, noun: int | None) -> Pair:
    """Give noun and phrase of a figure whose noun is known."""
    if noun is None:
        return None, None
    return singular(anchor.tree, noun), phrase_of(anchor.tree, noun, anchor)


def past_empty(tree: Tree, noun: int) -> int:
    """Pass from «number», «total» or «pairs» to what it is of."""
    if tree.tokens[noun].lemma.lower() in _EMPTY_HEADS:
        for child in tree.children(noun, "nmod"):
            if "of" in tree.prepositions(child):
                return child
    return noun


def _elided(anchor: Anchor, earlier: Earlier, before: Pair) -> Pair:
    """Name what «six others», «22 killed» and «five in Sumy» leave out: the noun of the figures before that fits."""
    scored = score_thing(anchor)
    if scored is not None:
        return scored, scored
    numbered = _numbered(anchor)
    if numbered is not None:
        return own_thing(anchor, numbered)
    counts = [
        (a, pair) for a, pair, is_part in earlier if not is_part and a.quantity.kind is FigureKind.COUNT and pair[0]
    ]
    is_other = anchor.noun is not None and anchor.tree.tokens[anchor.noun].lemma.lower() in OTHERS
    people = [pair for a, pair in counts if pair[0] == _PERSON or (a.noun is not None and is_people(a.tree, a.noun))]
    if people:
        names = {pair[0] for pair in people[-2:]}
        return people[-1] if len(names) == 1 else (_PERSON, _PERSON)
    if counts and not is_other and not _is_undergone(anchor):
        return counts[-1][1]
    if is_other or _has_more(anchor):
        noun = _people_before(anchor)
        if noun is not None:
            return singular(anchor.tree, noun), singular(anchor.tree, noun)
        if before[0] in people_nouns():
            return before
    return (_PERSON, _PERSON) if is_other else (None, None)


def _numbered(anchor: Anchor) -> int | None:
    """Find the noun of «the number of seats … from 84 to 60», «bringing the total of confirmed cases to 80»."""
    tree, first = anchor.tree, anchor.tokens[0]
    if first == 0 or tree.tokens[first - 1].pos in ("CCONJ", "PUNCT", "VERB") or anchor.noun is not None:
        return None
    for at in range(first - 1, max(first - _NUMBERED_REACH, -1), -1):
        if tree.tokens[at].lemma.lower() in _NUMBERING and tree.tokens[at + 1].text.lower() == "of":
            return walk_phrase(tree, at + 2, is_plural=True, may_lead=True)
        if tree.tokens[at].text in ";,":
            return None
    return None


def _has_more(anchor: Anchor) -> bool:
    after = anchor.tokens[-1] + 1
    return after < len(anchor.tree.tokens) and anchor.tree.tokens[after].text.lower() in OTHERS


def _is_undergone(anchor: Anchor) -> bool:
    head = anchor.tree.parent(anchor.number)
    return (
        head is not None
        and anchor.tree.tokens[head].tag in ("VBN", "VBD")
        and anchor.tree.tokens[head].lemma in _HARMED
    )


def _people_before(anchor: Anchor) -> int | None:
    """Find the one people-noun before the number that others may be of: «a soldier is killed and nine others»."""
    found = [
        i
        for i in range(anchor.number)
        if anchor.tree.tokens[i].pos == "NOUN"
        and is_people(anchor.tree, i)
        and anchor.tree.tokens[i].relation in ("nsubj", "nsubj:pass", "obj", "conj", "root")
    ]
    names = {singular(anchor.tree, i) for i in found}
    return found[-1] if len(names) == 1 and not names & _KINDS_OF_PERSON else None


def aged_thing(anchor: Anchor) -> Pair:
    """Name who is of an age: «a 34-year-old man», «children under the age of five»; a name is a person."""
    tree = anchor.tree
    for at in range(anchor.tokens[-1] + 1, min(anchor.tokens[-1] + 7, len(tree.tokens))):
        token = tree.tokens[at]
        if token.pos == "NOUN" and is_people(tree, at):
            return singular(tree, at), singular(tree, at)
        if token.pos in ("VERB", "ADP", "PUNCT", "AUX", "CCONJ") and token.text not in '-–“"':
            break
    following = tree.tokens[anchor.tokens[-1] + 1] if anchor.tokens[-1] + 1 < len(tree.tokens) else None
    if following is not None and following.pos == "PROPN" and anchor.quantity.end > anchor.quantity.number_end:
        return _PERSON, _PERSON
    if following is not None and following.pos in ("NOUN", "ADJ") and anchor.noun is not None:
        return own_thing(anchor, anchor.noun)
    for at in range(anchor.tokens[0] - 1, -1, -1):
        if tree.tokens[at].pos == "NOUN" and is_people(tree, at):
            return singular(tree, at), singular(tree, at)
    return None, None
