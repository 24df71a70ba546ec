"""Learning places: what corpora say, what they leave open, and the same weights each time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from transforms.places.corpora import Coverage, PlacedText, read_corpora
from transforms.places.learning import judge_toponyms, learn_places, read_texts
from transforms.reference.tagged_names import read_iob2, read_tagged_names
from transforms.reference.type_learning import describe_stretches, learn_name_types
from transforms.sentences import read_sentences

TEXT = "Drones hit Kharkiv in Ukraine, Paris Jones said in Paris."
TAGGED = "1\tHe\tO\n2\tleft\tO\n3\tOslo\tB-LOC\n4\tfor\tO\n5\tLondon\tB-ORG\n6\tUniversity\tI-ORG\n\n"


def toponym(text: str, start: int, *, slip: int = 0, **point: float) -> dict[str, Any]:
    return {"phrase": text, "start": start + slip, "end": start + slip + len(text), **point}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    known = [
        toponym("Kharkiv", TEXT.index("Kharkiv"), lat=50.0, lon=36.2),
        toponym("Ukraine", TEXT.index("Ukraine"), slip=2),
        toponym("Paris", TEXT.rindex("Paris"), lat=48.9, lon=2.35),
    ]
    rows = [json.dumps({"text": TEXT, "toponyms": known}, ensure_ascii=False)] * 4
    (tmp_path / "geo-own.jsonl").write_text("\n".join(rows), encoding="utf-8")
    place = {"start": TEXT.index("Kharkiv"), "lat": 50.0, "lon": 36.2}
    # A line separator inside a text ends no row.
    doc = json.dumps({"doc_id": "a", "text": TEXT + "\u2028"}, ensure_ascii=False)
    (tmp_path / "own.docs.jsonl").write_text(doc, encoding="utf-8")
    gold = json.dumps({"doc_id": "a", "events": [{"places": [place]}]})
    (tmp_path / "own.gold.jsonl").write_text(gold, encoding="utf-8")
    (tmp_path / "uner_ewt_dev.iob2").write_text(TAGGED, encoding="utf-8")
    (tmp_path / "uner_pud.iob2").write_text(TAGGED, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_what_it_has(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    coverages = [placed.coverage for placed in read_corpora(corpora)]
    assert coverages == [Coverage.ALL] * 4 + [Coverage.EVENTS, Coverage.NAMES]
    assert list(read_corpora(tmp_path_factory.mktemp("empty"))) == []


def test_a_slipped_span_is_put_right(corpora: Path) -> None:
    points = next(read_corpora(corpora)).points
    assert sorted(points) == [TEXT.index("Kharkiv"), TEXT.index("Ukraine"), TEXT.rindex("Paris")]
    assert points[TEXT.index("Ukraine")] is None


JUDGED = [
    # number of the text among those of the folder, word, whether it is a toponym
    (0, "Kharkiv", True),
    (0, "Paris", False),
    (4, "Kharkiv", True),
    (4, "Ukraine", None),
    (5, "Oslo", True),
    (5, "London", None),
]


@pytest.mark.parametrize(("number", "word", "expected"), JUDGED)
def test_a_corpus_judges_what_it_annotates(corpora: Path, number: int, word: str, expected: bool | None) -> None:
    placed = list(read_corpora(corpora))[number]
    (reading,) = read_texts([placed])
    at = placed.text.index(word)
    (found,) = [t for t in reading.toponyms if t.span.start == at]
    assert placed.judge(found) is expected


def test_places_of_events_count_twice(corpora: Path) -> None:
    (reading,) = read_texts([list(read_corpora(corpora))[4]])
    assert [right for _, right in judge_toponyms(reading)] == [True, True]


def test_places_are_learnt_the_same_each_time(corpora: Path) -> None:
    weights = [learn_places(list(read_texts(read_corpora(corpora)))) for _ in range(2)]
    assert weights[0] == weights[1]
    assert weights[0]["accept"]["before=in"] > 0
    assert "near" in weights[0]["rank"]


def test_nothing_is_learnt_from_nothing() -> None:
    assert learn_places([]) == {"accept": {}, "rank": {}}
    assert learn_places(list(read_texts([PlacedText("", Coverage.ALL)]))) == {"accept": {}, "rank": {}}


def test_tagged_names_leave_the_measuring_part_alone(corpora: Path) -> None:
    (tagged,) = read_tagged_names(corpora)
    assert tagged.text == "He left Oslo for London University"
    assert [tagged.text[a:b] for a, b, _ in tagged.names] == ["Oslo", "London University"]


TAGS = [
    # lines, text, names
    ("# text = In Oslo, he\n1\tIn\tO\n2\tOslo\tB-LOC\n3\t,\tO\n4\the\tO\n", "In Oslo, he", ((3, 7, "LOC"),)),
    ("# text = other words\n1\tOslo\tB-LOC\n", "other words", ()),
    ("1\tOslo\tI-LOC\n", "Oslo", ()),
]


@pytest.mark.parametrize(("lines", "text", "names"), TAGS)
def test_tags_find_their_characters(lines: str, text: str, names: tuple[tuple[int, int, str], ...]) -> None:
    (tagged,) = read_iob2(lines.splitlines())
    assert (tagged.text, tagged.names) == (text, names)


def test_name_types_are_learnt_the_same_each_time(corpora: Path) -> None:
    (tagged,) = read_tagged_names(corpora)
    (sentences,) = read_sentences([("d", tagged.text)])
    stretches = list(describe_stretches(tagged, sentences)) * 2
    assert {kind for _, kind in stretches} == {"LOC", "ORG"}
    weights = learn_name_types(stretches)
    assert weights == learn_name_types(stretches)
    assert weights["LOC"]["w=oslo"] > 0 > weights["ORG"]["w=oslo"]
