"""Times: expressions, and the days they mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.times import Time
from tests.documents import make_document
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree
from transforms.times import find_times

WEDNESDAY = datetime(2024, 5, 15, 8, tzinfo=UTC)


def times_in(text: str, published: datetime | None = WEDNESDAY) -> list[Time]:
    document = make_document(text, published_at=published)
    (sentences,) = read_sentences([("d", text)])
    return list(find_times(document, [Tree(s) for s in sentences]))


READ = [
    # text, quote, first day, last day, precision, basis
    ("It fell on 5 March 2022.", "5 March 2022", "2022-03-05", "2022-03-05", "day", "explicit"),
    ("It fell on March 5, 2022.", "March 5, 2022", "2022-03-05", "2022-03-05", "day", "explicit"),
    ("It fell on 2022-03-05.", "2022-03-05", "2022-03-05", "2022-03-05", "day", "explicit"),
    ("It fell on 25/12/2021.", "25/12/2021", "2021-12-25", "2021-12-25", "day", "explicit"),
    ("It fell on the 3rd of May.", "3rd of May", "2024-05-03", "2024-05-03", "day", "relative"),
    ("They fought on October 25-26, 2016.", "October 25-26, 2016", "2016-10-25", "2016-10-26", "interval", "explicit"),
    ("He hid from 28 May to 3 June 2022.", "28 May to 3 June 2022", "2022-05-28", "2022-06-03", "interval", "explicit"),
    ("They fought in March 2022.", "March 2022", "2022-03-01", "2022-03-31", "month", "explicit"),
    ("They fought in February.", "February", "2024-02-01", "2024-02-29", "month", "relative"),
    ("They fought in December.", "December", "2023-12-01", "2023-12-31", "month", "relative"),
    ("They fought in 2014.", "2014", "2014-01-01", "2014-12-31", "year", "explicit"),
    ("He ruled in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31", "decade", "explicit"),
    ("He ruled from 2014 to 2018.", "from 2014 to 2018", "2014-01-01", "2018-12-31", "interval", "explicit"),
    ("The police arrested him on Friday.", "Friday", "2024-05-10", "2024-05-10", "day", "relative"),
    ("The police arrested him on Wednesday.", "Wednesday", "2024-05-15", "2024-05-15", "day", "relative"),
    ("The ministers will meet on Friday.", "Friday", "2024-05-17", "2024-05-17", "day", "relative"),
    ("They meet next Monday.", "next Monday", "2024-05-20", "2024-05-20", "day", "relative"),
    ("They met last Wednesday.", "last Wednesday", "2024-05-08", "2024-05-08", "day", "relative"),
    ("They met yesterday.", "yesterday", "2024-05-14", "2024-05-14", "day", "relative"),
    ("Drones flew overnight.", "overnight", "2024-05-14", "2024-05-15", "day", "relative"),
    ("They met last week.", "last week", "2024-05-06", "2024-05-12", "week", "relative"),
    ("They met earlier this month.", "earlier this month", "2024-05-01", "2024-05-14", "month", "relative"),
    ("They met two days ago.", "two days ago", "2024-05-13", "2024-05-13", "day", "relative"),
    ("They met over the weekend.", "over the weekend", "2024-05-11", "2024-05-12", "interval", "relative"),
    ("Shells fell on New Year's Eve.", "New Year's Eve", "2023-12-31", "2023-12-31", "day", "relative"),
    ("Shells fell on Good Friday.", "Good Friday", "2024-03-29", "2024-03-29", "day", "relative"),
    ("It grew in Q1 2022.", "Q1 2022", "2022-01-01", "2022-03-31", "quarter", "explicit"),
    ("It burned last summer.", "last summer", "2023-06-01", "2023-08-31", "quarter", "relative"),
    ("Ten died in the past three days.", "the past three days", "2024-05-12", "2024-05-15", "interval", "relative"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "first", "last", "precision", "basis"), READ)
def test_expressions_mean_days(text: str, quote: str, first: str, last: str, precision: str, basis: str) -> None:
    (time,) = times_in(text)
    found = (time.quote, str(time.start_date), str(time.end_date), time.precision and time.precision.value)
    assert (*found, time.basis.value) == (quote, first, last, precision, basis)


NO_TIMES = [
    "May they rest in peace.",
    "They will march to the sea.",
    "About 2014 people came.",
    "The Boeing 1999 flew.",
    "Resolution 2334 was adopted.",
    "He fired an F-16 at 40 km.",
    "It lasted for two days.",
    "They won 3-2 and 21-19.",
    "The second man fell.",
    "On 31 February nothing happened.",
    "",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_other_numbers_and_words_are_no_times(text: str) -> None:
    assert times_in(text) == []


@pytest.mark.parametrize(
    "text", ["They met on Friday.", "They met in May.", "They met last week.", "They met on 3 May."]
)
def test_nothing_is_forced_without_a_date(text: str) -> None:
    (time,) = times_in(text, None)
    assert (time.start_date, time.basis.value) == (None, "unresolved")


def test_an_ambiguous_date_stays_open() -> None:
    (time,) = times_in("It fell on 03/05/2021.")
    assert time.start_date is None


def test_a_dateline_dates_an_undated_text() -> None:
    found = times_in("LIMA, 9 January 1990 (EFE) -- The mayor was killed on Monday.", None)
    assert [str(t.start_date) for t in found] == ["1990-01-09", "1990-01-08"]


def test_earlier_counts_from_the_day_spoken_of() -> None:
    found = times_in("He came on 3 March 2022. A day earlier he had left.")
    assert str(found[1].start_date) == "2022-03-02"
