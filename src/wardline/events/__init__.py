"""The event log: cases, events, person records and notes in our columns, and faults in how they were recorded."""

from wardline.events.known_as_at import (
    closed_as_at,
    existing_cases,
    is_known,
    is_known_closed,
    is_not_after,
    known_events,
)
from wardline.events.log import EventLog, log_of_tables, read_event_log
from wardline.events.record_faults import RECORD_FAULTS, RecordFault, record_faults
from wardline.events.tables import (
    ABILITIES,
    CASE_SOURCES,
    CASES,
    COVERAGE,
    EVENTS,
    FIXED_COLUMNS,
    INSTANT,
    NO_CASE,
    NOT_MATCHED,
    NOTES,
    OF_NO_CASE,
    PEOPLE,
    REJECTS,
    attribute_columns,
    attribute_types,
)

__all__ = [
    "ABILITIES",
    "CASES",
    "CASE_SOURCES",
    "COVERAGE",
    "EVENTS",
    "FIXED_COLUMNS",
    "INSTANT",
    "NOTES",
    "NOT_MATCHED",
    "NO_CASE",
    "OF_NO_CASE",
    "PEOPLE",
    "RECORD_FAULTS",
    "REJECTS",
    "EventLog",
    "RecordFault",
    "attribute_columns",
    "attribute_types",
    "closed_as_at",
    "existing_cases",
    "is_known",
    "is_known_closed",
    "is_not_after",
    "known_events",
    "log_of_tables",
    "read_event_log",
    "record_faults",
]
