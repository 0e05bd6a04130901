"""Times as spreadsheet programs keep them: days from the first of a workbook, with the leap day that 1900 never had."""

from __future__ import annotations

from datetime import datetime

import pytest

from wardline.time_limits import days_and_rest, first_day_counted, in_days, in_milliseconds, moment_in_days


@pytest.mark.parametrize(
    ("days", "from_1904", "moment"),
    [
        (0, False, "1899-12-31"),
        (1, False, "1900-01-01"),
        (59, False, "1900-02-28"),
        (61, False, "1900-03-01"),
        (45_717.75, False, "2025-03-01 18:00"),
        (44_255.75, True, "2025-03-01 18:00"),
        (0, True, "1904-01-01"),
        (2_958_465.5, False, "9999-12-31 12:00"),
        (2_958_466, False, None),
        (2_957_003, True, "9999-12-31"),
        (2_957_004, True, None),
        (-0.001, False, None),
    ],
)
def test_a_number_of_days_is_a_local_time(days: float, from_1904: bool, moment: str | None) -> None:
    found = moment_in_days(first_day_counted(from_1904=from_1904), in_milliseconds(days=days))
    assert found == (None if moment is None else datetime.fromisoformat(moment))


def test_a_length_of_time_is_whole_milliseconds_and_gives_its_days_back() -> None:
    length = in_milliseconds(days=2, hours=3, minutes=4, seconds=5, nanoseconds=6_700_000)
    assert length == 183_845_007
    assert days_and_rest(length) == (2, 11_045_007)
    assert days_and_rest(-1) == (-1, 86_399_999)
    assert in_days(in_milliseconds(hours=6)) == 0.25


@pytest.mark.parametrize("days", [float("nan"), float("inf")])
def test_what_is_no_number_of_days_is_refused(days: float) -> None:
    with pytest.raises((ValueError, OverflowError)):
        in_milliseconds(days=days)
