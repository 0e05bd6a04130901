"""The occasions of an obligation: triggers merged, counted, narrowed to first ones, to fitting cases and to dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.occasion_columns import FOUND, TO_JUDGE, checked
from wardline.engines.columnar.patterns import fits
from wardline.obligations import EventPattern, ResolvedObligation, Trigger
from wardline.time_limits import Calendar, Length, deadline_column

__all__ = ["Judged", "Triggers", "find_triggers"]


@dataclass(frozen=True)
class Triggers:
    """The events that trigger an obligation.

    - `merged`: one row for each case and instant (its smallest `event_id` and latest `by`), chosen by `nth` and
      `first only`; sorted by position; the columns FOUND.
    - `members`: every event of them by position; its `trigger` is the position of the row it was merged into.
    - `untimed`: those without a time.
    - `cases_with`: the cases that have one, before `first only`; a case may stand here several times.
    """

    merged: pl.DataFrame
    members: pl.DataFrame
    untimed: pl.DataFrame
    cases_with: pl.Series


def find_triggers(
    batch: Batch,
    trigger: Trigger,
    resolved: ResolvedObligation,
    calendar: Calendar,
    counted_from: Sequence[EventPattern] = (),
) -> Triggers:
    """The triggers in a batch's cases of the standard's type, before `for` and dates are looked at."""
    members = batch.at(batch.matching(trigger.patterns), ["group", "case", "start", "at", "by", "event_id"])
    untimed = batch.untimed_matching(trigger.patterns)
    if resolved.obligation.per_child:
        # A case alone is of the type or its triggers are dropped with it; a child's cases may be of several types.
        is_ours = batch.cases.get_column("case_type").eq_missing(resolved.case_type)
        members = members.filter(is_ours.gather(members.get_column("case")))
        untimed = untimed.filter(is_ours.gather(untimed.get_column("case")))
    if counted_from:
        members = _counted_from(batch, members, counted_from)
    start = members.get_column("start")
    if counted_from:
        members = members.with_columns(trigger=pl.col("pos").min().over("start", "case"))
        merged = _merged(members).with_columns(pos="begun").sort("pos")
    elif (start == start.shift()).any():
        members = members.with_columns(trigger=pl.col("pos").min().over("start", "case"))
        merged = _merged(members)
    else:
        merged = members = members.with_columns(trigger="pos")
    if trigger.nth is not None:
        assert trigger.within is not None
        merged = _nth(merged, trigger.nth, trigger.within, calendar)
        untimed = untimed.clear()
    cases_with = pl.concat([merged.get_column("case"), untimed.get_column("case")])
    if resolved.obligation.first_only:
        merged = merged.unique("group", keep="first", maintain_order=True)
        untimed = untimed.clear()
    return Triggers(checked(merged, FOUND), members, untimed, cases_with)


def _counted_from(batch: Batch, members: pl.DataFrame, patterns: Sequence[EventPattern]) -> pl.DataFrame:
    """The triggers at the time of the event that each is counted from, whose position is `begun`.

    That is, of the first pattern that has any, the last event of the trigger's case at or before it; else the trigger.
    """
    begun = []
    for pattern in patterns:
        events = batch.at(batch.matching([pattern]), ["case", "at"]).rename({"pos": "begun"})
        found = members.select("case", "at").join_asof(
            events, on="at", by="case", strategy="backward", check_sortedness=False
        )
        begun.append(found.get_column("begun"))
    members = members.with_columns(begun=pl.coalesce(*map(pl.lit, begun), "pos"))
    return members.with_columns(
        batch.timed.get_column(name).gather(members.get_column("begun")) for name in ("start", "at", "by", "event_id")
    )


def _merged(members: pl.DataFrame) -> pl.DataFrame:
    """One row for each case and instant: the first by position, with the latest end of interval."""
    return members.with_columns(by=pl.col("by").max().over("trigger")).filter(pl.col("pos") == pl.col("trigger"))


def _nth(merged: pl.DataFrame, nth: int, within: Length, calendar: Calendar) -> pl.DataFrame:
    """The events that bring the trailing count of instants to `nth`, unless one fired within that time before.

    With `nth: 3, in: 10 days`, one group, its events a to g by the day on which they happen:

        event       a    b    c    d    e    f    g
        day         1    2    5    9    12   14   19
        expires     11   12   15   19   22   24   29    the last day on which it counts
        count       1    2    3    4    5    6    7     events so far, itself included
        gone        0    0    0    0    1    2    3     of them, those that expired before this day
        in window   1    2    3    4    4    4    4     count less gone
        enough                c    d    e    f    g     three or more
        fires                 c                   g     c bars d, e and f: it counts until day 15

    An event that never expires (working days of a year whose bank holidays nobody knows)
    is counted at its own instant and never after: `never` takes it off.
    """
    expires = deadline_column(within, pl.col("at"), calendar, null_without_holidays=True)
    is_new = (pl.col("start") != pl.col("start").shift()).fill_null(True)
    instants = merged.filter(is_new)
    # Groups with fewer than `nth` instants are put aside first; most are.
    enough_of_them = instants.filter(pl.col("group") == pl.col("group").shift(nth - 1)).get_column("group").unique()
    instants = (
        instants.filter(pl.col("group").is_in(enough_of_them.implode()))
        .with_columns(expires=expires)
        .with_columns(count=pl.int_range(1, pl.len() + 1).over("group"))
    )
    counted = instants.filter(pl.col("expires").is_not_null())
    expired = (
        counted.select("group", "expires")
        .sort("group", "expires")
        .with_columns(gone=pl.int_range(1, pl.len() + 1).over("group"))
    )
    # Earlier ones that expired strictly before this one, and earlier ones that never counted, are taken off.
    instants = instants.join_asof(
        expired,
        left_on="at",
        right_on="expires",
        by="group",
        strategy="backward",
        allow_exact_matches=False,
        check_sortedness=False,
        coalesce=False,
        suffix="_of_earlier",
    ).with_columns(
        never=pl.col("expires").is_null().cast(pl.Int64).cum_sum().over("group")
        - pl.col("expires").is_null().cast(pl.Int64)
    )
    enough = instants.filter(pl.col("count") - pl.col("gone").fill_null(0) - pl.col("never") >= nth)
    return enough.filter(_not_barred(enough)).select(merged.columns)


def _not_barred(candidates: pl.DataFrame) -> pl.Series:
    """Whether each candidate fires: none fired in its group within the time before. Each answer rests on the last."""
    fires: list[bool] = []
    group, barred_until = -1, 0
    rows = candidates.select("group", pl.col("at", "expires").to_physical())
    for its_group, at, expires in rows.iter_rows():
        if its_group != group:
            group, barred_until = its_group, at - 1
        fires.append(at > barred_until)
        if fires[-1] and expires is not None:
            barred_until = max(barred_until, expires)
    return pl.Series(fires, dtype=pl.Boolean)


@dataclass(frozen=True)
class Judged:
    """Which occasions an obligation judges: those of fitting cases, on days on which it is in force, in the period."""

    resolved: ResolvedObligation
    calendar: Calendar
    period: tuple[date, date] | None

    def cases(self, batch: Batch) -> pl.Series:
        """For each case whether it is of the standard's type and fits `for`."""
        is_ours = (pl.col("case_type") == self.resolved.case_type).fill_null(False)
        only_for = self.resolved.obligation.only_for
        return batch.cases.select(is_ours & fits(only_for, batch.cases.columns)).to_series()

    def timed(self, batch: Batch, occasions: pl.DataFrame) -> pl.DataFrame:
        """Those of the timed occasions that are judged, with what an engine needs to know of their group."""
        fitting = self.cases(batch)
        if not fitting.all():
            occasions = occasions.filter(fitting.gather(occasions.get_column("case")))
        return self.with_group(batch, occasions.filter(self._on_these_days(pl.col("at"))))

    def with_group(self, batch: Batch, occasions: pl.DataFrame) -> pl.DataFrame:
        """Timed occasions with what an engine needs to know of their group."""
        group = occasions.get_column("group")
        occasions = occasions.with_columns(
            batch.bounds.get_column("opens").gather(group),
            batch.bounds.get_column("closes").gather(group),
            batch.timed.get_column("after").gather(occasions.get_column("pos")),
            batch.of_case("holding", occasions.get_column("case")),
            batch.of_case("child_id", occasions.get_column("case")).is_null().alias("no_child")
            if self.resolved.obligation.per_child
            else pl.lit(False).alias("no_child"),
        )
        return checked(occasions, TO_JUDGE)

    def untimed(self, batch: Batch, occasions: pl.DataFrame) -> pl.DataFrame:
        """Those of the untimed occasions (rows with a `case`) that are judged, by when their case was opened."""
        case = occasions.get_column("case")
        opened = batch.of_case("opened_at", case)
        on_these_days = pl.select(self._on_these_days(opened) | pl.lit(opened).is_null()).to_series()
        kept = occasions.filter(self.cases(batch).gather(case) & on_these_days)
        child = batch.of_case("child_id", kept.get_column("case"))
        holding = batch.of_case("holding", kept.get_column("case"))
        return kept.with_columns(
            holding, no_child=child.is_null() if self.resolved.obligation.per_child else pl.lit(False)
        )

    def _on_these_days(self, instants: pl.Expr | pl.Series) -> pl.Expr:
        """Whether the local days of instants lie in the dates in force and in the period."""
        column = pl.lit(instants) if isinstance(instants, pl.Series) else instants
        first, last = self.resolved.in_force_from, self.resolved.in_force_to
        bounds: list[tuple[datetime | None, datetime | None]] = [
            (self.calendar.start_of(first), None if last is None else self.calendar.end_of(last))
        ]
        if self.period is not None:
            bounds.append((self.calendar.start_of(self.period[0]), self.calendar.end_of(self.period[1])))
        return pl.all_horizontal(
            [
                condition
                for low, high in bounds
                for condition in ([] if low is None else [column >= low]) + ([] if high is None else [column <= high])
            ]
        )
