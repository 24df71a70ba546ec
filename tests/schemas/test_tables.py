"""Record and table, side by side, never drift apart."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest
from pandera.errors import SchemaErrors

from schemas.extraction import TABLES
from schemas.figures import FIGURES, Figure
from schemas.findings import FINDINGS, check
from schemas.runs import LEDGER, RUNS
from schemas.table import Table
from schemas.vocabulary import Effect

ALL = (*TABLES, FINDINGS, RUNS, LEDGER)


def figure(number: int, **changes: object) -> Figure:
    plain = Figure(
        figure_id=f"{number:016x}",
        document_id="d" * 16,
        sentence_no=0,
        char_start=0,
        char_end=2,
        quote="22",
        value_low=22,
        value_high=22,
        effects=(Effect.KILLED,),
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_every_column_is_an_attribute_of_the_record(table: Table) -> None:
    assert table.missing_attributes() == set()


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_every_column_and_table_is_described(table: Table) -> None:
    assert table.description
    assert all(len(text) > 5 for text in table.descriptions.values())


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_an_empty_frame_passes(table: Table) -> None:
    checked = check(table, table.frame([]))
    assert checked.accepted.height == 0
    assert checked.findings == ()


def test_good_and_bad_rows_part_and_none_is_lost() -> None:
    rows = [figure(1), figure(2, value_low=30), figure(3, kind="heap"), figure(4)]
    checked = check(FIGURES, FIGURES.frame(rows))
    assert checked.accepted["figure_id"].to_list() == [f"{1:016x}", f"{4:016x}"]
    assert {(f.key, f.column_name) for f in checked.findings} == {(f"{2:016x}", None), (f"{3:016x}", "kind")}
    assert all("does not pass the check" in f.reason and f.row_json for f in checked.findings)


def test_a_duplicate_key_refuses_every_copy_with_a_finding() -> None:
    checked = check(FIGURES, FIGURES.frame([figure(1), figure(1), figure(2)]))
    assert checked.accepted.height == 1
    assert {f.column_name for f in checked.findings} == {"figure_id"}


def test_a_wrong_type_is_a_fault_of_the_code_and_raises() -> None:
    frame = FIGURES.frame([figure(1)]).with_columns(pl.col("value_low").cast(pl.String))
    with pytest.raises(SchemaErrors):
        check(FIGURES, frame)


def test_findings_are_the_same_twice() -> None:
    frame = FIGURES.frame([figure(1, value_low=30), figure(2, value_high=1)])
    assert check(FIGURES, frame).findings == check(FIGURES, frame).findings
