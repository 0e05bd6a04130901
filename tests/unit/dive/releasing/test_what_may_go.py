"""What of an attribute may leave the force: plain words that ten children have; the rest is `other`, or stays."""

from __future__ import annotations

import polars as pl
import pytest

from wardline.dive.releasing.what_may_go import NOT_RECORDED, age_band_column, merged_neighbours, merged_values


def rows(**values: int) -> pl.DataFrame:
    """So many children with each value; `_` is the empty one."""
    found = [
        (None if value == "_" else value, f"{value}{number}")
        for value, many in values.items()
        for number in range(many)
    ]
    return pl.DataFrame(found, schema={"value": pl.String(), "who": pl.String()}, orient="row")


def with_value(value: str, many: int, beside: pl.DataFrame) -> pl.DataFrame:
    more = pl.DataFrame({"value": [value] * many, "who": [f"x{number}" for number in range(many)]})
    return pl.concat([beside, more])


def test_values_that_ten_children_have_go():
    assert merged_values(rows(high=10, low=30), empty_is_one=False) == {"high": "high", "low": "low"}


def test_a_rare_value_is_other():
    goes = merged_values(rows(high=4, medium=7, low=30, none=20), empty_is_one=False)
    assert goes == {"high": "other", "medium": "other", "low": "low", "none": "none"}


def test_an_empty_value_that_few_have_is_as_telling_as_any():
    goes = merged_values(rows(yes=20, no=30, _=3), empty_is_one=True)
    assert goes == {"no": "no", "yes": "other", NOT_RECORDED: "other"}
    assert merged_values(rows(yes=20, no=30, _=3), empty_is_one=False) == {"no": "no", "yes": "yes"}


@pytest.mark.parametrize(
    "value",
    ["INC-7021", "07700 900123", "seen by PC Smith at the station, who then went back and spoke to her again", "£"],
)
def test_a_number_and_what_somebody_typed_never_go(value):
    goes = merged_values(with_value(value, 40, rows(high=20, low=30)), empty_is_one=False)
    assert goes is not None
    assert goes[value] == "other"


def test_a_column_of_many_values_or_of_numbers_stays():
    assert (
        merged_values(rows(**{f"v{chr(97 + at // 26)}{chr(97 + at % 26)}": 12 for at in range(40)}), empty_is_one=True)
        is None
    )
    numbers = pl.DataFrame({"value": [1.0] * 20 + [2.0] * 20, "who": [str(at) for at in range(40)]})
    assert merged_values(numbers, empty_is_one=True) is None


def test_neighbours_are_joined_until_ten_children_are_in_each():
    of_months = rows(a=4, b=7, c=12, d=3).rename({"value": "group"})
    assert merged_neighbours(of_months, ["a", "b", "c", "d"]) == {
        "a": ("a", "b"),
        "b": ("a", "b"),
        "c": ("c", "d"),
        "d": ("c", "d"),
    }
    assert merged_neighbours(of_months.head(5), ["a", "b"]) is None


def test_ages_are_told_in_bands():
    ages = pl.DataFrame({"age": [0, 9, 10, 12, 13, 15, 16, 17, 18, 44, None]})
    assert ages.select(age_band_column(pl.col("age")))["literal"].to_list() == [
        *("0", "0", "1", "1", "2", "2", "3", "3", "4", "4"),
        None,
    ]
