"""Statements: who said what, in which words – direct, mixed and indirect.

The road within: quotation marks are paired, words that say something found (``cues``), what belongs to each of them
told word by word (``roles``), quotations joined over sentences and paragraphs (``joining``), sources resolved to
speakers (``speakers``), acts and forms named (``acts``).  Cues and roles are decided by weights learnt with
``wirehouse train statements``; everything else is rules over the tree and the tables of ``seeds/reference``.

The annotation followed is PolNeAR's (Newell, Margolin and Ruths, 2018): quotation marks and «that» inside the content,
the final stop outside unless quoted, the cue one contiguous group of words.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.actors import Actor
from schemas.documents import Document
from schemas.statements import Statement
from transforms.statements.columns import make_columns
from transforms.statements.drafts import THRESHOLD, Draft, draft_layouts, find_drafts, model
from transforms.statements.edges import drop_loose, settle_edges
from transforms.statements.joining import join_quotations
from transforms.statements.layouts import find_layouts
from transforms.statements.nominals import add_nominals
from transforms.statements.quotations import Quotation, pair_quotations
from transforms.statements.records import make_statements
from transforms.statements.sources import supply_sources
from transforms.statements.weights import Weights
from transforms.statements.wording import keep_worded
from transforms.syntax.tree import Tree

__all__ = ["find_statements"]


def find_statements(document: Document, trees: Sequence[Tree], actors: Sequence[Actor]) -> tuple[Statement, ...]:
    """Give the statements of a document in the order of their cues.

    Args:
        document: The text; all spans are offsets into it.
        trees: Its parsed sentences, in order.
        actors: Mentions of actors found in it; they name the speakers.

    Returns:
        One record a statement.  One that stands in another's content names that one in ``inside_statement_id``.

    Limits: sources outside the cue's sentence are not looked for; content outside it only if quoted, or after a colon.
    """
    spoken = [tree for tree in trees if tree.tokens]
    quotations = pair_quotations(document.text)
    drafts = read_drafts(document.text, spoken, quotations, model())
    return make_statements(document, spoken, actors, quotations, drafts)


def read_drafts(
    text: str, trees: Sequence[Tree], quotations: Sequence[Quotation], weights: Weights, threshold: float = THRESHOLD
) -> list[Draft]:
    """Give the statements of a text as spans, in the order of their cues, before speakers are resolved."""
    columns = make_columns(trees, quotations)
    if not columns.size:
        return []
    drafts = find_drafts(columns, weights, threshold)
    supply_sources(trees, drafts)
    drafts = add_nominals(trees, drafts)
    drafts = keep_worded(text, trees, drafts)
    settle_edges(text, trees, drafts)
    drafts = draft_layouts(columns, find_layouts(text, quotations), drafts)
    joined = join_quotations(text, trees, quotations, drafts)
    drop_loose(text, quotations, joined)
    return [draft for draft in joined if draft.content and draft.cue]
