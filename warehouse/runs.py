"""The warehouse's own account of its runs; it knows of crashes that nobody else reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from schemas.extraction import TABLES
from schemas.runs import LEDGER, RUNS, LedgerEntry, Run
from schemas.vocabulary import RunState
from warehouse.frames import Connection, attach_frame, fetch_frame
from warehouse.transaction import transaction


def start_run(con: Connection, run: Run) -> None:
    """Write a run down as running.  ``run.run_id`` is new; ``run.pid`` is this process."""
    with transaction(con), attach_frame(con, "started", RUNS.frame([run])):
        con.execute("insert into runs by name select * from started")


def finish_run(con: Connection, run_id: str, state: RunState, finished_at: datetime, message: str | None = None) -> Run:
    """Write down how a run ended, its counts taken from the ledger's entries for ``sources``.

    Returns:
        The run as it now stands.
    """
    with transaction(con):
        update_run(con, run_id, state, finished_at, message)
    return read_run(con, run_id)


def update_run(con: Connection, run_id: str, state: RunState, finished_at: datetime, message: str | None) -> None:
    """Do what ``finish_run`` says, within a transaction."""
    con.execute(
        """
        update runs set
            state = $state, finished_at = $finished_at, message = $message,
            given = counted.given, accepted = counted.accepted,
            refused = counted.refused, duplicate = counted.duplicate
        from (
            select
                coalesce(sum(given), 0) as given, coalesce(sum(accepted), 0) as accepted,
                coalesce(sum(refused), 0) as refused, coalesce(sum(duplicate), 0) as duplicate
            from run_ledger where run_id = $run_id and station = 'sources'
        ) as counted
        where run_id = $run_id
        """,
        {"run_id": run_id, "state": state.value, "finished_at": finished_at, "message": message},
    )


def read_run(con: Connection, run_id: str) -> Run:
    """Give one run.

    Raises:
        KeyError: There is no such run.
    """
    rows = fetch_frame(con, "select * from runs where run_id = $run_id", {"run_id": run_id}).to_dicts()
    if not rows:
        raise KeyError(run_id)
    row = rows[0]
    return Run(**{**row, "state": RunState(row["state"]), "sources": tuple(row["sources"])})


def read_ledger(con: Connection, run_id: str) -> pl.DataFrame:
    """Give a run's account by station, all batches together, in the order of the road."""
    order = pl.Enum(["sources", *(table.name for table in TABLES)])
    counted = fetch_frame(
        con,
        "select station, sum(given)::bigint as given, sum(accepted)::bigint as accepted, "
        "sum(refused)::bigint as refused, sum(duplicate)::bigint as duplicate "
        "from run_ledger where run_id = $run_id group by station",
        {"run_id": run_id},
    )
    return counted.sort(pl.col("station").cast(order, strict=False), nulls_last=True)


def write_ledger(con: Connection, entries: Sequence[LedgerEntry]) -> None:
    """Add entries; those of the same run, batch and station are replaced."""
    with attach_frame(con, "entries", LEDGER.model.validate(LEDGER.frame(entries))):
        con.execute(
            "delete from run_ledger as old using entries as new "
            "where old.run_id = new.run_id and old.batch_id = new.batch_id and old.station = new.station"
        )
        con.execute("insert into run_ledger by name select * from entries")


def mark_crashed(con: Connection, finished_at: datetime) -> tuple[str, ...]:
    """Mark every run as crashed that is still called running.

    Call it with the writer's lock held and before ``start_run``: whoever had the lock before is gone, so no run that
    is called running can be.  (Pids say nothing here: in containers every run may have the same.)

    Returns:
        The runs' keys.
    """
    running = {"running": RunState.RUNNING.value}
    with transaction(con):
        rows = con.execute("select run_id from runs where state = $running order by run_id", running).fetchall()
        for (run_id,) in rows:
            update_run(con, run_id, RunState.CRASHED, finished_at, "The process ended without finishing the run.")
    return tuple(run_id for (run_id,) in rows)
