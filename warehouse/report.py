"""Reports: questions kept with the warehouse, one file of ``sql/reports`` each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from schemas.errors import MisuseError
from warehouse.install import REPORTS, question_of
from warehouse.paths import WarehousePaths
from warehouse.query import run_query

PARAMETER = re.compile(r"^-- \$([a-z_]+): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report.

    Attributes:
        name: What it is called on the command line.
        question: The question it answers: the first line of its file.
        parameters: What may be given, by name, with what it means; all may be left out.
        sql: The query.
    """

    name: str
    question: str
    parameters: Mapping[str, str]
    sql: str = field(repr=False)


def list_reports(folder: Path = REPORTS) -> tuple[Report, ...]:
    """Give all reports, by name."""
    return tuple(read_report(path) for path in sorted(folder.glob("*.sql")))


def read_report(path: Path) -> Report:
    """Read one file: question first, then a line ``-- $name: what it means`` for each parameter, then the query."""
    sql = path.read_text(encoding="utf-8")
    return Report(name=path.stem, question=question_of(sql), parameters=dict(PARAMETER.findall(sql)), sql=sql)


def run_report(paths: WarehousePaths, name: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
    """Run a report on the published copy.

    Args:
        paths: Files of the warehouse.
        name: A report's name, ``-`` and ``_`` alike.
        parameters: Values by parameter; those left out do not narrow the answer.

    Raises:
        MisuseError: There is no such report, it has no such parameter, or nothing has been published yet.
        QueryError: A value has the wrong type.
    """
    reports = {report.name: report for report in list_reports()}
    report = reports.get(name.replace("-", "_"))
    if report is None:
        raise MisuseError(
            f"There is no report {name!r}.",
            f"Expected one of: {', '.join(reports)}.",
            "See `wirehouse report --list` for what each answers.",
        )
    given = dict(parameters or {})
    unknown = set(given) - set(report.parameters)
    if unknown:
        raise MisuseError(
            f"The report {report.name} has no parameter {', '.join(sorted(unknown))}.",
            f"Expected any of: {', '.join(report.parameters) or 'none'}.",
            "See `wirehouse report --list`.",
        )
    return run_query(paths, report.sql, {**dict.fromkeys(report.parameters), **given})
