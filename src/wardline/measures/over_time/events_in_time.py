"""Whether one event followed another within a length of time: of a case (found within eight hours), and of a child
(missing again within thirty days).

Times that are not exact are judged as findings are (rule 5.6): as favourably and as unfavourably as they allow, and
where the two differ nobody can tell. A limit in days is compared by local days where a time is not exact. What touches
a time in which nothing was recorded counts only if it cannot be told: else only those who were found would be counted.
"""

from __future__ import annotations

import polars as pl

from wardline.measures.declared.measure import ShareAgain, ShareWithin
from wardline.measures.over_time.counted_states import STATE_OF, CountedState, entry_is_late, seen_at_the_time
from wardline.measures.over_time.measures_table import Entries
from wardline.measures.over_time.records_counted import RecordsCounted, touches
from wardline.time_limits import (
    SingleLimit,
    deadline_column,
    is_a_day_or_longer,
    is_in_days_or_longer,
    local_date_column,
    read_length,
)

__all__ = ["cases_again", "cases_within"]

ALL, AT_TIME = STATE_OF[Entries.ALL], STATE_OF[Entries.AT_THE_TIME]
START, START_BY = pl.col("happened_at"), pl.coalesce("happened_by", "happened_at")
THEN, THEN_BY, CERTAIN_BY = pl.col("then_at"), pl.col("then_by"), pl.col("certain_by")
OF_NEXT = {"then_at": START, "then_by": START_BY, "then_recorded": pl.col("recorded_at")}


def cases_within(records: RecordsCounted, counting: ShareWithin) -> pl.DataFrame:
    """The cases in which the first event happened, met where the other followed in time. Of several of the first the
    earliest counts, and of the other the earliest from then on."""
    first = _first_of_each_case(records.events_of(counting.case_type, counting.start))
    then = records.events_of(counting.case_type, counting.then)
    starts = first.select("case_id", start=START, start_by=START_BY)
    following = (
        then.select("case_id", **OF_NEXT)
        .join(starts, on="case_id", how="inner")
        .filter((THEN_BY >= pl.col("start")).fill_null(False))
        .sort("then_at", "then_by", "then_recorded")
        .group_by("case_id", maintain_order=True)
        .agg(pl.col(*OF_NEXT).first(), certain_by=THEN_BY.filter(THEN >= pl.col("start_by")).min())
    )
    untimed = then.filter(START.is_null())["case_id"].unique()
    able = records.able_to_record(counting.case_type, counting.then)
    cases = first.join(following, on="case_id", how="left", maintain_order="left").with_columns(
        may_be=pl.col("case_id").is_in(untimed.implode()),
        could_show=pl.col("case_id").is_in(records.cases_held(able).implode()),
    )
    return _judged(records, cases, read_length(counting.within), able)


def cases_again(records: RecordsCounted, counting: ShareAgain) -> pl.DataFrame:
    """The cases that ended, met where another of the same child began in time, after the end. A case that names no
    child is not told; nor is one that begins after its own end."""
    ends = _first_of_each_case(records.events_of(counting.case_type, counting.after))
    begun = _first_of_each_case(records.events_of(counting.case_type, counting.again)).drop_nulls("person_id")
    timed = begun.filter(START.is_not_null()).select("person_id", next_case="case_id", **OF_NEXT)
    ends = _with_next(ends, timed, after="happened_at", by="then_by", taking=(*OF_NEXT, "next_case"))
    ends = ends.with_columns(_end_by=START_BY)
    certain = timed.select("person_id", "then_at", certain_by="then_by")
    ends = _with_next(ends, certain, after="_end_by", by="then_at", taking=("certain_by",)).drop("_end_by")
    untimed = begun.filter(START.is_null()).select("person_id", untimed_case="case_id")
    others = ends.select("case_id", "person_id").join(untimed, on="person_id", how="inner")
    may_be = others.filter(pl.col("case_id") != pl.col("untimed_case"))["case_id"].unique()
    begins_after_its_end = (pl.col("next_case") == pl.col("case_id")).fill_null(False)
    able = records.able_to_record(counting.case_type, counting.again)
    cases = ends.with_columns(
        may_be=pl.col("case_id").is_in(may_be.implode()),
        could_show=pl.lit(bool(able)) & pl.col("person_id").is_not_null() & ~begins_after_its_end,
    )
    return _judged(records, cases, read_length(counting.within), able)


def _first_of_each_case(events: pl.DataFrame) -> pl.DataFrame:
    """Of each case the earliest event; one without a time only where none has one."""
    return events.sort("happened_at", "event_id", nulls_last=True).unique("case_id", keep="first", maintain_order=True)


def _with_next(
    ends: pl.DataFrame, begun: pl.DataFrame, *, after: str, by: str, taking: tuple[str, ...]
) -> pl.DataFrame:
    """The ends of cases, each with the first of `begun` of the same child whose time `by` is later than `after`."""
    rows = ends.with_row_index("_row")
    right = begun.sort(by, *sorted(set(begun.columns) - {by})).with_columns(_key=pl.col(by))
    found = (
        rows.select("_row", "person_id", _from=after)
        .drop_nulls()
        .sort("_from", "_row")
        .join_asof(
            right,
            left_on="_from",
            right_on="_key",
            by="person_id",
            strategy="forward",
            allow_exact_matches=False,
            check_sortedness=False,
        )
        .select("_row", *taking)
    )
    return rows.join(found, on="_row", how="left", maintain_order="left").drop("_row")


def _judged(records: RecordsCounted, cases: pl.DataFrame, limit: SingleLimit, able: set[str]) -> pl.DataFrame:
    """The cases with their states.

    They have `happened_at` and `happened_by` of what starts it; `then_at`, `then_by` and `then_recorded` of the first
    that may have followed, and `certain_by`, the latest instant of the first that certainly did, empty where nothing
    did; `may_be`, whether something happened at a time that nobody knows; and `could_show`, whether anything that
    followed would be on record.
    """
    tables = records.tables
    favourable, unfavourable = _readings(records, limit)
    last = deadline_column(limit, START_BY, tables.calendar, null_without_holidays=True)
    judged = cases.with_columns(favourable=favourable, is_met=unfavourable, last=last).with_columns(
        is_over=(pl.col("last") <= tables.as_at).fill_null(True),
        in_a_gap=touches(START, pl.col("last"), records.gaps_between(able)),
    )
    is_met = pl.col("is_met")
    untold = START.is_null() | pl.col("last").is_null() | (pl.col("favourable") != is_met)
    untold = untold | (pl.col("may_be") & ~is_met) | ~pl.col("could_show")

    def state(met: pl.Expr) -> pl.Expr:
        return (
            pl.when(~pl.col("is_over"))
            .then(CountedState.NOT_OVER.lit())
            .when(untold)
            .then(CountedState.NOT_TOLD.lit())
            .when("in_a_gap")
            .then(pl.when(~is_met).then(CountedState.NOT_TOLD.lit()))
            .when(is_met)
            .then(met)
            .otherwise(CountedState.NOT_MET.lit())
        )

    is_late = entry_is_late(THEN, pl.col("then_recorded"), pl.lit(tables.written_up_later_after))
    written = seen_at_the_time(CountedState.MET.lit(), is_late, CountedState.NOT_MET.lit())
    return judged.with_columns(**{ALL: state(CountedState.MET.lit()), AT_TIME: state(written)})


def _readings(records: RecordsCounted, limit: SingleLimit) -> tuple[pl.Expr, pl.Expr]:
    """Whether it followed in time: as favourably as the times allow, and as unfavourably. Neither is ever null."""
    calendar = records.tables.calendar
    start_is_exact = START == START_BY
    is_exact = start_is_exact & (THEN == THEN_BY).fill_null(True)

    def day(instant: pl.Expr) -> pl.Expr:
        return local_date_column(instant, calendar)

    def in_time(begun: pl.Expr, ended: pl.Expr) -> pl.Expr:
        end = deadline_column(limit, begun, calendar, null_without_holidays=True)
        in_days = day(ended) <= day(end)
        return (pl.when(is_exact).then(ended <= end).otherwise(in_days if by_days else ended <= end)).fill_null(False)

    by_days = is_in_days_or_longer(limit)
    latest_start = pl.min_horizontal(START_BY, THEN_BY)
    favourable = THEN_BY.is_not_null() & in_time(latest_start, pl.max_horizontal(THEN, latest_start))
    certain = CERTAIN_BY
    if is_a_day_or_longer(limit):
        # Known by its day only, on the day of the start: taken as after it.
        on_its_day = start_is_exact & (THEN < THEN_BY) & (day(THEN) == day(START)) & (day(THEN_BY) == day(START))
        certain = pl.min_horizontal(certain, pl.when(on_its_day).then(THEN_BY))
    return favourable, certain.is_not_null() & in_time(START, certain)
