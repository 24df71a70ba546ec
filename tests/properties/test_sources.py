"""Any bytes, given to any reader under any name: articles and refusals come out, nothing raises, nothing is lost."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.sources import READERS, list_records, read_articles, read_record
from flows.sources.kinds import LISTERS, list_input
from flows.sources.streams import Input, split_lines
from schemas.articles import Article, RawRecord, Refusal
from schemas.limits import Limits
from transforms.documents import make_document

LIMITS = Limits(file_bytes=20_000, record_bytes=5_000, page_bytes=20_000, decompressed_bytes=50_000)
SUFFIXES = sorted(LISTERS)

TOKENS = st.sampled_from(
    (
        *(
            b'{"text": "a"}',
            b"\n",
            b"{",
            b"}",
            b"[",
            b"]",
            b'"',
            b",",
            b":",
            b"\\ud800",
            b"null",
            b"---\n",
            b"title: a",
        ),
        *(
            b"<rss>",
            b"<channel>",
            b"<item>",
            b"<title>",
            b"</title>",
            b"</item>",
            b"<!ENTITY a 'b'>",
            b"&a;",
            b"<feed>",
        ),
        *(b"<html>", b"<p>", b"</p>", b"<script>", b'<?xml version="1.0" encoding="utf-7"?>', b"<!DOCTYPE", b"-->"),
        *(b"text,title\n", b"\t", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"\x00", b"\x81"),
    )
)
BYTES = st.lists(TOKENS | st.binary(max_size=12), max_size=30).map(b"".join)


def opened(name: str, data: bytes) -> Input:
    return Input(name=name, origin=name, stream=io.BufferedReader(io.BytesIO(data)), size=len(data), limits=LIMITS)


def read_all(name: str, data: bytes) -> list[Article | Refusal]:
    listed = list(list_input(opened(name, data)))
    return [item for r in listed for item in ([r] if isinstance(r, Refusal) else read_record(r, LIMITS))]


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=BYTES)
def test_any_bytes_under_any_name(suffix: str, data: bytes) -> None:
    first, second = read_all("a" + suffix, data), read_all("a" + suffix, data)
    assert first == second
    for item in first:
        assert item.raw.origin.startswith("a" + suffix)
        if isinstance(item, Article):
            make_document(item)
        else:
            assert item.reason.startswith(item.raw.origin)


@pytest.mark.parametrize("kind", [*READERS, "file", "unheard-of"])
@given(data=BYTES)
def test_any_record_is_read_or_refused(kind: str, data: bytes) -> None:
    read = read_record(RawRecord(kind=kind, data=data, origin="a"), LIMITS)
    assert len(read) == 1


@given(st.binary(max_size=200) | BYTES)
def test_any_standard_input(data: bytes) -> None:
    list(read_articles(["-"], LIMITS, stdin=io.BytesIO(data)))


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", data)
        archive.writestr("b.txt", data)
    return out.getvalue()


def tarred(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.jsonl", "b.txt"):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize(("name", "pack"), [("a.zip", zipped), ("a.tar", tarred), ("a.txt.gz", gzip.compress)])
@given(data=st.binary(max_size=300), where=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255))
def test_a_damaged_archive_is_read_as_far_as_it_goes(
    name: str, pack: Callable[[bytes], bytes], data: bytes, where: float, value: int
) -> None:
    packed = bytearray(pack(data))
    packed[int(where * len(packed))] = value
    read_all(name, bytes(packed))
    read_all(name, bytes(packed[: int(where * len(packed))]))


@given(st.lists(st.sampled_from(["good", "cut", "wrong", "empty"]), max_size=30))
def test_every_line_is_accounted_for(kinds: list[str]) -> None:
    lines = {"good": json.dumps({"text": "a b"}), "cut": '{"text": "a', "wrong": "{]", "empty": ""}
    read = read_all("a.jsonl", "\n".join(lines[kind] for kind in kinds).encode())
    assert sum(isinstance(item, Article) for item in read) == kinds.count("good")
    assert sum(isinstance(item, Refusal) for item in read) == kinds.count("cut") + kinds.count("wrong")


@given(BYTES, st.integers(1, 40))
def test_lines_are_those_of_the_bytes(data: bytes, limit: int) -> None:
    expected = data.split(b"\n")
    expected = expected[:-1] if not expected[-1] else expected
    read = list(split_lines(io.BytesIO(data), limit))
    assert [line.size for line in read] == [len(line) for line in expected]
    assert all(
        line.data == (e.removesuffix(b"\r") if len(e) <= limit else b"") for line, e in zip(read, expected, strict=True)
    )


HOSTILE_FIELDS = {
    "authors": " " * 400_000 + "x",
    "language": "en" + "_" * 60 + "!",
    "published": "1 " * 200_000,
    "title": "\u200d" * 200_000,
    "url": "https://e.org/?" + "a=b&" * 100_000,
    "id": "[" * 200_000,
    "source": "a" * 400_000,
}


@pytest.mark.parametrize("field", HOSTILE_FIELDS)
def test_a_hostile_field_costs_no_time(field: str) -> None:
    data = json.dumps({"text": "Six people died.", field: HOSTILE_FIELDS[field]}).encode()
    began = process_time()
    (article,) = read_record(RawRecord(kind="json", data=data, origin="a"))
    assert isinstance(article, Article)
    make_document(article)
    assert process_time() - began < 2


def test_no_source_is_no_input() -> None:
    assert list(list_records([])) == []
