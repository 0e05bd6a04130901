"""What the records of a dive can tell, for a release: by obligation, by record system, and to the claims that were
made; without a file's name.

A record system goes by its short name. One whose name carries a number, which could be a reference, goes as `record
system 2`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive
from wardline.measures.over_time import MEASURES, WHOLE_PERIOD
from wardline.time_limits import local_date_column

__all__ = [
    "RELEASED_CAN_TELL",
    "RELEASED_CLAIMS",
    "RELEASED_COVERAGE",
    "released_can_tell",
    "released_claims",
    "released_coverage",
    "released_measures",
]

RELEASED_CAN_TELL = pl.Schema(
    {
        "standard": pl.String(),
        "version": pl.String(),
        "obligation": pl.String(),
        "can_tell": pl.String(),  # `yes`, `in part`, `no`
        "in_the_way": pl.String(),  # what stands in the way, in words, with semicolons
        "systems": pl.String(),  # that can record what is looked for, with commas
    }
)
RELEASED_COVERAGE = pl.Schema(
    {
        "system": pl.String(),
        "kept_by": pl.String(),
        "taken_on": pl.Date(),  # the local day on which the export was taken
        "gap_from": pl.Date(),  # a row for each gap; both local days are in it
        "gap_to": pl.Date(),
        "rows_in": pl.Int64(),
        "rows_kept": pl.Int64(),
        "rows_left_out": pl.Int64(),
        "rows_rejected": pl.Int64(),
    }
)
RELEASED_CLAIMS = pl.Schema(
    {
        "claim": pl.String(),  # as it was said
        "said_by": pl.String(),
        "said_on": pl.Date(),
        "measure": pl.String(),
        "direction": pl.String(),
        "answer": pl.String(),  # in one phrase
        "because": pl.String(),
        "against": pl.String(),  # the rival explanations that speak against it, with semicolons
    }
)
# Weeks are too near to days, and few children are in one of them.
PERIODS_THAT_GO = ("month", "quarter", WHOLE_PERIOD)


def names_of_systems(dive: KeptDive) -> Mapping[str, str]:
    """Under which name each record system goes."""
    systems = sorted({*dive.manifest.record_systems})
    return {
        name: f"record system {position}" if any(letter.isdigit() for letter in name) else name
        for position, name in enumerate(systems, start=1)
    }


def released_can_tell(dive: KeptDive) -> pl.DataFrame:
    """Whether each obligation can be judged from the records, and what stands in the way."""
    named = names_of_systems(dive)
    rows = [
        {
            "standard": one.item.standard,
            "version": one.item.version,
            "obligation": one.item.obligation.id,
            "can_tell": one.answer.value,
            "in_the_way": "; ".join(dict.fromkeys(way.obstacle.value for way in one.in_the_way)),
            "systems": ", ".join(named.get(system.source, system.source) for system in one.systems),
        }
        for one in dive.figures.can_tell
    ]
    return pl.DataFrame(rows, schema=RELEASED_CAN_TELL, orient="row")


def released_coverage(dive: KeptDive) -> pl.DataFrame:
    """Each record system with how much of it was read, and its gaps."""
    named = names_of_systems(dive)
    read = {one.source: one for one in dive.figures.rows_read if one.source is not None}
    days = [
        local_date_column(pl.col(column), dive.calendar).alias(name)
        for column, name in (("taken_at", "taken_on"), ("gap_from", "gap_from"), ("gap_to", "gap_to"))
    ]
    rows: list[dict[str, Any]] = []
    for row in dive.event_log.coverage.select("source", "kept_by", *days).collect().to_dicts():
        rows_of = read.get(row["source"])
        counts = (
            {}
            if rows_of is None
            else {
                "rows_in": rows_of.rows_in.value,
                "rows_kept": rows_of.kept.value,
                "rows_left_out": rows_of.left_out.value,
                "rows_rejected": rows_of.rejected.value,
            }
        )
        rows.append({**row, "system": named.get(row["source"], row["source"]), **counts})
    return pl.DataFrame(rows, schema=RELEASED_COVERAGE, orient="row").sort("system", "gap_from", nulls_last=True)


def released_claims(dive: KeptDive) -> pl.DataFrame:
    """What the records say to the claims that the dive file names."""
    rows = [
        {
            "claim": one.claim.words,
            "said_by": one.claim.said_by,
            "said_on": one.claim.said_on,
            "measure": one.claim.measure,
            "direction": one.claim.way.value,
            "answer": one.in_short.value,
            "because": None if one.why is None else one.why.value,
            "against": "; ".join(rival.rival.value for rival in one.against),
        }
        for one in dive.claim_answers
    ]
    return pl.DataFrame(rows, schema=RELEASED_CLAIMS, orient="row")


def released_measures(dive: KeptDive) -> pl.DataFrame:
    """The measures of the whole force by month, quarter and over the whole period: no week, and no group."""
    kept = dive.measures.filter(pl.col("split").is_null(), pl.col("by").is_in(PERIODS_THAT_GO))
    return kept.select(MEASURES.names()).collect()
