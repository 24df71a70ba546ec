"""Answers as bytes: a table for the terminal, CSV, JSON lines, Parquet."""

from __future__ import annotations

import io
import re
import unicodedata
from enum import StrEnum
from typing import Any

import orjson
import polars as pl

DEFUSED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters by which spreadsheets take a cell for a formula, the wide ones too (OWASP, CSV injection)."""
CELL_WIDTH = 60
LINE_BREAKS = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u2028": " ", "\u2029": " "})
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class ExportFormat(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def render_frame(frame: pl.DataFrame, form: ExportFormat | str) -> bytes:
    """Write a frame in one of the formats; text formats are UTF-8 and end with a line break.

    ``json`` is one array of objects; spans and dates as in ``wirehouse extract``.  ``csv`` is defused: text cells that
    a spreadsheet would take for a formula get a ``'`` before them, numbers stay numbers.  ``table`` shows one line a
    row, without control characters, long cells cut.
    """
    form = ExportFormat(form)
    if form is ExportFormat.PARQUET:
        buffer = io.BytesIO()
        frame.write_parquet(buffer)
        return buffer.getvalue()
    if form is ExportFormat.CSV:
        return defuse_frame(flatten(frame)).write_csv().encode()
    if form is ExportFormat.JSON:
        return orjson.dumps(frame.to_dicts(), default=str, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_INDENT_2)
    return render_table(frame).encode()


def flatten(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn columns of lists and structs into JSON text, which every format can hold."""
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    texts = {
        name: pl.Series(name, [as_json(value) for value in frame[name].to_list()], dtype=pl.String) for name in nested
    }
    return frame.with_columns(**texts)


def as_json(value: Any) -> str | None:
    """Write a nested value as JSON, nothing as nothing."""
    return None if value is None else orjson.dumps(value, default=str).decode()


def defuse_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Put ``'`` before text cells, and column names, that a spreadsheet would run as a formula.

    >>> defuse_frame(pl.DataFrame({"a": ["=1+1", "49"], "b": [-1, 2]})).rows()
    [("'=1+1", -1), ('49', 2)]
    """
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    formula = f"^[{re.escape(''.join(DEFUSED))}]"
    cells = [
        pl.when(pl.col(name).cast(pl.String).str.contains(formula))
        .then(pl.lit("'") + pl.col(name).cast(pl.String))
        .otherwise(pl.col(name).cast(pl.String))
        .alias(name)
        for name in texts
    ]
    named = {name: f"'{name}" for name in frame.columns if name.startswith(DEFUSED)}
    return frame.with_columns(cells).rename(named)


def render_table(frame: pl.DataFrame) -> str:
    """Write a frame as lines of aligned columns, numbers to the right, with the count of rows last."""
    shown = flatten(frame)
    numeric = {name for name, kind in frame.schema.items() if kind.is_numeric()}
    columns = {name: [show_cell(value) for value in shown[name].to_list()] for name in shown.columns}
    heads = {name: show_cell(name) for name in columns}  # a name may come out of a text, by a pivot
    widths = {name: max(map(width_of, [heads[name], *cells])) for name, cells in columns.items()}
    lines = ["  ".join(pad(heads[name], widths[name], right=name in numeric) for name in columns)]
    lines.append("  ".join("─" * width for width in widths.values()))
    for row in zip(*columns.values(), strict=True):
        cells = zip(columns, row, strict=True)
        lines.append("  ".join(pad(cell, widths[name], right=name in numeric) for name, cell in cells).rstrip())
    count = f"({frame.height} row{'' if frame.height == 1 else 's'})"
    return "\n".join([*lines, count]) + "\n"


def show_cell(value: Any) -> str:
    r"""Write one value on one line, without characters that would move the cursor or hide text.

    >>> show_cell("one\ntwo\x1b[31m"), show_cell(22.0), show_cell(None)
    ('one two[31m', '22', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = str(value).translate(LINE_BREAKS)
    text = "".join(char for char in text if unicodedata.category(char) not in HIDDEN)
    return text if len(text) <= CELL_WIDTH else text[: CELL_WIDTH - 1] + "…"


def width_of(text: str) -> int:
    """Give how many columns of a terminal a text takes: wide characters two, combining ones none.

    >>> width_of("Київ"), width_of("北京")
    (4, 4)
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def pad(text: str, width: int, *, right: bool) -> str:
    """Fill a cell to its width with spaces, before it when ``right``."""
    spaces = " " * (width - width_of(text))
    return spaces + text if right else text + spaces
