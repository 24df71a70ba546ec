"""Checking a warehouse: is what lies on disk what was committed, and what to run where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import duckdb

from schemas.errors import MisuseError, WarehouseError
from schemas.extraction import TABLES
from warehouse.acceptance import verify_spans
from warehouse.check_files import check_archive, check_published, check_segments, read_blocks
from warehouse.connection import explain, open_reader, open_writer
from warehouse.frames import Connection, fetch_frame, fetch_value
from warehouse.install import plan_all
from warehouse.manifest import PARTS, verify_manifest
from warehouse.paths import WarehousePaths
from warehouse.problems import NAMED, PUBLISH, REBUILD, RUN, Problem, name_some
from warehouse.raw import segment_names
from warehouse.references import REFERENCES, orphan_query

__all__ = ["Problem", "check_warehouse"]


def check_warehouse(paths: WarehousePaths, memory_limit: str = "1GB") -> list[Problem]:
    """Check database, manifest, raw archive and published copy; an empty list is a sound warehouse.

    Every row is digested and every span compared with the text, so this takes about as long as loading did.  The
    caller holds the ``WriterLock``: only a writer may open the live database.
    """
    if not paths.live.exists():
        found = bool(segment_names(paths)) or paths.published.exists()
        missing = Problem(check="database", fault=f"There is no database {paths.live}.", remedy=RUN)
        return [*check_segments(paths), *[missing] * found]
    try:
        con = open_writer(paths, memory_limit)
    except WarehouseError as error:
        broken = Problem(check="database", fault=f"{error.given} {error.expected}", remedy=error.remedy)
        return [*check_segments(paths), broken]
    with closing(con):
        return [*check_live(con, paths), *check_published(paths, memory_limit)]


def check_live(con: Connection, paths: WarehousePaths) -> list[Problem]:
    """Run every check on the open database; a block that cannot be read ends them with what DuckDB says."""
    problems: list[Problem] = []
    checks: tuple[Callable[[Connection, WarehousePaths], Iterator[Problem]], ...] = (
        check_tables,
        check_archive,
        check_blocks,
        check_manifest,
        compare_published,
        check_references,
        check_spans,
        check_ledger,
    )
    try:
        for check in checks:
            problems += check(con, paths)
            if check is check_tables and problems:
                break  # without the tables nothing else can be asked
    except (duckdb.Error, WarehouseError) as error:
        told = explain(paths.live, error) if isinstance(error, duckdb.Error) else error
        problems.append(Problem(check="database", fault=f"{told.given} {told.expected}", remedy=told.remedy))
    return problems


def check_tables(con: Connection, paths: WarehousePaths) -> Iterator[Problem]:
    """Every table is there with today's columns."""
    try:
        for change in plan_all(con):
            fault = f"The database {paths.live} is of an older version: a run would {change}."
            yield Problem(check="tables", fault=fault, remedy=RUN)
    except WarehouseError as error:
        yield Problem(check="tables", fault=error.given, remedy=error.remedy)


def check_blocks(con: Connection, paths: WarehousePaths) -> Iterator[Problem]:
    """Every block of every table can be read; the one that cannot is told by ``check_live``."""
    read_blocks(con)
    yield from ()


def check_manifest(con: Connection, paths: WarehousePaths) -> Iterator[Problem]:
    """Every document has the rows it was loaded with, and every segment of the raw archive is loaded."""
    losses = verify_manifest(con, paths, full=True)
    if losses.segments:
        fault = (
            f"{len(losses.segments)} batches of the raw archive are not in the database: {name_some(losses.segments)}."
        )
        yield Problem(check="batches", fault=fault, remedy=RUN)
    if losses.documents:
        fault = f"The rows of {len(losses.documents)} documents are not those loaded: {name_some(losses.documents)}."
        # A run counts rows; only where the counts differ does it look at every one.
        counted = losses.rows_expected != losses.rows_there
        yield Problem(check="manifest", fault=fault, remedy=RUN if counted else REBUILD)


def compare_published(con: Connection, paths: WarehousePaths) -> Iterator[Problem]:
    """Live database and published copy know the same batches; a lost log takes whole transactions in silence."""
    try:
        with closing(open_reader(paths)) as reader:
            published = list_batches(reader)
    except (WarehouseError, MisuseError, duckdb.Error):
        return  # check_published says so
    lost = sorted(published - list_batches(con))
    if lost:
        fault = f"{len(lost)} batches of the published copy are not in the live database: {name_some(lost)}."
        yield Problem(check="published", fault=fault, remedy=RUN)
    behind = sorted(list_batches(con, ended=True) - published)
    if behind:
        fault = f"The published copy lacks {len(behind)} batches that were loaded: {name_some(behind)}."
        yield Problem(check="published", fault=fault, remedy=PUBLISH)


def list_batches(con: Connection, *, ended: bool = False) -> set[str]:
    """Give the batches a database knows, by batch, run and content; those of runs that ended well, if so asked."""
    where = "where run_id in (select run_id from runs where starts_with(state, 'completed'))" if ended else ""
    query = f"select batch_id || ' of run ' || run_id, content_digest from batches {where}"  # noqa: S608  a constant
    return {f"{name} ({digest[:8]})" for name, digest in con.execute(query).fetchall()}


def check_references(con: Connection, paths: WarehousePaths) -> Iterator[Problem]:
    """No row points to a row that is not there."""
    for rule in REFERENCES:
        keys = fetch_frame(con, orphan_query(rule))["row_key"].to_list()
        if keys:
            fault = f"{len(keys)} rows of {rule.table} point to no row of {rule.target}: {name_some(keys)}."
            yield Problem(check="references", fault=fault, remedy=REBUILD)


def check_spans(con: Connection, paths: WarehousePaths) -> Iterator[Problem]:
    """Every quote of every row is what the text has at its offsets; a sixteenth of the documents at a time."""
    for part in PARTS:
        frames = {
            table.name: fetch_frame(con, f"select * from {table.name} where starts_with(document_id, '{part}')")  # noqa: S608  our tables
            for table in TABLES
        }
        _, findings = verify_spans(frames)
        for finding in findings[:NAMED]:
            yield Problem(check="spans", fault=finding.reason, remedy=REBUILD)
        if len(findings) > NAMED:
            yield Problem(check="spans", fault=f"So it is with {len(findings) - NAMED} more rows.", remedy=REBUILD)


def check_ledger(con: Connection, paths: WarehousePaths) -> Iterator[Problem]:
    """What went in is accounted for, at every station of every batch."""
    query = "select count(*) from run_ledger where given <> accepted + refused + duplicate"
    if unbalanced := fetch_value(con, query):
        yield Problem(check="ledger", fault=f"{unbalanced} entries of run_ledger do not add up.", remedy=REBUILD)
