"""Status: how the document stands to an event's having happened, and on whose word.

A model reads the grammar around each mention (negation, modals, tense, the verb above, the conditional, the statement
it stands in); what an event's mentions say is added up.
"""

from __future__ import annotations

from collections.abc import Iterator

from transforms.events.classes import classes_of
from transforms.events.mentions import Mention
from transforms.events.scene import Scene
from transforms.syntax.clauses import find_modal, find_negation
from transforms.syntax.tree import Tree

_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "root", "conj", "dep"})


def describe_standing(scene: Scene, mention: Mention) -> list[str]:
    """Give the features of a mention that bear on its status."""
    candidate = mention.candidate
    tree = scene.trees[candidate.sentence]
    return [
        "bias",
        f"ty={mention.event_type}",
        f"k={candidate.classes[1]}",
        f"l={candidate.lemma}",
        f"dg={scene.is_digest}",
        *_grammar(tree, candidate.index, mention.event_type),
        *_speech(scene, mention),
    ]


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


def _speech(scene: Scene, mention: Mention) -> Iterator[str]:
    candidate = mention.candidate
    token = scene.trees[candidate.sentence].tokens[candidate.index]
    statement = scene.statement_at(candidate.sentence, token.char_start)
    if statement is None:
        yield "st=none"
    else:
        own = (statement.source_quote or "").lower() in ("we", "i", "our", "my", "us")
        yield f"st={statement.act.value}"
        yield f"st={statement.act.value}/{own}"
        yield f"st={statement.form.value}"
        yield f"st={statement.speaker_type.value}/{statement.form.value}"
        yield f"st={own}/{scene.is_digest}/{scene.is_first_person}"
        yield f"st/{mention.event_type}"
        yield f"st/{mention.event_type}/{token.tag}"
        yield f"st={statement.cue_lemma}"
        yield f"st={bool(statement.source_quote)}"
        yield f"st={statement.inside_statement_id is not None}"
    cue = scene.cues.get(candidate.key)
    if cue is not None:
        yield f"cue={cue.act.value}"
        yield "cue"
