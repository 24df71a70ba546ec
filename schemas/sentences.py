"""Sentences: the row the warehouse keeps, and the syntax the later stations read."""

from __future__ import annotations

from dataclasses import dataclass

import pandera.polars as pa
import polars as pl

from schemas.spans import Span
from schemas.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word or mark of a sentence.

    ``head`` is the index of the governing token within the same sentence; the root governs itself.
    ``pos`` is a universal part of speech (UPOS), ``tag`` the Penn tag, ``relation`` a universal dependency
    (``nsubj``, ``nsubj:pass``, ``obj``, ``obl``, …; subtypes other than ``:pass`` and a few more are folded away).
    """

    index: int
    text: str
    char_start: int
    char_end: int
    lemma: str
    pos: str
    tag: str
    relation: str
    head: int

    @property
    def span(self) -> Span:
        """The token's characters in the document."""
        return Span(self.char_start, self.char_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with its syntax.  ``names`` are proposals of proper names, untyped or weakly typed."""

    document_id: str
    sentence_no: int
    paragraph_no: int
    char_start: int
    char_end: int
    tokens: tuple[Token, ...] = ()
    names: tuple[tuple[Span, str], ...] = ()

    @property
    def span(self) -> Span:
        """The sentence's characters in the document."""
        return Span(self.char_start, self.char_end)


class SentenceTable(pa.DataFrameModel):
    """One row a sentence of a document, without its syntax."""

    document_id: str = pa.Field(description="The document the sentence stands in.")
    sentence_no: pl.Int32 = pa.Field(ge=0, description="Position in the document, from 0.")
    paragraph_no: pl.Int32 = pa.Field(ge=0, description="Paragraph of the sentence, from 0.")
    char_start: pl.Int32 = pa.Field(ge=0, description="First character in documents.text.")
    char_end: pl.Int32 = pa.Field(ge=1, description="One past the last character in documents.text.")

    class Config:
        strict = True
        ordered = True
        unique = ["document_id", "sentence_no"]


SENTENCES = Table(name="sentences", record=Sentence, model=SentenceTable, key=("document_id", "sentence_no"))
