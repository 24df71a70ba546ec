"""Bringing a database to today's tables and views; what cannot be brought there is left untouched."""

from __future__ import annotations

import duckdb
import polars as pl

from schemas.errors import WarehouseError
from schemas.table import Table
from warehouse.frames import Connection, fetch_frame
from warehouse.tables import (
    ALL_TABLES,
    SQL,
    as_instance,
    comment_statements,
    create_statements,
    identifier,
    nullable_columns,
    quoted,
    sql_type,
)
from warehouse.transaction import explained, transaction

VIEWS, REPORTS = SQL / "views", SQL / "reports"


def install(con: Connection) -> tuple[str, ...]:
    """Create or extend the tables and make all views anew, in one transaction.

    New tables and new columns that may be empty are added.  A column that vanished, changed its type or must not be
    empty any more stops everything before the first write.

    Returns:
        What was changed, in words; empty when the database was up to date.

    Raises:
        WarehouseError: The change is not additive; `wirehouse rebuild` makes the database anew.
    """
    with explained(con):
        plans = plan_tables(con)
    with transaction(con):
        for statements, _ in plans:
            for statement in statements:
                con.execute(statement)
        install_views(con)
    return tuple(change for _, changes in plans for change in changes)


def plan_all(con: Connection) -> list[str]:
    """Give what ``install`` would change in the tables, in words, and change nothing.

    Raises:
        WarehouseError: As ``install``.
    """
    return [change for _, changes in plan_tables(con) for change in changes]


def plan_tables(con: Connection) -> list[tuple[list[str], list[str]]]:
    """Give, for every table, the statements that bring it to its schema, and what they do in words."""
    rows = con.execute(
        "select table_name, column_name, lower(data_type) from duckdb_columns() "
        "where schema_name = 'main' and database_name = current_database() order by table_name, column_index"
    ).fetchall()
    there: dict[str, dict[str, str]] = {}
    for table_name, column_name, kind in rows:
        there.setdefault(table_name, {})[column_name] = kind
    return [plan_table(table, there.get(table.name, {})) for table in ALL_TABLES]


def plan_table(table: Table, there: dict[str, str]) -> tuple[list[str], list[str]]:
    """Give the statements that bring one table to its schema, and what they do in words."""
    if not there:
        return create_statements(table), [f"create table {table.name}"]
    wanted = {name: sql_type(as_instance(dtype)) for name, dtype in table.schema.items()}
    breaking = [f"{name} is gone" for name in there if name not in wanted]
    breaking += [
        f"{name} is {there[name]}, not {kind}"
        for name, kind in wanted.items()
        if name in there and normal(there[name]) != normal(kind)
    ]
    new = [name for name in wanted if name not in there]
    breaking += [f"{name} is new and must not be empty" for name in new if not may_be_added(table, name)]
    if breaking:
        raise WarehouseError(
            f"The table {table.name} of this database is of another version: {'; '.join(breaking)}.",
            "Only new columns that may be empty can be added to what is there; nothing was written.",
            "Run `wirehouse rebuild` to make the database anew from the raw archive.",
        )
    added = [add_column(table, name, wanted[name]) for name in new]
    changes = [f"add column {table.name}.{name}" for name in new]
    return added + (comment_statements(table) if new else []), changes


def may_be_added(table: Table, name: str) -> bool:
    """Tell whether rows that are already there can do without the column."""
    return name in nullable_columns(table) or isinstance(as_instance(table.schema[name]), pl.List)


def add_column(table: Table, name: str, kind: str) -> str:
    """Write the statement that adds a column; lists begin empty, all else without a value."""
    default = " default []" if name not in nullable_columns(table) else ""
    return f"alter table {table.name} add column {identifier(name)} {kind}{default}"


def normal(kind: str) -> str:
    """Bring DuckDB's spelling of a type and ours to one form."""
    return kind.replace("timestamp with time zone", "timestamptz").replace('"', "").replace(" ", "").lower()


def install_views(con: Connection) -> None:
    """Make every view of ``sql/views`` anew; a view may read others, in any order of names."""
    waiting = {path.stem: path.read_text(encoding="utf-8") for path in sorted(VIEWS.glob("*.sql"))}
    for name in fetch_frame(con, "select view_name from duckdb_views() where not internal")["view_name"]:
        con.execute(f'drop view if exists "{name}"')
    while waiting:
        done = [name for name, script in waiting.items() if create_view(con, name, script, others=set(waiting))]
        if not done:
            names = ", ".join(sorted(waiting))
            raise WarehouseError(
                f"The views {names} cannot be made.", "Each reads tables or other views.", f"Mend them in {VIEWS}."
            )
        for name in done:
            del waiting[name]


def create_view(con: Connection, name: str, script: str, others: set[str]) -> bool:
    """Make one view with the question it answers as its comment; False when it reads one that is not there yet."""
    query = script.strip().rstrip(";")
    if any(other != name and other in query for other in others) and not can_bind(con, query):
        return False
    con.execute(f"create or replace view {name} as {query}")
    con.execute(f"comment on view {name} is {quoted(question_of(script))}")
    return True


def can_bind(con: Connection, query: str) -> bool:
    """Tell whether all that a query reads is there."""
    try:
        con.sql(query)
    except duckdb.CatalogException:
        return False
    return True


def question_of(script: str) -> str:
    r"""Give the first line of a view or report: the question it answers.

    >>> question_of("-- Who died where?\nselect 1")
    'Who died where?'
    """
    first = script.strip().splitlines()[0] if script.strip() else ""
    return first.removeprefix("--").strip()
