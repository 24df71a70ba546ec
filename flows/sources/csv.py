"""Tables as text: CSV and TSV with a header; each row becomes a JSON record of its own."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator

from flows.sources.decoding import decode_text
from flows.sources.fields import ALIASES
from flows.sources.jsonl import WIDE_MARKS
from flows.sources.refusing import RefusedError, too_large, whole_file
from flows.sources.streams import Input, split_lines
from schemas.articles import RawRecord, Refusal
from schemas.vocabulary import QualityFlag, RefusalCode

FIELD_LIMIT = threading.Lock()
TEXTS = frozenset(ALIASES["text"])


def list_rows(given: Input) -> Iterator[RawRecord | Refusal]:
    """Give each row as a JSON record named by the header; a row with too few or many cells is refused."""
    with FIELD_LIMIT:  # the module's one setting, the same for all its readers
        csv.field_size_limit(given.limits.record_bytes)
    lines = Lines(given)
    reader = csv.reader(lines, delimiter="\t" if given.name.lower().removesuffix(".gz").endswith(".tsv") else ",")
    header = read_header(reader)
    while True:
        began = reader.line_num + 1
        origin = f"{given.origin}:{began}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            refused = RefusedError(RefusalCode.TABLE, f"{error}", "closed quotes and short cells", "mend the row")
            yield refused.refusal(whole_file(origin, given.name))
            continue
        flags = lines.taken_flags()
        if cells:
            yield row_record(header, cells, flags, origin, given)


class Lines:
    """The lines of a table as text, each decoded on its own, with what was noticed while decoding."""

    def __init__(self, given: Input) -> None:
        """Read from ``given``."""
        self.given = given
        self.flags: list[QualityFlag] = []
        self.lines = self.decode()

    def __iter__(self) -> Iterator[str]:
        """Be read by the csv module."""
        return self.lines

    def taken_flags(self) -> list[str]:
        """Give the flags of the lines read since the last call."""
        taken, self.flags = sorted({flag.value for flag in self.flags}), []
        return taken

    def decode(self) -> Iterator[str]:
        """Decode line by line, so that one bad byte does not decide over the whole file."""
        limit = self.given.limits.record_bytes
        if self.given.stream.peek(2)[:2] in WIDE_MARKS:
            text = decode_text(self.given.read_whole(self.given.limits.file_bytes, "file_bytes")).text
            yield from io.StringIO(text, newline="")
            return
        for line in split_lines(self.given.stream, limit):
            if line.size > limit:
                raise too_large(f"line {line.number}", f"{line.size:,} bytes", limit, "record_bytes")
            decoded = decode_text(line.data)
            self.flags.extend(decoded.flags)
            yield from (piece + "\n" for piece in decoded.text.split("\r"))


def read_header(reader: Iterator[list[str]]) -> list[str]:
    """Read the header, which must name a text.

    Raises:
        RefusedError: When the table is empty, its header broken, or none of its columns is a text.
    """
    try:
        header = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        raise RefusedError(RefusalCode.TABLE, f"its header: {error}", "names, separated", "mend the header") from None
    if not header:
        raise RefusedError(RefusalCode.EMPTY, "the table is empty", "a header and rows", "remove it")
    if not TEXTS & set(header):
        raise RefusedError(
            RefusalCode.SCHEMA,
            f"its header names {', '.join(header[:8])[:200]}",
            f"a column {' or '.join(ALIASES['text'])}",
            "rename the column with the text",
        )
    return header


def row_record(header: list[str], cells: list[str], flags: list[str], origin: str, given: Input) -> RawRecord | Refusal:
    """Make the record of one row, or refuse a ragged one."""
    if len(cells) != len(header):
        record = RawRecord(kind="json", data=json.dumps(cells).encode(), origin=origin, source_name=given.name)
        return RefusedError(
            RefusalCode.TABLE,
            f"the row has {len(cells)} cells",
            f"{len(header)} as in the header",
            "quote cells that hold separators or quotes",
        ).refusal(record)
    fields: dict[str, object] = dict(zip(header, cells, strict=True))
    if flags:
        fields["quality_flags"] = flags
    data = json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return RawRecord(kind="json", data=data, origin=origin, source_name=given.name)
