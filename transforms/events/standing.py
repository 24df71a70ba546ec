"""Status: how the document stands to an event's having happened, and on whose word.

A model reads the grammar around each mention (negation, modals, tense, the verb above, the conditional, the statement
it stands in); what an event's mentions say is added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from schemas.statements import Statement
from transforms.events.classes import classes_of
from transforms.events.mentions import Mention
from transforms.events.scene import Key, Scene
from transforms.reference import read_reference
from transforms.syntax.clauses import find_modal, find_negation
from transforms.syntax.tree import Tree

_REACH = 4  # words walked up from the mention
_OURSELVES = frozenset({"we", "i", "our", "my", "us"})
OWN_FUTURE = "fut=0"
"""The feature of a mention with a «will» of its own."""
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})


def describe_standing(scene: Scene, mention: Mention) -> list[str]:
    """Give the features of a mention that bear on its status."""
    candidate = mention.candidate
    tree = scene.trees[candidate.sentence]
    statement = scene.statement_at(candidate.sentence, tree.tokens[candidate.index].char_start)
    return [
        "bias",
        f"ty={mention.event_type}",
        f"k={candidate.classes[1]}",
        f"l={candidate.lemma}",
        f"dg={scene.is_digest}",
        *_grammar(tree, candidate.index, mention.event_type),
        *_hearsay(tree, candidate.index),
        *_speech(scene, mention, statement),
        *_cue(scene, candidate.key),
        *_voice(scene, mention, statement),
    ]


@cache
def load_hearsay() -> dict[str, str]:
    """Read the words that leave a thing to others' word («allegedly», «unconfirmed», «rumour»), with their kinds."""
    return {row["word"]: row["kind"] for row in read_reference("hearsay", ("word", "kind"))}


def _hearsay(tree: Tree, index: int) -> Iterator[str]:
    """Tell of words beside the mention, or on the way up from it, that leave it to hearsay."""
    known, at, steps = load_hearsay(), index, 0
    while at is not None and steps < _REACH:
        for child in tree.children(at, "advmod", "amod"):
            kind = known.get(tree.tokens[child].lemma.lower()) or known.get(tree.tokens[child].text.lower())
            if kind in ("adverb", "adjective"):
                yield f"hs={kind}/{min(steps, 1)}"
                yield f"hs={kind}"
        if steps and known.get(tree.tokens[at].lemma.lower()) == "noun":
            yield "hs=noun"
            yield f"hs=noun/{tree.tokens[at].lemma.lower()}"
        modal = find_modal(tree, at)
        if modal is not None and tree.tokens[modal].lemma in _FUTURE:
            yield f"fut={min(steps, 2)}"
        following = tree.parent(at)
        if following is None:
            return
        at, steps = following, steps + 1


def _grammar(tree: Tree, index: int, event_type: str) -> Iterator[str]:
    token = tree.tokens[index]
    yield f"t={token.tag}"
    yield f"t={token.tag}/{event_type}"
    yield f"r={token.relation}"
    negation, modal = find_negation(tree, index), find_modal(tree, index)
    if negation is not None:
        yield f"neg={tree.tokens[negation].lemma}"
        yield "neg"
    if modal is not None:
        yield f"md={tree.tokens[modal].lemma}"
        yield f"md={tree.tokens[modal].lemma}/{event_type}"
        yield "md"
    for child in tree.children(index):
        other = tree.tokens[child]
        if other.relation in ("aux", "mark", "advmod", "det", "amod", "case", "nmod:poss", "cop"):
            yield f"c={other.relation}:{other.lemma.lower()}"
            yield f"c={other.relation}:{other.lemma.lower()}/{other.tag}"
    yield from _above(tree, index, event_type)


def _above(tree: Tree, index: int, event_type: str) -> Iterator[str]:
    """Describe the verbs and nouns the mention hangs on, three clauses up: «plans to», «if», «called for»."""
    below, at, steps = index, tree.parent(index), 0
    while at is not None and steps < 3:
        token, relation = tree.tokens[at], tree.tokens[below].relation
        middle = classes_of(token.text, token.lemma)[1]
        yield f"up{steps}={token.lemma}:{relation}"
        yield f"up={token.lemma}:{relation}"
        yield f"upl={token.lemma}"
        yield f"up{steps}={middle}:{relation}"
        yield f"upk={middle}:{relation}:{event_type}"
        yield f"upt{steps}={token.tag}:{relation}"
        for name, found in (("md", find_modal(tree, at)), ("neg", find_negation(tree, at))):
            if found is not None:
                yield f"up{name}={tree.tokens[found].lemma}/{steps}"
        for child in tree.children(at, "mark", "case"):
            if child < index:
                yield f"upm={tree.tokens[child].lemma.lower()}/{steps}"
        for child in tree.children(below, "mark", "case"):
            yield f"mk={tree.tokens[child].lemma.lower()}:{token.lemma}"
        below, at, steps = at, tree.parent(at), steps + 1


def _speech(scene: Scene, mention: Mention, statement: Statement | None) -> Iterator[str]:
    candidate = mention.candidate
    token = scene.trees[candidate.sentence].tokens[candidate.index]
    if statement is not None:
        own = (statement.source_quote or "").lower() in _OURSELVES
        yield from _said(scene, statement.act.value, statement.form.value, statement.speaker_type.value, own)
        yield f"st={statement.cue_lemma}"
        yield f"st={bool(statement.source_quote)}"
        yield f"st={statement.inside_statement_id is not None}"
    elif candidate.sentence in scene.speakers:
        yield from _said(scene, "say", "direct", "person", False)
        yield "st=say"
        yield "st=True"
    else:
        yield "st=none"
        return
    yield f"st/{mention.event_type}"
    yield f"st/{mention.event_type}/{token.tag}"


def _said(scene: Scene, act: str, form: str, speaker: str, own: bool) -> Iterator[str]:
    """Describe whose words a mention stands in; what digests quote and what whole reports quote differs."""
    yield f"st={act}"
    yield f"st={act}/{own}"
    yield f"st={act}/{scene.is_digest}"
    yield f"st={form}"
    yield f"st={form}/{scene.is_digest}"
    yield f"st={speaker}/{form}"
    yield f"st={speaker}/{form}/{scene.is_digest}"
    yield f"st={own}/{scene.is_digest}/{scene.is_first_person}"


def _cue(scene: Scene, key: Key) -> Iterator[str]:
    cue = scene.cues.get(key)
    if cue is not None:
        yield f"cue={cue.act.value}"
        yield "cue"


def _voice(scene: Scene, mention: Mention, statement: Statement | None) -> Iterator[str]:
    """Set whose words a mention stands in beside who tells the document: authors vouch for what they say themselves."""
    candidate, voice = mention.candidate, scene.voice.value
    token = scene.trees[candidate.sentence].tokens[candidate.index]
    form = statement.form.value if statement else "speaker" if candidate.sentence in scene.speakers else "none"
    yield f"vc={voice}/{form}"
    yield f"vc={voice}/{form}/{mention.event_type}"
    yield f"vc={voice}/{form}/{scene.is_digest}"
    if statement is None:
        yield f"vc={voice}/first={candidate.sentence < 3}/{token.tag}"
    else:
        yield f"vc={voice}/{statement.act.value}"
        yield f"vc={voice}/{statement.speaker_type.value}"
