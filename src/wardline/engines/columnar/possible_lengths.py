"""The lengths that one limit may come to, as numbers, and the deadlines that they lead to from an instant."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.events import INSTANT
from wardline.obligations import LimitTable, TimeLimit
from wardline.time_limits import (
    Calendar,
    CountingTheFirst,
    Length,
    SameDay,
    SingleLimit,
    ToBeSet,
    deadline_column,
    end_of_local_day_column,
    is_a_day_or_longer,
    is_in_days_or_longer,
    local_date_column,
)

__all__ = ["NO_LIMIT", "Lengths", "led", "lengths_of"]

NO_LIMIT = (
    pl.lit(None, dtype=pl.String).alias("limit"),
    pl.lit(False).alias("is_in_days"),
    pl.lit(False).alias("is_a_day"),
)


@dataclass(frozen=True)
class Lengths:
    """The lengths that a limit may come to, each once, and what each value of the attribute comes to."""

    lengths: tuple[SingleLimit, ...]
    by_value: dict[str, int]
    unknown: int | None
    calendar: Calendar

    def of(self, value: pl.Expr, otherwise: int | None) -> pl.Expr:
        """The number of the length that a value of the attribute sets; null for `to be set`."""
        listed = {name: number for name, number in self.by_value.items()}
        return value.cast(pl.String).replace_strict(
            {name: number if number >= 0 else None for name, number in listed.items()},
            default=otherwise,
            return_dtype=pl.Int16,
        )

    def lead(self, number: pl.Expr, start: pl.Expr, end_of_day: pl.Expr | None = None) -> pl.Expr:
        """The deadline of each length from an instant; those in days from `end_of_day`, where that is given."""
        found = []
        for position, length in enumerate(self.lengths):
            base = end_of_day if end_of_day is not None and is_in_days_or_longer(length) else start
            found.append(
                deadline_column(
                    length, pl.when(number == position).then(base), self.calendar, null_without_holidays=True
                )
            )
        return pl.coalesce(found) if found else pl.lit(None, dtype=INSTANT)

    def finish(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Put words in the place of numbers; without a deadline there is no limit."""
        words = pl.Series([str(length) for length in self.lengths], dtype=pl.String)
        days = pl.Series([is_in_days_or_longer(length) for length in self.lengths], dtype=pl.Boolean)
        long_enough = pl.Series([is_a_day_or_longer(length) for length in self.lengths], dtype=pl.Boolean)
        number = pl.when(pl.col("deadline").is_not_null()).then(pl.col("number")).cast(pl.UInt32)
        if not self.lengths:
            return frame.drop("number").with_columns(*NO_LIMIT)
        return frame.with_columns(
            limit=pl.lit(words).gather(number),
            is_in_days=pl.lit(days).gather(number).fill_null(False),
            is_a_day=pl.lit(long_enough).gather(number).fill_null(False),
        ).drop("number")


def lengths_of(limit: TimeLimit, calendar: Calendar) -> Lengths:
    """The lengths that a limit names."""
    if not isinstance(limit, LimitTable):
        single = (limit,) if isinstance(limit, Length | SameDay | CountingTheFirst) else ()
        return Lengths(single, {}, None, calendar)
    said = [length for _, length in limit.limits] + ([] if limit.unknown is None else [limit.unknown])
    lengths = tuple(dict.fromkeys(one for one in said if not isinstance(one, ToBeSet)))
    number = {length: position for position, length in enumerate(lengths)}
    by_value = {value: -1 if isinstance(one, ToBeSet) else number[one] for value, one in limit.limits}
    unknown = None if limit.unknown is None or isinstance(limit.unknown, ToBeSet) else number[limit.unknown]
    return Lengths(lengths, by_value, unknown, calendar)


def led(lengths: Lengths, frame: pl.DataFrame, number: pl.Expr) -> pl.DataFrame:
    """The frame with the `number` of a limit and the deadlines it leads to from the trigger."""
    frame = frame.with_columns(number=number)
    is_exact = not bool((frame.get_column("by") > frame.get_column("at")).any())
    if is_exact:
        frame = frame.with_columns(deadline=lengths.lead(pl.col("number"), pl.col("at")))
        return frame.with_columns(deadline_unfavourable="deadline")
    frame = frame.with_columns(
        end=pl.when(pl.col("by") > pl.col("at"))
        .then(end_of_local_day_column(local_date_column(pl.col("by"), lengths.calendar), lengths.calendar))
        .otherwise("by")
    )
    return frame.with_columns(
        deadline=lengths.lead(pl.col("number"), pl.col("by"), pl.col("end")),
        deadline_unfavourable=lengths.lead(pl.col("number"), pl.col("at"), pl.col("end")),
    ).drop("end")
