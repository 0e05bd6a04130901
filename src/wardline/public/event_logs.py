"""`event_log`: an event log from an analyst's own tables, cast or refused in our own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from wardline.events import FIXED_COLUMNS, EventLog, log_of_tables
from wardline.public.arguments import Arguments, kind_of
from wardline.public.tables.filling import (
    Declared,
    abilities_declared,
    abilities_seen,
    case_sources_seen,
    coverage_of,
    numbered,
    sources_of,
)
from wardline.public.tables.fitting import fitted
from wardline.public.tables.row_checks import check_rows
from wardline.public.tables.taking import table_given

__all__ = ["event_log"]

NEEDED = {
    "cases": "A case that no row opens cannot be judged. Give one row for each case, with `case_id` and `case_type`.",
    "events": "Give one row for each event, with `case_id`, `event` and `happened_at`. Where nothing happened: `[]`.",
}
NUMBERED = {"events": "event_id", "notes": "note_id"}
RECORD_SYSTEM = "records"


def event_log(
    *,
    cases: Any = None,
    events: Any = None,
    people: Any = None,
    notes: Any = None,
    abilities: Any = None,
    coverage: Any = None,
    case_sources: Any = None,
    rejects: Any = None,
    zone: str | None = None,
    source: str = RECORD_SYSTEM,
    able_to_record: Iterable[str] | Mapping[str, Iterable[str]] = (),
) -> EventLog:
    """An event log from your own tables: cases, what happened in them, and whom they are about.

    >>> from datetime import datetime
    >>> import wardline
    >>> log = wardline.event_log(
    ...     cases={"case_id": ["E1"], "case_type": ["missing episode"], "opened_at": [datetime(2025, 3, 3, 18, 0)]},
    ...     events=[
    ...         {"case_id": "E1", "event": "reported", "happened_at": datetime(2025, 3, 3, 18, 0)},
    ...         {"case_id": "E1", "event": "officer_deployed", "happened_at": datetime(2025, 3, 3, 18, 40)},
    ...     ],
    ...     zone="Europe/London",
    ... )
    >>> log.events.select("event_id", "event", "happened_at").collect().row(0)
    (0, 'reported', datetime.datetime(2025, 3, 3, 18, 0, tzinfo=zoneinfo.ZoneInfo(key='UTC')))

    **Tables.** A table is anything that speaks Arrow (Polars, pandas, pyarrow, a DuckDB relation), a dict of lists or a
    list of dicts. The columns are those of [the event log](event-log.md). `cases` needs `case_id` and `case_type`;
    `events` needs `case_id`, `event` and `happened_at`; others may be left out. Every further column is an attribute. A
    name that is nearly that of an absent column is refused.

    **Times.** Times without a zone are local times of `zone`; without a `zone` they are refused. A date is the whole
    local day: the event is known by its day only. A time in the hour that comes twice when clocks go back is either of
    the two, and one in the hour that is left out is the first instant after. Times finer than a microsecond are
    refused, and so is text: convert it first.

    **Other columns.** Ids may be whole numbers, and become text. In an attribute, whole numbers become text, `True` and
    `False` become `yes` and `no`, and empty text is empty. `event_id` and `note_id` are numbered where they are absent.

    **Record systems.** Rows without a `source` are of the record system called `source`. What a system *can* record
    decides between *no record found* and *cannot tell*. Without a table `abilities`, a system can record each event and
    each attribute that it has recorded at least once in cases of the same type. If an event never appears, the outcome
    is *cannot tell* (`not_recorded_here`). If you know that it would have been recorded, name it in `able_to_record`: a
    list of events, or a dict of lists by record system. Without `coverage` every system is kept by the force and has no
    gap. Without `case_sources` a system has a case if it opened it or has an event of it.

    **No cases.** A month without a case is possible, so an event log may have none; a `UserWarning` says so, in case it
    is the wrong table.

    Raises `WardlineError` with everything that does not fit, at once: table, column and row numbers (counted from 0),
    never what a cell contains.
    """
    given = Arguments("event_log")
    calendar = given.zone("zone", zone)
    system = given.text("source", source)
    declared = _declared(given, able_to_record)
    asked = {
        "cases": cases,
        "events": events,
        "people": people,
        "notes": notes,
        "abilities": abilities,
        "coverage": coverage,
        "case_sources": case_sources,
        "rejects": rejects,
    }
    for name, remedy in NEEDED.items():
        if asked[name] is None:
            given.wrong(name, "This table is missing.", remedy)
    taken = {name: table_given(given, name, table) for name, table in asked.items() if table is not None}
    as_given = {name: table for name, table in taken.items() if table is not None}
    tables = {name: fitted(given, name, rows, calendar) for name, rows in as_given.items()}
    if "cases" in tables and "events" in tables:
        tables = _filled(tables, as_given, system or RECORD_SYSTEM, declared)
        check_rows(given, tables, as_given)
    given.check()
    if tables["cases"].is_empty():
        given.warn(
            "`cases` has no rows, so nothing can be found. If there were no cases, that is right; otherwise look at "
            "how this table was made."
        )
    return log_of_tables(tables)


def _declared(given: Arguments, able_to_record: Any) -> Declared:
    """Names of events by record system; None: every system."""
    by_source = able_to_record if isinstance(able_to_record, Mapping) else {None: able_to_record}
    remedy = 'Give a list of events, `["officer_deployed"]`, or a dict of such lists by record system.'
    found: dict[str | None, list[str]] = {}
    for source, names in by_source.items():
        if not isinstance(names, list | tuple | set | frozenset) or not all(isinstance(name, str) for name in names):
            given.wrong("able_to_record", f"This is {kind_of(names)}, not a list of names of events.", remedy)
        elif source is not None and not isinstance(source, str):
            given.wrong("able_to_record", f"A key here is {kind_of(source)}, not the name of a record system.", remedy)
        else:
            found[source] = sorted(names)
    return found


def _filled(
    tables: dict[str, pl.DataFrame], as_given: Mapping[str, pl.DataFrame], system: str, declared: Declared
) -> dict[str, pl.DataFrame]:
    """The tables with what was left out: row numbers, record systems, and what can be seen of these."""
    filled = {name: tables[name] if name in tables else of.to_frame() for name, of in FIXED_COLUMNS.items()}
    for name in ("cases", "events", "people", "notes"):
        filled[name] = filled[name].with_columns(pl.col("source").fill_null(system))
    for name, column in NUMBERED.items():
        if name in as_given and column not in as_given[name].columns:
            filled[name] = numbered(filled[name], column)
    cases, events = filled["cases"], filled["events"]
    if "case_sources" not in as_given:
        filled["case_sources"] = case_sources_seen(cases, events)
    sources = sources_of(cases, events, filled["case_sources"])
    without = sorted(set(sources) - set(sources_of(filled["coverage"])))
    filled["coverage"] = pl.concat([filled["coverage"], coverage_of(without)])
    if "abilities" not in as_given:
        filled["abilities"] = abilities_seen(cases, events, filled["people"], declared)
    else:
        filled["abilities"] = pl.concat([filled["abilities"], *abilities_declared(cases, events, declared)])
    return filled
