"""Documents to try stations on."""

from __future__ import annotations

from typing import Any

from schemas.documents import Document


def make_document(text: str, **known: Any) -> Document:
    """Make a document of a text; what else is known of it, such as ``published_at``, by name."""
    unknown = {
        "document_id": "0123456789abcdef",
        "article_id": "0123456789abcdef",
        "source_name": "test",
        "text_digest": "0" * 64,
        "raw_digest": "0" * 64,
        "origin": "test",
    }
    return Document(text=text, **(unknown | known))
