"""JSON: a record a line, or one document that is a record, a list of records, or a JSON Feed.

Lines are read one by one: a bad one is refused with its number and its neighbours load.  The readers of data frames
lose keys that first appear late and cannot skip a bad line, so none of them is used here.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flows.sources.decoding import decode_text
from flows.sources.fields import article_of, with_flags
from flows.sources.refusing import RefusedError, too_large, whole_file
from flows.sources.streams import Input, split_lines
from schemas.articles import Article, RawRecord, Refusal
from schemas.limits import Limits
from schemas.vocabulary import QualityFlag, RefusalCode

WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
LISTS = ("articles", "items", "documents", "results", "data", "entries")
STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+\\?(?:"|\Z)|[\[\]{}]', re.DOTALL)
BETWEEN = re.compile(r"[\s,]*")
DECODER = json.JSONDecoder()
LITERALS = ("true", "false", "null", "NaN", "Infinity")


def list_lines(given: Input) -> Iterator[RawRecord | Refusal]:
    """Give each line that holds something as one record; an overlong one is refused unread."""
    stream = given.stream
    if stream.peek(2)[:2] in WIDE_MARKS:  # UTF-16 has no lines of bytes
        text = decode_text(given.read_whole(given.limits.file_bytes, "file_bytes")).text
        stream = io.BufferedReader(io.BytesIO(text.encode("utf-8", "surrogatepass")))
    for line in split_lines(stream, given.limits.record_bytes):
        origin = f"{given.origin}:{line.number}"
        if line.size > given.limits.record_bytes:
            refused = too_large("the line", f"{line.size:,} bytes", given.limits.record_bytes, "record_bytes")
            yield refused.refusal(whole_file(origin, given.name))
        elif line.data.strip(b" \t\r\xef\xbb\xbf"):
            yield RawRecord(kind="json", data=line.data, origin=origin, source_name=given.name)


def list_document(given: Input) -> Iterator[RawRecord | Refusal]:
    """Give the records of one JSON document, or of several one after the other."""
    data = given.read_whole(given.limits.file_bytes, "file_bytes")
    whole = RawRecord(kind="json", data=data, origin=given.origin, source_name=given.name)
    text = decode_text(data).text
    start = BETWEEN.match(text).end()  # type: ignore[union-attr]
    if not text[start:]:
        yield whole
        return
    check_depth(text, given.limits.json_depth, wrapped=2)
    if text[start] == "[":
        yield from list_values(text, start + 1, whole)
    else:
        yield from list_single(text, whole)


def list_single(text: str, whole: RawRecord) -> Iterator[RawRecord | Refusal]:
    """Give the records of a document that is no list: itself, the list it wraps, or several in a row."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        several = error.msg == "Extra data"
        yield from list_values(text, 0, whole) if several else [whole]
        return
    except ValueError:
        yield whole
        return
    wrapped = (
        next((value[name] for name in LISTS if isinstance(value.get(name), list)), None) if is_object(value) else None
    )
    if wrapped is None or isinstance(value.get("text"), str):
        yield whole
        return
    name = value.get("title") if str(value.get("version", "")).startswith("https://jsonfeed.org/") else None
    for number, item in enumerate(wrapped, 1):
        yield part(whole, number, json.dumps(item), name if isinstance(name, str) else None)


def list_values(text: str, position: int, whole: RawRecord) -> Iterator[RawRecord | Refusal]:
    """Give the values of a list, each as it is written; after a broken one the rest is one refusal."""
    number = 1
    while (position := BETWEEN.match(text, position).end()) < len(text) and text[position] != "]":  # type: ignore[union-attr]
        try:
            _, end = DECODER.raw_decode(text, position)
        except ValueError:
            yield part(whole, number, text[position:], None)  # read again at the door, where its fault is told
            return
        yield part(whole, number, text[position:end], None)
        position, number = end, number + 1


def part(whole: RawRecord, number: int, text: str, source_name: str | None) -> RawRecord:
    """Make the record of one value of a document."""
    return replace(
        whole,
        data=text.encode("utf-8", "surrogatepass"),
        origin=f"{whole.origin}:{number}",
        source_name=source_name or whole.source_name,
    )


def read_json(record: RawRecord, limits: Limits) -> list[Article]:
    """Read one JSON object as an article.

    A key that stands twice with two values is refused, since readers differ in which one they take; with the same
    value twice it is flagged.
    """
    if len(record.data) > limits.record_bytes:
        raise too_large("the record", f"{len(record.data):,} bytes", limits.record_bytes, "record_bytes")
    decoded = decode_text(record.data)
    if not decoded.text.strip():
        raise RefusedError(RefusalCode.EMPTY, "there is nothing in it", "a JSON object", "remove it")
    check_depth(decoded.text, limits.json_depth)
    fields, flags = parse_object(decoded.text)
    if isinstance(fields.get("content_html"), str) and not fields.get("content_text"):
        fields = {**fields, "content_text": fields["content_html"]}
    return [with_flags(article_of(fields, record), (*decoded.flags, *flags))]


def parse_object(text: str) -> tuple[dict[str, Any], tuple[QualityFlag, ...]]:
    """Read one JSON object; only its own keys are looked at for doubles."""
    last: list[list[tuple[str, Any]]] = [[]]

    def keep(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        last[0] = pairs  # the outermost object closes last
        return dict(pairs)

    try:
        value = json.loads(text, object_pairs_hook=keep)
    except json.JSONDecodeError as error:
        raise broken(text, error) from None
    except ValueError as error:  # a number of more digits than Python reads
        raise RefusedError(RefusalCode.JSON, str(error).split(";")[0], "a JSON object", "mend it") from None
    if not is_object(value):
        raise RefusedError(
            RefusalCode.SCHEMA, f"the record is a {type(value).__name__}", "an object with a text", "mend it"
        )
    pairs = last[0]
    if any(value[name] != given for name, given in pairs):
        raise RefusedError(
            RefusalCode.DUPLICATE_KEY, "a key stands twice with two values", "each key once", "remove one"
        )
    return value, (QualityFlag.DUPLICATE_KEY,) if len(value) < len(pairs) else ()


def broken(text: str, error: json.JSONDecodeError) -> RefusedError:
    """Refuse text that is no JSON, or that stops before it is done."""
    rest = text[error.pos :].strip()
    cut = not rest or error.msg.startswith("Unterminated string") or any(word.startswith(rest) for word in LITERALS)
    given = f"{error.msg.removesuffix(' at')} at character {error.pos}"
    if cut:
        return RefusedError(
            RefusalCode.JSON_TRUNCATED, f"it stops in the middle ({given})", "whole JSON", "run again once it is whole"
        )
    return RefusedError(RefusalCode.JSON, given, "JSON", "mend it")


def check_depth(text: str, limit: int, wrapped: int = 0) -> None:
    """Refuse records nested deeper than ``limit``, before any parser recurses into them; ``wrapped`` in that much."""
    if text.count("[") + text.count("{") <= limit + wrapped:
        return
    depth = 0
    for match in STRING_OR_BRACKET.finditer(text):
        mark = match[0]
        depth += mark in ("[", "{")
        depth -= mark in ("]", "}")
        if depth > limit + wrapped:
            raise RefusedError(
                RefusalCode.JSON_DEPTH,
                f"it nests deeper than {limit} at character {match.start()}",
                "flat records",
                "flatten it or raise the limit json_depth",
            )


def is_object(value: object) -> bool:
    """Tell whether a value is a JSON object."""
    return isinstance(value, Mapping)
