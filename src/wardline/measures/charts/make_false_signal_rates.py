"""Write `false_signal_rates.csv` anew: `python -m wardline.measures.charts.make_false_signal_rates`.

It draws charts of made-up series in which nothing changes (`steady_series`), by the same functions that draw real ones,
and counts those in which some rule is satisfied. It takes about ten minutes; a test draws a few of the rows again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from random import Random

from wardline.measures.charts.chart_limits import ChartKind
from wardline.measures.charts.false_signals import RATES_FILE
from wardline.measures.charts.steady_series import Steady, exponential, first_false_signal, geometric, normal, poisson
from wardline.whole_files import write_over

__all__ = ["BASELINES", "LATER", "SERIES", "WAYS", "false_signals_found", "rates_as_text", "steady_for"]

SERIES = 10_000  # for each row; a share of a half is then known to one in a hundred, nineteen times out of twenty
BASELINES = (6, 9, 13, 18, 24, 36, 52, 78, 104, 156, 260)  # figures that limits are drawn from
LATER = (0, 3, 6, 12, 24, 52, 104)  # figures that come after the baseline
EVENTS = (3, 8, 20, 400)  # in a period of a U or U′ chart, on average; of the last, the figures are all but normal
BETWEEN = 30  # occasions between the events of a G chart; with 5 or 200 the rates are the same
# The charts that are drawn: kind, whether screened, and how many events are in a period. P is looked up as U, and P′ as
# U′, with as lopsided figures.
WAYS = (
    *((ChartKind.XMR, screened, None) for screened in (False, True)),
    *((ChartKind.U, False, events) for events in EVENTS),
    *((ChartKind.U_PRIME, screened, events) for screened in (False, True) for events in EVENTS),
    *((ChartKind.T, screened, None) for screened in (False, True)),
    (ChartKind.G, False, None),
)


def steady_for(kind: ChartKind, events: int | None) -> Steady:
    """What is drawn for a kind of chart."""
    if events is not None:
        return poisson(events)
    return {ChartKind.XMR: normal, ChartKind.T: exponential, ChartKind.G: geometric(BETWEEN)}[kind]


def false_signals_found(
    kind: ChartKind, steady: Steady, baseline: int, later: Sequence[int], *, screened: bool, seed: str, series: int
) -> list[int]:
    """In how many of so many series in which nothing changes a rule is satisfied, by each length after the baseline.

    What is found among the first figures is also found when more have come, so one drawing serves all lengths.
    """
    drawn = Random(seed)
    found = [0] * len(later)
    for _ in range(series):
        first = first_false_signal(kind, steady, baseline, later[-1], drawn, screened=screened)
        for at, more in enumerate(later):
            found[at] += first is not None and first < baseline + more
    return found


def rates_as_text(ways: Sequence[tuple[ChartKind, bool, int | None]] = WAYS) -> str:
    """The whole data file."""
    text = io.StringIO()
    text.write("# Charts with a false signal, of charts of made-up series in which nothing changes, made by ")
    text.write("wardline.measures.charts.make_false_signal_rates. Do not edit by hand.\n")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["kind", "screened", "events", "baseline", "later", "series", "with_a_signal"])
    for kind, screened, events in ways:
        way = (kind.name, "yes" if screened else "no", events)
        for baseline in BASELINES:
            seed = " ".join(map(str, (*way, baseline)))
            steady = steady_for(kind, events)
            found = false_signals_found(kind, steady, baseline, LATER, screened=screened, seed=seed, series=SERIES)
            rows.writerows((*way, baseline, more, SERIES, many) for more, many in zip(LATER, found, strict=True))
    return text.getvalue()


if __name__ == "__main__":
    write_over(RATES_FILE, rates_as_text())
