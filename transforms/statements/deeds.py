"""Verbs of speech used of deeds: «defended the town», «the court dismissed the case», «the visit underlines a wish»."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from schemas.spans import Span
from transforms.reference import read_reference
from transforms.statements.speakers import is_country
from transforms.syntax.clauses import find_objects
from transforms.syntax.tree import Tree

_HELD = "country"
"""Where this is among a cue's things, countries by name are."""


def is_deed(tree: Tree, head: int, source: Sequence[Span]) -> bool:
    """Tell whether a cue's verb is done to a thing, or by an event, and so says nothing."""
    lemma = tree.tokens[head].lemma.lower()
    if lemma not in _limits():
        return False
    things, by_event = _limits()[lemma]
    if by_event and any(_is_event(tree, span) for span in source):
        return True
    return any(_is_among(tree, at, things) for at in find_objects(tree, head)) if things else False


def _is_among(tree: Tree, at: int, things: frozenset[str]) -> bool:
    token = tree.tokens[at]
    if token.pos == "PROPN":
        return _HELD in things and is_country(token.text)
    return token.lemma.lower() in things


def _is_event(tree: Tree, source: Span) -> bool:
    head = tree.head_of(source)
    return head is not None and tree.tokens[head].pos == "NOUN" and tree.tokens[head].lemma.lower() in _events()


@cache
def _limits() -> dict[str, tuple[frozenset[str], bool]]:
    """Things a cue is done to, and whether events do it."""
    found: dict[str, tuple[frozenset[str], bool]] = {}
    for row in read_reference("cue_limits", ("cue", "limit", "things")):
        things, by_event = found.get(row["cue"], (frozenset[str](), False))
        found[row["cue"]] = (things.union(filter(None, row["things"].split("|"))), by_event or row["limit"] == "event")
    return found


@cache
def _events() -> frozenset[str]:
    """Nouns that name an event or a deed, those that name a text left out."""
    documents = {row["noun"] for row in read_reference("document_nouns", ("noun",))}
    nouns = {row["lemma"] for row in read_reference("event_nouns", ("lemma",))}
    spoken = {row["noun"] for row in read_reference("spoken_nouns", ("noun",))}
    return frozenset(nouns | spoken) - documents
