"""Findings: what was refused or remarked on, and why; the quarantine is their refused part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from schemas.articles import Refusal
from schemas.documents import KEY
from schemas.spans import make_id
from schemas.table import INSTANT, Table
from schemas.vocabulary import Severity

VALUE_LIMIT = 200
"""Characters of an offending value that a finding repeats; the whole row stands in ``row_json``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row or input that failed a check."""

    finding_id: str
    severity: Severity
    check: str
    table_name: str
    key: str
    column_name: str | None = None
    value: str | None = None
    reason: str
    row_json: str | None = None
    document_id: str | None = None
    origin: str | None = None
    raw_kind: str | None = None
    raw_digest: str | None = None
    run_id: str | None = None
    found_at: datetime | None = None
    resolved_by_run_id: str | None = None


class FindingTable(pa.DataFrameModel):
    """One row an input or row that failed a check, with the reason."""

    finding_id: str = pa.Field(
        str_matches=KEY, description="Key: the same fault of the same input is the same finding."
    )
    severity: str = pa.Field(isin=[s.value for s in Severity], description="refused: kept out; warning: kept in.")
    check: str = pa.Field(description="The check that failed: a refusal code, or the name of a check on a column.")
    table_name: str = pa.Field(description="The table the row was meant for.")
    key: str = pa.Field(description="The row's key, or the origin of an input that has none.")
    column_name: str = pa.Field(nullable=True, description="The column at fault.")
    value: str = pa.Field(nullable=True, description="The value at fault, shortened.")
    reason: str = pa.Field(description="What is wrong, in a sentence.")
    row_json: str = pa.Field(nullable=True, description="The whole row as JSON, for replay.")
    document_id: str = pa.Field(nullable=True, description="The document, where there is one.")
    origin: str = pa.Field(nullable=True, description="File, and line or row, of the input.")
    raw_kind: str = pa.Field(nullable=True, description="Which reader reads the raw record.")
    raw_digest: str = pa.Field(nullable=True, description="SHA-256 of the raw record in the raw archive.")
    run_id: str = pa.Field(nullable=True, description="The run that found it first.")
    found_at: INSTANT = pa.Field(nullable=True, description="When that run started, UTC.")
    resolved_by_run_id: str = pa.Field(nullable=True, description="The run that accepted the input after all.")

    class Config:
        strict = True
        ordered = True


FINDINGS = Table(name="findings", record=Finding, model=FindingTable, key=("finding_id",))


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check let through, and what it has to say about the rest."""

    accepted: pl.DataFrame
    findings: tuple[Finding, ...]


def check(table: Table, frame: pl.DataFrame) -> Checked:
    """Split ``frame`` by the rules of ``table``: good rows, and a finding for every fault of the others.

    Values are checked only on a collected frame, nothing is coerced and no row vanishes: accepted rows and rows
    named in findings together are the rows given.

    Raises:
        SchemaErrors: When columns or types are not the table's; that is a fault of the code, not of the text.
    """
    try:
        return Checked(table.model.validate(frame, lazy=True), ())
    except SchemaErrors as error:
        cases = error.failure_cases
        if cases["index"].null_count():
            raise
    faults = cases.select("column", "check", "failure_case", pl.col("index").cast(pl.Int64)).unique(maintain_order=True)
    bad = set(faults["index"])
    good = frame.with_row_index("row_no").filter(~pl.col("row_no").is_in(list(bad))).drop("row_no")
    rows = {index: frame.row(index, named=True) for index in bad}
    findings = [finding_of(table, rows[fault["index"]], fault) for fault in faults.iter_rows(named=True)]
    return Checked(table.model.validate(good, lazy=True), tuple(sorted(findings, key=lambda f: f.finding_id)))


def finding_of(table: Table, row: Mapping[str, Any], fault: Mapping[str, Any]) -> Finding:
    """Put one failed check on one row into words."""
    column, name = str(fault["column"]), str(fault["check"])
    if column not in table.schema:  # a check of several columns
        return refuse_row(table, row, check=name, column=column, reason=f"does not pass the check {name}.")
    reason = f"does not pass the check {name} of {column}. It holds {shorten(row[column])}."
    return refuse_row(table, row, check=name, column=column, reason=reason)


def refuse_row(table: Table, row: Mapping[str, Any], *, check: str, column: str, reason: str) -> Finding:
    """Make the finding of one row refused for one column; ``reason`` follows «The row KEY of TABLE »."""
    key = " ".join(str(row[name]) for name in table.key)
    known = column in table.schema
    return Finding(
        finding_id=make_id("finding", table.name, key, column, check),
        severity=Severity.REFUSED,
        check=check,
        table_name=table.name,
        key=key,
        column_name=column if known else None,
        value=shorten(row[column]) if known else None,
        reason=f"The row {key} of {table.name} {reason}",
        row_json=orjson.dumps(row, default=str).decode(),
        document_id=row.get("document_id"),
    )


def finding_of_refusal(refusal: Refusal, raw_digest: str) -> Finding:
    """Make the quarantine's row of an input that was refused; ``raw_digest`` is the SHA-256 of its bytes."""
    return Finding(
        finding_id=make_id("finding", refusal.raw.origin, raw_digest, refusal.code),
        severity=Severity.REFUSED,
        check=refusal.code.value,
        table_name="documents",
        key=refusal.raw.origin,
        reason=refusal.reason,
        origin=refusal.raw.origin,
        raw_kind=refusal.raw.kind,
        raw_digest=raw_digest,
    )


def shorten(value: object) -> str:
    """Give a value in at most ``VALUE_LIMIT`` characters.

    >>> shorten("x" * 300)[-1]
    '…'
    """
    text = repr(value)
    return text if len(text) <= VALUE_LIMIT else text[: VALUE_LIMIT - 1] + "…"
