"""Jobs for worker processes: documents in chunks, and what becomes of a chunk that fails."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flows.worker import Failure
from schemas.documents import Document
from schemas.extraction import Extraction
from schemas.vocabulary import RefusalCode

CHUNK_DOCUMENTS = 16
CHUNK_CHARACTERS = 60_000


@dataclass(slots=True, kw_only=True)
class Job:
    """A chunk on its way: where it stands in the order of the batch, and what came of it."""

    documents: tuple[Document, ...]
    results: list[Extraction | Failure | None]
    first: int = 0

    def alone(self) -> Iterator[Job]:
        """Give its documents as jobs of one."""
        for number, document in enumerate(self.documents, self.first):
            yield Job(documents=(document,), results=self.results, first=number)

    def settle(self, outcome: Sequence[Extraction] | Failure) -> None:
        """Enter what came of it."""
        found: Sequence[Extraction | Failure] = (
            [outcome] * len(self.documents) if isinstance(outcome, Failure) else outcome
        )
        self.results[self.first : self.first + len(found)] = found

    @property
    def is_settled(self) -> bool:
        """Whether something came of every document of the chunk it belongs to."""
        return None not in self.results


def conclude(job: Job, answer: Sequence[Extraction] | Failure, waiting: deque[Job]) -> None:
    """Enter the answer to a job, or take a failed one apart."""
    if isinstance(answer, Failure) and len(job.documents) > 1:
        waiting.extendleft(reversed(list(job.alone())))
    elif not isinstance(answer, Failure) and len(answer) != len(job.documents):
        conclude(job, Failure(RefusalCode.EXTRACT_ERROR, "the extractor answered for another number of texts"), waiting)
    else:
        job.settle(answer)


def iter_jobs(documents: Iterable[Document]) -> Iterator[Job]:
    """Cut documents into chunks that take about a second."""
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document.text)
        if len(chunk) >= CHUNK_DOCUMENTS or size >= CHUNK_CHARACTERS:
            yield Job(documents=tuple(chunk), results=[None] * len(chunk))
            chunk, size = [], 0
    if chunk:
        yield Job(documents=tuple(chunk), results=[None] * len(chunk))
