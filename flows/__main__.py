"""The command line: ``wirehouse``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


@app.callback()
def wirehouse() -> None:
    """Turn raw news text into events, figures and statements."""


@app.command()
def extract(
    files: Annotated[list[Path] | None, typer.Argument(help="Files to read; standard input when none.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="The input is a JSON object a line.")] = False,
) -> None:
    """Extract from articles and print a JSON object a document."""
    from flows.filter import answer_lines, write_answers  # noqa: PLC0415

    clean = True
    for name in files or [None]:
        data = sys.stdin.buffer if name is None else name.open("rb")
        if jsonl or (name and name.suffix == ".jsonl"):
            clean &= write_answers(answer_lines(data))
        else:
            text = data.read().decode("utf-8", "replace")
            clean &= write_answers(answer_lines([json.dumps({"text": text}).encode()]))
    raise typer.Exit(0 if clean else 1)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
