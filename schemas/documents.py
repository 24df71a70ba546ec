"""Documents: one version of one article."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import pandera.polars as pa
import polars as pl

from schemas.table import INSTANT, TEXTS, Table
from schemas.vocabulary import PublishedMethod, QualityFlag

KEY = r"^[0-9a-f]{16}$"
DIGEST = r"^[0-9a-f]{64}$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of one article: its stored text, where it came from and when.

    ``version``, ``duplicate_of`` and ``syndication_id`` depend on the other documents of the warehouse and are
    settled there; a document fresh from its article is version 1, a copy of nothing and alone in its group.
    """

    document_id: str
    article_id: str
    source_name: str
    text: str = field(repr=False)
    text_digest: str
    raw_digest: str
    origin: str
    input_id: str | None = None
    version: int = 1
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    published_method: PublishedMethod = PublishedMethod.NONE
    fetched_at: datetime | None = None
    language: str | None = None
    quality_flags: tuple[QualityFlag, ...] = ()
    duplicate_of: str | None = None
    syndication_id: str | None = None
    extractor_version: str | None = None
    run_id: str | None = None


class DocumentTable(pa.DataFrameModel):
    """One row a version of an article."""

    document_id: str = pa.Field(unique=True, str_matches=KEY, description="Hash of the normalised text and its source.")
    article_id: str = pa.Field(
        str_matches=KEY, description="Stable over revisions: hash of guid or canonical url, else document_id."
    )
    version: pl.Int32 = pa.Field(ge=1, description="Version of the article, oldest first; set by the warehouse.")
    source_name: str = pa.Field(str_length={"min_value": 1}, description="Who published it, or the file it came from.")
    url: str = pa.Field(nullable=True, description="Address the article was published at.")
    title: str = pa.Field(nullable=True, description="Headline, as given.")
    authors: TEXTS = pa.Field(description="Bylines, in order.")
    published_at: INSTANT = pa.Field(nullable=True, description="When it was published, UTC; null when unknown.")
    modified_at: INSTANT = pa.Field(
        nullable=True, description="When this version was last changed, UTC, if the source says."
    )
    published_method: str = pa.Field(
        isin=[m.value for m in PublishedMethod], description="Where published_at comes from."
    )
    fetched_at: INSTANT = pa.Field(nullable=True, description="When this warehouse first read it, UTC.")
    language: str = pa.Field(
        nullable=True, description="Language of the text (ISO 639-1); null when too short to tell."
    )
    text: str = pa.Field(str_length={"min_value": 1}, description="The stored text every offset points into.")
    text_digest: str = pa.Field(str_matches=DIGEST, description="SHA-256 of text, whoever published it.")
    raw_digest: str = pa.Field(str_matches=DIGEST, description="SHA-256 of the raw record in the raw archive.")
    origin: str = pa.Field(description="File, and line or row, the record was read from.")
    input_id: str = pa.Field(nullable=True, description="The source's own identifier of the record, if it has one.")
    quality_flags: TEXTS = pa.Field(description="What to know about text or metadata (see the data dictionary).")
    duplicate_of: str = pa.Field(
        nullable=True, description="The first document with exactly this text, if another one."
    )
    syndication_id: str = pa.Field(nullable=True, description="Group of near copies of one text; null when alone.")
    extractor_version: str = pa.Field(nullable=True, description="Digest of the code and data that made its rows.")
    run_id: str = pa.Field(nullable=True, description="The run that loaded its rows.")

    class Config:
        strict = True
        ordered = True


DOCUMENTS = Table(name="documents", record=Document, model=DocumentTable, key=("document_id",))
