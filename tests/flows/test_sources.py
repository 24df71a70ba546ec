"""Sources: each format is read for what it says, whatever name it gives it."""

import gzip
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from flows.sources import list_records, read_articles, read_record
from flows.sources.kinds import LISTERS
from schemas.articles import Article, RawRecord, Refusal
from schemas.errors import MisuseError
from schemas.limits import Limits
from schemas.vocabulary import PublishedMethod, QualityFlag, RefusalCode

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
MIDNIGHT = datetime(2024, 5, 1, tzinfo=UTC)


def articles(path: Path | str, **limits: int) -> list[Article]:
    read = list(read_articles([path], Limits(**limits)))  # type: ignore[arg-type]
    assert all(isinstance(item, Article) for item in read), read
    return [item for item in read if isinstance(item, Article)]


def refusals(path: Path | str) -> list[tuple[RefusalCode, str]]:
    return [(item.code, item.raw.origin) for item in read_articles([path]) if isinstance(item, Refusal)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_front_matter_names_the_article(tmp_path: Path) -> None:
    head = "---\ntitle: 'Port: hit'\nsource: Wire\npublished: 2024-05-01 12:00\nupdated: 2024-05-02\n"
    head += "url: https://e.org/1\nauthors: [Jane Doe, John Roe]\nlanguage: en-GB\nid: 007\n"
    path = write(tmp_path, "a.md", head + "---\nText.\n")
    (article,) = articles(path)
    assert article.text == "Text.\n"
    assert (article.title, article.source_name, article.url) == ("Port: hit", "Wire", "https://e.org/1")
    assert (article.published_at, article.modified_at) == (NOON, datetime(2024, 5, 2, tzinfo=UTC))
    assert article.published_method is PublishedMethod.GIVEN
    assert (article.authors, article.language, article.input_id) == (("Jane Doe", "John Roe"), "en", "007")


@pytest.mark.parametrize(
    "text",
    ["A headline\n\nText.", "---\nA rule first.\n---\nText.", "--- said\nkey: value", "Text\n---\ntitle: no\n---\n"],
)
def test_what_is_no_front_matter_is_text(tmp_path: Path, text: str) -> None:
    (article,) = articles(write(tmp_path, "a.txt", text))
    assert (article.text, article.title) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: a\nText without end",
        "---\ntitle: [\n---\nText",
        "---\na: &x [*x]\n b\n---\n",
        "---\na: " + "[" * 9999,
    ],
)
def test_broken_front_matter_is_refused(tmp_path: Path, text: str) -> None:
    assert [code for code, _ in refusals(write(tmp_path, "a.txt", text))] == [RefusalCode.FRONT_MATTER]


FIELDS = [
    {"text": "x", "title": "T", "published": "2024-05-01", "url": "u", "source": "S", "authors": ["A"], "id": 1},
    {"Body": "x", "Headline": "T", "date": "2024-05-01", "link": "u", "outlet": "S", "author": "A", "guid": "1"},
    {
        "maintext": "x",
        "title": "T",
        "date_publish": "2024-05-01",
        "url": "u",
        "source_name": "S",
        "byline": "By A",
        "id": "1",
    },
    {
        "text": "",
        "content": "x",
        "headline": "T",
        "pubDate": "2024-05-01",
        "link": "u",
        "source": "S",
        "authors": "A",
        "id": 1,
    },
]


@pytest.mark.parametrize("fields", FIELDS)
def test_fields_go_by_many_names(tmp_path: Path, fields: dict[str, object]) -> None:
    for name in ("a.jsonl", "a.ndjson", "a.json"):
        (article,) = articles(write(tmp_path, name, json.dumps(fields)))
        assert (article.text, article.title, article.url, article.source_name) == ("x", "T", "u", "S")
        assert (article.published_at, article.authors, article.input_id) == (MIDNIGHT, ("A",), "1")


def test_lines_stand_at_their_numbers(tmp_path: Path) -> None:
    lines = ['{"text": "a"}', "", "{", '{"text": "d"}', "[1]", '{"text": "f"}']
    path = write(tmp_path, "a.jsonl", "\r\n".join(lines))
    read = [(item.raw.origin.rpartition(":")[2], isinstance(item, Article)) for item in read_articles([path])]
    assert read == [("1", True), ("3", False), ("4", True), ("5", False), ("6", True)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"text": "a', RefusalCode.JSON_TRUNCATED),
        ('{"text": ', RefusalCode.JSON_TRUNCATED),
        ('{"text": "a", "b": tr', RefusalCode.JSON_TRUNCATED),
        ('{"text": "a",}', RefusalCode.JSON),
        ("{'text': 1}", RefusalCode.JSON),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", RefusalCode.JSON),
        ('"text"', RefusalCode.SCHEMA),
        ('{"text": {"a": 1}}', RefusalCode.SCHEMA),
        ('{"text": "a", "title": ["b"]}', RefusalCode.SCHEMA),
        ('{"headline": "a"}', RefusalCode.SCHEMA),
        ('{"text": "a\\udc00"}', RefusalCode.INVALID_UNICODE),
        ('{"text": "a", "source": "\\ud800"}', RefusalCode.INVALID_UNICODE),
        ('{"text": "a", "text": "b"}', RefusalCode.DUPLICATE_KEY),
        ('{"text": "a", "x": ' + "[" * 70 + "]" * 70 + "}", RefusalCode.JSON_DEPTH),
    ],
)
def test_a_bad_line_says_why(text: str, code: RefusalCode) -> None:
    (refusal,) = read_record(RawRecord(kind="json", data=text.encode(), origin="a.jsonl:1"))
    assert isinstance(refusal, Refusal)
    assert refusal.code is code


def test_brackets_in_a_string_are_no_nesting() -> None:
    text = json.dumps({"text": "[" * 500 + '\\"{' * 500})
    (article,) = read_record(RawRecord(kind="json", data=text.encode(), origin="a"))
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    "text",
    [
        '[{"text": "a"}, {"text": "b"}]',
        '{"articles": [{"text": "a"}, {"text": "b"}]}',
        '{"text": "a"}\n{"text": "b"}',
        '{\n "text": "a"\n}\n{\n "text": "b"\n}',
        '\ufeff[{"text": "a"},\n{"text": "b"}]\n',
    ],
)
def test_json_documents_of_several_articles(tmp_path: Path, text: str) -> None:
    assert [article.text for article in articles(write(tmp_path, "a.json", text))] == ["a", "b"]


def test_a_json_feed_is_read(tmp_path: Path) -> None:
    items = [
        {
            "id": "1",
            "url": "https://e.org/1",
            "title": "T",
            "content_html": "<p>Six</p>",
            "date_published": "2024-05-01",
        },
        {"id": "2", "content_text": "b", "authors": [{"name": "Ann"}]},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": items}
    first, second = articles(write(tmp_path, "feed.json", json.dumps(feed)))
    assert (first.text, first.input_id, first.published_at, first.raw.source_name) == (
        "<p>Six</p>",
        "1",
        MIDNIGHT,
        "Wire",
    )
    assert (second.text, second.authors) == ("b", ("Ann",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_marked_encodings_make_no_difference(tmp_path: Path, name: str, encoding: str) -> None:
    content = {"a.txt": "Łódź “x”", "a.jsonl": '{"text": "Łódź “x”"}\n', "a.csv": "text\nŁódź “x”\n"}[name]
    (article,) = articles(write(tmp_path, name, content.encode(encoding)))
    assert (article.text, article.quality_flags) == ("Łódź “x”", ())


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_unmarked_windows_text_is_flagged(tmp_path: Path, name: str) -> None:
    content = {
        "a.txt": "the “line”, €5m",
        "a.jsonl": '{"text": "the “line”, €5m"}',
        "a.csv": "text\n“the “line”, €5m”\n",
    }[name]
    content = content.replace("“the", '"the').replace("€5m”", '€5m"')
    (article,) = articles(write(tmp_path, name, content.encode("cp1252")))
    assert (article.text, article.quality_flags) == ("the “line”, €5m", (QualityFlag.ENCODING_FALLBACK,))


def test_tables_go_by_their_header(tmp_path: Path) -> None:
    rows = 'Headline,body,pubDate\n"a, b","one\ntwo",2024-05-01\n\nc,"say ""x""",\n'
    first, second = articles(write(tmp_path, "a.csv", rows))
    assert (first.title, first.text, first.published_at) == ("a, b", "one\ntwo", MIDNIGHT)
    assert (second.text, second.published_at, second.quality_flags) == ('say "x"', None, ())
    (third,) = articles(write(tmp_path, "a.tsv", "text\ttitle\na,b\tc\n"))
    assert (third.text, third.title) == ("a,b", "c")


def test_parquet_is_read_in_slices(tmp_path: Path) -> None:
    count = 1203
    frame = pl.DataFrame(
        {
            "text": [f"text {n}" for n in range(count)],
            "published_at": [NOON] * count,
            "authors": [["Ann", "Bob"]] * count,
            "embedding": [b"\x00\xff"] * count,
        }
    )
    path = tmp_path / "a.parquet"
    frame.write_parquet(path)
    read = articles(path)
    assert [article.text for article in read] == frame["text"].to_list()
    assert (read[0].published_at, read[0].authors, read[-1].raw.origin) == (NOON, ("Ann", "Bob"), f"{path}:{count}")


PAGE = """<html lang="en"><head><title>Six die in harbour strike</title><meta name="author" content="Jane Doe">
<meta property="og:site_name" content="Harbour Wire"><link rel="canonical" href="https://e.org/1">
<meta property="article:published_time" content="2024-05-01T12:00:00Z"></head><body><nav>Home | News</nav>
<article><h1>Six die in harbour strike</h1>{}</article><footer>Copyright</footer><script>track()</script></body>
</html>"""
SENTENCE = "The governor said on Monday that six people had been killed in the strike on the harbour. "


def test_a_page_gives_its_main_text(tmp_path: Path) -> None:
    body = "".join(f"<p>{n}. {SENTENCE * 3}</p>" for n in range(4))
    (article,) = articles(write(tmp_path, "a.html", PAGE.format(body)))
    assert article.text.count(SENTENCE.strip()) == 12
    assert not any(word in article.text for word in ("track()", "Copyright", "Home |"))
    assert (article.title, article.source_name) == ("Six die in harbour strike", "Harbour Wire")
    assert (article.url, article.authors) == ("https://e.org/1", ("Jane Doe",))
    assert (article.published_at, article.published_method) == (MIDNIGHT, PublishedMethod.PAGE)


RSS = """<?xml version="1.0" encoding="{}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Wire</title>
<item><title>Łódź</title><link>https://e.org/1</link><guid>g1</guid><pubDate>Wed, 01 May 2024 12:00:00 GMT</pubDate>
<author>x@e.org (Jane Doe)</author><description>Short</description>
<content:encoded><![CDATA[<p>Six died &amp; more.</p>]]></content:encoded></item>
<item><title>Only a headline</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>g1</id><title>Łódź</title>
<link href="https://e.org/1"/><published>2024-05-01T12:00:00Z</published><updated>2024-05-01T13:00:00Z</updated>
<author><name>Jane Doe</name></author><content type="html">&lt;p&gt;Six died &amp;amp; more.&lt;/p&gt;</content></entry>
<entry><id>g2</id><title>Only a headline</title><updated>2024-05-01T12:00:00Z</updated></entry></feed>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.rss", RSS.format("utf-8").encode()),
        ("a.xml", RSS.format("utf-16").encode("utf-16")),
        ("a.xml", RSS.format("iso-8859-2").encode("iso-8859-2")),
        ("a.atom", ATOM.encode()),
    ],
)
def test_feeds_give_their_entries(tmp_path: Path, name: str, content: bytes) -> None:
    first, second = articles(write(tmp_path, name, content))
    assert first.text == "<p>Six died &amp; more.</p>"
    assert (first.title, first.url, first.input_id) == ("Łódź", "https://e.org/1", "g1")
    assert (first.published_at, first.published_method) == (NOON, PublishedMethod.FEED)
    assert (first.source_name, first.authors) == ("Wire", ("Jane Doe",))
    assert second.text == "Only a headline"


def test_a_record_is_read_again_from_its_bytes(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "---\ntitle: T\n---\nText")
    write(tmp_path, "b.jsonl", '{"text": "a"}\n{\n')
    write(tmp_path, "c.csv", "text,title\na,b\n")
    write(tmp_path, "d.rss", RSS.format("utf-8"))
    write(tmp_path, "e.html", PAGE.format(f"<p>{SENTENCE * 9}</p>"))
    records = [record for record in list_records([tmp_path]) if isinstance(record, RawRecord)]
    copies = [RawRecord(kind=r.kind, data=r.data, origin=r.origin, source_name=r.source_name) for r in records]
    assert [read_record(record) for record in copies] == [read_record(record) for record in records]
    assert [item for record in records for item in read_record(record)] == list(read_articles([tmp_path]))


def test_folders_are_read_in_depth_and_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/e.txt", ".hidden.txt", ".git/x.txt"):
        write(tmp_path, name, name)
    (tmp_path / "c" / "inside.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "c" / "loop").symlink_to(tmp_path)
    assert [article.text for article in articles(tmp_path)] == ["a.txt", "b/1.txt", "b/2.txt", "c/d/e.txt"]
    assert [article.text for article in articles(f"{tmp_path}/b/*.txt")] == ["b/1.txt", "b/2.txt"]
    assert [article.text for article in articles(f"{tmp_path}/**/e.txt")] == ["c/d/e.txt"]
    (tmp_path / "b" / "outside.txt").symlink_to("/etc/passwd")
    assert refusals(f"{tmp_path}/b/o*") == [(RefusalCode.SYMLINK_OUTSIDE, f"{tmp_path}/b/outside.txt")]


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "text")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    assert [article.text for article in articles(tmp_path / "link.txt")] == ["text"]
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing")
    assert [code for code, _ in refusals(tmp_path / "broken.txt")] == [RefusalCode.UNREADABLE]


@pytest.mark.parametrize("source", ["nothing.txt", "no*thing.txt"])
def test_a_source_that_names_nothing_is_misuse(tmp_path: Path, source: str) -> None:
    with pytest.raises(MisuseError, match="is not there"):
        list_records([tmp_path / source])


def test_an_unknown_kind_is_refused_by_name(tmp_path: Path) -> None:
    (refusal,) = read_articles([write(tmp_path, "a.docx", b"PK")])
    assert isinstance(refusal, Refusal)
    assert ".docx" in refusal.reason
    assert all(suffix in refusal.reason for suffix in LISTERS)


def test_a_device_is_no_file() -> None:
    assert refusals("/dev/zero") == [(RefusalCode.NOT_A_FILE, "/dev/zero")]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"Kyiv said so.", ["Kyiv said so."]),
        (b'{"text": "a"}\n{"text": "b"}\n', ["a", "b"]),
        (b'{\n"text": "a"}', ["a"]),
        (b'[{"text": "a"}]', ["a"]),
        (gzip.compress(b'{"text": "a"}\n{"text": "b"}\n'), ["a", "b"]),
        (gzip.compress(gzip.compress(b"Kyiv said so.")), ["Kyiv said so."]),
        (b"", [""]),
    ],
    ids=["text", "lines", "object", "list", "packed lines", "text packed twice", "nothing"],
)
def test_standard_input_is_told_by_its_beginning(data: bytes, texts: list[str]) -> None:
    read = list(read_articles(["-"], stdin=io.BytesIO(data)))
    assert [item.text for item in read if isinstance(item, Article)] == texts


def test_archives_are_read_as_if_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("b/lines.jsonl.gz", gzip.compress(b'{"text": "a"}\n{"text": "b"}\n'))
        archive.writestr("c.txt", "c")
        archive.writestr("__MACOSX/._c.txt", "junk")
    path = write(tmp_path, "a.zip", out.getvalue())
    read = articles(path)
    assert [article.text for article in read] == ["a", "b", "c"]
    assert read[1].raw.origin == f"{path}!b/lines.jsonl.gz:2"


def test_a_zip_of_many_members_stops_at_its_limit(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5):
            archive.writestr(f"{number}.txt", "x")
    read = list(read_articles([write(tmp_path, "a.zip", out.getvalue())], Limits(archive_members=3)))
    assert [isinstance(item, Article) for item in read] == [True, True, True, False]
