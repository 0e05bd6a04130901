"""What of a case stands in a text about it: its numbers, names, days, clock times and places.

Whoever writes a vignette is shown it, and takes it out. A short number or a common word may stand there by chance; it
is told all the same, and the text put otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.releasing.search_of_release import LONG, numbers_of_the_force
from wardline.dive.releasing.what_may_go import CASE_ATTRIBUTES, EVENT_ATTRIBUTES
from wardline.events import attribute_columns

__all__ = ["FoundInText", "found_in_text"]

SHORTEST = 3  # letters of what is looked for; shorter ones stand anywhere
NAMES = ("given_name", "family_name", "nickname", "alias")
PLACES = ("address", "district", "division", "location", "place", "postcode", "school", "street", "town")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class FoundInText:
    """A kind of thing that stands in the text, and how it stands there."""

    kind: str
    words: str


def found_in_text(text: str, dive: KeptDive, case_id: str) -> tuple[FoundInText, ...]:
    """What of this case stands in the text, each once, and any long number of the force's own."""
    with dive.readable():
        looked_for = [*_looked_for(dive, case_id)]
        numbers = numbers_of_the_force(dive)
    found = [FoundInText(kind, said) for kind, said in looked_for if _stands(said, text)]
    words = {one for one in re.findall(r"[\w:/.-]+", text) if len(one) >= LONG}
    found += [FoundInText("a number of the force’s own", one) for one in sorted(words & numbers)]
    return tuple(dict.fromkeys(found))


def _stands(said: str, text: str) -> bool:
    """Whether it stands there as words of its own, whatever the capitals."""
    pattern = r"\s+".join(re.escape(part) for part in said.split())
    return bool(pattern) and re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) is not None


def _looked_for(dive: KeptDive, case_id: str) -> Iterator[tuple[str, str]]:
    """A kind and a form in which it could stand in a text."""
    is_of_case = pl.col("case_id") == case_id
    cases = dive.cases.filter(is_of_case).collect()
    events = dive.events.filter(is_of_case).collect()
    yield from _texts("a number of this case", [case_id, case_id.partition(":")[2]])
    yield from _attributes(cases, "cases", CASE_ATTRIBUTES)
    yield from _attributes(events, "events", EVENT_ATTRIBUTES)
    for name in ("opened_at", "closed_at"):
        yield from _when(dive, cases[name])
    for name in ("happened_at", "recorded_at"):
        yield from _when(dive, events[name])
    persons = [one for one in cases["person_id"].unique() if one is not None]
    people = dive.people.filter(pl.col("person_id").is_in(persons)).collect()
    for name in people.columns:
        if name in NAMES:
            yield from _texts("a name", people[name])
        elif name in ("person_id", "phone"):
            yield from _texts("a number of this case", people[name])
        elif name == "postcode":
            yield from _texts("a place", people[name])
        elif name == "date_of_birth":
            yield from (("a date of birth", form) for day in people[name] if day is not None for form in _days(day))


def _attributes(rows: pl.DataFrame, table: str, plain: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is no plain word of the list: a reference, a place, a text that somebody typed."""
    for name in attribute_columns(rows.schema, table):
        if rows.schema[name] != pl.String():
            continue
        values = [one for one in rows[name].unique() if one is not None]
        if any(word in name for word in PLACES):
            yield from _texts("a place", values)
        elif name not in plain:
            yield from _texts("a number of this case", [one for one in values if any(map(str.isdigit, one))])


def _texts(kind: str, values: Iterable[object]) -> Iterator[tuple[str, str]]:
    yield from ((kind, str(one)) for one in values if one is not None and len(str(one)) >= SHORTEST)


def _when(dive: KeptDive, instants: pl.Series) -> Iterator[tuple[str, str]]:
    for instant in instants.drop_nulls().unique():
        local: datetime = dive.calendar.local(instant)
        yield from (("a day on which something happened", form) for form in _days(local.date()))
        if local.hour or local.minute:
            yield from (("a clock time", form) for form in _clock(local))


def _days(day: date) -> Iterator[str]:
    month = MONTHS[day.month - 1]
    for number in (str(day.day), f"{day.day}{_ordinal(day.day)}"):
        yield from (f"{number} {month}", f"{month} {number}", f"{number} of {month}", f"{number} {month[:3]}")
    yield from (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}")


def _ordinal(number: int) -> str:
    return "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _clock(local: datetime) -> Iterator[str]:
    hour, half = local.hour % 12 or 12, "am" if local.hour < 12 else "pm"
    yield from (f"{local:%H:%M}", f"{local:%H.%M}", f"{local:%H%M}")
    yield from (f"{hour}{dot}{local:%M}{gap}{half}" for dot in ":." for gap in ("", " "))
    if not local.minute:
        yield from (f"{hour}{half}", f"{hour} {half}")
