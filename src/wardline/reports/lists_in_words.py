"""The lists for today as rows of text: what a duty inspector reads, the most urgent child first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from wardline.events import RESTRICTED_MARK
from wardline.findings import REASON_WORDS, Outcome, Reason
from wardline.obligations import Owner, Standing, name_in_words
from wardline.reports.wording import OWNER_WORDS, duration
from wardline.time_limits import Calendar

__all__ = [
    "COLUMNS_OF_A_LIST",
    "STANDING_WORDS",
    "age_band",
    "list_in_words",
    "risk_in_words",
    "what_the_records_say",
    "when_recorded",
]

COLUMNS_OF_A_LIST = (
    "what is owed",
    "owed by",
    "open or closed",
    "still missing or at risk",
    "grade",
    "district",
    "age",
    "since",
    "overdue by",
    "last thing recorded",
    "recorded as happening",
    "what the records say",
    "protects the child",
    "standing",
    "case",
    "child",
    "obligation",
    "deadline",
)
# Of a restricted case these are left out of a list.
TELLING = ("district", "age", "since", "since_by", "last_event", "last_at", "last_by", "child")
ASK_THE_TEAM = "restricted: ask the team that keeps restricted records"
NOT_KNOWN = "not known"
STANDING_WORDS = {
    Standing.BINDING.value: "binding",
    Standing.ASKED.value: "asked by the oversight body",
    Standing.ASSUMED.value: "assumed, not confirmed",
}
# The first age of each band, and its words.
AGE_BANDS = ((18, "18 or over"), (16, "16 to 17"), (13, "13 to 15"), (10, "10 to 12"), (5, "5 to 9"), (0, "under 5"))


def list_in_words(listed: Iterable[Mapping[str, Any]], calendar: Calendar) -> Iterator[tuple[str, ...]]:
    """A row of text for each row of a list (`measures.LISTED`), in its order; times are local, one that is known only
    roughly is a day.
    """
    for row in listed:
        yield _row(row, calendar)


def _row(row: Mapping[str, Any], calendar: Calendar) -> tuple[str, ...]:
    if RESTRICTED_MARK in row["case"]:
        # What is owed, how urgent it is, and whom to ask; nothing by which the case could be looked up.
        row = {**row, **dict.fromkeys(TELLING), "case": f"{row['case']} ({ASK_THE_TEAM})"}
    return (
        row["title"],
        OWNER_WORDS[Owner(row["owed_by"])],
        "open" if row["is_open"] else "closed",
        risk_in_words(row["is_at_risk"], is_open=row["is_open"]),
        row["grade"] or "",
        row["district"] or "",
        age_band(row["age"]),
        when_recorded(row["since"], row["since_by"], calendar),
        _overdue(row),
        name_in_words(row["last_event"]) if row["last_event"] else "",
        when_recorded(row["last_at"], row["last_by"], calendar),
        what_the_records_say(row),
        "yes" if row["is_safeguarding"] else "no",
        STANDING_WORDS[row["standing"]],
        row["case"],
        row["child"] or "",
        row["obligation"],
        "" if RESTRICTED_MARK in row["case"] else when_recorded(row["deadline"], None, calendar),
    )


def risk_in_words(is_at_risk: bool | None, *, is_open: bool) -> str:
    """Whether the records say that the child is still missing, or still at risk; empty where the standard does not say
    until when a child is, and where the case is closed.
    """
    if is_at_risk is None or not is_open:
        return ""
    return "yes" if is_at_risk else "no"


def age_band(age: int | None) -> str:
    """`13 to 15`; empty where the age is not known."""
    return "" if age is None else next((words for first, words in AGE_BANDS if age >= first), "")


def when_recorded(at: datetime | None, by: datetime | None, calendar: Calendar) -> str:
    """A local time as a spreadsheet sorts it, `2025-06-02 20:00`, the earliest that it can be; where only its day is
    known, the day."""
    if at is None:
        return ""
    local = calendar.local(at)
    return f"{local:%Y-%m-%d}" if by is not None and calendar.is_whole_day(at, by) else f"{local:%Y-%m-%d %H:%M}"


def _overdue(row: Mapping[str, Any]) -> str:
    if row["deadline"] is None:
        return NOT_KNOWN
    return duration(row["overdue"]) if row["overdue"] else ""


def what_the_records_say(row: Mapping[str, Any]) -> str:
    """`no record found`, `not yet due`, or `cannot tell` with the reason: of the `outcome` and `reason` of a row."""
    match Outcome(row["outcome"]):
        case Outcome.CANNOT_TELL:
            return f"cannot tell, because {REASON_WORDS[Reason(row['reason'])]}"
        case Outcome.NOT_YET_DUE:
            return "not yet due"
    return "no record found"
