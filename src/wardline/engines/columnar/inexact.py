"""Responses and exemptions of the occasions that inexact times touch: each occasion beside each event (reading 6).

Slower than searches among positions, so only occasions come here whose trigger is inexact, or whose group has an
inexact event among the evidence. Favourably an event stands at the beginning of its interval, but not before the
trigger; unfavourably at its end, and one that may lie before the trigger does not count.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.evidence import EvidencePositions
from wardline.time_limits import Calendar, end_of_local_day_column, local_date_column, start_of_local_day_column

__all__ = ["PAIRS_AT_ONCE", "in_parts", "is_known_by_day", "pairs_in_window", "split", "taken", "touched", "widened"]

PAIRS_AT_ONCE = 4_000_000  # of occasions and events; some 500 MB


def touched(batch: Batch, occasions: pl.DataFrame, *positions: pl.Series) -> pl.Series:
    """Whether inexact times touch each occasion: its own, or one in its group among these positions."""
    if batch.is_exact:
        return pl.Series([False]).new_from_index(0, occasions.height)
    events = batch.at(pl.concat(positions), ["group", "at", "by"]) if positions else batch.timed.clear()
    groups = events.filter(pl.col("by") > pl.col("at")).get_column("group").unique()
    return occasions.select((pl.col("by") > pl.col("at")) | pl.col("group").is_in(groups.implode())).to_series()


def split(occasions: pl.DataFrame, is_touched: pl.Series) -> list[tuple[bool, pl.DataFrame]]:
    """The occasions that inexact times do not touch (True), and those that they do, where there are any."""
    if not is_touched.any():
        return [(True, occasions)]
    return [(True, occasions.filter(~is_touched)), (False, occasions.filter(is_touched))]


def in_parts(
    occasions: pl.DataFrame, events: pl.DataFrame, judge: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """What `judge` says of the occasions, taken in parts of not too many pairs with the events of their group."""
    counts = events.group_by("group").len("pairs")
    pairs = occasions.select("group").join(counts, on="group", how="left", maintain_order="left").get_column("pairs")
    part = pairs.fill_null(0).cum_sum() // PAIRS_AT_ONCE
    if part.is_empty() or part[0] == part[-1]:
        return judge(occasions)
    return pl.concat([judge(occasions.filter(part == number)) for number in part.unique().sort()])


def widened(frame: pl.DataFrame, at: str, by: str, calendar: Calendar) -> list[pl.Expr]:
    """The interval, to the whole local days it touches where the limit is in days and it is inexact."""
    is_wide = pl.col("is_in_days") & (pl.col(by) > pl.col(at))
    start = start_of_local_day_column(local_date_column(pl.col(at), calendar), calendar)
    end = end_of_local_day_column(local_date_column(pl.col(by), calendar), calendar)
    return [
        pl.when(is_wide).then(start).otherwise(at).alias(f"{at}_wide"),
        pl.when(is_wide).then(end).otherwise(by).alias(f"{by}_wide"),
    ]


def is_known_by_day(at: pl.Expr, by: pl.Expr, calendar: Calendar) -> pl.Expr:
    """Whether an interval is one whole local day."""
    day = local_date_column(at, calendar)
    return (at == start_of_local_day_column(day, calendar)) & (by == end_of_local_day_column(day, calendar))


def pairs_in_window(
    batch: Batch,
    occasions: pl.DataFrame,
    evidence: EvidencePositions,
    calendar: Calendar,
    *,
    since_opening: bool,
    by_day: pl.Expr | None = None,
) -> pl.DataFrame:
    """Each occasion (row number `o`) beside each event in its window: `favourable` and `unfavourable` instants.

    `is_partial` tells events that match but for an empty attribute; `event_at` is the recorded instant. Of pairs that
    fit `by_day`, an event that is known by its day only is taken as after an exact trigger of that day, where there is
    a day or longer.
    """
    events = pl.concat(
        [
            batch.at(positions, ["group", "event_id", "at", "by", "recorded_at"]).with_columns(
                is_also=pl.lit(is_also), is_partial=pl.lit(is_partial)
            )
            for positions, is_also, is_partial in (
                (evidence.others, False, False),
                (evidence.also_triggers, True, False),
                (evidence.partial_others, False, True),
                (evidence.partial_also_triggers, True, True),
            )
        ]
    ).rename({"at": "event_at", "by": "event_by", "pos": "event_pos"})
    pairs = occasions.join(events, on="group", maintain_order="left")
    pairs = pairs.with_columns(*widened(pairs, "at", "by", calendar), *widened(pairs, "event_at", "event_by", calendar))
    t1, t2, a, b = (pl.col(name) for name in ("at_wide", "by_wide", "event_at_wide", "event_by_wide"))
    if since_opening:
        pairs = pairs.filter(~pl.col("is_also") | (pl.col("event_at") != pl.col("at")))
        return pairs.with_columns(favourable=a, unfavourable=pl.col("event_by"))
    is_taken_as_after = pl.lit(False) if by_day is None else by_day & _is_of_trigger_day(calendar)
    pairs = pairs.filter(
        b >= t1, ~pl.col("is_also") | (pl.col("event_at") > pl.col("at")) | is_taken_as_after.fill_null(False)
    )
    may_be_before = (pl.col("event_at") < pl.col("by")) & ~is_taken_as_after.fill_null(False)
    is_exact = (pl.col("event_at") == pl.col("event_by")) & (pl.col("at") == pl.col("by"))
    return pairs.with_columns(
        favourable=pl.max_horizontal(a, t2), unfavourable=pl.when(~may_be_before | is_exact).then("event_by")
    )


def _is_of_trigger_day(calendar: Calendar) -> pl.Expr:
    event_at, event_by = pl.col("event_at"), pl.col("event_by")
    return (
        pl.col("is_a_day")
        & (pl.col("at") == pl.col("by"))
        & is_known_by_day(event_at, event_by, calendar)
        & (local_date_column(pl.col("at"), calendar) == local_date_column(event_at, calendar))
    )


def taken(pairs: pl.DataFrame, name: str) -> pl.DataFrame:
    """Of the pairs of each occasion `o` the event that is taken: the earliest by the deadline, else the earliest.

    Due at 09:00, an exact response at 09:30 is late; one on that day "between 10:00 and 11:00" counts from the day's
    beginning where local dates are compared, and is in time. So the second is taken.

    Columns begin with `name`: `_pos`, `_at`, `_favourable`, and `_unfavourable` (the earliest that any of them counts).
    """
    is_late = (pl.col("favourable") > pl.col("deadline")).fill_null(False)
    return (
        pairs.with_columns(pl.col("unfavourable").min().over("o"), is_late=is_late)
        .sort("o", "is_late", "event_at", "event_pos", nulls_last=True)
        .unique("o", keep="first", maintain_order=True)
        .select(
            "o",
            pl.col("event_pos").alias(f"{name}_pos"),
            pl.col("event_at").alias(f"{name}_at"),
            pl.col("favourable").alias(f"{name}_favourable"),
            pl.col("unfavourable").alias(f"{name}_unfavourable"),
        )
    )
