"""One length is certainly longer than another only if it is so from every start."""

import pytest

from wardline.time_limits import about_how_many_days, is_certainly_longer, read_length

LONGER = [
    ("16 minutes", "15 minutes"),
    ("2 hours", "60 minutes"),
    ("4 days", "72 hours"),
    ("2 weeks", "13 days"),
    ("32 days", "1 month"),
    ("1 month", "3 weeks"),
    ("7 months", "6 months"),
    ("57 days counting the first", "56 days counting the first"),
    ("2 days", "same day"),
    ("3 working days", "2 working days"),
    ("5 working days", "4 days"),
    ("60 days", "5 working days"),
    ("3 days counting the first", "1 day"),
]
NOT_CERTAIN = [
    ("72 hours", "3 days"),
    ("3 days", "72 hours"),
    ("15 minutes", "15 minutes"),
    ("1 month", "30 days"),
    ("1 day", "same day"),
    ("same day", "1 hour"),
    ("1 working day", "2 days"),
    ("1 day", "1 working day"),
    ("4 days", "2 working days"),
    ("2 days counting the first", "2 days"),
    ("15 minutes", "16 minutes"),
]


@pytest.mark.parametrize(("one", "other"), LONGER)
def test_is_longer_from_every_start(one, other):
    assert is_certainly_longer(read_length(one), read_length(other))
    assert not is_certainly_longer(read_length(other), read_length(one))


@pytest.mark.parametrize(("one", "other"), NOT_CERTAIN)
def test_is_not_certainly_longer(one, other):
    assert not is_certainly_longer(read_length(one), read_length(other))


def test_limits_are_put_in_order_by_about_how_long_they_are():
    in_order = ["0 minutes", "59 minutes", "1 hour", "23 hours", "same day", "1 working day", "3 days"]
    in_order += ["3 working days", "1 week", "4 weeks", "1 month", "56 days counting the first", "2 months"]
    assert sorted(in_order, key=lambda text: about_how_many_days(read_length(text))) == in_order
    assert about_how_many_days(read_length("36 hours")) == 1.5
