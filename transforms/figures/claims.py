"""Who gives a figure: the statement whose content it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.spans import Span, hull
from schemas.statements import Statement


def find_statement(span: Span, statements: Sequence[Statement]) -> Statement | None:
    """Give the innermost statement whose content holds the figure and whose source the text names."""
    best: tuple[int, Statement] | None = None
    for statement in statements:
        for content in statement.content_spans:
            if content.start <= span.start and span.end <= content.end:
                around = hull(statement.content_spans) or content
                size = around.end - around.start
                if statement.source_spans and (best is None or size < best[0]):
                    best = (size, statement)
    return best[1] if best else None
