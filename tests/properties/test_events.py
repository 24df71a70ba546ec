"""Events of any text: nothing raises, spans quote, twice is once, time grows with the text."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.extraction import Extraction
from tests.documents import make_document
from transforms.extraction import extract_documents

WORDS = ["attack", "killed", "the", "army", "in", "Kyiv", "on", "Monday", ",", ".", "said", "that", "12", "people"]
WORDS += ["\n", "if", "not", "(", ")", "“", "”", "strike"]
NEWS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def extract(text: str) -> Extraction:
    given_ = make_document(text)
    return next(extract_documents([given_]))


@settings(max_examples=40)
@given(st.one_of(st.text(min_size=1, max_size=200), NEWS))
def test_any_text_gives_events_that_quote_it_the_same_each_time(text):
    found = extract(text).events
    for event in found:
        assert event.trigger_spans[0].quote(text) == event.quote
        for part in (*event.actors, *event.places):
            assert text[part.char_start : part.char_end] == part.quote
        if event.start_date and event.end_date:
            assert event.start_date <= event.end_date
    assert len({e.event_id for e in found}) == len(found)
    assert extract(text).events == found


def test_time_grows_with_the_text():
    piece = "Troops attacked the town and killed two people, and police arrested a man in Kyiv, "

    def seconds(times: int) -> float:
        text = piece * times
        began = time.process_time()
        extract(text)
        return time.process_time() - began

    seconds(2)
    short, long = seconds(150), seconds(1200)
    assert long < 8 * 3 * max(short, 0.05)
