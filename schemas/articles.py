"""What the sources hand in: raw records, the articles read from them, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from schemas.vocabulary import PublishedMethod, QualityFlag, RefusalCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """The bytes of one input, as small as they can be read again on their own.

    A text file is one record; so is a line of JSONL, or a row of a table written as JSON.  ``kind`` names the
    reader (``text``, ``json``, ``html``, ``entry``); ``origin`` says where it stood (``feed.jsonl:17``).
    A quarantined or archived record can be replayed from these three alone.
    """

    kind: str
    data: bytes = field(repr=False)
    origin: str
    source_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as its source gives it, before any cleaning.  Only ``text`` is ever certain."""

    text: str = field(repr=False)
    raw: RawRecord = field(repr=False)
    input_id: str | None = None
    source_name: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    published_method: PublishedMethod = PublishedMethod.NONE
    language: str | None = None
    quality_flags: tuple[QualityFlag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An input that was not accepted, with a reason a person understands."""

    code: RefusalCode
    reason: str
    raw: RawRecord = field(repr=False)
    check: str = "source"
