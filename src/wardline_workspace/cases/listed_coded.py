"""The findings of a release as they are listed: the same narrow table as of a dive, without clock times."""

from __future__ import annotations

import polars as pl

from wardline.dive.releasing.kept_release import KeptRelease
from wardline.findings import Outcome
from wardline.obligations import Standing
from wardline_workspace.cases.listed_findings import LISTED, NOT_RECORDED

__all__ = ["listed_coded"]

JUDGED = [outcome.value for outcome in (Outcome.MET, Outcome.LATE, Outcome.MISSED)]


def listed_coded(release: KeptRelease) -> pl.DataFrame:
    """The findings of the coded cases: `LISTED`, the newest month first and within it by case."""
    with release.readable():
        cases, findings, events = release.cases.collect(), release.findings.collect(), release.events.collect()
    told = cases.select(
        "case_id",
        "opened_month",
        "age_band",
        *(
            (pl.col(column) if column in cases.columns else pl.lit(None, pl.String())).alias(name)
            for name, column in (("district", "district"), ("care", "from_care"))
        ),
    )
    is_judged = (
        pl.col("counted") & pl.col("outcome").is_in(JUDGED) & (pl.col("standing") != Standing.ASSUMED.value)
    ).fill_null(False)
    return (
        findings.join(told, on="case_id", how="left", maintain_order="left")
        .join(_first_grades(events), on="case_id", how="left", maintain_order="left")
        .sort("opened_month", descending=True, nulls_last=True, maintain_order=True)
        .select(
            "case_id",
            pl.format("{}/{}", "standard", "obligation").alias("obligation"),
            "outcome",
            pl.col("reason").fill_null(""),
            *(pl.col(name).fill_null(NOT_RECORDED) for name in ("grade", "district", "care")),
            pl.col("opened_month").fill_null(NOT_RECORDED).alias("month"),
            pl.lit(NOT_RECORDED).alias("time"),
            "standing",
            pl.when(is_judged).then(pl.lit("yes")).otherwise(pl.lit("no")).alias("judged"),
            pl.lit(None, pl.Datetime("us", "UTC")).alias("began"),
            pl.col("age_band").alias("age"),
            (pl.col("responded_after") - pl.col("triggered_after")).alias("wait"),
            "late_by",
            pl.col("late_by_days").alias("late_days"),
            (pl.col("response_recorded_after") - pl.col("responded_after")).alias("written_after"),
        )
        .select(pl.col(name).cast(kind) for name, kind in LISTED.items())
    )


def _first_grades(events: pl.DataFrame) -> pl.DataFrame:
    """`case_id` with the `grade` that was given first; events are in the order in which they happened."""
    if "grade" not in events.columns:
        return pl.DataFrame(schema={"case_id": pl.String(), "grade": pl.String()})
    graded = events.filter(pl.col("grade").is_not_null())
    return graded.unique("case_id", keep="first", maintain_order=True).select("case_id", "grade")
