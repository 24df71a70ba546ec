"""Record = table = SQL = dictionary; what is new is added, what does not fit stops before the first write."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.errors import WarehouseError
from schemas.table import Table
from tests.warehouse.road import folder, writing
from warehouse.connection import open_writer
from warehouse.dictionary import write_dictionary
from warehouse.frames import fetch_frame, fetch_value
from warehouse.install import REPORTS, VIEWS, install, normal, question_of
from warehouse.paths import WarehousePaths
from warehouse.tables import ALL_TABLES, TABLE_SCRIPTS, as_instance, nullable_columns, sql_type, table_script


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_the_script_of_a_table_is_what_the_schemas_say(table: Table) -> None:
    script = (TABLE_SCRIPTS / f"{table.name}.sql").read_text(encoding="utf-8")
    assert script == table_script(table), "Write it anew: python -m warehouse.tables"


def test_there_is_no_script_without_a_table() -> None:
    assert {path.stem for path in TABLE_SCRIPTS.glob("*.sql")} == {table.name for table in ALL_TABLES}


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_columns_types_and_comments_of_the_database_are_those_of_the_schemas(
    loaded_once: WarehousePaths, table: Table
) -> None:
    with writing(loaded_once) as con:
        there = fetch_frame(
            con,
            "select column_name, lower(data_type) as type, is_nullable, comment from duckdb_columns() "
            "where table_name = $name order by column_index",
            {"name": table.name},
        )
        told = fetch_value(con, "select comment from duckdb_tables() where table_name = $name", {"name": table.name})
    assert told == table.description
    assert there["column_name"].to_list() == list(table.schema)
    assert there["comment"].to_list() == list(table.descriptions.values())
    assert [normal(kind) for kind in there["type"]] == [
        normal(sql_type(as_instance(kind))) for kind in table.schema.values()
    ]
    assert set(there.filter("is_nullable")["column_name"]) == nullable_columns(table)


def test_every_view_carries_its_question(loaded_once: WarehousePaths) -> None:
    with writing(loaded_once) as con:
        comments = dict(con.execute("select view_name, comment from duckdb_views() where not internal").fetchall())
    assert comments == {path.stem: question_of(path.read_text(encoding="utf-8")) for path in VIEWS.glob("*.sql")}


@pytest.mark.parametrize("path", [*VIEWS.glob("*.sql"), *REPORTS.glob("*.sql")], ids=lambda path: path.stem)
def test_a_view_or_report_opens_with_a_question(path: Path) -> None:
    assert question_of(path.read_text(encoding="utf-8")).endswith("?")


def test_installing_twice_changes_nothing(tmp_path: Path) -> None:
    with writing(folder(tmp_path)) as con:
        assert install(con) == ()


def test_a_column_that_may_be_empty_is_added_and_rows_are_kept(loaded: WarehousePaths) -> None:
    con = open_writer(loaded)
    con.execute("drop view if exists current_documents")
    for name in ("title", "authors"):
        con.execute(f"alter table documents drop column {name}")
    before = fetch_value(con, "select count(*) from documents")
    assert install(con) == ("add column documents.title", "add column documents.authors")
    after = con.execute("select count(*), count(title), sum(len(authors)) from documents").fetchone()
    con.close()
    assert after == (before, 0, 0)


@pytest.mark.parametrize(
    "change",
    [
        "alter table figures alter column value_low type varchar",
        "alter table figures alter column char_start type bigint",
        "alter table figures add column heap varchar",
        "alter table figures drop column quote",
    ],
)
def test_a_breaking_change_stops_before_anything_is_written(loaded: WarehousePaths, change: str) -> None:
    con = open_writer(loaded)
    views = fetch_frame(con, "select view_name from duckdb_views() where not internal")["view_name"]
    for view in views:
        con.execute(f"drop view {view}")
    con.execute("alter table documents drop column title")
    con.execute(change)
    with pytest.raises(WarehouseError, match="rebuild"):
        install(con)
    columns = fetch_frame(con, "select column_name from duckdb_columns() where table_name = 'documents'")
    assert "title" not in columns["column_name"].to_list()
    con.close()


def test_the_dictionary_names_every_column_view_report_and_code() -> None:
    text = write_dictionary()
    for table in ALL_TABLES:
        assert f"### {table.name}\n" in text
        for name, description in table.descriptions.items():
            assert f"| {name} |" in text
            assert description.replace("|", "\\|") in text
    for path in (*VIEWS.glob("*.sql"), *REPORTS.glob("*.sql")):
        assert f"| {path.stem} | {question_of(path.read_text(encoding='utf-8'))} |" in text
