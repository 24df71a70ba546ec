"""The whole road for documents: sentences, actors, places, times, statements, figures, events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.documents import Document
from schemas.extraction import Extraction
from schemas.sentences import Sentence
from transforms.actors import find_actors
from transforms.events import find_events
from transforms.figures import find_figures
from transforms.places import find_places
from transforms.sentences import read_sentences
from transforms.statements import find_statements
from transforms.syntax.tree import Tree
from transforms.times import find_times


def extract_documents(documents: Iterable[Document]) -> Iterator[Extraction]:
    """Extract every document, in order.  Parsing runs in batches over them; nothing else is shared between them."""
    listed = list(documents)
    parsed = read_sentences((document.document_id, document.text) for document in listed)
    for document, sentences in zip(listed, parsed, strict=True):
        yield extract_sentences(document, sentences)


def extract_sentences(document: Document, sentences: tuple[Sentence, ...]) -> Extraction:
    """Carry one parsed document down the road; each station gets what the earlier ones found."""
    trees = tuple(Tree(sentence) for sentence in sentences)
    places = find_places(document, trees)
    times = find_times(document, trees)
    actors = find_actors(document, trees, places)
    statements = find_statements(document, trees, actors)
    figures = find_figures(document, trees, statements, places)
    events = find_events(
        document, trees, actors=actors, places=places, times=times, statements=statements, figures=figures
    )
    return Extraction(
        document=document,
        sentences=sentences,
        actors=actors,
        places=places,
        times=times,
        statements=statements,
        figures=figures,
        events=events,
    )
