"""Settling: the places of all mentions together, each in accord with those named beside it."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.places.gazetteer import Candidate
from transforms.places.resolution import Landscape, choose, find_containers, fit_into, gather_containers
from transforms.places.spotting import Toponym
from transforms.syntax.tree import Tree

_LARGE = ("country", "region", "district")
_FAR = 4.0
"""Degrees from a region's middle beyond which a place does not lie in it."""


def settle(
    trees: Sequence[Tree], toponyms: Sequence[Toponym], land: Landscape, weights: dict[str, float]
) -> list[Candidate | None]:
    """Choose for every mention; those of one name that say nothing of their own follow the clearest one.

    A place that cannot lie in the country or region named right behind it is given up; what stands beside a town no
    gazetteer knows in («Caimito, San Juan»), or a site, takes that town's point.
    """
    near = find_containers(trees, toponyms)
    chosen: list[Candidate | None] = []
    leads: dict[tuple[str, frozenset[str]], tuple[float, Candidate]] = {}
    for number, toponym in enumerate(toponyms):
        if not toponym.candidates:
            chosen.append(None)
            continue
        around = gather_containers(toponyms, near[number])
        best, lead = choose(toponym, land, around, weights)
        chosen.append(best)
        key = (toponym.text.casefold(), toponym.kinds)
        if lead > leads.get(key, (-1.0, best))[0]:
            leads[key] = (lead, best)
    for number, toponym in enumerate(toponyms):
        is_apposed = any(how == "apposed" and other > number for other, how in near[number])
        if chosen[number] is not None and not is_apposed:
            chosen[number] = leads[toponym.text.casefold(), toponym.kinds][1]
    behind = [[o for o, how in near[n] if how == "apposed" and o > n] for n in range(len(toponyms))]
    return [_check(n, toponyms, chosen, behind[n]) for n in range(len(toponyms))]


def _check(
    number: int, toponyms: Sequence[Toponym], chosen: Sequence[Candidate | None], behind: Sequence[int]
) -> Candidate | None:
    own, toponym = chosen[number], toponyms[number]
    is_site = "site" in toponym.kinds and (own is None or own.kind != "site")
    holders = [c for o in behind if (c := chosen[o]) is not None and not toponyms[o].is_adjective]
    town = next((c for c in holders if c.kind in ("settlement", "district")), None)
    if is_site and (own is None or own.rank > 1 or town is not None):
        return town or (own if own is not None and own.population > 100_000 and not holders else None)
    if own is None:
        return town
    if any(_lies_outside(own, holder) for holder in holders):
        return town
    return own


def _lies_outside(own: Candidate, holder: Candidate) -> bool:
    if own.kind == "country" or holder.kind not in _LARGE or not holder.country:
        return False
    if own.country and own.country != holder.country:
        return True
    if holder.kind == "country" or fit_into(own, holder):
        return False
    far = abs(own.latitude - holder.latitude) + abs(own.longitude - holder.longitude)
    return own.kind in ("settlement", "district") and far > _FAR
