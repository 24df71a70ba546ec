"""The road under Prefect: a run on a test server, and a schedule that fires on a real one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey, FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import State, TaskRun
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, get_current_settings, temporary_settings
from prefect.testing.utilities import prefect_test_harness

from flows import stations
from flows.account import Account
from flows.ingest import ingest_news
from flows.opening import OpenRun
from flows.tasks import is_transient
from schemas.errors import MisuseError
from tests.conftest import NEWS
from warehouse.paths import WarehousePaths
from warehouse.query import run_query

ROOT = NEWS.parent.parent
STORY = "Nine people were killed when a missile hit the port of Odesa on {}, officials said."
pytestmark = pytest.mark.filterwarnings(
    # Prefect's own: its test server leaves sockets and databases to the garbage collector.
    "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)


@pytest.fixture(scope="module")
def prefect_server() -> Iterator[None]:
    """A server of its own for the flow runs of this file; without the heartbeat, whose thread sleeps a second a run."""
    with (
        prefect_test_harness(server_startup_timeout=120),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        yield


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for day in ("Monday", "Tuesday", "Wednesday"):
        (folder / f"{day}.txt").write_text(STORY.format(day))
    return folder


def run_flow(news: Path, warehouse: Path) -> State[Account]:
    return ingest_news(sources=[str(news)], warehouse=str(warehouse), workers=1, batch_size=2, return_state=True)


def task_runs(flow_run_id: object) -> list[TaskRun]:
    with get_client(sync_client=True) as client:
        return client.read_task_runs(
            flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id]))  # type: ignore[list-item]
        )


def test_a_flow_run_carries_news_and_leaves_its_account_on_the_page(
    prefect_server: None, news: Path, tmp_path: Path
) -> None:
    (news / "empty.txt").write_text("")
    state = run_flow(news, tmp_path / "w")
    assert state.name == "CompletedWithRefusals"
    account = state.result()
    assert (account.run.given, account.run.accepted, account.run.refused) == (4, 3, 1)
    assert run_query(WarehousePaths(tmp_path / "w"), "select count(*) as n from documents")["n"][0] == 3
    keys = ["progress", "load-summary", "findings", "account"]
    with get_client(sync_client=True) as client:
        artifacts = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=keys)))
    assert sorted(str(artifact.key) for artifact in artifacts) == sorted(keys)
    assert any("completed with refusals" in str(artifact.data) for artifact in artifacts if artifact.key == "account")


def test_what_was_extracted_before_a_crash_is_not_extracted_again(
    prefect_server: None, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> dict[str, int]:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(stations, "load_batch", fail)
        assert run_flow(news, tmp_path / "w").is_failed()
    again = run_flow(news, tmp_path / "w")
    assert again.name == "Completed"
    runs = task_runs(again.state_details.flow_run_id)
    # the batch that was archived and not loaded; then the sources': one all duplicates, one new
    extracted = [run.state.name for run in runs if run.state and run.name.startswith("extract")]
    assert sorted(extracted) == ["Cached", "Completed", "Completed"]
    assert again.result().run.accepted == 3
    kept = get_current_settings().results.local_storage_path
    assert not list(kept.glob("extract-*"))  # what is loaded needs no memory


def test_what_fails_twice_and_then_works_is_read_once(
    prefect_server: None, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [OSError("the share does not answer"), OSError("the share does not answer")]
    whole = stations.read_articles

    def read_articles(*given: object) -> object:
        if answers:
            raise answers.pop()
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(stations, "read_articles", read_articles)
    state = run_flow(news, tmp_path / "w")
    assert state.name == "Completed"
    assert state.result().run.accepted == 3
    tries = {run.name.partition("-")[0]: run.run_count for run in task_runs(state.state_details.flow_run_id)}
    assert (tries["read"], tries["extract"], tries["load"]) == (3, 1, 1)


def test_misuse_is_not_tried_again(prefect_server: None, tmp_path: Path) -> None:
    state = run_flow(tmp_path / "nowhere", tmp_path / "w")
    assert state.is_failed()
    with pytest.raises(MisuseError):
        state.result()
    assert [run.run_count for run in task_runs(state.state_details.flow_run_id)] == [1]


def test_only_failures_of_the_system_are_tried_again() -> None:
    def failed(error: Exception) -> State[object]:
        return State(type="FAILED", data=error)  # type: ignore[arg-type]

    assert is_transient(None, None, failed(OSError()))  # type: ignore[arg-type]
    assert not is_transient(None, None, failed(MisuseError("a", "b", "c")))  # type: ignore[arg-type]


def test_tasks_hand_the_run_on_as_it_is() -> None:
    assert not hasattr(OpenRun, "__dataclass_fields__")  # Prefect would walk through it, and copy it


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def test_a_schedule_fires_on_a_real_server(news: Path, tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "w")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2"}
    command = [sys.executable, "-m", "flows", "serve", str(news), "--every", "5", "--port", str(free_port())]
    with (tmp_path / "serve.log").open("wb") as log:
        serving = subprocess.Popen(
            [*command, "--warehouse", str(paths.folder), "--workers", "1"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            deadline = time.monotonic() + 240
            while not paths.published.exists() and time.monotonic() < deadline and serving.poll() is None:
                time.sleep(0.5)
        finally:
            serving.send_signal(signal.SIGINT)
            try:
                serving.wait(60)
            except subprocess.TimeoutExpired:
                serving.kill()
                serving.wait()
    assert paths.published.exists(), (tmp_path / "serve.log").read_text("utf-8", "replace")[-4000:]
    assert run_query(paths, "select count(*) as n from documents")["n"][0] == 3
