"""From a source's own fields to an article: the names newsrooms and crawlers use for the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flows.sources.dates import parse_instant
from flows.sources.refusing import RefusedError
from schemas.articles import Article, RawRecord
from schemas.vocabulary import PublishedMethod, QualityFlag, RefusalCode

ALIASES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "maintext", "article", "content_text"),
    "title": ("title", "headline"),
    "published": ("published", "published_at", "date", "date_publish", "date_published", "pubdate"),
    "updated": ("updated", "updated_at", "modified", "modified_at", "date_modify", "date_modified"),
    "url": ("url", "link", "canonical_url"),
    "source": ("source", "source_name", "outlet", "source_domain", "publisher"),
    "authors": ("authors", "author", "byline"),
    "language": ("language", "lang"),
    "id": ("id", "guid", "article_id"),
}
"""Fields by the names other tools give them: news-please, fundus, mediacloud, newspaper4k, feeds."""
NULLS = frozenset(("", "null", "none", "nan", "n/a"))
BY = re.compile(r"^\s*by\s+", re.IGNORECASE)
LONGEST_BYLINE = 2_000
"""Characters; what is longer is a text in the wrong field."""
BETWEEN = re.compile(r"\s*;\s*|\s+and\s+|,\s+(?=\w+\s+\w)")
LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]{1,30})?")


def article_of(fields: Mapping[str, Any], record: RawRecord) -> Article:
    """Make an article of a record's fields.

    Names are matched in any case.  A number where a name or an identifier is expected counts as its digits; a text
    that is no string, or a list where one name is expected, is refused rather than guessed at.

    Raises:
        RefusedError: ``schema`` when there is no text or a field has the wrong type.
    """
    named = {str(name).strip().lower(): value for name, value in fields.items()}
    given = {field: first_of(named, names) for field, names in ALIASES.items()}
    flags = [flag for flag in QualityFlag if flag in named_flags(named.get("quality_flags"))]
    published, updated = parse_instant(given["published"]), parse_instant(given["updated"])
    if (published is None and is_given(given["published"])) or (updated is None and is_given(given["updated"])):
        flags.append(QualityFlag.DATE_UNPARSED)
    language = LANGUAGE.fullmatch(one_name(given["language"], "language") or "")
    article = Article(
        text=text_of(given["text"]),
        raw=record,
        input_id=one_name(given["id"], "id"),
        source_name=one_name(given["source"], "source"),
        url=one_name(given["url"], "url"),
        title=one_name(given["title"], "title"),
        authors=bylines(given["authors"]),
        published_at=published,
        modified_at=updated,
        published_method=PublishedMethod.GIVEN if published else PublishedMethod.NONE,
        language=language[1].lower() if language else None,
        quality_flags=tuple(flags),
    )
    return encodable(article)


def first_of(named: Mapping[str, Any], names: Sequence[str]) -> Any:
    """Give the first of several fields that holds something; a present but empty one counts only when all are."""
    present = [named[name] for name in names if name in named]
    return next((value for value in present if is_given(value)), present[0] if present else None)


def named_flags(value: object) -> frozenset[str]:
    """Give the flags a record brings along: a table's row keeps there what was noticed while it was decoded."""
    return frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()


def is_given(value: object) -> bool:
    """Tell whether a field holds something."""
    return value is not None and not (isinstance(value, str) and value.strip().lower() in NULLS)


def text_of(value: object) -> str:
    """Give the text, which must be one."""
    if isinstance(value, str):
        return value
    found = "no text" if value is None else f"a text of type {type(value).__name__}"
    raise RefusedError(
        RefusalCode.SCHEMA, f"the record has {found}", f"one of {', '.join(ALIASES['text'])} as a string", "mend it"
    )


def one_name(value: object, field: str) -> str | None:
    """Give a field that holds one name, digits included; nothing for an empty one."""
    if not is_given(value):
        return None
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    raise RefusedError(
        RefusalCode.SCHEMA, f"the field {field} holds a {type(value).__name__}", "a string", "mend the record"
    )


def bylines(value: object) -> tuple[str, ...]:
    """Give the authors' names, in order, each once.

    >>> bylines("By Jane Doe and John Roe")
    ('Jane Doe', 'John Roe')
    """
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, str):
        names = BETWEEN.split(BY.sub("", " ".join(value[:LONGEST_BYLINE].split()))) if is_given(value) else []
    elif isinstance(value, Sequence):
        names = [name for item in value for name in bylines(item)]
    else:
        names = []
    return tuple(dict.fromkeys(name for name in names if name))


def encodable(article: Article) -> Article:
    """Refuse an article that holds half a character, wherever it stands.

    Raises:
        RefusedError: ``invalid_unicode`` for a lone surrogate, which no file or database can store.
    """
    strings = (article.text, article.title, article.url, article.input_id, article.source_name, *article.authors)
    for value in strings:
        try:
            (value or "").encode()
        except UnicodeEncodeError as error:
            raise RefusedError(
                RefusalCode.INVALID_UNICODE,
                f"character {error.start} of one of its fields is half of a pair ({error.object[error.start]!a})",
                "whole characters",
                "have the writer of the file mend its escapes",
            ) from None
    return article


def with_flags(article: Article, flags: Sequence[QualityFlag]) -> Article:
    """Add flags to an article, each once."""
    return replace(article, quality_flags=tuple(dict.fromkeys((*article.quality_flags, *flags)))) if flags else article
