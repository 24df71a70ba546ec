"""Our own articles, read by a person once: what must be found in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.sources import read_articles
from schemas.articles import Article
from schemas.documents import Document
from schemas.extraction import Extraction
from transforms.documents import make_document
from transforms.extraction import extract_documents

NEWS = Path(__file__).resolve().parents[2] / "seeds" / "news"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "expected.yaml").read_text("utf-8"))
FLOORS = {"figures": 0.81, "statements": 0.75, "events": 0.75}
"""Shares of the expected rows that must be found over all articles; they only rise."""


@pytest.fixture(scope="module")
def extractions() -> dict[str, Extraction]:
    documents: dict[str, Document] = {}
    for name in EXPECTED:
        (article,) = read_articles([NEWS / name])
        assert isinstance(article, Article)
        document = make_document(article)
        assert isinstance(document, Document)
        documents[name] = document
    return dict(zip(documents, extract_documents(documents.values()), strict=True))


def has_figure(extraction: Extraction, expected: list[Any]) -> bool:
    quote, low, high, comparator, thing, effects = expected
    return any(
        (f.quote, f.value_low, f.value_high, f.comparator) == (str(quote), low, high, comparator)
        and (thing is None or f.thing == thing)
        and set(f.effects) == set(effects)
        for f in extraction.figures
    )


def has_statement(extraction: Extraction, expected: list[str]) -> bool:
    speaker, act, words = expected
    return any(
        s.act == act
        and words.lower() in " ".join(s.content_quote.split()).lower()
        and speaker.lower() in f"{s.speaker_name} {s.source_quote}".lower()
        for s in extraction.statements
    )


def has_event(extraction: Extraction, expected: list[str | None]) -> bool:
    trigger, kind, place, status = expected
    text = extraction.document.text
    return any(
        e.event_type == kind
        and e.status == status
        and any(str(trigger).lower() in span.quote(text).lower() for span in e.trigger_spans)
        and (place is None or any(place in (p.name, p.quote) for p in e.places))
        for e in extraction.events
    )


FINDERS = {"figures": has_figure, "statements": has_statement, "events": has_event}


@pytest.mark.parametrize("station", FINDERS)
def test_share_of_expected_rows_found(station: str, extractions: dict[str, Extraction]) -> None:
    wanted = [(name, row) for name, article in EXPECTED.items() for row in article.get(station, [])]
    missing = [(name, row) for name, row in wanted if not FINDERS[station](extractions[name], row)]
    found = 1 - len(missing) / len(wanted)
    assert found >= FLOORS[station], f"{found:.0%} of {len(wanted)} found; missing: {missing}"


def test_every_figure_of_the_first_article_is_found(extractions: dict[str, Extraction]) -> None:
    figures = sorted(extractions["first-article.txt"].figures, key=lambda f: f.char_start)
    found = [(f.quote, f.value_low, f.value_high, f.comparator.value) for f in figures]
    assert found == [tuple(row[:4]) for row in EXPECTED["first-article.txt"]["figures"]]


def test_every_quotation_of_the_first_article_is_in_a_statement(extractions: dict[str, Extraction]) -> None:
    contents = [s.content_quote for s in extractions["first-article.txt"].statements]
    lost = [q for q in EXPECTED["first-article.txt"]["quotations"] if not any(q in content for content in contents)]
    assert not lost


def test_scare_quotes_make_no_statement_of_their_own(extractions: dict[str, Extraction]) -> None:
    contents = [s.content_quote.strip("“” ") for s in extractions["first-article.txt"].statements]
    assert "terrorist attack" not in contents
