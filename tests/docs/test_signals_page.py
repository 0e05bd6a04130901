"""What the page about signals says in numbers is what the charts are drawn by."""

from __future__ import annotations

import pytest

from tests.architecture.repository import ROOT
from wardline.measures.charts import FEWEST_FOR_LIMITS, FEWEST_FOR_SETTLED_LIMITS, ChartKind
from wardline.measures.charts.false_signals import rate_of_lengths, skewness_of_events
from wardline.measures.charts.make_false_signal_rates import EVENTS, SERIES

PAGE = " ".join((ROOT / "docs" / "explanation" / "what-a-signal-is.md").read_text(encoding="utf-8").split())
LENGTHS = ((13, 0), (24, 0), (36, 0), (24, 12))
ROWS = {
    "XmR": (ChartKind.XMR, 0.0),
    "P′ or U′, 20 events in a period": (ChartKind.U_PRIME, skewness_of_events(20)),
    "P′ or U′, 3 events in a period": (ChartKind.U_PRIME, skewness_of_events(3)),
    "T": (ChartKind.T, 0.0),
    "G": (ChartKind.G, 0.0),
}


@pytest.mark.parametrize("row", ROWS)
def test_the_shares_of_false_signals_are_those_that_were_found(row):
    kind, skewness = ROWS[row]
    rates = [rate_of_lengths(kind, *length, screened=False, skewness=skewness) for length in LENGTHS]
    assert f"| {row} | {' | '.join(f'{100 * rate:.0f} %' for rate in rates)} |" in PAGE


def test_the_numbers_in_the_text_are_those_of_the_code():
    assert f"drawing {SERIES:,} such charts" in PAGE
    assert f"fewer than {FEWEST_FOR_SETTLED_LIMITS} figures are called **trial limits**" in PAGE
    assert f"With fewer than {FEWEST_FOR_LIMITS} no limits" in PAGE
    assert f"there are fewer than {EVENTS[0]} events in a period" in PAGE


def test_every_kind_is_explained():
    assert [kind for kind in ChartKind if f"| {kind.value} | " not in PAGE.partition("## Which kind")[2]] == []
