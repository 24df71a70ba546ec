"""What a speaker does where the cue only says: read off what is said.

«We condemn the attack», he said: condemned.  «It would strike any port that took part»: threatened.  Each reader
looks for one thing and gives an act or nothing; the first that answers is heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.spans import Span
from schemas.vocabulary import Act
from transforms.reference import read_reference
from transforms.syntax.clauses import find_objects
from transforms.syntax.tree import Tree

_MUST = frozenset({"must", "should"})
_SELF = frozenset({"i", "we", "he", "she", "they", "it"})
_FIRST = frozenset({"i", "we"})
_THINGS = frozenset({"it", "they"})
_PERFORMED = (Act.PRAISE, Act.CONDEMN, Act.DEMAND, Act.PROMISE, Act.WARN, Act.ASK, Act.DENY, Act.ACCUSE)
"""Acts done by saying that one does them: «I promise», unlike «I believe»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Who talks and how: a person; a party to a conflict (a country, an armed force); wholly in quotation marks."""

    by_person: bool = False
    by_party: bool = False
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    """The main clause of a content: its top, its verb, the modals and subjects of that verb."""

    top: int
    verb: int
    modals: frozenset[str]
    subjects: frozenset[str]


def read_act(tree: Tree, content: Span, top: int, acts: dict[str, Act], talk: Talk) -> Act | None:
    """Give the act a content tells, ``top`` being its highest word and ``acts`` what verbs of speech do, or nothing."""
    clause = _read_clause(tree, content, top)
    return (
        _read_performance(tree, clause, acts)
        or _read_judgement(tree, clause)
        or _read_modal(tree, clause, talk)
        or _read_attack(tree, content, clause, talk)
    )


def judges(tree: Tree, content: Span) -> bool:
    """Tell whether a content holds a word that condemns whatever it is said of: «a cowardly act»."""
    return any(tree.tokens[i].lemma.lower() in _words("judgement") for i in tree.tokens_in(content))


def _read_clause(tree: Tree, content: Span, top: int) -> _Clause:
    verb = next((i for i in tree.tokens_in(content) if tree.tokens[i].pos == "VERB"), top)
    return _Clause(
        top,
        verb,
        frozenset(tree.tokens[i].lemma.lower() for i in tree.children(verb, "aux")),
        frozenset(tree.tokens[i].text.lower() for i in tree.children(verb, "nsubj", "nsubj:pass")),
    )


def _read_performance(tree: Tree, clause: _Clause, acts: dict[str, Act]) -> Act | None:
    """Read acts done in the first person and the present: «we condemn», «I am grateful»."""
    token = tree.tokens[clause.top]
    subjects = {tree.tokens[i].text.lower() for i in tree.children(clause.top, "nsubj")}
    if not subjects & _FIRST or tree.child(clause.top, "aux") is not None:
        return None
    lemma = token.lemma.lower()
    if token.tag == "VBP":
        act = acts.get(lemma)
        return act if act in _PERFORMED else None
    if token.pos in ("ADJ", "VERB") and tree.child(clause.top, "cop", "aux:pass") is not None:
        return Act.PRAISE if lemma in _words("gratitude") else Act.CONDEMN if lemma in _words("outrage") else None
    return None


def _read_judgement(tree: Tree, clause: _Clause) -> Act | None:
    """Read «it is a shameful act» and «they violated the truce»."""
    token = tree.tokens[clause.top]
    if token.pos == "VERB":
        return Act.ACCUSE if _is_misdeed(tree, clause.top) else None
    about = (clause.top, *tree.children(clause.top, "amod"))
    is_judged = any(tree.tokens[i].lemma.lower() in _words("judgement") for i in about)
    is_told = tree.child(clause.top, "cop") is not None and tree.child(clause.top, "nsubj") is not None
    return Act.CONDEMN if is_judged and is_told else None


def _is_misdeed(tree: Tree, verb: int) -> bool:
    lemma = tree.tokens[verb].lemma.lower()
    if lemma in _words("misdeed"):
        return tree.child(verb, "nsubj") is not None
    objects = {tree.tokens[i].lemma.lower() for i in find_objects(tree, verb)}
    return lemma == "commit" and bool(objects & _words("judgement"))


def _read_modal(tree: Tree, clause: _Clause, talk: Talk) -> Act | None:
    """Read what must, will and would be."""
    if clause.modals & _MUST:
        return Act.DEMAND
    is_future = "will" in clause.modals or ("would" in clause.modals and "have" not in clause.modals)
    by_self = bool(clause.subjects & _SELF)
    if is_future and talk.by_party and by_self and tree.tokens[clause.verb].lemma.lower() in _attacks():
        return Act.THREATEN
    if "will" in clause.modals:
        return Act.PROMISE if talk.by_person and by_self and "it" not in clause.subjects else Act.ANNOUNCE
    return None


def _read_attack(tree: Tree, content: Span, clause: _Clause, talk: Talk) -> Act | None:
    """Read a party's word on an attack, and a body's on what it has done."""
    if talk.is_direct:
        return None
    if talk.by_party and any(tree.tokens[i].lemma in _attacks() for i in tree.tokens_in(content)):
        return Act.CLAIM
    return Act.ANNOUNCE if "have" in clause.modals and not talk.by_person and clause.subjects & _THINGS else None


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_reference("stances", ("word", "kind")) if row["kind"] == kind)


@cache
def _attacks() -> frozenset[str]:
    """Verbs of assault."""
    rows = read_reference("event_verbs", ("lemma", "event_type"))
    return frozenset(row["lemma"] for row in rows if row["event_type"] == "ASSAULT")
