"""How many signals chance alone is to be expected to make, in one chart and over all charts of a dive.

Every rule is satisfied by chance now and then: the more figures a chart has, and the more charts are looked at, the
more often. The rate of a chart is the share, among charts of its kind and lengths in which nothing changes, of those in
which some rule is satisfied. It was found by drawing 10,000 such charts for each row of `false_signal_rates.csv`
(`make_false_signal_rates`); between rows it is interpolated.

Of shares and rates the figures are lopsided where events are few, and then false signals are more frequent. So the rate
of a U′ chart was found for several numbers of events in a period. A P′ chart has the rate of the U′ chart whose figures
are as lopsided (their skewness is the same): a test draws some, and compares. P goes by U in the same way.

What is expected over several charts is the sum of their rates. That holds whether or not the charts depend on one
another (the same children are in many of them), which a chance of *at least one* signal would not.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import prod, sqrt
from pathlib import Path
from statistics import fmean

from wardline.measures.charts.chart_limits import ChartKind
from wardline.measures.charts.control_charts import ControlChart, DrawnSegment

__all__ = [
    "RATES_FILE",
    "FalseSignals",
    "false_signal_rate",
    "false_signals_expected",
    "rate_of_lengths",
    "skewness_of_events",
    "skewness_of_share",
]

RATES_FILE = Path(__file__).with_name("false_signal_rates.csv")
DRAWN_AS = {ChartKind.P: ChartKind.U, ChartKind.P_PRIME: ChartKind.U_PRIME}


@dataclass(frozen=True)
class FalseSignals:
    """What chance alone is to be expected to do to some charts.

    `expected`: in so many of `charts` a false signal; `with_a_signal`: so many have a signal, false or not. The rate of
    `not_known` charts was not found, because they are longer, or have fewer events, than any that were drawn; they are
    in none of the other numbers.
    """

    charts: int
    expected: float
    with_a_signal: int
    not_known: int


def false_signals_expected(charts: Iterable[ControlChart]) -> FalseSignals:
    """What chance alone is to be expected to do to these charts together."""
    rated = [(chart, false_signal_rate(chart)) for chart in charts]
    known = [(chart, rate) for chart, rate in rated if rate is not None]
    return FalseSignals(
        charts=len(known),
        expected=sum(rate for _, rate in known),
        with_a_signal=sum(chart.has_signal for chart, _ in known),
        not_known=len(rated) - len(known),
    )


def false_signal_rate(chart: ControlChart) -> float | None:
    """How likely a chart of this kind and these lengths shows a signal though nothing changes; None: not known.

    After a rebase the rules begin anew, and a part without limits has no signals. Figures before the baseline count as
    if they came after it.
    """
    rates = [
        rate_of_lengths(
            chart.kind,
            len(part.segment.drawn_from),
            len(part.segment.points) - len(part.segment.drawn_from),
            screened=chart.is_screened,
            skewness=_skewness(chart.kind, part),
        )
        for part in chart.segments
        if part.no_limits is None
    ]
    known = [rate for rate in rates if rate is not None]
    return 1 - prod(1 - rate for rate in known) if len(known) == len(rates) else None


def rate_of_lengths(
    kind: ChartKind, baseline: int, later: int, *, screened: bool, skewness: float = 0.0
) -> float | None:
    """The rate of a chart with limits from so many figures and so many more after them; None: not known.

    `skewness` is that of the figures of a share or a rate; the other kinds do not ask for it.
    """
    tables = _rates()[DRAWN_AS.get(kind, kind), screened]
    skews = sorted(tables)
    if skewness > skews[-1]:
        return None
    found = [_of_table(tables[skew], baseline, later) for skew in skews]
    known = [rate for rate in found if rate is not None]
    if len(known) < len(found):
        return None
    return known[0] if skewness <= skews[0] else _between(skewness, skews, known)


def skewness_of_events(events: float) -> float:
    """How lopsided the number of events in a period is, of so many on average."""
    return 1 / sqrt(events)


def skewness_of_share(share: float, occasions: float) -> float:
    """How lopsided a share of so many occasions is, to whichever side."""
    return abs(1 - 2 * share) / sqrt(occasions * share * (1 - share))


def _skewness(kind: ChartKind, part: DrawnSegment) -> float:
    denominators = [point.denominator for point in part.segment.drawn_from if point.denominator is not None]
    lines = part.points[0].limits
    if kind in (ChartKind.XMR, ChartKind.T, ChartKind.G) or lines is None:
        return 0.0
    if kind in DRAWN_AS:
        return skewness_of_share(lines.centre, fmean(denominators))
    return skewness_of_events(lines.centre * fmean(denominators))


def _of_table(rates: Mapping[tuple[int, int], float], baseline: int, later: int) -> float | None:
    baselines = sorted({one for one, _ in rates})
    laters = sorted({one for _, one in rates})
    if not baselines[0] <= baseline <= baselines[-1] or later > laters[-1]:
        return None
    # Against the root of a length the rates lie nearly on a line; a test compares what is between with a drawing.
    roots_of_laters = [sqrt(one) for one in laters]
    of_baselines = [_between(sqrt(later), roots_of_laters, [rates[one, more] for more in laters]) for one in baselines]
    return _between(sqrt(baseline), [sqrt(one) for one in baselines], of_baselines)


def _between(at: float, known: Sequence[float], rates: Sequence[float]) -> float:
    """The rate on the straight line between the two known places about this one."""
    place = min(bisect_right(known, at), len(known) - 1)
    weight = (at - known[place - 1]) / (known[place] - known[place - 1])
    return rates[place - 1] + weight * (rates[place] - rates[place - 1])


@cache
def _rates() -> Mapping[tuple[ChartKind, bool], Mapping[float, Mapping[tuple[int, int], float]]]:
    """By kind and screening, then by the skewness of what was drawn, then by both lengths."""
    lines = (line for line in RATES_FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    found: dict[tuple[ChartKind, bool], dict[float, dict[tuple[int, int], float]]] = {}
    for row in csv.DictReader(lines):
        of_kind = found.setdefault((ChartKind[row["kind"]], row["screened"] == "yes"), {})
        skew = skewness_of_events(float(row["events"])) if row["events"] else 0.0
        of_kind.setdefault(skew, {})[int(row["baseline"]), int(row["later"])] = int(row["with_a_signal"]) / int(
            row["series"]
        )
    return found
