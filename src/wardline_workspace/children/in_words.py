"""What a page says of a child and of what is owed, from the values that the list keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from wardline.findings import Reason
from wardline.obligations import Owner, Standing, name_in_words
from wardline.reports.lists_in_words import STANDING_WORDS, what_the_records_say
from wardline.reports.wording import OWNER_WORDS
from wardline_workspace.children.models import CaseToCheck, Item
from wardline_workspace.children.states import State
from wardline_workspace.children.the_list import Child, ListNow
from wardline_workspace.pages.jinja import clock, day, instant

__all__ = [
    "HistoryLine",
    "child_in_words",
    "history_of",
    "list_title",
    "near",
    "owed_in_words",
    "owed_together",
    "tag_of",
    "why_in_words",
]

ALMOST_A_DAY = timedelta(hours=22)  # a day on which clocks go forward has 23 hours
TAGS = {
    State.NOBODY_YET: ("Nobody has looked yet", "missed"),
    State.ON_AGAIN: ("On the list again", "missed"),
    State.WAITS_FOR_SECOND: ("Not needed, because", "late"),
    State.LOOKED_FOR: ("Looked at", "late"),
    State.ANSWERED: ("Looked at", "met"),
    State.NOT_NEEDED: ("Not needed", "met"),
}


def list_title(shown: ListNow) -> str:
    """What the list is headed: it is for today only for 24 hours after its records end."""
    return "Children to check today" if shown.is_for_today or not shown.lists else "Not a list for today"


def near(at: datetime, now: datetime) -> str:
    """A local time as people say it: `2:00am today`, `12 June 2025, 9:40pm`, `the start of 12 June 2025`."""
    local = timezone.localtime(at)
    days = (timezone.localtime(now).date() - local.date()).days
    word = {0: "today", 1: "yesterday", -1: "tomorrow"}.get(days)
    if local.time() == time():
        return f"the start of {word or day(at)}"
    return f"{clock(at)} {word}" if word else instant(at)


def child_in_words(case: CaseToCheck) -> str:
    """A child without a name: `Child, 14`; where the age is not known, `Child, age not known`."""
    return "Child, age not known" if case.age is None else f"Child, {case.age}"


def tag_of(state: State, answer_kind: str = "") -> tuple[str, str]:
    """The words and the colour of a tag. An answer that says how the child was found says so in the tag."""
    words, colour = TAGS[state]
    return (
        (answer_kind.removesuffix(", not yet seen"), colour)
        if state is State.ANSWERED and answer_kind
        else (words, colour)
    )


def why_in_words(child: Child, now: datetime) -> str:
    """What the records say of the case as a whole: since when, graded how, the last thing recorded."""
    case, first = child.case, child.items[0]
    said = []
    since = min((item.since for item in child.items if item.since), default=None)
    if since is not None:
        begins = "At risk since" if case.is_open and case.is_at_risk else "Since"
        said.append(f"{begins} {_when(since, first.since_by if since == first.since else None, now)}.")
    if case.is_open and case.is_at_risk is not None:
        said.append(f"Graded {case.grade}." if case.grade else "No risk grade found.")
    elif case.grade:
        said.append(f"Graded {case.grade}.")
    if case.last_event and case.last_at:
        said.append(f"Last recorded: {name_in_words(case.last_event)}, {_when(case.last_at, case.last_by, now)}.")
    return " ".join(said)


def owed_in_words(item: Item, now: datetime) -> str:
    """What is not recorded of one thing that was owed, and when it was due."""
    says = what_the_records_say({"outcome": item.outcome, "reason": item.reason})
    sentences = [f"{says[:1].upper()}{says[1:]}"]
    if item.deadline:
        sentences.append(f"Due {near(item.deadline, now)}")
    elif item.reason != Reason.LIMIT_UNKNOWN.value:
        sentences.append("When it was due is not known")
    if item.owed_by != Owner.FORCE.value:
        sentences.append(f"Owed by {OWNER_WORDS[Owner(item.owed_by)]}")
    if item.standing != Standing.BINDING.value:
        standing = STANDING_WORDS[item.standing]
        sentences.append(f"{standing[:1].upper()}{standing[1:]}")
    return ". ".join(sentences) + "."


def owed_together(child: Child, now: datetime) -> list[tuple[list[str], str]]:
    """What is owed, in order; what the records say of several things in the same words is said once."""
    together: dict[str, list[str]] = {}
    for item in child.items:
        together.setdefault(owed_in_words(item, now), []).append(item.title)
    return [(titles, says) for says, titles in together.items()]


def _when(at: datetime, by: datetime | None, now: datetime) -> str:
    """When something was, as nearly as it is known: where only its day is, the day."""
    is_day_only = by is not None and by - at >= ALMOST_A_DAY
    return day(at) if is_day_only else near(at, now)


def row_in_words(row: Mapping[str, Any], now: datetime) -> tuple[str, str, str, str, str, str, str]:
    """A row of a list that is not kept here (`wardline.measures.LISTED`): child, number, district, and four cells."""
    age = "age not known" if row["age"] is None else row["age"]
    last = ""
    if row["last_event"] and row["last_at"]:
        last = name_in_words(row["last_event"])
        last = f"{last[:1].upper()}{last[1:]}, {_when(row['last_at'], row['last_by'], now)}"
    since = _when(row["since"], row["since_by"], now) if row["since"] else "Not known"
    due = near(row["deadline"], now) if row["deadline"] else "Not known"
    number = row["case"].partition(":")[2] or row["case"]
    return f"Child, {age}", number, row["district"] or "", row["title"], since, last or "–", due


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to a child on the list: when, and what."""

    at: datetime
    words: str
    text: str = ""


def history_of(case: CaseToCheck, now: datetime) -> list[HistoryLine]:
    """All that happened to a child on the list, the newest first. Nothing of it is ever removed."""
    lines = []
    shown = {taken for item in case.items.prefetch_related("lists") for taken in item.lists.all()}
    earliest = min((taken.records_to for taken in shown), default=now)
    for taken in shown:
        word = "On the list" if taken.records_to == earliest else "On the list again"
        lines.append(HistoryLine(taken.taken_at, f"{word}, records to {instant(taken.records_to)}"))
    for looks in case.looks.all():
        lines.append(HistoryLine(looks.said_at, f"To look: {looks.who}, by {instant(looks.by_when)}"))
    for answer in case.answers.prefetch_related("items"):
        about = answer.items.count()
        words = f"{answer.kind}. By {answer.by_whom}, {instant(answer.looked_at)}. About {about} of what is owed"
        lines.append(HistoryLine(answer.recorded_at, words, answer.because))
        if answer.second_at is not None:
            agreed = "agreed" if answer.second_agrees else "did not agree"
            words = f"{answer.second_name}, the second person, {agreed} that it is not needed"
            lines.append(HistoryLine(answer.second_at, words, answer.second_because))
    return sorted(lines, key=lambda line: line.at, reverse=True)
