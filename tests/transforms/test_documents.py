"""Documents: normal text, what is flagged, what is refused, and who a document is."""

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.articles import Article, RawRecord, Refusal
from schemas.documents import DOCUMENTS, Document
from schemas.findings import check
from schemas.limits import Limits
from schemas.vocabulary import PublishedMethod, QualityFlag, RefusalCode
from transforms.documents import make_document
from transforms.documents.identity import canonical_url
from transforms.documents.markup import has_markup, strip_markup
from transforms.documents.normalising import normalise

BODY = "The governor said that 12 people were killed in the strike on the harbour, and the navy denied it. " * 4
RAW = RawRecord(kind="text", data=b"raw", origin="folder/a.txt", source_name="a.txt")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FLAG = QualityFlag
GOLD = Path(__file__).parents[3] / "shared" / "gold"


def article(text: str = BODY, **fields: object) -> Article:
    return replace(Article(text=text, raw=RAW), **fields)  # type: ignore[arg-type]


def document(text: str = BODY, **fields: object) -> Document:
    made = make_document(article(text, **fields), now=NOW)
    assert isinstance(made, Document), made
    return made


def refused(text: str = BODY, **fields: object) -> RefusalCode:
    made = make_document(article(text, **fields), now=NOW)
    assert isinstance(made, Refusal), made
    return made.code


@pytest.mark.parametrize(
    ("text", "expected", "flags"),
    [
        ("clean “text” — as it is…\n\n\tWith\u00a0all its spaces.", None, set()),
        ("👩\u200d🚀 flew", None, set()),
        ("Cafés in Łódź, 1 000 €, 10°C, Ὀδυσσεύς and Київ", None, set()),
        ("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g\x85h", "a\nb\nc\nd\ne\nf\ng\nh", {FLAG.NEWLINES_NORMALISED}),
        ("a\x00b\x1b[31mred\x1b[0m\x07", "abred", {FLAG.CONTROL_CHARS}),
        ("Ru\u200bssia pay\u00adload \u202ex\u202c \ufeffy", "Russia payload x y", {FLAG.INVISIBLE_CHARS}),
        ("Ru\u200d\u200cssia", "Russia", {FLAG.INVISIBLE_CHARS}),
        ("Orba\u0301n", "Orbán", set()),
        ("\u041coscow", None, {FLAG.MIXED_SCRIPT}),
        ("Zelenskyyâ€™s cafÃ©", None, {FLAG.MOJIBAKE}),
        ("\ufffe\U0010ffff", None, set()),
        (" \u00a0 x \n", "x", set()),
        ("e" + "\u0301" * 100, "\u00e9" + "\u0301" * 29, {FLAG.INVISIBLE_CHARS}),
    ],
)
def test_normal_text(text: str, expected: str | None, flags: set[QualityFlag]) -> None:
    normal = normalise(text)
    assert normal.text == (text if expected is None else expected)
    assert normal.flags == flags


def test_mojibake_is_mended_only_on_request() -> None:
    assert normalise("Zelenskyyâ€™s cafÃ©", repair=True).text == "Zelenskyy’s café"
    made = make_document(article(BODY + "cafÃ©"), repair=True)
    assert isinstance(made, Document)
    assert made.text.endswith("café")
    assert made.quality_flags == (FLAG.MOJIBAKE,)


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("<p>Six&nbsp;died.</p>\n\n\n\n<p>Fire &amp; smoke.</p>", "Six died.\n\nFire & smoke."),
        ("a<br>b<BR/>c", "a\nb\nc"),
        ("x<script>alert(1)</script>y<style>p{}</style >z<!-- <p>no</p> -->", "xyz"),
        ("<script>never closed", "never closed"),
        ("&lt;script&gt;x&lt;/script&gt;&amp;lt;b&amp;gt;<i>y</i>", "y"),
        ("<img src=x onerror=alert(1)>a<svg/onload=alert(1)>", "a"),
    ],
)
def test_markup_is_removed(fragment: str, expected: str) -> None:
    assert strip_markup(fragment) == expected
    assert not has_markup(strip_markup(fragment))


@pytest.mark.parametrize("text", ["a < b and b > c", "<3", "price <unknown>", "<iframe width=5 src=x", "<->"])
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert not has_markup(text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://News.Example.ORG:443/A?utm_source=x&id=7&fbclid=1#top", "https://news.example.org/A?id=7"),
        ("http://e.org", "http://e.org/"),
        ("http://user:secret@e.org:8080/a", "http://e.org:8080/a"),
        ("https://e.org/a?q=a%20b&r", "https://e.org/a?q=a%20b&r"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://", None),
        ("http://[bad/", None),
        ("http://e.org:99999/", None),
        ("https://e.org/a b", None),
        ("https://e.org/" + "a" * 3000, None),
        ("not an address", None),
        (None, None),
    ],
)
def test_addresses_have_one_spelling(url: str | None, expected: str | None) -> None:
    assert canonical_url(url) == expected


def test_a_document_passes_its_own_table() -> None:
    made = document(title=" <b>Six</b>\n die ", url="https://e.org/1", authors=("A\x00nn",), published_at=NOW)
    checked = check(DOCUMENTS, DOCUMENTS.frame([made]))
    assert not checked.findings
    assert (made.title, made.authors, made.language) == ("Six die", ("Ann",), "en")
    assert made.quality_flags == (FLAG.MARKUP_REMOVED,)


def test_the_same_text_from_the_same_source_is_the_same_document() -> None:
    twin = document(BODY.replace("\n", "\r\n") + "\n", published_at=NOW, title="other")
    assert twin.document_id == document().document_id
    assert document(source_name="B").document_id != document().document_id
    assert document(source_name="B").text_digest == document().text_digest


def test_versions_share_an_article() -> None:
    first, second = document(url="https://E.org/1#a"), document(BODY + "More.", url="https://e.org/1")
    assert first.article_id == second.article_id
    assert first.document_id != second.document_id
    by_id = document(input_id="guid-1", url="https://e.org/1"), document(BODY + "More.", input_id="guid-1", url=None)
    assert len({made.article_id for made in (*by_id, first)}) == 3 - (by_id[0].source_name == by_id[1].source_name)
    alone = document()
    assert alone.article_id == alone.document_id


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"source_name": "Wire", "url": "https://www.e.org/1"}, "Wire"),
        ({"url": "https://www.e.org/1"}, "e.org"),
        ({}, "a.txt"),
        ({"source_name": "\x00"}, "unknown"),
    ],
)
def test_a_source_is_named(fields: dict[str, str], expected: str) -> None:
    assert document(**fields).source_name == expected


def test_dates_ahead_of_the_clock_are_dropped() -> None:
    soon, far = datetime(2026, 1, 2, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
    given = PublishedMethod.GIVEN
    assert document(published_at=soon, published_method=given).published_at == soon
    made = document(published_at=far, modified_at=soon, published_method=given)
    assert (made.published_at, made.modified_at, made.published_method) == (None, soon, PublishedMethod.NONE)
    assert made.quality_flags == (FLAG.DATE_FUTURE,)
    without_clock = make_document(article(published_at=far))
    assert isinstance(without_clock, Document)
    assert without_clock.published_at == far


SPANISH = "El gobernador dijo que doce personas murieron en el ataque contra el puerto de la ciudad. " * 4
RUSSIAN = "Губернатор сообщил, что двенадцать человек погибли при ударе по порту. " * 5
CHINESE = "州长表示，港口遭袭造成十二人死亡，海军予以否认。" * 12


@pytest.mark.parametrize("text", [SPANISH, RUSSIAN, CHINESE])
def test_other_languages_are_refused(text: str) -> None:
    assert refused(text) is RefusalCode.LANGUAGE


@pytest.mark.parametrize(
    ("text", "declared", "language", "flagged"),
    [
        (BODY, None, "en", False),
        (BODY.upper(), None, "en", False),
        (BODY, "fr", "en", False),
        (BODY + SPANISH, None, "en", False),
        ("Six people died in the strike on the harbour of the city on Monday morning, they said.", "en", "en", False),
        ("Six people died in the strike on the harbour of the city on Monday morning, they said.", None, None, True),
        ("Seis personas murieron el lunes en el ataque contra el puerto de la ciudad, dijeron.", "es", "es", True),
        ("1 2 3 " * 100, None, None, True),
    ],
)
def test_the_language_of_a_text(text: str, declared: str | None, language: str | None, flagged: bool) -> None:
    made = document(text, language=declared)
    assert made.language == language
    assert (FLAG.LANGUAGE_UNCERTAIN in made.quality_flags) is flagged


@pytest.mark.parametrize("text", ["", " \n\u00a0", "…—!?", "\u200b", "<p></p>"])
def test_what_holds_no_word_is_refused(text: str) -> None:
    assert refused(text) is RefusalCode.EMPTY


@pytest.mark.parametrize(
    "text",
    [
        "Page not found. Try our search.",
        "To read on, subscribe to continue reading. Already a subscriber? Log in.",
        "We use cookies to improve your experience. Accept all cookies or manage your choices.",
        "Your browser does not support the video element. Click to play.",
        "ERROR 404",
    ],
)
def test_stubs_are_refused(text: str) -> None:
    assert refused(text) is RefusalCode.STUB


@pytest.mark.parametrize(
    "text",
    [
        "Six people died on Monday, officials said.",
        "The ministry denied access to the site, and the court found the page unlawful.",
        BODY + "We use cookies. Already a subscriber? Page not found. " + BODY + BODY,
    ],
)
def test_short_or_long_articles_are_no_stubs(text: str) -> None:
    assert document(text)


def test_half_characters_are_refused_wherever_they_stand() -> None:
    assert refused("a\ud800b") is RefusalCode.INVALID_UNICODE
    assert refused(title="a\ud800b") is RefusalCode.INVALID_UNICODE
    assert refused(authors=("a\ud800b",)) is RefusalCode.INVALID_UNICODE


def test_thin_is_a_setting() -> None:
    text = "Six people died on Monday."
    assert FLAG.THIN_CONTENT in document(text).quality_flags
    made = make_document(article(text), limits=Limits(thin_words=5))
    assert isinstance(made, Document)
    assert FLAG.THIN_CONTENT not in made.quality_flags


def test_a_refusal_says_what_was_given_expected_and_to_do() -> None:
    made = make_document(article(SPANISH))
    assert isinstance(made, Refusal)
    assert made.reason == (
        "folder/a.txt: it is not in English (it seems to be in 'es'); expected English text; translate it first."
    )


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold sets are not part of the repository")
def test_gold_texts_come_out_as_they_went_in() -> None:
    names = ("news/dev_a.docs", "news/dev_b.docs", "figures/newsquant_dev", "statements/polnear-dev")
    for name in names:
        for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            made = make_document(article(text))
            assert isinstance(made, Document)
            if not made.quality_flags and unicodedata.is_normalized("NFC", text):
                assert made.text == text.strip()
