"""The parser as a spaCy pipeline: its English, its loading, its answers.  Nothing else of ours knows spaCy.

One shared layer of word vectors (hash embeddings and a convolution) feeds a tagger, whose labels join the Penn tag
and the universal part of speech, and a transition-based dependency parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import spacy
from spacy.attrs import DEP, HEAD, NORM, PREFIX, SHAPE, SUFFIX, TAG
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vectors import Vectors
from thinc.api import NumpyOps, set_current_ops

from schemas.errors import WirehouseError
from transforms.syntax.parse import Parse

UNSAVED = ("tokenizer", "strings", "lookups")
"""Parts of a pipeline that are not kept with the weights: words are ours to cut, and labels name themselves."""

BATCH = 64
"""Sentences parsed together: more gain no speed and cost memory."""

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


def normalise_word(word: str) -> str:
    """Give the form under which the model knows a word: lower case, figures masked.

    A model trained on some hundred thousand words has seen few numbers twice; a year keeps its look, for it hangs
    elsewhere in a sentence than a count.

    >>> normalise_word("2,300"), normalise_word("2022"), normalise_word("Kyiv")
    ('0,000', '2000', 'kyiv')
    """
    if _YEAR.fullmatch(word):
        return "2000"
    return _DIGIT.sub("0", word.lower().replace("’", "'"))


class NewsDefaults(BaseDefaults):
    """English without spaCy's tables: forms are normalised by rule, words are cut by our own tokenizer."""

    lex_attr_getters: ClassVar[dict[int, Callable[[str], Any]]] = {NORM: normalise_word}  # type: ignore[misc]


@registry.languages("wirenews")
class NewsEnglish(Language):  # type: ignore[no-untyped-call]
    """The language the weights are trained for."""

    lang = "wirenews"
    Defaults = NewsDefaults


def use_fast_arithmetic() -> None:
    """Multiply matrices with numpy's BLAS: two to three times as fast as spaCy's own on layers of this size."""
    set_current_ops(NumpyOps(use_blis=False))


class SpacyParser:
    """A loaded pipeline that parses lists of words."""

    def __init__(self, source: Path | Language) -> None:
        use_fast_arithmetic()
        self.pipeline = source if isinstance(source, Language) else _load(source)
        # Only what the model looks at is computed of a new word; spaCy's other attributes cost a fifth of the time.
        vocabulary: Any = self.pipeline.vocab
        getters = vocabulary.lex_attr_getters
        vocabulary.lex_attr_getters = {a: getters[a] for a in (NORM, PREFIX, SUFFIX, SHAPE)}

    def parse(self, sentences: Sequence[list[str]]) -> list[Parse]:
        """Parse each list of words as one sentence; what spaCy stores for them is freed at the end."""
        parses: list[Parse] = []
        with self.pipeline.memory_zone():
            for at in range(0, len(sentences), BATCH):
                docs = [Doc(self.pipeline.vocab, words=words) for words in sentences[at : at + BATCH]]
                for _, component in self.pipeline.pipeline:
                    docs = list(component.pipe(docs, batch_size=BATCH))  # type: ignore[attr-defined]
                parses += [_read_doc(doc) for doc in docs]
        return parses


def _load(folder: Path) -> Language:
    if not (folder / "config.cfg").is_file():
        raise WirehouseError(
            f"The folder {folder} holds no trained parser.",
            "The weights and their config.cfg were expected there.",
            "Install the project whole, or make them with `wirehouse train syntax --data DIR`.",
        )
    pipeline = spacy.load(folder, exclude=UNSAVED)
    _key_vectors_by_norm(pipeline)
    for name in ("tagger", "parser"):
        for label in pipeline.get_pipe(name).labels:  # type: ignore[attr-defined]
            pipeline.vocab.strings.add(label)
    return pipeline


def _key_vectors_by_norm(pipeline: Language) -> None:
    """Look word vectors up by the normalised word, as in training; spaCy forgets that when it saves them."""
    stored = pipeline.vocab.vectors
    if stored.shape[0]:
        keys = sorted(stored.key2row, key=stored.key2row.__getitem__)
        pipeline.vocab.vectors = Vectors(
            strings=pipeline.vocab.strings, data=stored.data, keys=keys, name=stored.name, attr="NORM"
        )


def _read_doc(doc: Doc) -> Parse:
    columns = doc.to_array([TAG, DEP, HEAD])
    strings = doc.vocab.strings
    labels = [split_label(strings[key]) for key in columns[:, 0].tolist()]
    offsets = columns[:, 2].astype("int64").tolist()
    return Parse(
        pos=[pos for _, pos in labels],
        tags=[tag for tag, _ in labels],
        relations=[_name_relation(strings[key]) for key in columns[:, 1].tolist()],
        heads=[index + offset for index, offset in enumerate(offsets)],
    )


@cache
def split_label(label: str) -> tuple[str, str]:
    """Part a tagger label, Penn tag and UPOS joined by the last slash.

    >>> split_label("NNP/PROPN"), split_label("//PUNCT")
    (('NNP', 'PROPN'), ('/', 'PUNCT'))
    """
    tag, _, pos = label.rpartition("/")
    return (tag, pos) if pos else ("", "X")


@cache
def _name_relation(label: str) -> str:
    return "root" if label in ("ROOT", "") else label
