"""Claims of a file tested against a dive that was made: a question that changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from wardline.dive.counted.claims_answered import measures_beside, rows_of_measures
from wardline.dive.kept.kept_dive import KeptDive
from wardline.measures.charts import CHART_COLUMNS, chart_table
from wardline.measures.claims import Claim, ClaimAnswer, WhatWouldCount, read_claims, what_would_count
from wardline.measures.declared.measure import Measure

__all__ = ["CLAIM_FIGURES", "answers_to_file", "claims_of", "figures_of_claims", "what_would_count_in"]

CLAIM_FIGURES = pl.Schema(
    {
        "claim": pl.Int64(),  # its number in the file, from 1
        "measure": pl.String(),
        "answer": pl.String(),
        "side": pl.String(),  # `before` or `since`; empty for the period in which the claim's first day lies
        **CHART_COLUMNS,
    }
)


def claims_of(dive: KeptDive, file: Path | None) -> tuple[Claim, ...]:
    """The claims of a file, about the measures of a dive; without a file those that the dive file named.

    Raises DocumentError with all problems of the file.
    """
    if file is None:
        return dive.settings.claims
    return read_claims(file, {measure.name: measure for measure in dive.settings.measures})


def answers_to_file(dive: KeptDive, file: Path | None) -> tuple[ClaimAnswer, ...]:
    """What the records say to the claims of a file. Raises DocumentError, or OutputError where a table of the dive
    cannot be read."""
    return dive.answers_to(claims_of(dive, file))


def what_would_count_in(dive: KeptDive, claim: Claim) -> WhatWouldCount:
    """What would count for a claim, by the volumes of this dive."""
    measures: dict[str, Measure] = {measure.name: measure for measure in dive.settings.measures}
    with dive.readable():
        table = rows_of_measures(dive.measures, measures_beside([claim.measure], dive.settings.measures))
    return what_would_count(claim, measures, table)


def figures_of_claims(answers: Sequence[ClaimAnswer]) -> pl.DataFrame:
    """Every figure that the claims were tested on, with its limits and signals: CLAIM_FIGURES."""
    parts = [CLAIM_FIGURES.to_frame()]
    for number, answer in enumerate(answers, start=1):
        if answer.chart is None or answer.chart.chart is None or answer.compared is None:
            continue
        before = [one.first_day for one in answer.compared.before]
        since = [one.first_day for one in answer.compared.after]
        is_before, is_since = pl.col("first_day").is_in(before), pl.col("first_day").is_in(since)
        side = pl.when(is_before).then(pl.lit("before")).when(is_since).then(pl.lit("since"))
        parts.append(
            chart_table(answer.chart.chart)
            .with_columns(
                claim=pl.lit(number, pl.Int64),
                measure=pl.lit(answer.claim.measure),
                answer=pl.lit(answer.in_short.value),
                side=side,
            )
            .select(CLAIM_FIGURES.names())
        )
    return pl.concat(parts)
