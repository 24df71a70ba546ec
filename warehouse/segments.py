"""Segments: the files of the raw archive, written once.

A segment is gzip members one after the other, each a line of JSON (reader, origin, source, when fetched, SHA-256) and
the bytes as they came; ``zcat`` reads it.  It is named by its content.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import orjson

from schemas.articles import RawRecord
from schemas.errors import DamagedWarehouseError
from schemas.manifest import RawEntry
from schemas.spans import make_id
from warehouse.connection import unwritable
from warehouse.paths import WarehousePaths

SUFFIX = ".gz"
LEVEL = 6
PIECE = 65536
FAULTS = (ValueError, KeyError, OSError, EOFError, zlib.error)
"""What reading a file that is not what was written can raise."""


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


def name_of(content: bytes) -> str:
    """Give the name of a segment with this content."""
    return sha256(content).hexdigest()[:16]


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
        with suppress(OSError):
            part.unlink()
        raise unwritable(path, error) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_segment(paths: WarehousePaths, name: str) -> tuple[Segment, tuple[ArchivedRecord, ...]]:
    """Read a whole segment: its index, and its records in the same order.

    Raises:
        DamagedWarehouseError: The file is not what was written; restore it from a copy.
    """
    path = segment_path(paths, name)
    try:
        content = path.read_bytes()
        if name_of(content) != name:
            raise ValueError("its name is not that of its content")
        members = list(split_members(content))
        records = [unpack(member) for member in members]
    except FAULTS as error:
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
        "Restore the file from a copy, or move it away and run `wirehouse run` on the original sources.",
    )
