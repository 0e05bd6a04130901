"""The charts in docs/explanation/what-a-signal-is.md, drawn by the same functions as those of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from wardline.measures.charts import (
    Absent,
    Baseline,
    ChartKind,
    ControlChart,
    Point,
    Rebase,
    Series,
    Shown,
    Wanted,
    draw_chart,
)
from wardline.reports.chart_picture import Said, chart_picture
from wardline.reports.chart_scale import FigureUnit
from wardline.reports.charts_in_words import finding_title, story
from wardline.time_limits import PeriodLength, periods_from

__all__ = ["CLEVELAND", "signal_pictures"]

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "charts"
APRIL_2023 = date(2023, 4, 1)
FIRST_YEAR = Baseline(APRIL_2023, date(2024, 3, 31))
# Of 120 in each month, made up.
STEADY = (58, 63, 60, 66, 61, 57, 64, 62, 59, 65, 60, 62)
AFTER = (61, 58, 64, 60, 59, 72, 76, 71, 78, 74, 73, 77)
# Cleveland Police's monthly reports of missing children, April 2014 to July 2019, by its answers to freedom of
# information requests; the two months without records are None.
CLEVELAND = (
    *(299, 299, 342, 301, 274, 294, 342, 305, 223),
    *(248, 209, 274, 258, 354, 342, 365, 336, 302, 300, 278, 283),
    *(232, 255, 321, 247, 280, 354, 379, 271, 282, 284, 262, 253),
    *(262, 230, 301, 268, 386, 361, 434, 383, 358, 389, 274, None),
    *(None, 224, 282, 295, 366, 337, 353, 392, 347, 372, 392, 327),
    *(233, 194, 247, 289, 297, 299, 319),
)
DECIDED = Rebase(
    date(2024, 9, 1),
    "The log takes in calls of another kind since September",
    "the head of performance",
    date(2024, 10, 3),
)


def signal_pictures() -> dict[Path, Callable[[], str]]:
    """Each drawing by its path, with what draws it."""
    drawn = {
        "chart-without-a-signal": partial(_shares, (*STEADY, *STEADY)),
        "chart-with-an-improvement": partial(_shares, (*STEADY, *AFTER)),
        "chart-with-a-rebase": partial(_shares, (*STEADY, *AFTER), rebases=(DECIDED,)),
        "chart-with-a-gap": _cleveland,
    }
    return {FOLDER / f"{name}.svg": partial(_picture, name, chart) for name, chart in drawn.items()}


def _picture(name: str, drawn: Callable[[], tuple[str, ControlChart, FigureUnit, bool]]) -> str:
    title, chart, unit, is_made_up = drawn()
    said = Said(finding_title(title, chart, unit), story(chart, unit))
    return f"{chart_picture(chart, unit, said, name, is_made_up=is_made_up, has_ground=True)}\n"


def _shares(met: Sequence[int], rebases: Sequence[Rebase] = ()) -> tuple[str, ControlChart, FigureUnit, bool]:
    days = islice(periods_from(APRIL_2023, date.max, PeriodLength.MONTH), len(met))
    points = tuple(Point.of(day, many, 120) for day, many in zip(days, met, strict=True))
    series = Series(Shown.SHARE, PeriodLength.MONTH, points)
    chart = draw_chart(
        series, ChartKind.P_PRIME, wanted=Wanted.LARGER, screened=False, baseline=FIRST_YEAR, rebases=rebases
    )
    return "Police sent in time", chart, FigureUnit.SHARE, True


def _cleveland() -> tuple[str, ControlChart, FigureUnit, bool]:
    days = islice(periods_from(date(2014, 4, 1), date.max, PeriodLength.MONTH), len(CLEVELAND))
    points = tuple(
        Point.without(day, Absent.GAP) if many is None else Point(day, float(many))
        for day, many in zip(days, CLEVELAND, strict=True)
    )
    series = Series(Shown.VALUE, PeriodLength.MONTH, points)
    chart = draw_chart(series, ChartKind.XMR, wanted=Wanted.NEITHER, screened=False)
    return "Reports of missing children", chart, FigureUnit.NUMBER, False
