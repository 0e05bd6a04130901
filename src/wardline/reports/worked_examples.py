"""Worked examples in words: what happened and when, from when one looks, and what Wardline says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from wardline.events.notation import CASE_TIMES, EXAMPLE_CALENDAR, EXAMPLE_DAY, NotedEvent, noted_events, read_instant
from wardline.findings import REASON_WORDS, Reason
from wardline.obligations import Example, Obligation, name_in_words

__all__ = ["ExampleInWords", "example_in_words"]

NO_OCCASION = "nothing is owed here"
EXAMPLE_YEAR = date.fromisoformat(EXAMPLE_DAY).year
OF_THE_CASE = dict(zip(CASE_TIMES, ("(the case is opened)", "(the case is closed)"), strict=True))


@dataclass(frozen=True)
class ExampleInWords:
    """A worked example as people read it. `about` is what is known of the case; nothing for most."""

    name: str
    about: tuple[str, ...]
    happened: tuple[str, ...]
    seen_from: str
    says: tuple[str, ...]


def example_in_words(example: Example, obligation: Obligation) -> ExampleInWords:
    """A worked example in words. A day is said where it changes; years, unless all of it is of the usual year.

    That the case is one that the obligation is about goes without saying.
    """
    told = [(event.happened_at, event.happened_by, _event(event)) for event in noted_events(example.events)]
    expected = {(one.attribute, value) for one in obligation.only_for for value in one.values}
    given = dict(one for one in example.case if one not in expected)
    for key, words in OF_THE_CASE.items():
        if key in given:
            at = read_instant(given.pop(key))
            told.append((at, at, words))
    told.sort(key=lambda one: one[0])
    as_at = read_instant(example.as_at)
    days = [EXAMPLE_CALENDAR.local_date(at) for at in (as_at, *(earliest for earliest, _, _ in told))]
    with_year = {day.year for day in days} != {EXAMPLE_YEAR}
    return ExampleInWords(
        name=example.name,
        about=tuple(f"{name_in_words(name)}: {value or 'empty'}" for name, value in given.items()),
        happened=tuple(_lines(told, with_year)) or ("(nothing is recorded)",),
        seen_from=_instant(as_at, with_year),
        says=tuple(_finding(text) for text in example.expect) or (NO_OCCASION,),
    )


def _lines(told: list[tuple[datetime, datetime, str]], with_year: bool) -> Iterator[str]:
    said_day = None
    for earliest, latest, words in told:
        day = EXAMPLE_CALENDAR.local_date(earliest)
        when = [] if day == said_day else [_day(day, with_year)]
        when += [_clock(earliest)] if earliest == latest else ["some time"] if day == said_day else []
        yield f"{', '.join(when)} {words}"
        said_day = day


def _event(event: NotedEvent) -> str:
    """`interviewed (method: video call)`, as the sentence of the obligation names it."""
    attributes = "; ".join(f"{name_in_words(name)}: {value or 'empty'}" for name, value in event.attributes)
    return name_in_words(event.event) + (f" ({attributes})" if attributes else "")


def _finding(text: str) -> str:
    """What is found, with a reason in words: `cannot tell: it is not known how long there was`."""
    if text == "no occasion":
        return NO_OCCASION
    outcome, _, rest = text.partition(" (")
    return f"{outcome}: {REASON_WORDS[Reason(rest.removesuffix(')'))]}" if rest else text


def _instant(at: datetime, with_year: bool) -> str:
    local = EXAMPLE_CALENDAR.local(at)
    day = _day(local.date(), with_year)
    return f"the start of {day}" if local.time() == time() else f"{day}, {_clock(at)}"


def _day(day: date, with_year: bool) -> str:
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if with_year else "")


def _clock(at: datetime) -> str:
    local = EXAMPLE_CALENDAR.local(at)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
