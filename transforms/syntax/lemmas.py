"""The dictionary form of a word: exceptions from a lexicon first, then the rules of English inflection.

The rules propose bases («striking» → strik, strike) and the lexicon, the verbs, nouns and adjectives that were seen
as bases, chooses.  Source of the rules: the Morphy procedure of WordNet and the Porter (1980) conditions on doubled
letters; the lexicon is made by :mod:`transforms.syntax.lexicon` from the treebanks and from raw text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_VOWELS = frozenset("aeiouy")
_CLITICS = {
    ("n't", "RB"): "not",
    ("'s", "VBZ"): "be",
    ("'re", "VBP"): "be",
    ("'m", "VBP"): "be",
    ("'ve", "VBP"): "have",
    ("'ve", "VB"): "have",
    ("'d", "VBD"): "have",
    ("'d", "MD"): "would",
    ("'ll", "MD"): "will",
    ("ca", "MD"): "can",
    ("wo", "MD"): "will",
    ("sha", "MD"): "shall",
    ("an", "DT"): "a",
}
_PRONOUNS = {
    "me": "I", "i": "I", "him": "he", "her": "she", "them": "they", "us": "we", "whom": "who",
    "these": "this", "those": "that",
}  # fmt: skip
_INFLECTED = frozenset({"VBD", "VBN", "VBG", "VBZ", "NNS", "JJR", "JJS", "RBR", "RBS"})
_CASED = frozenset({"PROPN", "X", "SYM", "NUM", "PUNCT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Bases by kind (``verb``, ``noun``, ``adjective``), exceptions by tag and form, and common words.

    ``commons`` are words that text writes in lower case more often than not; they tell a name in a headline set in
    capitals from a word that is none.
    """

    bases: Mapping[str, frozenset[str]]
    exceptions: Mapping[str, Mapping[str, str]]
    commons: frozenset[str]


def read_lexicon(path: Path) -> Lexicon:
    """Read the lexicon kept beside the weights.

    Raises:
        FileNotFoundError: There is no lexicon at ``path``.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    bases = {kind: frozenset(words.split()) for kind, words in content["bases"].items()}
    commons = frozenset(content["commons"].split()).union(*bases.values())
    return Lexicon(bases=bases, exceptions=content["exceptions"], commons=commons)


class Lemmatizer:
    """Gives lemmas by lexicon and rule; one for a process, for it remembers what it was asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.commons = lexicon.commons
        self.lemma = lru_cache(maxsize=200_000)(self._lemma)

    def _lemma(self, word: str, pos: str, tag: str) -> str:
        """Give the lemma of ``word`` under its universal part of speech and Penn tag.

        Names, figures and marks keep their look; everything else comes in lower case.
        """
        if pos in _CASED and tag not in ("NNS", "POS"):
            return word
        lower = word.lower().replace("’", "'")
        if (lower, tag) in _CLITICS:
            return _CLITICS[lower, tag]
        if pos == "PRON" or tag == "DT":
            return _PRONOUNS.get(lower, lower)
        if pos == "AUX" and lower in ("is", "are", "was", "were", "am", "been", "being", "'s", "'re", "'m"):
            return "be"
        exception = self.lexicon.exceptions.get(tag, {}).get(lower)
        if exception is not None:
            return exception
        return lemma_by_rule(lower, tag, self.lexicon.bases) if tag in _INFLECTED else lower


def lemma_by_rule(form: str, tag: str, bases: Mapping[str, frozenset[str]]) -> str:
    """Undo the regular inflection of a lower-case ``form``, preferring a base that is known.

    >>> known = {"verb": frozenset({"strike", "plan"}), "noun": frozenset({"city"}), "adjective": frozenset()}
    >>> lemma_by_rule("striking", "VBG", known), lemma_by_rule("cities", "NNS", known)
    ('strike', 'city')
    """
    kind = "verb" if tag[0] == "V" else "noun" if tag == "NNS" else "adjective"
    candidates = list(_propose(form, tag)) if form[:1].isalpha() else []
    for known in (bases.get(kind, frozenset()), *bases.values()):
        found = next((c for c in candidates if c in known), None)
        if found is not None:
            return found
    return candidates[0] if candidates else form


def _propose(form: str, tag: str) -> Iterator[str]:
    """Propose the bases of a regular form, likeliest first."""
    if tag in ("VBZ", "NNS"):
        yield from _without_s(form)
    elif tag == "VBG" and form.endswith("ing") and len(form) > 4:
        yield from _stems(form[:-3])
    elif tag in ("VBD", "VBN") and form.endswith("ed") and len(form) > 3:
        if form.endswith("ied"):
            yield form[:-3] + "y"
        yield from _stems(form[:-2])
    elif tag in ("JJR", "RBR") and form.endswith("er") and len(form) > 4:
        yield from _degree_stems(form[:-2])
    elif tag in ("JJS", "RBS") and form.endswith("est") and len(form) > 5:
        yield from _degree_stems(form[:-3])


def _without_s(form: str) -> Iterator[str]:
    if not form.endswith("s") or form.endswith("ss") or len(form) < 3:
        return
    if form.endswith("ies") and len(form) > 4:
        yield form[:-3] + "y"
    elif form.endswith(("ches", "shes", "sses", "xes", "zzes")):
        yield form[:-2]
    elif form.endswith("oes"):
        yield from (form[:-2], form[:-1])
    yield form[:-1]
    if form.endswith("ves"):
        yield form[:-3] + "f"
    if form.endswith("es"):
        yield form[:-2]


def _degree_stems(stem: str) -> Iterator[str]:
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    yield from _stems(stem)


def _stems(stem: str) -> Iterator[str]:
    """Propose what a stem before -ing or -ed was: undoubled, with its mute e, or as it is."""
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    if doubled and stem[-1] in "lsfz":
        yield from (stem, stem[:-1])
    elif doubled:
        yield from (stem[:-1], stem)
    elif _wants_e(stem):
        yield from (stem + "e", stem)
    else:
        yield from (stem, stem + "e")


def _wants_e(stem: str) -> bool:
    """Tell whether a stem looks cut off before a mute e: «strik», «advanc», «involv», «continu», «creat»."""
    if stem.endswith(
        (
            "c",
            "v",
            "u",
            "dg",
            "rg",
            "ng",
            "iz",
            "yz",
            "ns",
            "rs",
            "uls",
            "aus",
            "bl",
            "pl",
            "tl",
            "dl",
            "gl",
            "ckl",
            "ieg",
            "nag",
            "mag",
            "gag",
        )
    ):
        return not stem.endswith(("ong", "ung", "ang", "ing", "eng", "au", "eu", "ou"))
    if stem.endswith(("at", "is", "us", "ys", "ur", "uir")) and len(stem) > 3 and stem[-3] not in "ae":
        return True
    consonant_vowel_consonant = (
        len(stem) >= 3 and stem[-1] not in _VOWELS | frozenset("wx") and stem[-2] in _VOWELS and stem[-3] not in _VOWELS
    )
    return consonant_vowel_consonant and sum(c in _VOWELS for c in stem) == 1
