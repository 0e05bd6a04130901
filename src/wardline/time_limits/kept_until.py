"""Until which day something is kept that is kept for so many days, weeks or months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from wardline.time_limits.lengths import Length, Unit

__all__ = ["day_so_long_after", "is_in_whole_days"]

DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
MONTHS_IN_A_YEAR = 12


def is_in_whole_days(length: Length) -> bool:
    """Whether a day can be counted by it: days, weeks and months; working days depend on a nation's holidays."""
    return length.unit in DAYS or length.unit is Unit.MONTHS


def day_so_long_after(day: date, length: Length) -> date:
    """The day so long after another. Months end on the last day of a shorter month; the last day there is, at most."""
    assert is_in_whole_days(length)
    try:
        if length.unit in DAYS:
            return day + timedelta(days=DAYS[length.unit] * length.amount)
        year, month = divmod(day.year * MONTHS_IN_A_YEAR + day.month - 1 + length.amount, MONTHS_IN_A_YEAR)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return date.max
