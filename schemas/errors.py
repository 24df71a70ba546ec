"""The errors a caller can meet.  Bad *text* is never one of them: it becomes a refusal or a flag.

    WirehouseError                 exit 1
    ├── MisuseError                exit 2   the call is wrong: option, path, name, shape
    │   └── ReferenceDataError              a file of seeds/reference is missing or malformed
    ├── WarehouseError             exit 1   the database cannot be used as it is
    │   ├── DamagedWarehouseError           what lies on disk is not what was committed
    │   ├── StorageVersionError             the file was written by a newer DuckDB
    │   └── QueryError                      the SQL given cannot be run
    ├── WriterBusyError            exit 75  another process writes the warehouse just now
    └── TooManyRefusedError        exit 1   more refused than the run's limit: nothing is published

Every message says what was given, what was expected and what to do next.
"""

from __future__ import annotations


class WirehouseError(Exception):
    """Anything Wirehouse itself reports to the caller."""

    exit_code = 1

    def __init__(self, given: str, expected: str, remedy: str) -> None:
        """Make a message of three sentences: what was given, what was expected, what to do."""
        super().__init__(f"{given} {expected} {remedy}")
        self.given = given
        self.expected = expected
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[WirehouseError], tuple[str, str, str]]:
        """Let the error cross a process boundary whole."""
        return type(self), (self.given, self.expected, self.remedy)


class MisuseError(WirehouseError):
    """The call is wrong: an option, a path, a name or a shape."""

    exit_code = 2


class ReferenceDataError(MisuseError):
    """A file of ``seeds/reference`` is missing or malformed."""


class WarehouseError(WirehouseError):
    """The database cannot be used as it is."""


class DamagedWarehouseError(WarehouseError):
    """What lies on disk is not what was committed."""


class StorageVersionError(WarehouseError):
    """The file was written by a newer DuckDB than this one."""


class QueryError(WarehouseError):
    """The SQL given cannot be run."""


class WriterBusyError(WirehouseError):
    """Another process writes the warehouse just now (``EX_TEMPFAIL`` of sysexits.h)."""

    exit_code = 75


class TooManyRefusedError(WirehouseError):
    """More of the input was refused than the run allows."""
