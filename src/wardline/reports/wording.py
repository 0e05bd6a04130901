"""How the page says numbers, times, lengths of time and outcomes. Words, not figures, where figures would mislead."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from math import ceil, floor

from wardline import findings
from wardline.english import count, number
from wardline.findings import Outcome, Reason
from wardline.obligations import BasisKind, Never, Obligation, Owner, Record
from wardline.time_limits import Calendar

__all__ = [
    "BASIS_WORDS",
    "MADE_UP",
    "MADE_UP_SENTENCE",
    "OWNER_WORDS",
    "SHORT_REASON_WORDS",
    "case_type_in_plural",
    "date_in_words",
    "duration",
    "duration_short",
    "instant",
    "instant_in_words",
    "outcome_words",
    "owner_of_obligation",
    "percent",
    "period_in_words",
    "split_in_words",
]

# Stands on every file, page and picture made from records of nobody, so that none is taken for a real one.
MADE_UP = "made-up data"
MADE_UP_SENTENCE = "Made-up data. No real child, officer or force."

SPLITS = {"from_care": "home (in care or not)"}

SECONDS_IN_A_MINUTE, SECONDS_IN_AN_HOUR = 60, 3_600
MINUTES_IN_A_DAY = 1_440

OWNER_WORDS = {
    Owner.FORCE: "the force",
    Owner.COUNCIL: "the council",
    Owner.HEALTH: "health services",
    Owner.CARER: "carers",
    Owner.OVERSIGHT_BODY: "the oversight body",
}

BASIS_WORDS = {
    BasisKind.STATUTE: "Statute",
    BasisKind.NATIONAL_GUIDANCE: "National guidance",
    BasisKind.INSPECTORATE: "The inspectorate",
    BasisKind.FORCE_POLICY: "The force's own policy",
    BasisKind.ANOTHER_FORCES_POLICY: "Another force's policy",
    BasisKind.ASSUMED: "Assumed",
}

# Each begins where "We cannot tell, because" ends.
# Of many occasions at once, in a table's cell; `findings.REASON_WORDS` say the same of one case at greater length.
SHORT_REASON_WORDS = {
    Reason.NO_CHILD: "the case names no child, and the obligation is counted by child",
    Reason.TRIGGER_WITHOUT_TIME: "what started the clock has no time",
    Reason.LIMIT_UNKNOWN: "the time limit is not known",
    Reason.EVIDENCE_INCOMPLETE: "an entry that would decide it has no time, or lacks a detail",
    Reason.NOT_RECORDED_HERE: "no record system at hand can record it",
    Reason.NOT_JOINED: "the system that could record it has no row for this case",
    Reason.RECORD_GAP: "the time falls in a gap of the records, or after the export was taken",
    Reason.TIME_NOT_EXACT: "the times are not exact enough to decide it",
}


def percent(fraction: float, *, part_is_none: bool, part_is_all: bool) -> str:
    """A fraction to the whole per cent, with `under 1%` and `over 99%` at the ends."""
    rounded = round(100 * fraction)
    if rounded == 0 and not part_is_none:
        return "under 1%"
    if rounded == 100 and not part_is_all:
        return "over 99%"
    return f"{rounded}%"


def date_in_words(day: date) -> str:
    """`1 April 2025`."""
    return f"{day.day} {day:%B %Y}"


def instant_in_words(at: datetime, calendar: Calendar) -> str:
    """`1 April 2025` for the start of a local day, else `1 April 2025 at 02:00`."""
    local = calendar.local(at)
    day = date_in_words(local.date())
    return day if local.time() == time() else f"{day} at {local:%H:%M}"


def instant(at: datetime | None, calendar: Calendar) -> str:
    """`1 Apr 2025, 02:00` for a table; a dash where there is none."""
    if at is None:
        return "–"
    local = calendar.local(at)
    return f"{local.day} {local:%b %Y}, {local:%H:%M}"


def period_in_words(period: tuple[date, date]) -> str:
    """`1 April 2024 to 31 March 2025`."""
    return f"{date_in_words(period[0])} to {date_in_words(period[1])}"


def duration(length: timedelta, *, round_up: bool = False) -> str:
    """In its two largest units, rounded down: `2 hours 35 minutes`, `3 days 4 hours`, `under a minute`.

    With `round_up`, the least of which "under" is true or nearly so: whole minutes stay as they are.
    """
    parts = [count(amount, unit) for amount, unit in _parts(length, round_up=round_up) if amount]
    return " ".join(parts) if parts else "under a minute"


def duration_short(length: timedelta, *, round_up: bool = False) -> str:
    """The same for a table or a large figure: `2 h 35`, `21 min`, `3 d 4 h`."""
    (first, unit), (second, _) = _parts(length, round_up=round_up)
    match unit:
        case "day":
            return f"{number(first)} d {second} h" if second else f"{number(first)} d"
        case "hour":
            return f"{first} h {second:02}" if second else f"{first} h"
    return f"{second} min" if second else "under 1 min"


def outcome_words(obligation: Obligation) -> dict[Outcome, str]:
    """The words beside each outcome that an obligation of this kind can have, each as a sentence begins."""
    has_late = not isinstance(obligation, Never | Record)
    return {
        outcome: findings.outcome_words(outcome, obligation).capitalize()
        for outcome in Outcome
        if has_late or outcome is not Outcome.LATE
    }


def owner_of_obligation(owner: Owner) -> str:
    """`Owed by the council`."""
    return f"Owed by {OWNER_WORDS[owner]}"


def case_type_in_plural(case_type: str) -> str:
    """`missing episodes`."""
    return case_type if case_type.endswith("s") else f"{case_type}s"


def _parts(length: timedelta, *, round_up: bool) -> tuple[tuple[int, str], tuple[int, str]]:
    """The two largest units of a length in whole minutes (never none of them when rounded up), or hours from a day
    on.
    """
    to_whole = ceil if round_up else floor
    minutes = max(to_whole(length.total_seconds() / SECONDS_IN_A_MINUTE), int(round_up))
    if minutes < MINUTES_IN_A_DAY:
        return (minutes // 60, "hour") if minutes >= 60 else (0, "minute"), (minutes % 60, "minute")
    hours = to_whole(length.total_seconds() / SECONDS_IN_AN_HOUR)
    return (hours // 24, "day"), (hours % 24, "hour")


def split_in_words(split: str) -> str:
    """By what groups are made: `grade`, `home (in care or not)`."""
    return SPLITS.get(split, split.replace("_", " "))
