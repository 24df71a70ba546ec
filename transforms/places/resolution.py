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
from typing import NamedTuple

from transforms.places.gazetteer import Candidate
from transforms.places.spotting import Toponym
from transforms.reference.countries import find_seat, read_countries
from transforms.syntax.tree import Tree

Cell = tuple[int, int]
Containers = Sequence[tuple[Candidate, str]]
"""Places named beside a mention, each with how near it stands."""
_NEAR = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
LARGE = 200_000
"""Inhabitants from which a town is known abroad."""
_NEIGHBOURS = 6
_UNRIVALLED = 9.0  # by how much the only place of a name leads
_MOST = 6  # candidates of a neighbour
_NEARBY = 4.0  # degrees
_LONGEST_LINK = 5
_LINKS = frozenset(("", ",", "(", "in", ", in", "of", "city in", "town in", "village in", ", city in", "district of"))
_ARTICLES = frozenset(("the", "a", "an"))
_SAME_COUNTRY = ("country named", "country share", "sentence country", "same country")
"""What speaks for any town of a country the document names; «Jordan» is no village for that reason."""
_IDLE = frozenset(("northern", "southern", "eastern", "western", "central", "occupied", "neighbouring"))


class Votes(NamedTuple):
    """How much the names of a document speak for a place, each name for itself and all together."""

    shares: dict[str, float]
    whole: float

    def without(self, name: str) -> float:
        """Add up what all other names than ``name`` give."""
        return self.whole - self.shares.get(name, 0.0)


@dataclass(slots=True)
class Landscape:
    """What a document says of where it plays: votes for countries, regions and squares of one degree."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)
    cells: dict[Cell, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    sums: dict[tuple[str, str], dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    nations: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    names: int = 1
    counted: dict[object, Votes] = field(default_factory=dict)

    @property
    def breadth(self) -> float:
        """Grows with the number of countries named: a report from abroad, not from next door."""
        return math.log1p(len(self.countries))

    def votes_near(self, cell: Cell) -> Votes:
        """Give the votes for a square and those around it, of each name the strongest; added up once."""
        if cell not in self.counted:
            near: dict[str, float] = {}
            for a, b in _NEAR:
                for name, share in self.cells.get((cell[0] + a, cell[1] + b), {}).items():
                    near[name] = max(share, near.get(name, 0.0))
            self.counted[cell] = Votes(near, sum(near.values()))
        return self.counted[cell]

    def votes_for(self, country: str, region: str | None = None) -> Votes:
        """Give the votes for a country or one of its regions, added up once."""
        place = (country, region)
        if place not in self.counted:
            shares = self.nations.get(country, {}) if region is None else self.sums.get((country, region), {})
            self.counted[place] = Votes(shares, sum(shares.values()))
        return self.counted[place]


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


def find_containers(trees: Sequence[Tree], toponyms: Sequence[Toponym]) -> list[list[tuple[int, str]]]:
    """Give for each toponym the numbers of those beside it: ``apposed`` behind a comma or «in», else ``sentence``.

    Toponyms must stand in text order.  «Caimito, San Juan, Puerto Rico» is a chain: the last holds the first, too.
    """
    found: list[list[tuple[int, str]]] = [[] for _ in toponyms]
    for number, toponym in enumerate(toponyms):
        for other in range(max(0, number - _NEIGHBOURS), min(len(toponyms), number + _NEIGHBOURS + 1)):
            if other != number and toponyms[other].tree == toponym.tree:
                how = _how_near(trees[toponym.tree], toponym, toponyms[other])
                found[number].append((other, how))
    for number in range(len(toponyms) - 1, -1, -1):
        held = {other for other, how in found[number] if how == "apposed" and other > number}
        chained = {far for other in held for far, how in found[other] if how == "apposed" and far > other}
        found[number] = [(o, "apposed" if o in chained else how) for o, how in found[number]]
    return found


def _how_near(tree: Tree, toponym: Toponym, other: Toponym) -> str:
    if other.first > toponym.last:
        between = [t.text.lower() for t in tree.tokens[toponym.last + 1 : other.first]]
        idle = _IDLE if "," in between else _IDLE | _ARTICLES
        if len(between) <= _LONGEST_LINK and " ".join(w for w in between if w not in idle) in _LINKS:
            return "apposed"
    elif toponym.first > other.last:
        between = [t.text.lower() for t in tree.tokens[other.last + 1 : toponym.first]]
        if between in (["'s"], ["’s"], []) or (len(between) <= _LONGEST_LINK and between[-1] == "of"):
            return "apposed"
    return "sentence"


def gather_containers(toponyms: Sequence[Toponym], near: Sequence[tuple[int, str]]) -> Containers:
    """Give the places that the mentions beside one may be; towns in its sentence count as ``beside`` it."""
    return [
        (c, how if how == "apposed" or c.kind in ("country", "region") else "beside")
        for other, how in near
        for c in toponyms[other].candidates[:_MOST]
    ]


def weigh(toponym: Toponym, candidate: Candidate, land: Landscape, containers: Containers) -> dict[str, float]:
    """Give the evidence for one candidate as named numbers."""
    found = {f"kind={candidate.kind}": 1.0, f"rank={candidate.rank}": 1.0}
    found |= _weigh_size(toponym, candidate, land)
    found |= _weigh_names(toponym.text.casefold(), candidate, land)
    found |= _weigh_containers(candidate, containers)
    if candidate.kind == "region" and candidate.admin1:
        own = land.regions[candidate.country, candidate.admin1] > 0
        sisters = sum(1 for country, _ in land.regions if country == candidate.country) - own
        found["sister regions"] = math.log1p(sisters)
    if candidate.kind == "settlement" and find_seat(toponym.text) == candidate.country:
        found["capital"] = 1.0
        found["capital abroad"] = land.breadth
        if toponym.text.isupper() and toponym.first == 0:
            found["capital in dateline"] = 1.0
    if toponym.candidates[0].kind == "country" and candidate.kind not in ("country", "region"):
        found["namesake of a country"] = 1.0
        for idle in _SAME_COUNTRY:
            found.pop(idle, None)
    return found | _weigh_twins(toponym, candidate)


def _weigh_size(toponym: Toponym, candidate: Candidate, land: Landscape) -> dict[str, float]:
    found: dict[str, float] = {}
    size = math.log10(candidate.population + 100.0)
    if candidate.kind in ("settlement", "district", "region"):
        found[f"size:{candidate.kind}"] = size
    most = max(c.population for c in toponym.candidates)
    if candidate.population == most:
        found["largest"] = 1.0
    if candidate.kind == "settlement":
        found["size abroad"] = size * land.breadth
        found["dwarfed"] = max(0.0, math.log10(most + 100.0) - size - 1.0)
    elif candidate.kind == "country":
        found["country abroad"] = land.breadth
    return found


def _weigh_twins(toponym: Toponym, candidate: Candidate) -> dict[str, float]:
    """Tell the town from the region or district of the same name around it: «Zaporizhzhia»."""
    if candidate.kind not in ("settlement", "region", "district"):
        return {}
    others = {c.kind: c for c in toponym.candidates if c.country == candidate.country and c.admin1 == candidate.admin1}
    if candidate.kind == "settlement":
        return {"town of its region": 1.0} if "region" in others else {}
    twin = others.get("settlement")
    if twin is None or twin.rank > 1:
        return {}
    return {f"{candidate.kind} of a town": 1.0, f"{candidate.kind} of a city": float(twin.population > 50_000)}


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
    found["near"] = math.log1p(land.votes_near(_cell(candidate)).without(key))
    found["same region"] = math.log1p(land.votes_for(candidate.country, candidate.admin1).without(key))
    found["same country"] = land.votes_for(candidate.country).without(key) / land.names
    return found


def _neighbours(country: str) -> tuple[str, ...]:
    found = read_countries().get(country)
    return found.neighbours if found else ()


def _weigh_containers(candidate: Candidate, containers: Containers) -> dict[str, float]:
    found = {
        f"{how} {fit}": 1.0 for other, how in containers if how != "beside" and (fit := fit_into(candidate, other))
    }
    if "apposed country" in found or "apposed region" in found:
        found.pop("apposed other country", None)
    if found.pop("sentence other country", None) and "sentence country" not in found:
        found["elsewhere, large" if candidate.population >= LARGE else "elsewhere"] = 1.0
    beside = {o.name for o, how in containers if how == "beside" and _is_near(candidate, o)}
    if beside:
        found["beside"] = math.log1p(len(beside))
    return found


def _is_near(one: Candidate, other: Candidate) -> bool:
    far = abs(one.latitude - other.latitude) + abs(one.longitude - other.longitude)
    return one.country == other.country and far < _NEARBY


def fit_into(candidate: Candidate, other: Candidate) -> str:
    """Say how a place may lie in another: by ``country``, ``region`` or ``district``, or in an ``other country``."""
    if candidate.kind == "country" or other.place == candidate.place:
        return ""
    if other.kind == "country":
        return "country" if other.country == candidate.country else "other country"
    if other.country != candidate.country:
        return ""
    if other.kind == "region":
        return "region" if other.admin1 and other.admin1 == candidate.admin1 else ""
    if other.kind == "district":
        far = abs(other.latitude - candidate.latitude) + abs(other.longitude - candidate.longitude)
        return "district" if far < 1 else ""
    return ""


def choose(
    toponym: Toponym, land: Landscape, containers: Containers, weights: dict[str, float]
) -> tuple[Candidate, float]:
    """Give the likeliest candidate and by how much it leads the next one of another place."""
    if len(toponym.candidates) == 1:
        return toponym.candidates[0], _UNRIVALLED
    scored = sorted(
        (
            (sum([weights.get(n, 0.0) * v for n, v in weigh(toponym, c, land, containers).items()]), -number, c)
            for number, c in enumerate(toponym.candidates)
        ),
        reverse=True,
        key=lambda s: s[:2],
    )
    return scored[0][2], scored[0][0] - scored[1][0]
