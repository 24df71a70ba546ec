"""Refusing a row that its neighbours rule out: by the text it quotes, or by a row it points to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from schemas.findings import Finding
from schemas.spans import make_id
from schemas.table import Table
from schemas.vocabulary import Severity


def refuse_row(table: Table, row: Mapping[str, Any], *, check: str, column: str, value: str, reason: str) -> Finding:
    """Make the finding of one row refused for one column; ``reason`` follows «The row KEY of TABLE »."""
    key = " ".join(str(row[name]) for name in table.key)
    return Finding(
        finding_id=make_id("finding", table.name, key, column, check),
        severity=Severity.REFUSED,
        check=check,
        table_name=table.name,
        key=key,
        column_name=column,
        value=value,
        reason=f"The row {key} of {table.name} {reason}",
        row_json=orjson.dumps(row, default=str).decode(),
        document_id=str(row["document_id"]),
    )
