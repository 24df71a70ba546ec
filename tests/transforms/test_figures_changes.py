"""Amounts of change: by how much something rose or fell is not how much it is."""

from __future__ import annotations

import pytest

from tests.documents import make_document
from transforms.figures import find_figures
from transforms.figures.anchors import find_anchors
from transforms.figures.changes import find_changes
from transforms.figures.quantities import find_quantities
from transforms.reference import read_reference
from transforms.sentences import read_sentences
from transforms.syntax.notation import read_notation
from transforms.syntax.tree import Tree


def read(text):
    document = make_document(text)
    (sentences,) = read_sentences([("d", text)])
    return [(f.quote, f.comparator.value) for f in find_figures(document, tuple(Tree(s) for s in sentences), (), ())]


CHANGES = [
    ("Exports fell 12 percent last year.", [("12 percent", "down")]),
    ("Bread prices rose by $2.", [("$2", "up")]),
    ("Spending on roads was cut by a third.", [("a third", "down")]),
    ("Jobs in mining grew by 4,300 posts.", [("4,300", "up")]),
    ("The index lost 38 points, or 0.5 percent.", [("38", "down"), ("0.5 percent", "down")]),
    ("Turnout was down 5 points.", [("5", "down")]),
    ("Grain output is up 7 percent.", [("7 percent", "up")]),
    ("The fee went up by 30 euros.", [("30 euros", "up")]),
    ("Oil falls 3 percent.", [("3 percent", "down")]),
    ("They cut rates by 50 basis points.", [("50 basis points", "down")]),
    ("Rents climbed another 4 percent.", [("4 percent", "up")]),
    ("The river rose 3 metres.", [("3 metres", "up")]),
]
NO_CHANGES = [
    ("Exports fell to 12 percent.", [("12 percent", "=")]),
    ("Taxes rose by more than 5 percent.", [("5 percent", ">")]),
    ("An increase of 300 posts was announced.", [("300", "=")]),
    ("Planes dropped 500 bombs.", [("500", "=")]),
    ("Leaflets were dropped by 3 drones.", [("3", "=")]),
    ("She gained 5% of the vote.", [("5%", "=")]),
    ("The firm raised $5 million.", [("$5 million", "=")]),
    ("Women made up 5 percent.", [("5 percent", "=")]),
    ("The rebels advanced 5 km.", [("5 km", "=")]),
    ("He lost 3 sons.", [("3", "=")]),
    ("Prices rose for 3 weeks.", [("3 weeks", "=")]),
    ("He was shot by 3 men after sales fell.", [("3", "=")]),
]


@pytest.mark.parametrize(("text", "expected"), CHANGES + NO_CHANGES, ids=[t for t, _ in CHANGES + NO_CHANGES])
def test_changes(text, expected):
    assert read(text) == expected


def test_a_past_form_is_known_where_the_parser_took_it_for_a_noun():
    notation = "Profit|profit|NOUN|NN|root|0 rose|rose|NOUN|NN|dep|1 8|8|NUM|CD|nummod|4 percent|percent|NOUN|NN|dep|2"
    anchors = find_anchors(find_quantities("Profit rose 8 percent"), [Tree(read_notation(notation))])
    assert [c.value for c in find_changes(anchors)] == ["up"]


def test_every_verb_of_change_says_which_way_or_leaves_it_to_its_particle():
    rows = read_reference("change_verbs", ("verb", "direction", "extent"))
    assert {(row["direction"] == "", row["extent"] == "particle") for row in rows} == {(True, True), (False, False)}
    assert {row["extent"] for row in rows} == {"share", "money", "measure", "by", "particle"}
    assert len({row["verb"] for row in rows}) == len(rows)
