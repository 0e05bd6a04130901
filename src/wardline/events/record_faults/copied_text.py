"""The same words in the notes of many cases: a note that was copied says little of the child it stands beside.

Words are compared and never shown: neither the table nor anything that a person reads holds them.
"""

from __future__ import annotations

import polars as pl

from wardline.events.log import EventLog
from wardline.events.record_faults.table import RecordFault, listed

__all__ = ["copied_text"]

# We chose these; no guidance gives any. They are wide, so that what is listed deserves a look.
COPIED_WORDS = 10  # a note of so many words is hardly written twice alike; shorter ones are ("Home, safe and well.")
COPIED_CASES = (
    8  # on so many cases: one note may well be put on each child of a family, or of a group that went together
)
COPIED_TIMES_USUAL = (
    4  # and on so many times as many as nearly all other such notes of the system: stock phrases may be
)
NEARLY_ALL = 0.95
FORM_SHARE = 1 / 2  # of the system's cases with notes: what stands on so many is the wording of a form


def copied_text(event_log: EventLog, cases: pl.LazyFrame, *, known: pl.Expr) -> pl.LazyFrame:
    """Each case on which such a note stands, beside the first case with the same words.

    Case and spacing are passed over. `cases` are those that exist; `known` tells which notes are known as at.
    """
    # Its words with one space between them.
    words = pl.col("text").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars(" ")
    notes = (
        event_log.notes.filter(known, pl.col("text").is_not_null())
        .select(
            "note_id",
            "case_id",
            "source",
            "written_at",
            length=words.str.count_matches(" ", literal=True) + 1,
            # The hash stands for the words: with a million notes, two alike by chance are one in thirty million.
            text=words.hash(),
        )
        .filter(pl.col("length") >= COPIED_WORDS)
        .join(cases.select("case_id"), on="case_id", how="semi")
    )
    one_case = notes.group_by("source", "text", "case_id").agg(
        pl.col("length").first(), pl.col("written_at").min(), pl.col("note_id").min()
    )
    counted = one_case.group_by("source", "text").agg(cases=pl.len())
    cases_with_notes = one_case.group_by("source").agg(with_notes=pl.col("case_id").n_unique())
    # The lower of two, so that of a few texts the one that is copied does not set the measure for itself.
    usual = pl.col("cases").quantile(NEARLY_ALL, interpolation="lower").over("source")
    copied = (
        counted.with_columns(usual=usual)
        .join(cases_with_notes, on="source", nulls_equal=True)
        .filter(
            pl.col("cases") >= COPIED_CASES,
            pl.col("cases") >= COPIED_TIMES_USUAL * pl.col("usual"),
            pl.col("cases") <= FORM_SHARE * pl.col("with_notes"),
        )
    )
    rows = (
        one_case.join(copied, on=["source", "text"], nulls_equal=True)
        .sort("source", "text", "written_at", "note_id", nulls_last=True)
        .with_columns(first=pl.col("case_id").first().over("source", "text"))
    )
    return listed(
        rows,
        RecordFault.COPIED_TEXT,
        pl.format("A note of {} words appears word for word on {} cases.", "length", "cases"),
        other_case_id=pl.when(pl.col("first") != pl.col("case_id")).then("first"),
        happened_at="written_at",
    )
