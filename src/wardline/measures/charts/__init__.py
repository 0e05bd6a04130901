"""Control charts: a measure over time, the limits within which chance keeps it, and the signals beyond them.

Only the arithmetic: no page, no document, no picture.
"""

from wardline.measures.charts.baselines import Baseline, Rebase, Segment
from wardline.measures.charts.chart_limits import (
    FEWEST_FOR_LIMITS,
    FEWEST_FOR_SETTLED_LIMITS,
    ChartKind,
    Limits,
    NoLimits,
)
from wardline.measures.charts.chart_tables import CHART_COLUMNS, chart_table
from wardline.measures.charts.control_charts import ControlChart, DrawnSegment, MarkedPoint, Meaning, Wanted, draw_chart
from wardline.measures.charts.false_signals import FalseSignals, false_signal_rate, false_signals_expected
from wardline.measures.charts.refusals import CannotChart
from wardline.measures.charts.series import Absent, Point, Series, Shown
from wardline.measures.charts.series_from_tables import (
    occasions_between_events,
    series_of_periods,
    waits_between_events,
)
from wardline.measures.charts.signal_rules import Pattern, Side, SignalRule
from wardline.measures.charts.targets import Assurance, NotAssured, Target, assurance_of

__all__ = [
    "CHART_COLUMNS",
    "FEWEST_FOR_LIMITS",
    "FEWEST_FOR_SETTLED_LIMITS",
    "Absent",
    "Assurance",
    "Baseline",
    "CannotChart",
    "ChartKind",
    "ControlChart",
    "DrawnSegment",
    "FalseSignals",
    "Limits",
    "MarkedPoint",
    "Meaning",
    "NoLimits",
    "NotAssured",
    "Pattern",
    "Point",
    "Rebase",
    "Segment",
    "Series",
    "Shown",
    "Side",
    "SignalRule",
    "Target",
    "Wanted",
    "assurance_of",
    "chart_table",
    "draw_chart",
    "false_signal_rate",
    "false_signals_expected",
    "occasions_between_events",
    "series_of_periods",
    "waits_between_events",
]
