"""Quantities side by side, numbers that name something, and what stands behind a counted noun."""

from __future__ import annotations

import pytest

from tests.documents import make_document
from transforms.figures import find_figures, find_numbers, find_quantities
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree

NUMBERS = [
    ("three dozens", [36]),
    ("four and three quarters", [4.75]),
    ("six and two thirds", [6 + 2 / 3]),
    ("a million and a half", [1_500_000]),
    ("two hundred  and\nsix", [206]),
    ("1 414 021 100", [1_414_021_100]),
    ("10 tln", [1e13]),
    ("naught point five", [0.5]),
    ("spaced 50m apart", [50]),
    ("some 100m people", [1e8]),
    ("band six", [6]),
    ("5 and a half-time draw", [5]),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS, ids=[t for t, _ in NUMBERS])
def test_numbers(text, expected):
    found = find_quantities(text) if "50m" in text else find_numbers(text)
    assert [n.low for n in found] == [pytest.approx(e) for e in expected]


PAIRS = [
    # one quantity
    ("It cost 3 dollars and 50 cents.", [("3 dollars and 50 cents", 3.5, 3.5, "USD")]),
    ("Temperatures ranged from -2 °C to -9 °C.", [("-2 °C to -9 °C", -2, -9, "celsius")]),
    ("He is 5 feet 6 inches tall.", [("5 feet 6 inches", 5.5, 5.5, "foot")]),
    ("It is 5 feet, 6 inches long.", [("5 feet, 6 inches", 5.5, 5.5, "foot")]),
    ("Two in five voters agreed.", [("Two in five", 0.4, 0.4, None)]),
    ("three in four Canadians", [("three in four", 0.75, 0.75, None)]),
    ("100-500 people", [("100-500", 100, 500, None)]),
    ("1500-2000 men", [("1500-2000", 1500, 2000, None)]),
    ("500-1000 people", [("500-1000", 500, 1000, None)]),
    ("5k-20k a head", [("5k-20k", 5000, 20_000, None)]),
    ("minus five percent", [("minus five percent", -5, -5, "percent")]),
    ("a 75 -300mm lens", [("75 -300mm", 75, 300, "mm")]),
    # two quantities, one of which says the unit or the magnitude of both
    ("cut from $2.8 to $1.4 trillion", [("$2.8", 2.8e12, 2.8e12, "USD"), ("$1.4 trillion", 1.4e12, 1.4e12, "USD")]),
    ("from 18 mpg to 24 in town", [("18 mpg", 18, 18, "mile per gallon"), ("24", 24, 24, "mile per gallon")]),
    (
        "several hundred or even 1,000 megawatts",
        [("several hundred", 200, 999, "megawatt"), ("1,000 megawatts", 1000, 1000, "megawatt")],
    ),
    ("a 48-to-46 percent win", [("48", 48, 48, "percent"), ("46 percent", 46, 46, "percent")]),
    ("an 8-by-11-inch sheet", [("8", 8, 8, None), ("11-inch", 11, 11, "inch")]),
    # two that stay as they are
    ("They won two in three games.", [("two", 2, 2, None), ("three", 3, 3, None)]),
    ("It cost $3, and 50 cents went to him.", [("$3", 3, 3, "USD"), ("50 cents", 0.5, 0.5, "USD")]),
    ("between $1 and $1 million", [("$1 and $1 million", 1, 1e6, "USD")]),
    ("from 200 to 2 million", [("200 to 2 million", 200, 2e6, None)]),
    ("gained 5 percent to 3,000", [("5 percent", 5, 5, "percent"), ("3,000", 3000, 3000, None)]),
    # signs, units and money
    ("It was minus ten degrees.", [("minus ten degrees", -10, -10, "degree")]),
    ("They played minus five regulars.", [("five", 5, 5, None)]),
    ("30 MEUR and 100元", [("30 MEUR", 3e7, 3e7, "EUR"), ("100元", 100, 100, "CNY")]),
    ("a 100t crane", [("100t", 100, 100, "tonne")]),
    ("a 52,000 barrel-a-day plant", [("52,000 barrel-a-day", 52_000, 52_000, "barrel per day")]),
    ("It covers 20 sq km.", [("20 sq km", 20, 20, "square kilometre")]),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS, ids=[t for t, _ in PAIRS])
def test_pairs(text, expected):
    found = [(text[q.start : q.end], q.low, q.high, q.unit) for q in find_quantities(text)]
    assert found == [(quote, pytest.approx(low), pytest.approx(high), unit) for quote, low, high, unit in expected]


NAMED = [
    ("Passcode: 471123 for all", []),
    ("Meeting ID: 161 728 9259", []),
    ("Springfield, IL 62704 is near", []),
    ("He sent CA 20000 masks", ["20000"]),
    ("It rained.[3] They left", []),
    ("killed [12] people", ["12"]),
    ('<p id="7711">', []),
    ("the Orbit 11 Pro phone", []),
    ("the 11 professional players", ["11"]),
    ("Articles 5 and 6 say so", []),
    ("(Evening Post)\nTwo men left", ["Two"]),
    ("FC 04 won", []),
    ("call 555-1234 now", []),
    ("the 1812-1815 war", []),
    ("No. 15-674 and", []),
    ("a 216-210 vote", ["216", "210"]),
    ("see?q=a%20b%2030", []),
    ("&client=17859 for details", []),
    ("a sample (n=500) of men", ["500"]),
    ("on sept. 30 and oct 3", []),
    ("they may 3 times", ["3"]),
    ("an influential 2009 paper found gains", []),
    ("killed 2000 civilians", ["2000"]),
    ("the Treaty of 1814, which", []),
    ("an average of 1500.", ["1500"]),
    ("the second half of July", []),
    ("half of July", ["half"]),
    ("an urgent one at that", []),
    ("one in Sumy", ["one"]),
    ("two models, one for cities", ["two"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[t for t, _ in NAMED])
def test_what_names_and_what_counts(text, expected):
    assert [text[q.start : q.end] for q in find_quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She turned 70 on Friday.", "age"),
        ("He turned 20 tanks on them.", "count"),
        ("It turned 4 on Friday.", "count"),
    ],
)
def test_a_birthday_is_an_age(text, kind):
    assert [q.kind.value for q in find_quantities(text)] == [kind]


def phrases(text):
    document = make_document(text)
    (sentences,) = read_sentences([("d", text)])
    return [(f.thing, f.thing_phrase) for f in find_figures(document, tuple(Tree(s) for s in sentences), (), ())]


def test_a_phrase_takes_in_the_period_and_leaves_out_the_next_quantity():
    assert phrases("They made three hundred tests per day.") == [("test", "test per day")]
    assert phrases("They made three hundred tests on one day.")[0] == ("test", "test")
    assert phrases("It sold 4,000 500ml bottles.")[0] == ("bottle", "bottle")
