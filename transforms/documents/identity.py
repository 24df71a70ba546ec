"""Who published a document, where, and which article it is a version of."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from schemas.articles import Article
from schemas.spans import make_id

TRACKING = re.compile(r"(?i)utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|cmpid|ocid|s_cid")
BLANK = re.compile(r"[\s\x00-\x1f\x7f]")
LONGEST = 2048
PORTS = {"http": 80, "https": 443}


def canonical_url(url: str | None) -> str | None:
    """Give the one spelling of an address: host in small letters, no fragment, no tracking, no password.

    >>> canonical_url("https://E.org:443/a?utm_source=x&id=7#top")
    'https://e.org/a?id=7'
    >>> canonical_url("javascript:alert(1)") is None
    True
    """
    if not url or len(url) > LONGEST or BLANK.search(url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in PORTS or not host:
        return None
    place = f"[{host}]" if ":" in host else host
    netloc = place if port in (None, PORTS[scheme]) else f"{place}:{port}"
    return urlunsplit((scheme, netloc, parts.path or "/", without_tracking(parts.query), ""))


def without_tracking(query: str) -> str:
    """Drop a query's parameters that only tell where the reader came from; the rest stays as it was written."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def name_source(article: Article, url: str | None) -> str:
    """Name who published an article: as given, else the host of its address, else the file it came from."""
    host = urlsplit(url).hostname if url else None
    given = article.source_name or (host or "").removeprefix("www.") or article.raw.source_name
    return given or article.raw.origin


def article_key(source_name: str, input_id: str | None, url: str | None, document_id: str) -> str:
    """Make the key all versions of one article share: by its source's identifier, else its address, else its text."""
    if input_id:
        return make_id("article", source_name, input_id)
    return make_id("article", url) if url else document_id
