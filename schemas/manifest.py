"""Manifest: what the warehouse holds by its own account, so that damage and loss are noticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandera.polars as pa
import polars as pl

from schemas.documents import DIGEST, KEY
from schemas.table import INSTANT, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    """What one document brought: the batch that loaded it, how many rows, and a digest over them."""

    document_id: str
    batch_id: str
    row_count: int
    content_digest: str


class ManifestTable(pa.DataFrameModel):
    """One row a document: how many rows it has in all tables, and a digest over them."""

    document_id: str = pa.Field(unique=True, str_matches=KEY, description="The document.")
    batch_id: str = pa.Field(str_matches=KEY, description="The batch that loaded its rows last.")
    row_count: pl.Int64 = pa.Field(ge=1, description="Its rows in all tables together.")
    content_digest: str = pa.Field(
        str_matches=DIGEST, description="SHA-256 over its rows as loaded, whatever their order."
    )

    class Config:
        strict = True
        ordered = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedBatch:
    """One batch as it was committed by one run."""

    batch_id: str
    run_id: str
    input_digest: str
    segment: str | None
    documents: int
    row_count: int
    content_digest: str


class LoadedBatchTable(pa.DataFrameModel):
    """One row a batch that was committed, with what it held at that time."""

    batch_id: str = pa.Field(str_matches=KEY, description="The batch: hash of its inputs.")
    run_id: str = pa.Field(str_matches=KEY, description="The run that loaded it.")
    input_digest: str = pa.Field(str_matches=DIGEST, description="SHA-256 over the raw digests of its inputs.")
    segment: str = pa.Field(nullable=True, description="File of the raw archive with its new records; null for none.")
    documents: pl.Int64 = pa.Field(ge=0, description="Documents loaded.")
    row_count: pl.Int64 = pa.Field(ge=0, description="Rows loaded into all tables.")
    content_digest: str = pa.Field(str_matches=DIGEST, description="SHA-256 over the digests of its documents.")

    class Config:
        strict = True
        ordered = True
        unique = ["batch_id", "run_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """Where one raw record lies in the raw archive."""

    raw_id: str
    raw_digest: str
    kind: str
    origin: str
    source_name: str | None
    fetched_at: datetime
    segment: str
    byte_start: int
    byte_end: int


class RawEntryTable(pa.DataFrameModel):
    """One row a record of the raw archive: where its bytes lie."""

    raw_id: str = pa.Field(unique=True, str_matches=KEY, description="Key: bytes, reader, origin and source name.")
    raw_digest: str = pa.Field(str_matches=DIGEST, description="SHA-256 of the record's bytes.")
    kind: str = pa.Field(description="Which reader reads it.")
    origin: str = pa.Field(description="File, and line or row, it was read from.")
    source_name: str = pa.Field(nullable=True, description="Who published it, where its source says so.")
    fetched_at: INSTANT = pa.Field(description="When the run that first read it started, UTC.")
    segment: str = pa.Field(str_matches=KEY, description="File of the raw archive: raw/<segment>.gz.")
    byte_start: pl.Int64 = pa.Field(ge=0, description="First byte of its gzip member in that file.")
    byte_end: pl.Int64 = pa.Field(ge=1, description="One past the last byte of its gzip member.")

    class Config:
        strict = True
        ordered = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The MinHash signature of one text, by which near copies are found."""

    text_digest: str
    signature: tuple[int, ...]


class SignatureTable(pa.DataFrameModel):
    """One row a text: its MinHash signature over runs of five words."""

    text_digest: str = pa.Field(unique=True, str_matches=DIGEST, description="SHA-256 of the text.")
    signature: pl.List(pl.UInt32) = pa.Field(description="128 minima; two texts share as many as they share content.")

    class Config:
        strict = True
        ordered = True


MANIFEST = Table(name="manifest", record=ManifestEntry, model=ManifestTable, key=("document_id",))
BATCHES = Table(name="batches", record=LoadedBatch, model=LoadedBatchTable, key=("batch_id", "run_id"))
RAW_RECORDS = Table(name="raw_records", record=RawEntry, model=RawEntryTable, key=("raw_id",))
SIGNATURES = Table(name="text_signatures", record=Signature, model=SignatureTable, key=("text_digest",))
