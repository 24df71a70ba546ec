"""Extractors with faults, for the worker pool: each word a document holds brings one about."""

import os
import signal
from collections.abc import Iterator, Sequence

from schemas.documents import Document
from schemas.errors import ReferenceDataError
from schemas.extraction import Extraction


def extract_with_faults(documents: Sequence[Document]) -> Iterator[Extraction]:
    """Answer every document but those that ask for a fault."""
    for document in documents:
        bring_about(document.text)
        yield Extraction(document=document)


def bring_about(text: str) -> None:
    """Raise, hang, hang deaf to any alarm, or die, as the text asks."""
    if "raise" in text:
        raise KeyError(text)
    if "deaf" in text:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPROF])
    while "hang" in text:
        pass
    if "abort" in text:
        os.abort()
    if "leave" in text:
        os._exit(3)


def fail_always(documents: Sequence[Document]) -> list[Extraction]:
    """Fail on every text, as a damaged model does."""
    raise EOFError(len(documents))


def swallow(documents: Sequence[Document]) -> list[Extraction]:
    """Lose a document."""
    return [Extraction(document=document) for document in documents][1:]


def miss_a_table(documents: Sequence[Document]) -> list[Extraction]:
    """Miss a reference table, as a broken installation does."""
    raise ReferenceDataError("The table verbs is not there.", "It is needed.", "Restore it.")
