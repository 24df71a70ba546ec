"""Treebanks: CoNLL-U files into plain sentences.

Source: the CoNLL-U format, https://universaldependencies.org/format.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
