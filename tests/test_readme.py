"""The README tells the truth: every command of ours in it prints what it says."""

from __future__ import annotations

import pytest

from tests.readme import BLOCK, README, Example, read_examples, run_example
from warehouse.paths import WarehousePaths

EXAMPLES = [
    example
    for match in BLOCK.finditer(README.read_text("utf-8"))
    for example in read_examples(match.group(1))
    if example.runs
]


def test_the_readme_asks_at_least_five_questions() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: " ".join(e.command.split())[:50])
def test_the_output_shown_is_the_output_printed(example: Example, news_warehouse: WarehousePaths) -> None:
    assert run_example(example, news_warehouse.folder) == example.output, "run: python -m tests.readme --write"
