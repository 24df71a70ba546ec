"""Events: what happened, is planned, claimed or denied, as one document tells it."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.actors import Actor
from schemas.documents import Document
from schemas.events import Event
from schemas.figures import Figure
from schemas.places import Place
from schemas.statements import Statement
from schemas.times import Time
from transforms.events.assembly import assemble_events
from transforms.events.models import load_event_models
from transforms.events.scene import lay_out
from transforms.syntax.tree import Tree


def find_events(
    document: Document,
    trees: Sequence[Tree],
    *,
    actors: Sequence[Actor] = (),
    places: Sequence[Place] = (),
    times: Sequence[Time] = (),
    statements: Sequence[Statement] = (),
    figures: Sequence[Figure] = (),
) -> tuple[Event, ...]:
    """Find the events of a document, one row an event, its mentions joined, in the order of their first mentions.

    Types are PLOVER's, with OTHER for accidents, disasters, elections and the like; plain saying is no event.  Place,
    date, status and roles are chosen among what the earlier stations found; nothing is forced: an event without a
    place or date named has none.

    Limits: a trigger is one word; arguments are looked for in the sentences of the triggers only.  Time is linear in
    the text but for very long sentences, where a mention looks back at the two dozen before it at most.
    """
    if not any(tree.tokens for tree in trees):
        return ()
    scene = lay_out(document, trees, actors=actors, places=places, times=times, statements=statements, figures=figures)
    return assemble_events(scene, load_event_models())
