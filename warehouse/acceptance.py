"""The last look at a batch's frames before the load: no key twice, every value in its bounds, every quote true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import polars as pl

from schemas.documents import DOCUMENTS
from schemas.extraction import TABLES, Extraction
from schemas.findings import Finding, check, refuse_row
from schemas.table import Table
from warehouse.precedence import LATEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What came in at a station and did not come out: given = accepted + refused + duplicate."""

    given: int = 0
    refused: int = 0
    duplicate: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The rows that may be loaded, findings on the others, and the counts by table."""

    frames: Mapping[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    counts: Mapping[str, Counts] = field(default_factory=dict)


def make_frames(extractions: list[Extraction]) -> dict[str, pl.DataFrame]:
    """Lay the records of many documents into one frame a table; every table is there, if only empty."""
    records: dict[str, list[Any]] = {table.name: [] for table in TABLES}
    for extraction in extractions:
        for table, rows in extraction.records():
            records[table.name] += rows
    return {table.name: table.frame(records[table.name]) for table in TABLES}


def accept_frames(frames: Mapping[str, pl.DataFrame]) -> Accepted:
    """Split a batch's frames into what may be loaded and findings: duplicate keys, the schemas' checks, the spans.

    Rows of a document that is refused are refused with it.  Every row given is counted once.

    Raises:
        SchemaErrors: A frame's columns or types are not its table's: a fault of the code.
    """
    counts: dict[str, Counts] = {}
    kept: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    for table in TABLES:
        frame = frames.get(table.name, table.frame([]))
        single = drop_duplicate_keys(table, frame)
        checked = check(table, single)
        kept[table.name] = checked.accepted
        findings += checked.findings
        counts[table.name] = Counts(given=frame.height, duplicate=frame.height - single.height)
    true, false_spans = verify_spans(kept)
    for name, before in counts.items():
        refused = before.given - before.duplicate - true[name].height
        counts[name] = Counts(given=before.given, duplicate=before.duplicate, refused=refused)
    return Accepted(frames=true, findings=(*findings, *false_spans), counts=counts)


def drop_duplicate_keys(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Keep one row a key, the same whatever the order of rows; rows without duplicates keep their place."""
    doubled = frame.is_duplicated() if not table.key else frame.select(table.key).is_duplicated()
    if not doubled.any():
        return frame
    rows = frame.with_row_index("row_no").filter(doubled)
    ranks = [(*rank_of_row(table, row), row["row_no"]) for row in rows.iter_rows(named=True)]
    best: dict[tuple[Any, ...], int] = {}
    for *_, row_no in sorted(ranks):
        best.setdefault(tuple(frame[name][row_no] for name in table.key), row_no)
    losers = sorted({row_no for *_, row_no in ranks} - set(best.values()))
    return frame.with_row_index("row_no").filter(~pl.col("row_no").is_in(losers)).drop("row_no")


def rank_of_row(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Rank rows of one key: documents by ``rank_document``, all others by their content."""
    content = orjson.dumps({name: row[name] for name in table.schema}, default=str)
    if table is DOCUMENTS:
        return row["published_at"] or LATEST, row["modified_at"] or LATEST, row["raw_digest"], content
    return (content,)


def verify_spans(frames: Mapping[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], tuple[Finding, ...]]:
    """Keep the rows whose quote is what the document's text has at their offsets, and whose spans lie in the text.

    Rows of a document that is not in the frames are refused, too: their offsets point nowhere.
    """
    documents = frames[DOCUMENTS.name]
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    kept: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    for table in TABLES:
        frame = frames[table.name]
        faults = dict(find_false_spans(table, frame, texts))
        kept[table.name] = frame
        if faults:
            rows = frame.with_row_index("row_no")
            kept[table.name] = rows.filter(~pl.col("row_no").is_in(list(faults))).drop("row_no")
            findings += [finding_of_span(table, frame.row(no, named=True), column) for no, column in faults.items()]
    return kept, tuple(findings)


def find_false_spans(table: Table, frame: pl.DataFrame, texts: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Give number and column of every row with a span that does not hold."""
    owners = frame["document_id"].to_list()
    yield from ((row_no, "document_id") for row_no, owner in enumerate(owners) if owner not in texts)
    for start, end, quote in places_of_quotes(table):
        columns = (frame[start].to_list(), frame[end].to_list(), frame[quote].to_list() if quote else owners)
        for row_no, (owner, begin, stop, words) in enumerate(zip(owners, *columns, strict=True)):
            text = texts.get(owner, "")
            if not 0 <= begin < stop <= len(text) or (quote and text[begin:stop] != words):
                yield row_no, quote or start
    for column in table.span_columns:
        for row_no, (owner, spans) in enumerate(zip(owners, frame[column].to_list(), strict=True)):
            if not lie_inside(spans, len(texts.get(owner, ""))):
                yield row_no, column


def lie_inside(spans: list[dict[str, int]], limit: int) -> bool:
    """Tell whether every span holds characters, and only such as the text has.

    >>> lie_inside([{"start": 0, "end": 4}], 4), lie_inside([{"start": 2, "end": 2}], 4)
    (True, False)
    """
    return all(0 <= span["start"] < span["end"] <= limit for span in spans)


def places_of_quotes(table: Table) -> tuple[tuple[str, str, str | None], ...]:
    """Give the columns of start, end and quote; sentences have offsets and no quote."""
    if table.quote_columns:
        return table.quote_columns
    return (("char_start", "char_end", None),) if "char_start" in table.schema else ()


def finding_of_span(table: Table, row: Mapping[str, Any], column: str) -> Finding:
    """Put a span that does not hold into words."""
    return refuse_row(
        table,
        row,
        check="span",
        column=column,
        reason=f"does not stand in its document's text at the place {column} says.",
    )
