"""``wirehouse sql``, ``report``, ``show`` and ``dictionary``: reading the published warehouse."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.run import Warehouse
from flows.console import OUT, grid, say
from schemas.errors import MisuseError

if TYPE_CHECKING:
    import polars as pl

    from warehouse.paths import WarehousePaths

Format = Annotated[str, typer.Option("--format", "-f", help="table, csv, json or parquet.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write to; the terminal when not given.")]


def sql(
    query: Annotated[str | None, typer.Argument(help="One statement that reads; - to read it from the input.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="File to read the statement from.")] = None,
    form: Format = "table",
    output: Output = None,
    warehouse: Warehouse = None,
) -> None:
    """Ask the published warehouse in SQL, while a run may be writing.

    The answer comes from a read-only copy; files, network and settings are out of the statement's reach.

    Examples:
      wirehouse sql 'show tables'

      wirehouse sql "select value_low, thing, quote from figures where list_contains(effects, 'killed')"

      wirehouse sql --file question.sql --format csv --output answer.csv
    """
    from warehouse.query import run_query

    write_answer(run_query(paths_of(warehouse), read_statement(query, file)), form, output)


def report(
    name: Annotated[str | None, typer.Argument(help="Name of the report.")] = None,
    parameters: Annotated[list[str] | None, typer.Argument(help="Values that narrow it, as name=value.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the reports and what each answers.")] = False,
    form: Format = "table",
    output: Output = None,
    warehouse: Warehouse = None,
) -> None:
    """Answer one of the questions kept with the warehouse.

    Examples:
      wirehouse report --list

      wirehouse report conflicting_figures

      wirehouse report casualties_by_place country=UKR --format csv
    """
    from warehouse.report import run_report

    if listed or name is None:
        list_questions()
        return
    write_answer(run_report(paths_of(warehouse), name, read_parameters(parameters or [])), form, output)


def dictionary(output: Output = None) -> None:
    """Print the data dictionary in Markdown: every table, column, view, report and closed list."""
    from warehouse.dictionary import write_dictionary

    write_bytes(write_dictionary().encode(), output)


def list_questions() -> None:
    """Print the reports with their questions and parameters."""
    from warehouse.report import list_reports

    rows = [
        (one.name, one.question, "\n".join(f"{name}: {text}" for name, text in one.parameters.items()))
        for one in list_reports()
    ]
    OUT.print(grid(("report", "question it answers", "may be narrowed by"), rows))


def read_statement(query: str | None, file: Path | None) -> str:
    """Give the statement from wherever it was given."""
    if (query is None) == (file is None):
        raise MisuseError(
            "The statement was given twice." if query else "No statement was given.",
            "Expected SQL as an argument, - for standard input, or --file.",
            "Try: wirehouse sql 'show tables'.",
        )
    if file is None:
        return sys.stdin.read() if query == "-" else str(query)
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MisuseError(
            f"The file {file} cannot be read: {error}.", "Expected SQL in UTF-8.", "Check the path."
        ) from error


def read_parameters(given: list[str]) -> dict[str, str]:
    """Read ``name=value`` pairs.

    >>> read_parameters(["country=UKR"])
    {'country': 'UKR'}
    """
    pairs = [text.partition("=") for text in given]
    if wrong := next((name for name, sign, _ in pairs if not sign), None):
        raise MisuseError(
            f"The parameter {wrong!r} has no value.", "Expected name=value.", "See `wirehouse report --list`."
        )
    return {name.strip(): value for name, _, value in pairs}


def write_answer(frame: pl.DataFrame, form: str, output: Path | None) -> None:
    """Write an answer in one of the formats."""
    from warehouse.export import ExportFormat, render_frame

    if form not in set(ExportFormat):
        raise MisuseError(
            f"There is no format {form!r}.", f"Expected one of: {', '.join(ExportFormat)}.", "Choose one with --format."
        )
    if form == ExportFormat.PARQUET and output is None and sys.stdout.isatty():
        raise MisuseError(
            "Parquet was asked for on the terminal.", "It is no text.", "Name a file: --output answer.parquet."
        )
    write_bytes(render_frame(frame, form), output)


def write_bytes(data: bytes, output: Path | None) -> None:
    """Write to a file, or to standard output."""
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise MisuseError(
            f"The file {output} cannot be written: {error.strerror}.", "Expected a folder that exists.", "Name another."
        ) from error
    say(f"Wrote {output}.")


def paths_of(warehouse: Path | None) -> WarehousePaths:
    """Give the files of the warehouse named, or of the one the settings name."""
    from flows.settings import read_settings
    from warehouse.paths import WarehousePaths

    return WarehousePaths(read_settings(warehouse=warehouse and warehouse.absolute()).warehouse)
