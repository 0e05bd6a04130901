"""Numbers of a sheet as dates and times: what a number format shows of one, and our text for it."""

from __future__ import annotations

import re
from datetime import datetime, time
from enum import Enum
from functools import lru_cache

from wardline.time_limits import days_and_rest, in_days, moment_in_days

__all__ = [
    "OF_NUMBER_FORMATS",
    "Shows",
    "length_as_text",
    "local_as_text",
    "moment_as_text",
    "number_as_text",
    "shown_by",
]

# A time of day is kept as a part of the day before the first, or of the first.
DAYS_OF_A_CLOCK = 2
# A length of time is not as long as this; what says so is a date shown by its time of day.
DAYS_OF_A_DATE = 10_000
NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
MANY_DIGITS = 15  # as many as a spreadsheet program keeps
WHOLE = re.compile(r"-?[0-9]+")


class Shows(Enum):
    """What a number format shows of a number."""

    NUMBER = "number"
    DAY = "day"
    MOMENT = "day and time of day"
    CLOCK = "time of day"
    LENGTH = "length of time"


OF_NUMBER_FORMATS = {
    **dict.fromkeys([*range(14, 18), *range(27, 32), 34, 35, 36, *range(50, 59)], Shows.DAY),
    **dict.fromkeys([*range(18, 22), 32, 33, 45, 47], Shows.CLOCK),
    22: Shows.MOMENT,
    46: Shows.LENGTH,
}
"""The formats that every workbook has without naming them."""


@lru_cache(maxsize=4096)
def shown_by(code: str) -> Shows:
    """What a format such as dd/mm/yyyy hh:mm shows."""
    letters = NOT_SHOWN.sub("", code).split(";")[0].casefold()
    if "general" in letters:
        return Shows.NUMBER
    if "[" in letters:
        return Shows.LENGTH
    has_day = bool(re.search("[dy]|mmm", letters))
    has_clock = bool(re.search("[hs]", letters))
    if has_clock:
        return Shows.MOMENT if has_day else Shows.CLOCK
    return Shows.DAY if has_day or re.fullmatch(r"m+", letters) else Shows.NUMBER


def moment_as_text(milliseconds: int, first_day: datetime, shows: Shows) -> str:
    """A date or time: what the cell holds, and without a time of day only where it holds and shows none."""
    days, of_the_day = days_and_rest(milliseconds)
    if shows is Shows.LENGTH and days < DAYS_OF_A_DATE:
        return length_as_text(milliseconds)
    moment = moment_in_days(first_day, milliseconds)
    if moment is None:
        return _rounded(in_days(milliseconds))
    if days < (DAYS_OF_A_CLOCK if shows is Shows.CLOCK else 1) and not (shows is Shows.DAY and of_the_day == 0):
        return length_as_text(of_the_day)
    return local_as_text(moment, shows)


def local_as_text(moment: datetime, shows: Shows) -> str:
    """A local date and time; the date alone where it is of midnight, and no time of day is shown."""
    if shows is Shows.DAY and moment == datetime.combine(moment.date(), time.min):
        return moment.date().isoformat()
    return moment.isoformat(" ", "milliseconds" if moment.microsecond else "seconds")


def length_as_text(milliseconds: int) -> str:
    """Hours and minutes, with seconds where there are any; of more than a day it is no time of day."""
    sign, milliseconds = "-" if milliseconds < 0 else "", abs(milliseconds)
    minutes, rest = divmod(milliseconds, 60_000)
    text = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    if rest % 1000:
        return f"{text}:{rest // 1000:02}.{rest % 1000:03}"
    return f"{text}:{rest // 1000:02}" if rest else text


def number_as_text(written: str) -> str:
    """The text of a number that a file writes so. A whole one keeps every digit, since it can be the number of a case.

    Raises ValueError where it is no number.
    """
    return written if WHOLE.fullmatch(written) else _rounded(float(written))


def _rounded(number: float) -> str:
    """A number with the digits that a spreadsheet program keeps, and without an exponent where it is whole."""
    if number == int(number) and abs(number) < 1e21:
        return str(int(float(f"{number:.{MANY_DIGITS}g}"))) if abs(number) < 1e15 else _of_many_digits(number)
    return f"{number:.{MANY_DIGITS}g}"


def _of_many_digits(number: float) -> str:
    """A whole number of more digits than are kept: those after them are zeros, as a person sees."""
    digits = f"{number:.{MANY_DIGITS - 1}e}"
    mantissa, exponent = digits.split("e")
    return mantissa.replace(".", "") + "0" * (int(exponent) - MANY_DIGITS + 1)
