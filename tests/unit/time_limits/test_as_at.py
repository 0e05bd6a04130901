from datetime import UTC, datetime

import pytest

from wardline.time_limits import Calendar, NotATime, read_as_at

LONDON = Calendar("Europe/London")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-01-15", datetime(2025, 1, 15, 0, 0, tzinfo=UTC)),
        ("2025-04-01", datetime(2025, 3, 31, 23, 0, tzinfo=UTC)),
        ("2025-04-01 02:00", datetime(2025, 4, 1, 1, 0, tzinfo=UTC)),
        ("2025-04-01 02:00:30", datetime(2025, 4, 1, 1, 0, 30, tzinfo=UTC)),
        (" 2025-04-01 ", datetime(2025, 3, 31, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_date_is_its_local_start_and_a_time_is_local(text, instant):
    assert read_as_at(text, LONDON) == instant


def test_a_time_that_the_clock_showed_twice_is_the_earlier():
    assert read_as_at("2025-10-26 01:30", LONDON) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_a_time_that_the_clock_never_showed_is_the_first_instant_after_the_gap():
    assert read_as_at("2025-03-30 01:30", LONDON) == datetime(2025, 3, 30, 1, 0, tzinfo=UTC)


def test_a_day_whose_midnight_is_in_a_gap_starts_after_it():
    assert read_as_at("2024-03-10", Calendar("America/Havana")) == datetime(2024, 3, 10, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2025-02-30",
        "01/04/2025",
        "2025-4-1",
        "20250401",
        "2025-04-01T02:00",
        "2025-04-01 24:00",
        "2025-04-01 02",
        "2025-04-01 02:60",
        "2025-04-01 02:00:00.5",
        "2025-04-01 02:00Z",
        "0000-01-01",
    ],
)
def test_anything_else_is_told_with_what_to_write(text):
    with pytest.raises(NotATime, match="is not a date, and not a date and time") as told:
        read_as_at(text, LONDON)
    assert "2025-04-01 02:00" in told.value.remedy
