"""Worked examples: each is a small event log of one case, judged by the reference engine.

In an example every event that the obligation names, and every field that it asks for, could have been recorded; the
one record system is kept by whoever owes the obligation. So `not_recorded_here` and `record_gap` have no examples here:
they are rules of the language, shown under `specification/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import polars as pl

from wardline.engines import check_by_reference
from wardline.events import CASES, EVENTS, INSTANT, PEOPLE, EventLog, log_of_tables
from wardline.events.notation import CASE_TIMES, EXAMPLE_CALENDAR, NotedEvent, noted_events, read_instant
from wardline.findings import Outcome, Reason
from wardline.obligations import Example, Never, Obligation, Record, RecordOf, ResolvedObligation, named_by
from wardline.standards.expectations import NO_OCCASION, found_in_words, holds, read_expectation
from wardline.standards.standard import Standard
from wardline.time_limits import TimeIn

__all__ = ["ExampleResult", "run_example", "run_examples", "said_without_events"]

CASE = "example:1"
CHILD = "example:child"
SYSTEM = "example"
# A worked example is of the obligation itself, not of the dates in force.
LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True)
class ExampleResult:
    """What a worked example expected and what was found, in the same words; `holds` where they agree."""

    obligation: Obligation
    example: Example
    expected: tuple[str, ...]
    found: tuple[str, ...]
    holds: bool


def run_examples(standard: Standard) -> tuple[ExampleResult, ...]:
    """Every worked example of a standard, run on the reference engine, in the order of the standard."""
    return tuple(
        run_example(standard, obligation, example)
        for obligation in standard.obligations
        for example in obligation.examples
    )


def run_example(standard: Standard, obligation: Obligation, example: Example) -> ExampleResult:
    """One worked example of an obligation, run on the reference engine.

    Raises NotInNotation or NotAnExpectation where the example was made in code and cannot be read.
    """
    kind = "never" if isinstance(obligation, Never) else "record" if isinstance(obligation, Record) else "when"
    expected = [read_expectation(text, kind) for text in example.expect]
    wanted = [one for one in expected if one is not None]
    findings = _findings(standard, obligation, example)
    agree = len(wanted) == len(findings) and all(
        holds(want, *finding) for want, finding in zip(wanted, findings, strict=True)
    )
    said = tuple(found_in_words(obligation, *finding) for finding in findings) or (NO_OCCASION,)
    return ExampleResult(obligation, example, example.expect or (NO_OCCASION,), said, agree)


def said_without_events(standard: Standard, obligation: Obligation) -> tuple[str, ...]:
    """What the obligation says of an open case of which no event is recorded; `no occasion` for most."""
    silent = Example("no events", "", "12:00", ())
    return run_example(standard, replace(obligation, only_for=()), silent).found


def _findings(standard: Standard, obligation: Obligation, example: Example) -> list[tuple[Outcome, Any, Reason | None]]:
    as_at = read_instant(example.as_at)
    resolved = ResolvedObligation(
        obligation=obligation,
        standard=standard.name,
        version=standard.version,
        case_type=standard.case_type,
        in_force_from=LONG_AGO,
        zone=EXAMPLE_CALENDAR.zone,
        nation=EXAMPLE_CALENDAR.nation,
    )
    findings = check_by_reference([resolved], _log_of(standard, obligation, example, as_at), as_at=as_at)
    return [
        (Outcome(outcome), late_by, None if reason is None else Reason(reason))
        for outcome, late_by, reason in findings.select("outcome", "late_by", "reason").iter_rows()
    ]


# THE LOG OF AN EXAMPLE


def _log_of(standard: Standard, obligation: Obligation, example: Example, as_at: datetime) -> EventLog:
    noted = noted_events(example.events)
    given = dict(example.case)
    times = {key: read_instant(given.pop(key)) if key in given else None for key in CASE_TIMES}
    opened_at = times["opened at"] or min((event.happened_at for event in noted), default=as_at)
    instants = _attributes_of_times(obligation)
    case = {
        "case_id": CASE,
        "case_type": standard.case_type,
        "opened_at": opened_at,
        "closed_at": times["closed at"],
        "person_id": CHILD,
        "source": SYSTEM,
    }
    events = [
        {
            "event_id": number,
            "case_id": CASE,
            "event": event.event,
            "happened_at": event.happened_at,
            "happened_by": None if event.happened_by == event.happened_at else event.happened_by,
            "recorded_at": event.happened_at,
            "source": SYSTEM,
            **_typed(event.attributes, instants),
        }
        for number, event in enumerate(noted)
    ]
    attributes = {name for event in noted for name, _ in event.attributes}
    return log_of_tables(
        {
            "cases": _table([{**case, **_typed(given.items(), instants)}], CASES, given, instants),
            "events": _table(events, EVENTS, attributes, instants),
            "people": _person(obligation, given),
            "abilities": _abilities(standard, obligation, noted),
            "coverage": pl.DataFrame(
                {
                    "source": [SYSTEM],
                    "title": ["Worked example"],
                    "kept_by": [obligation.owed_by.value],
                    "taken_at": [as_at],
                },
                schema_overrides={"taken_at": INSTANT},
            ),
            "case_sources": pl.DataFrame({"case_id": [CASE], "source": [SYSTEM]}),
        }
    )


def _table(rows: list[dict[str, Any]], fixed: pl.Schema, attributes: Iterable[str], instants: set[str]) -> pl.DataFrame:
    further = {name: INSTANT if name in instants else pl.String() for name in sorted(attributes)}
    return pl.DataFrame(rows, schema={**fixed, **further})


def _attributes_of_times(obligation: Obligation) -> set[str]:
    """The attributes that hold a time: the deadline that stands in the records."""
    limit = obligation.time_limit
    return {limit.attribute} if isinstance(limit, TimeIn) else set()


def _typed(attributes: Iterable[tuple[str, str]], instants: set[str]) -> dict[str, Any]:
    return {name: read_instant(value) if name in instants else value or None for name, value in attributes}


def _person(obligation: Obligation, given: dict[str, str]) -> pl.DataFrame:
    """The child's person record; what `case` gives fills its field too, where it is a person's field that is asked."""
    row: dict[str, Any] = {"person_id": CHILD, "source": SYSTEM}
    further = {}
    if isinstance(obligation, Record) and obligation.record.of is RecordOf.PERSON:
        name = obligation.record.field
        value: Any = given.get(name)
        row[name] = date.fromisoformat(value) if value and PEOPLE.get(name) == pl.Date() else value
        further = {} if name in PEOPLE else {name: pl.String()}
    return pl.DataFrame([row], schema={**PEOPLE, **further})


def _abilities(standard: Standard, obligation: Obligation, noted: tuple[NotedEvent, ...]) -> pl.DataFrame:
    names = {*named_by([obligation]).events, *(event.event for event in noted)}
    rows: list[dict[str, Any]] = [
        {"source": SYSTEM, "case_type": standard.case_type, "event": name, "field": None} for name in sorted(names)
    ]
    if isinstance(obligation, Record):
        field = obligation.record
        is_of_person = field.of is RecordOf.PERSON
        rows.append(
            {
                "source": SYSTEM,
                "case_type": None if is_of_person else standard.case_type,
                "event": field.event,
                "field": field.field,
            }
        )
    return pl.DataFrame(
        rows, schema={"source": pl.String, "case_type": pl.String, "event": pl.String, "field": pl.String}
    )
