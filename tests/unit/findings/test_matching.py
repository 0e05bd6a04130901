"""An attribute that a mapping reads as a number is compared as a standard writes it (decision 6)."""

from __future__ import annotations

import polars as pl
import pytest

from wardline.findings import fits, fits_but_for_empty, matches
from wardline.obligations import Condition, EventPattern


@pytest.mark.parametrize(
    ("of_type", "value", "written", "is_one"),
    [
        (pl.Float64(), 3.0, "3", True),
        (pl.Float64(), 3.0, "3.0", False),
        (pl.Float64(), 2.5, "2.5", True),
        (pl.Float64(), 2.5, "2", False),
        (pl.Float64(), -1.0, "-1", True),
        (pl.Float32(), 3.0, "3", True),
        (pl.Int64(), 3, "3", True),
        (pl.Int64(), 3, "3.0", False),
        (pl.String(), "3.0", "3.0", True),
        (pl.String(), "3.0", "3", False),
    ],
)
def test_a_number_is_compared_as_a_standard_writes_it(of_type, value, written, is_one):
    events = pl.DataFrame({"event": ["review"], "times": pl.Series([value], dtype=of_type)})
    conditions = (Condition("times", (written,)),)
    assert events.select(fits(conditions, {"times": of_type})).item() is is_one
    assert events.select(matches([EventPattern("review", conditions)], {"times": of_type})).item() is is_one


def test_an_empty_number_fits_only_but_for_its_being_empty():
    cases = pl.DataFrame({"times": pl.Series([None], dtype=pl.Float64)})
    conditions, attributes = (Condition("times", ("3",)),), {"times": pl.Float64()}
    assert cases.select(fits(conditions, attributes)).item() is False
    assert cases.select(fits_but_for_empty(conditions, attributes)).item() is True
