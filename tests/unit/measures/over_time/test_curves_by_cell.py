"""Kaplan and Meier's curves of many cells at once agree with scipy's and statsmodels' of each alone."""

from random import Random

import numpy as np
import polars as pl
import pytest
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight

from wardline.measures.over_time.counted_states import CountedState
from wardline.measures.over_time.curves_by_cell import curves_of, in_order

MET, NOT_MET, CUT_SHORT = CountedState.MET, CountedState.NOT_MET, CountedState.CUT_SHORT
LONG = 10**15  # who stays without a response waits longer than anybody who has one


def drawn(seed, *, cells=4, largest=60, lengths=40, scale=1):
    """Waits of several cells, with ties and in no order."""
    random = Random(seed)
    rows = []
    for cell in range(cells):
        for _ in range(random.randrange(1, largest)):
            state = random.choices([MET, NOT_MET, CUT_SHORT], [6, 1, random.choice([0, 3])])[0]
            length = random.randrange(lengths) * scale
            rows.append((cell, int(state), None if state is NOT_MET else length))
    random.shuffle(rows)
    return pl.DataFrame(rows, schema={"cell": pl.UInt32, "state": pl.UInt8, "waited": pl.Int64}, orient="row")


def curves(waits):
    cell = waits["cell"].to_numpy()
    return curves_of(cell, np.bincount(cell), in_order(waits["state"], waits["waited"]))


def of_cell(waits, cell):
    mine = waits.filter(pl.col("cell") == cell)
    ended = mine.filter(pl.col("state") == MET)["waited"].to_list()
    cut = mine.filter(pl.col("state") != MET)["waited"].fill_null(LONG).to_list()
    return ended, cut


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("scale", [1, 10**12])  # the second is too long for a length and a cell in one number
def test_a_curve_and_its_band_agree_with_scipy(seed, scale):
    waits = drawn(seed, scale=scale)
    found = curves(waits)
    low, high = found.band()
    for cell in range(4):
        ended, cut = of_cell(waits, cell)
        mine = found.cell == cell
        if not ended:
            assert not mine.any()
            continue
        theirs = ecdf(CensoredData(uncensored=ended, right=cut)).sf
        with np.errstate(all="ignore"), pytest.warns() if _has_no_band(theirs) else _nothing():
            band = theirs.confidence_interval(method="log-log")
        at = np.searchsorted(theirs.quantiles, found.length[mine])
        assert list(theirs.quantiles[at]) == list(found.length[mine])
        assert found.share[mine] == pytest.approx(1 - theirs.probabilities[at], abs=1e-9)
        is_over = theirs.probabilities[at] == 0
        assert list(np.isnan(high[mine])) == list(is_over)
        assert high[mine][~is_over] == pytest.approx(1 - band.low.probabilities[at][~is_over], abs=1e-9)
        assert low[mine][~is_over] == pytest.approx(1 - band.high.probabilities[at][~is_over], abs=1e-9)


def _has_no_band(theirs):
    return bool((theirs.probabilities[[0, -1]] == [1, 0]).any())


class _nothing:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_the_length_at_which_a_share_is_reached_and_its_interval_agree_with_statsmodels(seed, share):
    waits = drawn(seed, largest=200)
    reached = curves(waits).reached(share, 4)["value"]
    for cell in range(4):
        ended, cut = of_cell(waits, cell)
        if not ended:
            continue
        times = np.array([*ended, *cut], dtype=float)
        theirs = SurvfuncRight(times, np.array([1] * len(ended) + [0] * len(cut)))
        value = theirs.quantile(share)
        expected = np.nan if value >= LONG else value
        assert reached[cell] == pytest.approx(expected, abs=0, nan_ok=True) or _is_on_the_line(theirs, share)


def _is_on_the_line(theirs, share):
    """They take the first length at which fewer still wait than that; ours is at which so many have a response."""
    return bool(np.isclose(theirs.surv_prob, 1 - share, atol=1e-12).any())


def test_waits_by_hand():
    """Of five, responses after 1, 2 and 4; one cut short after 2, one never: 1/5, 2/5, then a half of 3/5 more."""
    rows = [(0, MET, 1), (0, MET, 2), (0, CUT_SHORT, 2), (0, MET, 4), (0, NOT_MET, None)]
    waits = pl.DataFrame(
        [(cell, int(state), length) for cell, state, length in rows],
        schema={"cell": pl.UInt32, "state": pl.UInt8, "waited": pl.Int64},
        orient="row",
    )
    found = curves(waits)
    assert found.share == pytest.approx([0.2, 0.4, 0.7])
    assert curves(waits).reached(0.5, 1)["value"].tolist() == [4]
    assert curves(waits).reached(0.9, 2)["value"] == pytest.approx([np.nan] * 2, nan_ok=True)


def test_of_no_waits_there_is_no_curve():
    none = pl.DataFrame(schema={"cell": pl.UInt32, "state": pl.UInt8, "waited": pl.Int64})
    assert not any(map(len, curves(none).reached(0.5, 0).values()))
