"""Fields: dates and bylines as sources write them."""

from datetime import UTC, date, datetime

import pytest

from flows.sources.dates import parse_instant
from flows.sources.fields import bylines

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
MIDNIGHT = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-01", MIDNIGHT),
        ("2024-05-01T12:00:00Z", NOON),
        ("2024-05-01 14:00:00+02:00", NOON),
        ("Wed, 01 May 2024 12:00:00 GMT", NOON),
        ("Wed, 1 May 2024 08:00 EDT", NOON),
        ("May 1, 2024", MIDNIGHT),
        ("1 May 2024", MIDNIGHT),
        ("May 1, 2024 12:00 PM", NOON),
        ("20240501T120000Z", NOON),
        (1714564800, NOON),
        ("1714564800", NOON),
        (1714564800000, NOON),
        (1714564800.0, NOON),
        (date(2024, 5, 1), MIDNIGHT),
        (datetime(2024, 5, 1, 12), NOON),  # noqa: DTZ001
        ("13/05/2024", datetime(2024, 5, 13, tzinfo=UTC)),
    ],
)
def test_dates_are_read(value: object, expected: datetime) -> None:
    assert parse_instant(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        *(
            float("nan"),
            float("inf"),
            10**30,
            "9" * 5000,
            None,
            [],
            {},
            "2024",
            "0000-00-00",
            "99999999999999 May 2024",
        ),
        "yesterday",
        "May 2024",
        "1 May",
        "12:00",
        "03/04/2024",
        "Thu, 31 Dec 2099 25:61:00 GMT",
        "",
        "2024-13-45",
        5,
        True,
    ],
)
def test_what_is_no_date_is_none(value: object) -> None:
    assert parse_instant(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("By Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("Jane Doe; John  Roe", ("Jane Doe", "John Roe")),
        ("Jane Doe, John Roe", ("Jane Doe", "John Roe")),
        ("Doe, Jane", ("Doe, Jane",)),
        (["Jane Doe", "Jane Doe", {"name": "John Roe"}, 5, None], ("Jane Doe", "John Roe")),
        ({"name": "AP"}, ("AP",)),
        ("", ()),
        (None, ()),
        (7, ()),
    ],
)
def test_bylines(value: object, expected: tuple[str, ...]) -> None:
    assert bylines(value) == expected
