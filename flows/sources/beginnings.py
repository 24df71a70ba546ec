"""What input without a name is, told by its first bytes: standard input, and what a .gz hides."""

from __future__ import annotations

import re

BEGINNINGS = (
    (re.compile(rb"\x1f\x8b"), ".gz"),
    (re.compile(rb"PK\x03\x04"), ".zip"),
    (re.compile(rb"PAR1"), ".parquet"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*\["), ".json"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\n"), ".json"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*\{"), ".jsonl"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml|<rss|<feed|<rdf)", re.IGNORECASE), ".xml"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)", re.IGNORECASE), ".html"),
)


def tell_suffix(beginning: bytes) -> str:
    """Tell from the first bytes of unnamed input which suffix it would have; text when nothing else fits.

    >>> tell_suffix(b'{"text": "a"}'), tell_suffix(b"Kyiv said")
    ('.jsonl', '.txt')
    """
    return next((suffix for pattern, suffix in BEGINNINGS if pattern.match(beginning)), ".txt")
