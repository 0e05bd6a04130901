"""The table of measures, `measures.parquet`: one row for each measure, period, group and choice of entries."""

from __future__ import annotations

from enum import Enum

import polars as pl

__all__ = ["MEASURES", "WHOLE_PERIOD", "Entries", "NoValue"]

WHOLE_PERIOD = "period"  # in `by`: the whole of the dive's period


class Entries(Enum):
    """Which entries are counted."""

    ALL = "all"
    AT_THE_TIME = "at the time"


class NoValue(Enum):
    """Why there is no figure."""

    GAP = "gap"  # nothing was recorded for all or part of it
    NO_OCCASIONS = "no_occasions"
    NOT_OVER = "not_over"  # the period, or the time that its last occasions still had
    IN_PART = "in_part"  # the dive's period holds only a part of it
    NOT_TOLD = "not_told"  # more than a fifth cannot be told
    NOT_GIVEN = "not_given"  # the force's settings do not say how many the rate is per
    NOT_REACHED = "not_reached"  # fewer than so many per cent had a response at all


MEASURES = pl.Schema(
    {
        "measure": pl.String(),
        "by": pl.String(),  # `week`, `month`, `quarter`, or `period` for all of it
        "first_day": pl.Date(),  # of the period, local
        "last_day": pl.Date(),
        "split": pl.String(),  # by what groups are made, as `district`; empty: all together
        "group": pl.String(),
        "entries": pl.String(),
        "numerator": pl.Float64(),  # of a share or a rate
        "denominator": pl.Float64(),  # of a wait: how many waits
        "value": pl.Float64(),  # a share of one, a rate, a count, or a wait in seconds; empty: see `no_value`
        "low": pl.Float64(),  # its 95 % interval
        "high": pl.Float64(),
        "effective": pl.Float64(),  # so many of different children would tell as much; empty: as many as there are
        "not_told": pl.Int64(),  # of how many the records cannot tell, beside the denominator
        "if_all_met": pl.Float64(),  # the share if all of these had been met
        "if_none_met": pl.Float64(),
        "no_value": pl.String(),
    }
)
