"""The road's stations, whoever runs them: plain functions, or tasks of Prefect with the same names."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from flows.account import Account
from flows.batches import Batch
from flows.opening import OpenRun


class Road(Protocol):
    """What ``flows.stations`` and ``flows.tasks`` both offer."""

    def read(self, run: OpenRun) -> list[Batch]:
        """Read all inputs into batches."""

    def extract(self, run: OpenRun, batch: Batch) -> Path:
        """Extract a batch's documents; give the folder of the rows."""

    def check(self, run: OpenRun, batch: Batch, extracted: Path) -> Path:
        """Split rows by the rules of their tables; give the folder of those that passed."""

    def load(self, run: OpenRun, batch: Batch, checked: Path) -> dict[str, int]:
        """Load a batch whole or not at all; give the rows written by table."""

    def publish(self, run: OpenRun) -> Account:
        """Settle what depends on several documents, close the run and publish."""
