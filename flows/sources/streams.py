"""Reading bytes with a bound: whole files, lines, and what comes out of a compressed stream."""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from flows.sources.refusing import RefusedError, too_large
from schemas.limits import Limits
from schemas.vocabulary import RefusalCode

CHUNK = 1 << 18
FLOOR = 1_000_000
ARCHIVE_FAULTS = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    struct.error,
    RuntimeError,  # a zip member with a password, or a method this Python lacks
    ValueError,
    OverflowError,
)
"""What the standard library raises on archives that are damaged, locked or forged."""
WELL_FILLED = 20
"""An archive of honest text unfolds to three to ten times its size; bombs start at several hundred."""


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Read at most ``size`` bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a stream without its end.

    Attributes:
        number: From 1.
        data: The bytes; empty when the line was longer than the bound.
        size: How long it really was, in bytes.
    """

    number: int
    data: bytes
    size: int


def read_bounded(stream: Readable, limit: int, what: str, setting: str) -> bytes:
    """Read a stream to its end, or refuse it as soon as it shows more than ``limit`` bytes."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise too_large(what, f"more than {limit:,} bytes", limit, setting)
        parts.append(chunk)
    return b"".join(parts)


def split_lines(stream: Readable, limit: int) -> Iterator[Line]:
    r"""Give the lines of a stream; one longer than ``limit`` is measured but never held in memory.

    >>> [line.data for line in split_lines(io.BytesIO(b"a\r\n" + b"x" * 9 + b"\nb"), 5)]
    [b'a', b'', b'b']
    """
    parts: list[bytes] = []
    number, size = 1, 0
    while chunk := stream.read(CHUNK):
        *closed, rest = chunk.split(b"\n")
        for piece in closed:
            size += len(piece)
            whole = b"".join([*parts, piece]).removesuffix(b"\r") if size <= limit else b""
            yield Line(number, whole, size)
            number, parts, size = number + 1, [], 0
        size += len(rest)
        parts = [*parts, rest] if size <= limit else []
    if size:
        yield Line(number, b"".join(parts).removesuffix(b"\r") if size <= limit else b"", size)


def damaged(error: BaseException) -> RefusedError:
    """Refuse an archive that cannot be read on."""
    told = " ".join(str(error).split())[:200] or type(error).__name__
    return RefusedError(RefusalCode.ARCHIVE, f"it is damaged or locked ({told})", "a whole archive", "pack it anew")


class Budget:
    """How much one archive may still unfold to, shared by everything nested in it."""

    def __init__(self, compressed: int | None, limits: Limits) -> None:
        """Take the compressed size where it is known; an unknown one counts as small."""
        known = compressed or 0
        filled = max(limits.decompressed_bytes, WELL_FILLED * known)
        self.bound = max(FLOOR, min(filled, limits.compression_ratio * known)) if known else limits.decompressed_bytes
        self.compressed = known
        self.spent = 0

    def spend(self, size: int) -> None:
        """Count ``size`` bytes that came out.

        Raises:
            RefusedError: When more came out than the archive may hold.
        """
        self.spent += size
        if self.spent > self.bound:
            raise RefusedError(
                RefusalCode.DECOMPRESS_LIMIT,
                f"its {self.compressed:,} bytes unfold to more than {self.bound:,}",
                "an archive within the limits compression_ratio and decompressed_bytes",
                "unpack it yourself if you trust it, or raise the limits",
            )


class Unfolding(io.RawIOBase):
    """A decompressed stream that counts what comes out of it against a budget."""

    def __init__(self, stream: Readable, budget: Budget) -> None:
        """Wrap ``stream``."""
        super().__init__()
        self.stream, self.budget = stream, budget

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read at most a chunk at a time, so that a bomb is noticed early.

        Raises:
            RefusedError: When more comes out than the budget allows, or the archive is damaged here.
        """
        try:
            data = self.stream.read(CHUNK if size < 0 else min(size, CHUNK))
        except ARCHIVE_FAULTS as error:
            raise damaged(error) from None
        self.budget.spend(len(data))
        return data

    def readall(self) -> bytes:
        """Read to the end, counting."""
        return b"".join(iter(lambda: self.read(CHUNK), b""))

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as one read goes."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One opened input: a file, standard input, or the member of an archive.

    Attributes:
        name: Its file name; the suffix tells the reader.
        origin: Where it stands, for people: path, and member within an archive.
        stream: Its bytes, read once, in order.
        size: Bytes, where known beforehand.
        limits: Bounds on what is read.
        depth: How many archives it lies in.
        budget: What those archives may still unfold to.
    """

    name: str
    origin: str
    stream: io.BufferedReader[Any]
    size: int | None
    limits: Limits
    depth: int = 0
    budget: Budget | None = None

    def read_whole(self, limit: int, setting: str) -> bytes:
        """Read all of it, or refuse it by its size before reading any."""
        if self.size is not None and self.size > limit:
            raise too_large("it", f"{self.size:,} bytes", limit, setting)
        return read_bounded(self.stream, limit, "it", setting)
