"""Settings: where they come from, what they refuse, what they never show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.server import refuse_open_door
from flows.settings import read_settings
from schemas.errors import MisuseError


def test_the_call_wins_over_the_environment_and_that_over_the_project(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.wirehouse]\nbatch_size = 7\nworkers = 3\nrefused_limit = 0.1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIREHOUSE_WORKERS", "4")
    settings = read_settings(refused_limit=0.2)
    assert (settings.batch_size, settings.workers, settings.refused_limit) == (7, 4, 0.2)


def test_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREHOUSE_LIMITS__SECONDS", "2.5")
    limits = read_settings().limits
    assert limits.seconds == 2.5
    assert limits.characters == 1_000_000


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("WIREHOUSE_BATCH_SIZE", "0", "batch_size"),
        ("WIREHOUSE_WORKERS", "many", "workers"),
        ("WIREHOUSE_REFUSED_LIMIT", "1.5", "refused_limit"),
        ("WIREHOUSE_SEEDS", "/no/such/folder", "seeds"),
        ("WIREHOUSE_LIMITS__SECONDS", "soon", "limits.seconds"),
    ],
)
def test_a_wrong_value_is_misuse_and_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(MisuseError, match=told) as caught:
        read_settings()
    assert caught.value.exit_code == 2


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREHOUSE_API_AUTH", "desk:tinderbox")
    settings = read_settings()
    assert "tinderbox" not in f"{settings} {settings!r} {settings.model_dump_json()}"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "news.example.org"])  # noqa: S104
def test_the_server_listens_beyond_this_machine_only_with_a_password(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    with pytest.raises(MisuseError, match="WIREHOUSE_API_AUTH"):
        refuse_open_door(host, read_settings())
    monkeypatch.setenv("WIREHOUSE_API_AUTH", "desk:tinderbox")
    refuse_open_door(host, read_settings())


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_the_server_listens_on_loopback_freely(host: str) -> None:
    refuse_open_door(host, read_settings())


def test_prefect_reports_nothing_to_its_makers() -> None:
    code = "import flows, os; print(os.environ['DO_NOT_TRACK'], os.environ['PREFECT_SERVER_ANALYTICS_ENABLED'])"
    clean = {name: value for name, value in os.environ.items() if name not in ("DO_NOT_TRACK",)}
    clean.pop("PREFECT_SERVER_ANALYTICS_ENABLED", None)
    done = subprocess.run([sys.executable, "-c", code], env=clean, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "false"]
