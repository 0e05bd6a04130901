"""Which attributes of coded cases may leave the force, and under which value each goes.

Only attributes of a short list go, and of these only plain words that ten or more children have in what is released.
Everything else is `other`, or is left out; a text that somebody typed, a number and a rare value never go.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wardline.dive.releasing.small_groups import FEWEST, OTHER, merged_groups

__all__ = [
    "AGE_BANDS",
    "CASE_ATTRIBUTES",
    "EVENT_ATTRIBUTES",
    "NOT_RECORDED",
    "age_band_column",
    "merged_neighbours",
    "merged_values",
]

# None of these can name a person, and each has a few values that a mapping lists.
CASE_ATTRIBUTES = (
    "district",
    "division",
    "exploitation_flag",
    "from_care",
    "grade",
    "home_type",
    "offence_group",
    "outcome",
    "priority",
    "referral_kind",
    "risk",
)
EVENT_ATTRIBUTES = ("grade", "harm", "method", "offence", "outcome", "priority", "risk")
NOT_RECORDED = "not recorded"
PLAIN_WORDS = r"^\p{L}[\p{L} ,'&/()-]{0,39}$"
MOST_VALUES = 30  # of an attribute; more are what somebody typed
AGE_BANDS = ((0, 9), (10, 12), (13, 15), (16, 17), (18, None))


def merged_values(rows: pl.DataFrame, *, empty_is_one: bool) -> dict[str, str] | None:
    """Of `value` and `who`, a row for each case or event: under which value each goes; None where nothing may.

    `empty_is_one`: an empty value is a value too, and is as telling as any other where few have it.
    """
    if rows.schema["value"] != pl.String() or rows["value"].n_unique() > MOST_VALUES:
        return None
    rows = rows.with_columns(pl.col("value").fill_null(NOT_RECORDED)) if empty_is_one else rows.drop_nulls("value")
    may_go = pl.col("value").str.contains(PLAIN_WORDS)
    grouped = rows.select("who", "value", group=pl.when(may_go).then("value").otherwise(pl.lit(OTHER)))
    goes = merged_groups(grouped)
    if goes is None:
        return None
    return {value: goes[group] for value, group in grouped.select("value", "group").unique().sort("value").rows()}


def merged_neighbours(rows: pl.DataFrame, order: Sequence[str]) -> dict[str, tuple[str, str]] | None:
    """Of `group` and `who`: from which group to which each goes, so that ten children or more are in each of them.

    The groups are in an `order`, as months and ages are, and only neighbours are joined. None where there are fewer
    than ten in all.
    """
    runs: list[list[str]] = []
    waiting: list[str] = []
    for group in order:
        waiting.append(group)
        if _children_in(rows, waiting) >= FEWEST:
            runs.append(waiting)
            waiting = []
    if waiting and not runs:
        return None
    if waiting:
        runs[-1] += waiting
    return {group: (run[0], run[-1]) for run in runs for group in run}


def _children_in(rows: pl.DataFrame, groups: Sequence[str]) -> int:
    return int(rows.filter(pl.col("group").is_in(groups))["who"].n_unique())


def age_band_column(age: pl.Expr) -> pl.Expr:
    """The number of the band of an age, as text; null where the age is."""
    band = pl.lit(None, dtype=pl.String)
    for position, (youngest, _) in enumerate(AGE_BANDS):
        band = pl.when(age >= youngest).then(pl.lit(str(position))).otherwise(band)
    return band
