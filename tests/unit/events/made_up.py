"""Small logs written by hand, and the record faults in them. Times are UTC; cases are of one system, `s`."""

from datetime import UTC, datetime

import polars as pl

from wardline.events import CASES, EVENTS, PEOPLE, EventLog, RecordFault, log_of_tables, record_faults

AS_AT = datetime(2025, 7, 1, tzinfo=UTC)


def at(text: str | None) -> datetime | None:
    """`02 18:00` is on 2 June 2025."""
    return None if text is None else datetime.fromisoformat(f"2025-06-{text}").replace(tzinfo=UTC)


def case(case_id, opened, closed=None, *, person="p1", case_type="missing episode", source="s") -> dict:
    return {
        "case_id": case_id,
        "case_type": case_type,
        "opened_at": at(opened),
        "closed_at": at(closed),
        "person_id": person,
        "source": source,
    }


def event(event_id, case_id, name, happened, *, by=None, recorded=None, source="s") -> dict:
    return {
        "event_id": event_id,
        "case_id": case_id,
        "event": name,
        "happened_at": at(happened),
        "happened_by": at(by),
        "recorded_at": at(recorded),
        "source": source,
    }


def log(cases=(), events=(), people=()) -> EventLog:
    return log_of_tables(
        {
            "cases": pl.DataFrame(list(cases), schema_overrides=CASES) if cases else CASES.to_frame(),
            "events": pl.DataFrame(list(events), schema_overrides=EVENTS) if events else EVENTS.to_frame(),
            "people": pl.DataFrame(list(people), schema_overrides=PEOPLE) if people else PEOPLE.to_frame(),
        }
    )


def faults(*args, as_at=AS_AT, calendar=None, **tables) -> list[tuple]:
    """The fault, its case and the other case, of each fault."""
    found = record_faults(log(*args, **tables), as_at=as_at, calendar=calendar)
    return [
        (RecordFault(fault).name, one, other)
        for fault, one, other in found.select("fault", "case_id", "other_case_id").iter_rows()
    ]


def said_of(events: list[dict]) -> list[tuple]:
    return (
        record_faults(log(events=events), as_at=AS_AT)
        .select("case_id", "event_id", "other_event_id", "happened_at", "what_it_says")
        .rows()
    )
