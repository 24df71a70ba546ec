"""What the event models learn from: passages with marks, judged articles, sentences of which one trigger is known."""

from __future__ import annotations

from collections import Counter

import pytest

from schemas.errors import ReferenceDataError
from schemas.vocabulary import EventType, Status
from tests.documents import make_document
from transforms.events.annotations import Told, name_trigger, read_judgements, read_marks, read_passages
from transforms.events.lessons import read_lessons
from transforms.events.reports import read_scenes


def _scene_of(text):
    return next(read_scenes([make_document(text)]))


def _lessons_of(marked, told):
    text, annotation = read_marks(marked, told)
    return read_lessons(_scene_of(text), annotation).examples


def test_passages_teach_their_marks_and_refuse_all_other_words():
    taught = _lessons_of("Rebels who {ASSAULT denied|shelled} the port {RETREAT|fled} and met nobody.", Told.TRIGGERS)
    assert Counter(taught["trigger"].labels) == {"ASSAULT": 1, "RETREAT": 1, "none": 1}
    assert sorted(taught["status"].labels) == ["asserted", "denied"]
    assert not taught["pair"].labels


def test_of_named_triggers_other_words_are_not_known():
    taught = _lessons_of("Rebels who {ASSAULT|shelled} the port met nobody.", Told.NAMED)
    assert taught["trigger"].labels == ["ASSAULT"]


def test_judged_articles_teach_which_mentions_are_one_event():
    text, annotation = read_marks("Rebels {ASSAULT|shelled} the port and {ASSAULT|killed} a boy; they {RETREAT|fled}.")
    first, second, third = annotation["events"]
    one = {**first, "triggers": first["triggers"] + second["triggers"]}
    scene = _scene_of(text)
    taught = read_lessons(scene, {"told": Told.EVENTS, "events": [one, third]}).examples
    assert Counter(taught["pair"].labels) == {"same": 1, "other": 2}


@pytest.mark.parametrize("marked", ["Rebels {ASSAULT shelled the port.", "Rebels {assault|shelled} the port."])
def test_a_mark_that_cannot_be_read_is_told(marked):
    with pytest.raises(ReferenceDataError, match="a mark that cannot be read"):
        read_marks(marked)


def test_every_lesson_and_judgement_can_be_read():
    types, statuses = {t.value for t in EventType}, {s.value for s in Status}
    annotations = [passage.annotation for passage in read_passages()]
    annotations += [judgement.annotation for judgement in read_judgements().values()]
    events = [event for annotation in annotations for event in annotation["events"]]
    assert {event["plover"] for event in events} <= types
    assert {event["status"] for event in events} <= statuses
    for judgement in read_judgements().values():
        spans = [span for event in judgement.annotation["events"] for span in event["triggers"]]
        assert all(0 <= start < end <= judgement.length for start, end in spans)


def test_a_record_names_its_first_word_that_may_be_a_trigger():
    scene = _scene_of("The minister offered to hand over the suspects.")
    annotation = name_trigger(scene, "offered to hand over", "AGREE")
    assert annotation["told"] is Told.NAMED
    assert [scene.document.text[a:b] for e in annotation["events"] for a, b in e["triggers"]] == ["offered"]
    assert not name_trigger(scene, "of the", "AGREE")["events"]


def test_roles_and_places_teach_where_they_were_read():
    text, annotation = read_marks("Rebels {ASSAULT|shelled} the port of Elm and {RETREAT|fled}.")
    first, second = annotation["events"]
    first |= {"actors": [{"start": 0, "end": 6}], "targets": [], "places": [{"start": 28, "end": 31}]}
    taught = read_lessons(_scene_of(text), {"told": Told.EVENTS, "events": [first, second]})
    actor = taught.rankings["actor"]
    assert len(actor.groups) == 1
    assert actor.right[0].count(True) == 1
    assert taught.rankings["target"].right[0][0]
    assert not taught.rankings["date"].groups


def test_a_passage_does_not_vouch_for_what_is_said_in_it():
    taught = _lessons_of("The governor said that rebels had {ASSAULT|shelled} the port.", Told.TRIGGERS)
    assert "ASSAULT" in taught["trigger"].labels
    assert not taught["status"].labels
