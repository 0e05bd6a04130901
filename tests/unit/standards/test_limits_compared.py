"""Which of two time limits gives more time, value by value, and only where it is certain."""

from __future__ import annotations

import pytest

from wardline.obligations import LimitTable
from wardline.standards import Compared, compare_limits, how_compared
from wardline.standards.limits_compared import looser_in_words
from wardline.time_limits import TimeIn, ToBeSet, read_length


def table(unknown=None, by="grade", **lengths):
    limits = tuple((value, read_length(length.replace("_", " "))) for value, length in lengths.items())
    return LimitTable(by, limits, None if unknown is None else read_length(unknown))


def limit(text):
    return ToBeSet() if text == "to be set" else read_length(text)


@pytest.mark.parametrize(
    ("shipped", "local", "how"),
    [
        ("1 hour", "1 hour", Compared.SAME),
        ("1 hour", "61 minutes", Compared.LOOSER),
        ("1 hour", "59 minutes", Compared.TIGHTER),
        ("72 hours", "3 days", Compared.UNSAID),
        ("72 hours", "3 working days", Compared.UNSAID),
        ("same day", "2 days", Compared.LOOSER),
        ("to be set", "8 hours", Compared.SET),
        ("to be set", "to be set", Compared.SAME),
        ("8 hours", "to be set", Compared.LOOSER),
        ("56 days counting the first", "70 days", Compared.LOOSER),
    ],
)
def test_one_length_beside_another(shipped, local, how):
    assert how_compared(limit(shipped), limit(local)) is how


def test_a_table_is_compared_value_by_value():
    parts = compare_limits(table(high="15 minutes", low="8 hours"), table(high="10 minutes", low="9 hours"))
    assert [(part.value, part.how) for part in parts] == [
        ("high", Compared.TIGHTER),
        ("low", Compared.LOOSER),
        (None, Compared.SAME),
    ]
    assert how_compared(table(high="15 minutes"), table(high="10 minutes")) is Compared.TIGHTER


def test_a_value_that_is_left_out_is_looser_and_one_that_is_added_is_set():
    shipped, local = table(high="15 minutes"), table(low="8 hours")
    assert {part.value: part.how for part in compare_limits(shipped, local)} == {
        "high": Compared.LOOSER,
        "low": Compared.SET,
        None: Compared.SAME,
    }
    assert list(looser_in_words(shipped, local)) == ["high: to be set, shipped 15 minutes"]


def test_one_length_in_the_place_of_a_table_is_held_against_each_value():
    parts = compare_limits(table(high="15 minutes", low="8 hours", unknown="1 hour"), read_length("1 hour"))
    assert [part.how for part in parts] == [Compared.LOOSER, Compared.TIGHTER, Compared.SAME]


def test_what_goes_by_different_things_is_not_compared():
    assert compare_limits(table(by="grade", high="1 hour"), table(by="risk", high="2 hours")) == ()
    assert how_compared(table(by="grade", high="1 hour"), table(by="risk", high="2 hours")) is Compared.UNSAID
    assert how_compared(read_length("1 hour"), TimeIn("due")) is Compared.UNSAID
    assert how_compared(TimeIn("due"), TimeIn("due")) is Compared.SAME
