"""Whatever the text: nothing raises, spans quote, sentences stand in order and leave nothing out."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.sentences import read_sentences, split_sentences
from transforms.syntax.tokens import find_words

PIECES = st.sampled_from(
    [
        "Mr.",
        " ",
        "\n",
        "“",
        "”",
        '"',
        "U.S.",
        "said",
        "Kyiv",
        ",",
        ".",
        "?!",
        "—",
        "(",
        ")",
        "n’t",
        "'s",
        "5,000",
        "$",
        "\t",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=80).map("".join))


@given(TEXTS)
def test_sentences_cover_the_text_without_overlap(text):
    at = 0
    for number, sentence in enumerate(split_sentences("d", text)):
        assert sentence.sentence_no == number
        assert at <= sentence.char_start < sentence.char_end <= len(text)
        assert not text[at : sentence.char_start].strip()
        quote = sentence.span.quote(text)
        assert quote == quote.strip()
        at = sentence.char_end
    assert not text[at:].strip()


@given(TEXTS)
def test_words_cover_the_text_without_overlap(text):
    words = find_words(text)
    assert "".join(text[a:b] for a, b in words) == "".join(text.split())
    assert all(a < b for a, b in words)
    assert all(b <= c for (_, b), (c, _) in pairwise(words))


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_parsed_sentences_quote_their_text(texts):
    read = list(read_sentences((str(n), text) for n, text in enumerate(texts)))
    assert len(read) == len(texts)
    for text, sentences in zip(texts, read, strict=True):
        assert [s.span for s in sentences] == [s.span for s in split_sentences("d", text)]
        for sentence in sentences:
            assert all(t.span.quote(text) == t.text for t in sentence.tokens)
            assert [t.index for t in sentence.tokens] == list(range(len(sentence.tokens)))
            assert sum(t.head == t.index for t in sentence.tokens) == 1
            assert all(0 <= t.head < len(sentence.tokens) for t in sentence.tokens)
            assert all(sentence.span.covers(span) for span, _ in sentence.names)
