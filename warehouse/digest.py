"""Digests of content: the same rows give the same digest, in any order, from any number of batches and workers."""

from __future__ import annotations

from hashlib import sha256

import polars as pl

from schemas.documents import DOCUMENTS
from schemas.extraction import TABLES
from schemas.table import Table
from warehouse.frames import Connection, fetch_frame

CIRCUMSTANCES = frozenset({"run_id", "fetched_at", "found_at", "resolved_by_run_id", "extractor_version", "origin"})
"""Columns that say how and when a row came here, not what it says."""
SETTLED = frozenset({"version", "duplicate_of", "syndication_id"})
"""Columns of documents that depend on other documents, settled after the load."""


def row_hash(table: Table, *, settled: bool) -> str:
    """Give the SQL expression of a row's SHA-256: its columns by name as JSON, the name of the table before it."""
    leave = CIRCUMSTANCES if settled or table is not DOCUMENTS else CIRCUMSTANCES | SETTLED
    columns = ", ".join(f"'{name}': {name}" for name in sorted(set(table.schema) - leave))
    return f"sha256('{table.name}' || to_json({{{columns}}}))"


def digest_rows(
    con: Connection, where: str = "", tables: tuple[Table, ...] = TABLES, *, settled: bool = False
) -> pl.DataFrame:
    """Digest every document's rows, table by table.

    Args:
        con: Any connection.
        where: Which rows, as SQL over ``document_id``; written by this package only.
        tables: Which tables.
        settled: Whether the columns that depend on other documents count.

    Returns:
        ``document_id, table_name, row_count, digest``.
    """
    # All names in this text are those of our own tables; DuckDB takes no parameters for names.
    rows = " union all ".join(
        f"select document_id, '{table.name}' as table_name, {row_hash(table, settled=settled)} as row_hash "  # noqa: S608
        f"from {table.name} {where}"
        for table in tables
    )
    return fetch_frame(
        con,
        "select document_id, table_name, count(*) as row_count, "  # noqa: S608
        f"sha256(string_agg(row_hash, '' order by row_hash)) as digest from ({rows}) group by all order by all",
    )


def digest_documents(digests: pl.DataFrame) -> pl.DataFrame:
    """Fold ``digest_rows`` into ``document_id, row_count, content_digest``, one row a document."""
    folded = digests.group_by("document_id").agg(
        pl.col("row_count").sum().cast(pl.Int64),
        pl.concat_str("table_name", pl.lit("="), "digest").alias("parts"),
    )
    return folded.select(
        "document_id",
        "row_count",
        pl.Series("content_digest", [digest_texts(parts) for parts in folded["parts"].to_list()], dtype=pl.String),
    ).sort("document_id")


def digest_tables(con: Connection, tables: tuple[Table, ...] = TABLES) -> dict[str, str]:
    """Give the digest of every table of facts by name, settled columns included."""
    return {
        table.name: digest_texts(digest_rows(con, tables=(table,), settled=True)["digest"].to_list())
        for table in tables
    }


def digest_warehouse(con: Connection) -> str:
    """Give one digest over all facts: equal for equal content, whatever run, order, batch or machine brought it."""
    return digest_texts([f"{name}={digest}" for name, digest in digest_tables(con).items()])


def digest_texts(texts: list[str]) -> str:
    """Give the SHA-256 over texts in sorted order.

    >>> digest_texts(["b", "a"]) == digest_texts(["a", "b"])
    True
    """
    digest = sha256()
    for text in sorted(texts):
        digest.update(text.encode())
        digest.update(b"\n")
    return digest.hexdigest()
