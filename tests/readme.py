"""The README's console blocks: run them, compare what they print, or write it anew.

    python -m tests.readme            says which blocks no longer tell the truth
    python -m tests.readme --write    puts the real output in

A block fenced as ``console`` holds commands after ``$ `` (a command may run over lines until its quotes close) and,
below each, what it prints.  Only ``wirehouse`` commands are run, against a warehouse filled from ``seeds/news``.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WIREHOUSE = str(Path(sys.executable).parent / "wirehouse")


@dataclass(frozen=True)
class Example:
    """One command of the README and what the README says it prints."""

    command: str
    output: str

    @property
    def runs(self) -> bool:
        """Whether it is one of ours: others (make, git) are shown, not run."""
        return self.command.startswith("wirehouse ")


def read_examples(block: str) -> Iterator[Example]:
    """Split a console block into commands and their outputs."""
    lines = block.splitlines()
    position = 0
    while position < len(lines):
        command = lines[position].removeprefix("$ ")
        position += 1
        while not is_whole(command):
            command += "\n" + lines[position]
            position += 1
        output = []
        while position < len(lines) and not lines[position].startswith("$ "):
            output.append(lines[position])
            position += 1
        yield Example(command, "\n".join(output))


def is_whole(command: str) -> bool:
    """Tell whether every quote of a command is closed."""
    try:
        shlex.split(command)
    except ValueError:
        return False
    return True


def run_example(example: Example, warehouse: Path) -> str:
    """Give what the command prints, on a terminal 120 characters wide without colours."""
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb"}
    environment |= {"WIREHOUSE_WAREHOUSE": str(warehouse)}
    done = subprocess.run(
        [WIREHOUSE, *shlex.split(example.command)[1:]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    printed = done.stdout if done.returncode == 0 else done.stdout + done.stderr
    return "\n".join(line.rstrip() for line in printed.rstrip().splitlines())


def fill_warehouse(folder: Path) -> Path:
    """Run the main job into a fresh warehouse."""
    subprocess.run(
        [WIREHOUSE, "run", "seeds/news", "--direct", "--warehouse", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder


def rewrite(text: str, warehouse: Path) -> str:
    """Give the README with the real output below every command of ours."""

    def fresh(match: re.Match[str]) -> str:
        parts = []
        for example in read_examples(match.group(1)):
            output = run_example(example, warehouse) if example.runs else example.output
            parts.append(f"$ {example.command}\n{output}".rstrip() + "\n")
        return "```console\n" + "".join(parts) + "```"

    return BLOCK.sub(fresh, text)


def main() -> int:
    """Compare or write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the real output into README.md")
    options = parser.parse_args()
    before = README.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        after = rewrite(before, fill_warehouse(Path(folder)))
    if options.write:
        README.write_text(after, "utf-8")
        return 0
    return int(before != after)


if __name__ == "__main__":
    sys.exit(main())
