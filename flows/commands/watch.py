"""``wirehouse serve`` and ``wirehouse ui``: the schedule, and Prefect's page."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from flows.commands.run import SOURCES_HELP, Warehouse, Workers, absolute
from flows.console import say
from schemas.errors import MisuseError

if TYPE_CHECKING:
    from prefect.schedules import Schedule

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
    every: Annotated[int | None, typer.Option("--every", min=1, help="Run every so many seconds instead.")] = None,
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
        when = f"every {every} seconds" if every else f"at {cron!r} ({timezone})"
        say(f"Runs {when}; watch them at {str(there).removesuffix('/api')}; stop with Ctrl+C.")
        keep_schedule(
            make_schedule(cron, timezone, every),
            sources=[absolute(source) for source in sources or [str(settings.seeds)]],
            warehouse=str(settings.warehouse),
            workers=workers,
        )


def make_schedule(cron: str, timezone: str, every: int | None) -> Schedule:
    """Make the schedule asked for.

    Raises:
        MisuseError: It is none, or the zone is not known.
    """
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.schedules import Cron, Interval

    if every:
        return Interval(timedelta(seconds=every))
    try:
        ZoneInfo(timezone)
        CronSchedule(cron=cron, timezone=timezone)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise MisuseError(
            f"The schedule {cron!r} in {timezone!r} cannot be kept.",
            "Expected five fields (minute hour day month weekday) and the name of a time zone.",
            "Try: wirehouse serve --cron '0 6 * * *' --timezone UTC.",
        ) from error
    return Cron(cron, timezone=timezone)


def keep_schedule(schedule: Schedule, **parameters: Any) -> None:
    """Serve the flow on its schedule, one run at a time, until interrupted."""
    from prefect.types.entrypoint import EntrypointType

    from flows.ingest import ingest_news

    ingest_news.serve(
        name="news",
        schedules=[schedule],
        parameters=parameters,
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
