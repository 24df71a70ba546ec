"""Annotated reports as scenes: carried down the road to the event station, as at runtime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.documents import Document
from transforms.actors import find_actors
from transforms.events.scene import Scene, lay_out
from transforms.figures import find_figures
from transforms.places import find_places
from transforms.sentences import read_sentences
from transforms.statements import find_statements
from transforms.syntax.tree import Tree
from transforms.times import find_times


def read_scenes(documents: Iterable[Document]) -> Iterator[Scene]:
    """Parse documents and give each one's scene, with everything the earlier stations find in it."""
    listed = list(documents)
    parsed = read_sentences((document.document_id, document.text) for document in listed)
    for document, sentences in zip(listed, parsed, strict=True):
        trees = tuple(Tree(sentence) for sentence in sentences)
        places = find_places(document, trees)
        times = find_times(document, trees)
        actors = find_actors(document, trees, places)
        statements = find_statements(document, trees, actors)
        figures = find_figures(document, trees, statements, places)
        yield lay_out(
            document, trees, actors=actors, places=places, times=times, statements=statements, figures=figures
        )
