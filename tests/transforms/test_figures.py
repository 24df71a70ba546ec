"""Figures: the grammar of numbers, quantities, and what syntax adds to them."""

from __future__ import annotations

import pytest

from schemas.spans import Span
from schemas.statements import Statement
from schemas.vocabulary import Act, Comparator, FigureKind, Form
from tests.documents import make_document
from transforms.figures import find_figures, find_numbers, find_quantities
from transforms.figures.anchors import find_anchors
from transforms.figures.claims import find_statement
from transforms.figures.comparators import find_comparator
from transforms.figures.effects import find_effects
from transforms.figures.numerals import scan_atoms
from transforms.figures.parts import find_wholes, is_cumulative
from transforms.figures.things import name_things
from transforms.figures.units import find_currency_before, find_unit_after
from transforms.sentences import read_sentences
from transforms.syntax.notation import read_notation
from transforms.syntax.tree import Tree

NUMBERS = [
    ("1,234,567", [(1_234_567, 1_234_567)]),
    ("12.345,67", [(12_345.67, 12_345.67)]),
    ("1 200 000", [(1_200_000, 1_200_000)]),
    ("1'200'000", [(1_200_000, 1_200_000)]),
    ("12,34,567", [(1_234_567, 1_234_567)]),
    ("3.5", [(3.5, 3.5)]),
    (".500", [(0.5, 0.5)]),
    ("40bn", [(4e10, 4e10)]),
    ("1.1bn", [(1.1e9, 1.1e9)]),
    ("25k", [(25_000, 25_000)]),
    ("4.3M sales", [(4_300_000, 4_300_000)]),
    ("12.3m tonnes", [(12_300_000, 12_300_000)]),
    ("8 B people", [(8e9, 8e9)]),
    ("34.6 million", [(34_600_000, 34_600_000)]),
    ("hundred", [(100, 100)]),
    ("a thousand", [(1000, 1000)]),
    ("million", [(1e6, 1e6)]),
    ("two hundred and six", [(206, 206)]),
    ("sixty-seven thousand four hundred", [(67_400, 67_400)]),
    ("nine thousand million", [(9e9, 9e9)]),
    ("half a million", [(500_000, 500_000)]),
    ("three quarters of a million", [(750_000, 750_000)]),
    ("a million and a half", [(1_500_000, 1_500_000)]),
    ("two and a half million", [(2_500_000, 2_500_000)]),
    ("five-and-a-half", [(5.5, 5.5)]),
    ("two point five billion", [(2.5e9, 2.5e9)]),
    ("a dozen", [(12, 12)]),
    ("two dozen", [(24, 24)]),
    ("half a dozen", [(6, 6)]),
    ("2½", [(2.5, 2.5)]),
    ("2 1/2", [(2.5, 2.5)]),
    ("3/4", [(0.75, 0.75)]),
    ("two-thirds", [(2 / 3, 2 / 3)]),
    ("a third of", [(1 / 3, 1 / 3)]),
    ("1.99×10−30", [(1.99e-30, 1.99e-30)]),
    ("dozens", [(24, 99)]),
    ("scores of", [(40, 99)]),
    ("hundreds", [(200, 999)]),
    ("tens of thousands", [(20_000, 99_999)]),
    ("several thousand", [(2000, 9999)]),
    ("a few hundred", [(200, 999)]),
    ("between five and six hundred", [(500, 600)]),
    ("four to five thousand", [(4000, 5000)]),
    ("3-5 billion", [(3e9, 5e9)]),
    ("15–22", [(15, 22)]),
    ("hundreds to a thousand", [(200, 1000)]),
    ("5 and 6", [(5, 5), (6, 6)]),
    ("27–24", [(27, 27), (24, 24)]),
    ("two or three", [(2, 3)]),
    ("٣٤", [(34, 34)]),
    ("twenty-first", []),
    ("one hundred and fifth", []),
    ("a third man", []),
    ("the second half", []),
    ("nineteen ninety-five", []),
    ("he scores goals", []),
    ("²", []),
    ("9" * 5000, []),
    ("1.2.3.4", []),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS, ids=[t[:30] for t, _ in NUMBERS])
def test_numbers(text, expected):
    assert [(n.low, n.high) for n in find_numbers(text)] == [(pytest.approx(a), pytest.approx(b)) for a, b in expected]


QUANTITIES = [
    # peers' failures
    ("They sent $40bn in all.", [("$40bn", 4e10, 4e10, "=", "money", "USD")]),
    ("It cost £1.1bn.", [("£1.1bn", 1.1e9, 1.1e9, "=", "money", "GBP")]),
    ("The $100m deal fell through.", [("$100m", 1e8, 1e8, "=", "money", "USD")]),
    ("They paid USD34.6 million.", [("USD34.6 million", 34_600_000, 34_600_000, "=", "money", "USD")]),
    ("Three of the five left.", [("Three", 3, 3, "=", "count", None), ("five", 5, 5, "=", "count", None)]),
    ("It shot down 21 out of 49.", [("21", 21, 21, "=", "count", None), ("49", 49, 49, "=", "count", None)]),
    ("bags of 5 and 6 kg", [("5", 5, 5, "=", "measure", "kg"), ("6 kg", 6, 6, "=", "measure", "kg")]),
    ("a score of 30 or greater", [("30", 30, 30, ">", "count", None)]),
    ("Dozens were hurt.", [("Dozens", 24, 99, "=", "count", None)]),
    # money
    ("aid of US $84 million", [("US $84 million", 84e6, 84e6, "=", "money", "USD")]),
    (
        "A$5 million and €3 million",
        [("A$5 million", 5e6, 5e6, "=", "money", "AUD"), ("€3 million", 3e6, 3e6, "=", "money", "EUR")],
    ),
    ("₴200 million", [("₴200 million", 2e8, 2e8, "=", "money", "UAH")]),
    ("200 million hryvnias", [("200 million hryvnias", 2e8, 2e8, "=", "money", "UAH")]),
    ("millions of dollars", [("millions", 2e6, 9.99e6, "=", "money", "USD")]),
    ("HK $5.4m", [("HK $5.4m", 5.4e6, 5.4e6, "=", "money", "HKD")]),
    ("from RM120,000 to RM300,000", [("RM120,000 to RM300,000", 120_000, 300_000, "=", "money", "MYR")]),
    ("it fell to $-50.8bn", [("$-50.8bn", -50.8e9, -50.8e9, "=", "money", "USD")]),
    ("50 cents", [("50 cents", 0.5, 0.5, "=", "money", "USD")]),
    # measures, shares, ages, durations, ratios
    ("about 40 km away", [("40 km", 40, 40, "~", "measure", "km")]),
    ("500-pound bombs", [("500-pound", 500, 500, "=", "measure", "pound")]),
    ("at 15 to 22 miles per hour", [("15 to 22 miles per hour", 15, 22, "=", "measure", "mile per hour")]),
    ("a 1.5mm tip", [("1.5mm", 1.5, 1.5, "=", "measure", "mm")]),
    ("2.14degF warmer", [("2.14degF", 2.14, 2.14, "=", "measure", "fahrenheit")]),
    ("-5 degrees Celsius", [("-5 degrees Celsius", -5, -5, "=", "measure", "celsius")]),
    ("tens of kilometres of road", [("tens of kilometres", 20, 99, "=", "measure", "km")]),
    ("five per cent to 20 per cent", [("five per cent to 20 per cent", 5, 20, "=", "percent", "percent")]),
    ("nearly 21 percent", [("21 percent", 21, 21, "~", "percent", "percent")]),
    ("two percentage points", [("two percentage points", 2, 2, "=", "percent", "percentage point")]),
    ("a 34-year-old man", [("34-year-old", 34, 34, "=", "age", "year")]),
    ("children under the age of five", [("five", 5, 5, "<", "age", "year")]),
    ("women between the ages of 15 and 49", [("15 and 49", 15, 49, "=", "age", "year")]),
    ("Ann Lee, 47, spoke.", [("47", 47, 47, "=", "age", "year")]),
    ("for two weeks", [("two weeks", 2, 2, "=", "duration", "week")]),
    ("four years and nine months", [("four years and nine months", 4.75, 4.75, "=", "duration", "year")]),
    ("half an hour later", [("half an hour", 0.5, 0.5, "=", "duration", "hour")]),
    ("one in five families", [("one in five", 0.2, 0.2, "=", "ratio", None)]),
    ("more than half of them", [("half", 0.5, 0.5, ">", "ratio", None)]),
    ("within three days", [("three days", 3, 3, "<", "duration", "day")]),
    # ranges that stay two
    ("cut the number of seats from 84 to 60", [("84", 84, 84, "=", "count", None), ("60", 60, 60, "=", "count", None)]),
    (
        "They raised the fee from $50 to $60.",
        [("$50", 50, 50, "=", "money", "USD"), ("$60", 60, 60, "=", "money", "USD")],
    ),
    (
        "0.68 per cent to 3,005.47",
        [("0.68 per cent", 0.68, 0.68, "=", "percent", "percent"), ("3,005.47", 3005.47, 3005.47, "=", "count", None)],
    ),
    ("about 2000 - 2500 calories", [("2000 - 2500 calories", 2000, 2500, "~", "measure", "calorie")]),
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES, ids=[t for t, _ in QUANTITIES])
def test_quantities(text, expected):
    found = [
        (text[q.start : q.end], q.low, q.high, q.comparator.value, q.kind.value, q.unit) for q in find_quantities(text)
    ]
    assert found == [(s, pytest.approx(a), pytest.approx(b), c, k, u) for s, a, b, c, k, u in expected]


REFUSED = [
    "on 14 July 2022",
    "July 14-16",
    "between August 23 and 24",
    "the 27 February raid",
    "19 DEC 89",
    "in 2012-13",
    "the 2023–24 season",
    "the 1990s",
    "at 10:30 a.m.",
    "at 0400 GMT",
    "Resolution 2334",
    "an F-16",
    "open 24/7",
    "the G7",
    "COVID-19",
    "in the lead up to COP26",
    "Article 5",
    "a Boeing 737 crashed",
    "the X1.9 flare",
    "Flight MH17",
    "T-72 tanks",
    "S-300 missiles",
    "Highway 401",
    "+1-202-702-7843",
    "202-849-0251",
    "Rep. Ann Lee (KY-05)",
    "H.R. 6436",
    "my number one priority",
    "(France 24)",
    "one of the men",
    "a man left in an hour",
    "no one came",
    "a two-state solution",
    "two years ago",
    "the third time",
    "the 5th",
    "1) prevention",
    "https://example.org/2024/03/12",
    "version 1.2.3",
    "575 Wilbraham Road was empty",
    "the 612 Humanitarian Relief Fund, which",
    "the Three Brotherhood Alliance",
    "round 6 in front",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_quantity(text):
    assert [text[q.start : q.end] for q in find_quantities(text)] == []


COMPARATORS = [
    ("at least 22 people", "22", ">"),
    ("more than 22 people", "22", ">"),
    ("no fewer than 22", "22", ">"),
    ("as many as 22", "22", "<"),
    ("up to 22", "22", "<"),
    ("no more than 22", "22", "<"),
    ("fewer than 22", "22", "<"),
    ("an estimated 22", "22", "~"),
    ("some 22", "22", "~"),
    ("22 or more", "22", ">"),
    ("22 people or fewer", "22", "<"),
    ("22 or so", "22", "~"),
    ("22+ people", "22", ">"),
    ("surpassed 22 cases", "22", ">"),
    ("over the next 22 days", "22", "="),
    ("concerns about 22 cases", "22", "="),
    ("a victory over 22 rivals", "22", "="),
    ("the past 22 days", "22", "="),
    ("at least 7 killed and 22 hurt", "22", "="),
]


@pytest.mark.parametrize(("text", "number", "expected"), COMPARATORS)
def test_comparators_cover_only_their_number(text, number, expected):
    start = text.index(number)
    assert find_comparator(text, start, start + len(number)) is Comparator(expected)


def test_units_know_their_case_and_their_neighbours():
    assert find_unit_after("5 W lamp", 0, 1).name == "watt"
    assert find_unit_after("5G", 0, 1) is None
    assert find_unit_after("two second-half goals", 0, 3) is None
    assert find_unit_after("450 sq ft flat", 0, 3).end == len("450 sq ft")
    assert find_unit_after("586 lb-ft.", 0, 3).name == "foot pound-force"
    assert find_currency_before("the US$5", 7) == ("USD", 4)
    assert find_currency_before("AAUSD5", 5) is None


def test_atoms_part_what_is_no_grouping():
    assert [a.value for a in scan_atoms("12,5 and 1,50,20")] == [12, 5, 1, 50, 20]


# -- syntax ------------------------------------------------------------------------------------------------------------


def read(text):
    document = make_document(text)
    (sentences,) = read_sentences([("d", text)])
    return find_figures(document, tuple(Tree(s) for s in sentences), (), ())


EFFECTS = [
    (
        "The strike killed at least 22 people and wounded dozens more.",
        [("22", "person", ["killed"]), ("dozens", "person", ["wounded"])],
    ),
    (
        "Three soldiers were killed and 12 others injured.",
        [("Three", "soldier", ["killed"]), ("12", "soldier", ["wounded"])],
    ),
    (
        "Two officers and three civilians were killed.",
        [("Two", "officer", ["killed"]), ("three", "civilian", ["killed"])],
    ),
    ("The blast left 12 dead and five missing.", [("12", "person", ["killed"]), ("five", "person", ["missing"])]),
    ("The shelling caused injuries to at least 22 people.", [("22", "person", ["wounded"])]),
    ("The raid led to the deaths of 12 fighters.", [("12", "fighter", ["killed"])]),
    ("The death toll from the flood rises to 31.", [("31", "person", ["killed"])]),
    ("Air defence shot down 21 of 30 drones.", [("21", "drone", ["intercepted"]), ("30", "drone", [])]),
    ("The army fired four missiles at the port.", [("four", "missile", ["launched"])]),
    ("The storm destroyed 75 homes and damaged 220.", [("75", "home", ["destroyed"]), ("220", "home", ["damaged"])]),
    ("Police arrested 14 protesters.", [("14", "protester", ["arrested"])]),
    ("Some 4,500 people were displaced by the storm.", [("4,500", "person", ["displaced"])]),
    ("The ministry pledged $2 billion in aid.", [("$2 billion", "aid", ["provided"])]),
    ("A 34-year-old man was killed.", [("34-year-old", "man", [])]),
    ("The tank is 12 years old.", [("12 years old", None, [])]),
    ("The suspects, who had killed a guard, met two lawyers.", [("two", "lawyer", [])]),
    ("About 700 tonnes of wheat burned.", [("700 tonnes", "wheat", [])]),
    ("Six ships were waiting at anchor.", [("Six", "ship", [])]),
    ("They sent three ships to the island.", [("three", "ship", ["provided"])]),
]


@pytest.mark.parametrize(("text", "expected"), EFFECTS, ids=[t for t, _ in EFFECTS])
def test_effects_and_things(text, expected):
    found = [(f.quote, f.thing, [e.value for e in f.effects]) for f in read(text)]
    assert [f for f in found if f[0] in {e[0] for e in expected}] == expected


THINGS = [
    ("The city lost two nine-story buildings.", ["building", "story"]),
    ("Seventy Palestinians left.", ["Palestinian"]),
    ("Thousands of Hungarians protested.", ["Hungarian"]),
    ("Two police officers left.", ["officer"]),
    ("About 25,000 tons of grain arrived.", ["grain"]),
    ("A five-day strike began.", ["strike"]),
    ("He spent 30 years in prison.", [None]),
    ("The senate voted 51-49 for the bill.", ["vote", "vote"]),
    ("Some 12 percent of the population fled.", ["population"]),
]


@pytest.mark.parametrize(("text", "expected"), THINGS, ids=[t for t, _ in THINGS])
def test_things(text, expected):
    assert sorted(f.thing or "" for f in read(text)) == sorted(e or "" for e in expected)


def test_effects_follow_the_tree_over_a_relative_clause():
    notation = (
        "Nine|nine|NUM|CD|nummod|2 men|man|NOUN|NNS|nsubj|8 whom|whom|PRON|WP|obj|6 the|the|DET|DT|det|5"
        " rebels|rebel|NOUN|NNS|nsubj|6 killed|kill|VERB|VBD|acl:relcl|2 were|be|AUX|VBD|cop|8"
        " guards|guard|NOUN|NNS|root|0"
    )
    tree = Tree(read_notation(notation))
    anchors = find_anchors(find_quantities("Nine men whom the rebels killed were guards"), [tree])
    assert [e.value for e in find_effects(tree, anchors)[0]] == ["killed"]
    assert name_things(anchors, frozenset(), frozenset({0})) == [("man", "man")]


def test_parts_and_totals():
    text = "At least 11 people, including five children, were killed, bringing the death toll to 80."
    (sentences,) = read_sentences([("d", text)])
    anchors = find_anchors(find_quantities(text), [Tree(s) for s in sentences])
    assert find_wholes(text, anchors) == {1: 0}
    assert [is_cumulative(text, a) for a in anchors] == [False, False, True]


def test_a_part_points_to_its_whole():
    one, two = read("Three of the five men were killed.")
    assert (one.part_of_figure_id, two.part_of_figure_id) == (two.figure_id, None)


def test_kinds_are_of_the_closed_list():
    assert {f.kind for f in read("Two men, 3 km, $5, 4 percent, six days, one in ten.")} <= set(FigureKind)


def test_nothing_comes_of_nothing():
    assert read("") == ()
    assert read("No one was hurt.") == ()


def test_claimants_are_announced_where_nobody_is_quoted():
    text = (
        "The minister said:\n\nWe have sent 40 tonnes of food to the north since May.\n\nNotes\n\n"
        "The ministry employs 900 people in six offices."
    )
    assert [f.claimant_name for f in read(text)] == ["The minister", None, None]


def test_the_outermost_statement_claims_unless_it_asks_or_denies():
    text = "Kyiv said that Moscow claimed 12 tanks. It denied losing 5."
    outer = statement(text, "Kyiv", "that Moscow claimed 12 tanks", Act.SAY)
    inner = statement(text, "Moscow", "12 tanks", Act.CLAIM)
    denied = statement(text, "It", "losing 5", Act.DENY)
    at = text.index("12")
    assert find_statement(Span(at, at + 2), [inner, outer, denied]) is outer
    assert find_statement(Span(text.index("5"), text.index("5") + 1), [inner, outer, denied]) is None


def statement(text, source, content, act):
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in (source, content)]
    return Statement(
        statement_id=source,
        document_id="d",
        sentence_no=0,
        source_spans=(spans[0],),
        cue_spans=(),
        content_spans=(spans[1],),
        source_quote=source,
        cue_quote="",
        cue_lemma="",
        content_quote=content,
        form=Form.INDIRECT,
        act=act,
    )
