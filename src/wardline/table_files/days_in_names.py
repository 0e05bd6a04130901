"""The day or month that the name of a file or sheet bears, as people write it.

Files are read by name, and of two that give one case the later one counts. `28-03-2025.csv` comes after
`01-04-2025.csv`, and `march.csv` after `april.csv`: there the name says one thing and its place another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

__all__ = ["DayInName", "bears_a_later_day", "day_in_name"]

DayInName: TypeAlias = tuple[int | None, int, int | None]
"""Year, month and day; a name such as `march.csv` bears a month alone."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAME = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
BETWEEN = r"[-_. ]?"
YEAR, TWO = r"(?P<year>(?:19|20)\d\d)", r"\d{1,2}"
WRITTEN = tuple(
    re.compile(rf"(?<![0-9a-z]){pattern}(?![0-9a-z])")
    for pattern in (
        rf"{YEAR}{BETWEEN}(?P<month>\d\d)(?:{BETWEEN}(?P<day>\d\d))?",
        rf"(?P<day>\d\d){BETWEEN}(?P<month>\d\d){BETWEEN}{YEAR}",
        rf"(?P<day>{TWO})[-_. ](?P<month>{TWO})[-_. ]{YEAR}",
        rf"(?P<month>\d\d)[-_. ]{YEAR}",
        rf"(?:(?P<day>{TWO})(?:st|nd|rd|th)?{BETWEEN})?(?P<month>{MONTH_NAME})(?:{BETWEEN}{YEAR})?",
    )
)


def day_in_name(name: str) -> DayInName | None:
    """The last day or month in a name; None where it bears none. `03-04-2025` is 3 April."""
    found = max(_days(name.lower().replace("_", "-")), default=None, key=lambda one: one[0])
    return None if found is None else found[1]


def bears_a_later_day(one: DayInName | None, other: DayInName | None) -> bool:
    """Whether the first is later than the second; not where one says less than the other."""
    if one is None or other is None or [part is None for part in one] != [part is None for part in other]:
        return False
    return [part or 0 for part in one] > [part or 0 for part in other]


def _days(name: str) -> Iterator[tuple[tuple[int, int], DayInName]]:
    """Each with where it ends, and how long it is: of two that end in one place the longer one says more."""
    for pattern in WRITTEN:
        for match in pattern.finditer(name):
            parts = {"year": None, "day": None, **match.groupdict()}
            month, day = parts["month"] or "", int(parts["day"]) if parts["day"] else None
            number = int(month) if month.isdigit() else 1 + MONTHS.index(month[:3])
            if day is not None and 12 < number <= 31 and day <= 12:
                number, day = day, number
            if 1 <= number <= 12 and (day is None or 1 <= day <= 31):
                year = int(parts["year"]) if parts["year"] else None
                yield (match.end(), match.end() - match.start()), (year, number, day)
