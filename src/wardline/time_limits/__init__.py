"""Lengths of time, working days and deadlines, for one instant and for a column: the only date arithmetic.

Instants are aware `datetime`s in UTC, exact to the microsecond; columns are `Datetime("us", "UTC")`.
A `Calendar` holds what is local: the force's time zone and its nation's bank holidays.
"""

from wardline.time_limits.as_at import NotATime, read_as_at
from wardline.time_limits.bank_holidays import NATIONS, UnknownNation, bank_holidays, first_and_last_year, nation_called
from wardline.time_limits.calendars import Calendar, LocalTime, NoHolidays, UnknownZone, day_before
from wardline.time_limits.columns import (
    age_column,
    deadline_column,
    elapsed_column,
    end_of_local_day_column,
    is_local_midnight_column,
    local_date_column,
    local_hour_column,
    read_local_column,
    start_of_local_day_column,
    whole_minute_column,
)
from wardline.time_limits.comparing import is_certainly_longer
from wardline.time_limits.deadlines import deadline
from wardline.time_limits.durations import NotAnElapsedTime, in_words, read_elapsed
from wardline.time_limits.lengths import (
    CountingTheFirst,
    Length,
    NotALength,
    SameDay,
    SingleLimit,
    TimeIn,
    ToBeSet,
    Unit,
    is_a_day_or_longer,
    is_in_days_or_longer,
    read_length,
)
from wardline.time_limits.local_columns import (
    instant_column,
    is_midnight_column,
    length_column,
    local_time_column,
    minute_numbers,
    next_day_if_earlier_column,
)
from wardline.time_limits.periods import (
    PeriodLength,
    is_over,
    last_of_period,
    period_start,
    period_start_column,
    periods_from,
)
from wardline.time_limits.spreadsheet_days import (
    days_and_rest,
    first_day_counted,
    in_days,
    in_milliseconds,
    moment_in_days,
)

__all__ = [
    "NATIONS",
    "Calendar",
    "CountingTheFirst",
    "Length",
    "LocalTime",
    "NoHolidays",
    "NotALength",
    "NotATime",
    "NotAnElapsedTime",
    "PeriodLength",
    "SameDay",
    "SingleLimit",
    "TimeIn",
    "ToBeSet",
    "Unit",
    "UnknownNation",
    "UnknownZone",
    "age_column",
    "bank_holidays",
    "day_before",
    "days_and_rest",
    "deadline",
    "deadline_column",
    "elapsed_column",
    "end_of_local_day_column",
    "first_and_last_year",
    "first_day_counted",
    "in_days",
    "in_milliseconds",
    "in_words",
    "instant_column",
    "is_a_day_or_longer",
    "is_certainly_longer",
    "is_in_days_or_longer",
    "is_local_midnight_column",
    "is_midnight_column",
    "is_over",
    "last_of_period",
    "length_column",
    "local_date_column",
    "local_hour_column",
    "local_time_column",
    "minute_numbers",
    "moment_in_days",
    "nation_called",
    "next_day_if_earlier_column",
    "period_start",
    "period_start_column",
    "periods_from",
    "read_as_at",
    "read_elapsed",
    "read_length",
    "read_local_column",
    "start_of_local_day_column",
    "whole_minute_column",
]
