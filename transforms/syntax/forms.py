"""The words a model is shown: the same words, spelt the way its treebanks spell them."""

from __future__ import annotations

from collections.abc import Container, Sequence

_MARKS = str.maketrans({"’": "'", "‘": "‘", "ʼ": "'", "«": "“", "»": "”", "„": "“", "‟": "“", "＂": '"', "−": "-"})
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0f", None))
_MAX_CHARS = 40
_KEPT_CAPITALS_LISTED = """
    US UK UN EU UAE NATO USA USSR UNHCR UNICEF IAEA OSCE FBI CIA NSA IDF RSF ISIS ISIL PKK AP AFP BBC CNN LGBT
    GDP
"""
_KEPT_CAPITALS = frozenset(_KEPT_CAPITALS_LISTED.split())


def model_words(words: Sequence[str], commons: Container[str]) -> list[str]:
    """Spell a sentence's words for the model, one for one.

    Apostrophes are made straight, quotation marks plain curly ones, characters without ink dropped, endless words
    shortened.  A sentence in capitals is set in lower case, save what is no common word (``commons``): that is
    taken for a name.

    >>> model_words(["RUSSIA", "STRIKES", "ODESA", "AGAIN", "."], {"strikes", "again"})
    ['Russia', 'strikes', 'Odesa', 'again', '.']
    """
    plain = [_spell(word) for word in words]
    if _is_shouted(plain):
        plain = [_calm(word, commons) for word in plain]
        for index, word in enumerate(plain):
            if word[:1].isalpha():
                plain[index] = word[:1].upper() + word[1:]
                break
    return plain


def _spell(word: str) -> str:
    if word.isascii():
        return word if len(word) <= _MAX_CHARS else word[:_MAX_CHARS]
    # A lone surrogate has no UTF-8; it is shown as a question mark.
    spelt = word.translate(_INVISIBLE)[:_MAX_CHARS].encode("utf-8", "replace").decode()
    return (spelt if len(spelt) == 1 and spelt == "’" else spelt.translate(_MARKS)) or "_"


def _is_shouted(words: Sequence[str]) -> bool:
    """Tell whether a sentence is printed in capitals: four words or more, nine letters in ten."""
    letters = [word for word in words if word.isalpha() and len(word) > 1]
    return len(letters) >= 4 and sum(word.isupper() for word in letters) > 0.8 * len(letters)


def _calm(word: str, commons: Container[str]) -> str:
    lower = word.lower()
    if not word.isupper() or word in _KEPT_CAPITALS or "." in word:
        return word
    if lower in commons or len(word) == 1 or not word.isalpha():
        return lower
    return word[:1] + lower[1:]
