"""Queries, reports and what they are written as."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import MisuseError, QueryError
from warehouse.export import DEFUSED, ExportFormat, defuse_frame, render_frame
from warehouse.paths import WarehousePaths
from warehouse.query import run_query
from warehouse.report import Report, list_reports, run_report

FRAME = pl.DataFrame(
    {
        "name": ['=HYPERLINK("x")', "+1", "-2", "@a", "\tb", "\rc", "d", None, ""],
        "number": [-1.5, 22.0, None, 3, 4, 5, 6, 7, 8],
        "spans": [[{"start": 0, "end": 2}]] + [[]] * 8,
        "day": [date(2024, 3, 1)] * 9,
        "at": [datetime(2024, 3, 1, 6, tzinfo=UTC)] * 9,
    }
)


def test_text_that_a_spreadsheet_would_run_is_defused_and_numbers_stay_numbers() -> None:
    rows = list(csv.DictReader(io.StringIO(render_frame(FRAME, "csv").decode())))
    assert [row["name"] for row in rows] == ['\'=HYPERLINK("x")', "'+1", "'-2", "'@a", "'\tb", "'\rc", "d", "", ""]
    assert [row["number"] for row in rows][:2] == ["-1.5", "22.0"]
    assert json.loads(rows[0]["spans"]) == [{"start": 0, "end": 2}]


@given(st.lists(st.one_of(st.none(), st.text()), max_size=20), st.text(min_size=1))
def test_no_text_cell_or_heading_begins_a_formula(texts: list[str | None], heading: str) -> None:
    frame = defuse_frame(pl.DataFrame({heading: texts}, schema={heading: pl.String}))
    assert not frame.columns[0].startswith(DEFUSED)
    assert not any(text.startswith(DEFUSED) for text in frame.to_series().drop_nulls())


def test_parquet_and_json_give_back_what_went_in() -> None:
    assert pl.read_parquet(io.BytesIO(render_frame(FRAME, ExportFormat.PARQUET))).equals(FRAME)
    rows = json.loads(render_frame(FRAME, "json"))
    assert rows[0] == {
        "name": '=HYPERLINK("x")',
        "number": -1.5,
        "spans": [{"start": 0, "end": 2}],
        "day": "2024-03-01",
        "at": "2024-03-01T06:00:00+00:00",
    }


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8")), min_size=1, max_size=5))
def test_a_table_has_a_line_a_row_and_nothing_that_moves_the_cursor(texts: list[str]) -> None:
    written = render_frame(pl.DataFrame({texts[0]: texts}), "table").decode()
    assert len(written.split("\n")) == len(texts) + 4
    assert not any(ord(char) < 32 or char in "\x7f\x9b\u202e\u200b" for char in written.replace("\n", ""))


def test_values_come_in_by_name_and_never_as_sql(loaded_once: WarehousePaths) -> None:
    sql = "select count(*) as n from documents where title = $title"
    assert run_query(loaded_once, sql, {"title": "A title"})["n"][0] > 0
    assert run_query(loaded_once, sql, {"title": "x' or 'a' = 'a"})["n"][0] == 0
    with pytest.raises(QueryError, match=r"title"):
        run_query(loaded_once, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "from documents",
        "describe events",
        "summarize figures",
        "show tables",
        "with a as (select 1 as b) select b from a",
        "explain select 1",
        "select interval 1 day as i, uuid() as u, 1::hugeint as h, 1.5::decimal(9, 2) as d",
        "select {'a': [interval 1 day]} as s, 'x'::blob as b, map {'a': 1} as m, '101'::bit as t",
        "select 1;",
    ],
)
def test_reading_statements_are_answered_in_every_format(loaded_once: WarehousePaths, sql: str) -> None:
    frame = run_query(loaded_once, sql)
    assert frame.height
    for form in ("table", "csv", "json"):
        assert render_frame(frame, form)


@pytest.mark.parametrize("report", list_reports(), ids=lambda report: report.name)
def test_a_report_runs_with_and_without_its_parameters(loaded_once: WarehousePaths, report: Report) -> None:
    everything = run_report(loaded_once, report.name)
    assert everything.columns
    for name in report.parameters:
        narrowed = run_report(loaded_once, report.name, {name: "no such value"})
        assert narrowed.height == 0 or report.name == "runs"


@pytest.mark.parametrize(
    "name", ["casualties", "conflicting-figures", "events_by_day", "attacked_places", "near_copies", "runs"]
)
def test_a_report_finds_what_is_there(loaded_once: WarehousePaths, name: str) -> None:
    assert run_report(loaded_once, name).height


def test_casualties_are_told_by_place_day_and_claimant(loaded_once: WarehousePaths) -> None:
    rows = run_report(loaded_once, "casualties", {"place": "Łódź", "effect": "killed"}).to_dicts()
    assert rows == [
        {
            "place_name": "Łódź",
            "event_date": date(2024, 3, 1),
            "effect": "killed",
            "claimant": "Ünal",
            "lowest": 2.0,
            "highest": 9.0,
            "comparators": "=",
            "documents": 8,
        }
    ]


def test_an_unknown_report_or_parameter_is_refused_with_those_there_are(loaded_once: WarehousePaths) -> None:
    with pytest.raises(MisuseError, match="conflicting_figures"):
        run_report(loaded_once, "casualities")
    with pytest.raises(MisuseError, match="place, effect"):
        run_report(loaded_once, "casualties", {"where": "Łódź"})
