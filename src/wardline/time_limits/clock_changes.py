"""When a zone's clocks changed, as a table: what makes deadlines of a column exact and fast.

Read from the same zone data that judges single instants (Python's `zoneinfo`), not from the copy that Polars has
inside: the two may be of different years. Times are microseconds from 1970-01-01, instants in UTC, local times as
the clock showed them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo

import polars as pl

from wardline.time_limits.calendars import DAY, FIRST_INSTANT, LAST_INSTANT, MICROSECOND

__all__ = ["FIRST_MICROSECOND", "LAST_MICROSECOND", "ClockChanges", "clock_changes"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_MICROSECOND = (FIRST_INSTANT - EPOCH) // MICROSECOND
LAST_MICROSECOND = (LAST_INSTANT - EPOCH) // MICROSECOND

# A table is made for whole decades, so that few are made and each is small.
DECADE = 10
# No zone changed its clocks before 1835, and none is known to have changed them and changed them back in six hours.
# From 2040 on zone data hold only rules that recur from year to year, whose changes lie weeks apart.
FIRST_DECADE_OF_CHANGES = 183
STEP = timedelta(hours=6)
FIRST_DECADE_OF_RULES = 204
STEP_BY_RULE = timedelta(days=7)
# The calendar repeats itself, weekdays included, every 400 years; so does a rule. It spares looking through
# millennia for the sake of a column that holds 31 December 9999.
DECADES_IN_CYCLE = 40
CYCLE = 146_097 * DAY // MICROSECOND
FIRST_DECADE_REPEATED = 250
# Local time and UTC are never further apart, and no gap is longer.
MARGIN = 2 * DAY // MICROSECOND
BEFORE_ANY_CHANGE = -(2**62)
AFTER_ANY_CHANGE = 2**62
# While a question is answered: the times that it is about, and the period that each of them lies in.
AT, FIRST, SECOND = pl.col("at"), pl.col("first"), pl.col("second")


@dataclass(frozen=True)
class ClockChanges:
    """The changes of one zone within some years.

    `offsets[i]`, local time minus UTC, holds from `instants[i - 1]` on and until before `instants[i]`.
    """

    instants: tuple[int, ...]
    offsets: tuple[int, ...]

    def to_local(self, instants: pl.Series) -> pl.Series:
        """What the clock showed at each instant."""
        local = AT + self._offset_in(self._period(self._starts[1:]))
        return _for_each(instants, local.clip(FIRST_MICROSECOND, LAST_MICROSECOND))

    def earliest(self, local: pl.Series) -> pl.Series:
        """The earliest instant at which the clock showed each local time; in a gap, the first instant after it."""
        return self._with_periods(local).select(self._earliest()).to_series()

    def latest(self, local: pl.Series) -> pl.Series:
        """The latest instant at which the clock showed each local time; in a gap, the first instant after it."""
        return self._with_periods(local).select(self._latest()).to_series()

    def readings(self, local: pl.Series) -> pl.DataFrame:
        """`earliest` and `latest`, and `is_possible`: whether the clock showed each local time at all."""
        is_possible = self._offset_in(FIRST) >= self._offset_in(SECOND)
        return self._with_periods(local).select(
            earliest=self._earliest(), latest=self._latest(), is_possible=pl.when(AT.is_not_null()).then(is_possible)
        )

    def end_of_day_before(self, midnight: pl.Series) -> pl.Series:
        """The last microsecond of the local day that ends with each local midnight."""
        latest = AT - self._offset_in(SECOND)
        # Where the clocks went back at or over midnight, the second midnight ends the day only if the clock
        # ran up to it; where the change itself made it midnight again, the first one does.
        ran_up_to_it = latest > pl.lit(self._starts).gather(SECOND)
        ends = pl.when(ran_up_to_it).then(latest).otherwise(self._earliest()) - 1
        return self._with_periods(midnight).select(ends).to_series()

    def _with_periods(self, local: pl.Series) -> pl.DataFrame:
        """The local times with the period that each lies in, read as before a change and read as after it."""
        return local.to_frame("at").with_columns(
            first=self._period(self._first_readings), second=self._period(self._second_readings)
        )

    def _earliest(self) -> pl.Expr:
        return _lesser(AT - self._offset_in(FIRST), pl.lit(self._ends).gather(FIRST))

    def _latest(self) -> pl.Expr:
        return _greater(AT - self._offset_in(SECOND), pl.lit(self._starts).gather(SECOND))

    def _offset_in(self, period: pl.Expr) -> pl.Expr:
        return pl.lit(self._offsets).gather(period)

    def _period(self, beginnings: pl.Series) -> pl.Expr:
        """Which period each time lies in, by the times at which all but the first begin."""
        return pl.lit(beginnings).search_sorted(AT, side="right")

    @cached_property
    def _offsets(self) -> pl.Series:
        return _column(self.offsets)

    @cached_property
    def _starts(self) -> pl.Series:
        return _column((BEFORE_ANY_CHANGE, *self.instants))

    @cached_property
    def _ends(self) -> pl.Series:
        return _column((*self.instants, AFTER_ANY_CHANGE))

    @cached_property
    def _first_readings(self) -> pl.Series:
        """The local time from which a change holds, if what can be read in two ways is read as before the change."""
        pairs = zip(self.offsets, self.offsets[1:], strict=False)
        return _column(tuple(at + max(pair) for at, pair in zip(self.instants, pairs, strict=True)))

    @cached_property
    def _second_readings(self) -> pl.Series:
        """The same, if it is read as after the change."""
        pairs = zip(self.offsets, self.offsets[1:], strict=False)
        return _column(tuple(at + min(pair) for at, pair in zip(self.instants, pairs, strict=True)))


def clock_changes(zone: str, times: pl.Series) -> ClockChanges:
    """The changes that matter for these instants or local times (integers; nulls are passed over)."""
    # Within a condition Polars empties what it need not look at, and still calls the rest of the column sorted; the
    # largest of such a column is then said to be null.
    times = times.drop_nulls()
    first, last = times.min(), times.max()
    if first is None:
        return ClockChanges((), (0,))
    assert isinstance(first, int) and isinstance(last, int)
    return _changes_in(zone, _decade(first - MARGIN), _decade(last + MARGIN))


def _decade(microseconds: int) -> int:
    within = min(max(microseconds, FIRST_MICROSECOND), LAST_MICROSECOND)
    return (EPOCH + within * MICROSECOND).year // DECADE


@cache
def _changes_in(zone: str, first_decade: int, last_decade: int) -> ClockChanges:
    found = [change for decade in range(first_decade, last_decade + 1) for change in _changes_of(zone, decade)]
    offset_at_first = _offset(ZoneInfo(zone), _start_of_decade(first_decade))
    return ClockChanges(tuple(at for at, _ in found), (offset_at_first, *(offset for _, offset in found)))


@cache
def _changes_of(zone: str, decade: int) -> tuple[tuple[int, int], ...]:
    """Each change after the decade's first instant up to the next decade's, with the offset that holds from it."""
    if decade < FIRST_DECADE_OF_CHANGES:
        return ()
    if decade >= FIRST_DECADE_REPEATED:
        return tuple((at + CYCLE, offset) for at, offset in _changes_of(zone, decade - DECADES_IN_CYCLE))
    clock = ZoneInfo(zone)
    step = STEP if decade < FIRST_DECADE_OF_RULES else STEP_BY_RULE
    first, last = _start_of_decade(decade), _start_of_decade(decade + 1)
    found = []
    # Looked through by what the clock shows, whose offset is known many times as fast as that of an instant.
    shown, end = (instant.replace(tzinfo=clock) for instant in (first - 2 * DAY, last + 2 * DAY))
    offset = _offset_where_shown(shown)
    while shown < end:
        later = shown + step
        while _offset_where_shown(later) != offset:
            shown = _first_shown_with_another_offset(shown, later)
            before, offset = offset, _offset_where_shown(shown)
            # What can be read in two ways, or was never shown, is read as before the change.
            instant = shown.replace(tzinfo=UTC) - max(before, offset)
            if first < instant <= last:
                found.append(((instant - EPOCH) // MICROSECOND, offset // MICROSECOND))
        shown = later
    return tuple(found)


def _start_of_decade(decade: int) -> datetime:
    if decade * DECADE > LAST_INSTANT.year:
        return LAST_INSTANT
    return datetime(max(1, decade * DECADE), 1, 1, tzinfo=UTC)


def _offset(clock: ZoneInfo, instant: datetime) -> int:
    try:
        offset = instant.astimezone(clock).utcoffset()
    except OverflowError:  # the local time is before year 1 or after year 9999
        inside = instant + 2 * DAY if instant.year == 1 else instant - 2 * DAY
        offset = inside.astimezone(clock).utcoffset()
    assert offset is not None
    return offset // MICROSECOND


def _offset_where_shown(shown: datetime) -> timedelta:
    # `shown.utcoffset()` is the same, and takes eight times as long.
    assert shown.tzinfo is not None
    offset = shown.tzinfo.utcoffset(shown)
    assert offset is not None
    return offset


def _first_shown_with_another_offset(low: datetime, high: datetime) -> datetime:
    before = _offset_where_shown(low)
    while high - low > MICROSECOND:
        middle = low + (high - low) // 2
        if _offset_where_shown(middle) == before:
            low = middle
        else:
            high = middle
    return high


def _column(values: tuple[int, ...]) -> pl.Series:
    return pl.Series(values, dtype=pl.Int64)


def _for_each(times: pl.Series, judged: pl.Expr) -> pl.Series:
    # As one expression: for the few thousand times of a small file, calls cost more than what they do.
    return times.to_frame("at").select(judged).to_series()


def _lesser(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The lesser of each two; a null in `one` stays a null."""
    return one - (one - other).clip(lower_bound=0)


def _greater(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The greater of each two; a null in `one` stays a null."""
    return one + (other - one).clip(lower_bound=0)
