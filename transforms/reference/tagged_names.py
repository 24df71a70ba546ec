"""Texts whose proper names are tagged by type, in the IOB2 format of Universal NER and Wikigold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_PATTERNS = ("uner_ewt_*.iob2", "wikigold.conllu")
_TEXT = "# text ="
_WIDEST_GAP = 5
"""Characters a word may stand behind the one before it; further on, words and text no longer agree."""


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A sentence and its names, each as (start, end, type: PER, ORG, LOC or MISC)."""

    text: str
    names: tuple[tuple[int, int, str], ...]

    def type_of(self, start: int, end: int) -> tuple[str, int]:
        """Give the type of the name that covers most of a stretch and how many characters they share.

        >>> TaggedText("Mr Li of Oslo", ((3, 5, "PER"), (9, 13, "LOC"))).type_of(0, 5)
        ('PER', 2)
        """
        shared = [(min(end, stop) - max(start, first), kind) for first, stop, kind in self.names]
        best = max(shared, key=lambda s: s[0], default=(0, ""))
        return (best[1], best[0]) if best[0] > 0 else ("", 0)


def read_tagged_names(folder: Path) -> Iterator[TaggedText]:
    """Read Universal NER's English Web Treebank (``uner_ewt_*.iob2``) and ``wikigold.conllu`` where a folder has them.

    Other parts of Universal NER, such as PUD, are left alone: they are there to measure on.
    """
    for pattern in _PATTERNS:
        for path in sorted(folder.glob(pattern)):
            with path.open(encoding="utf-8") as lines:
                yield from read_iob2(lines)


def read_iob2(lines: Iterable[str]) -> Iterator[TaggedText]:
    r"""Read sentences of ``number word tag`` lines; without a ``# text`` line, words are joined by spaces.

    >>> list(read_iob2(["1\tIn\tO\n", "2\tNew\tB-LOC\n", "3\tYork\tI-LOC\n", "\n"]))
    [TaggedText(text='In New York', names=((3, 11, 'LOC'),))]
    """
    text: str | None = None
    words: list[tuple[str, str]] = []
    for line in [*lines, ""]:
        stripped = line.strip()
        if stripped.startswith(_TEXT):
            text = stripped.removeprefix(_TEXT).strip()
        elif not stripped:
            if words:
                yield _place_names(" ".join(w for w, _ in words) if text is None else text, words)
            text, words = None, []
        elif not stripped.startswith("#"):
            _, word, tag, *_ = [*stripped.split(), "O"]
            words.append((word, tag))


def _place_names(text: str, words: Iterable[tuple[str, str]]) -> TaggedText:
    names: list[tuple[int, int, str]] = []
    at = 0
    for word, tag in words:
        start = text.find(word, at)
        if start < 0 or start > at + _WIDEST_GAP:
            break
        end = start + len(word)
        if tag.startswith("B-"):
            names.append((start, end, tag[2:]))
        elif tag.startswith("I-") and names:
            names[-1] = (names[-1][0], end, names[-1][2])
        at = end
    return TaggedText(text, tuple(names))
