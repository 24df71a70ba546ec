"""The events station keeps the quality it was shipped with on the development reports: floors that only rise."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.documents import make_document
from transforms.extraction import extract_documents

HERE = Path(__file__).parent
GOLD = HERE.parents[2] / "shared" / "gold"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8")).get("events", {})


@pytest.fixture(scope="module")
def measures():
    if not (GOLD / "news").is_dir():
        pytest.skip("no annotated reports beside the project: quality is measured where ../shared/gold is")
    spec = importlib.util.spec_from_file_location("gold_evaluate", GOLD / "evaluate.py")
    evaluate = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = evaluate
    spec.loader.exec_module(evaluate)
    rows = [row for path in sorted((GOLD / "news").glob("*.docs.jsonl")) for row in evaluate.load(path)]
    notes = {r["doc_id"]: r for path in sorted((GOLD / "news").glob("*.gold.jsonl")) for r in evaluate.load(path)}
    gold = [row | notes[row["doc_id"]] for row in rows if row["doc_id"] in notes]
    found = {x.document.input_id: x.as_json() for x in extract_documents([document_of(row) for row in gold])}
    scores = evaluate.score_news(gold, found)
    return {name: value.get("F1", value.get("share")) for name, value in scores.items()}


def document_of(row):
    moment = row.get("published") and datetime.fromisoformat(row["published"])
    return make_document(
        row["text"],
        input_id=str(row["doc_id"]),
        title=row.get("title"),
        published_at=moment and moment.replace(tzinfo=moment.tzinfo or UTC),
    )


@pytest.mark.parametrize("name", FLOORS)
def test_quality_does_not_fall(measures, name):
    assert measures[name] >= FLOORS[name]
