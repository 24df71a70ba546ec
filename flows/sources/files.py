"""Files on disk: what a source names, in sorted order, without following anything out of its folder."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.sources.refusing import RefusedError, printable, whole_file
from schemas.articles import Refusal
from schemas.errors import MisuseError
from schemas.vocabulary import RefusalCode

STDIN = "-"
WILD = frozenset("*?[")


def check_sources(sources: Sequence[str | Path]) -> None:
    """Make sure that every source names something.

    Raises:
        MisuseError: For a path that is not there and a pattern that matches nothing.
    """
    for source in sources:
        name = str(source)
        if name == STDIN or os.path.lexists(name) or (WILD & set(name) and matches(name)):
            continue
        raise MisuseError(
            f"The source {printable(name)} is not there.",
            "Expected a file, a folder, a pattern such as 'news/*.jsonl' in quotes, or - for standard input.",
            "Check the spelling; paths are taken from the current folder.",
        )


def find_files(source: str | Path) -> Iterator[Path | Refusal]:
    """Give the files a source names, folders in depth and sorted; what is no file is refused with the reason.

    Hidden files are left out, and so are links to files of the same folder, which are met under their own name.
    """
    path = Path(source)
    if not os.path.lexists(path):
        root = fixed_part(str(source)).resolve()
        for match in map(Path, matches(str(source))):
            if match.resolve().is_relative_to(root):
                yield from find_files(match)
            else:
                yield linked_outside(match)
    elif path.is_dir():
        yield from walk(path, path.resolve())
    else:
        yield path


def matches(pattern: str) -> list[str]:
    """Give what matches a pattern, sorted; ``**`` stands for any folders.  Links lead to nothing twice."""
    found = glob.glob(pattern, recursive=True)  # noqa: PTH207  (patterns may be absolute)
    nearest = sorted(found, key=lambda name: (name.count(os.sep), name))
    return sorted({os.path.realpath(name): name for name in reversed(nearest)}.values())


def fixed_part(pattern: str) -> Path:
    """Give the folder a pattern starts from.

    >>> fixed_part("news/2024/*/a.txt").as_posix()
    'news/2024'
    """
    parts = Path(pattern).parts
    fixed = next((n for n, part in enumerate(parts) if WILD & set(part)), len(parts) - 1)
    return Path(*parts[:fixed])


def walk(folder: Path, root: Path) -> Iterator[Path | Refusal]:
    """Give the files of a folder and of those in it."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield unreadable(folder, error)
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from visit(Path(entry.path), entry, root)


def visit(path: Path, entry: os.DirEntry[str], root: Path) -> Iterator[Path | Refusal]:
    """Give what one entry of a folder stands for."""
    if entry.is_symlink():
        target = path.resolve()
        if not target.is_relative_to(root):
            yield linked_outside(path)
    elif entry.is_dir():
        if path.suffix.lower() in (".txt", ".md", ".jsonl", ".json", ".csv", ".html"):
            yield refuse(path, RefusalCode.NOT_A_FILE, "it is a folder named like a file", "a file", "rename it")
        else:
            yield from walk(path, root)
    else:
        yield path


def open_regular(path: Path) -> tuple[int, int]:
    """Open a regular file without ever waiting for one; give its descriptor and size.

    Raises:
        RefusedError: When it cannot be opened, or is a pipe, a socket or a device.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise cannot_open(error) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise RefusedError(
            RefusalCode.NOT_A_FILE,
            "it is a pipe, a socket or a device",
            "a file",
            "give its content to `wirehouse run -`",
        )
    return descriptor, status.st_size


def cannot_open(error: OSError) -> RefusedError:
    """Refuse what the system does not let us read."""
    if getattr(error, "errno", None) in (6,):  # ENXIO: a socket
        return RefusedError(RefusalCode.NOT_A_FILE, "it is a socket", "a file", "remove it")
    return RefusedError(
        RefusalCode.UNREADABLE, f"it cannot be read ({error.strerror or error})", "a readable file", "check its rights"
    )


def unreadable(path: Path, error: OSError) -> Refusal:
    """Refuse a folder the system does not let us list."""
    return cannot_open(error).refusal(whole_file(printable(path)))


def linked_outside(path: Path) -> Refusal:
    """Refuse a link that leads out of what was named."""
    return refuse(path, RefusalCode.SYMLINK_OUTSIDE, "it is a link out of its folder", "a file", "copy it there")


def refuse(path: Path, code: RefusalCode, given: str, expected: str, remedy: str) -> Refusal:
    """Refuse an entry of a folder."""
    return RefusedError(code, given, expected, remedy).refusal(whole_file(printable(path)))
