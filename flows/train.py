"""Training as flows: ``wirehouse train …``.  What is learnt, and how, is decided in ``transforms``."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from prefect import flow, get_run_logger

from transforms.syntax.parser import MODEL_FOLDER

IRREGULAR_FORMS = Path(__file__).parents[1] / "seeds" / "reference" / "irregular_forms.csv"

train_app = typer.Typer(help="Train the models the project ships with.", no_args_is_help=True)


@train_app.callback()
def train() -> None:
    """Train the models the project ships with, from named corpora, the same each time."""


@train_app.command()
def syntax(  # noqa: PLR0917 - the options of a command
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
    if not evaluate:
        train_syntax(data, raw or [], model, steps)
    typer.echo(evaluate_syntax(data, model, articles))


@flow(name="train-syntax")
def train_syntax(data: Path, raw: list[Path], model: Path, steps: int | None = None) -> None:
    """Train the parser on the treebanks in ``data`` and leave weights and lexicon in ``model``."""
    from transforms.syntax.lexicon import build_lexicon, write_lexicon
    from transforms.syntax.training import TrainingPlan, log_progress, save_pipeline, train_parser
    from transforms.syntax.treebank import read_parts
    from transforms.syntax.vectors import train_vectors

    say = get_run_logger().info
    plan = TrainingPlan() if steps is None else TrainingPlan(steps=steps)
    sentences, dev = read_parts(data, "train"), read_parts(data, "dev")
    say("%d sentences to learn from, %d to check on", len(sentences), len(dev))
    model.mkdir(parents=True, exist_ok=True)
    write_lexicon(build_lexicon(sentences, read_texts(raw), IRREGULAR_FORMS), model / "lexicon.json")
    vectors = train_vectors(read_texts(raw), (s.words for s in sentences)) if raw else None
    say("word vectors: %d", len(vectors.words) if vectors else 0)
    train_parser(
        plan,
        sentences,
        dev[::3],
        vectors,
        report=lambda progress: say(log_progress(progress)),
        save=lambda pipeline: save_pipeline(pipeline, plan, model),
    )


@flow(name="evaluate-syntax")
def evaluate_syntax(data: Path, model: Path, articles: Path | None = None) -> str:
    """Measure the weights in ``model``, write the model card beside them and give its table."""
    from transforms.sentences import read_sentences
    from transforms.syntax.card import measure_station, write_card, write_table

    texts = list(read_texts([articles])) if articles else []
    measures = measure_station(data, texts, read_sentences)
    if texts:
        (model / "README.md").write_text(write_card(model / "meta.json", measures), encoding="utf-8")
    return write_table(measures)


def read_texts(files: list[Path]) -> Iterator[str]:
    """Give the texts of files with one JSON object a line, packed with gzip or not."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]
