"""Never: each event is an occasion, and so is each case without one (rule 9)."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from wardline.engines.columnar.abilities import NOT_JOINED, NOT_RECORDED_HERE, AbilityByHolding
from wardline.engines.columnar.batch import POSITION, Batch, marked
from wardline.engines.columnar.before_event import find_exemptions, with_exemption
from wardline.engines.columnar.inexact import split, touched
from wardline.engines.columnar.judging import Verdict, differing
from wardline.engines.columnar.shaping import Asked
from wardline.engines.columnar.triggers import find_triggers
from wardline.events import INSTANT
from wardline.obligations import Never

__all__ = ["cases_without", "check_never"]

ALWAYS = datetime.min.replace(tzinfo=UTC)  # since when, where it is not known when a case was opened


def check_never(asked: Asked, batch: Batch, obligation: Never) -> list[pl.DataFrame]:
    """What is concluded of each event, and of each case without one, as frames with a `verdict`."""
    triggered = find_triggers(batch, obligation.never, asked.resolved, asked.calendar)
    occasions = asked.judged.timed(batch, triggered.merged)
    exemptions = find_exemptions(asked, batch)
    is_touched = touched(batch, occasions, exemptions.timed())
    frames = []
    for is_exact, part in split(occasions, is_touched):
        part = with_exemption(batch, part, exemptions, is_exact=is_exact)
        both = {
            f"favourable{suffix}": (
                pl.when("no_child")
                .then(Verdict.NO_CHILD.lit())
                .when(f"is_exempt{suffix}")
                .then(Verdict.EXEMPT.lit())
                .when("is_incomplete")
                .then(Verdict.EVIDENCE_INCOMPLETE.lit())
                .otherwise(Verdict.MISSED.lit())
            )
            for suffix in ("", "_unfavourable")
        }
        frames.append(
            part.with_columns(**both).with_columns(
                verdict=differing("favourable", "favourable_unfavourable"), deadline="by"
            )
        )
    untimed = asked.judged.untimed(
        batch, triggered.untimed.select("case", "group", "event_id").sort("case", "event_id")
    )
    any_exemption = pl.concat(
        [batch.timed.get_column("group").gather(exemptions.timed()), exemptions.groups_with_untimed]
    ).implode()
    frames.append(
        untimed.with_columns(
            verdict=pl.when("no_child")
            .then(Verdict.NO_CHILD.lit())
            .when(pl.col("group").is_in(any_exemption))
            .then(Verdict.EVIDENCE_INCOMPLETE.lit())
            .otherwise(Verdict.MISSED.lit())
        )
    )
    able = asked.able_to_record(batch, obligation.triggers())
    frames.append(_without_event(asked, batch, obligation, triggered.cases_with, able))
    opened, settled_at = batch.cases.get_column("opened_at"), _settled_at(asked, batch, obligation)
    return [
        frame.with_columns(
            counted=~pl.col("no_child")
            & able.would_show(
                pl.lit(opened.gather(frame.get_column("case")).fill_null(ALWAYS)),
                pl.lit(settled_at.gather(frame.get_column("case"))),
            )
        )
        for frame in frames
    ]


def _settled_at(asked: Asked, batch: Batch, obligation: Never) -> pl.Series:
    """For each case until when the event would have been seen: until it was settled, else until as at."""
    as_at = pl.lit(asked.as_at, dtype=INSTANT)
    if obligation.settled_by is None:
        return batch.cases.select(pl.col("closed_at").fill_null(as_at)).to_series()
    first = batch.at(batch.matching(obligation.settled_by), ["case", "by"]).unique(
        "case", keep="first", maintain_order=True
    )
    cases = batch.cases.select(case=pl.int_range(pl.len(), dtype=POSITION))
    return (
        cases.join(first, on="case", how="left", maintain_order="left")
        .select(pl.col("by").fill_null(as_at))
        .to_series()
    )


def cases_without(asked: Asked, batch: Batch, cases_with: pl.Series) -> pl.DataFrame:
    """The judged cases that have no such event of their own, a single occasion each."""
    cases = batch.cases.select("group", case=pl.int_range(pl.len(), dtype=pl.UInt32))
    return asked.judged.untimed(batch, cases.filter(~marked(cases_with, cases.height)))


def _without_event(
    asked: Asked, batch: Batch, obligation: Never, cases_with: pl.Series, able: AbilityByHolding
) -> pl.DataFrame:
    patterns = obligation.triggers()
    partial = [
        batch.timed.get_column("case").gather(batch.partly_matching(patterns)),
        batch.untimed_partly_matching(patterns).get_column("case"),
    ]
    if obligation.never.nth is not None:
        partial.append(batch.untimed_matching(patterns).get_column("case"))
    without = cases_without(asked, batch, cases_with)
    if obligation.settled_by is None:
        settled = pl.lit(batch.of_case("closed_at", without.get_column("case"))).is_not_null()
    else:
        settling = [
            batch.timed.get_column("case").gather(batch.matching(obligation.settled_by)),
            batch.untimed_matching(obligation.settled_by).get_column("case"),
        ]
        settled = pl.lit(marked(pl.concat(settling), batch.cases.height).gather(without.get_column("case")))
    return without.with_columns(
        verdict=pl.when("no_child")
        .then(Verdict.NO_CHILD.lit())
        .when(able.state() == NOT_RECORDED_HERE)
        .then(Verdict.NOT_RECORDED_HERE.lit())
        .when(able.state() == NOT_JOINED)
        .then(Verdict.NOT_JOINED.lit())
        .when(pl.col("case").is_in(pl.concat(partial).implode()))
        .then(Verdict.EVIDENCE_INCOMPLETE.lit())
        .when(settled)
        .then(Verdict.MET.lit())
        .otherwise(Verdict.NOT_YET_DUE.lit())
    )
