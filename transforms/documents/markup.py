"""Markup in text that should have none: feeds and crawlers leave HTML in bodies and headlines."""

from __future__ import annotations

import html
import re

BLOCK = "p|div|br|li|ul|ol|h[1-6]|table|tr|blockquote|section|article|header|footer|figure|figcaption|hr|pre|aside|main"
INLINE = (
    "a|abbr|b|i|em|strong|span|u|s|small|sub|sup|font|center|cite|code|q|mark|time|td|th|thead|tbody|img|picture|"
    "source|video|audio|embed|object|param|form|input|button|label|select|option|link|meta|html|head|body|title|nav"
)
HIDDEN = "script|style|noscript|template|svg|iframe"
TAG = re.compile(rf"</?(?:({BLOCK})|{INLINE}|{HIDDEN})\b[^<>]{{0,4000}}>", re.IGNORECASE)
OPENING = re.compile(rf"<({HIDDEN})\b[^<>]{{0,4000}}>|<!--", re.IGNORECASE)
BLANKS = re.compile(r"[^\S\n]+")
EDGES = re.compile(r" ?\n ?")
GAPS = re.compile(r"\n{3,}")
ROUNDS = 3
"""Escaped markup inside escaped markup is followed this deep."""


def has_markup(text: str) -> bool:
    """Tell whether a text holds HTML tags.

    >>> has_markup("<p>Six died.</p>"), has_markup("a < b and b > c")
    (True, False)
    """
    return TAG.search(text) is not None


def strip_markup(text: str) -> str:
    r"""Give the text of an HTML fragment: hidden parts gone, blocks on lines of their own, entities resolved.

    Time is linear in the text, whatever is left unclosed.

    >>> strip_markup("<p>Six died.<script>x()</script></p><p>Fire &amp; smoke.</p>")
    'Six died.\n\nFire & smoke.'
    """
    for _ in range(ROUNDS):
        text = html.unescape(TAG.sub(boundary, cut_hidden(text)))
        if not has_markup(text):
            break
    else:
        text = TAG.sub("", text)
    return GAPS.sub("\n\n", EDGES.sub("\n", BLANKS.sub(" ", text))).strip()


def boundary(match: re.Match[str]) -> str:
    """Give what stands where a tag stood."""
    return "\n" if match[1] else ""


def cut_hidden(text: str) -> str:
    """Cut scripts, styles, embedded frames and comments with all they hold; one that never closes is left."""
    lower, kept, position = text.lower(), [], 0
    last: dict[str, int] = {}
    for opening in OPENING.finditer(text):
        if opening.start() < position:
            continue
        closing = f"</{opening[1].lower()}" if opening[1] else "-->"
        if closing not in last:
            last[closing] = lower.rfind(closing)
        if last[closing] < opening.end():
            continue
        end = lower.find(closing, opening.end()) + len(closing)
        kept.append(text[position : opening.start()])
        position = max(end, text.find(">", end - 1) + 1) if opening[1] else end
    return "".join([*kept, text[position:]])
