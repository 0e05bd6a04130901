"""Which local days are judged: those of a standard's dates in force that lie in the dive's period.

It is a part of rule 2 of docs/reference/meaning.md, stated here for everything outside the engines, which state it on
their own.
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import polars as pl

from wardline.obligations import ResolvedObligation
from wardline.time_limits import Calendar, local_date_column

__all__ = ["Period", "days_judged", "is_in_dates", "occasion_time"]

Period: TypeAlias = tuple[date, date]
"""The first and the last local day of a dive's period; both belong to it."""


def days_judged(resolved: ResolvedObligation, period: Period | None) -> tuple[date, date | None]:
    """The first and the last local day whose occasions are judged; both are. None: there is no last (rule 2).

    In force from 1 April 2025 on and a period of that whole year: from 1 April to 31 December. No period: from 1 April.

    The first lies after the last where the standard was not in force on any day of the period: nothing is judged then,
    but what has no time at all.
    """
    first, last = resolved.in_force_from, resolved.in_force_to
    if period is None:
        return first, last
    return max(first, period[0]), period[1] if last is None else min(last, period[1])


def is_in_dates(instant: pl.Expr, resolved: ResolvedObligation, period: Period | None) -> pl.Expr:
    """Whether the local day of an instant is judged, as `days_judged` says; an empty instant is (rule 2). Never
    null.
    """
    first, last = days_judged(resolved, period)
    day = local_date_column(instant, Calendar(resolved.zone))
    within = day >= first if last is None else (day >= first) & (day <= last)
    return within.fill_null(True)


def occasion_time() -> pl.Expr:
    """The instant by whose local day an occasion is judged: its event's, else the opening of its case (rule 2).

    Of events beside the `opened_at` of their cases. Empty where neither is known.
    """
    return pl.coalesce("happened_at", "opened_at")
