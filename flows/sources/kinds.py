"""Which reader reads what: files by their suffix, records by their kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePath

from flows.sources.archives import list_gzip, list_tar, list_zip
from flows.sources.csv import list_rows
from flows.sources.feed import list_entries, read_entry
from flows.sources.html import list_page, read_page
from flows.sources.jsonl import list_document, list_lines, read_json
from flows.sources.parquet import list_parquet
from flows.sources.refusing import RefusedError, whole_file
from flows.sources.streams import Input
from flows.sources.text import list_text, read_text
from schemas.articles import Article, RawRecord, Refusal
from schemas.limits import Limits
from schemas.vocabulary import RefusalCode

Lister = Callable[[Input], Iterator[RawRecord | Refusal]]
Reader = Callable[[RawRecord, Limits], list[Article]]

READERS: dict[str, Reader] = {"text": read_text, "json": read_json, "html": read_page, "entry": read_entry}
"""How the records of each kind are read."""


def list_input(given: Input) -> Iterator[RawRecord | Refusal]:
    """Give the records of one input by its suffix; what cannot be read becomes one refusal that says why."""
    try:
        lister = LISTERS.get(PurePath(given.name).suffix.lower())
        if lister is None:
            raise unknown_kind(given.name)
        yield from lister(given)
    except RefusedError as error:
        yield error.refusal(whole_file(given.origin, given.name))
    except OSError as error:
        fault = RefusedError(
            RefusalCode.UNREADABLE, f"reading failed ({error.strerror})", "a readable file", "try again"
        )
        yield fault.refusal(whole_file(given.origin, given.name))


LISTERS: dict[str, Lister] = {
    **dict.fromkeys((".txt", ".text", ".md"), list_text),
    **dict.fromkeys((".jsonl", ".ndjson"), list_lines),
    ".json": list_document,
    **dict.fromkeys((".csv", ".tsv"), list_rows),
    ".parquet": list_parquet,
    **dict.fromkeys((".html", ".htm", ".xhtml"), list_page),
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf"), list_entries),
    **dict.fromkeys((".gz", ".tgz"), partial(list_gzip, list_input=list_input)),
    ".tar": partial(list_tar, list_input=list_input),
    ".zip": partial(list_zip, list_input=list_input),
}
"""How the files of each suffix are taken apart into records."""


def unknown_kind(name: str) -> RefusedError:
    """Refuse a file no reader reads, naming those there are."""
    suffix = PurePath(name).suffix
    given = f"nothing here reads {suffix} files" if suffix else "its name has no suffix"
    return RefusedError(RefusalCode.UNKNOWN_KIND, given, f"one of {' '.join(sorted(LISTERS))}", "convert or rename it")
