"""The warehouse's tables and their DDL, generated from the schemas."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from schemas.extraction import TABLES
from schemas.findings import FINDINGS
from schemas.manifest import BATCHES, MANIFEST, RAW_RECORDS, SIGNATURES
from schemas.runs import LEDGER, RUNS
from schemas.table import Table

SQL = Path(__file__).parent / "sql"
TABLE_SCRIPTS = SQL / "tables"

KEPT = (FINDINGS, RUNS, LEDGER, MANIFEST, BATCHES, RAW_RECORDS, SIGNATURES)
"""Tables the warehouse fills about itself."""
ALL_TABLES: tuple[Table, ...] = (*TABLES, *KEPT)
BY_NAME = {table.name: table for table in ALL_TABLES}

SCALARS: dict[type[pl.DataType] | pl.DataType, str] = {
    pl.String: "varchar",
    pl.Boolean: "boolean",
    pl.Int32: "integer",
    pl.Int64: "bigint",
    pl.UInt32: "uinteger",
    pl.Float64: "double",
    pl.Date: "date",
}


RESERVED = frozenset({"check"})
"""Column names that are words of SQL, and so stand in double quotes."""


def identifier(name: str) -> str:
    """Give a column's name as SQL writes it.

    >>> identifier("check"), identifier("quote")
    ('"check"', 'quote')
    """
    return f'"{name}"' if name in RESERVED else name


def sql_type(dtype: pl.DataType) -> str:
    """Give DuckDB's type for a polars type of the schemas.

    >>> sql_type(pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32})))
    'struct("start" integer, "end" integer)[]'
    """
    if isinstance(dtype, pl.List):
        return f"{sql_type(as_instance(dtype.inner))}[]"
    if isinstance(dtype, pl.Struct):
        inner = ", ".join(f'"{field.name}" {sql_type(as_instance(field.dtype))}' for field in dtype.fields)
        return f"struct({inner})"
    if isinstance(dtype, pl.Datetime):
        return "timestamptz"
    return SCALARS[dtype.base_type()]


def as_instance(dtype: object) -> pl.DataType:
    """Give a polars type as an instance; some are handed around as classes."""
    made = dtype() if isinstance(dtype, type) else dtype
    if not isinstance(made, pl.DataType):
        raise TypeError(f"{dtype!r} is no polars type.")
    return made


def nullable_columns(table: Table) -> set[str]:
    """Columns that may hold nothing."""
    return {name for name, column in table.model.to_schema().columns.items() if column.nullable}


def quoted(text: str) -> str:
    """Quote a text constant for DDL, where DuckDB takes no parameters.

    >>> quoted("Kyiv's")
    "'Kyiv''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def column_line(table: Table, name: str) -> str:
    """Write one column of ``create table``."""
    optional = name in nullable_columns(table)
    return f"{identifier(name)} {sql_type(as_instance(table.schema[name]))}{'' if optional else ' not null'}"


def create_statements(table: Table) -> list[str]:
    """Give the statements that create a table and comment it and its columns.

    There are no primary or foreign keys on purpose: an upsert of a million keyed rows takes minutes, a delete and
    insert by document one second; keys and references are checked before and in the load.
    """
    columns = ",\n    ".join(column_line(table, name) for name in table.schema)
    return [
        f"create table if not exists {table.name} (\n    {columns}\n)",
        *comment_statements(table),
    ]


def comment_statements(table: Table) -> list[str]:
    """Give the statements that put the schemas' descriptions beside table and columns."""
    comments = [f"comment on table {table.name} is {quoted(table.description)}"]
    comments += [
        f"comment on column {table.name}.{identifier(name)} is {quoted(text)}"
        for name, text in table.descriptions.items()
    ]
    return comments


def table_script(table: Table) -> str:
    """Give the file ``warehouse/sql/tables/<name>.sql``: what is run to create the table, for people to read."""
    header = f"-- {table.description}\n-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.\n"
    return header + ";\n".join(create_statements(table)) + ";\n"


def write_scripts() -> None:
    """Write every table's file anew; run as ``python -m warehouse.tables``."""
    for table in ALL_TABLES:
        (TABLE_SCRIPTS / f"{table.name}.sql").write_text(table_script(table), encoding="utf-8")


if __name__ == "__main__":
    write_scripts()
