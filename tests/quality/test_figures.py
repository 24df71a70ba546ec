"""The figures station keeps the quality it was shipped with: floors that only rise."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from schemas.figures import FIGURES
from schemas.statements import STATEMENTS
from tests.documents import make_document
from transforms.actors import find_actors
from transforms.figures import find_figures
from transforms.places import find_places
from transforms.sentences import read_sentences
from transforms.statements import find_statements
from transforms.syntax.tree import Tree

GOLD = Path(__file__).parents[3] / "shared" / "gold"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8")).get("figures", {})


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def load_module(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def extract(docs, *, with_context):
    parsed = read_sentences((d["doc_id"], d["text"]) for d in docs)
    for gold, sentences in zip(docs, parsed, strict=True):
        document = make_document(gold["text"])
        trees = tuple(Tree(s) for s in sentences)
        places = find_places(document, trees) if with_context else ()
        statements = find_statements(document, trees, find_actors(document, trees, places)) if with_context else ()
        figures = find_figures(document, trees, statements, places)
        yield (
            gold["doc_id"],
            {
                "text": gold["text"],
                "figures": [FIGURES.row(f) for f in figures],
                "statements": [plain(STATEMENTS.row(s)) for s in statements],
            },
        )


def plain(row):
    return {k: [(s["start"], s["end"]) for s in v] if k.endswith("_spans") else v for k, v in row.items()}


@pytest.fixture(scope="module")
def measures():
    if not GOLD.is_dir():
        pytest.skip("no gold beside the project: quality is measured where ../shared/gold is")
    evaluate = load_module(GOLD / "evaluate.py", "gold_evaluate")
    annotated = {r["doc_id"]: r for p in (GOLD / "news").glob("*.gold.jsonl") for r in read_lines(p)}
    docs = [d | annotated[d["doc_id"]] for p in (GOLD / "news").glob("*.docs.jsonl") for d in read_lines(p)]
    news = evaluate.score_news(docs, dict(extract(docs, with_context=True)))
    found = {f"news {k.removeprefix('figures ')}": v.get("F1", v.get("share")) for k, v in news.items()}
    for name in ("newsquant_dev", "muc4_dev_counts"):
        found |= score_set(evaluate, name)
    return found


def score_set(evaluate, name):
    scorer = evaluate.scorer("figures")
    docs = read_lines(GOLD / "figures" / f"{name}.jsonl")
    figures = {k: evaluate.as_figures(v) for k, v in extract(docs, with_context=False)}
    result = scorer.strict([(d["figures"], figures[d["doc_id"]]) for d in docs])
    place = 1 if name.startswith("muc") else 2  # of these only recall has a meaning
    return {f"{name} {k}": scorer.prf(v)[place] for k, v in result.items()}


@pytest.mark.parametrize("name", FLOORS)
def test_quality_does_not_fall(measures, name):
    assert measures[name] >= FLOORS[name]
