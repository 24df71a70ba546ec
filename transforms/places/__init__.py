"""Places: toponyms found in a text and resolved to points."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from schemas.documents import Document
from schemas.places import Place
from schemas.spans import make_id
from schemas.vocabulary import PlacePrecision, PlaceType
from transforms.places.evidence import find_evidence, survey
from transforms.places.gazetteer import Candidate, Gazetteer, load_gazetteer
from transforms.places.resolution import survey_places
from transforms.places.settling import settle
from transforms.places.spotting import Toponym, spot_toponyms
from transforms.places.unknown import find_unknown
from transforms.syntax.tree import Tree

__all__ = ["find_places"]

ACCEPTED_FROM = 0.0
"""Log odds from which a stretch counts as a toponym."""
SOONER = {"country": -0.5, "site": -0.5, "feature": -0.5}
"""The same for kinds of place whose names seldom mean anything else."""
INSIDE_FROM = -0.5
"""The same for a town inside the name of a site, «Tabqa Dam»."""
WEIGHTS = Path(__file__).parent / "weights.json"
"""The learnt weights; ``learning.py`` makes them, ``MODEL_CARD.md`` describes them."""
MOST_COUNTRIES = 8
"""Misspelt names are looked for in so many countries, those named first."""
_PRECISION = {
    "settlement": PlacePrecision.SETTLEMENT,
    "district": PlacePrecision.DISTRICT,
    "region": PlacePrecision.REGION,
    "country": PlacePrecision.COUNTRY,
    "feature": PlacePrecision.REGION,
    "site": PlacePrecision.EXACT,
}


def find_places(document: Document, trees: Sequence[Tree]) -> tuple[Place, ...]:
    """Find the toponyms of a document and give each the point it most likely means, in text order.

    Adjectives of countries («Syrian») are toponyms, too: their ``name`` is the country, which their ``quote`` is not.
    Names of peoples («Syrians») are not.  Places without a point are those no gazetteer knows.

    Limits: an address is read as its street; a region named only by a direction («the south») is not found.
    """
    gazetteer = load_gazetteer()
    weights = read_weights()
    weighed = weigh_toponyms(document, trees, gazetteer, weights["accept"])
    accepted = [t for t, odds in weighed if is_accepted(t, odds)]
    land = survey_places(accepted)
    settled = settle(trees, accepted, land, weights["rank"])
    countries = tuple(dict.fromkeys(c.country for c in settled if c is not None and c.country))[:MOST_COUNTRIES]
    inside = [t for t, odds in weighed if odds > INSIDE_FROM]
    unknown = find_unknown(document, trees, accepted, inside=inside, countries=countries, gazetteer=gazetteer)
    if unknown:
        accepted = sorted([*_uncovered(accepted, unknown), *unknown], key=lambda t: t.span)
        settled = settle(trees, accepted, land, weights["rank"])
    return tuple(_make_place(document, trees, t, c) for t, c in zip(accepted, settled, strict=True))


def _uncovered(accepted: Sequence[Toponym], unknown: Sequence[Toponym]) -> list[Toponym]:
    """Leave out the towns that are only part of a site's name: «Kharkiv» in «Kharkiv Airport».

    A country or region in such a name stays a mention of its own, for it gives the site no point.
    """
    taken = {(u.tree, i) for u in unknown for i in range(u.first, u.last + 1)}
    return [t for t in accepted if (t.tree, t.first) not in taken or t.candidates[0].kind in ("country", "region")]


@cache
def read_weights() -> dict[str, dict[str, float]]:
    """Read the learnt weights: ``accept`` for toponym or not, ``rank`` for which place."""
    loaded: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text("utf-8"))
    return loaded


def weigh_toponyms(
    document: Document, trees: Sequence[Tree], gazetteer: Gazetteer, weights: dict[str, float]
) -> list[tuple[Toponym, float]]:
    """Give every stretch some table knows as a place, with the log odds that it is one here."""
    spotted = spot_toponyms(document, trees, gazetteer)
    around = survey(trees, spotted)
    return [(t, sum(weights.get(f, 0.0) for f in find_evidence(trees[t.tree], t, around))) for t in spotted]


def is_accepted(toponym: Toponym, odds: float) -> bool:
    """Tell whether the odds suffice for a toponym of its kind."""
    return odds > SOONER.get(toponym.candidates[0].kind, ACCEPTED_FROM)


def _make_place(document: Document, trees: Sequence[Tree], toponym: Toponym, candidate: Candidate | None) -> Place:
    quote = toponym.span.quote(document.text)
    is_site = "site" in toponym.kinds and (candidate is None or candidate.kind != "site")
    has_point = candidate is not None and not (is_site and candidate.kind in ("country", "region"))
    kind = "site" if is_site else candidate.kind if candidate else next(iter(sorted(toponym.kinds)), "unknown")
    precision = _PRECISION.get(candidate.kind) if candidate and has_point else None
    return Place(
        place_id=make_id("place", document.document_id, toponym.span.start, toponym.span.end),
        document_id=document.document_id,
        sentence_no=trees[toponym.tree].sentence.sentence_no,
        char_start=toponym.span.start,
        char_end=toponym.span.end,
        quote=quote,
        name=quote if is_site or candidate is None else candidate.name,
        place_type=PlaceType(kind),
        country=(candidate.country or None) if candidate else None,
        admin1=(candidate.admin1 or None) if candidate else None,
        latitude=candidate.latitude if candidate and has_point else None,
        longitude=candidate.longitude if candidate and has_point else None,
        precision=precision,
        geonames_id=candidate.geonames_id if candidate and not is_site else None,
        alternatives=max(len(toponym.candidates) - 1, 0),
    )
