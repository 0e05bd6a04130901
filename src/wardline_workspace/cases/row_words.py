"""How a row of a list says how long something took, and which tag its outcome has."""

from __future__ import annotations

from wardline.english import count
from wardline.findings import Outcome
from wardline.reports.wording import duration_short
from wardline.time_limits import seconds_long

__all__ = ["OUTCOME_TAGS", "late_in_words", "minutes_in_words"]

OUTCOME_TAGS = {Outcome.MET.value: "met", Outcome.LATE.value: "late", Outcome.MISSED.value: "missed"}


def minutes_in_words(minutes: int | None) -> str:
    """`2 h 35` of so many minutes; a dash where there are none."""
    return "–" if minutes is None else duration_short(seconds_long(60 * minutes))


def late_in_words(minutes: int | None, days: int | None) -> str:
    """`by 2 h 35`; `by 1 day` where only the day is known; nothing where it was not late."""
    if days is not None:
        return f"by {count(days, 'day')}"
    return "" if minutes is None else f"by {minutes_in_words(minutes)}"
