"""Participants named: the phrase of an actor or target, with its canonical name, country and sector."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.actors import Actor
from schemas.spans import Span
from transforms.events.scene import Key, Scene
from transforms.syntax.tree import Tree

_OWN = {"We": "we", "us": "we", "our": "we", "Our": "we", "me": "I", "my": "I", "My": "I"}  # not «US»
_LONGEST = 12  # words of a phrase; a longer one is cut to its core
_LEADING = frozenset({"DET", "NUM", "ADV", "SYM", "PUNCT", "ADP", "CCONJ", "SCONJ"})
_PEOPLE = frozenset({
    "person", "people", "civilian", "resident", "man", "woman", "child", "boy", "girl", "student", "worker", "soldier",
    "officer", "passenger", "protester", "protestor", "demonstrator", "villager", "voter", "patient", "victim",
    "family", "migrant", "refugee", "suspect", "policeman", "police", "driver", "pupil", "teacher", "citizen", "other",
    "building", "house", "home", "school", "hospital", "bus", "car", "train", "vehicle", "church", "mosque", "village",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Participant:
    """A phrase that plays a role, resolved as far as the actors station could."""

    span: Span
    name: str
    country: str | None
    sector: str | None
    actor_id: str | None


def name_participant(scene: Scene, key: Key, country: str | None) -> Participant:
    """Name the nominal at ``key``; people and buildings that nothing else places take the event's ``country``."""
    sentence, index = key
    tree = scene.trees[sentence]
    indices = _phrase(tree, index)
    actor = scene.actors.get(key)
    inside = [scene.actors[sentence, i] for i in indices if (sentence, i) in scene.actors]
    span = tree.hull(indices) or tree.tokens[index].span
    its_country = (actor and actor.country) or next((a.country for a in inside if a.country), None)
    if its_country is None and tree.tokens[index].lemma.lower() in _PEOPLE:
        its_country = country
    sector = actor.sector if actor else None
    return Participant(
        span=span,
        name=_name(actor) or name_own(span.quote(scene.document.text)),
        country=its_country,
        sector=sector.value if sector else None,
        actor_id=actor.actor_id if actor else None,
    )


def name_own(quote: str) -> str:
    """Give one name to all forms in which authors speak of themselves; other quotes stay as they are.

    >>> name_own("Our"), name_own("US")
    ('we', 'US')
    """
    return _OWN.get(quote, quote)


def _name(actor: Actor | None) -> str | None:
    return actor.name if actor is not None and actor.name else None


def _phrase(tree: Tree, index: int) -> list[int]:
    """Give the words of the noun phrase without article and numeral, one unbroken stretch around its head."""
    if tree.tokens[index].relation in ("amod", "compound") and tree.tokens[index].pos in ("ADJ", "PROPN"):
        return [index, *tree.children(index, "compound", "flat")]
    phrase = list(tree.noun_phrase(index))
    if len(phrase) > _LONGEST:
        phrase = list(tree.noun_phrase(index, modifiers=False))
    while len(phrase) > 1 and phrase[0] != index and tree.tokens[phrase[0]].pos in _LEADING:
        phrase.pop(0)
    return phrase
