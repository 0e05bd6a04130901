"""Which events match and which cases fit, where no drawn world says it."""

import polars as pl

from wardline.events import EVENTS, attribute_columns
from wardline.findings import fits, fits_but_for_empty, matches, matches_but_for_empty
from wardline.obligations import Condition, EventPattern

EVENT = pl.DataFrame(
    {"event": ["reported"], "source": ["compact"], "grade": [None]}, schema_overrides={"grade": pl.String}
)
ATTRIBUTES = attribute_columns(pl.Schema({**EVENTS, "grade": pl.String()}), "events")


def said(expression: pl.Expr) -> bool:
    return EVENT.select(expression.alias("said")).item()


def test_a_column_of_ours_is_no_attribute_though_it_has_its_name():
    from_compact = EventPattern("reported", (Condition("source", ("compact",)),))
    assert not said(matches([from_compact], ATTRIBUTES))
    assert said(matches_but_for_empty([from_compact], ATTRIBUTES))


def test_of_two_patterns_one_in_full_is_enough():
    high = EventPattern("reported", (Condition("grade", ("high",)),))
    assert said(matches([high, EventPattern("reported")], ATTRIBUTES))
    assert not said(matches_but_for_empty([high, EventPattern("reported")], ATTRIBUTES))


def test_nothing_matches_no_pattern():
    assert not said(matches([], ATTRIBUTES))
    assert not said(matches_but_for_empty([], ATTRIBUTES))


def test_every_case_fits_no_condition():
    assert said(fits([], ATTRIBUTES))
    assert not said(fits_but_for_empty([], ATTRIBUTES))


def test_a_number_fits_the_text_that_it_is_written_as():
    counted = EVENT.with_columns(pl.lit(3).alias("count"))
    third = [Condition("count", ("3",))]
    assert counted.select(fits(third, ["count"]).alias("said")).item()
