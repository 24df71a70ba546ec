"""Treebanks: CoNLL-U files into plain sentences, and the variants of them that news needs.

Source: the CoNLL-U format, https://universaldependencies.org/format.html.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from schemas.errors import MisuseError

# The subtypes a later station reads; every other one is folded into its universal relation.
KEPT_SUBTYPES = frozenset(
    {
        "acl:relcl",
        "aux:pass",
        "compound:prt",
        "csubj:pass",
        "nmod:poss",
        "nmod:unmarked",
        "nsubj:pass",
        "obl:agent",
        "obl:unmarked",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreebankSentence:
    """One annotated sentence: parallel lists over its syntactic words.

    ``heads`` are indices into the same lists, the root pointing at itself; ``surfaces`` says which words follow
    without a space, as (start, end) offsets of every word in ``text``.
    """

    text: str
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    opens_paragraph: bool = False
    document: str = ""


def fold_relation(relation: str) -> str:
    """Reduce a relation to the set the project reads.

    >>> fold_relation("nsubj:pass"), fold_relation("advcl:relcl")
    ('nsubj:pass', 'advcl')
    """
    return relation if relation in KEPT_SUBTYPES else relation.partition(":")[0]


def read_treebank(path: Path) -> Iterator[TreebankSentence]:
    """Read the sentences of a CoNLL-U file; empty nodes are left out, multiword tokens are read as their words."""
    rows: list[list[str]] = []
    comments: list[str] = []
    document = ""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                comments.append(line)
                document = line.removeprefix("# newdoc id = ") if line.startswith("# newdoc id = ") else document
            elif line:
                rows.append(line.split("\t"))
            else:
                if rows:
                    yield _make_sentence(rows, comments, document)
                rows, comments = [], []
    if rows:
        yield _make_sentence(rows, comments, document)


def read_parts(folder: Path, part: str) -> list[TreebankSentence]:
    """Read the ``part`` (train, dev, test) of both treebanks from ``folder``.

    Raises:
        MisuseError: One of them is not there.
    """
    missing = [name for name in ("ewt", "gum_free") if not (folder / f"{name}_{part}.conllu").is_file()]
    if missing:
        raise MisuseError(
            f"The folder {folder} lacks {', '.join(f'{name}_{part}.conllu' for name in missing)}.",
            "Training reads the treebanks EWT and GUM (genres free of non-commercial terms) from there.",
            "Point --data at the folder that holds them.",
        )
    return [s for name in ("ewt", "gum_free") for s in read_treebank(folder / f"{name}_{part}.conllu")]


def _make_sentence(rows: list[list[str]], comments: list[str], document: str) -> TreebankSentence:
    words = [row for row in rows if row[0].isdigit()]
    text = next((c[len("# text = ") :] for c in comments if c.startswith("# text = ")), " ".join(w[1] for w in words))
    return TreebankSentence(
        text=text,
        words=tuple(w[1].replace(" ", "_") for w in words),
        lemmas=tuple(w[2] for w in words),
        pos=tuple(w[3] for w in words),
        tags=tuple(w[4] for w in words),
        heads=tuple(int(w[6]) - 1 if w[6] not in ("0", "_") else i for i, w in enumerate(words)),
        relations=tuple(fold_relation(w[7]) for w in words),
        spans=_locate_words(text, rows),
        document=document,
        opens_paragraph=any(c.startswith(("# newpar", "# newdoc")) for c in comments),
    )


def _locate_words(text: str, rows: list[list[str]]) -> tuple[tuple[int, int], ...]:
    """Find every syntactic word in the text; the words of a fused form that does not spell them share its span."""
    spans: list[tuple[int, int]] = []
    at = 0
    fused_last, fused_span = 0, (0, 0)
    for row in rows:
        if "-" in row[0]:
            start = max(text.find(row[1], at), at)
            fused_last, fused_span = int(row[0].partition("-")[2]), (start, start + len(row[1]))
        elif row[0].isdigit():
            inside = int(row[0]) <= fused_last
            start = text.find(row[1], at, fused_span[1] if inside else len(text))
            if start < 0:
                spans.append(fused_span if inside else (at, at))
                continue
            spans.append((start, start + len(row[1])))
            at = start + len(row[1])
        if row[0].isdigit() and int(row[0]) == fused_last:
            at = fused_span[1]
    return tuple(spans)


def vary_sentences(sentences: Iterable[TreebankSentence], rng: random.Random) -> Iterator[TreebankSentence]:
    """Give every sentence once, as news might have printed it: curly quotes, headline case, no full stop.

    Treebanks of the web write straight quotation marks, news little else than curly ones; headlines come in title
    case and without a stop.  The trees stay as they are.
    """
    for sentence in sentences:
        varied = sentence
        if rng.random() < 0.6:
            varied = replace(varied, words=_curl_quotes(varied.words))
        chance = rng.random()
        if chance < 0.05:
            varied = replace(varied, words=tuple(_title(w) for w in varied.words))
        elif chance < 0.08:
            varied = replace(varied, words=tuple(w.lower() for w in varied.words))
        if rng.random() < 0.06:
            varied = _drop_stop(varied)
        yield varied


def _title(word: str) -> str:
    return word[:1].upper() + word[1:] if len(word) > 3 or word.lower() in {"say", "us", "uk", "war"} else word


def _curl_quotes(words: tuple[str, ...]) -> tuple[str, ...]:
    """Curl the straight quotation marks of a sentence, opening and closing by turns.

    >>> _curl_quotes(('"', "No", '"', ",", "he", "said"))
    ('“', 'No', '”', ',', 'he', 'said')
    """
    curled: list[str] = []
    is_open = {'"': False, "'": False}
    for word in words:
        if word in is_open:
            is_open[word] = not is_open[word]
            word = {'"': "”“", "'": "’‘"}[word][is_open[word]]
        elif word in ("``", "''"):
            word = "“" if word == "``" else "”"
        curled.append(word)
    return tuple(curled)


def _drop_stop(sentence: TreebankSentence) -> TreebankSentence:
    last = len(sentence.words) - 1
    if last < 3 or sentence.words[last] != "." or last in sentence.heads[:last]:
        return sentence
    return replace(
        sentence,
        words=sentence.words[:last],
        lemmas=sentence.lemmas[:last],
        pos=sentence.pos[:last],
        tags=sentence.tags[:last],
        heads=sentence.heads[:last],
        relations=sentence.relations[:last],
        spans=sentence.spans[:last],
    )
