"""Web pages: main text, title, date and author of one saved page (trafilatura, Apache-2.0)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from flows.sources.dates import parse_instant
from flows.sources.decoding import decode_text
from flows.sources.fields import bylines, encodable, with_flags
from flows.sources.refusing import RefusedError, too_large
from flows.sources.streams import Input
from schemas.articles import Article, RawRecord
from schemas.limits import Limits
from schemas.vocabulary import PublishedMethod, RefusalCode

DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
HEAD = 4096
LOGGERS = ("trafilatura", "htmldate", "courlan")


def list_page(given: Input) -> Iterator[RawRecord]:
    """Give the page as one record."""
    data = given.read_whole(given.limits.page_bytes, "page_bytes")
    yield RawRecord(kind="html", data=data, origin=given.origin, source_name=given.name)


def read_page(record: RawRecord, limits: Limits) -> list[Article]:
    """Read one page.  Pages too large to be read in time are refused by their size, so that no clock decides.

    Raises:
        RefusedError: ``too_large``, or ``html`` where no main text is found.
    """
    if len(record.data) > limits.page_bytes:
        raise too_large("the page", f"{len(record.data):,} bytes", limits.page_bytes, "page_bytes")
    elements = record.data.count(b"<") // 2
    if elements > limits.page_elements:
        raise too_large("the page", f"about {elements:,} elements", limits.page_elements, "page_elements")
    decoded = decode_text(declared_as_utf8(record.data))
    page = extract_page(decoded.text)
    text = (getattr(page, "text", None) or "").strip()
    if not text:
        raise RefusedError(RefusalCode.HTML, "no main text is found on the page", "an article", "save its text instead")
    published = parse_instant(page.date)
    article = Article(
        text=text,
        raw=record,
        source_name=page.sitename or page.hostname,
        url=page.url,
        title=page.title,
        authors=bylines(page.author or ""),
        published_at=published,
        published_method=PublishedMethod.PAGE if published else PublishedMethod.NONE,
    )
    return [with_flags(encodable(article), decoded.flags)]


def declared_as_utf8(data: bytes) -> bytes:
    """Recode a page whose head declares an encoding that its bytes keep; anything else stays as it is."""
    match = DECLARED.search(data[:HEAD])
    if not match:
        return data
    try:
        return data.decode(match[1].decode()).encode()
    except (LookupError, UnicodeError, ValueError):
        return data


def extract_page(text: str) -> Any:
    """Extract main text and metadata; nothing when the page defeats the extractor."""
    import trafilatura

    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # they repeat parts of the page
    try:
        return trafilatura.bare_extraction(
            text,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            fast=True,  # 0.959 against 0.957 (4-grams, article-extraction-benchmark), and no second opinion to wait for
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # noqa: BLE001  (a foreign parser on hostile bytes: whatever it raises is the page's fault)
        raise RefusedError(
            RefusalCode.HTML, f"the page cannot be read ({type(error).__name__})", "an HTML page", "save its text"
        ) from None
