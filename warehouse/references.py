"""References between rows of a batch: what a row points to must be loaded with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import NamedTuple

import polars as pl

from schemas.extraction import TABLES
from schemas.findings import Finding, refuse_row
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
KEYS: dict[str, set[str]] = {table.name: {"document_id"} for table in TABLES}
"""The columns of each table that take part in references."""
for _rule in REFERENCES:
    KEYS[_rule.table] |= set(_rule.columns)
    KEYS[_rule.target] |= set(_rule.keys)


def refuse_orphans(
    con: Connection, frames: Mapping[str, pl.DataFrame]
) -> tuple[dict[str, pl.DataFrame], tuple[Finding, ...]]:
    """Take out rows that point to a row that is not there, and then rows that pointed to those.

    Returns:
        The frames without them, and a finding for each row, by the first rule it breaks.
    """
    kept = dict(frames)
    findings: list[Finding] = []
    while missing := find_orphans(con, kept):
        for name, rules in missing.items():
            numbered = kept[name].with_row_index("row_no")
            kept[name] = numbered.filter(~pl.col("row_no").is_in(list(rules))).drop("row_no")
            gone = numbered.filter(pl.col("row_no").is_in(list(rules))).iter_rows(named=True)
            findings += [finding_of_orphan(rules[row.pop("row_no")], row) for row in gone]
    return kept, tuple(findings)


def find_orphans(con: Connection, frames: Mapping[str, pl.DataFrame]) -> dict[str, dict[int, Reference]]:
    """Give, by table, the numbers of the rows that point to a row that is not there, with the first rule broken."""
    rules = [(number, rule) for number, rule in enumerate(REFERENCES) if frames[rule.table].height]
    if not rules:
        return {}
    queries = [
        f"select {number} as rule_no, row_no from ({orphans_of(rule, 'incoming_', 'child.row_no')})"  # noqa: S608  our own names
        for number, rule in rules
    ]
    with ExitStack() as stack:
        for name, frame in frames.items():
            wanted = frame.select(*sorted(KEYS[name])).with_row_index("row_no")
            stack.enter_context(attach_frame(con, f"incoming_{name}", wanted))
        found = fetch_frame(con, " union all ".join(queries) + " order by rule_no, row_no")
    missing: dict[str, dict[int, Reference]] = {}
    for number, row_no in found.iter_rows():
        missing.setdefault(REFERENCES[number].table, {}).setdefault(row_no, REFERENCES[number])
    return missing


def orphans_of(rule: Reference, prefix: str, columns: str) -> str:
    """Give the query for the rows that break one rule, on the warehouse's tables or on a batch's."""
    pairs = zip(rule.columns, rule.keys, strict=True)
    join = " and ".join(f"child.{column} = parent.{key}" for column, key in pairs)
    return (
        f"select {columns} from {prefix}{rule.table} as child "  # noqa: S608  names of our own tables
        f"anti join {prefix}{rule.target} as parent on {join} where child.{rule.columns[-1]} is not null"
    )


def orphan_query(rule: Reference) -> str:
    """Give the query for ``(document_id, row_key)`` of the rows of the warehouse that break one rule."""
    key = " || ' ' || ".join(f"child.{name}" for name in BY_NAME[rule.table].key)
    return orphans_of(rule, "", f"child.document_id, {key} as row_key")


def finding_of_orphan(rule: Reference, row: Mapping[str, object]) -> Finding:
    """Put a reference that leads nowhere into words."""
    column = rule.columns[-1]
    return refuse_row(
        BY_NAME[rule.table],
        row,
        check="reference",
        column=column,
        reason=f"points to a row of {rule.target} that is not there ({column}).",
    )
