"""Limits: how much of one input Wirehouse reads before it refuses it.  A refusal always names the limit it met."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on hostile or broken input; every one is a setting.

    Attributes:
        file_bytes: Bytes of a file that is read whole (text, one JSON document, Parquet table).
        page_bytes: Bytes of one HTML page or feed.
        page_elements: Elements of one HTML page; extraction takes a second for 20,000 in a row, six for nested ones.
        record_bytes: Bytes of one line of JSONL, one row of a table, one entry of a feed.
        characters: Characters of one article's text.
        compression_ratio: Decompressed bytes for each compressed one, once a megabyte has come out.
        decompressed_bytes: Bytes one archive may unfold to; a well-filled one may unfold to twenty times its size.
        archive_members: Members of one archive.
        archive_depth: Archives inside archives.
        json_depth: Arrays and objects inside each other.
        seconds: Computing time to extract one article, in seconds; by the clock it may take six times as long.
        thin_words: Words under which a text is flagged ``thin_content``.
        language_characters: Characters from which on a text's language is told; shorter ones are taken as they are.
    """

    file_bytes: int = 20_000_000
    page_bytes: int = 5_000_000
    page_elements: int = 20_000
    record_bytes: int = 5_000_000
    characters: int = 1_000_000
    compression_ratio: int = 100
    decompressed_bytes: int = 64_000_000
    archive_members: int = 10_000
    archive_depth: int = 2
    json_depth: int = 64
    seconds: float = 10.0
    thin_words: int = 15
    language_characters: int = 200


DEFAULTS = Limits()
