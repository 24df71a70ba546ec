"""Coreference: which mentions of a document are of one actor.

Short names go with the fullest one, acronyms with the name they were given beside, pronouns with the latest actor
that fits in number, gender and kind, subjects first.  One sweep over the mentions in text order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.documents import Document
from schemas.vocabulary import ActorType
from transforms.actors.nominals import Nominal
from transforms.reference.folding import fold_name
from transforms.reference.given_names import find_gender
from transforms.syntax.tree import Tree

LOOK_BACK = 3
"""Sentences a pronoun looks back."""

_SINGULAR = {"he": "male", "him": "male", "his": "male", "himself": "male"} | {
    "she": "female", "her": "female", "hers": "female", "herself": "female"
}  # fmt: skip
_PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
_NEUTER = frozenset(("it", "its", "itself"))
_COLLECTIVE = frozenset((ActorType.ORGANISATION, ActorType.ARMED_GROUP, ActorType.COUNTRY))
_ACRONYM = re.compile(r"[A-Z][A-Za-z.&/-]*[A-Z0-9][A-Za-z.0-9-]*$")


@dataclass(slots=True)
class Registry:
    """The actors of a document so far, by folded name, by surname, by acronym."""

    by_name: dict[str, Nominal] = field(default_factory=dict)
    by_surname: dict[str, Nominal] = field(default_factory=dict)

    def add(self, nominal: Nominal) -> None:
        """Remember a named actor under its name, its quote and its surname."""
        self.by_name.setdefault(fold_name(nominal.name), nominal)
        if nominal.actor_type is ActorType.PERSON and nominal.surname:
            known = self.by_surname.get(fold_name(nominal.surname))
            if known is None or len(known.name) < len(nominal.name):
                self.by_surname[fold_name(nominal.surname)] = nominal


def join_names(nominals: Sequence[Nominal]) -> None:
    """Give the mentions of one person the fullest name, its country and its sector; changes ``nominals``."""
    registry = Registry()
    for nominal in nominals:
        if nominal.is_named:
            registry.add(nominal)
    pairs = [(n, full) for n in nominals if (full := _fullest(n, registry)) is not None]
    for nominal, full in pairs:  # what any mention says first goes to the fullest one, then to all
        full.country = full.country or nominal.country
        full.sector = full.sector or nominal.sector
    for nominal, full in pairs:
        nominal.name = full.name
        nominal.country = nominal.country or full.country
        nominal.sector = nominal.sector or full.sector


def _fullest(nominal: Nominal, registry: Registry) -> Nominal | None:
    if nominal.actor_type is not ActorType.PERSON:
        return None
    found = registry.by_surname.get(fold_name(nominal.surname))
    return found if found is not None and _agree(nominal, found) else None


def _agree(one: Nominal, other: Nominal) -> bool:
    """Tell whether a name can be a shorter form of another: each of its words is in it, or only a surname."""
    words, others = fold_name(one.name).split(), fold_name(other.name).split()
    return set(words) <= set(others) or set(others) <= set(words)


def find_acronyms(document: Document, nominals: Sequence[Nominal]) -> dict[str, Nominal]:
    """Give the short forms set in brackets behind a name: «the Islamic State (IS)», «Karim Khan (KK)»."""
    found: dict[str, Nominal] = {}
    text = document.text
    for nominal in nominals:
        end = nominal.span.end
        bracket = re.match(r"\s?\(([^()\n]{2,14})\)", text[end : end + 20])
        if bracket and _ACRONYM.match(bracket[1]) and nominal.actor_type is not ActorType.PERSON:
            found.setdefault(bracket[1], nominal)
    return found


def resolve_pronoun(
    tree_number: int, token_index: int, trees: Sequence[Tree], before: Sequence[Nominal]
) -> Nominal | None:
    """Give the actor a third-person pronoun stands for, among the mentions ``before`` it, latest last."""
    tree = trees[tree_number]
    word = tree.tokens[token_index].text.lower()
    best: tuple[float, Nominal] | None = None
    for position, candidate in enumerate(reversed(before)):
        gap = tree_number - candidate.tree
        if gap > LOOK_BACK:
            break
        if not _fits(word, candidate) or (gap == 0 and _is_own_argument(tree, token_index, candidate.head)):
            continue
        score = _prominence(trees[candidate.tree], candidate) - 1.2 * gap - 0.1 * position
        if best is None or score > best[0]:
            best = (score, candidate)
    return best[1] if best else None


def is_third_person(word: str) -> bool:
    """Tell whether a pronoun is one of the third person that may stand for somebody.

    >>> is_third_person("they"), is_third_person("who")
    (True, False)
    """
    return word in _SINGULAR or word in _PLURAL or word in _NEUTER


def _fits(word: str, candidate: Nominal) -> bool:
    if word in _SINGULAR:
        if candidate.actor_type is not ActorType.PERSON and (
            candidate.actor_type is not ActorType.ROLE or candidate.is_plural
        ):
            return False
        gender = candidate.gender or find_gender(candidate.name.split(" ")[0])
        return gender is None or gender == _SINGULAR[word]
    if word in _PLURAL:
        return candidate.is_plural or candidate.actor_type in (ActorType.ORGANISATION, ActorType.ARMED_GROUP)
    return candidate.actor_type in _COLLECTIVE and not candidate.is_plural


def _prominence(tree: Tree, candidate: Nominal) -> float:
    relation = tree.relation(tree.first_conjunct(candidate.head)) if candidate.head < len(tree) else ""
    score = {"nsubj": 2.0, "nsubj:pass": 1.8, "obj": 0.9, "appos": 0.5}.get(relation, 0.3)
    return score + 0.4 * candidate.is_named + 0.3 * (candidate.actor_type is ActorType.PERSON)


def _is_own_argument(tree: Tree, pronoun: int, other: int) -> bool:
    """Tell whether two stand under one verb («Putin told him»), where they cannot be the same."""
    own, theirs = tree.parent(pronoun), tree.parent(other)
    is_possessive = tree.relation(pronoun) == "nmod:poss"
    return own == theirs and not is_possessive and tree.relation(pronoun) != "conj"
