"""Prefect's server beside Wirehouse: started on loopback, found again, stopped with whoever started it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flows.settings import PROJECT, Settings, prepare_prefect
from schemas.errors import MisuseError, WirehouseError

PORT = 4200
START_SECONDS = 120
STOP_SECONDS = 20


def api_url(port: int) -> str:
    """Give the address of the API of a server on this machine.

    >>> api_url(4200)
    'http://127.0.0.1:4200/api'
    """
    return f"http://127.0.0.1:{port}/api"


def address_file() -> Path:
    """Give the file in which a running server of this project says where it listens."""
    return Path(os.environ.get("PREFECT_HOME", PROJECT / ".prefect")) / "wirehouse-server.txt"


def is_answering(url: str, seconds: float = 2.0) -> bool:
    """Tell whether a Prefect server answers at ``url``."""
    try:
        with urlopen(f"{url}/health", timeout=seconds) as answer:  # noqa: S310  (our own http address)
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False


def join_server() -> str | None:
    """Let flow runs of this process report to the server that `wirehouse ui` or `serve` started, if one is there.

    An address in ``PREFECT_API_URL`` wins.  Call before Prefect is imported.

    Returns:
        The API's address, or nothing: Prefect then starts a server for the time of the run.
    """
    if "PREFECT_API_URL" in os.environ:
        return os.environ["PREFECT_API_URL"]
    file = address_file()
    url = file.read_text("utf-8").strip() if file.is_file() else ""
    if url and is_answering(url):
        os.environ["PREFECT_API_URL"] = url
        return url
    return None


def refuse_open_door(host: str, settings: Settings) -> None:
    """Refuse to listen beyond this machine without a password: Prefect asks for none by itself.

    Raises:
        MisuseError: When the host is not loopback and no ``api_auth`` is set.
    """
    try:
        inside = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        inside = False
    if not inside and settings.api_auth is None:
        raise MisuseError(
            f"The server was asked to listen on {host} without a password.",
            "Whoever reaches it could run anything the deployments allow.",
            "Leave --host at 127.0.0.1, or set WIREHOUSE_API_AUTH=user:password.",
        )


def server_command(host: str, port: int) -> list[str]:
    """Give the command that starts Prefect's server."""
    return [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]


@contextmanager
def running_server(settings: Settings, port: int = PORT, host: str = "127.0.0.1") -> Iterator[str]:
    """Start a server, wait until it answers, and stop it at the end of the block.

    Raises:
        MisuseError: The port is taken, or the host reaches beyond this machine without a password.
        WirehouseError: The server did not come up.
    """
    refuse_open_door(host, settings)
    prepare_prefect(settings)
    url = api_url(port)
    if is_answering(url):
        raise MisuseError(
            f"Something answers at {url} already.", "Expected a free port.", "Stop it, or choose another with --port."
        )
    log = address_file().with_name("server.log")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        server = subprocess.Popen(server_command(host, port), stdout=output, stderr=output)
        try:
            wait_for(server, url, log)
            address_file().write_text(url, "utf-8")
            yield url
        finally:
            address_file().unlink(missing_ok=True)
            stop(server)


def wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while not is_answering(url, 1.0):
        if server.poll() is not None or time.monotonic() > deadline:
            raise WirehouseError(
                f"Prefect's server did not come up at {url}.", "Its own words are in the log.", f"Read {log}."
            )
        time.sleep(0.2)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop a server; one that does not listen is ended."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
