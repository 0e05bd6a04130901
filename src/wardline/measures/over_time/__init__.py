"""Measures counted by week, month, quarter and group, as one table, and charts from it."""

from wardline.measures.over_time.charts_of_measures import chart_of_measure, series_of_measure, unstated_baseline
from wardline.measures.over_time.count_measures import count_measures
from wardline.measures.over_time.left_out import MeasureLeftOut, WhyLeftOut, measures_left_out
from wardline.measures.over_time.measures_table import MEASURES, WHOLE_PERIOD, Entries, NoValue

__all__ = [
    "MEASURES",
    "WHOLE_PERIOD",
    "Entries",
    "MeasureLeftOut",
    "NoValue",
    "WhyLeftOut",
    "chart_of_measure",
    "count_measures",
    "measures_left_out",
    "series_of_measure",
    "unstated_baseline",
]
