"""Measure figures on sets that annotate by other rules than ours; prints a table in Markdown, holds no floors.

    python -m tests.quality.figures_elsewhere ../shared/gold

Figures go through the station and the adapter of ``evaluate.py``, values are matched one to one by
``figures/score.py``.  What is missed, and what is found besides, is counted by class: the first class of
:data:`MISSED`, or of :data:`BESIDES`, whose test holds.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.quality.test_figures import GOLD, extract, load_module, read_lines

Record = dict[str, Any]
SETS = ("rt_specs", "rtest_currency", "rtest_dimension", "rtest_temperature", "rtest_age", "quantulum3_tests")
KINDS = {"currency": "money", "dimension": "measure", "temperature": "measure", "age": "age", "percentage": "percent"}
"""What kind a figure has by ours where ``rt_specs`` asks for one type only."""

_MONTH = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ORDINAL = r"(?:third|fourth|[fsn]i\w*th|eighth|tenth|teenth|tieth|dredth|sandth|illionth|first|halve|half|quarter)s?\b"


def _holds(pattern: str, *, flags: int = re.IGNORECASE) -> Callable[[Record, str], bool]:
    found = re.compile(pattern, flags)
    return lambda figure, text: found.search(_surface(figure, text)) is not None


def _surface(figure: Record, text: str) -> str:
    if figure.get("surface"):
        return str(figure["surface"])
    return text[figure["start"] : figure["end"]] if figure.get("start") is not None else ""


def _around(pattern: str) -> Callable[[Record, str], bool]:
    found = re.compile(pattern, re.IGNORECASE)

    def test(figure: Record, text: str) -> bool:
        start, end = figure.get("start") or 0, figure.get("end") or 0
        return found.search(text[max(start - 12, 0) : end + 12]) is not None

    return test


def _is_open(figure: Record, text: str) -> bool:
    return figure.get("low") is None or figure.get("high") is None


MISSED: dict[str, Callable[[Record, str], bool]] = {
    "an ordinal, or a word of order: no figure by our rules": lambda f, _: str(f.get("type", "")).startswith("ordinal"),
    "a range open at one end: ours has the number and a comparator": _is_open,
    "two comparators make a range: ours are two figures": _holds(
        r"\b(?:than|above|below|least|most)\b.*\b(?:and|but)\b|or equal"
    ),
    "the article or the pronoun «one»: no figure by our rules": _holds(
        r"^(?:an?|one)\b(?!.*(?:\d|hundred|thousand|illion))"
    ),
    "cents and pence: ours are hundredths of the currency": lambda f, _: (
        "cent" in str(f.get("unit")) or "penny" in str(f.get("unit"))
    ),
    "fractions and powers spelt out as in mathematics": _holds(rf"{_ORDINAL}|\bover\b|\^|/|nought|point"),
    "vague numbers by another table": _holds(r"dozen|dzs|hundreds|thousands|millions"),
    "part of a date, a name, an address or a telephone number": _around(
        rf"\d[-/.:+]\d|[a-z]-?\d|\b(?:19|20)\d\d\b|\b(?:{_MONTH})"
    ),
    "a minus, or a sum in brackets": _holds(r"^[-−(]|minus|negative"),
    "digits and number words mixed, or parted by odd spaces": _holds(r"\d.*(?:hundred|thousand)|  | - |, \d{3}"),
    "two sums for one («15 dollars 50»), or a code in between": lambda f, _: (
        f.get("type") == "currency" or "dollar" in str(f.get("unit"))
    ),
    "years, months and days in a row: ours is one figure": lambda f, _: f.get("unit") in ("year", "month", "day"),
    "no place in the text: odd spaces («80, 000»)": lambda f, _: f.get("start") is None,
    "a letter for a unit («10G», «2.1 pm»)": _holds(r"\d\s?[a-z]{1,3}$"),
}
BESIDES: dict[str, Callable[[Record, str], bool]] = {
    "a number the set reads otherwise: counted above": lambda f, _: bool(f.get("beside")),
    "of another type than the document asks for": lambda f, _: bool(f.get("other")),
    "part of a date or a code": _around(rf"\b(?:{_MONTH})\w*\.?\s|\d[-/.:+]\d|[a-z]-?\d|\b(?:19|20)\d\d\b"),
    "the numeral «one»": _holds(r"^one\b"),
    "a part of the sum before it": lambda f, _: f.get("kind") == "money",
    "a figure by our rules that the set leaves out": lambda f, _: True,
}


def classify(figure: Record, text: str, classes: dict[str, Callable[[Record, str], bool]]) -> str:
    """Name the first class whose test holds, else say that there is none."""
    return next((name for name, test in classes.items() if test(figure, text)), "other")


def measure(evaluate: Any, folder: Path, name: str) -> tuple[tuple[int, int, int], Counter[str], Counter[str]]:
    """Give right, found and annotated values of a set, and the classes of what is missed and of what is besides."""
    scorer = evaluate.scorer("figures")
    docs = read_lines(folder / f"{name}.jsonl")
    missed: Counter[str] = Counter()
    besides: Counter[str] = Counter()
    right = found = annotated = 0
    rows = dict(extract(docs, with_context=False))
    for doc in docs:
        golds, kinds = doc["figures"], [f["kind"] for f in rows[doc["doc_id"]]["figures"]]
        ours = [f | {"kind": k} for f, k in zip(evaluate.as_figures(rows[doc["doc_id"]]), kinds, strict=True)]
        _, pairs = scorer.match(golds, ours, scorer.veq)
        right, found, annotated = right + len(pairs), found + len(ours), annotated + len(golds)
        lost = [gold for i, gold in enumerate(golds) if i not in pairs.values()]
        missed.update(classify(gold, doc["text"], MISSED) for gold in lost)
        wanted = {KINDS.get(gold.get("type", ""), "") for gold in golds} - {""}
        for i, figure in enumerate(ours):
            if i not in pairs:
                told = {
                    "beside": any(scorer.ov(g, figure) for g in golds),
                    "other": wanted and figure["kind"] not in wanted,
                }
                besides[classify(figure | told, doc["text"], BESIDES)] += 1
    return (right, found, annotated), missed, besides


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure figures on sets with other rules.")
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD)
    folder = parser.parse_args(arguments).gold
    evaluate = load_module(folder / "evaluate.py", "gold_evaluate")
    lines = ["| set | values | right, F1 | missed | found besides |", "| --- | --- | --- | --- | --- |"]
    for name in SETS:
        counts, *classes = measure(evaluate, folder / "figures", name)
        cells = ["<br>".join(f"{count} {label}" for label, count in c.most_common()) or "none" for c in classes]
        share = evaluate.scorer("figures").prf(counts)[2]
        lines.append(f"| {name} | {counts[2]} | {share} | {cells[0]} | {cells[1]} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
