"""Where figures happened: reading annotated reports and learning from them."""

from __future__ import annotations

import json

from transforms.figures.training import learn_places, read_choices

TEXT = "Two men were killed in Kharkiv.\u2028Three women were hurt in Sumy on Monday."


def write_reports(folder):
    docs = {"doc_id": "one", "text": TEXT}
    figures = [
        {"start": TEXT.index(quote), "end": TEXT.index(quote) + len(quote), "place": place}
        for quote, place in (("Two", "Kharkiv"), ("Three", "Sumy"))
    ]
    for name, row in (("docs", docs), ("gold", {"doc_id": "one", "figures": figures})):
        (folder / f"a.{name}.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")


def test_reports_may_hold_any_line_separator_within_a_text(tmp_path):
    write_reports(tmp_path)
    choices = list(read_choices(tmp_path))
    assert [any(right) for _, right in choices] == [True, True]
    assert learn_places(choices * 3) == learn_places(choices * 3) != {}


def test_figures_without_a_place_teach_nothing(tmp_path):
    (tmp_path / "a.docs.jsonl").write_text(json.dumps({"doc_id": "one", "text": TEXT}) + "\n\n", encoding="utf-8")
    gold = {"doc_id": "one", "figures": [{"start": 0, "end": 3, "place": None}]}
    (tmp_path / "a.gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    assert list(read_choices(tmp_path)) == []
    assert learn_places([]) == {}
