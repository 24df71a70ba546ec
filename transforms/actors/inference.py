"""Inference: the country of those of whom only the scene says it.

«Two civilians were killed in Sumy», «police arrested him»: people, crowds and home authorities are taken to be of the
one country the sentence plays in, else of the one its paragraph does.  Soldiers are not, for they may be abroad.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from schemas.places import Place
from schemas.vocabulary import ActorType, Sector
from transforms.actors.nominals import Nominal
from transforms.reference.countries import find_adjective
from transforms.syntax.tree import Tree

_AT_HOME = frozenset({
    Sector.CVL, Sector.COP, Sector.JUD, Sector.LEG, Sector.GOV, Sector.OPP, Sector.PTY, Sector.REB, Sector.CRM,
    Sector.EDU, Sector.LAB, Sector.AGR, Sector.REL, Sector.MED, Sector.PRM,
})  # fmt: skip
_DESCRIBED = frozenset({ActorType.ROLE, ActorType.PEOPLE_GROUP, ActorType.ORGANISATION, ActorType.ARMED_GROUP})


def infer_countries(trees: Sequence[Tree], nominals: Sequence[Nominal], places: Sequence[Place]) -> None:
    """Give those described, not named, the country of their scene; changes ``nominals``."""
    by_sentence: dict[int, list[str]] = defaultdict(list)
    for place in places:
        if place.country and find_adjective(place.quote) is None:
            by_sentence[place.sentence_no].append(place.country)
    for nominal in nominals:
        if nominal.country or nominal.is_named or nominal.actor_type not in _DESCRIBED:
            continue
        if nominal.sector in _AT_HOME:
            nominal.country = _scene_country(trees, nominal.tree, by_sentence)


def _scene_country(trees: Sequence[Tree], number: int, by_sentence: dict[int, list[str]]) -> str | None:
    paragraph = trees[number].sentence.paragraph_no
    for at in range(number, max(number - 3, -1), -1):
        if trees[at].sentence.paragraph_no != paragraph and at != number:
            break
        found = set(by_sentence.get(trees[at].sentence.sentence_no, ()))
        if len(found) == 1:
            return found.pop()
        if found:
            break
    return None
