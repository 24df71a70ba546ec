"""The raw archive: every input as it came, so that the warehouse can always be made anew.

One segment a batch, ``raw/<segment>.gz`` (see ``warehouse.segments``), on the disk before the batch is loaded.  The
transaction that loads the batch enters its records in ``raw_records`` and its name in ``batches``; so a segment that is
not named there is a batch that was lost, and is loaded again from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import polars as pl

from schemas.articles import RawRecord
from schemas.errors import MisuseError
from warehouse.frames import Connection, attach_frame, fetch_frame
from warehouse.paths import WarehousePaths
from warehouse.segments import (
    FAULTS,
    SUFFIX,
    ArchivedRecord,
    Segment,
    damaged_segment,
    digest_bytes,
    index_of,
    name_of,
    pack,
    raw_id_of,
    read_segment,
    segment_path,
    unpack,
    write_durably,
)

__all__ = [
    "ArchivedRecord",
    "Segment",
    "digest_bytes",
    "iter_records",
    "missing_segments",
    "read_record",
    "read_segment",
    "segment_names",
    "store_records",
    "vanished_segments",
]


def store_records(
    con: Connection, paths: WarehousePaths, records: Iterable[RawRecord], fetched_at: datetime
) -> Segment | None:
    """Write those records to the archive that are not in it yet, and wait until they are on the disk.

    Hand the segment to ``load_batch`` with the batch; until that is committed it counts as lost and is loaded again.

    Args:
        con: The writer's connection.
        paths: Files of the warehouse.
        records: Records of a batch whose documents are new, and of all that was refused.
        fetched_at: When the run started; kept with the record, so that a rebuild tells revisions in the same order.

    Returns:
        The segment, or nothing when every record was there.

    Raises:
        WarehouseError: The archive cannot be written: permissions, or a full disk.
    """
    by_id: dict[str, ArchivedRecord] = {}
    for record in records:
        digest = digest_bytes(record.data)
        archived = ArchivedRecord(record=record, fetched_at=fetched_at, raw_digest=digest)
        by_id.setdefault(raw_id_of(digest, record), archived)
    for known in known_raw_ids(con, by_id):
        del by_id[known]
    if not by_id:
        return None
    members = [pack(by_id[raw_id]) for raw_id in sorted(by_id)]
    content = b"".join(members)
    name = name_of(content)
    path = segment_path(paths, name)
    if not path.exists():
        write_durably(path, content)
    return Segment(name=name, entries=tuple(index_of(name, members, [by_id[raw_id] for raw_id in sorted(by_id)])))


def known_raw_ids(con: Connection, raw_ids: Iterable[str]) -> list[str]:
    """Give those keys that are in the archive."""
    with attach_frame(con, "wanted", pl.DataFrame({"raw_id": list(raw_ids)}, schema={"raw_id": pl.String})):
        there = fetch_frame(con, "select raw_id from raw_records where raw_id in (select raw_id from wanted)")
    return there["raw_id"].to_list()


def segment_names(paths: WarehousePaths) -> tuple[str, ...]:
    """Give the names of all segments on disk, sorted."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in paths.raw.glob(f"*{SUFFIX}")))


def read_record(con: Connection, paths: WarehousePaths, raw_digest: str) -> ArchivedRecord:
    """Give the raw record with this SHA-256 back; the first one read, where several have the same bytes.

    Raises:
        MisuseError: The archive has no such record.
        DamagedWarehouseError: The file is not what was written.
    """
    row = con.execute(
        "select segment, byte_start, byte_end from raw_records where raw_digest = $digest "
        "order by fetched_at, raw_id limit 1",
        {"digest": raw_digest},
    ).fetchone()
    if row is None:
        raise MisuseError(
            f"The raw archive has no record {raw_digest}.",
            "Expected a raw_digest of documents or findings.",
            "List them: wirehouse sql 'select raw_digest, origin from raw_records'.",
        )
    path = segment_path(paths, row[0])
    try:
        with path.open("rb") as file:
            file.seek(row[1])
            return unpack(file.read(row[2] - row[1]))
    except FAULTS as error:
        raise damaged_segment(path, str(error)) from error


def iter_records(paths: WarehousePaths) -> Iterator[ArchivedRecord]:
    """Give every record of the archive, segment by segment, without the database."""
    for name in segment_names(paths):
        yield from read_segment(paths, name)[1]


def missing_segments(con: Connection, paths: WarehousePaths) -> tuple[str, ...]:
    """Give the segments whose records were never committed, or whose commit was lost: what a run loads first."""
    there = set(fetch_frame(con, "select distinct segment from batches where segment is not null")["segment"])
    return tuple(name for name in segment_names(paths) if name not in there)


def vanished_segments(con: Connection, paths: WarehousePaths) -> tuple[str, ...]:
    """Give the segments that the database names and that are no longer on the disk."""
    named = "select segment from batches where segment is not null union select segment from raw_records"
    return tuple(sorted(set(fetch_frame(con, named)["segment"]) - set(segment_names(paths))))
