"""One worker process: extracts the chunks it is sent, one after the other.  Started by ``flows/workers.py``.

It speaks through one socket, in pickles: a chunk in, an answer out.  What it cannot survive, it need not: a chunk that
kills it is taken apart by its parent.
"""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from multiprocessing.connection import Connection
from types import FrameType

from schemas.documents import Document
from schemas.errors import WirehouseError
from schemas.extraction import Extraction
from schemas.vocabulary import RefusalCode

SENTENCE = Document(
    document_id="0" * 16,
    article_id="0" * 16,
    source_name="Wirehouse",
    text="Kyiv: Six people were killed and $2 million was lost in a strike on Odesa, the governor said on Monday.",
    text_digest="0" * 64,
    raw_digest="0" * 64,
    origin="warm-up",
)
Extract = Callable[[Sequence[Document]], Iterable[Extraction]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Documents to extract together, and the seconds of computing they may take."""

    documents: tuple[Document, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a chunk came to nothing."""

    code: RefusalCode
    told: str


Answer = tuple[Extraction, ...] | Failure | WirehouseError
"""What a worker sends back; an error of ours is nobody's text, and ends the run."""


class DeadlineError(BaseException):
    """The time is up.  Not an ``Exception``, so that no handler on the way takes it for a fault of its own."""


def serve(connection: Connection, path: str) -> None:
    """Answer chunks until the other side closes."""
    extract = load(path)
    connection.send(warm_up(extract))  # time counts from here, not from the loading of models and tables
    while True:
        try:
            chunk = connection.recv()
            connection.send(answer(extract, chunk))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return


def load(path: str) -> Extract:
    """Import ``module:function``.

    >>> load("math:sqrt")(9)
    3.0
    """
    module, _, name = path.partition(":")
    function: Extract = getattr(import_module(module), name)
    return function


def warm_up(extract: Extract) -> WirehouseError | None:
    """Extract a sentence that every extractor can read, so that all it needs is loaded.

    What fails here fails on every text: that is a broken installation, not a bad article.
    """
    try:
        deque(extract((SENTENCE,)), maxlen=0)
    except WirehouseError as error:
        return error
    except Exception as error:  # noqa: BLE001  (the border: told to the parent, which stops the run)
        return WirehouseError(
            f"The extractor fails on its own sentence: {type(error).__name__} in {place_of(error)} ({error}).",
            "Expected it to read any text.",
            "Reinstall Wirehouse, or restore transforms/ and seeds/reference/ from the repository.",
        )
    return None


def answer(extract: Extract, chunk: Chunk) -> Answer:
    """Extract a chunk, or say what kept it from being extracted."""
    try:
        with deadline(chunk.seconds):
            return tuple(without_syntax(extraction) for extraction in extract(chunk.documents))
    except DeadlineError:
        return Failure(RefusalCode.TIMEOUT, f"it took longer than {chunk.seconds:g} seconds of computing")
    except WirehouseError as error:
        return error
    except Exception as error:  # noqa: BLE001  (the border: whatever one text brings about, the others go on)
        return Failure(RefusalCode.EXTRACT_ERROR, f"{type(error).__name__} in {place_of(error)}")


def without_syntax(extraction: Extraction) -> Extraction:
    """Leave the tokens behind: no table holds them, and they weigh more than all the rest."""
    bare = tuple(replace(sentence, tokens=(), names=()) for sentence in extraction.sentences)
    return replace(extraction, sentences=bare)


def place_of(error: BaseException) -> str:
    """Name the function an error came out of; its message may repeat the text and stays behind."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace else None
    return f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}" if code and trace else "?"


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise ``DeadlineError`` when the block computes longer; again every second, should someone swallow it.

    Time is that of the processor, so that a busy machine refuses what an idle one refuses.
    """

    def ring(number: int, frame: FrameType | None) -> None:
        raise DeadlineError

    signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> None:
    """Serve on an inherited socket; the arguments are its descriptor and ``module:function``."""
    descriptor, path = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and closes the socket
    connection = Connection(int(descriptor))
    try:
        serve(connection, path)
    except WirehouseError as error:
        connection.send(error)
