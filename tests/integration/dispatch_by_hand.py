"""What the dispatch example must find, worked out a second time in plain Python: csv and zoneinfo, nothing of Wardline.

It follows docs/reference/meaning.md for three obligations only, and for one trigger, one response and
one exemption for each call, which is all that such a log holds.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
AS_AT = datetime(2025, 12, 28, tzinfo=ZONE).astimezone(UTC)
FIRST_DAY, LAST_DAY = date(2025, 8, 24), date(2025, 12, 27)
BEGUN_BY_AN_OFFICER = {"OFFICER", "Radio", "Flag Down"}
EMPTY = {"", "NULL", "UNDEFINED"}
LIMITS = {
    "1": ("15 minutes", timedelta(minutes=15)),
    "2": ("60 minutes", timedelta(minutes=60)),
    "3": ("60 minutes", timedelta(minutes=60)),
    "4": ("8 hours", timedelta(hours=8)),
}


@dataclass(frozen=True)
class When:
    """The earliest and the latest instant that a local time can mean; the same but where the clocks went back."""

    earliest: datetime
    latest: datetime

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest


@dataclass(frozen=True)
class Finding:
    """The columns of a finding that a person can work out from one row of the log."""

    obligation: str
    case_id: str
    outcome: str
    reason: str | None = None
    limit: str | None = None
    triggered_at: datetime | None = None
    deadline: datetime | None = None
    responded_at: datetime | None = None
    exempted_at: datetime | None = None
    late_by: timedelta | None = None


def read_calls(path: Path) -> list[dict[str, str]]:
    """Every row of the log, as it stands."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def calls_judged(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows that are kept: with an id, of the police, and not begun by an officer."""
    kept = [row for row in rows if row["Agency"] == "POLICE" and row["Call_Reception"] not in BEGUN_BY_AN_OFFICER]
    ids = Counter(row["Master_Incident_Number"] for row in kept)
    assert all(count == 1 for case_id, count in ids.items() if case_id), "a call stands in the log twice"
    return [row for row in kept if row["Master_Incident_Number"] not in EMPTY]


def read_when(cell: str) -> When | None:
    """What a local time means, or None where the cell is empty."""
    if cell in EMPTY:
        return None
    naive = datetime.strptime(cell, "%Y-%m-%d %H:%M:%S.%f")
    readings = [naive.replace(tzinfo=ZONE, fold=fold).astimezone(UTC) for fold in (0, 1)]
    assert all(reading.astimezone(ZONE).replace(tzinfo=None) == naive for reading in readings), "clocks went forward"
    return When(min(readings), max(readings))


def known(cell: str) -> When | None:
    """The time of an event that is known as at, else None."""
    when = read_when(cell)
    return when if when is not None and when.earliest <= AS_AT else None


def findings_by_hand(rows: list[dict[str, str]]) -> Iterator[Finding]:
    """One finding for each occasion of each call that is kept."""
    for row in calls_judged(rows):
        started = known(row["Incident_Start_Time"])
        if started is None:
            assert row["Incident_Start_Time"] not in EMPTY, "a call without a start"
            continue  # It had not begun as at.
        yield from _arrive(row, started)
        yield from _not_reopened(row, started)
        yield from _disposition(row, started)


def _case_id(row: dict[str, str]) -> str:
    return f"dispatch:{row['Master_Incident_Number']}"


def _is_in_period(instant: datetime) -> bool:
    return FIRST_DAY <= instant.astimezone(ZONE).date() <= LAST_DAY


def _arrive(row: dict[str, str], started: When) -> Iterator[Finding]:
    if row["Priority_Number"] not in LIMITS or not _is_in_period(started.earliest):
        return
    limit_in_words, limit = LIMITS[row["Priority_Number"]]
    arrived, closed = known(row["Incident_Arrival_Time"]), known(row["Incident_First_Close_Time"])

    favourable, late_by = _judge(started.latest, _favourably(arrived, started), _favourably(closed, started), limit)
    unfavourable, _ = _judge(started.earliest, _unfavourably(arrived, started), _unfavourably(closed, started), limit)
    agree = favourable == unfavourable
    yield Finding(
        obligation="arrive",
        case_id=_case_id(row),
        outcome=favourable if agree else "cannot_tell",
        reason=None if agree else "time_not_exact",
        limit=limit_in_words,
        triggered_at=started.earliest,
        deadline=started.latest + limit,
        responded_at=arrived.earliest if arrived and _favourably(arrived, started) else None,
        exempted_at=closed.earliest if closed and _favourably(closed, started) else None,
        late_by=late_by if agree else None,
    )


def _favourably(when: When | None, started: When) -> datetime | None:
    """The best that an event's time can be for the force, or None where it lies before the call for certain."""
    if when is None or when.latest < started.earliest:
        return None
    return max(when.earliest, started.latest)


def _unfavourably(when: When | None, started: When) -> datetime | None:
    """The least good that it can be; an event that may lie before the call does not count."""
    if when is None:
        return None
    if started.is_exact and when.is_exact:
        return when.latest if when.latest >= started.latest else None
    return when.latest if when.earliest >= started.latest else None


def _judge(
    start: datetime, arrived: datetime | None, closed: datetime | None, limit: timedelta
) -> tuple[str, timedelta | None]:
    deadline = start + limit
    if arrived is not None and arrived <= deadline:
        return "met", None
    if closed is not None and closed <= deadline:
        return "exempt", None
    if arrived is not None:
        return "late", arrived - deadline
    return ("not_yet_due" if deadline > AS_AT else "missed"), None


def _not_reopened(row: dict[str, str], started: When) -> Iterator[Finding]:
    reopened, closed = known(row["First_Reopen_Time"]), known(row["Incident_First_Close_Time"])
    if reopened is not None:
        if _is_in_period(reopened.earliest):
            yield Finding(
                "not-reopened", _case_id(row), "missed", triggered_at=reopened.earliest, deadline=reopened.latest
            )
    elif _is_in_period(started.earliest):
        yield Finding("not-reopened", _case_id(row), "not_yet_due" if closed is None else "met")


def _disposition(row: dict[str, str], started: When) -> Iterator[Finding]:
    closed = known(row["Incident_First_Close_Time"])
    if closed is None:
        if _is_in_period(started.earliest):
            yield Finding("disposition", _case_id(row), "not_yet_due")
    elif _is_in_period(closed.earliest):
        outcome = "missed" if row["Disposition"].strip().lower() in {"", "null", "undefined"} else "met"
        yield Finding("disposition", _case_id(row), outcome, triggered_at=closed.earliest, deadline=closed.latest)
