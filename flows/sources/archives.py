"""Archives: .gz, .zip, .tar and .tar.gz, read as streams; nothing is ever written where an archive says.

Members are read as if they were files.  What unfolds to far more than it weighs is refused while it unfolds.
"""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from flows.sources.beginnings import tell_suffix
from flows.sources.refusing import RefusedError, printable, whole_file
from flows.sources.streams import ARCHIVE_FAULTS, Budget, Input, Readable, Unfolding, damaged
from schemas.articles import RawRecord, Refusal
from schemas.vocabulary import RefusalCode

ListInput = Callable[[Input], Iterator[RawRecord | Refusal]]
JUNK = "__MACOSX"
ENDLESS = 1 << 62


def list_gzip(given: Input, list_input: ListInput) -> Iterator[RawRecord | Refusal]:
    """Read the one member of a .gz by the name that is left without its suffix, or by its beginning."""
    check_depth(given)
    lower = given.name.lower()
    inner = given.name[:-4] + ".tar" if lower.endswith(".tgz") else given.name[:-3]
    budget = given.budget or Budget(given.size, given.limits)
    stream = unfold(gzip.GzipFile(fileobj=given.stream), budget)
    inner = inner if PurePosixPath(inner).suffix else inner + tell_suffix(stream.peek(512)[:512])
    nested = 0 if inner.lower().endswith(".tar") else 1  # .tar.gz is one archive
    yield from list_input(
        replace(given, name=inner, stream=stream, size=None, budget=budget, depth=given.depth + nested)
    )


def list_tar(given: Input, list_input: ListInput) -> Iterator[RawRecord | Refusal]:
    """Read a tar from front to back; links and devices are refused, folders skipped."""
    check_depth(given)
    unbound = Budget(None, replace(given.limits, decompressed_bytes=ENDLESS))
    try:
        tar = tarfile.open(fileobj=given.stream, mode="r|")  # noqa: SIM115  (nothing of its own to close)
    except ARCHIVE_FAULTS as error:
        raise damaged(error) from None
    count = 0
    while (member := next_member(tar)) is not None:
        count = check_count(count, given)
        origin = member_origin(given, member.name)
        if member.isdir() or is_junk(member.name):
            continue
        file = tar.extractfile(member) if member.isreg() and is_inside(member.name) else None
        if file is None:
            yield outside(origin)
            continue
        stream = unfold(file, unbound)
        yield from list_input(member_input(given, member.name, stream, member.size, given.budget))


def list_zip(given: Input, list_input: ListInput) -> Iterator[RawRecord | Refusal]:
    """Read a zip member by member; a member that claims to shrink beyond the ratio is not even opened."""
    check_depth(given)
    seekable = given.depth == 0 and given.stream.seekable()
    stream = given.stream if seekable else io.BytesIO(given.read_whole(given.limits.file_bytes, "file_bytes"))
    budget = given.budget or Budget(given.size, given.limits)
    try:
        archive = zipfile.ZipFile(stream)
        members = archive.infolist()
    except ARCHIVE_FAULTS as error:
        raise damaged(error) from None
    count = 0
    for member in members:
        count = check_count(count, given)
        if member.is_dir() or is_junk(member.filename):
            continue
        yield from list_zipped(given, archive, member, budget, list_input)


def list_zipped(
    given: Input, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, list_input: ListInput
) -> Iterator[RawRecord | Refusal]:
    """Read one member of a zip, or refuse it."""
    origin = member_origin(given, member.filename)
    if stat.S_ISLNK(member.external_attr >> 16) or not is_inside(member.orig_filename):
        yield outside(origin)
        return
    try:
        check_ratio(member, given)
        with archive.open(member) as file:
            stream = unfold(file, budget)
            yield from list_input(member_input(given, member.filename, stream, member.file_size, budget))
    except RefusedError as error:
        yield error.refusal(whole_file(origin))
    except ARCHIVE_FAULTS as error:
        yield damaged(error).refusal(whole_file(origin))


def unfold(stream: Readable, budget: Budget) -> io.BufferedReader[Any]:
    """Count what a stream gives against a budget."""
    return io.BufferedReader(Unfolding(stream, budget))


def member_input(given: Input, name: str, stream: io.BufferedReader[Any], size: int, budget: Budget | None) -> Input:
    """Make the input of a member."""
    return replace(
        given,
        name=PurePosixPath(name).name,
        origin=member_origin(given, name),
        stream=stream,
        size=size,
        budget=budget,
        depth=given.depth + 1,
    )


def next_member(tar: tarfile.TarFile) -> tarfile.TarInfo | None:
    """Give the next member, or nothing at the end."""
    try:
        member = tar.next()
        tar.members = []  # type: ignore[attr-defined]  # a stream never goes back, and a million headers are not worth keeping
    except ARCHIVE_FAULTS as error:
        raise damaged(error) from None
    return member


def member_origin(given: Input, name: str) -> str:
    """Say where a member stands."""
    return f"{given.origin}!{printable(name)}"


def is_inside(name: str) -> bool:
    r"""Tell whether a member's name stays inside its archive.

    >>> is_inside("a/b.txt"), is_inside("../b.txt"), is_inside("/b.txt"), is_inside("c:\\b.txt")
    (True, False, False, False)
    """
    parts = name.replace("\\", "/").split("/")
    return ".." not in parts and bool(parts[0]) and ":" not in parts[0] and "\0" not in name


def is_junk(name: str) -> bool:
    r"""Tell whether a member is what file managers leave behind, or hidden.

    >>> is_junk("a/.b.txt"), is_junk("a/../b.txt"), is_junk("..\\b.txt")
    (True, False, False)
    """
    parts = name.replace("\\", "/").split("/")  # else a path out of the archive would be passed over as hidden
    return any(part == JUNK or (part.startswith(".") and part.strip(".")) for part in parts)


def check_depth(given: Input) -> None:
    """Refuse an archive that lies in too many others."""
    if given.depth >= given.limits.archive_depth:
        raise RefusedError(
            RefusalCode.ARCHIVE,
            f"it lies in {given.depth} other archives",
            f"at most {given.limits.archive_depth} inside each other",
            "unpack the outer one or raise the limit archive_depth",
        )


def check_count(count: int, given: Input) -> int:
    """Count a member, or refuse the rest of an archive that has too many."""
    if count >= given.limits.archive_members:
        raise RefusedError(
            RefusalCode.ARCHIVE,
            f"it has more than {count:,} members",
            f"at most {given.limits.archive_members:,}",
            "split it or raise the limit archive_members; those before are read",
        )
    return count + 1


def check_ratio(member: zipfile.ZipInfo, given: Input) -> None:
    """Refuse a member that says itself that it unfolds to more than the ratio allows."""
    bound = max(1_000_000, member.compress_size * given.limits.compression_ratio)
    if member.file_size > bound:
        raise RefusedError(
            RefusalCode.DECOMPRESS_LIMIT,
            f"its {member.compress_size:,} bytes unfold to {member.file_size:,}",
            f"at most {given.limits.compression_ratio} times as many",
            "unpack it yourself if you trust it, or raise the limit compression_ratio",
        )


def outside(origin: str) -> Refusal:
    """Refuse a member that points out of its archive or is no file."""
    return RefusedError(
        RefusalCode.ARCHIVE_PATH, "it is a link, a device or a path out of the archive", "a plain file", "pack it anew"
    ).refusal(whole_file(origin))
