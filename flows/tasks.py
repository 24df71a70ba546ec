"""The stations as tasks of Prefect: retries, cache, the one writer, and what a person sees on the page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import get_client, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.concurrency.sync import concurrency
from prefect.context import TaskRunContext
from prefect.logging import get_run_logger
from prefect.settings import get_current_settings
from prefect.states import Completed
from prefect.tasks import Task, exponential_backoff

from flows import stations
from flows.account import Account, account_as_markdown, tell
from flows.batches import Batch
from flows.opening import WATCH, OpenRun, Watch
from schemas.vocabulary import RunState

WRITER = "warehouse-writer"
LEASE_SECONDS = 60
"""A slot of a killed run is free again after so long; a live run renews it."""
WAIT_SECONDS = 3 * LEASE_SECONDS
KEPT = timedelta(days=1)
EVERY_SECONDS = 2.0


def is_transient(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """Tell whether trying again may help: after a failure of the system, never after misuse or a refusal."""
    return isinstance(state.result(raise_on_failure=False), OSError)


def extraction_key(context: TaskRunContext, parameters: dict[str, Any]) -> str:
    """Give the key under which an extraction is kept: its documents and the extractor's version."""
    return name_extraction(parameters["run"], parameters["batch"])


def name_extraction(run: OpenRun, batch: Batch) -> str:
    """Name an extraction by what decides it."""
    return f"extract-{run.extracted_folder(batch).name}"


def forget_extraction(run: OpenRun, batch: Batch) -> None:
    """Remove Prefect's record of an extraction that is loaded; it would keep them all for ever."""
    (get_current_settings().results.local_storage_path / name_extraction(run, batch)).unlink(missing_ok=True)


read = task(
    name="read",
    retries=3,
    retry_delay_seconds=exponential_backoff(backoff_factor=1),
    retry_jitter_factor=0.5,
    retry_condition_fn=is_transient,
    cache_policy=NO_CACHE,
)(stations.read)

extract_kept = task(
    name="extract",
    task_run_name="extract-{batch.number}",
    cache_key_fn=extraction_key,
    cache_expiration=KEPT,
    persist_result=True,
)(stations.extract)

check = task(name="check", task_run_name="check-{batch.number}", cache_policy=NO_CACHE)(stations.check)


def extract(run: OpenRun, batch: Batch) -> Path:
    """Extract a batch, or find it extracted by a run that came to grief later."""
    there = run.extracted_folder(batch).exists()
    return extract_kept.with_options(refresh_cache=not there)(run, batch)


@task(name="load", task_run_name="load-{batch.number}", cache_policy=NO_CACHE)
def load(run: OpenRun, batch: Batch, checked: Path) -> dict[str, int]:
    """Load a batch while no other flow run loads one."""
    with concurrency(WRITER, occupy=1, timeout_seconds=WAIT_SECONDS, lease_duration=LEASE_SECONDS, strict=True):
        written = stations.load(run, batch, checked)
    forget_extraction(run, batch)
    told = ", ".join(f"{count} {name}" for name, count in written.items() if count)
    get_run_logger().info("Batch %s (%s): wrote %s", batch.number, batch.batch_id, told or "nothing")
    return written


@task(name="publish", cache_policy=NO_CACHE)
def publish(run: OpenRun) -> Account:
    """Publish, and lay the account of the run on the page."""
    account = stations.publish(run)
    create_table_artifact(
        key="load-summary", table=account.ledger.to_dicts(), description="What came in and what was written."
    )
    create_table_artifact(
        key="findings", table=account.refusals.to_dicts(), description="What this run refused, and why."
    )
    create_markdown_artifact(
        key="account", markdown=account_as_markdown(account), description="The account of the run."
    )
    return account


def conclude(account: Account) -> State[Account]:
    """Give the flow's final state: its name says whether something was refused."""
    refused = account.run.state is RunState.COMPLETED_WITH_REFUSALS
    return Completed(name="CompletedWithRefusals" if refused else None, message=" ".join(tell(account)), data=account)


def limit_writers() -> None:
    """Make sure that Prefect knows of the one writer."""
    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(WRITER, 1)


class ProgressArtifact:
    """Follows a run on Prefect's page, and hands on to whoever followed before."""

    def __init__(self, before: Watch) -> None:
        self._before = before
        made = create_progress_artifact(progress=0.0, key="progress", description="Documents extracted.")
        self._artifact = cast("UUID", made)  # no coroutine: a synchronous flow calls
        self._expected = self._done = 0
        self._told = time.monotonic()

    def read(self, inputs: int) -> None:
        """Hand on."""
        self._before.read(inputs)

    def expect(self, documents: int) -> None:
        """Note what is to be done."""
        self._expected = documents
        self._before.expect(documents)

    def extracted(self, documents: int) -> None:
        """Move the bar, not more often than the page can show."""
        self._done += documents
        self._before.extracted(documents)
        if time.monotonic() - self._told > EVERY_SECONDS:
            self._told = time.monotonic()
            self.show()

    def show(self) -> None:
        """Move the bar to where the run is."""
        share = 100.0 * self._done / self._expected if self._expected else 100.0
        update_progress_artifact(self._artifact, progress=min(share, 100.0))


@contextmanager
def watched() -> Iterator[None]:
    """Show the progress of the run begun in this block on the page."""
    watch = ProgressArtifact(WATCH.get())
    token = WATCH.set(watch)
    try:
        yield
        watch.show()
    finally:
        WATCH.reset(token)
