"""The data dictionary: every table, column, view, report and closed list, from what the code itself says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from inspect import getdoc

from schemas import vocabulary
from schemas.extraction import TABLES
from schemas.meanings import MEANINGS
from schemas.table import Table
from warehouse.install import VIEWS, question_of
from warehouse.report import list_reports
from warehouse.tables import KEPT, as_instance, nullable_columns, sql_type


def write_dictionary() -> str:
    """Write the dictionary as Markdown; ``python -m warehouse.dictionary`` prints it."""
    parts = ["## Facts", *map(describe_table, TABLES), "## What the warehouse keeps about itself"]
    parts += [*map(describe_table, KEPT), "## Views", describe_views(), "## Reports", describe_reports()]
    parts += ["## Closed lists", *map(describe_list, closed_lists())]
    return "\n\n".join(parts) + "\n"


def describe_table(table: Table) -> str:
    """Describe one table: what a row is, and every column with its type."""
    optional = nullable_columns(table)
    rows = (
        (name, f"`{sql_type(as_instance(kind))}`{' or null' if name in optional else ''}", table.descriptions[name])
        for name, kind in table.schema.items()
    )
    keys = ", ".join(table.key)
    return f"### {table.name}\n\n{table.description} Key: {keys}.\n\n{as_table(('column', 'type', 'meaning'), rows)}"


def describe_views() -> str:
    """List the views with the questions they answer."""
    questions = ((path.stem, question_of(path.read_text(encoding="utf-8"))) for path in sorted(VIEWS.glob("*.sql")))
    return as_table(("view", "question"), questions)


def describe_reports() -> str:
    """List the reports with their questions and parameters."""
    rows = ((report.name, report.question, ", ".join(report.parameters)) for report in list_reports())
    return as_table(("report", "question", "parameters"), rows)


def closed_lists() -> Iterator[type[StrEnum]]:
    """Give the closed lists, in the order they are written down in."""
    for member in vars(vocabulary).values():
        if isinstance(member, type) and issubclass(member, StrEnum) and member is not StrEnum:
            yield member


def describe_list(words: type[StrEnum]) -> str:
    """Give one closed list: what it says, and its words, with their meanings where they need any."""
    told = f"**{words.__name__}** — {(getdoc(words) or '').splitlines()[0]}"
    if words in MEANINGS:
        rows = ((f"`{word}`", MEANINGS[words][word]) for word in words)
        return f"{told}\n\n{as_table(('word', 'meaning'), rows)}"
    return f"{told} {', '.join(f'`{word}`' for word in words)}"


def as_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Write a Markdown table.

    >>> print(as_table(("a", "b"), [("1", "x|y")]))
    | a | b |
    | --- | --- |
    | 1 | x\|y |
    """
    lines = [header, ["---"] * len(header), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    import sys

    sys.stdout.write(write_dictionary())
