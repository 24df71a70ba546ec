"""How a reader refuses: one exception inside the sources, one sentence for people at their door."""

from __future__ import annotations

from pathlib import PurePath

from schemas.articles import RawRecord, Refusal
from schemas.vocabulary import RefusalCode

FILE = "file"
"""Kind of a record that stands for a file whose bytes were not kept: too large, unreadable, not a file."""


class RefusedError(Exception):
    """An input cannot be accepted.  Never leaves the sources: their door turns it into a refusal."""

    def __init__(self, code: RefusalCode, given: str, expected: str, remedy: str) -> None:
        """Say what was given, what was expected and what to do next, each in a few words."""
        super().__init__(sentence(given, expected, remedy))
        self.code = code

    def refusal(self, record: RawRecord) -> Refusal:
        """Make the refusal of ``record``."""
        return Refusal(code=self.code, reason=f"{record.origin}: {self}", raw=record)


def sentence(given: str, expected: str, remedy: str) -> str:
    """Join the three parts of a reason.

    >>> sentence("it has 9 MB", "at most 5 MB", "raise page_bytes")
    'it has 9 MB; expected at most 5 MB; raise page_bytes.'
    """
    return f"{given}; expected {expected}; {remedy}."


def too_large(what: str, size: str, limit: int, setting: str) -> RefusedError:
    """Refuse what is larger than a limit, which it names."""
    return RefusedError(
        RefusalCode.TOO_LARGE, f"{what} has {size}", f"at most {limit:,}", f"split it or raise the limit {setting}"
    )


def whole_file(origin: str, source_name: str | None = None) -> RawRecord:
    """Stand for a file without keeping its bytes: the file itself is to be read again once it is mended."""
    return RawRecord(kind=FILE, data=b"", origin=origin, source_name=source_name)


def printable(path: PurePath | str) -> str:
    r"""Give a path as text that can be stored, printed and read left to right.

    >>> printable("a\u202etxt.exe\x1b")
    'a\\u202etxt.exe\\x1b'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(path))
