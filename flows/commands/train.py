"""``wirehouse train``: making the models the project ships with.  Prefect is imported when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.settings import prepare_prefect, read_settings
from transforms.syntax.parser import MODEL_FOLDER

train_app = typer.Typer(help="Train the models the project ships with.", no_args_is_help=True)


@train_app.callback()
def train() -> None:
    """Train the models the project ships with, from named corpora, the same each time."""


@train_app.command()
def syntax(
    data: Annotated[Path, typer.Option("--data", help="Folder with the treebanks (CoNLL-U).", file_okay=False)],
    raw: Annotated[
        list[Path] | None, typer.Option("--raw", help="Raw text for vectors and lexicon: JSON lines with text.")
    ] = None,
    model: Annotated[Path, typer.Option("--model", help="Where the weights go.", show_default=False)] = MODEL_FOLDER,
    steps: Annotated[int | None, typer.Option("--steps", min=12, help="Steps, if not those of the plan.")] = None,
    evaluate: Annotated[bool, typer.Option("--evaluate", help="Measure the weights there are; train nothing.")] = False,
    articles: Annotated[
        Path | None, typer.Option("--articles", help="JSON lines with text, to measure speed and memory on.")
    ] = None,
) -> None:
    """Train the parser, or measure it.

    Examples:
      wirehouse train syntax --data treebanks --raw raw_text.jsonl.gz

      wirehouse train syntax --data treebanks --evaluate --articles articles.jsonl
    """
    prepare_prefect(read_settings())
    from flows.train import evaluate_syntax, train_syntax

    if not evaluate:
        train_syntax(data, raw or [], model, steps)
    typer.echo(evaluate_syntax(data, model, articles))


@train_app.command()
def events(
    data: Annotated[
        Path, typer.Option("--data", help="Folder with annotated reports: NAME.docs.jsonl, NAME.gold.jsonl.")
    ],
    sentences: Annotated[
        Path | None, typer.Option("--sentences", help="PLOVER gold standard records, JSON lines.")
    ] = None,
    articles: Annotated[
        Path | None, typer.Option("--articles", help="Articles, JSON lines, among them those whose events were judged.")
    ] = None,
    raw: Annotated[list[Path] | None, typer.Option("--raw", help="Raw text to learn word vectors from anew.")] = None,
    model: Annotated[Path | None, typer.Option("--model", help="Where the weights go.", show_default=False)] = None,
) -> None:
    """Train the event models.

    Examples:
      wirehouse train events --data news_train --sentences plover.jsonl --articles articles.jsonl
    """
    prepare_prefect(read_settings())
    from flows.train import train_events

    train_events(data, sentences, articles, raw or [], model)


@train_app.command()
def statements(
    polnear: Annotated[Path, typer.Option("--polnear", help="PolNeAR attributions, JSON lines.", dir_okay=False)],
    news: Annotated[
        list[Path] | None,
        typer.Option("--news", help="Folder with reports: NAME.docs.jsonl, NAME.gold.jsonl."),
    ] = None,
    model: Annotated[Path | None, typer.Option("--model", help="Where the weights go.", show_default=False)] = None,
) -> None:
    """Learn which words say that somebody said something, and what belongs to them.

    Examples:
      wirehouse train statements --polnear polnear-train.jsonl --news news_train
    """
    prepare_prefect(read_settings())
    from flows.train import train_statements

    train_statements(polnear, news or [], model)


@train_app.command()
def figures(
    data: Annotated[Path, typer.Option("--data", help="Folder with annotated reports.", file_okay=False)],
    file: Annotated[
        Path | None, typer.Option("--file", help="Where the weights go, if not beside the station.")
    ] = None,
) -> None:
    """Learn which of the places named is where a figure happened.

    Examples:
      wirehouse train figures --data annotated-reports
    """
    prepare_prefect(read_settings())
    from flows.train import train_figures

    train_figures(data, file)


@train_app.command()
def names(
    data: Annotated[list[Path], typer.Option("--data", help="Folder with names tagged by type.", file_okay=False)],
    file: Annotated[
        Path | None, typer.Option("--file", help="Where the weights go, if not beside their reader.")
    ] = None,
) -> None:
    """Learn which proper names are persons, organisations or places.

    Examples:
      wirehouse train names --data tagged-names
    """
    prepare_prefect(read_settings())
    from flows.train import train_names

    train_names(data, file)


@train_app.command()
def places(
    data: Annotated[
        list[Path],
        typer.Option("--data", help="Folder with toponyms, annotated reports or tagged names.", file_okay=False),
    ],
    file: Annotated[
        Path | None, typer.Option("--file", help="Where the weights go, if not beside the station.")
    ] = None,
) -> None:
    """Learn what is a toponym and which place it means; `names` comes first, for its weights are read.

    Examples:
      wirehouse train places --data toponyms --data annotated-reports --data tagged-names
    """
    prepare_prefect(read_settings())
    from flows.train import train_places

    train_places(data, file)


@train_app.command()
def words(
    raw: Annotated[list[Path], typer.Option("--raw", help="Raw text: JSON lines with text.", dir_okay=False)],
) -> None:
    """Count which words that begin with a capital are common ones: `seeds/reference/common_words.csv`.

    Examples:
      wirehouse train words --raw raw_text.jsonl.gz
    """
    prepare_prefect(read_settings())
    from flows.train import count_words

    count_words(raw)
