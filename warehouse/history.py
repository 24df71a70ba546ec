"""What earlier runs did, carried over when the database is made anew: the raw archive does not hold it."""

from __future__ import annotations

import logging

import duckdb

from schemas.errors import WarehouseError
from schemas.findings import FINDINGS
from schemas.runs import LEDGER, RUNS
from warehouse.connection import open_writer
from warehouse.install import install
from warehouse.paths import WarehousePaths
from warehouse.tables import quoted
from warehouse.transaction import transaction

CARRIED = (RUNS, LEDGER, FINDINGS)

logger = logging.getLogger(__name__)


def carry_history(paths: WarehousePaths) -> bool:
    """Begin an empty live database with the runs, ledgers and findings of the published copy.

    Facts are not carried: they come from the raw archive.  A copy that cannot be read is left; then history begins
    with the next run.

    Args:
        paths: Files of the warehouse; there is no live database.

    Returns:
        Whether there was a history to carry.
    """
    if not paths.published.exists():
        return False
    con = open_writer(paths)
    try:
        install(con)
        con.execute(f"attach {quoted(str(paths.published))} as published (read_only)")
        with transaction(con):
            for table in CARRIED:
                con.execute(f"insert into {table.name} by name select * from published.main.{table.name}")  # noqa: S608  our tables
    except (WarehouseError, duckdb.Error) as error:
        logger.warning("The history of earlier runs is not carried over: %s", error)
        return False
    finally:
        con.close()
    return True
