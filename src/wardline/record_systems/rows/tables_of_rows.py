"""Kept rows of a file as rows of our tables: cases, events, people and notes."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from wardline.events import INSTANT
from wardline.record_systems.mapping.cells import Attribute, EventOfRow, TimeCell
from wardline.record_systems.mapping.kinds_of_table import CaseTable, EventTable, NoteTable, PersonTable
from wardline.record_systems.rows.numbers_of_nobody import person_of_rows
from wardline.record_systems.rows.signs_in_columns import MIDNIGHT, MIDNIGHT_APART
from wardline.record_systems.rows.staged_files import raw
from wardline.record_systems.rows.values import Rows, Times, TimeState

__all__ = ["ROW", "cases_of_rows", "event_of_each_row", "events_of_rows", "notes_of_rows", "people_of_rows"]

# Columns beside attributes, which can have any name without a colon.
ROW = "row:"
ORDER = "order:"
WITHOUT_TIME = (TimeState.EMPTY, TimeState.UNREADABLE, TimeState.NO_EVENT)


def cases_of_rows(rows: Rows, table: CaseTable) -> pl.DataFrame:
    """Rows of `cases`; `opened_at` is the earliest and `closed_at` the latest instant that each can be."""
    system = rows.file.mapping.system
    person = pl.lit(None, dtype=pl.String)
    if table.person:
        person = pl.lit(f"{system}:") + pl.lit(person_of_rows(rows, table))
    _look_at_ends(rows, table)
    return rows.frame.select(
        (pl.lit(f"{system}:") + pl.col("id")).alias("case_id"),
        pl.lit(table.case_type).alias("case_type"),
        _instants(rows, table.opened_at, "opened_at"),
        _instants(rows, table.closed_at, "closed_at", latest=True),
        person.alias("person_id"),
        *_place(rows),
        *(rows.attribute(attribute) for attribute in table.attributes),
    )


def events_of_rows(rows: Rows, events: Iterable[EventOfRow]) -> pl.DataFrame:
    """The events that each row holds, in order of row, then as in the mapping; the column ROW says of which row."""
    found = []
    events = list(events)
    instants = []
    for order, event in enumerate(events):
        times = rows.times(event.at) if event.at is not None else _no_times(rows)
        happened = rows.fit(event.happened_if) if event.happened_if is not None else ~times.is_(TimeState.EMPTY)
        happened = happened & ~times.is_(TimeState.NO_EVENT)
        instants.append(times.earliest.set(~(happened & times.is_(TimeState.EXACT)), None))
        found.append(
            _events(rows, pl.lit(event.name), times, event.recorded_at, event.attributes, happened).with_columns(
                pl.lit(order, dtype=pl.Int32).alias(ORDER)
            )
        )
    rows.file.same_minutes.look(events, instants)
    return pl.concat(found, how="diagonal").sort(ROW, ORDER, maintain_order=True).drop(ORDER)


def event_of_each_row(rows: Rows, table: EventTable) -> pl.DataFrame:
    """The event that each row is."""
    name = pl.lit(table.event.constant)
    if table.event.column is not None:
        name = pl.col(raw(table.event.column))
        if table.event.values is not None:
            name = name.replace_strict(
                [given for given, _ in table.event.values],
                [ours for _, ours in table.event.values],
                default=None,
                return_dtype=pl.String(),
            )
    times = rows.times(table.at)
    names = rows.frame.select("row", name.alias("name"))["name"]
    exact = times.earliest.set(~times.is_(TimeState.EXACT), None)
    rows.file.same_minutes.look_at_log(rows.frame["id"], names, exact)
    return _events(rows, name, times, table.recorded_at, table.attributes, ~times.is_(TimeState.NO_EVENT))


def people_of_rows(rows: Rows, table: PersonTable) -> pl.DataFrame:
    """Rows of `people`."""
    born = rows.days(table.date_of_birth) if table.date_of_birth is not None else None
    return rows.frame.select(
        (pl.lit(f"{rows.file.mapping.system}:") + pl.col("id")).alias("person_id"),
        *(rows.attribute(attribute) for attribute in table.fields),
        pl.lit(None, dtype=pl.Date).alias("date_of_birth") if born is None else born.alias("date_of_birth"),
        *_place(rows),
        *(rows.attribute(attribute) for attribute in table.attributes),
    )


def notes_of_rows(rows: Rows, table: NoteTable) -> pl.DataFrame:
    """Rows of `notes` without their case; the column ROW says of which row."""
    return rows.frame.select(
        pl.col("row").alias(ROW),
        _instants(rows, table.written_at, "written_at"),
        pl.col(raw(table.text)).alias("text"),
        *_place(rows),
        *(rows.attribute(attribute) for attribute in table.attributes),
    )


def _events(
    rows: Rows,
    name: pl.Expr,
    times: Times,
    recorded: TimeCell | None,
    attributes: Iterable[Attribute],
    happened: pl.Series,
) -> pl.DataFrame:
    has_time = ~times.is_(*WITHOUT_TIME)
    happened_at = times.earliest.set(~has_time, None)
    is_inexact = has_time & (times.latest > times.earliest)
    return rows.frame.select(
        pl.col("row").alias(ROW),
        name.alias("event"),
        happened_at.alias("happened_at"),
        times.latest.set(~is_inexact, None).alias("happened_by"),
        _recorded_at(rows, recorded, happened_at).alias("recorded_at"),
        *_place(rows),
        *(rows.attribute(attribute, where=happened) for attribute in attributes),
    ).filter(happened)


def _recorded_at(rows: Rows, recorded: TimeCell | None, happened_at: pl.Series) -> pl.Series:
    """When each event was recorded: where that is inexact, the earliest it can be that is not before the event."""
    if recorded is None:
        return pl.repeat(None, len(rows), dtype=INSTANT, eager=True)
    times = rows.times(recorded)
    interval = pl.DataFrame({"from": times.earliest, "to": times.latest, "at": happened_at})
    return (
        interval.select(
            pl.when(pl.col("at").is_null())
            .then(pl.col("from"))
            .otherwise(pl.min_horizontal("to", pl.max_horizontal("from", "at")))
        )
        .to_series()
        .set(times.is_(*WITHOUT_TIME), None)
    )


def _instants(rows: Rows, cell: TimeCell | None, name: str, *, latest: bool = False) -> pl.Series:
    if cell is None:
        return pl.repeat(None, len(rows), dtype=INSTANT, eager=True).alias(name)
    times = rows.times(cell)
    return (times.latest if latest else times.earliest).alias(name)


def _look_at_ends(rows: Rows, table: CaseTable) -> None:
    """See whether times of the row are filled in with that of the opening: that of the case, or of its first event."""
    events = [event.at for event in table.events if event.at is not None]
    opening = table.opened_at or next(iter(events), None)
    if opening is None:
        return
    is_midnight = rows.cell(opening.clock_column or opening.column).str.contains(
        MIDNIGHT if opening.clock_column is None else MIDNIGHT_APART
    )

    def exact(cell: TimeCell) -> pl.Series:
        times = rows.times(cell)
        return times.earliest.set(~times.is_(TimeState.EXACT), None)

    # An opening at midnight is that of a day, as the end beside it may be.
    opened = exact(opening).set(is_midnight.fill_null(False), None)
    closing = None if table.closed_at is None else (table.closed_at, exact(table.closed_at))
    rows.file.filled_ends.look((opening, opened), closing, [(cell, exact(cell)) for cell in events])


def _no_times(rows: Rows) -> Times:
    nothing = pl.repeat(None, len(rows), dtype=INSTANT, eager=True)
    empty = pl.repeat(int(TimeState.EMPTY), len(rows), dtype=pl.UInt8, eager=True)
    return Times(nothing, nothing, nothing.cast(pl.Date), empty)


def _place(rows: Rows) -> tuple[pl.Expr, ...]:
    return (
        pl.lit(rows.file.mapping.system).alias("source"),
        pl.lit(rows.file.export.name).alias("source_file"),
        pl.col("row").alias("source_row"),
    )
