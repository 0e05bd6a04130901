"""Deadlines worked by hand, on single instants and on a column alike. All limits start from local times."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from wardline.time_limits import (
    Calendar,
    NoHolidays,
    UnknownNation,
    UnknownZone,
    deadline,
    deadline_column,
    read_length,
)

LONDON = Calendar("Europe/London", "England")
MICROSECOND = timedelta(microseconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def deadline_both_ways(limit: str, start: datetime, calendar: Calendar) -> datetime:
    length = read_length(limit)
    table = pl.DataFrame({"start": [start]}, schema={"start": pl.Datetime("us", "UTC")})
    in_column = table.select(deadline_column(length, pl.col("start"), calendar)).item()
    alone = deadline(length, start, calendar)
    assert in_column == alone
    return alone


def local(instant: datetime, calendar: Calendar) -> str:
    """The local time, with its distance from UTC in hours where a reader must know which of two it is."""
    shown = calendar.local(instant)
    text = shown.strftime("%Y-%m-%d %H:%M:%S.%f").removesuffix(".000000").removesuffix(":00")
    return f"{text} {shown.strftime('%z')[:3]}"


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        # elapsed time
        ("0 minutes", "2025-06-02 18:00", "2025-06-02 18:00 +01"),
        ("15 minutes", "2025-06-02 18:00", "2025-06-02 18:15 +01"),
        ("60 minutes", "2025-06-02 23:30", "2025-06-03 00:30 +01"),
        ("72 hours", "2025-06-02 18:00", "2025-06-05 18:00 +01"),
        ("15 minutes", "2024-12-31 23:50", "2025-01-01 00:05 +00"),
        # the same clock time
        ("0 days", "2025-06-02 18:00", "2025-06-02 18:00 +01"),
        ("1 day", "2025-06-02 18:00", "2025-06-03 18:00 +01"),
        ("3 days", "2024-12-30 18:00", "2025-01-02 18:00 +00"),
        ("1 day", "2024-02-28 09:00", "2024-02-29 09:00 +00"),
        ("1 day", "2025-02-28 09:00", "2025-03-01 09:00 +00"),
        ("12 weeks", "2025-01-06 10:00", "2025-03-31 10:00 +01"),
        ("6 months", "2025-01-15 10:00", "2025-07-15 10:00 +01"),
        # months clamp
        ("1 month", "2025-01-31 10:00", "2025-02-28 10:00 +00"),
        ("1 month", "2024-01-31 10:00", "2024-02-29 10:00 +00"),
        ("1 month", "2024-02-29 10:00", "2024-03-29 10:00 +00"),
        ("12 months", "2024-02-29 10:00", "2025-02-28 10:00 +00"),
        ("48 months", "2024-02-29 10:00", "2028-02-29 10:00 +00"),
        ("6 months", "2025-08-31 10:00", "2026-02-28 10:00 +00"),
        ("1 month", "2025-12-31 23:59", "2026-01-31 23:59 +00"),
        # the end of a local day
        ("same day", "2025-06-02 00:00", "2025-06-02 23:59:59.999999 +01"),
        ("same day", "2025-06-02 23:59", "2025-06-02 23:59:59.999999 +01"),
        ("same day", "2024-12-31 12:00", "2024-12-31 23:59:59.999999 +00"),
        ("1 day counting the first", "2025-06-02 12:00", "2025-06-02 23:59:59.999999 +01"),
        ("56 days counting the first", "2025-06-02 12:00", "2025-07-27 23:59:59.999999 +01"),
        ("2 days counting the first", "2024-02-28 12:00", "2024-02-29 23:59:59.999999 +00"),
        # working days: 2 June 2025 is a Monday
        ("0 working days", "2025-06-07 12:00", "2025-06-07 23:59:59.999999 +01"),
        ("1 working day", "2025-06-02 12:00", "2025-06-03 23:59:59.999999 +01"),
        ("2 working days", "2025-06-05 12:00", "2025-06-09 23:59:59.999999 +01"),
        ("1 working day", "2025-06-06 12:00", "2025-06-09 23:59:59.999999 +01"),
        ("1 working day", "2025-06-07 12:00", "2025-06-09 23:59:59.999999 +01"),
        ("1 working day", "2025-06-08 12:00", "2025-06-09 23:59:59.999999 +01"),
        ("10 working days", "2025-12-19 12:00", "2026-01-07 23:59:59.999999 +00"),  # three days off within
        ("1 working day", "2021-12-24 12:00", "2021-12-29 23:59:59.999999 +00"),  # two substitute days
    ],
)
def test_limits_in_london(limit, start, expected):
    begins = LONDON.read_local(datetime.fromisoformat(start)).earliest
    assert local(deadline_both_ways(limit, begins, LONDON), LONDON) == expected


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        # Clocks go forward on 30 March 2025: 01:00 UTC is 02:00 summer time, and 01:30 is never shown.
        ("60 minutes", "2025-03-30 00:30", "2025-03-30 01:30"),
        ("24 hours", "2025-03-29 18:00", "2025-03-30 18:00"),
        ("1 day", "2025-03-29 18:00", "2025-03-30 17:00"),
        ("1 day", "2025-03-29 01:30", "2025-03-30 01:00"),
        ("1 day", "2025-03-29 00:59:59.999999", "2025-03-30 00:59:59.999999"),
        ("1 day", "2025-03-29 01:00", "2025-03-30 01:00"),
        ("1 day", "2025-03-29 02:00", "2025-03-30 01:00"),
        ("1 month", "2025-02-28 01:30", "2025-03-28 01:30"),
        ("same day", "2025-03-30 00:30", "2025-03-30 22:59:59.999999"),
        ("2 days counting the first", "2025-03-29 00:30", "2025-03-30 22:59:59.999999"),
        ("1 working day", "2025-03-28 12:00", "2025-03-31 22:59:59.999999"),
        # They go back on 26 October 2025: 01:00 UTC is 01:00 for the second time.
        ("60 minutes", "2025-10-26 00:30", "2025-10-26 01:30"),
        ("24 hours", "2025-10-25 17:00", "2025-10-26 17:00"),
        ("1 day", "2025-10-25 17:00", "2025-10-26 18:00"),
        ("1 day", "2025-10-25 00:30", "2025-10-26 01:30"),
        ("1 day", "2025-10-24 23:59:59.999999", "2025-10-25 23:59:59.999999"),
        ("1 day", "2025-10-25 00:00", "2025-10-26 01:00"),
        ("1 day", "2025-10-26 00:30", "2025-10-27 01:30"),
        ("0 days", "2025-10-26 00:30", "2025-10-26 01:30"),
        ("same day", "2025-10-25 23:00", "2025-10-26 23:59:59.999999"),
    ],
)
def test_clock_changes_in_london_in_utc(limit, start, expected):
    assert deadline_both_ways(limit, utc(start), LONDON) == utc(expected)


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        # New York goes forward on 9 March 2025 at 07:00 UTC (02:00 becomes 03:00), back on 2 November at 06:00 UTC.
        ("24 hours", "2025-03-08 20:00", "2025-03-09 20:00"),
        ("1 day", "2025-03-08 20:00", "2025-03-09 19:00"),
        ("1 day", "2025-03-08 07:30", "2025-03-09 07:00"),
        ("1 day", "2025-11-01 05:30", "2025-11-02 06:30"),
        ("1 day", "2025-11-01 20:00", "2025-11-02 21:00"),
        ("60 minutes", "2025-11-02 05:30", "2025-11-02 06:30"),
        ("same day", "2025-03-09 20:00", "2025-03-10 03:59:59.999999"),
        ("same day", "2025-11-02 05:30", "2025-11-03 04:59:59.999999"),
        ("same day", "2025-01-01 03:00", "2025-01-01 04:59:59.999999"),  # still New Year's Eve there
    ],
)
def test_clock_changes_in_new_york_in_utc(limit, start, expected):
    assert deadline_both_ways(limit, utc(start), Calendar("America/New_York")) == utc(expected)


@pytest.mark.parametrize(
    ("zone", "limit", "start", "expected"),
    [
        # Lord Howe Island moves by half an hour: forward on 5 October 2025, 15:30 UTC the day before (02:00 to 02:30).
        ("Australia/Lord_Howe", "1 day", "2025-10-03 15:45", "2025-10-04 15:30"),
        ("Australia/Lord_Howe", "1 day", "2025-10-03 16:00", "2025-10-04 15:30"),
        ("Australia/Lord_Howe", "1 day", "2025-10-03 16:15", "2025-10-04 15:45"),
        # And back on 6 April 2025, 15:00 UTC the day before (02:00 to 01:30): 01:45 is shown twice.
        ("Australia/Lord_Howe", "1 day", "2025-04-04 14:45", "2025-04-05 15:15"),
        # Apia had no 30 December 2011: after 29 December, 23:59 (09:59 UTC on the 30th) came 31 December.
        ("Pacific/Apia", "1 day", "2011-12-29 20:00", "2011-12-30 10:00"),
        ("Pacific/Apia", "2 days", "2011-12-29 20:00", "2011-12-30 20:00"),
        ("Pacific/Apia", "24 hours", "2011-12-29 20:00", "2011-12-30 20:00"),
        ("Pacific/Apia", "same day", "2011-12-29 20:00", "2011-12-30 09:59:59.999999"),
        ("Pacific/Apia", "2 days counting the first", "2011-12-29 20:00", "2011-12-30 09:59:59.999999"),
        ("Pacific/Apia", "3 days counting the first", "2011-12-29 20:00", "2011-12-31 09:59:59.999999"),
        # In Havana the clocks go forward at midnight, on 10 March 2024 at 05:00 UTC, and back to it, on 3 November.
        ("America/Havana", "same day", "2024-03-09 20:00", "2024-03-10 04:59:59.999999"),
        ("America/Havana", "1 day", "2024-03-09 05:30", "2024-03-10 05:00"),
        ("America/Havana", "same day", "2024-11-02 20:00", "2024-11-03 03:59:59.999999"),
        ("America/Havana", "same day", "2024-11-03 04:30", "2024-11-04 04:59:59.999999"),
        # In Cairo they go forward at midnight (26 April 2024), and at midnight back to 23:00 (1 November 2024).
        ("Africa/Cairo", "same day", "2024-04-25 20:00", "2024-04-25 21:59:59.999999"),
        ("Africa/Cairo", "same day", "2024-10-31 20:30", "2024-10-31 21:59:59.999999"),
        ("Africa/Cairo", "1 day", "2024-10-30 20:30", "2024-10-31 21:30"),
        # In St John's they went back at 00:01, on 7 November 2010: the end of the 6th was lived through twice.
        ("America/St_Johns", "same day", "2010-11-07 02:00", "2010-11-07 03:29:59.999999"),
        ("America/St_Johns", "same day", "2010-11-07 03:00", "2010-11-07 03:29:59.999999"),
    ],
)
def test_clock_changes_of_other_kinds_in_utc(zone, limit, start, expected):
    assert deadline_both_ways(limit, utc(start), Calendar(zone)) == utc(expected)


@pytest.mark.parametrize(
    ("nation", "limit", "start", "last_day"),
    [
        # Maundy Thursday 17 April 2025; Good Friday the 18th; Easter Monday the 21st, which is no holiday in Scotland.
        ("England", "1 working day", "2025-04-17", "2025-04-22"),
        ("Wales", "1 working day", "2025-04-17", "2025-04-22"),
        ("Northern Ireland", "1 working day", "2025-04-17", "2025-04-22"),
        ("Scotland", "1 working day", "2025-04-17", "2025-04-21"),
        ("England", "3 working days", "2024-03-27", "2024-04-03"),
        ("Scotland", "3 working days", "2024-03-27", "2024-04-02"),
        # New Year's Eve 2024 is a Tuesday.
        ("England", "1 working day", "2024-12-31", "2025-01-02"),
        ("Scotland", "1 working day", "2024-12-31", "2025-01-03"),
        ("Scotland", "1 working day", "2024-11-29", "2024-12-03"),
        ("England", "1 working day", "2024-11-29", "2024-12-02"),
        ("Northern Ireland", "2 working days", "2023-07-11", "2023-07-14"),
        ("Wales", "2 working days", "2023-07-11", "2023-07-13"),
        ("Scotland", "5 working days", "2025-08-01", "2025-08-11"),
        ("England", "5 working days", "2025-08-01", "2025-08-08"),
    ],
)
def test_working_days_skip_the_bank_holidays_of_the_nation(nation, limit, start, last_day):
    calendar = Calendar("Europe/London", nation)
    begins = calendar.start_of(date.fromisoformat(start)) + timedelta(hours=10)
    assert deadline_both_ways(limit, begins, calendar) == calendar.end_of(date.fromisoformat(last_day))


@pytest.mark.parametrize("limit", ["15 minutes", "3 hours", "3 days", "2 weeks", "6 months"])
def test_a_microsecond_later_leads_a_microsecond_further(limit):
    start = utc("2025-06-02 12:34:56.789012")
    earlier, later = (deadline_both_ways(limit, instant, LONDON) for instant in (start, start + MICROSECOND))
    assert later == earlier + MICROSECOND


@pytest.mark.parametrize("limit", ["same day", "3 days counting the first", "2 working days"])
def test_the_last_microsecond_of_a_day_leads_to_the_same_end_and_the_next_to_the_day_after(limit):
    morning, last = utc("2025-06-02 05:00"), utc("2025-06-02 22:59:59.999999")
    assert deadline_both_ways(limit, last, LONDON) == deadline_both_ways(limit, morning, LONDON)
    next_day = deadline_both_ways(limit, last + MICROSECOND, LONDON)
    assert next_day == deadline_both_ways(limit, last, LONDON) + timedelta(days=1)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize(
    "limit",
    [
        "15 minutes",
        "900 hours",
        "3 days",
        "6 weeks",
        "6 months",
        "same day",
        "3 days counting the first",
        "99999999999999 minutes",
        "999999999 months",
    ],
)
def test_a_limit_past_the_year_9999_ends_with_it(zone, limit):
    end = deadline_both_ways(limit, utc("9999-12-31 23:50"), Calendar(zone))
    assert utc("9999-12-31 14:59:59.999999") <= end <= utc("9999-12-31 23:59:59.999999")


def test_working_days_outside_the_years_that_are_known_say_so():
    for start in ["2005-06-01 12:00", "2009-12-30 12:00", "2035-12-31 12:00", "2036-06-02 12:00", "9999-12-31 12:00"]:
        with pytest.raises(NoHolidays, match="The bank holidays of England are known from 2010 to 2035, not for"):
            deadline(read_length("1 working day"), utc(start), LONDON)
        table = pl.DataFrame({"start": [utc("2025-06-02 12:00"), None, utc(start)]})
        with pytest.raises(NoHolidays, match="The bank holidays of England are known from 2010 to 2035, not for"):
            table.select(deadline_column(read_length("1 working day"), pl.col("start"), LONDON))


def test_a_column_may_leave_out_deadlines_that_no_known_year_gives():
    table = pl.DataFrame({"start": [utc("2025-06-02 12:00"), None, utc("1999-06-02 12:00")]})
    column = deadline_column(read_length("1 working day"), pl.col("start"), LONDON, null_without_holidays=True)
    assert table.select(column).to_series().to_list() == [utc("2025-06-03 22:59:59.999999"), None, None]


def test_the_first_and_the_last_working_day_that_are_known_can_be_reached():
    # 1 January 2010 is a bank holiday on a Friday; 31 December 2035 is a Monday.
    assert deadline_both_ways("1 working day", utc("2009-12-31 12:00"), LONDON) == utc("2010-01-04 23:59:59.999999")
    assert deadline_both_ways("1 working day", utc("2035-12-28 12:00"), LONDON) == utc("2035-12-31 23:59:59.999999")


def test_working_days_without_a_nation_say_so():
    calendar = Calendar("Europe/London")
    table = pl.DataFrame({"start": [utc("2025-06-02 12:00")]})
    for ask in (
        lambda: deadline(read_length("2 working days"), utc("2025-06-02 12:00"), calendar),
        lambda: table.select(deadline_column(read_length("2 working days"), pl.col("start"), calendar)),
    ):
        with pytest.raises(NoHolidays, match="no nation is given"):
            ask()


def test_a_calendar_of_an_unknown_zone_or_nation_cannot_be_made():
    with pytest.raises(UnknownZone, match="Europe/Londres"):
        Calendar("Europe/Londres")
    with pytest.raises(UnknownNation, match="Cornwall"):
        Calendar("Europe/London", "Cornwall")
