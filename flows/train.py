"""Training as flows, behind ``wirehouse train …``.  What is learnt, and how, is decided in ``transforms``."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path

from prefect import flow, get_run_logger

from flows.apart import run_apart
from flows.lessons import read_texts, require_lessons, teach_syntax


@flow(name="train-events")
def train_events(
    data: Path, sentences: Path | None, articles: Path | None, raw: list[Path], model: Path | None = None
) -> None:
    """Fit the event models to annotated texts, and leave them in ``model``.

    They are the reports in ``data``, the PLOVER records in ``sentences``, those ``articles`` that were judged
    (``seeds/reference/event_judgements.csv``) and our own passages (``event_lessons.csv``).
    """
    from flows.event_lessons import teach_judged, teach_passages, teach_records, teach_reports
    from transforms.events.embedding import train_embedding
    from transforms.events.learning import learn_events
    from transforms.events.models import MODEL

    say = get_run_logger().info
    folder = model or MODEL
    if raw:
        say("word vectors: %d", train_embedding(read_texts(raw), folder))
    taught = [*teach_reports(data), *teach_records(sentences), *teach_judged(articles), *teach_passages()]
    say("%d annotated texts", len(taught))
    learn_events(taught).save(folder)


@flow(name="train-syntax")
def train_syntax(data: Path, raw: list[Path], model: Path, steps: int | None = None) -> None:
    """Train the parser on the treebanks in ``data`` and leave weights and lexicon in ``model``."""
    run_apart(teach_syntax, data, raw, model, steps, tell=get_run_logger().info)


@flow(name="evaluate-syntax")
def evaluate_syntax(data: Path, model: Path, articles: Path | None = None) -> str:
    """Measure the weights in ``model``, write the model card beside them and give its table."""
    from transforms.sentences import read_sentences
    from transforms.syntax.card import measure_station, write_card, write_table

    texts = list(read_texts([articles])) if articles else []
    measures = measure_station(data, texts, partial(read_sentences, model=model))
    if texts:
        (model / "README.md").write_text(write_card(model / "meta.json", measures), encoding="utf-8")
    return write_table(measures)


@flow(name="train-statements")
def train_statements(polnear: Path, news: list[Path], model: Path | None = None) -> None:
    """Learn the weights of the statements station from annotated texts and leave them in ``model``."""
    from transforms.statements.annotations import read_news, read_polnear
    from transforms.statements.drafts import MODEL_FILE
    from transforms.statements.training import learn_weights
    from transforms.statements.weights import save_weights

    say = get_run_logger().info
    examples = [*read_polnear(polnear), *(example for folder in news for example in read_news(folder))]
    say("%d texts, %d attributions", len(examples), sum(len(e.attributions) for e in examples))
    weights = learn_weights(examples, report=say)
    file = model / MODEL_FILE.name if model else MODEL_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    save_weights(file, weights)
    say("%s: %d bytes", file.name, file.stat().st_size)


@flow(name="train-figures")
def train_figures(data: Path, file: Path | None = None) -> None:
    """Learn the weights that choose a figure's place from the reports in ``data``."""
    from transforms.figures.placing import WEIGHTS
    from transforms.figures.training import learn_places, read_choices

    choices = list(read_choices(data))
    get_run_logger().info("%d figures with a place", len(choices))
    weights = {"weights": learn_places(choices)}
    (file or WEIGHTS).write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")


@flow(name="count-words")
def count_words(raw: list[Path]) -> None:
    """Count how common words are in ``raw`` and leave the table in ``seeds/reference``."""
    from transforms.reference.common_words import measure_commonness
    from transforms.reference.tables import REFERENCE

    found = measure_commonness(read_texts(raw))
    get_run_logger().info("%d words", len(found))
    with (REFERENCE / "common_words.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("word", "commonness"))
        rows.writerows(found.items())


@flow(name="train-names")
def train_names(data: list[Path], file: Path | None = None) -> None:
    """Learn the types of proper names from the tagged texts in ``data``."""
    from transforms.reference.name_types import WEIGHTS
    from transforms.reference.tagged_names import read_tagged_names
    from transforms.reference.type_learning import describe_stretches, learn_name_types, save_name_types
    from transforms.sentences import read_sentences

    texts = [tagged for folder in data for tagged in read_tagged_names(folder)]
    get_run_logger().info("%d sentences with tagged names", len(texts))
    require_lessons(texts, data)
    parsed = read_sentences((str(number), tagged.text) for number, tagged in enumerate(texts))
    stretches = [s for pair in zip(texts, parsed, strict=True) for s in describe_stretches(*pair)]
    save_name_types(file or WEIGHTS, learn_name_types(stretches))


@flow(name="train-places")
def train_places(data: list[Path], file: Path | None = None) -> None:
    """Learn which names are toponyms, and which place each means, from the texts in ``data``."""
    from transforms.places import WEIGHTS
    from transforms.places.corpora import read_corpora
    from transforms.places.learning import learn_places, read_texts, save_weights

    texts = [placed for folder in data for placed in read_corpora(folder)]
    get_run_logger().info("%d texts with places", len(texts))
    require_lessons(texts, data)
    save_weights(file or WEIGHTS, learn_places(list(read_texts(texts))))
