"""The event log's tables and the columns that always exist (docs/reference/event-log.md).

Times are UTC in microseconds. Attributes stand beside the fixed columns, one column each, as text unless a
mapping gives them a type. Case attributes are columns of `cases`; event attributes are columns of `events`.
"""

from __future__ import annotations

import polars as pl

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
    "REJECTS",
    "RESTRICTED",
    "RESTRICTED_MARK",
    "attribute_columns",
    "attribute_types",
]

INSTANT = pl.Datetime("us", "UTC")

CASES = pl.Schema(
    {
        "case_id": pl.String(),  # `system:id`
        "case_type": pl.String(),
        "opened_at": INSTANT,  # the earliest instant it can be; empty where unknown or opened by `makes cases`
        "closed_at": INSTANT,  # the latest instant it can be; empty while open
        "person_id": pl.String(),  # `system:id`, keyed in a dive folder
        "source": pl.String(),
        "source_file": pl.String(),
        "source_row": pl.Int64(),  # as a person counts: the header is row 1 of a CSV file
    }
)

EVENTS = pl.Schema(
    {
        "event_id": pl.Int64(),  # the row number in the log, from 0
        "case_id": pl.String(),
        "event": pl.String(),
        "happened_at": INSTANT,  # the earliest instant it can be; empty where not known
        "happened_by": INSTANT,  # the latest instant; empty where `happened_at` is exact (or empty)
        "recorded_at": INSTANT,  # empty where the system does not say
        "source": pl.String(),
        "source_file": pl.String(),
        "source_row": pl.Int64(),
    }
)

PEOPLE = pl.Schema(
    {
        "person_id": pl.String(),
        "given_name": pl.String(),
        "family_name": pl.String(),
        "date_of_birth": pl.Date(),
        "sex": pl.String(),
        "ethnicity": pl.String(),
        "postcode": pl.String(),
        "phone": pl.String(),
        "source": pl.String(),
        "source_file": pl.String(),
        "source_row": pl.Int64(),
    }
)

NOTES = pl.Schema(
    {
        "note_id": pl.Int64(),
        "case_id": pl.String(),
        "written_at": INSTANT,
        "text": pl.String(),
        "source": pl.String(),
        "source_file": pl.String(),
        "source_row": pl.Int64(),
    }
)

# What each record system is able to record. `field` empty: the event itself. `event` empty: a field of the case.
# `case_type` and `event` both empty: a field of the person record.
ABILITIES = pl.Schema(
    {
        "source": pl.String(),
        "case_type": pl.String(),
        "event": pl.String(),
        "field": pl.String(),
        "keeps_history": pl.Boolean(),  # false where a column holds only its last value
    }
)

# One row for each gap of a system, and one with an empty gap for a system without any.
COVERAGE = pl.Schema(
    {
        "source": pl.String(),
        "title": pl.String(),
        "kept_by": pl.String(),  # force, council, health, carer, oversight body
        "taken_at": INSTANT,
        "gap_from": INSTANT,  # the first instant of the gap
        "gap_to": INSTANT,  # its last microsecond
        "gap_note": pl.String(),
    }
)

# Of the reasons in `rejects`, those of rows that belong to no case.
NO_CASE = "No row opens the case that this row belongs to."
NOT_MATCHED = "No case of the other record system matches this row."
OF_NO_CASE = (NO_CASE, NOT_MATCHED)

CASE_SOURCES = pl.Schema({"case_id": pl.String(), "source": pl.String()})

# Of which cases a row is restricted, and why, in the words of the mapping; kept beside the log, and part of no figure.
# A case of these is named `system:restricted-…`; no other case can be, because a dive gives that name.
RESTRICTED_MARK = ":restricted-"
RESTRICTED = pl.Schema({"case_id": pl.String(), "source": pl.String(), "because": pl.String()})

REJECTS = pl.Schema(
    {
        "source": pl.String(),
        "source_file": pl.String(),
        "source_row": pl.Int64(),  # empty where a whole file was rejected
        "column": pl.String(),  # empty where the whole row was
        "what": pl.String(),  # `row` (not kept) or `cell` (emptied; the row stays)
        "reason": pl.String(),  # one of a fixed list of sentences; never holds the value
    }
)

FIXED_COLUMNS = {
    "cases": CASES,
    "events": EVENTS,
    "people": PEOPLE,
    "notes": NOTES,
    "abilities": ABILITIES,
    "coverage": COVERAGE,
    "case_sources": CASE_SOURCES,
    "rejects": REJECTS,
}


def attribute_columns(schema: pl.Schema, table: str) -> list[str]:
    """The columns of a table that are attributes, in alphabetical order."""
    return sorted(set(schema.names()) - set(FIXED_COLUMNS[table].names()))


def attribute_types(schema: pl.Schema, table: str) -> dict[str, pl.DataType]:
    """The attributes of a table, in alphabetical order, each with its type: text unless a mapping types it."""
    return {name: schema[name] for name in attribute_columns(schema, table)}
