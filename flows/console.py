"""What people read in the terminal: messages, tables and progress, with nothing in them that a terminal obeys."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.errors import WirehouseError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that move, colour or reorder a terminal's output instead of showing in it."""

UNBROKEN = 24
"""Characters up to which a cell is never broken: dates, keys, words."""
OUT = Console(highlight=False, soft_wrap=False)
ERR = Console(stderr=True, highlight=False)


def harmless(value: object) -> str:
    r"""Give a value as text in which no character steers the terminal.

    >>> harmless("a\x1b[31mb")
    'a�[31mb'
    """
    return OBEYED.sub("\ufffd", "" if value is None else str(value))


def say(text: str, style: str = "") -> None:
    """Print one line; only a terminal breaks it."""
    OUT.print(plain(text, style), soft_wrap=not OUT.is_terminal)


def plain(value: object, style: str = "") -> Text:
    """Give a value as rich text: harmless, its brackets no markup."""
    return Text(harmless(value), style=style)


def grid(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> Table:
    """Lay rows out as a table; numbers stand to the right."""
    listed = [list(row) for row in rows]
    table = Table(
        title=title and plain(title), title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD
    )
    for position, name in enumerate(columns):
        numeric = bool(listed) and all(isinstance(row[position], int | float | None) for row in listed)
        short = all(len(shown(row[position])) <= UNBROKEN for row in listed)
        table.add_column(plain(name), justify="right" if numeric else "left", overflow="fold", no_wrap=short)
    for row in listed:
        table.add_row(*(plain(shown(value)) for value in row))
    return table


def shown(value: object) -> str:
    """Give a value as a reader of a table wants it.

    >>> shown(22.0), shown(None), shown(["killed", "wounded"])
    ('22', '', 'killed, wounded')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.4g}"
    if isinstance(value, list | tuple):
        return ", ".join(shown(item) for item in value)
    return str(value)


def report_error(error: WirehouseError) -> None:
    """Say what was given, what was expected and what to do."""
    for part, style in ((error.given, "bold red"), (error.expected, ""), (error.remedy, "cyan")):
        ERR.print(plain(part, style), soft_wrap=not ERR.is_terminal)


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Show bars while something long runs; nothing where no person is watching."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # (seldom needed)

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERR, transient=True) as bars:
        yield bars


class Bars:
    """Follows a run in the terminal."""

    def __init__(self, bars: Progress) -> None:
        """Take the display to draw on."""
        self._bars = bars
        self._reading = bars.add_task("starting", total=None)
        self._extracting: TaskID | None = None

    def read(self, inputs: int) -> None:
        """Count what was read."""
        self._bars.update(self._reading, advance=inputs, description="reading")

    def expect(self, documents: int) -> None:
        """Begin the bar of extracting."""
        self._bars.remove_task(self._reading)
        self._extracting = self._bars.add_task("extracting", total=documents)

    def extracted(self, documents: int) -> None:
        """Move the bar of extracting."""
        if self._extracting is not None:
            self._bars.advance(self._extracting, documents)
