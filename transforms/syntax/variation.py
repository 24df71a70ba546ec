"""Variants of treebank sentences that news needs and treebanks of the web lack; for training only."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from transforms.syntax.treebank import TreebankSentence

_REPORTING = frozenset(
    {"say", "tell", "add", "write", "note", "report", "explain", "announce", "claim", "argue", "warn", "state"}
    | {"believe", "think", "hope", "suggest", "insist", "declare", "confirm", "admit", "know", "feel", "mention"}
)


def vary_sentences(sentences: Iterable[TreebankSentence], rng: random.Random) -> Iterator[TreebankSentence]:
    """Give every sentence, as news might have printed it: curly quotes, speech first, headline case, no full stop.

    Treebanks of the web write straight quotation marks, news little else than curly ones; headlines come in title
    case and without a stop.  The trees stay as they are, but for their order where speech is put first.
    """
    for sentence in sentences:
        speech = quote_speech(sentence, rng)
        if speech is not None and rng.random() < 0.7:
            yield replace(speech, words=_curl_quotes(speech.words)) if rng.random() < 0.7 else speech
        varied = sentence
        if rng.random() < 0.6:
            varied = replace(varied, words=_curl_quotes(varied.words))
        chance = rng.random()
        if chance < 0.05:
            varied = replace(varied, words=tuple(_title(w) for w in varied.words))
        elif chance < 0.08:
            varied = replace(varied, words=tuple(w.lower() for w in varied.words))
        if rng.random() < 0.06:
            varied = _drop_stop(varied)
        yield varied


def _title(word: str) -> str:
    return word[:1].upper() + word[1:] if len(word) > 3 or word.lower() in {"say", "us", "uk", "war"} else word


def _curl_quotes(words: tuple[str, ...]) -> tuple[str, ...]:
    """Curl the straight quotation marks of a sentence, opening and closing by turns.

    >>> _curl_quotes(('"', "No", '"', ",", "he", "said"))
    ('“', 'No', '”', ',', 'he', 'said')
    """
    curled: list[str] = []
    is_open = {'"': False, "'": False}
    for word in words:
        if word in is_open:
            is_open[word] = not is_open[word]
            word = {'"': "”“", "'": "’‘"}[word][is_open[word]]
        elif word in ("``", "''"):
            word = "“" if word == "``" else "”"
        curled.append(word)
    return tuple(curled)


def _drop_stop(sentence: TreebankSentence) -> TreebankSentence:
    last = len(sentence.words) - 1
    if last < 3 or sentence.words[last] != "." or last in sentence.heads[:last]:
        return sentence
    return _reorder(sentence, range(last))


def quote_speech(sentence: TreebankSentence, rng: random.Random) -> TreebankSentence | None:
    """Put what is said before who says it: «He said that it works.» to «“It works,” he said.» (or «said he»).

    Nothing if the sentence does not consist of a reporting verb, what precedes it, and its complement up to the end.
    """
    parts = _part_speech(sentence)
    if parts is None:
        return None
    verb, lead, speech, stop = parts
    subject = next(i for i in lead if sentence.heads[i] == verb and sentence.relations[i] == "nsubj")
    is_bare = all(i == verb or _is_under(sentence.heads, i, subject) for i in lead)
    if rng.random() < 0.4 and is_bare and sentence.pos[subject] != "PRON":
        lead = [verb, *(i for i in lead if i != verb)]
    quoted = rng.random() < 0.7
    order = [*speech, *lead, *stop]
    varied = _reorder(sentence, order)
    first = len(speech)
    words = list(varied.words)
    if sentence.words[min(lead)] != "I" and sentence.pos[min(lead)] != "PROPN":
        at = order.index(min(lead))
        words[at] = words[at][:1].lower() + words[at][1:]
    words[0] = words[0][:1].upper() + words[0][1:]
    varied = replace(varied, words=tuple(words))
    top = order.index(next(i for i in speech if sentence.heads[i] == verb))
    marks = [(first, ",", ","), (first, '"', "''")] if quoted else [(first, ",", ",")]
    for at, word, tag in reversed(marks):
        varied = _insert_mark(varied, at, word, tag, top)
    return _insert_mark(varied, 0, '"', "``", top) if quoted else varied


def _part_speech(sentence: TreebankSentence) -> tuple[int, list[int], list[int], list[int]] | None:
    """Part a sentence into reporting verb, words up to it, what is reported, and the closing mark."""
    size = len(sentence.words)
    verb = next((i for i in range(size) if sentence.heads[i] == i), 0)
    said = [i for i in range(verb + 1, size) if sentence.heads[i] == verb and sentence.relations[i] == "ccomp"]
    stop = [size - 1] if size and sentence.words[-1] == "." and sentence.heads[-1] == verb else []
    if sentence.lemmas[verb] not in _REPORTING or len(said) != 1 or not stop or '"' in sentence.words:
        return None
    if not any(sentence.heads[i] == verb and sentence.relations[i] == "nsubj" for i in range(verb)):
        return None
    below = [i for i in range(size) if _is_under(sentence.heads, i, said[0])]
    lead = list(range(verb + 1))
    between = [i for i in range(verb + 1, size - 1) if i not in set(below)]
    if any(sentence.relations[i] != "obj" and sentence.pos[i] != "PUNCT" for i in between) or len(below) < 3:
        return None
    if any(i <= verb for i in below) or any(sentence.heads[i] not in {*lead, *between} for i in lead):
        return None
    kept = [i for i in between if sentence.pos[i] != "PUNCT"]
    is_that = sentence.words[below[0]].lower() == "that" and sentence.relations[below[0]] == "mark"
    speech = below[1:] if is_that and below[0] not in sentence.heads[1:] else below
    heads_kept = {*speech, *lead, *kept, *stop}
    if any(sentence.heads[i] not in heads_kept for i in heads_kept):
        return None
    return verb, lead + kept, speech, stop


def _is_under(heads: Sequence[int], index: int, top: int) -> bool:
    for _ in heads:
        if index == top:
            return True
        index = heads[index]
    return False


def _reorder(sentence: TreebankSentence, order: Sequence[int]) -> TreebankSentence:
    """Give the words of ``order``, in that order, with their tree; heads must be among them."""
    place = {old: new for new, old in enumerate(order)}
    return replace(
        sentence,
        words=tuple(sentence.words[i] for i in order),
        lemmas=tuple(sentence.lemmas[i] for i in order),
        pos=tuple(sentence.pos[i] for i in order),
        tags=tuple(sentence.tags[i] for i in order),
        heads=tuple(place[sentence.heads[i]] for i in order),
        relations=tuple(sentence.relations[i] for i in order),
        spans=tuple(sentence.spans[i] for i in order),
    )


def _insert_mark(sentence: TreebankSentence, at: int, word: str, tag: str, head: int) -> TreebankSentence:
    """Put a punctuation mark before the word at ``at``, hanging on ``head``, an index before the insertion."""
    heads = [h + (h >= at) for h in sentence.heads]
    heads.insert(at, head + (head >= at))
    return replace(
        sentence,
        words=(*sentence.words[:at], word, *sentence.words[at:]),
        lemmas=(*sentence.lemmas[:at], word, *sentence.lemmas[at:]),
        pos=(*sentence.pos[:at], "PUNCT", *sentence.pos[at:]),
        tags=(*sentence.tags[:at], tag, *sentence.tags[at:]),
        heads=tuple(heads),
        relations=(*sentence.relations[:at], "punct", *sentence.relations[at:]),
        spans=(*sentence.spans[:at], (0, 0), *sentence.spans[at:]),
    )
