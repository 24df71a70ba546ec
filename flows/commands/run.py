"""``wirehouse run`` and ``wirehouse rebuild``: carrying news to the warehouse."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from flows.console import ERR, Bars, grid, plain, progress, say
from schemas.errors import WirehouseError

if TYPE_CHECKING:
    from flows.account import Account
    from flows.settings import Settings
    from warehouse.raw import ArchivedRecord

Warehouse = Annotated[Path | None, typer.Option("--warehouse", "-w", help="Folder of the warehouse.")]
Workers = Annotated[int | None, typer.Option("--workers", help="Processes that extract; all cores by default.")]
BatchSize = Annotated[int | None, typer.Option("--batch-size", help="Inputs a batch: the grain of transactions.")]
RefusedLimit = Annotated[
    float | None,
    typer.Option("--refused-limit", help="Share of refused inputs (0 to 1) above which nothing is loaded."),
]
Direct = Annotated[bool, typer.Option("--direct", help="Run without Prefect and its server.")]
SOURCES_HELP = (
    "Files, folders, patterns in quotes, or - for standard input; seeds/news when none is given. "
    "Read are .txt .md .jsonl .json .csv .tsv .parquet .html, feeds, and .gz .zip .tar of these."
)


def run(
    sources: Annotated[list[str] | None, typer.Argument(help=SOURCES_HELP)] = None,
    direct: Direct = False,
    workers: Workers = None,
    warehouse: Warehouse = None,
    batch_size: BatchSize = None,
    refused_limit: RefusedLimit = None,
) -> None:
    """Carry articles to the warehouse: read, extract, check, load, publish.

    Running it again is safe: what is there already is told as duplicate, and nothing is written twice.

    Examples:
      wirehouse run                                   the articles that come with Wirehouse

      wirehouse run news/ 'archive/*.jsonl.gz'        a folder and a pattern

      zcat day.jsonl.gz | wirehouse run - --direct    standard input, without Prefect
    """
    from flows.settings import read_settings
    from flows.sources.files import check_sources
    from warehouse.lock import WriterLock
    from warehouse.paths import WarehousePaths

    given = {
        "warehouse": warehouse and str(warehouse.absolute()),
        "workers": workers,
        "batch_size": batch_size,
        "refused_limit": refused_limit,
    }
    settings = read_settings(**given)
    asked = [absolute(source) for source in sources or [str(settings.seeds)]]
    check_sources(asked)
    with WriterLock(WarehousePaths(settings.warehouse)):
        pass  # whether another run is under way is said at once, not after Prefect has started
    with followed():
        account = carry_directly(asked, settings) if direct else carry_under_prefect(asked, settings, given)
    show_account(account, settings)


def rebuild(warehouse: Warehouse = None, workers: Workers = None) -> None:
    """Make the database anew from the raw archive; the old file stays beside it.

    Use it when `wirehouse check` finds damage, or after a breaking change of the tables.
    """
    from flows.settings import read_settings
    from warehouse.lock import WriterLock
    from warehouse.paths import WarehousePaths
    from warehouse.publish import set_aside

    settings = read_settings(warehouse=warehouse and warehouse.absolute(), workers=workers, refused_limit=1.0)
    paths = WarehousePaths(settings.warehouse)
    if not any(paths.raw.glob("*.gz")):
        raise WirehouseError(
            f"The raw archive {paths.raw} is empty.",
            "A rebuild reads every input of earlier runs from there.",
            "Run `wirehouse run SOURCES` on the original sources.",
        )
    with WriterLock(paths):
        aside = set_aside(paths)
    if aside:
        say(f"The old database lies at {aside}.")
    with followed():
        account = carry_directly([], settings)
    show_account(account, settings)


def absolute(source: str) -> str:
    """Give a source so that it means the same in whatever folder it is read.

    >>> absolute("-"), absolute("/news/a.txt")
    ('-', '/news/a.txt')
    """
    return source if source == "-" else os.path.abspath(source)  # noqa: PTH100  (a pattern is no path)


@contextmanager
def followed() -> Iterator[None]:
    """Show in the terminal how far the run begun in this block is."""
    from flows.opening import WATCH

    with progress() as bars:
        if bars:
            WATCH.set(Bars(bars))
        yield


def carry_directly(sources: list[str], settings: Settings, replayed: Sequence[ArchivedRecord] = ()) -> Account:
    """Run the road in this process, without Prefect."""
    from flows.settings import prepare_prefect

    prepare_prefect(settings, quiet=True)
    from flows import stations
    from flows.ingest import carry_news

    return carry_news(sources, settings, stations, replayed)


def carry_under_prefect(sources: list[str], settings: Settings, given: dict[str, Any]) -> Account:
    """Run the road as a flow of Prefect."""
    from flows.server import is_answering, join_server
    from flows.settings import prepare_prefect

    prepare_prefect(settings, quiet=True)
    url = join_server()
    if url and not is_answering(url, 10):
        raise WirehouseError(
            f"Prefect's server at {url} does not answer.",
            "PREFECT_API_URL names it.",
            "Start it (`wirehouse ui`), unset PREFECT_API_URL, or run with --direct.",
        )
    from flows.ingest import ingest_news

    return cast("Account", ingest_news(sources=sources, **given))  # Prefect unwraps the state


def show_account(account: Account, settings: Settings) -> None:
    """Say what a run did, and where to look next."""
    from flows.account import tell

    for line in tell(account):
        say(line)
    if account.refusals.height:
        ERR.print(grid(account.refusals.columns, account.refusals.iter_rows(), title="Refused"))
        ERR.print(plain("All of it: wirehouse quarantine list"))
    say(f"The warehouse is {settings.warehouse / 'wirehouse.duckdb'}. Look next at:")
    ours = [source for source in account.run.sources if source.endswith("seeds/news")]
    for command in (
        "wirehouse report --list",
        "wirehouse report casualties",
        *(["wirehouse show 'at least nine'"] if ours else []),
        "wirehouse sql 'select * from claims limit 10'",
        "wirehouse ui",
    ):
        say(f"  {command}", "cyan")
