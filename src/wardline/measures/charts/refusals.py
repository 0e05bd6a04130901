"""What cannot be charted, in words: what is wrong, and what to do about it.

These are faults of what was asked for, such as a rebase that nobody gave a reason for. What the records themselves do
not allow (too few periods, nothing ever counted) is no fault: it is a chart without limits, and says so (`NoLimits`).
"""

from __future__ import annotations

from datetime import date

from wardline.english import and_list, some_of

__all__ = [
    "CannotChart",
    "day_twice",
    "event_out_of_order",
    "impossible_value",
    "more_than_all",
    "nothing_to_chart",
    "other_length",
    "target_that_cannot_be",
    "wait_of_nothing",
]


class CannotChart(ValueError):
    """A chart is asked for that cannot be: what is wrong, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what, self.remedy = what, remedy


def nothing_to_chart() -> CannotChart:
    return CannotChart("There is not one period to chart.", "Choose a period in which something was recorded.")


def day_twice(day: date) -> CannotChart:
    return CannotChart(
        f"Two figures begin on {_said(day)}.", "Give each period once; add them together if they are parts of one."
    )


def other_length(days: list[date], noun: str) -> CannotChart:
    """Periods that do not begin, or end, where one of this length does."""
    what = some_of([_said(day) for day in days], 3)
    return CannotChart(
        f"Not every period is a {noun}: see the one that begins on {what}.",
        f"Periods of different lengths cannot stand on one chart: give one figure for each {noun}.",
    )


def impossible_value(value: float, day: date, lowest: float | None, highest: float | None) -> CannotChart:
    return CannotChart(
        f"The figure for {_said(day)} is {value:g}, which cannot be: {_between(lowest, highest)}.",
        "Check how it was counted.",
    )


def more_than_all(day: date) -> CannotChart:
    return CannotChart(
        f"On {_said(day)} more are counted than there are in all.",
        "A share is a part of all: check both numbers, or chart a rate.",
    )


def wait_of_nothing(day: date) -> CannotChart:
    return CannotChart(
        f"Two events happened at the same time, on {_said(day)}, so there was no wait between them.",
        "Give the time of day with each event, or chart how many there were in each period.",
    )


def event_out_of_order(day: date) -> CannotChart:
    return CannotChart(f"The event on {_said(day)} comes after a later one.", "Put the events in the order of time.")


def target_that_cannot_be(value: float, lowest: float | None, highest: float | None) -> CannotChart:
    return CannotChart(
        f"A target of {value:g} cannot be reached or missed: {_between(lowest, highest)}.",
        "Write a share as a fraction of one, for example 0.9 for 90 %.",
    )


def _between(lowest: float | None, highest: float | None) -> str:
    bounds = [f"at least {lowest:g}"] if lowest is not None else []
    bounds += [f"at most {highest:g}"] if highest is not None else []
    return f"it is {and_list(bounds)}" if bounds else "it is a number"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
