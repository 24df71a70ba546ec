"""Documents: one version of one article, its text in the form every offset points into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from schemas.articles import Article, Refusal
from schemas.documents import Document
from schemas.limits import DEFAULTS, Limits
from schemas.spans import make_id
from schemas.vocabulary import PublishedMethod, QualityFlag, RefusalCode
from transforms.documents.identity import article_key, canonical_url, name_source
from transforms.documents.language import Telling, tell_language
from transforms.documents.markup import has_markup, strip_markup
from transforms.documents.normalising import Normal, clean_line, normalise
from transforms.documents.stubs import find_stub

__all__ = ["make_document", "normalise"]

WORD = re.compile(r"\w+")
AHEAD = timedelta(hours=48)
"""How far ahead of the clock a publication date may lie: zones and embargoes, not decades."""


def make_document(
    article: Article,
    *,
    run_id: str | None = None,
    fetched_at: datetime | None = None,
    now: datetime | None = None,
    extractor_version: str | None = None,
    repair: bool = False,
    limits: Limits = DEFAULTS,
) -> Document | Refusal:
    r"""Make the document of an article, or refuse it.

    The text is brought into normal form; whatever was done to it, and whatever its reader should know, is a quality
    flag.  ``document_id`` depends on the normal text and its source alone.

    Args:
        article: What a source gave.
        run_id: The run that reads it.
        fetched_at: When it was read, UTC.
        now: The clock, UTC; dates more than 48 hours after it are dropped.  Without it no date is checked.
        extractor_version: Digest of what will extract from it.
        repair: Mend text that was decoded with the wrong encoding instead of flagging it.
        limits: Bounds, among them the words under which a text is thin.

    >>> from schemas.articles import RawRecord
    >>> raw = RawRecord(kind="text", data=b"Six people died.", origin="a.txt")
    >>> make_document(Article(text="Six people died.\r\n", raw=raw)).text
    'Six people died.'
    """
    if not is_encodable(article):
        return refuse(
            article, RefusalCode.INVALID_UNICODE, "it holds half characters", "whole ones", "mend its escapes"
        )
    normal = normalise_body(article.text, repair=repair)
    words = len(WORD.findall(normal.text))
    title = clean_line(strip_markup(article.title) if article.title and has_markup(article.title) else article.title)
    telling = tell_language(normal.text, article.language, limits)
    refusal = refuse_content(article, title, normal.text, words, telling)
    if refusal:
        return refusal
    dates = check_dates(article, now)
    url, source_name, input_id = identify(article)
    document_id = make_id("document", source_name, normal.text)
    flags = {*article.quality_flags, *normal.flags, *title_flags(article), *dates.flags}
    flags |= {QualityFlag.URL_INVALID} if article.url and not url else set()
    flags |= {QualityFlag.THIN_CONTENT} if words < limits.thin_words else set()
    flags |= set() if telling.is_certain else {QualityFlag.LANGUAGE_UNCERTAIN}
    return Document(
        document_id=document_id,
        article_id=article_key(source_name, input_id, url, document_id),
        source_name=source_name,
        text=normal.text,
        text_digest=sha256(normal.text.encode()).hexdigest(),
        raw_digest=sha256(article.raw.data).hexdigest(),
        origin=article.raw.origin,
        input_id=input_id,
        url=url,
        title=title,
        authors=tuple(name for name in map(clean_line, article.authors) if name),
        published_at=dates.published_at,
        modified_at=dates.modified_at,
        published_method=article.published_method if dates.published_at else PublishedMethod.NONE,
        fetched_at=fetched_at,
        language=telling.language,
        quality_flags=tuple(flag for flag in QualityFlag if flag in flags),
        extractor_version=extractor_version,
        run_id=run_id,
    )


def normalise_body(text: str, *, repair: bool) -> Normal:
    """Bring a body into normal form, its markup removed where it has any."""
    normal = normalise(text, repair=repair)
    if not has_markup(normal.text):
        return normal
    stripped = normalise(strip_markup(normal.text), repair=repair)  # entities may have hidden more to normalise
    return Normal(stripped.text, normal.flags | stripped.flags | {QualityFlag.MARKUP_REMOVED})


def title_flags(article: Article) -> frozenset[QualityFlag]:
    """Give the flags a title earns; white space in it is nobody's concern."""
    flags = normalise(article.title or "").flags - {QualityFlag.NEWLINES_NORMALISED}
    return flags | {QualityFlag.MARKUP_REMOVED} if article.title and has_markup(article.title) else flags


def identify(article: Article) -> tuple[str | None, str, str | None]:
    """Give an article's canonical address, its source's name and the source's identifier of it."""
    url = canonical_url(article.url)
    source_name = clean_line(name_source(article, url)) or "unknown"
    return url, source_name, clean_line(article.input_id)


@dataclass(frozen=True, slots=True)
class Dates:
    """When an article was published and changed, as far as that can be believed."""

    published_at: datetime | None
    modified_at: datetime | None
    flags: frozenset[QualityFlag] = frozenset()


def check_dates(article: Article, now: datetime | None) -> Dates:
    """Drop dates that lie ahead of the clock."""
    published, modified = (
        None if date and now and date > now + AHEAD else date for date in (article.published_at, article.modified_at)
    )
    dropped = (published, modified) != (article.published_at, article.modified_at)
    return Dates(published, modified, frozenset({QualityFlag.DATE_FUTURE}) if dropped else frozenset())


def is_encodable(article: Article) -> bool:
    """Tell whether every text of an article can be stored at all."""
    parts = (article.text, article.title, article.url, article.input_id, article.source_name, *article.authors)
    try:
        "".join(part or "" for part in parts).encode()
    except UnicodeEncodeError:
        return False
    return True


def refuse_content(article: Article, title: str | None, text: str, words: int, telling: Telling) -> Refusal | None:
    """Refuse what holds no article to extract from."""
    if not words:
        return refuse(article, RefusalCode.EMPTY, "it holds no word", "the text of an article", "remove it")
    stub = find_stub(title, text, words)
    if stub:
        return refuse(
            article, RefusalCode.STUB, f"its {words} words are those of a stub ({stub})", "an article", "fetch it again"
        )
    if not telling.is_english:
        return refuse(
            article,
            RefusalCode.LANGUAGE,
            f"it is not in English (it seems to be in {telling.language!r})",
            "English text",
            "translate it first",
        )
    return None


def refuse(article: Article, code: RefusalCode, given: str, expected: str, remedy: str) -> Refusal:
    """Refuse an article with a reason of three parts."""
    return Refusal(
        code=code,
        reason=f"{article.raw.origin}: {given}; expected {expected}; {remedy}.",
        raw=article.raw,
        check="documents",
    )
