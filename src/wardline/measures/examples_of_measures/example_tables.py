"""The tables that a worked example of a measure stands for: its findings, or its cases and their events.

In an example there is one record system, kept by whoever owes the obligation. It can record every event, and every
attribute, that the example or its measure names, and has no gaps. So what a system cannot record has no examples here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from wardline.events import CASES, EVENTS, INSTANT, PEOPLE, log_of_tables
from wardline.events.notation import EXAMPLE_CALENDAR, EXAMPLE_DAY, read_instant
from wardline.findings import FINDINGS, Outcome
from wardline.measures.declared.example_notation import NotedCase, NotedOccasion, noted_cases, noted_occasions
from wardline.measures.declared.measure import (
    EXAMPLE_SEEN_FROM,
    CasesCounted,
    Measure,
    MeasureExample,
    ShareAgain,
    ShareFilledIn,
    ShareLowered,
    ShareOfEvents,
    ShareWithin,
    WrittenLate,
)
from wardline.measures.measured_tables import MeasuredTables
from wardline.obligations import (
    Basis,
    BasisKind,
    EventPattern,
    Never,
    Obligation,
    Owner,
    ResolvedObligation,
    Respond,
    Topic,
    Trigger,
)
from wardline.time_limits import Length, PeriodLength, Unit, day_before, deadline, periods_from, read_elapsed

__all__ = ["tables_of_example"]

SYSTEM = "example"
VERSION = "1"
LONG_AGO = date(1900, 1, 1)
WRITTEN_UP_LATER_AFTER = read_elapsed("2 hours")
AN_HOUR = Length(1, Unit.HOURS)
OF_A_NEVER = ("not recorded as happening", "recorded as happening")


def tables_of_example(measure: Measure, example: MeasureExample, case_type: str) -> MeasuredTables:
    """The tables that are counted. They end with the day before `as at`, so that every day in them is over.

    Raises NotInNotation where the example was made in code and cannot be read.
    """
    as_at = read_instant(example.as_at or EXAMPLE_SEEN_FROM)
    occasions, cases = noted_occasions(example.findings), noted_cases(example.cases)
    if occasions:
        cases = _cases_of(occasions)
    instants = [occasion.times["triggered"] for occasion in occasions]
    instants += [event.happened_at for case in cases for event in case.events]
    instants += [case.opened_at for case in cases if case.opened_at is not None]
    days = [date.fromisoformat(EXAMPLE_DAY), *map(EXAMPLE_CALENDAR.local_date, instants)]
    first, last = min(days), day_before(EXAMPLE_CALENDAR.local_date(as_at))
    per = measure.counting.per if isinstance(measure.counting, CasesCounted) else None
    item = _obligation(measure, case_type, example)
    return MeasuredTables(
        obligations=() if item is None else (item,),
        standards=() if item is None else ((item.standard, item.version),),
        as_at=as_at,
        zone=EXAMPLE_CALENDAR.zone,
        period=(first, last),
        written_up_later_after=WRITTEN_UP_LATER_AFTER,
        findings=_findings(occasions, item, as_at).lazy(),
        event_log=log_of_tables(_log(measure, cases, case_type, as_at)),
        population=example.of if per == "1,000 people" else None,
        investigators=_in_each_month(example.of, first, last) if example.of and per == "investigator" else {},
    )


def _in_each_month(many: int, first: date, last: date) -> dict[str, int]:
    return {f"{month:%Y-%m}": many for month in periods_from(first, last, PeriodLength.MONTH)}


# FINDINGS


def _obligation(measure: Measure, case_type: str, example: MeasureExample) -> ResolvedObligation | None:
    """The obligation that a measure names. Only its name, and whether it is a *never*, matter to what is counted."""
    if measure.obligation is None:
        return None
    standard, _, name = measure.obligation.rpartition("/")
    shared: dict[str, Any] = {
        "id": name,
        "title": name,
        "topic": Topic.INITIAL_RESPONSE,
        "owed_by": Owner.FORCE,
        "basis": Basis(BasisKind.FORCE_POLICY, "A worked example"),
    }
    began = Trigger((EventPattern("began"),))
    is_never = any(words in example.findings for words in OF_A_NEVER)
    obligation: Obligation = (
        Never(**shared, never=began)
        if is_never
        else Respond(**shared, trigger=began, response=(EventPattern("done"),), within=AN_HOUR)
    )
    return ResolvedObligation(
        obligation=obligation, standard=standard, version=VERSION, case_type=case_type, in_force_from=LONG_AGO
    )


def _findings(occasions: Sequence[NotedOccasion], item: ResolvedObligation | None, as_at: datetime) -> pl.DataFrame:
    rows = []
    for number, occasion in enumerate(occasions):
        assert item is not None
        times = occasion.times
        responded, exempted = times.get("responded"), times.get("exempted")
        if occasion.outcome is Outcome.EXEMPT and exempted is None:
            exempted = times["triggered"]
        is_due = occasion.outcome is not Outcome.NOT_YET_DUE
        rows.append(
            {
                "standard": item.standard,
                "version": item.version,
                "obligation": item.obligation.id,
                "case_id": _id(occasion.case),
                "child_id": _id(occasion.child or f"the child of {occasion.case}"),
                "trigger_event": number,
                "ordinal": 1,
                "triggered_at": times["triggered"],
                "deadline": times.get(
                    "deadline", times["triggered"] if is_due else deadline(AN_HOUR, as_at, EXAMPLE_CALENDAR)
                ),
                "outcome": occasion.outcome.value,
                "response_event": None if responded is None else number,
                "responded_at": responded,
                "response_recorded_at": times.get("written", responded),
                "exempted_at": exempted,
                "exemption_recorded_at": exempted,
                "counted": occasion.counted,
                "standing": item.standing.value,
            }
        )
    return pl.DataFrame(rows, schema=FINDINGS)


def _cases_of(occasions: Sequence[NotedOccasion]) -> tuple[NotedCase, ...]:
    """The cases of findings, each opened when its first occasion began, and closed where a row says so."""
    cases: dict[str, NotedCase] = {}
    for occasion in sorted(occasions, key=lambda one: one.times["triggered"]):
        before = cases.get(occasion.case)
        opened = occasion.times["triggered"] if before is None else before.opened_at
        closed = occasion.times.get("closed") or (before.closed_at if before else None)
        child = occasion.child or f"the child of {occasion.case}"
        cases[occasion.case] = NotedCase(occasion.case, child, opened, closed)
    return tuple(cases.values())


# CASES AND EVENTS


def _log(measure: Measure, cases: Sequence[NotedCase], case_type: str, as_at: datetime) -> dict[str, pl.DataFrame]:
    person = measure.counting.person if isinstance(measure.counting, ShareFilledIn) else None
    attributes = {name for case in cases for name, _ in case.attributes} | _attributes_named(measure)
    of_case = sorted(attributes - {person})
    events = [
        (case, event, written) for case in cases for event, written in zip(case.events, case.written, strict=True)
    ]
    of_event = sorted({name for _, event, _ in events for name, _ in event.attributes})
    return {
        "cases": _table([_case_row(case, case_type) for case in cases], CASES, of_case),
        "events": _table(
            [
                {
                    "event_id": number,
                    "case_id": _id(case.case),
                    "event": event.event,
                    "happened_at": event.happened_at,
                    "happened_by": None if event.happened_by == event.happened_at else event.happened_by,
                    "recorded_at": written,
                    "source": SYSTEM,
                    **{name: value or None for name, value in event.attributes},
                }
                for number, (case, event, written) in enumerate(events)
            ],
            EVENTS,
            of_event,
        ),
        "people": _people(cases, person),
        "abilities": _abilities(measure, case_type, {event.event for _, event, _ in events}),
        "coverage": pl.DataFrame(
            {"source": [SYSTEM], "title": ["Worked example"], "kept_by": ["force"], "taken_at": [as_at]},
            schema_overrides={"taken_at": INSTANT},
        ),
        "case_sources": pl.DataFrame(
            [{"case_id": _id(case.case), "source": SYSTEM} for case in cases],
            schema={"case_id": pl.String, "source": pl.String},
        ),
    }


def _case_row(case: NotedCase, case_type: str) -> dict[str, Any]:
    first = min((event.happened_at for event in case.events), default=None)
    return {
        "case_id": _id(case.case),
        "case_type": case_type,
        "opened_at": case.opened_at or first,
        "closed_at": case.closed_at,
        "person_id": None if case.child is None else _id(case.child),
        "source": SYSTEM,
        **{name: value or None for name, value in case.attributes},
    }


def _people(cases: Iterable[NotedCase], field: str | None) -> pl.DataFrame:
    """The person record of each child, with what the case gives for the field that is asked about."""
    rows: dict[str, dict[str, Any]] = {}
    for case in cases:
        if case.child is not None:
            given = dict(case.attributes).get(field or "")
            row = {"person_id": _id(case.child), "source": SYSTEM, **({field: given or None} if field else {})}
            rows[case.child] = row
    return _table(list(rows.values()), PEOPLE, [] if field is None or field in PEOPLE else [field])


def _abilities(measure: Measure, case_type: str, recorded: set[str]) -> pl.DataFrame:
    names = sorted(recorded | _events_named(measure))
    rows: list[dict[str, str | None]] = [{"case_type": case_type, "event": name, "field": None} for name in names]
    counting = measure.counting
    if isinstance(counting, ShareFilledIn):
        of_person = counting.person is not None
        rows.append(
            {
                "case_type": None if of_person else case_type,
                "event": None,
                "field": counting.person or counting.attribute,
            }
        )
    schema = {"source": pl.String, "case_type": pl.String, "event": pl.String, "field": pl.String}
    return pl.DataFrame([{"source": SYSTEM, **row} for row in rows], schema=schema)


def _events_named(measure: Measure) -> set[str]:
    match measure.counting:
        case ShareWithin(start=first, then=second) | ShareAgain(after=first, again=second):
            return {*first, *second}
        case ShareOfEvents(event=names) | ShareLowered(event=names) | WrittenLate(event=names):
            return set(names)
    return {"began", "done"} if measure.obligation else set()


def _attributes_named(measure: Measure) -> set[str]:
    match measure.counting:
        case CasesCounted(where=conditions):
            return set(conditions)
        case ShareFilledIn(attribute=str() as attribute):
            return {attribute}
    return set()


def _table(rows: Sequence[dict[str, Any]], fixed: pl.Schema, attributes: Iterable[str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={**fixed, **{name: pl.String() for name in attributes}})


def _id(name: str) -> str:
    return f"{SYSTEM}:{name}"
