"""The command line: ``wirehouse``.

Exit codes: 0 done, 1 failed, 2 misuse, 75 another run is writing the warehouse.
"""

from __future__ import annotations

import sys
from typing import Any

import typer

from flows.commands.ask import dictionary, report, sql
from flows.commands.extract import extract
from flows.commands.run import rebuild, run
from flows.commands.show import show
from flows.commands.upkeep import check, quarantine
from flows.commands.watch import serve, ui
from flows.console import report_error
from schemas.errors import WirehouseError

FORWARDED: dict[str, Any] = {
    "add_help_option": False,
    "context_settings": {"allow_extra_args": True, "ignore_unknown_options": True},
}
"""For families of commands that load models: everything after their name is read by them, once they are loaded."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def wirehouse() -> None:
    """Raw news text in, a DuckDB warehouse of events, figures and statements out.

    Start with `wirehouse run`, then `wirehouse report --list`.
    """


for command in (run, extract, sql, report, show, dictionary, check, rebuild, serve, ui):
    app.command()(command)
app.add_typer(quarantine, name="quarantine")


@app.command(**FORWARDED)
def train(context: typer.Context) -> None:
    """Learn the weights of a station from annotated texts."""
    from flows.commands.train import train_app

    train_app(context.args, prog_name="wirehouse train")


@app.command(**FORWARDED)
def gazetteer(context: typer.Context) -> None:
    """Say which places names are resolved to, and add your own."""
    from flows.gazetteer import gazetteer_app

    gazetteer_app(context.args, prog_name="wirehouse gazetteer")


def main() -> None:
    """Run the command line; what goes wrong is said in three sentences, never by a traceback."""
    try:
        app(prog_name="wirehouse")
    except WirehouseError as error:
        report_error(error)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
