"""Statements by class: what is found, and as many that must not be."""

from __future__ import annotations

import pytest

from schemas.actors import Actor
from schemas.spans import Span, make_id
from schemas.statements import Statement
from schemas.vocabulary import Act, ActorType, Form, SpeakerType
from tests.documents import make_document
from transforms.sentences import read_sentences
from transforms.statements import find_statements
from transforms.statements.layouts import find_layouts
from transforms.statements.quotations import pair_quotations
from transforms.syntax.tree import Tree


def read(text: str, actors: tuple[Actor, ...] = ()) -> tuple[Statement, ...]:
    document = make_document(text)
    (sentences,) = read_sentences([(document.document_id, text)])
    return find_statements(document, [Tree(s) for s in sentences], actors)


def spoken(text: str) -> list[tuple[str | None, str, str]]:
    return [(s.source_quote, s.cue_quote, s.content_quote) for s in read(text)]


FOUND = [
    # indirect, with that and without
    ("The mayor said that the bridge would be closed.", "The mayor", "said", "that the bridge would be closed"),
    ("Officials said two people were killed.", "Officials", "said", "two people were killed"),
    ("The minister warned that prices would rise.", "The minister", "warned", "that prices would rise"),
    ("The company denied that it had broken the law.", "The company", "denied", "that it had broken the law"),
    # direct, in every order
    ("“We will not leave,” the governor said.", "the governor", "said", "“We will not leave,”"),
    ('"We will not leave," the governor said.', "the governor", "said", '"We will not leave,"'),
    ("“We will not leave,” said the governor.", "the governor", "said", "“We will not leave,”"),
    # mixed
    (
        "The president called the attack a “cowardly act.”",
        "The president",
        "called",
        "the attack a “cowardly act.”",
    ),
    # according to
    (
        "According to the police, three men were arrested.",
        "the police",
        "According to",
        "three men were arrested",
    ),
    ("Three men were arrested, according to the police.", "the police", "according to", "Three men were arrested"),
    # verb groups
    (
        "The senator has repeatedly said that the law is unjust.",
        "The senator",
        "has repeatedly said",
        "that the law is unjust",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), FOUND, ids=[row[0][:40] for row in FOUND])
def test_a_statement_is_found_with_its_exact_spans(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in spoken(text)


REFUSED = [
    # lemmas that are cues elsewhere
    "He called a taxi from the station.",
    "The museum shows paintings from the last century.",
    "The train reported to the depot at noon was blue.",
    "She asked for the bill and paid.",
    # scare quotes, titles
    "The so-called “experts” left the building.",
    "They watched “The Long Road Home” on Friday.",
    # beliefs, events, weather
    "The children wanted a dog.",
    "Heavy rain flooded the valley on Monday.",
    "Two drones hit the depot before dawn.",
    "The river rose by two metres.",
    "",
    "“”",
    "\n\n",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_nobody_says_is_no_statement(text: str) -> None:
    assert [s for s in read(text) if s.form is not Form.INDIRECT or s.cue_lemma not in ("ask", "report")] == []


def test_a_split_quotation_is_one_statement() -> None:
    (found,) = read("“We are ready,” the general said, “and we will wait.”")
    assert len(found.content_spans) == 2
    assert found.content_quote == "“We are ready,” … “and we will wait.”"
    assert found.form is Form.DIRECT


def test_a_quotation_is_whole_over_sentences() -> None:
    text = "“We are ready. We have waited for years. Now we will act,” the general said."
    (found,) = read(text)
    assert found.content_quote == "“We are ready. We have waited for years. Now we will act,”"


def test_a_floating_quotation_goes_to_who_spoke_before() -> None:
    text = "“We are ready,” the general said. “We have waited for years.”"
    (found,) = read(text)
    assert found.content_quote == "“We are ready,” … “We have waited for years.”"


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "“We are ready,” the general said. “We have waited.\n\n“Now we will act.”\n\nThe street was quiet."
    (found,) = read(text)
    assert "“Now we will act.”" in found.content_quote
    assert "street" not in found.content_quote


def test_a_cue_inside_a_quotation_does_not_take_it_over() -> None:
    text = "“It was late,” the guide said. “The captain told us to go. We left at once.”"
    by_source = {source: content for source, _, content in spoken(text)}
    assert by_source["the guide"] == "“It was late,” … “The captain told us to go. We left at once.”"
    assert "We left" not in by_source.get("The captain", "")


def test_a_colon_at_the_end_of_a_paragraph_takes_the_quotation_after_it() -> None:
    text = "The general said:\n\n“We are ready. We have waited.”"
    assert any("We have waited" in content for _, _, content in spoken(text))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“One” and ”two”", ["“One”"]),
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("Unclosed “quote to the end.\nNext line.", ["“quote to the end."]),
        ("“First paragraph.\n\n“Second paragraph.”", ["“First paragraph.\n\n“Second paragraph.”"]),
        ("‘Single marks,’ she said.", ["‘Single marks,’"]),
        ("'Straight single,' she said.", ["'Straight single,'"]),
        ("“Outer ‘inner’ outer”", ["“Outer ‘inner’ outer”"]),
        ("«Guillemets» too", ["«Guillemets»"]),
        ("''Typed as two,'' she said. ''Twice.''", ["''Typed as two,''", "''Twice.''"]),
        ("``Typed as two,'' she said.", ["``Typed as two,''"]),
        ("''First paragraph.\n\n''Second paragraph.''", ["''First paragraph.\n\n''Second paragraph.''"]),
        ('"Straight, unclosed.\n\n“Curly is another.”', ['"Straight, unclosed.', "“Curly is another.”"]),
        ("5'11'' tall and 6'' wide", []),
        ("It's the dogs' bowl, and ’90s rock'n'roll.", []),
        ('5\'10" tall and 6" wide', []),
        ("““““““", []),
    ],
)
def test_quotation_marks_are_paired(text: str, quoted: list[str]) -> None:
    assert [q.span.quote(text) for q in pair_quotations(text)] == quoted


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“We will stay,” she said.", Form.DIRECT),
        ("She said that they would “never leave” the town.", Form.MIXED),
        ("She said that they would never leave the town.", Form.INDIRECT),
    ],
)
def test_form_follows_the_quotation_marks(text: str, form: Form) -> None:
    assert [s.form for s in read(text)] == [form]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The ministry denied that it had fired a missile.", Act.DENY),
        ("The president accused the rebels of breaking the truce.", Act.ACCUSE),
        ("The mayor warned that the dam could break.", Act.WARN),
        ("The union demanded that wages be raised.", Act.DEMAND),
        ("The union called for higher wages.", Act.DEMAND),
        ("The premier promised that taxes would fall.", Act.PROMISE),
        ("The premier praised the work of the nurses.", Act.PRAISE),
        ("The premier condemned the attack on the school.", Act.CONDEMN),
        ("The army announced that the road was open.", Act.ANNOUNCE),
        ("The group claimed that it had shot down the aircraft.", Act.CLAIM),
        ("The clerk said that the office was closed.", Act.SAY),
    ],
)
def test_acts_follow_the_cue(text: str, act: Act) -> None:
    assert [s.act for s in read(text)] == [act]


def test_a_statement_in_a_statement_names_the_outer_one() -> None:
    rows = read("The paper reports that the minister said that the bridge is safe.")
    by_lemma = {row.cue_lemma: row for row in rows}
    assert by_lemma["report"].inside_statement_id is None
    if "say" in by_lemma:
        assert by_lemma["say"].inside_statement_id == by_lemma["report"].statement_id


def _actor(text: str, quote: str, name: str, actor_type: ActorType, sentence_no: int = 0, **more: object) -> Actor:
    start = text.index(quote)
    return Actor(
        actor_id=make_id(quote, start),
        document_id="0" * 16,
        sentence_no=sentence_no,
        char_start=start,
        char_end=start + len(quote),
        quote=quote,
        actor_type=actor_type,
        name=name,
        **more,  # type: ignore[arg-type]
    )


def test_a_speaker_has_the_name_country_and_sector_of_the_actor() -> None:
    text = "President Anna Berg said that the talks had failed."
    actor = _actor(text, "Anna Berg", "Anna Berg", ActorType.PERSON, country="NOR", sector="GOV")
    (found,) = read(text, (actor,))
    assert (found.speaker_name, found.speaker_type, found.speaker_country, found.speaker_sector) == (
        "Anna Berg",
        SpeakerType.PERSON,
        "NOR",
        "GOV",
    )


def test_a_metonym_stays_as_written_and_gets_its_country() -> None:
    (found,) = read("Kyiv said that the port was open.")
    assert (found.speaker_name, found.speaker_country) == ("Kyiv", "UKR")


def test_a_pronoun_is_who_spoke_last() -> None:
    rows = read("Anna Berg said that the talks had failed. She added that there was still hope.")
    assert [row.speaker_name for row in rows] == ["Anna Berg", "Anna Berg"]


@pytest.mark.parametrize(
    ("first_line", "speaker"),
    [("Ada Holm, Secretary of Trade", "Ada Holm"), ("Ada Holm met the union.", None)],
)
def test_who_signs_a_text_is_its_first_person(first_line: str, speaker: str | None) -> None:
    text = f"{first_line}\n\nI announced that the talks would go on."
    rows = read(text, (_actor(text, "Ada Holm", "Ada Holm", ActorType.PERSON),))
    assert {row.speaker_name for row in rows if row.cue_lemma == "announce"} == {speaker}


def test_a_name_after_a_role_names_the_speaker() -> None:
    text = "The former minister of trade and ports, Ada Holm, said that the talks had failed."
    actors = (
        _actor(text, "The former minister of trade and ports", "former minister of trade and ports", ActorType.ROLE),
        _actor(text, "Ada Holm", "Ada Holm", ActorType.PERSON),
    )
    assert [row.speaker_name for row in read(text, actors)] == ["Ada Holm"]


def test_a_surname_is_led_back_to_the_full_name() -> None:
    rows = read("Anna Berg said that the talks had failed. There was still hope, Berg said.")
    assert {row.speaker_name for row in rows} == {"Anna Berg"}


def test_a_speaker_the_text_does_not_name_stays_unknown() -> None:
    for row in read("It was said that the bridge was unsafe."):
        assert row.speaker_name is None
        assert row.speaker_type is SpeakerType.UNKNOWN


def test_transcripts_and_signed_quotations_are_read_off_the_layout() -> None:
    text = "MAYOR: We stay.\nREPORTER: Why?\nMAYOR: We must stay."
    assert [(x.source.quote(text), x.content.quote(text)) for x in find_layouts(text, ())] == [
        ("MAYOR", "We stay."),
        ("REPORTER", "Why?"),
        ("MAYOR", "We must stay."),
    ]
    signed = "“This town has been good to me and to mine.” — Ada Holm"
    (layout,) = find_layouts(signed, pair_quotations(signed))
    assert layout.source.quote(signed) == "Ada Holm"


@pytest.mark.parametrize(
    "text",
    [
        "Note: the shop is closed.",
        "Updated: Monday.\nRelated: more news.\nPhoto: A. Holm",
        "Score: 2\nScore: 3\nTime: 4",
    ],
)
def test_labels_are_no_transcript(text: str) -> None:
    assert find_layouts(text, pair_quotations(text)) == ()


def test_every_span_quotes_the_text() -> None:
    text = "“We are ready,” the general said, “and we will wait.” According to him, nobody was hurt."
    for row in read(text):
        assert row.cue_quote == " … ".join(span.quote(text) for span in row.cue_spans)
        assert row.content_quote == " … ".join(span.quote(text) for span in row.content_spans)
        assert all(isinstance(span, Span) for span in row.source_spans)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The union rejected claims by the ministry that the strike was illegal.",
            "the ministry",
            "claims by",
            "that the strike was illegal",
        ),
        (
            "There were warnings from two ministers that the dam would break.",
            "two ministers",
            "warnings from",
            "that the dam would break",
        ),
    ],
)
def test_a_noun_tells_a_statement(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in spoken(text)


@pytest.mark.parametrize(
    "text",
    [
        "There were parcels from two ministers that the clerk opened.",
        "A bridge by the sea that the storm broke was rebuilt.",
        "Claims by the sea that sell well are rare.",
    ],
)
def test_a_noun_that_tells_nothing_is_none(text: str) -> None:
    assert [row for row in spoken(text) if row[1].endswith((" by", " from"))] == []


def test_words_without_a_speaker_give_way_to_those_they_hold() -> None:
    rows = spoken("The port stayed open, countering claims by the harbour union that ships had been turned away.")
    assert [cue for _, cue, _ in rows] == ["claims by"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The mayor urged shops to close following a flood alert.", "shops to close"),
        ("The mayor urged shops to close early on Friday.", "shops to close early on Friday"),
        ("The mayor said that shops closed following a flood alert.", "that shops closed following a flood alert"),
        (
            "The mayor accused the firm of poisoning the river, using barrels that leaked for years.",
            "the firm of poisoning the river, using barrels that leaked for years",
        ),
    ],
)
def test_edges_that_grammar_settles(text: str, content: str) -> None:
    assert [said for _, _, said in spoken(text)] == [content]


def test_a_name_set_off_before_the_cue_belongs_to_its_source() -> None:
    (row,) = spoken("The governor of the region, Ada Holm, urged shops to close.")
    assert (row[0] or "").rstrip(",") == "The governor of the region, Ada Holm"


def test_words_quoted_in_full_take_no_unquoted_span() -> None:
    rows = [row for row in spoken("“It is late,” the guide said, and the boat left the harbour.") if row[1] == "said"]
    assert [row[2] for row in rows] == ["“It is late,”"]


@pytest.mark.parametrize(
    "text", ["Can you confirm how many ships have left?", "If you can repeat a part of your question."]
)
def test_what_is_asked_of_you_is_not_what_you_say(text: str) -> None:
    assert [row for row in spoken(text) if (row[0] or "").lower() == "you"] == []


def test_what_is_put_to_a_speaker_is_not_said_by_him() -> None:
    rows = spoken("When asked why he had stayed, Peter Holm answered: “I had to.”")
    assert [source for source, cue, _ in rows if "asked" in cue] in ([None], [])


def test_a_dateline_says_nothing() -> None:
    assert [
        row for row in spoken("Oslo, Norway: Two ships have left the harbour for the north.") if row[1] == ":"
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers defended the town for a month.",
        "The judge dismissed the case on Friday.",
        "The designations underscore the need for calm.",
        "The minister must declare that the port is safe.",
        "The police identified the bus.",
        "The ministers concluded the forum on Friday.",
    ],
)
def test_a_deed_is_no_statement(text: str) -> None:
    assert spoken(text) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The minister defended the decision to close the port.", "defended"),
        ("The minister dismissed the report as a lie.", "dismissed"),
        ("The report shows that calm is needed.", "shows"),
        ("The police identified the man as a former clerk.", "identified"),
    ],
)
def test_the_same_verbs_say_something_of_words(text: str, cue: str) -> None:
    assert cue in [found for _, found, _ in spoken(text)]


def test_a_cue_is_told_once() -> None:
    cues = [cue for _, cue, _ in spoken("The spokesman dismissed reports of deaths at the port.")]
    assert len(cues) == len({cue.split()[0] for cue in cues}) == 1


def test_who_says_it_is_parted_from_what_is_said() -> None:
    text = (
        "Shells fired by the rebels hit a crowded market in the city on Friday, killing dozens, medics and police said."
    )
    (row,) = spoken(text)
    assert row[0] == "medics and police"
    assert row[2].endswith("killing dozens")
