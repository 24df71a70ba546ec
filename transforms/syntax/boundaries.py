"""Where sentences begin and end in a document: by rule, paragraph by paragraph.

A stop ends a sentence unless it belongs to an abbreviation, an initial, a figure or an address, or unless what
follows goes on in lower case or attributes the quotation just closed.  Rules reach 96 F on news, a parser of this
size 86, so the rules decide and the parser obeys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.syntax.tokens import ABBREVIATIONS

MAX_CHARS = 2_400
"""A sentence longer than this is no sentence; it is cut at the last safe place before the limit."""

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_LIST_MARK = re.compile(r"\s*(?:[-–—*•·▪◦●■►‣]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s")
# A stop with what closes after it, or a mark of a list inside a line.
_STOP = re.compile(r"(?:[.!?…]+|[。！？؟।])[\"'”’»)\]]{0,3}|\s[•▪●■►‣](?=\s)")
_LAST_WORD = re.compile(r"[^\s\"'“”‘’«»()\[\]]+$")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[\-–—\s]*([^\s\"'”’»)\]]*)")
_WORD_END = re.compile(r"[\W_]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?$")
_INITIAL = re.compile(r"(?:[A-ZÀ-ÞА-Я]|[A-Z]h|Yu|Ya)$")
_SPEECH_VERB = (
    r"(?:said|says|asked|asks|added|told|wrote|writes|tweeted|replied|declared|warned|exclaimed|shouted|yelled|"
    r"cried|chanted|insisted|argued|claimed|stated|continued|concluded|wondered|quipped|joked|recalled|explained)"
)
# After “…!” or “…?”: Smith asked / President Biden told reporters / the BBC's John Doe wrote.
_ATTRIBUTION = re.compile(rf"(?:(?:[A-Z][\w.'’-]*|of|the|for|de|al)\s+){{1,5}}{_SPEECH_VERB}\b")
# Words that open sentences and never follow an abbreviation within one.
_STARTERS_LISTED = """
    a an the this that these those he she it they we i you his her its their our my there here in on at by for
    from with to of as after before since while when where why how who what which if although though because
    despite during but and or so yet nor however meanwhile moreover furthermore additionally instead still also
    then thus therefore according both each every some many most several all no not one two three another other
    under over about between among until unless once only even just now today yesterday earlier later last next
    such yes please did do does is are was were has have had will would can could should may might must let
"""
_STARTERS = frozenset(_STARTERS_LISTED.split())
_NEVER_LAST_LISTED = """
    mr mrs ms dr prof gov sen rep reps sens gen lt col maj capt cpl sgt cmdr adm brig pvt pres rev fr hon st
    supt insp det messrs mme mlle vs no nos vol approx fig ft mt al ca pp eds
"""
_NEVER_LAST = frozenset(_NEVER_LAST_LISTED.split())


def find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""Give the paragraphs of ``text``: its lines that hold anything, hard-wrapped ones joined.

    >>> list(find_paragraphs("One line.\n\nTwo\nlines."))
    [(0, 9), (11, 14), (15, 21)]
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    is_wrapped = _is_wrapped(text, lines)
    start: int | None = None
    for number, (first, last) in enumerate(lines):
        start = first if start is None else start
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following and _goes_on(text, (first, last), following, is_wrapped=is_wrapped):
            continue
        yield _strip(text, start, last)
        start = None


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether lines were broken at a column: several, few of them long, most of them near the longest."""
    if len(lines) < 4:
        return False
    lengths = [last - first for first, last in lines]
    longest = max(lengths)
    inner = sum(text[last - 1] not in '.!?:”"' for _, last in lines)
    return 40 <= longest <= 100 and sum(n > 0.75 * longest for n in lengths) > 0.5 * len(lines) < inner


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int], *, is_wrapped: bool) -> bool:
    """Tell whether a line break falls inside a paragraph: nothing but the break between, and a sentence runs over."""
    gap = text[line[1] : following[0]]
    if gap not in ("\n", "\r\n", "\r") or _LIST_MARK.match(text, *following):
        return False
    first = text[following[0] : following[0] + 4].strip()[:1]
    ends_open = text[line[0] : line[1]].rstrip()[-1:] not in '.!?:;”"…)'
    long_enough = line[1] - line[0] > 40
    return long_enough and ((ends_open and first.islower()) or is_wrapped)


def find_boundaries(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the sentences of the paragraph ``text[start:end]`` as trimmed offsets, in order, without gaps in words.

    >>> text = "Gen. V. Petrov met the U.S. envoy. “Why now?” Mr. Lee asked."
    >>> [text[a:b] for a, b in find_boundaries(text, 0, len(text))]
    ['Gen. V. Petrov met the U.S. envoy.', '“Why now?” Mr. Lee asked.']
    """
    at = start
    opening = _LIST_MARK.match(text, start, end)
    for stop in _STOP.finditer(text, opening.end() if opening else start, end):
        edge = stop.start() if stop.group()[0].isspace() else _edge(text, stop, end)
        if edge is not None and edge > at:
            yield from _cut_long(text, at, edge)
            at = edge
    yield from _cut_long(text, at, end)


def _edge(text: str, stop: re.Match[str], end: int) -> int | None:
    """Give the offset at which a sentence ends at ``stop``, or nothing if it goes on."""
    mark, edge = stop.group(), stop.end()
    if edge >= end:
        return None
    word = _word_before(text, stop.start())
    if not text[edge].isspace():
        return _glued_edge(text, stop, word, end)
    following = _NEXT_WORD.match(text, edge, min(end, edge + 80))
    next_word = following.group(1) if following else ""
    if not next_word or next_word[0].islower() or next_word[0] in ",;:)":
        return None
    if mark[0] in "!?" and len(mark) > 1 and mark[-1] in "\"'”’»":
        return None if _ATTRIBUTION.match(text, following.start(1) if following else edge, end) else edge
    if mark == "." and _is_abbreviated(word, next_word, text, edge):
        return None
    return edge


def _glued_edge(text: str, stop: re.Match[str], word: str, end: int) -> int | None:
    """Find a sentence end with the space lost: «colleagues.The Regional», «war.”The»."""
    edge = stop.end()
    rest = text[edge : min(edge + 3, end)]
    after_word = len(word) > 2 and word[-1].islower() and "." not in word and "/" not in word and "@" not in word
    begins = len(rest) > 2 and rest[0].isupper() and (rest[1].islower() or rest[1] == " ")
    if rest[:1] in ("“", "‘"):
        begins = after_word = True
    return edge if after_word and begins and word.lower() not in ABBREVIATIONS else None


def _word_before(text: str, stop: int) -> str:
    found = _LAST_WORD.search(text[max(0, stop - 40) : stop])
    return found.group() if found else ""


def _is_abbreviated(word: str, next_word: str, text: str, edge: int) -> bool:
    """Tell whether the stop after ``word`` only shortens it, going by what follows."""
    lower = word.lower()
    opens = next_word.strip(".,").lower() in _STARTERS or text[edge:].lstrip()[:1] in ("“", '"')
    if lower in _NEVER_LAST and (word[:1].isupper() or lower in ("vs", "approx", "ca", "al")):
        return not (lower in ("no", "al", "st") and opens) and (lower != "no" or next_word[0].isdigit())
    if _INITIAL.fullmatch(word):
        return word != "I" and next_word.lower() not in _STARTERS - {"a", "an", "i", "so", "do", "may"}
    if _DOTTED.fullmatch(word) and "." in word:
        if lower in ("a.m", "p.m"):
            return next_word.isupper() and len(next_word) > 1
        return not opens
    if lower in ABBREVIATIONS:
        return not opens and word[:1].isupper()
    return False


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the stretch trimmed; cut it at safe places while it is too long to be a sentence."""
    while end - start > MAX_CHARS:
        cut = _safe_cut(text, start, start + MAX_CHARS)
        if cut is None:
            break
        first, last = _strip(text, start, cut)
        if first < last:
            yield first, last
        start = cut
    start, end = _strip(text, start, end)
    if start < end:
        yield start, end


def _safe_cut(text: str, start: int, end: int) -> int | None:
    """Find the last place before ``end`` to cut at: after a semicolon, a comma, at a space, between two marks."""
    low = start + (end - start) // 2
    for mark in ("; ", ": ", ", ", " "):
        at = text.rfind(mark, low, end)
        if at >= 0:
            return at + len(mark)
    for at in range(end, low, -1):
        if text[at].isspace() or not (text[at - 1].isalnum() or text[at].isalnum()):
            return at
    # One endless word fills the window: it is cut where it ends.
    beyond = _WORD_END.search(text, end)
    return beyond.start() + 1 if beyond else None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
