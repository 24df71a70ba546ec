"""Statements keep the quality they were shipped with: floors on the development gold that only rise."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.documents import make_document
from transforms.sentences import read_sentences
from transforms.statements import find_statements
from transforms.syntax.tree import Tree

PROJECT = Path(__file__).parents[2]
GOLD = PROJECT.parent / "shared" / "gold"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8")).get("statements", {})
TEXTS = 30


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("statement_score", GOLD / "statements" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def measures() -> dict[str, float]:
    """Scores on the first texts of PolNeAR's development part: all of them would take longer than a test may."""
    path = GOLD / "statements" / "polnear-dev.jsonl"
    if not path.is_file():
        pytest.skip("no annotated texts beside the project: quality is measured where ../shared/gold/statements is")
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line) for line, _ in zip(lines, range(TEXTS), strict=False)]
    pairs = []
    for text, sentences in zip(texts, read_sentences((t["doc_id"], t["text"]) for t in texts), strict=True):
        document = make_document(text["text"])
        found = find_statements(document, [Tree(s) for s in sentences], ())
        rows = [{"source": s.source_spans, "cue": s.cue_spans, "content": s.content_spans} for s in found]
        pairs.append((text["text"], text["statements"], rows))
    scorer = _scorer()
    spoken = scorer.score([scorer.dont_care(*pair) for pair in pairs])
    return {name: spoken[name]["F1"] for name in ("triple@.5", "exact source", "exact cue", "exact content")}


@pytest.mark.parametrize("name", FLOORS)
def test_quality_does_not_fall(measures: dict[str, float], name: str) -> None:
    assert measures[name] >= FLOORS[name]
