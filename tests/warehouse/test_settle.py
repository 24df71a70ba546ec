"""Versions, exact copies and near copies do not depend on the order of loading."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from tests.warehouse.road import START, Story, folder, run_stories, stories, writing
from warehouse.settle import settle_documents
from warehouse.syndication import connect_parts, sign_text

LONG = (
    "The mayor said on Monday that the bridge over the river would be closed for six months from June while engineers "
    "replace the bearings, and that buses would run through the old town until the work is done. The council had put "
    "the repair off twice. Traders on the square fear for the summer; the chamber of commerce wants the work done at "
    "night. The engineers' report of last autumn found cracks in four of the nine bearings. "
)


def shared(one: str, other: str) -> float:
    pairs = zip(sign_text(one), sign_text(other), strict=True)
    return sum(a == b for a, b in pairs) / 128


def test_the_latest_revision_is_current_and_the_old_one_is_kept(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    first, second = Story(number=1), Story(number=1, killed=9, revision=3)
    run_stories(paths, [second])
    run_stories(paths, [first])
    with writing(paths) as con:
        assert con.execute("select version, text from documents order by version").fetchall() == [
            (1, first.text),
            (2, second.text),
        ]
        assert con.execute("select text from current_documents").fetchall() == [(second.text,)]
        assert con.execute("select value_low from casualties").fetchall() == [(9,)]


def test_by_how_much_a_toll_rose_is_no_toll(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    run_stories(paths, [Story(number=1, killed=5)])
    with writing(paths) as con:
        assert con.execute("select value_low, comparator from casualties").fetchall() == [(5, "=")]
        con.execute("update figures set comparator = 'up'")
        assert con.execute("select value_low, comparator from casualties").fetchall() == []


def test_an_undated_revision_follows_the_one_fetched_before(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    run_stories(paths, [Story(number=1, killed=5)], started_at=START)
    run_stories(paths, [Story(number=1, killed=3)], started_at=START + timedelta(days=1))
    with writing(paths) as con:
        assert con.execute("select version from documents order by fetched_at").fetchall() == [(1,), (2,)]


def test_an_exact_copy_is_linked_to_the_first_and_counted_once(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    run_stories(paths, [Story(number=1, source="B"), Story(number=1, source="A")])
    with writing(paths) as con:
        original = con.execute("select document_id from documents where duplicate_of is null").fetchall()
        copies = con.execute("select duplicate_of, version from documents where duplicate_of is not null").fetchall()
        assert copies == [(original[0][0], 1)]
        assert con.execute("select count(*) from current_documents").fetchall() == [(1,)]
        assert con.execute(
            "select count(distinct syndication_id), count(syndication_id) from documents"
        ).fetchall() == [(1, 2)]


def test_settling_again_changes_nothing(tmp_path: Path) -> None:
    paths = folder(tmp_path)
    run_stories(paths, stories(8))
    with writing(paths) as con:
        assert settle_documents(con) == 0


def test_near_copies_share_their_signature_and_others_do_not() -> None:
    assert shared(LONG * 2, LONG * 2 + "Reporting by A. Writer; editing by B. Editor.") > 0.8
    assert shared(LONG, LONG.replace("Monday", "Tuesday")) > 0.7
    assert (
        shared(LONG, "Nobody was hurt when a crane fell on an empty house in the suburbs early on Friday. " * 3) < 0.1
    )


@pytest.mark.parametrize("seed", range(5))
def test_connected_parts_do_not_depend_on_the_order_of_edges(seed: int) -> None:
    edges = [("a", "b"), ("c", "b"), ("d", "e"), ("f", "e"), ("g", "h"), ("h", "a")]
    shuffled = random.Random(seed).sample(edges, len(edges))
    assert connect_parts(shuffled) == {**dict.fromkeys("abcgh", "a"), **dict.fromkeys("def", "d")}
