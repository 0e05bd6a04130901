"""The figures of a chart as a table that can be read and copied, and as a CSV file inside the page."""

from __future__ import annotations

import csv
from io import StringIO
from urllib.parse import quote

from wardline.measures.charts import ControlChart, MarkedPoint, Point
from wardline.reports.chart_scale import FigureUnit, value_in_words
from wardline.reports.page_tables import Column, Table
from wardline.reports.periods_in_words import noun_of_figures, period_name
from wardline.reports.wording import MADE_UP

__all__ = ["chart_csv", "chart_csv_link", "figures_table"]

CSV_HEADINGS = (
    "first day",
    "value",
    "numerator",
    "denominator",
    "average",
    "lower limit",
    "upper limit",
    "signal",
    "meaning",
    "why there is no figure",
)


def figures_table(chart: ControlChart, unit: FigureUnit, title: str) -> Table:
    """A row for each period: its figure, what it is a figure of, the lines of the chart there, and its signal."""
    has_counts = any(point.denominator is not None for point in chart.series.points)
    of = (Column("Of how many", is_number=True, is_short=True),) if has_counts else ()
    drawn, points = _drawn(chart), chart.series.points
    return Table(
        caption=f"{title}, in figures",
        columns=(
            Column(noun_of_figures(chart).capitalize(), is_short=True),
            Column("Figure", is_number=True, is_short=True),
            *of,
            Column("Average", is_number=True, is_short=True),
            Column("Limits", is_number=True, is_short=True),
            Column("What it is"),
        ),
        rows=tuple(_row(chart, one, drawn.get(id(one)), unit, has_counts=has_counts) for one in points),
    )


def chart_csv_link(chart: ControlChart, *, is_made_up: bool) -> str:
    """The same file as an address that holds it."""
    return f"data:text/csv;charset=utf-8,{quote(chart_csv(chart, is_made_up=is_made_up))}"


def chart_csv(chart: ControlChart, *, is_made_up: bool) -> str:
    """The same figures, unrounded, as a CSV file."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*CSV_HEADINGS, *(["records"] if is_made_up else [])])
    drawn = _drawn(chart)
    for point in chart.series.points:
        one = drawn.get(id(point))
        lines = one.limits if one is not None else None
        writer.writerow(
            [
                point.day.isoformat(),
                *("" if value is None else repr(value) for value in (point.value, point.numerator, point.denominator)),
                *(["", "", ""] if lines is None else [repr(lines.centre), repr(lines.lower), repr(lines.upper)]),
                one.rules[0].value if one is not None and one.rules else "",
                one.meaning.value if one is not None and one.meaning is not None else "",
                "" if point.absent is None else point.absent.value,
                *([MADE_UP] if is_made_up else []),
            ]
        )
    return text.getvalue()


def _drawn(chart: ControlChart) -> dict[int, MarkedPoint]:
    return {id(one.point): one for one in chart.points}


def _row(
    chart: ControlChart, point: Point, drawn: MarkedPoint | None, unit: FigureUnit, *, has_counts: bool
) -> tuple[str, ...]:
    lines = drawn.limits if drawn is not None else None
    meaning = drawn.meaning.value if drawn is not None and drawn.meaning is not None else ""
    return (
        _capital(period_name(point.day, chart.series.by)),
        "–" if point.value is None else value_in_words(point.value, unit),
        *([_counts(point)] if has_counts else []),
        "–" if lines is None else value_in_words(lines.centre, unit),
        "–" if lines is None else f"{value_in_words(lines.lower, unit)} to {value_in_words(lines.upper, unit)}",
        meaning if point.absent is None else point.absent.value,
    )


def _counts(point: Point) -> str:
    if point.denominator is None:
        return "–"
    whole = f"{point.denominator:,.0f}"
    return whole if point.numerator is None else f"{point.numerator:,.0f} of {whole}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
