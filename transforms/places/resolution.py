"""Resolution: which of the places that bear a name is meant.

Every mention is weighed against the document's other places: the country or region it names beside the mention
(«Paris, Texas»), those it names anywhere, and the places its other names may be; then size.  The weights of this
evidence are learnt (``weights.json``); all mentions of one name in a document that say nothing of their own go
together.  Linear in the number of mentions times the places of a name, which is bounded.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.places.gazetteer import Candidate
from transforms.places.spotting import Toponym
from transforms.reference.countries import find_seat, read_countries
from transforms.syntax.tree import Tree

Cell = tuple[int, int]
_NEAR = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
_BIG = ("country", "region")


@dataclass(slots=True)
class Landscape:
    """What a document says of where it plays: votes for countries, regions and squares of one degree."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)
    cells: dict[Cell, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    sums: dict[tuple[str, str], dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    nations: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    names: int = 1


def survey_places(toponyms: Sequence[Toponym]) -> Landscape:
    """Let every name of the document vote for where it may be, by the size of its places."""
    land = Landscape()
    seen: set[str] = set()
    for toponym in toponyms:
        first = toponym.candidates[0]
        if first.kind == "country" and (len(toponym.candidates) == 1 or first.country != "GEO"):
            land.countries[first.country] += 1
            continue
        key = toponym.text.casefold()
        sole = [c for c in toponym.candidates if c.kind == "region" and c.admin1]
        if sole and (len(toponym.candidates) == 1 or "region" in toponym.kinds or sole[0].population > 3_000_000):
            land.regions[sole[0].country, sole[0].admin1] += 1
        if key not in seen:
            seen.add(key)
            _vote(land, key, toponym.candidates)
    land.names = max(len(seen), 1)
    return land


def _vote(land: Landscape, key: str, candidates: Sequence[Candidate]) -> None:
    weights = [_prior(c) for c in candidates]
    whole = sum(weights) or 1.0
    for candidate, weight in zip(candidates, weights, strict=True):
        share = weight / whole
        cell = _cell(candidate)
        land.cells[cell][key] = max(share, land.cells[cell].get(key, 0.0))
        if candidate.admin1:
            place = (candidate.country, candidate.admin1)
            land.sums[place][key] = min(share + land.sums[place].get(key, 0.0), 1.0)
        land.nations[candidate.country][key] = min(share + land.nations[candidate.country].get(key, 0.0), 1.0)


def _prior(candidate: Candidate) -> float:
    return math.sqrt(candidate.population + 1000.0) * (0.3 if candidate.rank > 1 else 1.0)


def _cell(candidate: Candidate) -> Cell:
    return math.floor(candidate.latitude), math.floor(candidate.longitude)


def find_containers(trees: Sequence[Tree], toponyms: Sequence[Toponym]) -> list[list[tuple[Candidate, str]]]:
    """Give for each toponym the larger places named beside it: after a comma, or elsewhere in its sentence."""
    by_tree: dict[int, list[int]] = defaultdict(list)
    for number, toponym in enumerate(toponyms):
        by_tree[toponym.tree].append(number)
    found: list[list[tuple[Candidate, str]]] = []
    for number, toponym in enumerate(toponyms):
        own: list[tuple[Candidate, str]] = []
        for other in by_tree[toponym.tree]:
            if other != number and abs(other - number) <= 6:
                how = _how_near(trees[toponym.tree], toponym, toponyms[other])
                own += [(c, how) for c in toponyms[other].candidates[:4] if c.kind in _BIG or how == "apposed"]
        found.append(own)
    return found


def _how_near(tree: Tree, toponym: Toponym, other: Toponym) -> str:
    between = [t.text for t in tree.tokens[toponym.last + 1 : other.first]] if other.first > toponym.last else None
    if between in ([","], ["("], ["in"], [",", "in"], [","], [",", "a", "city", "in"], []):
        return "apposed"
    before = (
        [t.text.lower() for t in tree.tokens[other.last + 1 : toponym.first]] if toponym.first > other.last else None
    )
    if before is not None and (before in (["'s"], ["’s"], []) or (len(before) <= 4 and before[-1:] == ["of"])):
        return "apposed"
    return "sentence"


def weigh(
    toponym: Toponym, candidate: Candidate, land: Landscape, containers: Sequence[tuple[Candidate, str]]
) -> dict[str, float]:
    """Give the evidence for one candidate as named numbers."""
    key = toponym.text.casefold()
    found = {f"kind={candidate.kind}": 1.0, f"rank={candidate.rank}": 1.0}
    if candidate.kind in ("settlement", "district", "region"):
        found[f"size:{candidate.kind}"] = math.log10(candidate.population + 100.0)
    if candidate.population == max(c.population for c in toponym.candidates):
        found["largest"] = 1.0
    if toponym.kinds:
        found["hinted" if candidate.kind in toponym.kinds else "not hinted"] = 1.0
    found |= _weigh_names(key, candidate, land)
    found |= _weigh_containers(candidate, containers)
    if candidate.kind == "settlement" and find_seat(toponym.text) == candidate.country:
        found["capital"] = 1.0
    return found


def _weigh_names(key: str, candidate: Candidate, land: Landscape) -> dict[str, float]:
    found: dict[str, float] = {}
    named = land.countries[candidate.country]
    own = candidate.kind == "country"
    if named and not own:
        found["country named"] = 1.0
        found["country share"] = named / sum(land.countries.values())
    elif not own and any(n in land.countries for n in _neighbours(candidate.country)):
        found["neighbour named"] = 1.0
    regions = land.regions[candidate.country, candidate.admin1] if candidate.admin1 else 0
    if regions and candidate.kind != "region":
        found["region named"] = 1.0
        found["region share"] = regions / sum(land.regions.values())
    at = _cell(candidate)
    near: dict[str, float] = {}
    for a, b in _NEAR:
        for name, share in land.cells.get((at[0] + a, at[1] + b), {}).items():
            near[name] = max(share, near.get(name, 0.0))
    found["near"] = math.log1p(sum(v for n, v in near.items() if n != key))
    found["same region"] = math.log1p(
        sum(v for n, v in land.sums.get((candidate.country, candidate.admin1), {}).items() if n != key)
    )
    nation = sum(v for n, v in land.nations.get(candidate.country, {}).items() if n != key)
    found["same country"] = nation / land.names
    return found


def _neighbours(country: str) -> tuple[str, ...]:
    found = read_countries().get(country)
    return found.neighbours if found else ()


def _weigh_containers(candidate: Candidate, containers: Sequence[tuple[Candidate, str]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for other, how in containers:
        if other.kind == "country":
            if other.country == candidate.country and candidate.kind != "country":
                found[f"{how} country"] = 1.0
            elif how == "apposed":
                found.setdefault("apposed other country", 1.0)
        elif other.kind == "region" and other.country == candidate.country:
            if other.admin1 and other.admin1 == candidate.admin1 and other.place != candidate.place:
                found[f"{how} region"] = 1.0
        elif other.kind == "district" and other.country == candidate.country:
            if abs(other.latitude - candidate.latitude) + abs(other.longitude - candidate.longitude) < 1:
                found["apposed district"] = 1.0
    if "apposed country" in found:
        found.pop("apposed other country", None)
    return found


def choose(
    toponym: Toponym, land: Landscape, containers: Sequence[tuple[Candidate, str]], weights: dict[str, float]
) -> tuple[Candidate, float]:
    """Give the likeliest candidate and by how much it leads the next one of another place."""
    scored = sorted(
        (
            (sum(weights.get(n, 0.0) * v for n, v in weigh(toponym, c, land, containers).items()), -number, c)
            for number, c in enumerate(toponym.candidates)
        ),
        reverse=True,
        key=lambda s: s[:2],
    )
    lead = scored[0][0] - scored[1][0] if len(scored) > 1 else 9.0
    return scored[0][2], lead
