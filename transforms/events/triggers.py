"""Triggers: which words of a document name an event, and of which PLOVER type.

Candidates are verbs and the nouns and adjectives the lexicon knows.  Each is described by its form, its frame, its
arguments and its neighbours; a multinomial model gives it a type or none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transforms.events.classes import classes_of
from transforms.events.lexicon import NO_SENSE, Sense, load_nouns, load_verbs, read_noun, read_verb
from transforms.events.scene import Key, Scene
from transforms.syntax.tree import Tree

NONE = "none"
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "PRON", "NUM"})
_SHOWN = frozenset({
    "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "amod", "compound", "xcomp", "ccomp",
    "advcl", "acl", "acl:relcl", "compound:prt", "det", "nummod", "aux", "aux:pass", "cop", "mark", "conj", "case",
    "advmod", "obl:unmarked", "appos", "parataxis",
})  # fmt: skip
_LEXICAL = frozenset({
    "obj", "nsubj", "nsubj:pass", "obl", "obl:agent", "nmod", "amod", "compound", "xcomp", "ccomp", "compound:prt",
    "case", "det", "mark", "aux", "advmod", "nmod:poss",
})  # fmt: skip
_NEIGHBOURS = 12  # other candidates looked at on either side
_WORDS = 30  # words looked at on either side


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A word that may name an event, with what the lexicon makes of it."""

    sentence: int
    index: int
    lemma: str
    sense: Sense
    classes: tuple[str, str, str]
    features: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """The candidate's token."""
        return (self.sentence, self.index)


def find_candidates(scene: Scene) -> list[Candidate]:
    """Find the words that may name an event, in text order."""
    verbs, nouns = load_verbs(), load_nouns()
    found: list[Candidate] = []
    for at, tree in enumerate(scene.trees):
        if tree.tokens and tree.tokens[0].text == "(" and tree.tokens[-1].text == ")":
            continue  # the outlets at the end of a digest item
        for index, token in enumerate(tree.tokens):
            if token.pos == "VERB":
                sense = read_verb(tree, index)
            elif token.pos in _NOMINAL and (token.lemma.lower() in nouns or token.lemma in verbs):
                sense = read_noun(tree, index)
            else:
                continue
            classes = classes_of(token.text, token.lemma)
            found.append(Candidate(sentence=at, index=index, lemma=token.lemma.lower(), sense=sense, classes=classes))
    return found


def describe_candidates(
    scene: Scene, candidates: Sequence[Candidate], chosen: Sequence[Candidate] | None = None
) -> list[list[str]]:
    """Give the features of every candidate, or of the ``chosen`` ones beside all others."""
    by_sentence: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_sentence.setdefault(candidate.sentence, []).append(candidate)
    described: list[list[str]] = []
    for candidate in candidates if chosen is None else chosen:
        tree = scene.trees[candidate.sentence]
        features = [*_word_features(tree, candidate), *_frame_features(scene, tree, candidate)]
        features += _context_features(scene, candidate, by_sentence)
        described.append(features)
    return described


def _word_features(tree: Tree, candidate: Candidate) -> Iterator[str]:
    token = tree.tokens[candidate.index]
    lemma, (coarse, middle, fine) = candidate.lemma, candidate.classes
    kind = token.pos[0]
    yield "bias"
    yield f"l={lemma}"
    yield f"l={lemma}/{kind}"
    yield f"w={token.text.lower()}"
    yield f"t={token.tag}"
    yield f"r={token.relation}"
    yield f"lr={lemma}/{token.relation}"
    yield f"k={coarse}"
    yield f"k={middle}"
    yield f"k={fine}"
    yield f"k={middle}/{token.tag}"
    yield f"k={middle}/{token.relation}"
    yield f"s={lemma[-4:]}/{kind}"
    for name in candidate.sense.types:
        yield f"x={name}"
        yield f"x={name}/{candidate.sense.weight}/{kind}"
        if len(candidate.sense.types) == 1:
            yield f"x1={name}"
    if candidate.sense is NO_SENSE:
        yield f"x=no/{kind}"
    elif candidate.sense.mode:
        yield f"xm={candidate.sense.types[0]}/{candidate.sense.mode}"
    tokens, at = tree.tokens, candidate.index
    before = tokens[at - 1].text.lower() if at else "^"
    after = tokens[at + 1].text.lower() if at + 1 < len(tokens) else "$"
    yield f"-1={before}"
    yield f"+1={after}"
    yield f"+1={after}/{middle}"
    yield f"-1={before}/{middle}"


def _frame_features(scene: Scene, tree: Tree, candidate: Candidate) -> Iterator[str]:
    tokens = tree.tokens
    token = tokens[candidate.index]
    middle, lemma = candidate.classes[1], candidate.lemma
    for child in tree.children(candidate.index):
        other = tokens[child]
        relation = other.relation
        if relation not in _SHOWN:
            continue
        yield f"c={relation}"
        if relation in _LEXICAL:
            preposition = ",".join(tree.prepositions(child)) if relation in ("obl", "nmod") else ""
            name = f"{relation}{preposition}"
            classes = classes_of(other.text, other.lemma)
            if preposition:
                yield f"c={name}"
                yield f"cl={lemma}:{name}"
            yield f"c={name}:{other.lemma.lower()}"
            yield f"c={name}:{classes[1]}"
            yield f"ck={middle}:{relation}:{classes[1]}"
            yield f"cl={lemma}:{relation}:{classes[1]}"
            actor = scene.actors.get((candidate.sentence, child))
            if actor is not None:
                yield f"ca={relation}:{actor.actor_type.value}"
                yield f"ca={relation}:{actor.sector.value if actor.sector else '-'}:{middle}"
            elif (candidate.sentence, child) in scene.places:
                yield f"cp={name}"
    head = tree.parent(candidate.index)
    if head is None:
        yield "h=root"
        return
    above = tokens[head]
    classes = classes_of(above.text, above.lemma)
    yield f"h={token.relation}:{above.lemma.lower()}"
    yield f"h={token.relation}:{classes[1]}"
    yield f"hk={middle}:{token.relation}:{classes[1]}"
    yield f"hp={token.relation}:{above.pos}"
    yield f"h={token.relation}:{','.join(tree.prepositions(candidate.index))}:{classes[1]}"


def _context_features(scene: Scene, candidate: Candidate, by_sentence: dict[int, list[Candidate]]) -> Iterator[str]:
    at = candidate.sentence
    middle = candidate.classes[1]
    token = scene.trees[at].tokens[candidate.index]
    neighbours = by_sentence[at]
    own = bisect_left(neighbours, candidate.index, key=_index_of)
    for other in neighbours[max(0, own - _NEIGHBOURS) : own + _NEIGHBOURS + 1]:
        if other is candidate:
            continue
        yield f"n={other.lemma}"
        yield f"nk={middle}:{other.classes[1]}"
        for name in other.sense.types:
            yield f"nx={middle}:{name}"
    yield from _place_in_text(scene, at, middle)
    statement = scene.statement_at(at, token.char_start)
    if statement is not None:
        yield f"st={statement.act.value}"
        yield f"st={statement.form.value}"
    yield from _cue_and_company(scene, candidate)


def _cue_and_company(scene: Scene, candidate: Candidate) -> Iterator[str]:
    at, middle = candidate.sentence, candidate.classes[1]
    cue = scene.cues.get(candidate.key)
    if cue is not None:
        yield f"cue={cue.act.value}"
        yield f"cue={cue.act.value}/{cue.speaker_type.value}"
        yield f"cue={candidate.lemma}/{scene.is_digest}"
    tokens = scene.trees[at].tokens
    for word in tokens[max(0, candidate.index - _WORDS) : candidate.index + _WORDS]:
        if word.pos in ("NOUN", "PROPN") and word.index != candidate.index:
            yield f"b={middle}:{classes_of(word.text, word.lemma)[0]}"
    for index, figure in scene.figure_lists.get(at, ()):
        if abs(index - candidate.index) < 8:
            yield f"f={figure.kind.value}"
            yield from (f"fe={effect.value}:{middle}" for effect in figure.effects)


def _index_of(candidate: Candidate) -> int:
    return candidate.index


def _place_in_text(scene: Scene, at: int, middle: str) -> Iterator[str]:
    is_heading = at in scene.headings
    yield f"hd={is_heading}"
    yield f"hd={is_heading}/{scene.is_digest}"
    if is_heading:
        yield f"hd/{middle}"
    yield f"dg={scene.is_digest}:{middle}"
    yield f"fp={scene.is_first_person}:{middle}"
    yield f"at={min(at, 4)}/{scene.is_digest}"
    heading = scene.nearest_heading[at]
    if heading >= 0 and not is_heading and at - heading < 6:
        for word in scene.trees[heading].tokens:
            if word.pos in _CONTENT:
                yield f"hw={word.lemma.lower()}"
                yield f"hw={classes_of(word.text, word.lemma)[1]}:{middle}"
