"""Checking what lies beside the database: the raw archive, and the copy that readers open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import duckdb

from schemas.errors import MisuseError, WarehouseError
from schemas.manifest import RAW_RECORDS
from warehouse.connection import explain, open_reader
from warehouse.frames import Connection, fetch_frame
from warehouse.manifest import damaged_documents
from warehouse.paths import WarehousePaths
from warehouse.problems import ARCHIVE, PUBLISH, Problem, name_some
from warehouse.raw import read_segment, segment_names, vanished_segments
from warehouse.segments import Segment
from warehouse.tables import ALL_TABLES

UNARCHIVED = "select document_id from documents anti join raw_records using (raw_digest) order by document_id"


def check_segments(paths: WarehousePaths) -> Iterator[Problem]:
    """Every segment of the raw archive holds the bytes that were stored."""
    for name in segment_names(paths):
        read = try_segment(paths, name)
        if isinstance(read, Problem):
            yield read


def check_archive(con: Connection, paths: WarehousePaths) -> Iterator[Problem]:
    """Every segment holds the bytes that were stored where the database says, and no document is without its own."""
    if gone := vanished_segments(con, paths):
        fault = f"{len(gone)} segments of the raw archive {paths.raw} are gone: {name_some(gone)}."
        yield Problem(check="raw archive", fault=fault, remedy=ARCHIVE)
    for name in segment_names(paths):
        read = try_segment(paths, name)
        if isinstance(read, Problem):
            yield read
        elif not is_indexed(con, read):
            fault = f"The database's index of the segment {name} is not that of its records."
            yield Problem(
                check="raw archive", fault=fault, remedy="Run `wirehouse rebuild`, which makes the index anew."
            )
    if bare := fetch_frame(con, UNARCHIVED)["document_id"].to_list():
        fault = f"{len(bare)} documents have no record in the raw archive: {name_some(bare)}."
        yield Problem(check="raw archive", fault=fault, remedy=ARCHIVE)


def try_segment(paths: WarehousePaths, name: str) -> Segment | Problem:
    """Read a segment, or say what is wrong with it."""
    try:
        return read_segment(paths, name)[0]
    except WarehouseError as error:
        return Problem(check="raw archive", fault=f"{error.given} {error.expected}", remedy=error.remedy)


def is_indexed(con: Connection, segment: Segment) -> bool:
    """Tell whether the database knows where a segment's records lie; one that is not loaded has no index yet.

    A record that an earlier segment holds, too, may be indexed there.
    """
    rows = fetch_frame(con, "select * from raw_records where segment = $name", {"name": segment.name})
    written = RAW_RECORDS.frame(segment.entries)
    return rows.height == rows.join(written, on=list(written.columns), how="semi", nulls_equal=True).height


def check_published(paths: WarehousePaths, memory_limit: str) -> Iterator[Problem]:
    """The published copy is there, can be read to the last block, and holds the rows it was published with."""
    if not paths.published.exists():
        yield Problem(check="published", fault=f"There is no published copy {paths.published}.", remedy=PUBLISH)
        return
    try:
        with closing(open_reader(paths, memory_limit)) as con:
            read_blocks(con)
            damaged = damaged_documents(con)
    except (WarehouseError, MisuseError, duckdb.Error) as error:
        told = explain(paths.published, error) if isinstance(error, duckdb.Error) else error
        yield Problem(check="published", fault=f"{told.given} {told.expected}", remedy=PUBLISH)
        return
    if damaged:
        fault = f"Rows of {len(damaged)} documents of {paths.published} are not those loaded: {name_some(damaged)}."
        yield Problem(check="published", fault=fault, remedy=PUBLISH)


def read_blocks(con: Connection) -> None:
    """Read every value of every table; a count would be answered from statistics, damaged blocks and all.

    Raises:
        duckdb.Error: A block is not what was written.
    """
    for table in ALL_TABLES:
        con.execute(f"select bit_xor(hash(whole)) from {table.name} as whole").fetchall()  # noqa: S608  our tables
