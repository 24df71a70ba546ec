"""What is accepted does not depend on the order of rows, and no row is lost on the way."""

from __future__ import annotations

import dataclasses
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.extraction import TABLES
from tests.warehouse.road import START, Story, extract_story
from warehouse.acceptance import accept_frames, drop_duplicate_keys, make_frames, verify_spans

READINGS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(["A", "B"])), min_size=1, max_size=6
)


def read(number: int, revision: int, title: str) -> object:
    return extract_story(Story(number=number, revision=revision, title=title), START)


@given(READINGS, st.randoms())
@settings(deadline=None, max_examples=25)
def test_of_rows_with_one_key_the_same_stays_in_any_order(
    readings: list[tuple[int, int, str]], chance: random.Random
) -> None:
    frames = make_frames([read(*reading) for reading in readings])
    for table in TABLES:
        frame = frames[table.name]
        shuffled = frame.sample(fraction=1, shuffle=True, seed=chance.randrange(1000))
        one, other = drop_duplicate_keys(table, frame), drop_duplicate_keys(table, shuffled)
        assert one.sort(table.key).equals(other.sort(table.key))
        assert one.height == frame.select(table.key).n_unique()


@given(st.text(max_size=40), st.integers(-2, 60), st.integers(-2, 60))
@settings(deadline=None, max_examples=50)
def test_a_quote_is_accepted_only_where_the_text_has_it(quote: str, start: int, end: int) -> None:
    whole = extract_story(Story(number=1), START)
    moved = dataclasses.replace(whole.figures[0], quote=quote, char_start=start, char_end=end)
    frames, findings = verify_spans(make_frames([dataclasses.replace(whole, figures=(moved,))]))
    text = whole.document.text
    true = 0 <= start < end <= len(text) and text[start:end] == quote
    assert frames["figures"].height == true
    assert len(findings) == (not true)


@given(READINGS)
@settings(deadline=None, max_examples=10)
def test_given_is_accepted_and_refused_and_duplicate(readings: list[tuple[int, int, str]]) -> None:
    frames = make_frames([read(*reading) for reading in readings])
    accepted = accept_frames(frames)
    for name, counts in accepted.counts.items():
        assert counts.given == frames[name].height
        assert counts.given == accepted.frames[name].height + counts.refused + counts.duplicate
