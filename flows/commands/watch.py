"""``wirehouse serve`` and ``wirehouse ui``: the schedule, and Prefect's page."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from flows.commands.run import SOURCES_HELP, Warehouse, Workers, absolute
from flows.console import say
from schemas.errors import MisuseError

Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of Prefect's server and page.")]
Host = Annotated[str, typer.Option("--host", help="Address to listen on; beyond this machine only with a password.")]


def ui(port: Port = 4200, host: Host = "127.0.0.1") -> None:
    """Start Prefect's server and page, until interrupted; runs begun meanwhile report to it.

    The page shows every run: its tasks, its log, and as artifacts its progress, what it wrote and what it refused.
    """
    from flows.server import running_server
    from flows.settings import read_settings

    signal.signal(signal.SIGTERM, interrupt)
    with running_server(read_settings(), port, host) as url:
        say(f"Prefect's page is at {url.removesuffix('/api')}; stop it with Ctrl+C.")
        wait()


def serve(
    sources: Annotated[list[str] | None, typer.Argument(help=SOURCES_HELP)] = None,
    cron: Annotated[str, typer.Option("--cron", help="When to run, as minute hour day month weekday.")] = "0 6 * * *",
    timezone: Annotated[str, typer.Option("--timezone", help="Zone the schedule is meant in.")] = "UTC",
    port: Port = 4200,
    warehouse: Warehouse = None,
    workers: Workers = None,
) -> None:
    """Run on a schedule, one run at a time, until interrupted; starts Prefect's server where none is running.

    Examples:
      wirehouse serve news/ --cron '*/30 * * * *'

      wirehouse serve 's/*.jsonl' --cron '0 6 * * *' --timezone Europe/Kyiv
    """
    from contextlib import nullcontext

    from flows.server import join_server, running_server
    from flows.settings import prepare_prefect, read_settings

    settings = read_settings(warehouse=warehouse and warehouse.absolute(), workers=workers)
    prepare_prefect(settings)
    url = join_server()
    signal.signal(signal.SIGTERM, interrupt)
    with nullcontext(url) if url else running_server(settings, port) as there:
        os.environ["PREFECT_API_URL"] = str(there)
        say(f"Runs at {cron!r} ({timezone}); watch them at {str(there).removesuffix('/api')}; stop with Ctrl+C.")
        keep_schedule(
            [absolute(source) for source in sources or [str(settings.seeds)]],
            cron,
            timezone,
            settings.warehouse,
            workers,
        )


def keep_schedule(sources: list[str], cron: str, timezone: str, warehouse: Path, workers: int | None) -> None:
    """Serve the flow on its schedule until interrupted."""
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType
    from pydantic import ValidationError

    from flows.ingest import ingest_news

    try:
        schedule = Cron(cron, timezone=timezone)
    except (ValueError, ValidationError) as error:
        raise MisuseError(
            f"The schedule {cron!r} in {timezone!r} cannot be kept.",
            "Expected five fields (minute hour day month weekday) and the name of a time zone.",
            "Try: wirehouse serve --cron '0 6 * * *' --timezone UTC.",
        ) from error
    ingest_news.serve(
        name="news",
        schedules=[schedule],
        parameters={"sources": sources, "warehouse": str(warehouse), "workers": workers},
        limit=1,
        pause_on_shutdown=False,
        print_starting_message=False,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def wait() -> None:
    """Sleep until interrupted."""
    try:
        while True:
            signal.pause()
    except KeyboardInterrupt:
        say("Stopped.")


def interrupt(number: int, frame: FrameType | None) -> None:
    """Take the end of the service for Ctrl+C, so that what was started is stopped."""
    raise KeyboardInterrupt
