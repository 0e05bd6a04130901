"""Grades that were lowered late: in the last quarter of the time that the higher one allowed, or after it.

Such a grade lengthens nothing (the specification says so); but it looks, afterwards, as if there had been longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from wardline.events import INSTANT, EventLog, known_events
from wardline.findings import Outcome, is_of
from wardline.obligations import LimitTable, ResolvedObligation
from wardline.time_limits import Calendar, ToBeSet, deadline_column, elapsed_column

__all__ = [
    "AFTER_THE_LIMIT",
    "IN_THE_LAST_QUARTER",
    "LAST_QUARTER",
    "LoweredLate",
    "first_lowered_late",
    "gradings_of",
    "late_downgrades",
    "lowered_grades",
]

LAST_QUARTER = 0.75  # of the time from trigger to deadline has passed
IN_THE_LAST_QUARTER, AFTER_THE_LIMIT = "in the last quarter", "after the limit"

KNOWN_BY = ("case_id", "trigger_event", "triggered_at", "ordinal")
LOOKED_AT = (*KNOWN_BY, "child_id", "deadline", "responded_at", "exempted_at", "outcome")
"""The columns of an occasion by which its gradings are looked at."""

ADDED = ("grade", "graded_at", "graded_when", "was_answered")
SHOWN = pl.Schema(
    {
        "case_id": pl.String(),
        "child_id": pl.String(),
        "triggered_at": INSTANT,
        "deadline": INSTANT,
        "graded_at": INSTANT,
        "grade": pl.String(),
        "graded_when": pl.String(),
        "was_answered": pl.Boolean(),
    }
)


def gradings_of(
    obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime
) -> pl.LazyFrame | None:
    """`obligation` (its key), `case_id`, `happened_at`, `value`: the known, timed events by which a limit goes.

    None where no limit goes by an event.
    """
    columns = event_log.events.collect_schema().names()
    found = []
    for item in obligations:
        limit = item.obligation.time_limit
        if isinstance(limit, LimitTable) and limit.of is not None and limit.by in columns:
            found.append(
                known_events(event_log, as_at=as_at)
                .filter(pl.col("event") == limit.of, pl.col("happened_at").is_not_null())
                .sort("event_id")
                .select(
                    pl.lit(item.key).alias("obligation"),
                    "case_id",
                    "happened_at",
                    pl.col(limit.by).cast(pl.String).alias("value"),
                )
            )
    return pl.concat(found) if found else None


def lowered_grades(
    obligations: Sequence[ResolvedObligation], findings: pl.LazyFrame, gradings: pl.LazyFrame | None
) -> pl.DataFrame:
    """Of each obligation whose limit goes by an event: the gradings that lowered it late, one row for each.

    `obligation` in full, the occasion, when it was graded, the lower grade, `graded_when` (*in the last quarter* of
    the time allowed, or *after the limit*), and `was_answered`: whether there was a response by then, empty where that
    cannot be told. `findings` have the columns of FINDINGS. Obligation by obligation, in their order.
    """
    found = []
    for item in obligations:
        if isinstance(item.obligation.time_limit, LimitTable):
            mine = findings.filter(is_of(item)).select(LOOKED_AT).collect()
            rows = late_downgrades(gradings, item, mine)
            found.append(rows.select(pl.lit(item.full_name).alias("obligation"), *SHOWN))
    return pl.concat(found) if found else pl.DataFrame(schema={"obligation": pl.String, **SHOWN})


def first_lowered_late(
    gradings: pl.LazyFrame | None, item: ResolvedObligation, occasions: pl.DataFrame
) -> pl.DataFrame:
    """The occasions on which a grade was lowered late and nothing is on record by then, be it that nothing can be
    told of them; of one trigger the first."""
    lowered = late_downgrades(gradings, item, occasions).filter(~pl.col("was_answered").fill_null(value=False))
    return lowered.unique(["case_id", "trigger_event"], keep="first", maintain_order=True).select(occasions.columns)


class LoweredLate:
    """The `first_lowered_late` of obligations, looked for once of each: they are few, and several figures go by them.

    `gradings` are those of `gradings_of`.
    """

    def __init__(self, gradings: pl.LazyFrame | None) -> None:
        self.gradings = gradings
        self._found: dict[tuple[str, bool], pl.DataFrame] = {}

    def beside(self, occasions: pl.LazyFrame, item: ResolvedObligation, *, for_today: bool) -> pl.LazyFrame:
        """All occasions of `item`, or all that a list for today may hold, with `was_lowered_late`: whether each is one
        of them."""
        lowered = self._found.get((item.key, for_today))
        if lowered is None:
            lowered = first_lowered_late(self.gradings, item, occasions.select(LOOKED_AT).collect()).select(KNOWN_BY)
            self._found[item.key, for_today] = lowered
        return occasions.join(
            lowered.lazy().with_columns(was_lowered_late=True),
            on=KNOWN_BY,
            how="left",
            nulls_equal=True,
            maintain_order="left",
        ).with_columns(pl.col("was_lowered_late").fill_null(False))


def late_downgrades(gradings: pl.LazyFrame | None, item: ResolvedObligation, findings: pl.DataFrame) -> pl.DataFrame:
    """The gradings that were lower than the one before them, came so late, and would have allowed longer.

    `gradings` are those of `gradings_of`, `findings` the occasions of `item`, whose limit must go by an event. One row
    for each such grading of an occasion: the columns of the finding, and `graded_at`, `grade`, `graded_when` (one of
    the two words above) and `was_answered`: whether there was a response, or an exemption, by then; empty where none is
    on record and what came of the occasion cannot be told. A grading whose value is empty, not listed, or of no known
    length is passed over.
    """
    time_limit = item.obligation.time_limit
    if gradings is None or not isinstance(time_limit, LimitTable):
        return _as_found(findings.clear().with_columns(grade=pl.lit(""), graded_at="deadline"), findings.columns)
    calendar = Calendar(item.zone, item.nation)
    own = gradings.filter(pl.col("obligation") == item.key).with_row_index("order")
    graded = (
        findings.lazy()
        .with_row_index("occasion")
        .join(own.select("order", "case_id", grade="value", graded_at="happened_at"), on="case_id")
        .filter(pl.col("graded_at") >= pl.col("triggered_at"))
        .collect()
    )
    # A grading to which no length belongs is passed over, as where the deadline is found (rule 4).
    of_a_length = [
        graded.filter(pl.col("grade") == value).with_columns(
            allowed_until=deadline_column(limit, pl.col("triggered_at"), calendar, null_without_holidays=True)
        )
        for value, limit in time_limit.limits
        if not isinstance(limit, ToBeSet)
    ]
    # Each grading of an occasion beside the one before it; at one instant the order of the log decides.
    pairs = (
        pl.concat([graded.clear().with_columns(allowed_until="deadline"), *of_a_length])
        .sort("occasion", "graded_at", "order")
        .with_columns(allowed_before=pl.col("allowed_until").shift(1).over("occasion"))
    )
    passed = elapsed_column(pl.col("triggered_at"), pl.col("graded_at"))
    allowed = elapsed_column(pl.col("triggered_at"), pl.col("deadline"))
    late = pairs.filter(
        pl.col("allowed_until") > pl.col("allowed_before"),
        pl.col("allowed_until") > pl.col("deadline"),
        passed >= LAST_QUARTER * allowed,
    )
    return _as_found(late, findings.columns)


def _as_found(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    answered_at = pl.min_horizontal("responded_at", "exempted_at")
    return rows.with_columns(
        graded_when=pl.when(pl.col("graded_at") > pl.col("deadline"))
        .then(pl.lit(AFTER_THE_LIMIT))
        .otherwise(pl.lit(IN_THE_LAST_QUARTER)),
        was_answered=pl.when((answered_at <= pl.col("graded_at")).fill_null(False))
        .then(True)
        .when(pl.col("outcome") != Outcome.CANNOT_TELL.value)
        .then(False),
    ).select(*columns, *ADDED)
