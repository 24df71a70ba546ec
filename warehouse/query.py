"""Questions to the published copy: one statement, nothing but reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import duckdb
import polars as pl

from schemas.errors import DamagedWarehouseError, QueryError
from warehouse.connection import open_reader
from warehouse.frames import Connection
from warehouse.paths import WarehousePaths

READING = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})

FOREIGN = re.compile(r"\b(?:INTERVAL|UNION|TIME WITH TIME ZONE|TIMETZ|BLOB|BIT)\b")


def run_query(
    paths: WarehousePaths, sql: str, parameters: Mapping[str, Any] | None = None, memory_limit: str = "1GB"
) -> pl.DataFrame:
    """Run one reading statement on the published copy, while a run may be writing.

    Files, network, settings and writing are out of reach whatever the statement says.

    Args:
        paths: Files of the warehouse.
        sql: One ``select``, ``from``, ``with``, ``describe``, ``summarize``, ``show tables`` or ``explain``.
        parameters: Values for ``$name`` in the statement.
        memory_limit: What the query may use.

    Raises:
        QueryError: It is not one reading statement, or cannot be run; the message is DuckDB's.
        MisuseError: Nothing has been published yet.
    """
    con = open_reader(paths, memory_limit=memory_limit)
    try:
        return query(con, sql, parameters)
    finally:
        con.close()


def query(con: Connection, sql: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
    """Run one reading statement on a reader's connection; see ``run_query``."""
    statement = single_statement(sql)
    given = parameters or {}
    if missing := sorted(set(statement.named_parameters) - set(given)):
        raise QueryError(
            f"The query has no value for {', '.join(f'${name}' for name in missing)}.",
            "Each $name in a query takes its value from a parameter.",
            "Give the values, or write them into the query.",
        )
    wanted = {name: value for name, value in given.items() if name in statement.named_parameters}
    try:
        if statement.type == duckdb.StatementType.EXPLAIN:
            return pl.DataFrame({"plan": [row[-1] for row in con.execute(sql, wanted).fetchall()]})
        return fetch_shown(con, sql, wanted)
    except duckdb.Error as error:
        raise explain_query(error) from error
    except pl.exceptions.PolarsError as error:
        raise QueryError(
            f"The answer has a column that cannot be shown: {error}.",
            "Expected numbers, texts, dates, lists and structs of these.",
            "Cast the column in the query, for example to varchar.",
        ) from error


def fetch_shown(con: Connection, sql: str, parameters: Mapping[str, Any]) -> pl.DataFrame:
    """Run a query and give its rows; types that polars has no place for come as text."""
    relation = con.sql(sql, params=dict(parameters) or None)
    texts = {name for name, kind in zip(relation.columns, relation.types, strict=True) if FOREIGN.search(str(kind))}
    return pl.DataFrame(as_text(relation, texts))


def as_text(relation: Any, names: set[str]) -> Any:
    """Cast some columns of an answer to text."""
    if not names:
        return relation
    columns = ('"' + name.replace('"', '""') + '"' for name in relation.columns)
    casts = (f"{column}::varchar as {column}" if column[1:-1] in names else column for column in columns)
    return relation.project(", ".join(casts))


def single_statement(sql: str) -> duckdb.Statement:
    """Give the one reading statement in ``sql``.

    Raises:
        QueryError: There is none, more than one, or one that does more than read.
    """
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise explain_query(error) from error
    if len(statements) != 1 or statements[0].type not in READING:
        kinds = ", ".join(statement.type.name for statement in statements) or "nothing"
        raise QueryError(
            f"The SQL given holds {kinds}.",
            "Expected one statement that reads: select, from, with, describe, summarize, show, explain.",
            "Give one query; the warehouse is written by `wirehouse run` only.",
        )
    return statements[0]


def explain_query(error: duckdb.Error) -> QueryError | DamagedWarehouseError:
    """Put DuckDB's refusal of a query into an error that says what to do."""
    text = str(error).strip()
    if "Corrupt database file" in text or "checksum" in text:
        return DamagedWarehouseError(
            f"The published copy is damaged: {text.splitlines()[0]}",
            "What lies on disk is not what was committed.",
            "Run `wirehouse check`, then `wirehouse run` to publish it anew or `wirehouse rebuild`.",
        )
    return QueryError(
        f"The query cannot be run: {text}",
        "Expected SQL of DuckDB over the tables and views of the warehouse.",
        "List them with `wirehouse sql 'show tables'`; columns with `wirehouse sql 'describe events'`.",
    )
