"""Quotations carried beyond the sentence of their cue: over sentences, over paragraphs, afloat.

Four habits of print are followed, in this order: a quotation is one whole wherever sentences end in it; a wholly
quoted sentence without a cue of its own goes on with the quotation before it in its paragraph, else with the one
after it; a wholly quoted paragraph goes on with the speaker before it; a cue that ends in a colon takes what follows.

Limits: what is not in quotation marks is joined only after a colon that ends its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.spans import Span
from transforms.statements.drafts import Draft
from transforms.statements.quotations import Quotation
from transforms.syntax.tree import Tree

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
_CLOSERS = " \t\n\r\u00a0.,;:!?…"
_LONGEST_BLOCK = 12
"""Paragraphs an unquoted block after a colon may have."""
_HEADING = re.compile(
    r"^(?:notes? to editors?|ends?|further information|media enquiries|contact|###|-30-|\* \* \*)\b", re.I
)


@dataclass(slots=True)
class _Page:
    """A document's sentences and quotations, and who owns which quotation."""

    text: str
    spans: list[Span]
    paragraphs: list[int]
    quotations: Sequence[Quotation]
    begins: list[int]
    owners: dict[int, Draft]

    def sentence_at(self, char: int) -> int:
        return max(bisect_right(self.begins, char) - 1, 0)

    def is_whole(self, quotation: Quotation) -> bool:
        """Tell whether a quotation fills its sentences: it begins where one begins and ends where one ends."""
        first, last = self.sentence_at(quotation.span.start), self.sentence_at(quotation.span.end - 1)
        opens = not self.text[self.spans[first].start : quotation.span.start].strip()
        rest = self.text[quotation.span.end : self.spans[last].end]
        return opens and not rest.strip(_CLOSERS)


def join_quotations(
    text: str, trees: Sequence[Tree], quotations: Sequence[Quotation], drafts: Sequence[Draft]
) -> list[Draft]:
    """Give the drafts with their quotations whole; ``drafts`` stand in text order and are changed in place."""
    spans = [tree.sentence.span for tree in trees]
    page = _Page(
        text=text,
        spans=spans,
        paragraphs=[tree.sentence.paragraph_no for tree in trees],
        quotations=quotations,
        begins=[s.start for s in spans],
        owners={},
    )
    speaking = [draft for draft in drafts if not _is_quoted(page, draft)]
    for draft in speaking:
        if not draft.is_block:
            _make_whole(page, draft)
    _take_after_colon(page, drafts)
    _float(page, speaking)
    for draft in drafts:
        draft.content = merge_spans(text, draft.content)
    return list(drafts)


def merge_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """Give spans in order, those joined that overlap or have nothing but space between.

    >>> merge_spans("ab cd", [Span(3, 5), Span(0, 2)])
    [Span(start=0, end=5)]
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].end : span.start].strip():
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _quotations_in(page: _Page, span: Span) -> range:
    """Give the numbers of the quotations that share a character with ``span``."""
    low = bisect_right(page.quotations, span.start, key=lambda q: q.span.end)
    high = bisect_left(page.quotations, span.end, key=lambda q: q.span.start)
    return range(low, high)


def _is_quoted(page: _Page, draft: Draft) -> bool:
    """Tell whether a cue stands in a quotation itself: whoever is quoted says it, and the quotation is not its own."""
    near = (page.quotations[number] for number in _quotations_in(page, draft.cue[0])) if draft.cue else ()
    return any(quotation.is_closed and quotation.span.covers(draft.cue[0]) for quotation in near)


def _make_whole(page: _Page, draft: Draft) -> None:
    """Stretch contents that begin or end a sentence within a quotation to the quotation's own ends."""
    sentence = page.spans[draft.sentence]
    for place, span in enumerate(draft.content):
        start, end = span
        for number in _quotations_in(page, span):
            quoted = page.quotations[number].span
            shared = min(end, quoted.end) - max(start, quoted.start)
            if shared * 2 < min(quoted.end, sentence.end) - max(quoted.start, sentence.start):
                continue
            page.owners.setdefault(number, draft)
            if page.owners[number] is not draft:
                continue
            if quoted.start < sentence.start and not page.text[sentence.start : start].strip(_CLOSERS + '"“'):
                start = quoted.start
            if quoted.end > sentence.end and not page.text[end : sentence.end].strip(_CLOSERS):
                end = quoted.end
        draft.content[place] = Span(start, end)


def _take_after_colon(page: _Page, drafts: Sequence[Draft]) -> None:
    """Give a cue whose sentence ends in a colon the quotation that follows, or the block of paragraphs."""
    for number, draft in enumerate(drafts):
        sentence = page.spans[draft.sentence]
        follows = number + 1 < len(drafts) and drafts[number + 1].sentence == draft.sentence
        if page.text[sentence.end - 1 : sentence.end] != ":" or follows or draft.sentence + 1 >= len(page.spans):
            continue
        next_sentence = page.spans[draft.sentence + 1]
        near = [
            q for q in _quotations_in(page, next_sentence) if page.quotations[q].span.start <= next_sentence.start + 1
        ]
        if near and near[0] not in page.owners:
            page.owners[near[0]] = draft
            draft.content.append(page.quotations[near[0]].span)
        elif not near and not draft.content:
            draft.content.extend(_take_block(page, draft, drafts[number + 1 :]))
            draft.is_block = bool(draft.content)


def _take_block(page: _Page, draft: Draft, later: Sequence[Draft]) -> list[Span]:
    """Give the unquoted paragraphs after a colon, up to the next speaker, heading or note."""
    limit = len(page.spans)
    for other in later:
        spoken = {page.text[s.start : s.end].lower() for s in other.source}
        if spoken and not spoken & _FIRST_PERSON:
            limit = page.sentence_at(page.spans[other.sentence].start)
            limit = next(
                (i for i in range(draft.sentence + 1, limit) if page.paragraphs[i] == page.paragraphs[limit]), limit
            )
            break
    last = draft.sentence
    for at in range(draft.sentence + 1, limit):
        sentence = page.spans[at]
        quote = sentence.quote(page.text)
        too_far = page.paragraphs[at] - page.paragraphs[draft.sentence] > _LONGEST_BLOCK
        if too_far or _HEADING.match(quote) or quote[-1:] not in '.!?…”"’;:)':
            break
        last = at
    if last == draft.sentence:
        return []
    return [Span(page.spans[draft.sentence + 1].start, page.spans[last].end)]


def _float(page: _Page, drafts: Sequence[Draft]) -> None:
    """Give whole quotations without a cue to the speaker of the quotation before them, else after them."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        for span in draft.content:
            _note(page, by_sentence, span, draft)
    for number, quotation in enumerate(page.quotations):
        if number in page.owners or not page.is_whole(quotation):
            continue
        first, last = page.sentence_at(quotation.span.start), page.sentence_at(quotation.span.end - 1)
        if any(at in by_sentence for at in range(first, last + 1)):
            continue
        owner = _speaker_before(page, by_sentence, first) or _speaker_after(page, by_sentence, last)
        if owner is not None:
            page.owners[number] = owner
            owner.content.append(quotation.span)
            _note(page, by_sentence, quotation.span, owner)


def _note(page: _Page, by_sentence: dict[int, list[Draft]], span: Span, draft: Draft) -> None:
    """Note under each sentence of ``span`` whose content it is."""
    for at in range(page.sentence_at(span.start), page.sentence_at(span.end - 1) + 1):
        by_sentence.setdefault(at, []).append(draft)


def _speaker_before(page: _Page, by_sentence: dict[int, list[Draft]], first: int) -> Draft | None:
    """Find who was quoted in the sentence before: in the same paragraph, or at the end of the one before."""
    before = by_sentence.get(first - 1)
    if not before or page.paragraphs[first] - page.paragraphs[first - 1] > 1:
        return None
    return before[-1] if _touches_quotation(page, first - 1) else None


def _speaker_after(page: _Page, by_sentence: dict[int, list[Draft]], last: int) -> Draft | None:
    """Find who is quoted in the sentence after, in the same paragraph."""
    after = by_sentence.get(last + 1)
    if not after or page.paragraphs[last + 1] != page.paragraphs[last]:
        return None
    return after[0] if _touches_quotation(page, last + 1) else None


def _touches_quotation(page: _Page, sentence: int) -> bool:
    return any(number in page.owners for number in _quotations_in(page, page.spans[sentence]))
