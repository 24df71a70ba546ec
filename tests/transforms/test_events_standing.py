"""On whose word: paragraphs somebody was brought in for, words of hearsay, and the statuses that follow."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from schemas.vocabulary import Status
from tests.documents import make_document
from transforms.events.mentions import Mention
from transforms.events.reports import read_scenes
from transforms.events.standing import describe_standing
from transforms.events.telling import Voice, find_speakers
from transforms.events.triggers import find_candidates
from transforms.extraction import extract_documents


def document(text):
    return make_document(text, published_at=datetime(2024, 5, 8, tzinfo=UTC))


def scene_of(text):
    return next(read_scenes([document(text)]))


SPOKEN = [
    (
        "A visit\n\nThe defence minister said:\n\nRebels shelled the port on Monday.\n\nTwo nurses died.",
        ["Rebels shelled the port on Monday.", "Two nurses died."],
        "The defence minister",
    ),
    (
        "Speaking in Nairobi, Ms Wanjiru added:\n\nThe militia burned three villages.",
        ["The militia burned three villages."],
        "Ms Wanjiru",
    ),
    ("The bombing hit these towns:\n\nHomal\n\nKarif", [], ""),
    ("The following is attributable to the spokesperson:\n\nWe condemn the attack.", [], ""),
    ("The minister said: rebels shelled the port.\n\nTwo nurses died.", [], ""),
    ("The minister said rebels shelled the port.\n\nTwo nurses died.", [], ""),
]


@pytest.mark.parametrize(("text", "sentences", "speaker"), SPOKEN)
def test_paragraphs_after_a_colon_are_the_speakers(text, sentences, speaker):
    trees = scene_of(text).trees
    found = find_speakers(text, trees)
    assert [text[trees[i].sentence.char_start : trees[i].sentence.char_end] for i in found] == sentences
    assert set(found.values()) == ({speaker} if sentences else set())


HEARSAY = [
    ("Nine herders were reportedly killed in the raid.", "killed", True),
    ("The boy was allegedly shot by a guard.", "shot", True),
    ("Police are looking into the alleged bombing of the shop.", "bombing", True),
    ("There were reports that soldiers had burned the market.", "burned", True),
    ("Nine herders were killed in the raid.", "killed", False),
    ("The boy was quickly shot by a guard.", "shot", False),
    ("Police are looking into the deadly bombing of the shop.", "bombing", False),
    ("There were signs that soldiers had burned the market.", "burned", False),
]


@pytest.mark.parametrize(("text", "word", "expected"), HEARSAY)
def test_hearsay_is_told_from_plain_telling(text, word, expected):
    scene = scene_of(text)
    candidate = next(c for c in find_candidates(scene) if scene.trees[c.sentence].tokens[c.index].text == word)
    features = describe_standing(scene, mention(candidate))
    assert any(feature.startswith("hs=") for feature in features) is expected


def mention(candidate):
    return Mention(candidate=candidate, event_type="ASSAULT", score=1.0, chances=np.zeros(1, np.float32))


STATUSES = [
    ("The army will attack the rebel town next week.", Status.PLANNED),
    ("The rebels attacked the town last week.", Status.ASSERTED),
    ("Moscow said that Ukraine had fired six missiles at Belgorod.", Status.CLAIMED),
    ("Six missiles were fired at Belgorod on Monday.", Status.ASSERTED),
    ("The foreign minister said:\n\nThe junta has killed dozens of villagers in the north.", Status.CLAIMED),
    ("Dozens of villagers have been killed in the north.", Status.ASSERTED),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_statuses_on_whose_word(text, status):
    events = next(extract_documents([document(text)])).events
    assert [event.status for event in events if event.event_type.value == "ASSAULT"] == [status]


def test_the_holder_of_spoken_paragraphs_is_named():
    text = "The foreign minister said:\n\nThe junta has killed dozens of villagers in the north."
    events = next(extract_documents([document(text)])).events
    assert events
    assert all("foreign minister" in event.holder_name for event in events)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("We met the governor. Our teams repaired the bridge.", Voice.OWN),
        ("The mayor met the governor. We thank him.", Voice.ONCE),
        ("“We will stay,” said the mayor of Elm.", Voice.QUOTED),
        ("The mayor said the town would stay.", Voice.NONE),
    ],
)
def test_voice_of_a_document(text, voice):
    assert scene_of(text).voice is voice
