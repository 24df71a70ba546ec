"""The sources: one reader a format, none of which knows Prefect.

Reading is two steps, so that what was read can be archived, replayed and rebuilt: ``list_records`` takes files apart
into raw records, ``read_record`` reads the articles of one record from its bytes alone.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from flows.sources.beginnings import tell_suffix
from flows.sources.files import STDIN, check_sources, find_files, open_regular
from flows.sources.kinds import LISTERS, READERS, list_input
from flows.sources.refusing import FILE, RefusedError, printable, too_large, whole_file
from flows.sources.streams import Input
from schemas.articles import Article, RawRecord, Refusal
from schemas.limits import DEFAULTS, Limits
from schemas.vocabulary import RefusalCode

__all__ = ["FILE", "LISTERS", "READERS", "list_records", "read_articles", "read_record"]


def list_records(
    sources: Sequence[str | Path], limits: Limits = DEFAULTS, stdin: BinaryIO | None = None
) -> Iterator[RawRecord | Refusal]:
    """Take sources apart into raw records, in order: files, folders, patterns, ``-`` for standard input.

    A record is what can be read again on its own: a text, a page, a line of JSONL, a row of a table, an entry of a
    feed.  Refusals found on the way (an overlong line, a pipe, a bomb) stand between the records; where a whole file
    is refused, their record is of kind ``file`` and keeps no bytes.

    Raises:
        MisuseError: At once, when a source names nothing.
    """
    check_sources(sources)
    return (record for source in sources for record in list_source(source, limits, stdin))


def list_source(source: str | Path, limits: Limits, stdin: BinaryIO | None) -> Iterator[RawRecord | Refusal]:
    """Take one source apart."""
    if str(source) == STDIN:
        yield from list_stdin(stdin or io.BytesIO(), limits)
        return
    for found in find_files(source):
        if isinstance(found, Refusal):
            yield found
        else:
            yield from list_file(found, limits)


def list_stdin(stdin: BinaryIO, limits: Limits) -> Iterator[RawRecord | Refusal]:
    """Take standard input apart by what it begins with."""
    stream: io.BufferedReader[Any] = stdin if isinstance(stdin, io.BufferedReader) else io.BufferedReader(stdin)
    name = "stdin" + tell_suffix(stream.peek(512)[:512])
    yield from list_input(Input(name=name, origin="stdin", stream=stream, size=None, limits=limits))


def list_file(path: Path, limits: Limits) -> Iterator[RawRecord | Refusal]:
    """Take one file apart."""
    origin = printable(path)
    try:
        descriptor, size = open_regular(path)
    except RefusedError as error:
        yield error.refusal(whole_file(origin))
        return
    with os.fdopen(descriptor, "rb") as stream:
        yield from list_input(Input(name=printable(path.name), origin=origin, stream=stream, size=size, limits=limits))


def read_record(record: RawRecord, limits: Limits = DEFAULTS) -> list[Article | Refusal]:
    """Read the articles of one record from its bytes alone; never raises, whatever they are.

    >>> read_record(RawRecord(kind="text", data=b"Kyiv said so.", origin="a.txt"))[0].text
    'Kyiv said so.'
    """
    reader = READERS.get(record.kind)
    try:
        if reader is None:
            raise no_reader(record)
        articles = reader(record, limits)
        for article in articles:
            if len(article.text) > limits.characters:
                raise too_large("the text", f"{len(article.text):,} characters", limits.characters, "characters")
    except RefusedError as error:
        return [error.refusal(record)]
    return list(articles)


def no_reader(record: RawRecord) -> RefusedError:
    """Refuse a record that no reader reads, or whose bytes were not kept."""
    if record.kind == FILE:
        return RefusedError(
            RefusalCode.UNREADABLE, "its bytes were not kept", "the file itself", "mend it and run its path again"
        )
    return RefusedError(
        RefusalCode.UNKNOWN_KIND, f"the kind {record.kind!r} has no reader", f"one of {', '.join(READERS)}", "mend it"
    )


def read_articles(
    sources: Sequence[str | Path], limits: Limits = DEFAULTS, stdin: BinaryIO | None = None
) -> Iterator[Article | Refusal]:
    """Read the articles of sources, in order, with what was refused in its place.

    Raises:
        MisuseError: At once, when a source names nothing.
    """
    return (item for record in list_records(sources, limits, stdin) for item in read_listed(record, limits))


def read_listed(record: RawRecord | Refusal, limits: Limits) -> list[Article | Refusal]:
    """Read a listed record; a refusal stays one."""
    return [record] if isinstance(record, Refusal) else read_record(record, limits)
