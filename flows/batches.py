"""Batches: the inputs of a run in portions, laid down in files so that a task is handed a name, never a frame."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from schemas.articles import RawRecord
from schemas.documents import DOCUMENTS, Document
from schemas.findings import FINDINGS, Finding
from schemas.table import Table
from schemas.vocabulary import PublishedMethod, QualityFlag, Severity

RECORDS = {"kind": pl.String, "data": pl.Binary, "origin": pl.String, "source_name": pl.String}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some inputs of a run: how many there were, and where what became of them lies.

    Attributes:
        input_digest: Digest of its inputs' bytes: the same on every run over the same inputs.
        folder: Where its files lie.
        content: Hash of the documents to extract; with the extractor's version, the key of what is extracted.
        given: Inputs; equal to ``documents + refused + duplicate``.
        documents: Documents to extract.
        refused: Inputs that were refused while reading.
        duplicate: Inputs that the warehouse, or another input of the run, already gives.
        segment: The segment of the raw archive it was read from, when it is loaded again.
    """

    input_digest: str
    folder: Path
    content: str
    given: int
    documents: int
    refused: int
    duplicate: int
    segment: str | None = None

    @property
    def batch_id(self) -> str:
        """The batch's key in the warehouse."""
        return self.input_digest[:16]

    @property
    def number(self) -> int:
        """Its place in the run, from 1."""
        return int(self.folder.name.partition("-")[0]) + 1


def write_frames(folder: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write frames, a file each, to a folder that then is there whole or not at all; what was there before is gone."""
    making = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for name, frame in frames.items():
        frame.write_parquet(making / f"{name}.parquet")
    shutil.rmtree(folder, ignore_errors=True)
    making.replace(folder)


def read_frame(folder: Path, table: Table) -> pl.DataFrame:
    """Read one table's rows back."""
    frame = pl.read_parquet(folder / f"{table.name}.parquet")
    return frame.select(pl.col(name).cast(dtype) for name, dtype in table.schema.items())


def read_documents(folder: Path) -> list[Document]:
    """Read documents back as records."""
    return [document_of(row) for row in read_frame(folder, DOCUMENTS).iter_rows(named=True)]


def document_of(row: Mapping[str, Any]) -> Document:
    """Make the record of a row of ``documents``."""
    kinds = {
        "authors": tuple(row["authors"]),
        "published_method": PublishedMethod(row["published_method"]),
        "quality_flags": tuple(QualityFlag(flag) for flag in row["quality_flags"]),
    }
    return Document(**{**row, **kinds})


def read_findings(folder: Path) -> list[Finding]:
    """Read findings back as records."""
    rows = read_frame(folder, FINDINGS).iter_rows(named=True)
    return [Finding(**{**row, "severity": Severity(row["severity"])}) for row in rows]


def frame_of_records(records: Iterable[RawRecord]) -> pl.DataFrame:
    """Lay raw records into a frame."""
    listed = list(records)
    return pl.DataFrame({name: [getattr(record, name) for record in listed] for name in RECORDS}, schema=RECORDS)


def read_records(folder: Path) -> list[RawRecord]:
    """Read raw records back."""
    return [RawRecord(**row) for row in pl.read_parquet(folder / "records.parquet").iter_rows(named=True)]
