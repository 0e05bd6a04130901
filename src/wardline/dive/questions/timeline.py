"""One case told in words: what was recorded as happening, and when each entry was written up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import polars as pl

from wardline.english import and_list, count
from wardline.events import EventLog, attribute_columns, is_known
from wardline.reports.wording import duration, instant, instant_in_words
from wardline.time_limits import Calendar

__all__ = ["case_in_words", "events_in_words"]

Row = dict[str, Any]


def case_in_words(
    case: Row, systems: Sequence[str], attributes: Sequence[str], *, as_at: datetime, calendar: Calendar
) -> str:
    """What is known of the case itself: when it was opened and closed, about which child, and by which systems.

    Its `closed_at` is as it is known as at.
    """
    opened = (
        "When it was opened is not recorded"
        if case["opened_at"] is None
        else f"Opened {instant_in_words(case['opened_at'], calendar)}"
    )
    state = (
        f"still open as at {instant_in_words(as_at, calendar)}"
        if case["closed_at"] is None
        else f"closed {instant_in_words(case['closed_at'], calendar)}"
    )
    child = "It names no child." if case["person_id"] is None else f"The child is {case['person_id']}."
    lines = [f"Case {case['case_id']} ({case['case_type']})", f"{opened}; {state}.", child]
    if systems:
        lines.append(f"{and_list(sorted(systems))} {'has' if len(systems) == 1 else 'have'} records of it.")
    filled_in = [f"{name}: {_value(case[name], calendar)}" for name in attributes if case[name] is not None]
    if filled_in:
        lines.append(f"As the export has it: {'; '.join(filled_in)}.")
    return "\n".join(lines)


def events_in_words(event_log: EventLog, case_id: str, *, as_at: datetime, calendar: Calendar) -> str:
    """Every event of the case that is known as at, in order, with both clocks: happened, and written up."""
    of_case = event_log.events.filter(pl.col("case_id") == case_id)
    events = of_case.filter(is_known(as_at)).sort("happened_at", "event_id", nulls_last=True).collect()
    later = int(of_case.select(pl.len()).collect().item()) - events.height
    attributes = attribute_columns(events.schema, "events")
    rows = [_event(row, attributes, calendar) for row in events.to_dicts()]
    lines = [f"What was recorded (local times, {calendar.zone})", ""]
    lines += _aligned(rows) if rows else ["  Nothing."]
    if later:
        entries = count(later, "further entry", "further entries").capitalize()
        lines += ["", f"  {entries} {'was' if later == 1 else 'were'} made, or happened, after that."]
    return "\n".join(lines)


def _event(row: Row, attributes: Iterable[str], calendar: Calendar) -> tuple[str, str, str]:
    details = ", ".join(f"{name}={_value(row[name], calendar)}" for name in attributes if row[name] is not None)
    named = f"{row['event']} ({details})" if details else str(row["event"])
    return _happened(row, calendar), named, f"{_written_up(row, calendar)} [{_from(row)}]"


def _happened(row: Row, calendar: Calendar) -> str:
    start, end = row["happened_at"], row["happened_by"]
    if start is None:
        return "without a time"
    if end is None or end == start:
        return instant(start, calendar)
    if calendar.is_whole_day(start, end):
        return f"{instant(start, calendar).split(',')[0]}, no time of day"
    return f"{instant(start, calendar)} to {instant(end, calendar)}"


def _written_up(row: Row, calendar: Calendar) -> str:
    recorded_at, happened_at = row["recorded_at"], row["happened_at"]
    if recorded_at is None:
        return "when it was written up is not recorded"
    said = f"written up {instant(recorded_at, calendar)}"
    if happened_at is None:
        return said
    latest = row["happened_by"] or happened_at
    if recorded_at < happened_at:
        return f"{said}, {duration(happened_at - recorded_at)} before it happened"
    if recorded_at <= latest:
        return said
    return f"{said}, {duration(recorded_at - latest)} later"


def _from(row: Row) -> str:
    return ", ".join(
        [str(row["source"]), *([f"{row['source_file']} row {row['source_row']}"] if row["source_file"] else [])]
    )


def _value(value: Any, calendar: Calendar) -> str:
    return instant(value, calendar) if isinstance(value, datetime) else str(value)


def _aligned(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    widths = [max(len(row[index]) for row in rows) for index in (0, 1)]
    return [f"  {time:<{widths[0]}}  {event:<{widths[1]}}  {rest}".rstrip() for time, event, rest in rows]
