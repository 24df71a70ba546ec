"""References between rows of a batch: what a row points to must be loaded with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import NamedTuple

import orjson
import polars as pl

from schemas.extraction import TABLES
from schemas.findings import Finding
from schemas.spans import make_id
from schemas.table import Table
from schemas.vocabulary import Severity
from warehouse.frames import Connection, attach_frame, fetch_frame
from warehouse.tables import BY_NAME


class Reference(NamedTuple):
    """A column whose value, if any, must be a key of another table within the same document."""

    table: str
    columns: tuple[str, ...]
    target: str
    keys: tuple[str, ...]


def reference(table: str, column: str, target: str, key: str | None = None) -> Reference:
    """Describe a reference; it never leaves its document."""
    return Reference(table, ("document_id", column), target, ("document_id", key or column))


OWNERS = tuple(
    Reference(table.name, ("document_id",), "documents", ("document_id",))
    for table in TABLES
    if table.name != "documents"
)
SENTENCES = tuple(
    reference(table.name, "sentence_no", "sentences")
    for table in TABLES
    if "sentence_no" in table.schema and table.name != "sentences"
)
REFERENCES = (
    *OWNERS,
    *SENTENCES,
    reference("statements", "inside_statement_id", "statements", "statement_id"),
    reference("figures", "statement_id", "statements"),
    reference("figures", "part_of_figure_id", "figures", "figure_id"),
    reference("figures", "place_id", "places"),
    reference("events", "statement_id", "statements"),
    reference("event_actors", "event_id", "events"),
    reference("event_actors", "actor_id", "actors"),
    reference("event_places", "event_id", "events"),
    reference("event_places", "place_id", "places"),
    reference("event_figures", "event_id", "events"),
    reference("event_figures", "figure_id", "figures"),
)
"""All references, parents before children; those within one table are followed until nothing changes."""


def refuse_orphans(
    con: Connection, frames: Mapping[str, pl.DataFrame]
) -> tuple[dict[str, pl.DataFrame], tuple[Finding, ...]]:
    """Take out rows that point to a row that is not there, and rows that pointed to those.

    Returns:
        The frames without them, and a finding for each.
    """
    kept = dict(frames)
    findings: list[Finding] = []
    changed = True
    while changed:
        changed = False
        for rule in REFERENCES:
            missing = find_orphans(con, kept, rule)
            if missing:
                changed = True
                frame = kept[rule.table].with_row_index("row_no")
                gone = frame.filter(pl.col("row_no").is_in(missing)).drop("row_no")
                kept[rule.table] = frame.filter(~pl.col("row_no").is_in(missing)).drop("row_no")
                findings += [finding_of_orphan(rule, row) for row in gone.iter_rows(named=True)]
    return kept, tuple(findings)


def find_orphans(con: Connection, frames: Mapping[str, pl.DataFrame], rule: Reference) -> list[int]:
    """Give the numbers of the rows that break one rule."""
    frame = frames[rule.table]
    if not frame.height:
        return []
    children = frame.select(*rule.columns).with_row_index("row_no")
    join = " and ".join(
        f"children.{column} = parents.{key}" for column, key in zip(rule.columns, rule.keys, strict=True)
    )
    with ExitStack() as stack:
        stack.enter_context(attach_frame(con, "children", children))
        stack.enter_context(attach_frame(con, "parents", frames[rule.target].select(*rule.keys)))
        found = fetch_frame(
            con,
            f"select row_no from children anti join parents on {join} "  # noqa: S608  names of our own columns
            f"where children.{rule.columns[-1]} is not null order by row_no",
        )
    return found["row_no"].to_list()


def orphan_query(rule: Reference) -> str:
    """Give the query for ``(document_id, key)`` of the rows of the warehouse that break one rule."""
    table: Table = BY_NAME[rule.table]
    join = " and ".join(f"child.{column} = parent.{key}" for column, key in zip(rule.columns, rule.keys, strict=True))
    key = " || ' ' || ".join(f"child.{name}" for name in table.key)
    return (
        f"select child.document_id, {key} as row_key from {rule.table} as child "  # noqa: S608  names of our own
        f"anti join {rule.target} as parent on {join} where child.{rule.columns[-1]} is not null"
    )


def finding_of_orphan(rule: Reference, row: Mapping[str, object]) -> Finding:
    """Put a reference that leads nowhere into words."""
    table: Table = BY_NAME[rule.table]
    key = " ".join(str(row[name]) for name in table.key)
    column = rule.columns[-1]
    return Finding(
        finding_id=make_id("finding", rule.table, key, column, "reference"),
        severity=Severity.REFUSED,
        check="reference",
        table_name=rule.table,
        key=key,
        column_name=column,
        value=str(row[column]),
        reason=f"The row {key} of {rule.table} points to a row of {rule.target} that is not there ({column}).",
        row_json=orjson.dumps(row, default=str).decode(),
        document_id=str(row["document_id"]),
    )
