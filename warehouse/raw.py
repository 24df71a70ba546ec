"""The raw archive: every input as it came, so that the warehouse can always be made anew.

One file a batch, ``raw/<segment>.gz``: gzip members one after the other, each a line of JSON (reader, origin, source,
when fetched, SHA-256) and the bytes.  ``zcat`` reads it.  A segment is named by its content, written once, synced, and
never changed.  Its records are entered in ``raw_records`` by the transaction that loads them; so a segment whose
records are not there is a batch that was lost, and is loaded again from here.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import orjson
import polars as pl

from schemas.articles import RawRecord
from schemas.errors import DamagedWarehouseError, MisuseError
from schemas.manifest import RawEntry
from schemas.spans import make_id
from warehouse.connection import unwritable
from warehouse.frames import Connection, attach_frame, fetch_frame
from warehouse.paths import WarehousePaths

SUFFIX = ".gz"
LEVEL = 6
PIECE = 65536


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecord:
    """A raw record with when it was first read and its digest."""

    record: RawRecord
    fetched_at: datetime
    raw_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One file of the archive and where each record lies in it."""

    name: str
    entries: tuple[RawEntry, ...] = field(repr=False)


def digest_bytes(data: bytes) -> str:
    """Give the digest a raw record is addressed by: SHA-256, 64 hexadecimal digits."""
    return sha256(data).hexdigest()


def raw_id_of(raw_digest: str, record: RawRecord) -> str:
    """Give a record's key: its bytes, and all that decides how they are read."""
    return make_id("raw", raw_digest, record.kind, record.origin, record.source_name)


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
    name = sha256(content).hexdigest()[:16]
    path = segment_path(paths, name)
    if not path.exists():
        write_durably(path, content)
    return Segment(name=name, entries=tuple(index_of(name, members, [by_id[raw_id] for raw_id in sorted(by_id)])))


def known_raw_ids(con: Connection, raw_ids: Iterable[str]) -> list[str]:
    """Give those keys that are in the archive."""
    with attach_frame(con, "wanted", pl.DataFrame({"raw_id": list(raw_ids)}, schema={"raw_id": pl.String})):
        there = fetch_frame(con, "select raw_id from raw_records where raw_id in (select raw_id from wanted)")
    return there["raw_id"].to_list()


def pack(archived: ArchivedRecord) -> bytes:
    """Make one gzip member; the same record gives the same bytes."""
    record = archived.record
    head = {
        "kind": record.kind,
        "origin": record.origin,
        "source_name": record.source_name,
        "fetched_at": archived.fetched_at.isoformat(),
        "sha256": archived.raw_digest,
    }
    return gzip.compress(orjson.dumps(head) + b"\n" + record.data, compresslevel=LEVEL, mtime=0)


def unpack(member: bytes) -> ArchivedRecord:
    """Read one gzip member, and make sure the bytes are those that were stored.

    Raises:
        ValueError: They are not.
    """
    line, data = gzip.decompress(member).split(b"\n", 1)
    head = orjson.loads(line)
    if digest_bytes(data) != head["sha256"]:
        raise ValueError("the bytes are not those that were stored")
    record = RawRecord(kind=head["kind"], origin=head["origin"], source_name=head["source_name"], data=data)
    return ArchivedRecord(
        record=record, fetched_at=datetime.fromisoformat(head["fetched_at"]), raw_digest=head["sha256"]
    )


def index_of(name: str, members: list[bytes], records: list[ArchivedRecord]) -> Iterator[RawEntry]:
    """Say where each record lies."""
    start = 0
    for member, archived in zip(members, records, strict=True):
        yield RawEntry(
            raw_id=raw_id_of(archived.raw_digest, archived.record),
            raw_digest=archived.raw_digest,
            kind=archived.record.kind,
            origin=archived.record.origin,
            source_name=archived.record.source_name,
            fetched_at=archived.fetched_at,
            segment=name,
            byte_start=start,
            byte_end=start + len(member),
        )
        start += len(member)


def segment_path(paths: WarehousePaths, name: str) -> Path:
    """Give the file of a segment."""
    return paths.raw / f"{name}{SUFFIX}"


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that after a crash it is there whole or not at all."""
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def segment_names(paths: WarehousePaths) -> tuple[str, ...]:
    """Give the names of all segments on disk, sorted."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in paths.raw.glob(f"*{SUFFIX}")))


def read_segment(paths: WarehousePaths, name: str) -> tuple[Segment, tuple[ArchivedRecord, ...]]:
    """Read a whole segment: its index, and its records in the same order.

    Raises:
        DamagedWarehouseError: The file is not what was written; restore it from a copy.
    """
    path = segment_path(paths, name)
    content = path.read_bytes()
    try:
        members = list(split_members(content))
        records = [unpack(member) for member in members]
    except (ValueError, KeyError, OSError, EOFError, zlib.error) as error:
        raise damaged_segment(path, str(error)) from error
    return Segment(name=name, entries=tuple(index_of(name, members, records))), tuple(records)


def split_members(content: bytes) -> Iterator[bytes]:
    """Cut a file of gzip members one after the other into its members, in one pass over the bytes."""
    start = 0
    while start < len(content):
        reader = zlib.decompressobj(wbits=31)
        at = start
        while not reader.eof:
            piece = content[at : at + PIECE]
            if not piece:
                raise ValueError("the last record is cut off")
            reader.decompress(piece)
            at += len(piece)
        end = at - len(reader.unused_data)
        yield content[start:end]
        start = end


def damaged_segment(path: Path, fault: str) -> DamagedWarehouseError:
    """Say that a file of the archive cannot be trusted."""
    return DamagedWarehouseError(
        f"The segment {path} of the raw archive is damaged: {fault}.",
        "Segments are written once and never changed.",
        "Restore the file from a copy, or move it away and run again on the original sources.",
    )


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
    except (ValueError, KeyError, OSError, EOFError, zlib.error) as error:
        raise damaged_segment(path, str(error)) from error


def iter_records(paths: WarehousePaths) -> Iterator[ArchivedRecord]:
    """Give every record of the archive, segment by segment, without the database."""
    for name in segment_names(paths):
        yield from read_segment(paths, name)[1]


def missing_segments(con: Connection, paths: WarehousePaths) -> tuple[str, ...]:
    """Give the segments whose records were never committed, or whose commit was lost: what a run loads first."""
    there = set(fetch_frame(con, "select distinct segment from raw_records")["segment"])
    return tuple(name for name in segment_names(paths) if name not in there)
