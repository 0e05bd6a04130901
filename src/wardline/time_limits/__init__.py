"""Lengths of time, working days and deadlines, for one instant and for a column: the only date arithmetic.

Instants are aware `datetime`s in UTC, exact to the microsecond; columns are `Datetime("us", "UTC")`.
A `Calendar` holds what is local: the force's time zone and its nation's bank holidays.
"""

from wardline.time_limits.bank_holidays import NATIONS, UnknownNation, bank_holidays, first_and_last_year
from wardline.time_limits.calendars import Calendar, LocalTime, NoHolidays, UnknownZone
from wardline.time_limits.columns import deadline_column, local_date_column
from wardline.time_limits.deadlines import deadline
from wardline.time_limits.elapsed import elapsed_column, local_hour_column
from wardline.time_limits.lengths import (
    CountingTheFirst,
    Length,
    NotALength,
    SameDay,
    SingleLimit,
    TimeIn,
    ToBeSet,
    Unit,
    is_in_days_or_longer,
    read_length,
)

__all__ = [
    "NATIONS",
    "Calendar",
    "CountingTheFirst",
    "Length",
    "LocalTime",
    "NoHolidays",
    "NotALength",
    "SameDay",
    "SingleLimit",
    "TimeIn",
    "ToBeSet",
    "Unit",
    "UnknownNation",
    "UnknownZone",
    "bank_holidays",
    "deadline",
    "deadline_column",
    "elapsed_column",
    "first_and_last_year",
    "is_in_days_or_longer",
    "local_date_column",
    "local_hour_column",
    "read_length",
]
