"""From drafts to records: nesting settled, speakers resolved, acts and forms named."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.actors import Actor
from schemas.documents import Document
from schemas.spans import Span, make_id
from schemas.statements import Statement
from schemas.vocabulary import Act, Form, Sector, SpeakerType
from transforms.statements.acts import choose_act, choose_form, name_cue, refine_act
from transforms.statements.contents import Talk
from transforms.statements.drafts import Draft
from transforms.statements.quotations import Quotation
from transforms.statements.speakers import Speaker, Speakers
from transforms.syntax.tree import Tree


def make_statements(
    document: Document,
    trees: Sequence[Tree],
    actors: Sequence[Actor],
    quotations: Sequence[Quotation],
    drafts: Sequence[Draft],
) -> tuple[Statement, ...]:
    """Give the records of ``drafts``, which stand in text order and count ``trees`` from 0."""
    speakers = Speakers(document.text, trees, actors)
    outer = find_outer(drafts)
    ids = [_make_id(document, draft) for draft in drafts]
    resolved: dict[int, Speaker] = {}
    offsets = _offsets(trees)
    records: dict[int, Statement] = {}
    # The outer statement first: «I» inside it is whoever speaks it.
    for number in sorted(range(len(drafts)), key=lambda n: (_depth(outer, n), n)):
        draft, holder = drafts[number], outer[number]
        tree = trees[draft.sentence]
        head = draft.head - offsets[draft.sentence]
        speaker = speakers.resolve(tree, draft.source, head, resolved[holder] if holder is not None else None)
        resolved[number] = speaker
        form = Form.DIRECT if draft.is_block else choose_form(document.text, draft.content, quotations)
        records[number] = Statement(
            statement_id=ids[number],
            document_id=document.document_id,
            sentence_no=tree.sentence.sentence_no,
            source_spans=tuple(draft.source),
            cue_spans=tuple(draft.cue),
            content_spans=tuple(draft.content),
            source_quote=_quote(document.text, draft.source) or None,
            cue_quote=_quote(document.text, draft.cue),
            cue_lemma=name_cue(tree, head),
            content_quote=_quote(document.text, draft.content),
            form=form,
            act=_act(trees, draft, head, speaker, form),
            speaker_name=speaker.name,
            speaker_type=speaker.speaker_type,
            speaker_country=speaker.country,
            speaker_sector=speaker.sector,
            inside_statement_id=ids[holder] if holder is not None else None,
        )
    return tuple(records[number] for number in range(len(drafts)))


def _act(trees: Sequence[Tree], draft: Draft, head: int, speaker: Speaker, form: Form) -> Act:
    act = choose_act(trees[draft.sentence], head, draft.cue[0])
    talk = Talk(
        by_person=speaker.speaker_type is SpeakerType.PERSON,
        by_party=speaker.speaker_type is SpeakerType.COUNTRY or speaker.sector in _ARMED,
        is_direct=form is Form.DIRECT,
    )
    lemma = trees[draft.sentence].tokens[head].lemma.lower()
    return refine_act(act, lemma, _where_it_begins(trees, draft), draft.content, talk)


def _where_it_begins(trees: Sequence[Tree], draft: Draft) -> Tree:
    """Give the sentence the content begins in: that of the cue, or one before or after it."""
    at, start = draft.sentence, draft.content[0].start
    while at > 0 and trees[at].sentence.char_start > start:
        at -= 1
    while at + 1 < len(trees) and trees[at].sentence.char_end <= start:
        at += 1
    return trees[at]


_ARMED = (Sector.REB, Sector.UAF, Sector.PRM)


def find_outer(drafts: Sequence[Draft]) -> list[int | None]:
    """Give for each draft the one in whose content its cue stands, the narrowest of several; nothing at the top.

    Two that claim to stand in each other are both told at the top.
    """
    spans = sorted((span, number) for number, draft in enumerate(drafts) for span in draft.content)
    holders: list[int | None] = [None] * len(drafts)
    open_spans: list[tuple[Span, int]] = []
    at = 0
    for number in sorted(range(len(drafts)), key=lambda n: drafts[n].cue[0]):
        cue = drafts[number].cue[0]
        while at < len(spans) and spans[at][0].start <= cue.start:
            open_spans.append(spans[at])
            at += 1
        open_spans = [(span, other) for span, other in open_spans if span.end > cue.start]
        around = [(span.end - span.start, n) for span, n in open_spans if n != number and span.covers(cue)]
        holders[number] = min(around)[1] if around else None
    return [_settle(holders, number) for number in range(len(drafts))]


def _settle(holders: list[int | None], number: int) -> int | None:
    """Follow the holders up; one that leads back to ``number`` holds nothing."""
    at, steps = holders[number], 0
    while at is not None and steps <= len(holders):
        if at == number:
            return None
        at, steps = holders[at], steps + 1
    return holders[number] if steps <= len(holders) else None


def _depth(outer: Sequence[int | None], number: int) -> int:
    depth, at = 0, outer[number]
    while at is not None and depth < len(outer):
        depth, at = depth + 1, outer[at]
    return depth


def _offsets(trees: Sequence[Tree]) -> list[int]:
    offsets, at = [], 0
    for tree in trees:
        offsets.append(at)
        at += len(tree.tokens)
    return offsets


def _make_id(document: Document, draft: Draft) -> str:
    return make_id("statement", document.document_id, draft.cue[0].start, draft.cue[0].end, draft.head)


def _quote(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.quote(text) for span in spans)
