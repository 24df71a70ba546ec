"""Feeds in files: RSS, RDF and Atom (feedparser); each entry becomes a JSON record of its own.

A feed is decoded here, checked for document type tricks, and only then handed to feedparser as bytes: a string would
be taken for a path or an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

from flows.sources.dates import parse_instant
from flows.sources.decoding import decode_text
from flows.sources.fields import bylines, encodable
from flows.sources.jsonl import parse_object
from flows.sources.refusing import RefusedError
from flows.sources.streams import Input
from schemas.articles import Article, RawRecord, Refusal
from schemas.limits import Limits
from schemas.vocabulary import PublishedMethod, QualityFlag, RefusalCode

DECLARATION = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]{2,20})["']""")
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
FIRST_ELEMENT = re.compile(r"<[A-Za-z]")
CLOSED = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
ENCODINGS = re.compile(
    r"(?i)utf-?8|utf-?16|us-ascii|ascii|iso-8859-\d+|latin-?1|windows-125\d|cp125\d|koi8-r|gb2312|gbk|big5|shift_jis|euc-(?:jp|kr)"
)
HEADERS = {"content-type": "application/xml; charset=utf-8"}


def list_entries(given: Input) -> Iterator[RawRecord | Refusal]:
    """Give the entries of a feed, oldest readers' mistakes and all; the one a truncated feed breaks off in is refused.

    Raises:
        RefusedError: ``xml_unsafe`` for entities of its own, ``not_a_feed`` for anything that is none, ``xml`` for a
            feed that breaks off before its first entry.
    """
    text = XML_DECLARATION.sub("", decode_feed(given.read_whole(given.limits.page_bytes, "page_bytes")), count=1)
    refuse_entities(text)
    feed = parse_feed(text)
    name = feed.feed.get("title") or given.name
    closed = len(CLOSED.findall(text))
    for number, entry in enumerate(feed.entries, 1):
        record = RawRecord(
            kind="entry", data=entry_json(entry), origin=f"{given.origin}:{number}", source_name=str(name)
        )
        yield truncated(record) if feed.bozo and number > closed else record


def decode_feed(data: bytes) -> str:
    """Decode a feed by the encoding it declares, where that is one of the usual ones and its bytes keep it."""
    declared = DECLARATION.match(data)
    if declared and ENCODINGS.fullmatch(declared[1].decode()):
        try:
            return data.decode(declared[1].decode())
        except (LookupError, UnicodeError):
            pass
    return decode_text(data).text


def refuse_entities(text: str) -> None:
    """Refuse a document that declares entities or fetches any, before a parser expands one."""
    first = FIRST_ELEMENT.search(text)
    unsafe = ENTITY.search(text, 0, first.start() if first else len(text)) is not None
    if not unsafe:
        try:
            parseString(text.encode("utf-8", "surrogatepass"), ContentHandler(), forbid_dtd=False)
        except DefusedXmlException:
            unsafe = True
        except (SAXException, ValueError):
            return  # malformed feeds are feedparser's trade
    if unsafe:
        raise RefusedError(
            RefusalCode.XML_UNSAFE, "it declares entities of its own", "a feed without them", "remove its DOCTYPE"
        )


def parse_feed(text: str) -> Any:
    """Parse a feed without cleaning its HTML, which is done once, with the text."""
    import feedparser

    try:
        feed = feedparser.parse(text.encode("utf-8", "surrogatepass"), response_headers=HEADERS, sanitize_html=False)
    except Exception as error:  # noqa: BLE001  (a foreign parser on hostile bytes: whatever it raises is the feed's fault)
        raise RefusedError(
            RefusalCode.XML, f"it cannot be read ({type(error).__name__})", "a feed", "mend it"
        ) from None
    if not feed.entries and not feed.get("version"):
        head = " ".join(text[:60].split())
        raise RefusedError(
            RefusalCode.NOT_A_FEED,
            f"it begins {head!r}",
            "an RSS, RDF or Atom feed",
            "save pages as .html, texts as .txt",
        )
    if not feed.entries and isinstance(feed.get("bozo_exception"), SAXException):
        raise RefusedError(RefusalCode.XML, "it breaks off before its first entry", "a feed", "fetch it again")
    return feed


def entry_json(entry: Any) -> bytes:
    """Write down what an entry holds of an article, as the feed gives it."""
    contents = [content.get("value") for content in entry.get("content", ()) if content.get("value")]
    fields = {
        "id": entry.get("id"),
        "link": entry.get("link"),
        "title": entry.get("title"),
        "text": "\n\n".join(contents) or entry.get("summary") or entry.get("title"),
        "published": entry.get("published"),
        "updated": dict.get(entry, "updated"),  # its own method would give the publication date, with a warning
        "authors": [author.get("name") for author in entry.get("authors", ()) if author.get("name")],
        "language": entry.get("language"),
    }
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def read_entry(record: RawRecord, limits: Limits) -> list[Article]:
    """Read one entry.  An entry with a headline only is an article of one line; one with nothing is empty."""
    fields, _ = parse_object(decode_text(record.data).text)
    given = fields.get("published")
    published, modified = parse_instant(given or fields.get("updated")), parse_instant(fields.get("updated"))
    named = {name: str(fields[name]) for name in ("id", "link", "title", "text") if fields.get(name)}
    article = Article(
        text=named.get("text", ""),
        raw=record,
        input_id=named.get("id"),
        source_name=record.source_name,
        url=named.get("link"),
        title=named.get("title"),
        authors=bylines(fields.get("authors", [])),
        published_at=published,
        modified_at=modified,
        published_method=PublishedMethod.FEED if published else PublishedMethod.NONE,
        quality_flags=(QualityFlag.DATE_UNPARSED,) if given and not published else (),
    )
    return [encodable(article)]


def truncated(record: RawRecord) -> Refusal:
    """Refuse the entry in which a feed breaks off."""
    return RefusedError(
        RefusalCode.FEED_TRUNCATED, "the feed breaks off in this entry", "a whole feed", "fetch the feed again"
    ).refusal(record)
