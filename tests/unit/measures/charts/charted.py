"""Series as tests write them: figures in a row, the first of them in April 2021 where they are months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice

from wardline.measures.charts import Absent, ChartKind, ControlChart, Point, Series, Shown, Wanted, draw_chart
from wardline.time_limits import PeriodLength, periods_from

FIRST = date(2021, 4, 1)


def months(many: int, first: date = FIRST) -> list[date]:
    return list(islice(periods_from(first, date(9000, 1, 1), PeriodLength.MONTH), many))


def of_values(values: Sequence[float | None], first: date = FIRST) -> Series:
    """A series by month; None is a gap."""
    points = [
        Point.without(day, Absent.GAP) if value is None else Point(day, float(value))
        for day, value in zip(months(len(values), first), values, strict=True)
    ]
    return Series(Shown.VALUE, PeriodLength.MONTH, tuple(points))


def of_counts(shown: Shown, numerators: Sequence[float], denominators: Sequence[float]) -> Series:
    days = months(len(numerators))
    points = [Point.of(*row) for row in zip(days, numerators, denominators, strict=True)]
    return Series(shown, PeriodLength.MONTH, tuple(points))


def of_events(shown: Shown, values: Sequence[float]) -> Series:
    points = [Point(day, float(value)) for day, value in zip(months(len(values)), values, strict=True)]
    return Series(shown, None, tuple(points))


def xmr(values: Sequence[float | None], *, screened: bool = False, wanted: Wanted = Wanted.LARGER) -> ControlChart:
    return draw_chart(of_values(values), ChartKind.XMR, wanted=wanted, screened=screened)
