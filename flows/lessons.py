"""What is read to learn from, and the one training that must run apart from Prefect."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sized
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.documents import Document
from schemas.errors import MisuseError
from schemas.spans import make_id

IRREGULAR_FORMS = Path(__file__).parents[1] / "seeds" / "reference" / "irregular_forms.csv"


def read_texts(files: list[Path]) -> Iterator[str]:
    """Give the texts of files with one JSON object a line, packed with gzip or not."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def document_of_row(row: dict[str, Any]) -> Document:
    """Make a document of a row with ``doc_id``, ``text`` and perhaps ``published``."""
    published = row.get("published")
    moment = datetime.fromisoformat(published) if published else None
    return Document(
        document_id=make_id("document", row["text"]),
        article_id=make_id("document", row["text"]),
        source_name="annotated",
        text=row["text"],
        text_digest="",
        raw_digest="",
        origin="annotated",
        input_id=row["doc_id"],
        title=row.get("title"),
        published_at=moment and moment.replace(tzinfo=moment.tzinfo or UTC),
    )


def require_lessons(texts: Sized, data: list[Path]) -> None:
    """Refuse to learn from nothing.

    Raises:
        MisuseError: The folders have no file of a kind that can be learnt from.
    """
    if not texts:
        raise MisuseError(
            f"No annotated texts in {', '.join(map(str, data))}.",
            "Expected at least one file of a kind that can be learnt from.",
            "Name folders with --data; `MODEL_CARD.md` beside the weights says what they hold.",
        )


def teach_syntax(data: Path, raw: list[Path], model: Path, steps: int | None, tell: Callable[[str], None]) -> None:
    """Train the parser on the treebanks in ``data`` and leave weights and lexicon in ``model``."""
    from transforms.syntax.lexicon import build_lexicon, write_lexicon
    from transforms.syntax.training import TrainingPlan, log_progress, save_pipeline, train_parser
    from transforms.syntax.treebank import read_parts
    from transforms.syntax.vectors import train_vectors

    plan = TrainingPlan() if steps is None else TrainingPlan(steps=steps)
    sentences, dev = read_parts(data, "train"), read_parts(data, "dev")
    tell(f"{len(sentences)} sentences to learn from, {len(dev)} to check on")
    model.mkdir(parents=True, exist_ok=True)
    write_lexicon(build_lexicon(sentences, read_texts(raw), IRREGULAR_FORMS), model / "lexicon.json")
    vectors = train_vectors(read_texts(raw), (s.words for s in sentences)) if raw else None
    tell(f"word vectors: {len(vectors.words) if vectors else 0}")
    train_parser(
        plan,
        sentences,
        dev[::3],
        vectors,
        report=lambda progress: tell(log_progress(progress)),
        save=lambda pipeline: save_pipeline(pipeline, plan, model),
    )
