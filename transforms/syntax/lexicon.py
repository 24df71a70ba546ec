"""The lexicon behind the lemmas, counted from treebanks and raw text.

A word after «to», «will», «could» is the base of a verb, one after «a» or «every» a noun in the singular: so raw
text tells bases apart by the million words, and the treebanks say where the rules go wrong.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from transforms.syntax.lemmas import lemma_by_rule
from transforms.syntax.treebank import TreebankSentence

_AFTER_MODAL = re.compile(r"\b(?:to|will|would|can|could|must|should|may|might|not|cannot|n[’']t)\s+([a-z]{2,20})\b")
_AFTER_ARTICLE = re.compile(r"\b(?:a|an|every|another|each|this)\s+(?:[a-z]+\s)?([a-z]{2,20})\b")
_WORD = re.compile(r"[A-Za-z]{2,20}")
_MIN_COUNT = 3
_KINDS = {"V": "verb", "N": "noun", "J": "adjective", "R": "adjective"}
_INFLECTED = ("VBD", "VBN", "VBG", "VBZ", "NNS", "JJR", "JJS", "RBR", "RBS")


def build_lexicon(
    sentences: Iterable[TreebankSentence], raw_texts: Iterable[str], irregular: Path
) -> dict[str, object]:
    """Count the lexicon; the value is what :func:`transforms.syntax.lemmas.read_lexicon` reads, as JSON.

    Args:
        sentences: Treebank sentences with lemmas, training parts only.
        raw_texts: Any English text; may be empty, then rare words fall back on the rules alone.
        irregular: The table of irregular forms, ``form,tag,lemma``; it overrules the treebanks.
    """
    seen: dict[str, Counter[str]] = {"verb": Counter(), "noun": Counter(), "adjective": Counter()}
    cases: Counter[str] = Counter()
    forms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        _count_sentence(sentence, seen, forms, cases)
    for text in raw_texts:
        seen["verb"].update(_AFTER_MODAL.findall(text))
        seen["noun"].update(_AFTER_ARTICLE.findall(text))
        cases.update(_WORD.findall(text))
    lower = {w for w, n in cases.items() if w.islower() and n >= _MIN_COUNT and n > cases[w.capitalize()]}
    bases = {
        kind: frozenset(w for w, n in counts.items() if n >= _MIN_COUNT and w in lower) for kind, counts in seen.items()
    }
    exceptions = _find_exceptions(forms, bases)
    with irregular.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            exceptions.setdefault(row["tag"], {})[row["form"]] = row["lemma"]
    known = frozenset().union(*bases.values())
    return {
        "bases": {kind: " ".join(sorted(words)) for kind, words in bases.items()},
        "commons": " ".join(sorted(lower - known)),
        "exceptions": {tag: dict(sorted(table.items())) for tag, table in sorted(exceptions.items())},
    }


def _count_sentence(
    sentence: TreebankSentence,
    seen: Mapping[str, Counter[str]],
    forms: dict[tuple[str, str], Counter[str]],
    cases: Counter[str],
) -> None:
    for word, lemma, pos, tag in zip(sentence.words, sentence.lemmas, sentence.pos, sentence.tags, strict=True):
        kind = _KINDS.get(tag[:1])
        if kind and pos != "PROPN" and lemma.isalpha() and lemma.islower():
            seen[kind][lemma] += _MIN_COUNT if tag in ("VB", "NN", "JJ", "RB") else 1
            if tag in _INFLECTED and word.isalpha():
                forms[word.lower(), tag][lemma] += 1
        cases[word] += 1


def _find_exceptions(
    forms: Mapping[tuple[str, str], Counter[str]], bases: Mapping[str, frozenset[str]]
) -> dict[str, dict[str, str]]:
    """Keep the forms the rules get wrong, with the lemma the treebanks mostly give them; typing errors are left out."""
    exceptions: dict[str, dict[str, str]] = {}
    for (form, tag), lemmas in forms.items():
        lemma, count = lemmas.most_common(1)[0]
        if lemma_by_rule(form, tag, bases) != lemma and count >= 2 and lemma[:1] == form[:1]:
            exceptions.setdefault(tag, {})[form] = lemma
    return exceptions


def write_lexicon(content: Mapping[str, object], path: Path) -> None:
    """Write a counted lexicon where the lemmatizer reads it; the same counts give the same bytes."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
