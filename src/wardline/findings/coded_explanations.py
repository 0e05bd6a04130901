"""The sentence that says why, of a coded case: the same, with every time told from the start of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardline.english import count
from wardline.findings.explanations import Explanation
from wardline.obligations import ResolvedObligation
from wardline.time_limits import Calendar, in_words, minutes_long

__all__ = ["SinceStart", "explain_coded_finding"]

# The columns of a finding that hold a time, with what begins the names of the two columns that tell it in a release.
TIMES = {
    "triggered_at": "triggered",
    "deadline": "deadline",
    "responded_at": "responded",
    "response_recorded_at": "response_recorded",
    "exempted_at": "exempted",
    "exemption_recorded_at": "exemption_recorded",
}


@dataclass(frozen=True)
class SinceStart:
    """When something was, told from the start of its case: in minutes, or in local days where only the day is told."""

    minutes: int | None
    days: int | None

    @classmethod
    def of(cls, row: Mapping[str, Any], stem: str) -> SinceStart | None:
        """What `STEM_after` and `STEM_day` of a row say; None where the time is not known."""
        minutes, days = row[f"{stem}_after"], row[f"{stem}_day"]
        return None if minutes is None and days is None else cls(minutes, days)

    @property
    def is_by_day(self) -> bool:
        """Whether only the day is told."""
        return self.minutes is None

    def in_words(self) -> str:
        """`2 hours 50 minutes after the start`, `at the start`, or `on the third day after that of the start`."""
        if self.minutes is not None:
            if not self.minutes:
                return "at the start"
            return f"{in_words(minutes_long(abs(self.minutes)))} {_side(self.minutes)} the start"
        assert self.days is not None
        if not self.days:
            return "on the day of the start"
        return f"on a day {count(abs(self.days), 'day')} {_side(self.days)} that of the start"


def explain_coded_finding(
    finding: Mapping[str, Any],
    resolved: ResolvedObligation,
    *,
    event_names: Mapping[int, str] | None = None,
    keeps_history: bool = True,
) -> str:
    """Why a finding of a release (a row of its findings) says what it says, in plain English and elapsed time.

    `event_names`: the name of each event of the case by its `event_id` in the release.
    """
    times = {column: SinceStart.of(finding, stem) for column, stem in TIMES.items()}
    row = {**finding, **times}
    return _CodedExplanation(row, resolved, Calendar(resolved.zone), event_names or {}, {}).written(keeps_history)


class _CodedExplanation(Explanation):
    def at(self, column: str) -> str:
        told: SinceStart = self.finding[column]
        return told.in_words()

    def how_late(self) -> str:
        minutes, days = self.finding["late_by"], self.finding["late_by_days"]
        if minutes is not None:
            return f" by {in_words(minutes_long(minutes))}"
        return "" if days is None else f" by {count(days, 'day')}"


def _side(many: int) -> str:
    return "after" if many > 0 else "before"
