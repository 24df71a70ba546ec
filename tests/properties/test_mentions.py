"""Actors, places and times of any text: nothing raises, spans quote, twice is once, time grows with the text alone."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.actors import Actor
from schemas.places import Place
from schemas.times import Time
from tests.documents import make_document
from transforms.actors import find_actors
from transforms.places import find_places
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree
from transforms.times import find_times

WORDS = [
    *("Kyiv", "Russia", "Paris", "Texas", ",", ".", "(", ")", "-", "'", "the", "of", "in", "President", "Lavrov", "he"),
    *(
        "They",
        "said",
        "IDF",
        "(IDF)",
        "Ukrainian",
        "troops",
        "police",
        "U.S.",
        "on",
        "Friday",
        "May",
        "5",
        "2022",
        "last",
    ),
    *("week", "1990s", "Kharkhiv", "region", "New", "York", "City", "Hamas’s", "Côte", "d’Ivoire", "\u202e", "I\u0307"),
]
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=160),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
)


def read(text: str) -> tuple[tuple[Place, ...], tuple[Time, ...], tuple[Actor, ...]]:
    document = make_document(text, published_at=datetime(2024, 5, 15, tzinfo=UTC))
    (sentences,) = read_sentences([("d", text)])
    trees = [Tree(s) for s in sentences]
    places = find_places(document, trees)
    return places, find_times(document, trees), find_actors(document, trees, places)


@settings(max_examples=40)
@given(TEXTS)
def test_any_text_is_read(text: str) -> None:
    found = read(text)
    for mentions in found:
        starts = [m.char_start for m in mentions]
        assert starts == sorted(starts)
        for mention in mentions:
            assert mention.quote
            assert text[mention.char_start : mention.char_end] == mention.quote
        keys = [(m.char_start, m.char_end) for m in mentions]
        assert len(set(keys)) == len(keys)
    for place in found[0]:
        assert (place.latitude is None) == (place.longitude is None)
    for moment in found[1]:
        assert (moment.start_date is None) == (moment.end_date is None)
        assert moment.start_date is None or moment.end_date is None or moment.start_date <= moment.end_date
    assert read(text) == found


HOSTILE = [
    "Kyiv, ",
    "May 5-",
    "in January ",
    "President ",
    "U.S. ",
    "(IDF) ",
    "of the ",
    "1990 ",
    "last last ",
    "Al-",
    "the the second quarter of ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_times_grow_with_the_text_alone(piece: str) -> None:
    """Rules of dates run over whole texts, so they are held to linear time by the ratio of two sizes."""
    document = {
        size: make_document((piece * (size // len(piece) + 1))[:size], published_at=datetime(2024, 5, 15, tzinfo=UTC))
        for size in (50_000, 200_000)
    }
    find_times(document[50_000], [])
    spent = {}
    for size, one in document.items():
        began = time.process_time()
        find_times(one, [])
        spent[size] = time.process_time() - began
    assert spent[200_000] < 0.2 + 12 * spent[50_000]
