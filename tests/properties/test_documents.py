"""Any text: it is in normal form after one pass, nothing raises, and time grows with its length."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.articles import Article, RawRecord, Refusal
from transforms.documents import make_document
from transforms.documents.markup import has_markup, strip_markup
from transforms.documents.normalising import normalise

AWKWARD = st.sampled_from(
    (
        *("\r\n", "\r", "\x85", "\u2028", "\x00", "\x1b[31m", "\x1b", "\u200b", "\u200d", "\xad", "\u202e", "\u0301"),
        *("<p>", "</p>", "<script>", "</script>", "<!--", "-->", "&lt;", "&amp;", "&#x0;", "&#xd800;", "<", ">"),
        *("said ", "Kyiv ", "the ", "\ufffe", "\U000e0041", "\ud800", " ", "\n", "\u0327", "â€™", "\u041c"),
    )
)
TEXTS = st.lists(st.one_of(AWKWARD, st.text(max_size=8)), max_size=40).map("".join)
WHOLE = TEXTS.filter(lambda text: not re.search("[\ud800-\udfff]", text))
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200b\u202a-\u202e\xad\ufeff]")


@given(WHOLE, st.booleans())
def test_normal_text_is_normal(text: str, repair: bool) -> None:
    normal = normalise(text, repair=repair)
    assert not CONTROLS.search(normal.text)
    assert normal.text == normal.text.strip()
    assert normalise(normal.text).text == normal.text


@given(WHOLE)
def test_no_markup_is_left(text: str) -> None:
    assert not has_markup(strip_markup(text))


@given(TEXTS, st.none() | TEXTS, st.none() | TEXTS)
def test_any_article_is_a_document_or_refused(text: str, title: str | None, url: str | None) -> None:
    raw = RawRecord(kind="text", data=b"", origin="a.txt")
    made = make_document(Article(text=text, title=title, url=url, input_id=title, raw=raw))
    if isinstance(made, Refusal):
        assert made.reason.count("; ") >= 2
        return
    assert made.text
    assert not CONTROLS.search(made.text + (made.title or "") + made.source_name)
    assert not has_markup(made.title or "")
    assert make_document(Article(text=text, title=title, url=url, input_id=title, raw=raw)) == made


HOSTILE = {
    "combining marks": "e" + "\u0301\u0327" * 10_000,
    "joiners": "a" + "\u200d" * 20_000,
    "joiners alone": "." + "\u200d" * 20_000,
    "spaces": "a " + " " * 20_000 + "b",
    "open tags": "<p " * 7_000,
    "open scripts": "<script>" * 2_500,
    "scripts": "<script></script" * 1_300,
    "comments": "<!--" * 5_000,
    "escaped": "&lt;p&gt;" * 2_200,
    "escapes": "\x1b[" * 10_000,
    "letters": "a" * 20_000,
    "points": "a. " * 7_000,
    "mojibake": "Ã©" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name: str) -> None:
    def seconds(times: int) -> float:
        text = HOSTILE[name] * times
        raw = RawRecord(kind="text", data=b"", origin="a.txt")
        article = Article(text=text, title=text, url=text, input_id=text, authors=(text,), raw=raw)
        return min(timed(article) for _ in range(3))

    def timed(article: Article) -> float:
        began = process_time()
        make_document(article)
        return process_time() - began

    seconds(1)
    assert seconds(10) < 25 * seconds(1) + 0.05
