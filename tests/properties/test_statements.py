"""Whatever the text: nothing raises, spans quote, the same again, and time grows with the text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.statements import Statement
from tests.documents import make_document
from transforms.sentences import read_sentences
from transforms.statements import find_statements
from transforms.statements.joining import merge_spans
from transforms.statements.layouts import find_layouts
from transforms.statements.quotations import pair_quotations
from transforms.syntax.tree import Tree

PIECES = st.sampled_from(
    ["“", "”", '"', "'", "‘", "’", "«", "»", "\n", "\n\n", " ", ", ", ". ", ": ", "— ", "said", "says that", "he",
     "the mayor", "according to", "Anna Berg", "MAYOR: ", "denied", "it was", "who", "never", "not", "?", "(", ")"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join))


def read(text: str) -> tuple[Statement, ...]:
    document = make_document(text)
    (sentences,) = read_sentences([(document.document_id, text)])
    return find_statements(document, [Tree(s) for s in sentences], ())


@settings(max_examples=60)
@given(TEXTS)
def test_any_text_gives_exact_spans_and_the_same_again(text):
    rows = read(text)
    assert rows == read(text)
    ids = {row.statement_id for row in rows}
    assert len(ids) == len(rows)
    for row in rows:
        assert row.cue_spans
        assert row.content_spans
        assert row.inside_statement_id is None or row.inside_statement_id in ids
        for spans, quote in ((row.cue_spans, row.cue_quote), (row.content_spans, row.content_quote)):
            assert all(0 <= a < b <= len(text) for a, b in spans)
            assert list(spans) == sorted(spans)
            assert quote == " … ".join(text[a:b] for a, b in spans)


@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=80).map("".join)))
def test_quotations_stand_in_order_and_never_overlap(text):
    at = 0
    for quotation in pair_quotations(text):
        assert at <= quotation.span.start < quotation.span.end <= len(text)
        at = quotation.span.end


@given(st.text(max_size=300))
def test_layouts_quote_the_text(text):
    for layout in find_layouts(text, pair_quotations(text)):
        assert layout.source.quote(text).strip()
        assert layout.content.quote(text).strip()


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))))
def test_merged_spans_are_in_order(pairs):
    from schemas.spans import Span

    merged = merge_spans("x" * 60, [Span(a, a + n) for a, n in pairs])
    assert all(one.end < other.start for one, other in pairwise(merged))


HOSTILE = ["“", '"', "'a ", "“a\n\n", '"\n', "MAYOR: a.\n", "“a b” — C\n", " ‘a", "A: ", "(AB) "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_marks_and_layouts_are_read_in_linear_time(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.perf_counter()
        find_layouts(text, pair_quotations(text))
        return time.perf_counter() - began

    seconds(50_000)
    small, large = min(seconds(50_000) for _ in range(3)), min(seconds(200_000) for _ in range(3))
    assert large < 12 * small + 0.2


@pytest.mark.parametrize("piece", ["He said. ", "“He said,” he said. ", "said "])
def test_many_statements_cost_linear_time(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        (sentences,) = read_sentences([("0" * 16, text)])
        trees = [Tree(s) for s in sentences]
        document = make_document(text)
        began = time.perf_counter()
        find_statements(document, trees, ())
        return time.perf_counter() - began

    seconds(1_000)
    small, large = seconds(2_000), seconds(8_000)
    assert large < 12 * small + 0.3
