"""A case of a force's own dive as its page shows it: by the clock, with its own number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import polars as pl

from wardline.dive import CaseOpened, EventOfCase, ExplainedFinding, KeptDive, open_case
from wardline.english import and_list
from wardline.findings import Outcome
from wardline.obligations import Never, Record, name_in_words
from wardline.reports.two_clocks_picture import OnTwoClocks, OwedSpan, two_clocks_picture
from wardline.reports.wording import duration, instant, instant_in_words
from wardline.time_limits import Calendar, age_column
from wardline_workspace.cases.case_page import CaseShown, EventShown, FindingShown, finding_shown
from wardline_workspace.cases.listed_findings import NIGHT

__all__ = ["identified_case"]

LEFT_TO_FACTS = frozenset({"district", "from_care"})
CARE = {"yes": "in care", "no": "not in care"}


def identified_case(dive: KeptDive, case_id: str) -> CaseShown | None:
    """The case of that identifier; None where the dive has none."""
    with dive.readable():
        case = open_case(case_id, dive)
        if case is None:
            return None
        age = _age(dive, case)
    calendar = dive.calendar
    start = _start(case)
    events = tuple(_event(at, one, case, calendar) for at, one in enumerate(case.events, 1))
    return CaseShown(
        f"Case {case_id}",
        _caption(case, calendar),
        tuple(_facts(case, age, calendar)),
        tuple(_aside(case, calendar)),
        None if start is None else _picture(dive, case, start),
        events,
        tuple(_finding(one, calendar) for one in case.findings),
        case.later,
    )


def _start(case: CaseOpened) -> datetime | None:
    """What the picture counts from: the opening, else the first event of which the time is known."""
    times = [one.happened_at for one in case.events if one.happened_at is not None]
    opened: datetime | None = case.row["opened_at"]
    return opened if opened is not None else min(times, default=None)


def _caption(case: CaseOpened, calendar: Calendar) -> str:
    said = [str(case.row["case_type"]).capitalize()]
    if (start := _start(case)) is not None:
        local = calendar.local(start)
        said.append(f"began in {local:%B %Y}{', at night' if local.hour in NIGHT else ''}")
    return " · ".join(said)


def _age(dive: KeptDive, case: CaseOpened) -> int | None:
    """How old the child was when the case began, in whole years, where a date of birth is recorded."""
    person, start = case.row["person_id"], _start(case)
    people = dive.people
    if person is None or start is None or "date_of_birth" not in people.collect_schema():
        return None
    born = people.filter(pl.col("person_id") == person).select(pl.col("date_of_birth")).drop_nulls().head(1)
    ages = born.select(age_column(pl.col("date_of_birth"), dive.calendar.local_date(start))).collect()
    return ages.item() if ages.height else None


def _facts(case: CaseOpened, age: int | None, calendar: Calendar) -> Iterator[str]:
    known = dict(case.attributes)
    about = [f"A child aged {age}" if age is not None else "A child" if case.row["person_id"] else "No child is named"]
    if (care := CARE.get(str(known.get("from_care")))) is not None:
        about.append(care)
    if district := known.get("district"):
        about.append(f"{district} district")
    yield f"{', '.join(about)}."
    grades = [str(dict(one.details)["grade"]) for one in case.events if "grade" in dict(one.details)]
    if grades:
        changed = f", last graded {grades[-1]}" if grades[-1] != grades[0] else ""
        yield f"First graded {grades[0]} risk{changed}."
    closed, start = case.row["closed_at"], _start(case)
    if closed is None:
        yield "Still open."
    else:
        after = f" after {duration(closed - start)}" if start is not None and closed >= start else ""
        yield f"Closed{after}."


def _aside(case: CaseOpened, calendar: Calendar) -> Iterator[str]:
    if case.row["opened_at"] is not None:
        yield f"Opened {instant_in_words(case.row['opened_at'], calendar)}."
    if case.row["closed_at"] is not None:
        yield f"Closed {instant_in_words(case.row['closed_at'], calendar)}."
    named = [case.titles.get(one, one) for one in case.systems]
    if named:
        yield f"{and_list(named)} {'has' if len(named) == 1 else 'have'} records of it."
    filled_in = [f"{name_in_words(name)}: {_value(value, calendar)}" for name, value in case.attributes]
    if filled_in:
        yield f"As the export has it: {'; '.join(filled_in)}."
    if case.row["person_id"] is not None:
        yield f"The child is {case.row['person_id']}, a keyed code."


def _event(number: int, one: EventOfCase, case: CaseOpened, calendar: Calendar) -> EventShown:
    return EventShown(
        number,
        _in_words(one, calendar),
        _happened(one, calendar),
        "not recorded" if one.recorded_at is None else instant(one.recorded_at, calendar),
        _gap(one),
        case.titles.get(one.source, one.source),
    )


def _in_words(one: EventOfCase, calendar: Calendar) -> str:
    details = ", ".join(f"{name_in_words(name)}: {_value(value, calendar)}" for name, value in one.details)
    words = name_in_words(one.event)
    return f"{words[:1].upper()}{words[1:]}" + (f" ({details})" if details else "")


def _value(value: Any, calendar: Calendar) -> str:
    return instant(value, calendar) if isinstance(value, datetime) else str(value)


def _happened(one: EventOfCase, calendar: Calendar) -> str:
    if one.happened_at is None:
        return "without a time"
    if one.latest is None:
        return instant(one.happened_at, calendar)
    if calendar.is_whole_day(one.happened_at, one.latest):
        return f"{instant(one.happened_at, calendar).split(',')[0]}, no time of day"
    return f"{instant(one.happened_at, calendar)} to {instant(one.latest, calendar)}"


def _gap(one: EventOfCase) -> str:
    if one.recorded_at is None or one.happened_at is None:
        return "–"
    if one.recorded_at < one.happened_at:
        return f"{duration(one.happened_at - one.recorded_at)} before it happened"
    latest = one.latest or one.happened_at
    return "at the time" if one.recorded_at <= latest else f"{duration(one.recorded_at - latest)} later"


def _finding(one: ExplainedFinding, calendar: Calendar) -> FindingShown:
    outcome = Outcome(one.row["outcome"])
    # How late it was is in the sentence, to the day where only the day is known.
    said = one.why.partition(":")[0]
    late = said[said.index(" by ") + 1 :] if outcome is Outcome.LATE and " by " in said else ""
    return finding_shown(one.item, outcome, late, one.why)


def _picture(dive: KeptDive, case: CaseOpened, start: datetime) -> Any:
    def since(at: datetime | None) -> Any:
        return None if at is None else at - start

    events = [
        OnTwoClocks(at, name_in_words(one.event), since(one.happened_at), since(one.latest), since(one.recorded_at))
        for at, one in enumerate(case.events, 1)
    ]
    return two_clocks_picture(
        events,
        _owed(case, start),
        name="clocks",
        title="What was recorded, on two clocks",
        start="opening" if case.row["opened_at"] is not None else "first event",
        is_made_up=dive.is_made_up,
    )


def _owed(case: CaseOpened, start: datetime) -> OwedSpan | None:
    """The finding that the picture points out: the first recorded late, else the first without a record."""
    timed = [
        one
        for one in case.findings
        if one.row["triggered_at"] is not None
        and one.row["deadline"] is not None
        and not isinstance(one.item.obligation, Never | Record)
    ]
    for outcome in (Outcome.LATE, Outcome.MISSED):
        of_it = [one for one in timed if one.row["outcome"] == outcome.value]
        if of_it:
            one = min(of_it, key=lambda one: (not one.item.obligation.safeguarding, one.row["deadline"]))
            done = one.row["responded_at"]
            return OwedSpan(
                one.item.obligation.title,
                one.row["triggered_at"] - start,
                one.row["deadline"] - start,
                None if done is None else done - start,
            )
    return None
