"""Rows that cannot be in an event log: without what identifies them, twice, or of something that is not there."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wardline.errors import did_you_mean
from wardline.obligations import Owner
from wardline.public.arguments import Arguments, rows_in_words
from wardline.public.tables.filling import sources_of

__all__ = ["check_rows"]

# Columns that must not be empty. Whether an event has a time is not among them: that can be unknown.
NEVER_EMPTY = {
    "cases": {"case_id": "a case is known by its id", "case_type": "a standard is about one type of case"},
    "events": {"case_id": "an event belongs to a case", "event": "an event is known by its name"},
    "people": {"person_id": "a person record is known by its id"},
    "notes": {"case_id": "a note belongs to a case"},
    "abilities": {"source": "this says what a record system can record"},
    "coverage": {"source": "this says when a record system was complete"},
    "case_sources": {"case_id": "this says which systems hold a case", "source": "this says which systems hold a case"},
}
ONLY_ONCE = {"cases": "case_id", "events": "event_id", "notes": "note_id"}
OF_A_CASE = ("events", "notes", "case_sources")


def check_rows(given: Arguments, tables: Mapping[str, pl.DataFrame], as_given: Mapping[str, pl.DataFrame]) -> None:
    """Note every row that cannot be in an event log. A column that did not fit has been told of and is passed over."""
    for table, rows in tables.items():
        present = set(as_given[table].columns) if table in as_given else set()
        for column, why in NEVER_EMPTY.get(table, {}).items():
            if column in present and not given.is_unread(table, column) and rows[column].has_nulls():
                given.wrong_table(
                    table,
                    column,
                    f"It is empty{rows_in_words(rows[column].is_null())}",
                    f'Fill it in, or leave those rows out, for example with `.drop_nulls("{column}")`: {why}.',
                )
        once = ONLY_ONCE.get(table, "")
        if once in present and not given.is_unread(table, once):
            _check_once(given, table, once, rows[once])
    for table in OF_A_CASE:
        if table in tables and table in as_given and not given.is_unread(table, "case_id"):
            _check_case_is_there(given, table, tables[table]["case_id"], tables["cases"]["case_id"])
    _check_coverage(given, tables)


def _check_once(given: Arguments, table: str, column: str, ids: pl.Series) -> None:
    if column != "case_id" and ids.has_nulls():
        given.wrong_table(
            table,
            column,
            f"It is empty{rows_in_words(ids.is_null())}",
            "Number every row, or leave the column out: it is numbered then.",
        )
    twice = ids.is_duplicated() & ids.is_not_null()
    if twice.any():
        what = "Some cases are here more than once" if table == "cases" else "Some numbers are here more than once"
        remedy = (
            "Keep one row for each case, and make what happened in it rows of `events`. Of rows that say the same, "
            'keep one: `.unique("case_id", keep="first")`.'
            if table == "cases"
            else "Number each row once, or leave the column out: it is numbered then."
        )
        given.wrong_table(table, column, f"{what}{rows_in_words(twice)}", remedy)


def _check_case_is_there(given: Arguments, table: str, ids: pl.Series, cases: pl.Series) -> None:
    if given.is_unread("cases", "case_id"):
        return
    absent = ids.is_not_null() & ~ids.is_in(cases.implode())
    if absent.any():
        what = {"events": "events", "notes": "notes", "case_sources": "rows"}[table]
        given.wrong_table(
            table,
            "case_id",
            f"Some {what} belong to no case of `cases`{rows_in_words(absent)}",
            f'Add those cases, or leave these rows out: `{table}.join(cases, on="case_id", how="semi")`. Look whether '
            "the ids are written alike in both tables.",
        )


def _check_coverage(given: Arguments, tables: Mapping[str, pl.DataFrame]) -> None:
    """A system of another name, and a body that keeps none, would silently decide nothing."""
    known = set(sources_of(*(tables[name] for name in ("cases", "events", "case_sources"))))
    for table in ("abilities", "coverage"):
        sources = tables[table]["source"]
        # A system may hold nothing of these cases, and only a slip can be told from that.
        slips = [name for name in sources.drop_nulls().unique() if name not in known and did_you_mean(name, known)]
        if slips:
            given.wrong_table(
                table,
                "source",
                f"No row of `cases` or `events` is of such a record system, but of one with nearly that name"
                f"{rows_in_words(sources.is_in(slips))}",
                "Write it as in the column `source` of those tables.",
            )
    owners = [owner.value for owner in Owner]
    kept_by = tables["coverage"]["kept_by"]
    if (other := kept_by.is_not_null() & ~kept_by.is_in(owners)).any():
        given.wrong_table(
            "coverage",
            "kept_by",
            f"Nobody of that name can keep a record system{rows_in_words(other)}",
            f"Write one of: {', '.join(owners)}.",
        )
