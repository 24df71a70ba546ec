"""``wirehouse extract``: the filter."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def extract(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files to read; standard input when none is given.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="The input is a JSON object a line, with at least text.")
    ] = False,
    batch_size: Annotated[
        int, typer.Option("--batch-size", min=1, help="Documents parsed together; 1 to converse.")
    ] = 32,
) -> None:
    """Extract from articles and print one JSON object a document; nothing is stored.

    Read is plain text, one article a file, or with --jsonl a JSON object a line with text and, if known, id, title,
    published, source and url.  Printed are input_id, document_id, text, and the lists actors, places, times,
    statements, figures and events.  A line that is none is named on standard error, and the exit code is 1.

    Examples:
      wirehouse extract article.txt | jq .figures

      wirehouse extract --jsonl < articles.jsonl > extracted.jsonl
    """
    from flows.filter import answer_inputs, list_inputs, write_answers

    whole = write_answers(answer_inputs(list_inputs(files or [], jsonl, sys.stdin.buffer), batch_size))
    raise typer.Exit(0 if whole else 1)
