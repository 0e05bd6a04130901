"""Times told from the start of a case, in minutes or in days, and the sentences that are made of them."""

from __future__ import annotations

import pytest

from wardline.findings.coded_explanations import SinceStart


@pytest.mark.parametrize(
    ("minutes", "days", "said"),
    [
        (0, None, "at the start"),
        (1, None, "1 minute after the start"),
        (170, None, "2 hours 50 minutes after the start"),
        (1620, None, "1 day 3 hours after the start"),
        (-5, None, "5 minutes before the start"),
        (None, 0, "on the day of the start"),
        (None, 1, "on a day 1 day after that of the start"),
        (None, -2, "on a day 2 days before that of the start"),
    ],
)
def test_a_time_is_told_from_the_start(minutes, days, said):
    assert SinceStart(minutes, days).in_words() == said


def test_a_time_that_is_not_known_is_none():
    assert SinceStart.of({"responded_after": None, "responded_day": None}, "responded") is None
    assert SinceStart.of({"responded_after": 3, "responded_day": None}, "responded") == SinceStart(3, None)
    assert SinceStart.of({"responded_after": None, "responded_day": 3}, "responded").is_by_day
