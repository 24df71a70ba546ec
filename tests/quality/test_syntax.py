"""The parser keeps the quality it was shipped with: floors that only rise."""

import json
from pathlib import Path

import pytest

from transforms.sentences import read_sentences
from transforms.syntax.card import measure_station

PROJECT = Path(__file__).parents[2]
GOLD = PROJECT.parent / "shared" / "gold" / "syntax"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8")).get("syntax", {})


@pytest.fixture(scope="module")
def measures():
    if not GOLD.is_dir():
        pytest.skip("no treebanks beside the project: quality is measured where ../shared/gold/syntax is")
    return {m.name: m.value for m in measure_station(GOLD, [], read_sentences)}


@pytest.mark.parametrize("name", FLOORS)
def test_quality_does_not_fall(measures, name):
    assert measures[name] >= FLOORS[name]
