"""``wirehouse show``: an article in the terminal with what was found in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from flows.commands.ask import paths_of
from flows.commands.run import Warehouse
from flows.console import OUT, grid, harmless, plain
from schemas.errors import MisuseError

if TYPE_CHECKING:
    from rich.text import Text

    from warehouse.paths import WarehousePaths

DOCUMENT = """
select * from documents
where starts_with(document_id, $wanted) or url = $wanted or input_id = $wanted
    or contains(lower(coalesce(title, '')), lower($wanted))
order by starts_with(document_id, $wanted) desc, version desc, document_id
limit 6
"""
MARKS = {
    "statements": ("italic", "what someone says"),
    "cues": ("magenta", "the words that say so"),
    "speakers": ("bold cyan", "whoever says it"),
    "places": ("green", "place"),
    "actors": ("blue", "actor"),
    "figures": ("bold yellow", "figure"),
    "events": ("bold red underline", "event"),
}
"""How each sort of row is drawn, the later over the earlier, and what the legend calls it."""
ROWS = {
    "figures": (
        "select quote, concat_ws(' ', nullif(comparator, '='), "
        "concat_ws('–', format('{:g}', value_low), nullif(format('{:g}', value_high), format('{:g}', value_low))), "
        "unit) as value, thing, effects, claimant_name as claimant, place_name as place "
        "from figures where document_id = $document order by char_start"
    ),
    "statements": (
        "select coalesce(speaker_name, source_quote) as speaker, act, form, content_quote as content "
        "from statements where document_id = $document order by sentence_no, cue_spans[1].start, statement_id"
    ),
    "events": (
        "select events.quote as trigger, event_type as type, status, start_date as date, "
        "(select list(name order by position) from event_actors as a "
        "where a.event_id = events.event_id and role = 'actor') as actors, "
        "(select list(name order by position) from event_actors as a "
        "where a.event_id = events.event_id and role = 'target') as targets, "
        "(select list(name order by position) from event_places as p where p.event_id = events.event_id) as places "
        "from events where document_id = $document order by sentence_no, trigger_spans[1].start, event_id"
    ),
}
"""The rows shown below the article, in the order of the text, in as many columns as a terminal is wide."""


class Mark(NamedTuple):
    """A stretch of the text to draw."""

    start: int
    end: int
    kind: str


def show(
    document: Annotated[
        str, typer.Argument(help="A document_id or its beginning, a url, an input_id, or words of the title.")
    ],
    warehouse: Warehouse = None,
) -> None:
    """Show an article with the rows found in it highlighted, then the rows.

    Examples:
      wirehouse show Odesa

      wirehouse sql 'select document_id, title from documents' ; wirehouse show 4f1c
    """
    from warehouse.query import run_query

    paths = paths_of(warehouse)
    found = find_document(paths, document)
    key = {"document": found["document_id"]}
    OUT.print(plain(found["title"] or "(no title)", "bold"))
    published = found["published_at"] and f"{found['published_at']:%Y-%m-%d %H:%M} UTC"
    about = (found["source_name"], published, found["url"], found["document_id"])
    OUT.print(plain(" · ".join(part for part in about if part), "dim"))
    OUT.print()
    OUT.print(draw(found["text"], list(read_marks(paths, key))))
    OUT.print()
    OUT.print(legend())
    for name, query in ROWS.items():
        rows = run_query(paths, query, key)
        OUT.print()
        OUT.print(grid(rows.columns, rows.iter_rows(), title=f"{rows.height} {name}"))


def find_document(paths: WarehousePaths, wanted: str) -> dict[str, Any]:
    """Give the one document meant.

    Raises:
        MisuseError: None is, or several are.
    """
    from warehouse.query import run_query

    rows = run_query(paths, DOCUMENT, {"wanted": wanted}).to_dicts()
    if not rows:
        raise MisuseError(
            f"No document is called {wanted!r}.",
            "Expected a document_id, a url, an input_id or words of a title.",
            "List them: wirehouse sql 'select document_id, title from documents'.",
        )
    exact = [row for row in rows if wanted in (row["document_id"], row["url"], row["input_id"])]
    if len(rows) > 1 and not exact:
        titles = "; ".join(f"{row['document_id']} {row['title'] or ''}" for row in rows[:5])
        raise MisuseError(f"{wanted!r} fits several documents.", f"They are: {titles}.", "Give one document_id.")
    return (exact or rows)[0]


def read_marks(paths: WarehousePaths, key: dict[str, str]) -> Iterator[Mark]:
    """Give all stretches to draw, in the order they are drawn."""
    from warehouse.query import run_query

    spans = run_query(
        paths,
        "select content_spans, cue_spans, source_spans from statements where document_id = $document "
        "order by statement_id",
        key,
    ).to_dicts()
    for row in spans:
        for column, kind in (("content_spans", "statements"), ("cue_spans", "cues"), ("source_spans", "speakers")):
            yield from (Mark(span["start"], span["end"], kind) for span in row[column])
    simple = run_query(
        paths,
        "select char_start, char_end, 'places' as kind from places where document_id = $document union all "
        "select char_start, char_end, 'actors' from actors where document_id = $document union all "
        "select char_start, char_end, 'figures' from figures where document_id = $document",
        key,
    )
    yield from (Mark(*row) for row in simple.iter_rows())
    triggers = run_query(paths, "select trigger_spans from events where document_id = $document", key)
    for (listed,) in triggers.iter_rows():
        yield from (Mark(span["start"], span["end"], "events") for span in listed)


def draw(text: str, marks: list[Mark]) -> Text:
    """Draw marks on a text; its own characters neither steer the terminal nor count as markup.

    >>> draw("22 [b]", [Mark(0, 2, "figures")]).plain
    '22 [b]'
    """
    from rich.text import Text

    drawn = Text(harmless(text))
    order = list(MARKS)
    for mark in sorted(marks, key=lambda mark: order.index(mark.kind)):
        drawn.stylize(MARKS[mark.kind][0], mark.start, mark.end)
    return drawn


def legend() -> Text:
    """Give what each style means."""
    from rich.text import Text

    return Text("   ").join(Text(meaning, style=style) for style, meaning in MARKS.values())
