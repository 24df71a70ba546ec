"""Mentions joined into events: by how well a mention fits all of an event, not only its nearest mention."""

from __future__ import annotations

import pytest

from transforms.events.mentions import assign_events

TABLE = [
    ([], []),
    ([[]], [0]),
    ([[], [(0, 0.9)]], [0, 0]),
    ([[], [(0, 0.4)]], [0, 1]),
    # The last fits the second event better than the first.
    ([[], [(0, 0.1)], [(0, 0.6), (1, 0.8)]], [0, 1, 1]),
    # A chain of best pairs would take the last in; the event as a whole does not want it.
    ([[], [(0, 0.9)], [(0, 0.9), (1, 0.9)], [(0, 0.0), (1, 0.0), (2, 0.7)]], [0, 0, 0, 1]),
    # Events equally good: the earlier one.
    ([[], [(0, 0.0)], [(0, 0.9), (1, 0.9)]], [0, 1, 0]),
]


@pytest.mark.parametrize(("chances", "expected"), TABLE)
def test_each_mention_goes_where_it_fits(chances, expected):
    assert assign_events(chances, 0.5) == expected
