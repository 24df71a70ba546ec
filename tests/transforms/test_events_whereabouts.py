"""Where and when: which places and dates of a document are weighed for an event at all."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from tests.documents import make_document
from transforms.events.dating import date_options
from transforms.events.mentions import Mention, find_pairs
from transforms.events.reports import read_scenes
from transforms.events.triggers import find_candidates
from transforms.events.whereabouts import place_options

DIGEST = (
    "2019 Lyon floods\n\nTwo men died when a river flooded Lyon. (Herald)\n\n"
    "A mine killed three people near Kharkiv. (Post)\n\nGunmen killed a farmer in Mosul. (Star)"
)
REPORT = (
    "The army of Iraq moved on Tuesday. Its brigades came from Mosul in the north.\n\n"
    "Gunmen killed a farmer near a bridge. The farmer had lived there for years."
)


def _scene_and_mentions(text, *lemmas):
    scene = next(read_scenes([make_document(text, published_at=datetime(2024, 5, 8, tzinfo=UTC))]))
    chosen = [c for c in find_candidates(scene) if c.lemma in lemmas]
    chances = np.zeros(1, np.float32)
    return scene, [Mention(candidate=c, event_type="ASSAULT", score=1.0, chances=chances) for c in chosen]


def _named(options):
    return {option.place.name for option in options}


def test_in_a_digest_places_of_other_items_are_not_weighed():
    scene, killings = _scene_and_mentions(DIGEST, "kill")
    assert scene.is_digest
    assert "Kharkiv" in _named(place_options(scene, killings[:1]))
    assert "Kharkiv" not in _named(place_options(scene, killings[1:]))


def test_in_a_report_places_of_sentences_before_are_weighed():
    scene, killings = _scene_and_mentions(REPORT, "kill")
    assert not scene.is_digest
    assert "Mosul" in _named(place_options(scene, killings))


def test_a_year_in_the_name_of_a_story_dates_nothing():
    scene, deaths = _scene_and_mentions(DIGEST, "die")
    assert [option.name for option in date_options(scene, deaths)] == ["unknown", "published"]


def test_in_a_digest_mentions_far_apart_are_not_asked_about():
    filler = "\n\n".join(f"Rain fell on day {n} of the month. (Star)" for n in range(1, 6))
    scene, killings = _scene_and_mentions(f"{DIGEST}\n\n{filler}\n\nGunmen killed a baker in Basra. (Post)", "kill")
    assert len(killings) == 3
    assert find_pairs(scene, killings) == [(0, 1)]
