"""Findings to take along, as CSV or as a spreadsheet: marked, with what was chosen in words, and safe to open.

A million rows are written some thousands at a time, so that memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.conf import settings

from wardline.dive.pages.findings_in_words import harmless
from wardline.dive.pages.open_document_spreadsheet import as_open_document
from wardline.dive.pages.spreadsheet import Book, TableSheet
from wardline.reports.wording import MADE_UP_SENTENCE
from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.finding_index import FindingIndex, Numbers
from wardline_workspace.cases.listing import chosen_in_words
from wardline_workspace.cases.readers import reader_of
from wardline_workspace.dives.models import AddedDive

__all__ = ["FORMS", "ROWS_OF_A_SHEET", "export_of"]

FORMS = {"csv": "text/csv; charset=utf-8", "ods": "application/vnd.oasis.opendocument.spreadsheet"}
ROWS_AT_ONCE = 1 << 14
ROWS_OF_A_SHEET = 100_000
NOT_SCORED = "A finding describes what a record shows. Recorded in time says nothing about quality."
WRITTEN_AS = "%Y-%m-%d %H:%M"
TITLES = {"judged": "in a share", "care": "in care", "grade": "first risk grade", "time": "time of day it began"}


def export_of(added: AddedDive, index: FindingIndex, chosen: Chosen, form: str, *, marking: str) -> Iterator[bytes]:
    """The findings that were chosen, in the order that was chosen, as a file in pieces."""
    zone = settings.DEPLOYMENT.zone
    positions = index.positions(chosen)
    about = _about(added, index, chosen, marking, len(positions))
    return (_csv if form == "csv" else _spreadsheet)(added, index, positions, about, zone)


def _about(added: AddedDive, index: FindingIndex, chosen: Chosen, marking: str, found: int) -> list[tuple[str, str]]:
    """What somebody must know who has only this file."""
    return [
        ("Marking", marking),
        *([("Data", MADE_UP_SENTENCE)] if added.is_made_up else []),
        ("Dive", added.title),
        ("Chosen", chosen_in_words(index, chosen)),
        ("Findings", f"{found:,}"),
        ("Records to", reader_of(added).records_to(added)),
        ("What this is", NOT_SCORED),
    ]


def _csv(
    added: AddedDive, index: FindingIndex, positions: Numbers, about: list[tuple[str, str]], zone: str
) -> Iterator[bytes]:
    head = pl.DataFrame(about, schema=["heading", "words"], orient="row")
    lines = head.with_columns(harmless(head.lazy())).write_csv(include_header=False, line_terminator="\r\n")
    yield b"\xef\xbb\xbf" + lines.encode() + b"\r\n"
    for at in range(0, max(len(positions), 1), ROWS_AT_ONCE):
        rows = _in_words(added, index, positions[at : at + ROWS_AT_ONCE], zone)
        safe = rows.with_columns(harmless(rows.lazy()))
        yield safe.write_csv(include_header=at == 0, line_terminator="\r\n").encode()


def _spreadsheet(
    added: AddedDive, index: FindingIndex, positions: Numbers, about: list[tuple[str, str]], zone: str
) -> Iterator[bytes]:
    rows = _in_words(added, index, positions[:ROWS_OF_A_SHEET], zone)
    sheet = TableSheet("Findings", rows, len(positions), "the CSV file", "The findings that were chosen.")
    yield as_open_document(Book(added.title, about, (), (sheet,), "made up" if added.is_made_up else None))


def _in_words(added: AddedDive, index: FindingIndex, positions: Numbers, zone: str) -> pl.DataFrame:
    """Some rows as people read them; on every row of made-up data that it is."""
    frame = index.frame(positions)
    asked = [pl.col(one.name).alias(TITLES.get(one.name, one.title.lower())) for one in index.asked]
    has_clock = frame["began"].dtype != pl.Null() and not added.is_release
    began = [pl.col("began").dt.convert_time_zone(zone).dt.strftime(WRITTEN_AS)] if has_clock else []
    made_up = [pl.lit("yes").alias("made-up data")] if added.is_made_up else []
    return frame.select(
        pl.col("case_id").alias("case"),
        *began,
        *asked,
        pl.col("wait").alias("done after (minutes)"),
        pl.col("late_by").alias("late by (minutes)"),
        pl.col("late_days").alias("late by (days)"),
        pl.col("written_after").alias("written up after (minutes)"),
        *made_up,
    )
