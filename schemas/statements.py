"""Statements: acts of reported speech, as source, cue and content."""

from __future__ import annotations

from dataclasses import dataclass

import pandera.polars as pa
import polars as pl

from schemas.documents import KEY
from schemas.spans import Span
from schemas.table import SPANS, Table
from schemas.vocabulary import Act, Form, SpeakerType


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of reported speech: who (source), by which words (cue), says what (content)."""

    statement_id: str
    document_id: str
    sentence_no: int
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]
    source_quote: str | None
    cue_quote: str
    cue_lemma: str
    content_quote: str
    form: Form
    act: Act
    speaker_name: str | None = None
    speaker_type: SpeakerType = SpeakerType.UNKNOWN
    speaker_country: str | None = None
    speaker_sector: str | None = None
    inside_statement_id: str | None = None


class StatementTable(pa.DataFrameModel):
    """One row an act of reported speech."""

    statement_id: str = pa.Field(unique=True, str_matches=KEY, description="Key of the statement.")
    document_id: str = pa.Field(str_matches=KEY, description="The document the statement stands in.")
    sentence_no: pl.Int32 = pa.Field(ge=0, description="The sentence of the cue.")
    source_spans: SPANS = pa.Field(description="Characters of the source, in documents.text; empty when hidden.")
    cue_spans: SPANS = pa.Field(description="Characters of the cue, in documents.text.")
    content_spans: SPANS = pa.Field(description="Characters of the content, in documents.text, in order.")
    source_quote: str = pa.Field(nullable=True, description="The source as written; null when the text hides it.")
    cue_quote: str = pa.Field(description="The cue as written.")
    cue_lemma: str = pa.Field(description="Lemma of the cue's head: say, claim, according to.")
    content_quote: str = pa.Field(description="The content as written; several spans joined by ' … '.")
    form: str = pa.Field(isin=[f.value for f in Form], description="How much of the content is quoted.")
    act: str = pa.Field(isin=[a.value for a in Act], description="What the speaker does by speaking.")
    speaker_name: str = pa.Field(
        nullable=True, description="Fullest name of the speaker in the document; null when unknown."
    )
    speaker_type: str = pa.Field(isin=[t.value for t in SpeakerType], description="What sort of speaker.")
    speaker_country: str = pa.Field(
        nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 3166 alpha-3 of the speaker's party."
    )
    speaker_sector: str = pa.Field(nullable=True, description="Sector of the speaker (PLOVER).")
    inside_statement_id: str = pa.Field(nullable=True, description="The statement whose content this one stands in.")

    class Config:
        strict = True
        ordered = True


STATEMENTS = Table(
    name="statements",
    record=Statement,
    model=StatementTable,
    key=("statement_id",),
    span_columns=("source_spans", "cue_spans", "content_spans"),
)
