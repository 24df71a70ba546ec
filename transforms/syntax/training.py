"""Training: from treebanks, and raw text for word vectors, to the weights the station loads.

Everything is decided by the plan and its seed, so that the same corpora give the same weights.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vectors import Vectors
from thinc.api import Adam, Optimizer, fix_random_seed

from transforms.syntax.pipeline import UNSAVED, NewsEnglish, SpacyParser, use_fast_arithmetic
from transforms.syntax.treebank import TreebankSentence
from transforms.syntax.variation import vary_sentences
from transforms.syntax.vectors import WordVectors

MAX_WORDS = 160
_REPORT_EVERY = 100
_CHECKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPlan:
    """What the weights depend on besides the corpora.

    ``batch`` is in words; the first step reads ``first_batch`` of them, each later one a little more, so that early
    steps are many and small.  ``decay_from`` is the share of the steps after which the learning rate falls to
    nothing.  The weights kept are averages over all steps.
    """

    seed: int = 7
    steps: int = 5_000
    learning_rate: float = 0.0015
    decay_from: float = 0.3
    first_batch: int = 200
    batch: int = 1_000
    width: int = 96
    depth: int = 4
    rows: tuple[int, int, int, int] = (6_000, 1_000, 2_500, 1_500)
    hidden: int = 64
    dropout: float = 0.15
    min_action: int = 20
    min_label: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where training stands: the step, the words read, the losses and, after a check, accuracy on the dev part."""

    step: int
    steps: int
    words: int
    losses: dict[str, float]
    dev_las: float | None = None


def train_parser(
    plan: TrainingPlan,
    sentences: Sequence[TreebankSentence],
    dev: Sequence[TreebankSentence],
    vectors: WordVectors | None = None,
    *,
    report: Callable[[Progress], None] = lambda _: None,
    save: Callable[[Language], None] = lambda _: None,
) -> None:
    """Train tagger and parser on a shared layer of word vectors.

    Args:
        plan: Sizes, steps and seed.
        sentences: The treebanks' training parts.
        dev: Sentences on which accuracy is reported along the way; nothing is learnt from them.
        vectors: Word vectors from raw text, kept fixed beside the learnt ones.
        report: Called every hundred steps, and after each check.
        save: Called with the averaged weights at each check and at the end, the last time with the final ones.
    """
    use_fast_arithmetic()
    fix_random_seed(plan.seed)
    labels = _join_labels(sentences, plan.min_label)
    pipeline = _build(plan, vectors)
    pipeline.initialize(lambda: [_example(pipeline, s, labels) for s in sentences if s.words])
    optimizer = _make_optimizer(plan)
    fix_random_seed(plan.seed)  # again: how much chance the initialisation used up depends on its sizes
    words = 0
    for step, batch in enumerate(_batches(sentences, plan), start=1):
        optimizer.learn_rate = _rate(plan, step)
        losses: dict[str, float] = {}
        examples = [_example(pipeline, s, labels) for s in batch]
        pipeline.update(examples, sgd=optimizer, drop=plan.dropout, losses=losses)
        words += sum(len(s.words) for s in batch)
        las = None
        if step % max(plan.steps // _CHECKS, 1) == 0:
            with pipeline.use_params(optimizer.averages):
                las = score_gold_words(pipeline, dev)
                save(pipeline)
        if las is not None or step % _REPORT_EVERY == 0:
            report(Progress(step=step, steps=plan.steps, words=words, losses=losses, dev_las=las))
    with pipeline.use_params(optimizer.averages):
        save(pipeline)


def _make_optimizer(plan: TrainingPlan) -> Optimizer:
    optimizer: Optimizer = Adam(
        plan.learning_rate,
        beta1=0.9,
        beta2=0.999,
        L2=0.01,
        grad_clip=1.0,
        L2_is_weight_decay=True,
        use_averages=True,
    )
    return optimizer


def log_progress(progress: Progress) -> str:
    """Write where training stands on one line.

    >>> log_progress(Progress(step=100, steps=400, words=23_429, losses={"parser": 406.3}, dev_las=61.25))
    'step 100 of 400, 23,429 words, loss parser 406, dev LAS 61.2'
    """
    losses = ", ".join(f"{name} {value:.0f}" for name, value in progress.losses.items())
    checked = "" if progress.dev_las is None else f", dev LAS {progress.dev_las:.1f}"
    return f"step {progress.step} of {progress.steps}, {progress.words:,} words, loss {losses}{checked}"


def save_pipeline(pipeline: Language, plan: TrainingPlan, folder: Path) -> None:
    """Write the weights, without what the station never reads."""
    pipeline.meta.update(
        name="wirehouse-syntax",
        version="1.0.0",
        license="CC BY-SA 4.0",
        description="Tags and dependencies for English news",
        plan=asdict(plan),
    )
    pipeline.to_disk(folder, exclude=UNSAVED)


def score_gold_words(pipeline: Language, sentences: Sequence[TreebankSentence]) -> float:
    """Give the labelled attachment score, in percent, on words and sentences cut by hand."""
    parser = SpacyParser(pipeline)
    right = there = 0
    for at in range(0, len(sentences), 64):
        batch = sentences[at : at + 64]
        for sentence, parse in zip(batch, parser.parse([list(s.words) for s in batch]), strict=True):
            there += len(sentence.words)
            right += sum(
                head == gold_head and _base(relation) == ("root" if head == i else _base(gold))
                for i, (head, gold_head, relation, gold) in enumerate(
                    zip(parse.heads, sentence.heads, parse.relations, sentence.relations, strict=True)
                )
            )
    return 100 * right / max(there, 1)


def _base(relation: str) -> str:
    return relation.partition(":")[0]


def _build(plan: TrainingPlan, vectors: WordVectors | None) -> Language:
    pipeline = NewsEnglish()
    if vectors is not None:
        pipeline.vocab.vectors = Vectors(
            strings=pipeline.vocab.strings,
            data=vectors.values,
            keys=list(vectors.words),
            name="wirehouse",
            attr="NORM",
        )
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": plan.width, "upstream": "tok2vec"}
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": plan.width,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": list(plan.rows),
        "include_static_vectors": vectors is not None,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": plan.width,
        "depth": plan.depth,
        "window_size": 1,
        "maxout_pieces": 3,
    }
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener, "normalize": False}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": plan.hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    shared = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    pipeline.add_pipe("tok2vec", config={"model": shared})
    pipeline.add_pipe("tagger", config={"model": tagger})
    pipeline.add_pipe("parser", config={"min_action_freq": plan.min_action, "model": parser})
    return pipeline


def _join_labels(sentences: Sequence[TreebankSentence], min_count: int) -> dict[tuple[str, str], str]:
    """Join every Penn tag and universal part of speech to one label; rare pairs take the tag's commonest part."""
    pairs = Counter((tag, pos) for s in sentences for tag, pos in zip(s.tags, s.pos, strict=True))
    commonest: dict[str, str] = {}
    for (tag, pos), _ in pairs.most_common():
        commonest.setdefault(tag, pos)
    return {(tag, pos): f"{tag}/{pos if count >= min_count else commonest[tag]}" for (tag, pos), count in pairs.items()}


def _example(pipeline: Language, sentence: TreebankSentence, labels: dict[tuple[str, str], str]) -> Example:
    words = list(sentence.words)
    reference = Doc(
        pipeline.vocab,
        words=words,
        tags=[labels[pair] for pair in zip(sentence.tags, sentence.pos, strict=True)],
        heads=list(sentence.heads),
        deps=[
            "ROOT" if index == head else relation
            for index, (head, relation) in enumerate(zip(sentence.heads, sentence.relations, strict=True))
        ],
    )
    return Example(Doc(pipeline.vocab, words=words), reference)


def _batches(sentences: Sequence[TreebankSentence], plan: TrainingPlan) -> Iterator[list[TreebankSentence]]:
    """Give as many batches as the plan has steps, the sentences shuffled and varied anew in every pass."""
    rng = random.Random(plan.seed)  # noqa: S311 - training wants repeatable chance, not secrets
    usable = [s for s in sentences if 1 < len(s.words) < MAX_WORDS]
    step, size = 0, 0
    batch: list[TreebankSentence] = []
    while True:
        order = list(usable)
        rng.shuffle(order)
        for sentence in vary_sentences(order, rng):
            batch.append(sentence)
            size += len(sentence.words)
            if size < min(plan.batch, plan.first_batch * 1.002**step):
                continue
            yield batch
            step, batch, size = step + 1, [], 0
            if step >= plan.steps:
                return


def _rate(plan: TrainingPlan, step: int) -> float:
    """Give the learning rate of a step: risen over the first 150, falling in a line from the plan's point on."""
    done = step / plan.steps
    falling = 1.0 if done < plan.decay_from else max(0.02, (1 - done) / (1 - plan.decay_from))
    return plan.learning_rate * min(1.0, step / 150) * falling
