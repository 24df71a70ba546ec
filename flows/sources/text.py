"""Plain text and Markdown: one file, one article, with YAML front matter or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from flows.sources.decoding import decode_text
from flows.sources.fields import article_of, with_flags
from flows.sources.refusing import RefusedError
from flows.sources.streams import Input
from schemas.articles import Article, RawRecord
from schemas.limits import Limits
from schemas.vocabulary import QualityFlag, RefusalCode

OPENING = re.compile(r"\s{0,8}---[ \t]*\r?\n(?=[A-Za-z_][\w -]{0,40}:)")
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$\n?", re.MULTILINE)
LONGEST = 65_536
"""Characters of front matter."""


def list_text(given: Input) -> Iterator[RawRecord]:
    """Give the file as one record."""
    data = given.read_whole(given.limits.file_bytes, "file_bytes")
    yield RawRecord(kind="text", data=data, origin=given.origin, source_name=given.name)


def read_text(record: RawRecord, limits: Limits) -> list[Article]:
    """Read one text.  A first line that looks like a headline stays in the text: only front matter names a title."""
    decoded = decode_text(record.data)
    fields, body, flags = split_front_matter(decoded.text)
    return [with_flags(article_of({**fields, "text": body}, record), (*decoded.flags, *flags))]


def split_front_matter(text: str) -> tuple[dict[str, Any], str, tuple[QualityFlag, ...]]:
    r"""Split a text into the fields of its front matter and its body.

    A text that begins with a rule but no field is text from the start.

    >>> split_front_matter("---\ntitle: Port hit\n---\nOfficials said so.")[:2]
    ({'title': 'Port hit'}, 'Officials said so.')

    Raises:
        RefusedError: ``front_matter`` when it never closes or is no list of fields.
    """
    opening = OPENING.match(text)
    if not opening:
        return {}, text, ()
    closing = CLOSING.search(text, opening.end(), opening.end() + LONGEST)
    if not closing:
        raise refused("its front matter never closes")
    fields, flags = parse_fields(text[opening.end() : closing.start()])
    return fields, text[closing.end() :], flags


def parse_fields(block: str) -> tuple[dict[str, Any], tuple[QualityFlag, ...]]:
    """Read YAML fields as text, so that a date, a number or a country called No stays what was written."""
    try:
        node = yaml.compose(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        told = str(getattr(error, "problem", None) or type(error).__name__)
        raise refused(f"its front matter is not YAML ({told})") from None
    if not isinstance(node, yaml.MappingNode):
        raise refused("its front matter is no list of fields")
    pairs = [(key.value, value_of(value)) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
    fields = dict(pairs)
    if any(fields[name] != value for name, value in pairs):
        raise RefusedError(
            RefusalCode.DUPLICATE_KEY, "a field of its front matter stands twice", "each once", "remove one"
        )
    fields.pop("text", None)
    return fields, (QualityFlag.DUPLICATE_KEY,) if len(fields) < len(pairs) else ()


def value_of(node: yaml.Node) -> Any:
    """Give a field's text, or its list of texts; anything deeper is no field of ours."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [item.value for item in node.value if isinstance(item, yaml.ScalarNode)]
    return None


def refused(given: str) -> RefusedError:
    """Refuse front matter."""
    return RefusedError(
        RefusalCode.FRONT_MATTER, given, "lines of `field: value` between two lines of ---", "mend or remove it"
    )
