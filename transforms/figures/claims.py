"""Who gives a figure: the statement whose content it stands in, or whoever a press release hands the word to."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.spans import Span, hull
from schemas.statements import Statement
from schemas.vocabulary import Act
from transforms.syntax.tree import Tree

_SAYING = frozenset({"say", "state", "add", "declare", "comment"})
_SHORTEST = 5  # words of a paragraph that is speech, not a heading
_GIVING_NONE = frozenset({Act.ASK, Act.DENY})
"""Who asks or denies gives no figure: annotated reports name no claimant there."""


def find_statement(span: Span, statements: Sequence[Statement]) -> Statement | None:
    """Give the outermost statement whose content holds the figure and whose source the text names."""
    best: tuple[int, Statement] | None = None
    for statement in statements:
        for content in statement.content_spans:
            if content.start <= span.start and span.end <= content.end:
                around = hull(statement.content_spans) or content
                size = around.end - around.start
                if statement.source_spans and statement.act not in _GIVING_NONE and (best is None or size > best[0]):
                    best = (size, statement)
    return best[1] if best else None


def find_announcers(text: str, trees: Sequence[Tree], statements: Sequence[Statement]) -> dict[int, str]:
    """Give for each paragraph that is somebody's words without quotation marks whose they are.

    Press releases write «The minister said:» and let paragraphs of speech follow.  They end at a heading, at another
    such line and where somebody else is quoted.
    """
    others = {s.sentence_no for s in statements if s.source_quote and s.source_quote.lower() not in _FIRST_PERSONS}
    found: dict[int, str] = {}
    name: str | None = None
    since = -1
    for tree in trees:
        sentence = tree.sentence
        quote = sentence.span.quote(text)
        if quote.endswith(":"):
            name, since = _announcer(text, tree), sentence.paragraph_no
        elif name is not None and sentence.paragraph_no > since:
            if len(tree) < _SHORTEST or quote[0] in '“"‘•-*' or sentence.sentence_no in others:
                name = None
            else:
                found[sentence.paragraph_no] = name
    return found


_FIRST_PERSONS = frozenset({"we", "i", "they", "he", "she", "it"})


def _announcer(text: str, tree: Tree) -> str | None:
    for index, token in enumerate(tree.tokens):
        subject = tree.child(index, "nsubj") if token.lemma in _SAYING else None
        if subject is not None and tree.tokens[subject].pos != "PRON":
            return tree.noun_phrase_span(subject, modifiers=False).quote(text)
    return None
