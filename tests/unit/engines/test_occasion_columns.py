"""The frame of occasions is as it is stated to be, at every stage."""

from __future__ import annotations

import polars as pl
import pytest

from wardline.engines.columnar.occasion_columns import DUE, FOUND, JUDGED, TO_JUDGE, checked, with_all_columns


def test_a_frame_with_the_columns_of_a_stage_and_more_is_passed_on() -> None:
    frame = TO_JUDGE.to_frame().with_columns(of_its_own=pl.lit(1))
    assert checked(frame, FOUND) is frame


@pytest.mark.parametrize("frame", [TO_JUDGE.to_frame(), DUE.to_frame().cast({"is_in_days": pl.UInt8})])
def test_a_column_that_is_absent_or_of_another_type_is_named(frame: pl.DataFrame) -> None:
    with pytest.raises(AssertionError, match="is_in_days"):
        checked(frame, DUE)


def test_what_a_kind_knows_nothing_of_is_empty() -> None:
    judged = with_all_columns(pl.DataFrame({"case": [0], "verdict": [1]}, schema_overrides=JUDGED))
    assert judged.schema == JUDGED
    assert judged.select(pl.exclude("case", "verdict").is_null().all()).row(0) == (True,) * (len(JUDGED) - 2)
