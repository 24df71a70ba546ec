"""The account a run gives of itself: what it read, wrote and refused, and where sources differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.runs import Run
from warehouse.acceptance import Counts
from warehouse.account import SOURCES
from warehouse.frames import Connection
from warehouse.query import query
from warehouse.report import list_reports
from warehouse.runs import read_ledger

CONFLICTS = "conflicting_figures"
"""The report whose latest rows stand in the account."""
LATEST = 5
REFUSALS = {"check": pl.String, "count": pl.Int64, "reason": pl.String}
TOLD = ("documents", "events", "figures", "statements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one run did.

    Attributes:
        run: Its row, with the counts of inputs.
        ledger: ``station, given, accepted, refused, duplicate``, in the order of the road.
        refusals: ``check, count, reason`` of what this run refused, the reason of the first one.
        conflicts: The latest figures on which sources differ.
    """

    run: Run
    ledger: pl.DataFrame
    refusals: pl.DataFrame
    conflicts: pl.DataFrame

    @property
    def inputs(self) -> Counts:
        """What was read, and how much of it was refused or there already."""
        row = self.ledger.filter(pl.col("station") == SOURCES).sum()
        given, refused, duplicate = (int(row[name].sum()) for name in ("given", "refused", "duplicate"))
        return Counts(given=given, refused=refused, duplicate=duplicate)

    @property
    def written(self) -> int:
        """Rows written, of all tables of facts."""
        return int(self.ledger.filter(pl.col("station") != SOURCES)["accepted"].sum())

    def accepted(self, station: str) -> int:
        """Rows written into one table."""
        return int(self.ledger.filter(pl.col("station") == station)["accepted"].sum())


def read_account(con: Connection, run: Run, refusals: Mapping[str, tuple[int, str]]) -> Account:
    """Read a run's account from the warehouse; ``refusals`` are counted by check, with the first reason."""
    rows = sorted(((check, *told) for check, told in refusals.items()), key=lambda row: (-row[1], row[0]))
    report = next((report for report in list_reports() if report.name == CONFLICTS), None)
    conflicts = query(con, report.sql, dict.fromkeys(report.parameters)) if report else pl.DataFrame()
    return Account(
        run=run,
        ledger=read_ledger(con, run.run_id),
        refusals=pl.DataFrame(rows, schema=REFUSALS, orient="row"),
        conflicts=conflicts.head(LATEST),
    )


def tell(account: Account) -> list[str]:
    """Give the account in a few lines for the terminal."""
    run = account.run
    lines = [
        f"{run.given} inputs read: {run.accepted} loaded, {run.duplicate} duplicate, {run.refused} refused.",
        "Written: " + ", ".join(f"{account.accepted(name)} {name}" for name in TOLD) + ".",
    ]
    if run.given and not account.written and run.duplicate:
        lines.append("Nothing was new: the warehouse has these documents from this version of the extractor.")
    return lines


def account_as_markdown(account: Account) -> str:
    """Give the account as a page: state, ledger, refusals, conflicting figures."""
    run = account.run
    seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0
    parts = [f"# Run {run.run_id}: {run.state.value}", f"{' '.join(tell(account))} It took {seconds:.1f} s."]
    parts.append("## Where sources differ, latest first")
    parts.append(table_as_markdown(account.conflicts) if account.conflicts.height else "Nowhere yet.")
    if account.refusals.height:
        parts += [
            "## What was refused",
            table_as_markdown(account.refusals),
            "`wirehouse quarantine list` has them all.",
        ]
    parts += ["## What came in and what was written", table_as_markdown(account.ledger)]
    return "\n\n".join(parts)


def table_as_markdown(frame: pl.DataFrame) -> str:
    r"""Lay a frame out as a table of Markdown; whatever text holds, it stays in its cell.

    >>> print(table_as_markdown(pl.DataFrame({"a": ["x|y"], "b": [22.0]})))
    | a | b |
    | --- | --- |
    | x\|y | 22 |
    """
    rows: list[Sequence[object]] = [frame.columns, ["---"] * frame.width, *frame.rows()]
    return "\n".join("| " + " | ".join(as_cell(value) for value in row) + " |" for row in rows)


def as_cell(value: object) -> str:
    """Give one value as text without anything that Markdown or HTML obeys."""
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{char}" if char in "|`*_[]\\" else char for char in text)
