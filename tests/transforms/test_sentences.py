"""Sentences: boundaries by rule, tokens with exact offsets, bad input."""

import time

import pytest

from transforms.sentences import MAX_WORDS, read_sentences, split_sentences
from transforms.syntax.boundaries import find_paragraphs
from transforms.syntax.datelines import find_dateline
from transforms.syntax.tokens import find_words


def cut(text):
    return [s.span.quote(text) for s in split_sentences("d", text)]


def parse(text):
    return next(iter(read_sentences([("d", text)])))


@pytest.mark.parametrize(
    "sentences",
    [
        ["Two men died.", "A third was hurt."],
        ["Mr. Lee met Gen. V. K. Petrov and Sen. Warren on Jan. 5.", "They spoke."],
        ["The U.S. Army struck at 5 a.m. on Monday.", "The U.S. denied it."],
        ["He lives in Washington, D.C.", "She does not."],
        ["Apple Inc. sued Acme Corp. over it.", "It lost."],
        ["“Why now?” Smith asked.", "Nobody knew."],
        ["“We will win!” President Lee told reporters.", "“Go home.”"],
        ["“It is over,” he said.", "“We won.”"],
        ["Prices rose 3.5 percent to $1.20.", "Sales fell."],
        ["He waited... and waited.", "Then he left."],
        ["See No. 5 and Fig. 2 for it.", "It is there."],
        ["He went to St. Petersburg.", "She stayed."],
        ["J. R. R. Tolkien wrote it.", "So did C. S. Lewis."],
        ["Yahoo bought it for $5bn.", "Google did not."],
    ],
)
def test_ends_where_a_reader_would_end_it(sentences):
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Smith vs. Mr. Jones, et al. was heard.",
        "Visit www.example.com. or write to a.b@c.org today",
        "1. The first point stands.",
        "He said: “no.” and left.",
        "The vote (52-48) passed in the Senate at 3:15 p.m. EST yesterday.",
    ],
)
def test_goes_on_after_a_stop_that_ends_nothing(text):
    assert cut(text) == [text]


def test_paragraphs_end_sentences_and_digest_items_stand_apart():
    text = "Mali War\nNine civilians are killed in Sévaré. (Reuters)\n\n• Police open fire\n• Talks resume"
    assert cut(text) == [
        "Mali War",
        "Nine civilians are killed in Sévaré.",
        "(Reuters)",
        "• Police open fire",
        "• Talks resume",
    ]
    assert [s.paragraph_no for s in split_sentences("d", text)] == [0, 1, 1, 2, 3]


def test_a_lost_space_after_a_stop_is_seen():
    assert cut("She thanked her colleagues.The Regional Whips vote.") == [
        "She thanked her colleagues.",
        "The Regional Whips vote.",
    ]


def test_hard_wrapped_lines_are_one_paragraph():
    text = "\n".join(
        [
            "The Salvadoran Army today prevented the occupation of some",
            "cities in the eastern part of the country, and waged several",
            "clashes between midnight and dawn, according to the reports",
            "of military sources. The attacks took place in Usulutan and",
            "in Santa Elena, where clashes went on.",
        ]
    )
    assert len(list(find_paragraphs(text))) == 1
    assert len(cut(text)) == 2


@pytest.mark.parametrize(
    ("label", "rest"),
    [
        ("Kyiv, Ukraine: ", "Russia has struck."),
        ("KYIV, Ukraine (AP) — ", "Russia has struck."),
        ("WASHINGTON — ", "The Senate voted."),
        ("MOSCOW, March 5 (Reuters) - ", "Russia said no."),
        ("San Salvador, 9 Jan 90 (dpa) -- [Text] ", "The army said so."),
        ("Washington, D.C.— ", "“No,” she said."),
        ("QUESTION: ", "Will you go?"),
        ("", "Ukraine, Russia and Belarus met."),
        ("", "Trump: I will go."),
        ("", "Kyiv — the capital — was hit."),
        ("", "U.S. forces left."),
    ],
)
def test_datelines_are_told_from_clauses(label, rest):
    text = label + rest
    assert text[find_dateline(text, 0, len(text)) :] == rest


def test_a_dateline_keeps_its_tokens_and_stays_out_of_the_clause():
    (sentence,) = parse("Kyiv, Ukraine: Russia has targeted military sites in Kharkiv.")
    tokens = sentence.tokens
    assert [t.text for t in tokens[:4]] == ["Kyiv", ",", "Ukraine", ":"]
    assert tokens[0].relation == "dep"
    root = next(t for t in tokens if t.head == t.index)
    assert root.lemma == "target"
    assert [t.text for t in tokens if t.head == root.index and t.relation == "nsubj"] == ["Russia"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He didn’t go.", "He did n’t go ."),
        ("Don't! We can't, we won't.", "Do n't ! We ca n't , we wo n't ."),
        ("Biden's $40bn plan, 5.5% more", "Biden 's $ 40 bn plan , 5.5 % more"),
        ("U.S.-led anti-fascist drones", "U.S. - led anti-fascist drones"),
        ("at 10:30 a.m. on 11/05/2003", "at 10:30 a.m. on 11/05/2003"),
        ("O’Brien’s cannot", "O’Brien ’s can not"),
        ("the 1990s, the 21st, Su-34", "the 1990s , the 21st , Su - 34"),
        ("“No,” (she) said—twice...", "“ No , ” ( she ) said — twice ..."),
        ("mail a.b@c.org or https://e.org/x?y=1.", "mail a.b@c.org or https://e.org/x?y=1 ."),
    ],
)
def test_words_are_cut_as_the_treebanks_cut_them(text, words):
    assert [text[a:b] for a, b in find_words(text)] == words.split()


def test_many_documents_come_back_in_their_order():
    documents = [(str(n), f"Police said {n} men left. They ran.") for n in range(70)]
    for (name, text), sentences in zip(documents, read_sentences(documents), strict=True):
        assert [s.document_id for s in sentences] == [name, name]
        assert "".join(t.text for s in sentences for t in s.tokens) == text.replace(" ", "")


def test_a_document_parses_the_same_alone_and_among_others():
    texts = ["Police said two men were killed in Kyiv.", "The minister, who resigned, denied the claim on Monday."] * 40
    together = list(read_sentences((str(n), text) for n, text in enumerate(texts)))
    alone = [next(iter(read_sentences([(str(n), text)]))) for n, text in enumerate(texts)]
    assert together == alone


def test_a_headline_in_capitals_is_read_as_words():
    (sentence,) = parse("RUSSIA STRIKES ODESA AGAIN, KILLING TWO PEOPLE")
    by_text = {t.text: t for t in sentence.tokens}
    assert by_text["STRIKES"].lemma == "strike"
    assert by_text["RUSSIA"].pos == "PROPN"
    assert by_text["KILLING"].pos == "VERB"


@pytest.mark.parametrize(
    "text",
    [
        "word",
        "word " * 20_000,
        '"' * 10_000,
        "(" * 10_000 + ")" * 10_000,
        '("a. ' * 5_000,
        "Two\tmen  \u00a0 died\u2003today.\x0bThen  \r\nall\x85left\u2028home",
        "a\ud800b \x00 \x07 \ufffe said",
        "a" * 20_000 + "!" + " " * 20_000 + "," * 5_000,
        "U.S. " * 2_000,
        "A, B: " * 2_000,
        "a\u0301\u200b" * 2_000,
    ],
)
def test_bad_text_gives_exact_spans_and_one_root(text):
    start = time.process_time()
    sentences = parse(text)
    assert time.process_time() - start < 30
    assert "".join(t.text for s in sentences for t in s.tokens) == "".join(text.split())
    for sentence in sentences:
        assert all(t.span.quote(text) == t.text for t in sentence.tokens)
        assert sum(t.head == t.index for t in sentence.tokens) == 1


@pytest.mark.parametrize("text", ["", " \n\t\u00a0\n"])
def test_nothing_gives_nothing(text):
    assert parse(text) == ()


def test_a_sentence_longer_than_the_parser_reads_is_one_tree():
    text = "They listed " + ", ".join(f"village number {n}" for n in range(MAX_WORDS)) + "."
    sentence = parse(text)[0]
    assert len(sentence.tokens) > MAX_WORDS
    assert sum(t.head == t.index for t in sentence.tokens) == 1
