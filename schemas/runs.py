"""Runs: the account each run gives of itself, station by station and batch by batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandera.polars as pa
import polars as pl

from schemas.documents import DIGEST, KEY
from schemas.table import INSTANT, TEXTS, Table
from schemas.vocabulary import RunState


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run, from reading to publishing."""

    run_id: str
    state: RunState
    started_at: datetime
    finished_at: datetime | None = None
    sources: tuple[str, ...] = ()
    extractor_version: str | None = None
    wirehouse_version: str | None = None
    given: int = 0
    accepted: int = 0
    refused: int = 0
    duplicate: int = 0
    pid: int | None = None
    message: str | None = None


class RunTable(pa.DataFrameModel):
    """One row a run."""

    run_id: str = pa.Field(unique=True, str_matches=KEY, description="Key of the run.")
    state: str = pa.Field(isin=[s.value for s in RunState], description="How the run stands or ended.")
    started_at: INSTANT = pa.Field(description="When it began, UTC: the only time the clock is read.")
    finished_at: INSTANT = pa.Field(nullable=True, description="When it ended, UTC.")
    sources: TEXTS = pa.Field(description="What it was asked to read.")
    extractor_version: str = pa.Field(nullable=True, description="Digest of the extracting code and data.")
    wirehouse_version: str = pa.Field(nullable=True, description="Version of the package.")
    given: pl.Int64 = pa.Field(ge=0, description="Inputs read.")
    accepted: pl.Int64 = pa.Field(ge=0, description="Documents loaded.")
    refused: pl.Int64 = pa.Field(ge=0, description="Inputs in quarantine.")
    duplicate: pl.Int64 = pa.Field(ge=0, description="Inputs already in the warehouse.")
    pid: pl.Int64 = pa.Field(nullable=True, description="Process of the run, to tell a crashed one.")
    message: str = pa.Field(nullable=True, description="What a person should know about how it ended.")

    class Config:
        strict = True
        ordered = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What went in and came out at one station for one batch: given = accepted + refused + duplicate."""

    run_id: str
    batch_id: str
    station: str
    given: int
    accepted: int
    refused: int
    duplicate: int
    content_digest: str


class LedgerTable(pa.DataFrameModel):
    """One row a station of a batch: given = accepted + refused + duplicate."""

    run_id: str = pa.Field(str_matches=KEY, description="The run.")
    batch_id: str = pa.Field(str_matches=KEY, description="The batch: hash of its inputs.")
    station: str = pa.Field(description="The table, or 'sources' for the inputs themselves.")
    given: pl.Int64 = pa.Field(ge=0, description="Rows that came in.")
    accepted: pl.Int64 = pa.Field(ge=0, description="Rows loaded.")
    refused: pl.Int64 = pa.Field(ge=0, description="Rows in quarantine.")
    duplicate: pl.Int64 = pa.Field(ge=0, description="Rows already there.")
    content_digest: str = pa.Field(
        str_matches=DIGEST, description="SHA-256 over the accepted rows, whatever their order."
    )

    class Config:
        strict = True
        ordered = True
        unique = ["run_id", "batch_id", "station"]

    @pa.dataframe_check
    def nothing_lost(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """What came in is accounted for."""
        return data.lazyframe.select(pl.col("given") == pl.sum_horizontal("accepted", "refused", "duplicate"))


RUNS = Table(name="runs", record=Run, model=RunTable, key=("run_id",))
LEDGER = Table(name="run_ledger", record=LedgerEntry, model=LedgerTable, key=("run_id", "batch_id", "station"))
