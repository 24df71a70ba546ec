"""Proposals of proper names: stretches of proper nouns, with their small words, without titles.

The actors and places stations type and resolve them by their tables; nothing is typed here.  A stretch is held
together by «of» between two names («Ministry of Defence»), by hyphens and by initials; months, weekdays and titles
are no names.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.sentences import Token
from schemas.spans import Span

_TITLES_LISTED = """
    mr mrs ms dr prof professor sir dame lord lady gov governor sen senator senators rep representative reps
    congressman congresswoman gen lt lieutenant col colonel maj capt captain cpl corporal sgt sergeant cmdr commander
    adm admiral brig brigadier pvt president vice prime premier chancellor minister ministers secretary king queen
    prince princess emperor sheikh sultan emir pope archbishop bishop cardinal rev reverend fr father imam ayatollah
    rabbi saint judge mayor ambassador spokesman spokeswoman spokesperson chairman chairwoman coach detective sheriff
"""
_TITLES = frozenset(_TITLES_LISTED.split())
_CALENDAR_LISTED = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs
    fri sat sun gmt est utc et edt pst am pm a.m p.m bc ad
"""
_CALENDAR = frozenset(_CALENDAR_LISTED.split())
_LINKS = frozenset({"of", "de", "al", "bin", "ibn", "von", "van", "el", "del", "da", "du", "la", "&"})
_TAGS = frozenset({"NNP", "NNPS"})


def find_names(tokens: Sequence[Token]) -> tuple[tuple[Span, str], ...]:
    """Propose the proper names of a sentence as (span, kind); the kind is always ``""``.

    Limits: two names side by side without a mark between them are one proposal.

    >>> from transforms.syntax.notation import read_notation
    >>> s = read_notation("Mr.|Mr.|PROPN|NNP|compound|2 Lee|Lee|PROPN|NNP|nsubj|3 left|leave|VERB|VBD|root|0")
    >>> find_names(s.tokens)
    ((Span(start=4, end=7), ''),)
    """
    found: list[tuple[Span, str]] = []
    at = 0
    while at < len(tokens):
        if not _is_name(tokens[at]):
            at += 1
            continue
        last = _extend(tokens, at)
        first = at
        while first < last and _plain(tokens[first]) in _TITLES:
            first += 1
        if first < last or _plain(tokens[first]) not in _TITLES:
            found.append((Span(tokens[first].char_start, tokens[last].char_end), ""))
        at = last + 1
    return tuple(found)


def _extend(tokens: Sequence[Token], last: int) -> int:
    """Give the last token of the name that begins at ``last``."""
    while last + 1 < len(tokens):
        if _is_name(tokens[last + 1]):
            last += 1
        elif last + 2 < len(tokens) and _is_name(tokens[last + 2]) and _links(tokens[last], tokens[last + 1]):
            last += 2
        else:
            break
    return last


def _links(before: Token, token: Token) -> bool:
    """Tell whether ``token`` holds two names together: a small word, a hyphen without spaces."""
    if token.text in ("-", "–", "‑"):
        return before.char_end == token.char_start
    return token.text.lower() in _LINKS


def _is_name(token: Token) -> bool:
    return token.tag in _TAGS and token.text[:1].isupper() and _plain(token) not in _CALENDAR


def _plain(token: Token) -> str:
    return token.text.lower().rstrip(".")
