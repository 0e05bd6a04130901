"""The frame of occasions: which columns it has at each stage of a check, and of which types. Checked where it is passed
on.

Every kind of obligation works on one frame with a row for each occasion, in order of position, and adds columns to it:

    FOUND → TO_JUDGE → (repeat: IN_A_PERIOD) → (respond and repeat: DUE) → JUDGED

A frame may hold further columns that one kind needs for itself; nothing later looks at them.
"""

from __future__ import annotations

import polars as pl

from wardline.engines.columnar.batch import POSITION
from wardline.events import INSTANT
from wardline.findings import FINDINGS

__all__ = ["DUE", "EXEMPTION", "FOUND", "IN_A_PERIOD", "JUDGED", "RESPONSE", "TO_JUDGE", "checked", "with_all_columns"]

RESPONSE = ("response_event", "responded_at", "response_recorded_at")
EXEMPTION = ("exemption_event", "exempted_at", "exemption_recorded_at")

FOUND = pl.Schema(
    {
        "group": POSITION,  # the case, or the child where an obligation is per child, by number
        "case": POSITION,  # the row number of its case in `batch.cases`
        "start": POSITION,  # of the first event of its group at its instant
        "at": INSTANT,  # when it began, at the earliest
        "by": INSTANT,  # and at the latest
        "event_id": pl.Int64(),  # of its trigger; of several at one instant the smallest
        "pos": POSITION,  # of that event
        "trigger": POSITION,  # of the event whose attributes set the limit: the same, for a repeat its period's T
    }
)
"""Each occasion as its trigger gives it."""

TO_JUDGE = pl.Schema(
    {
        **FOUND,
        "opens": POSITION,  # of the first event of its group
        "closes": POSITION,  # behind the last one
        "after": POSITION,  # behind the last event of its group at its instant
        "holding": pl.UInt32(),  # which record systems hold its group, as a number into `batch.holdings`
        "no_child": pl.Boolean(),  # whether it is per child and its case names none
    }
)
"""Of those, the ones of fitting cases, in the dates in force and in the period, with what is known of their group."""

IN_A_PERIOD = pl.Schema(
    {
        **FOUND,
        "until_at": INSTANT,  # the end of its period; null where it has none
        "until_pos": POSITION,  # of the event that is that end; null where it is the closing of a case
    }
)
"""The occasions of a repeat, each in the period that its T began."""

DUE = pl.Schema(
    {
        **TO_JUDGE,
        "limit": pl.String(),  # in words
        "is_in_days": pl.Boolean(),  # whether inexact times are compared by their local days
        "is_a_day": pl.Boolean(),  # whether there is a day or longer, so that a response may be known by its day only
        "deadline": INSTANT,  # null where the limit is unknown
        "deadline_unfavourable": INSTANT,  # counted from the trigger at its earliest
    }
)
"""The occasions of a respond or a repeat, with their deadlines."""

JUDGED = pl.Schema(
    {
        "case": POSITION,
        "verdict": pl.UInt8(),  # a `judging.Verdict`
        **{name: FINDINGS[name] for name in (*RESPONSE, *EXEMPTION, "limit", "deadline", "late_by")},
        "counted": pl.Boolean(),  # whether a failing would have shown; null means no
        "at": INSTANT,  # null without a trigger, or where it has no time
        "event_id": pl.Int64(),  # null without a trigger
    }
)
"""What becomes a row of the findings."""


def checked(frame: pl.DataFrame, stage: pl.Schema) -> pl.DataFrame:
    """The frame, if it has the columns of a stage, each of its type."""
    wrong = {name: frame.schema.get(name) for name, dtype in stage.items() if frame.schema.get(name) != dtype}
    assert not wrong, f"occasions are not as stated: {wrong}"
    return frame


def with_all_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with a `verdict` in the columns of JUDGED and no others; those that its kind knows nothing of are
    empty.
    """
    absent = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in JUDGED.items() if name not in frame.columns]
    return checked(frame.with_columns(absent).select(*JUDGED), JUDGED)
