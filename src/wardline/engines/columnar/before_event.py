"""Precede: each event is an occasion whose deadline is its own time (rule 8); and exemptions before an event."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.engines.columnar.abilities import NOT_JOINED, NOT_RECORDED_HERE, AbilityByHolding
from wardline.engines.columnar.batch import Batch, at_or_after, before
from wardline.engines.columnar.evidence import EvidencePositions, earlier, find_evidence, with_event
from wardline.engines.columnar.inexact import in_parts, split, touched
from wardline.engines.columnar.judging import Verdict, differing
from wardline.engines.columnar.occasion_columns import EXEMPTION, RESPONSE
from wardline.engines.columnar.shaping import Asked, untimed_triggers
from wardline.engines.columnar.triggers import find_triggers
from wardline.obligations import Precede

__all__ = ["Exemptions", "check_precede", "find_exemptions", "with_exemption"]


@dataclass(frozen=True)
class Exemptions:
    """Events that exempt at or before an event: positions in full and in part, and groups with an untimed one."""

    full: pl.Series
    partial: pl.Series
    groups_with_untimed: pl.Series

    def timed(self) -> pl.Series:
        """All with a time, not in order."""
        return pl.concat([self.full, self.partial])


def find_exemptions(asked: Asked, batch: Batch) -> Exemptions:
    """The exemptions of the obligation."""
    patterns = asked.obligation.exemptions
    untimed = [batch.untimed_matching(patterns), batch.untimed_partly_matching(patterns)]
    return Exemptions(
        batch.matching(patterns),
        batch.partly_matching(patterns),
        pl.concat([frame.get_column("group") for frame in untimed]),
    )


def with_exemption(batch: Batch, occasions: pl.DataFrame, exemptions: Exemptions, *, is_exact: bool) -> pl.DataFrame:
    """The occasions with the exemption taken and whether it exempts favourably and unfavourably.

    Adds `is_exempt`, `is_exempt_unfavourable` and `is_incomplete` (an untimed one, or a partial one at or before).
    """
    opens, closes = occasions.get_column("opens"), occasions.get_column("closes")
    earliest = at_or_after(exemptions.full, opens, closes)
    occasions = with_event(batch, occasions, earliest, EXEMPTION)
    # `at` of the earliest in the group is the smallest, so it says whether any is at or before the event.
    is_exempt = pl.col("exempted_at") <= pl.col("by")
    partial = at_or_after(exemptions.partial, opens, closes)
    partial_at = batch.timed.get_column("at").gather(partial)
    is_incomplete = (pl.lit(partial_at) <= pl.col("by")).fill_null(False)
    if len(exemptions.groups_with_untimed):
        is_incomplete |= pl.col("group").is_in(exemptions.groups_with_untimed.implode())
    occasions = occasions.with_columns(is_exempt=is_exempt.fill_null(False), is_incomplete=is_incomplete)
    if is_exact:
        return occasions.with_columns(is_exempt_unfavourable="is_exempt")
    ends = batch.at(exemptions.full, ["group", "by"]).group_by("group").agg(pl.col("by").min().alias("exempted_by"))
    return (
        occasions.join(ends, on="group", how="left", maintain_order="left")
        .with_columns(is_exempt_unfavourable=(pl.col("exempted_by") <= pl.col("at")).fill_null(False))
        .drop("exempted_by")
    )


# PRECEDE


def check_precede(asked: Asked, batch: Batch, obligation: Precede) -> list[pl.DataFrame]:
    """What is concluded of each occasion, as frames of occasions with a `verdict`."""
    triggered = find_triggers(batch, obligation.before, asked.resolved, asked.calendar)
    occasions = asked.judged.timed(batch, triggered.merged)
    responses = find_evidence(batch, obligation.first, obligation.triggers())
    exemptions = find_exemptions(asked, batch)
    is_touched = touched(batch, occasions, responses.timed(), responses.partial(), exemptions.timed())
    able = asked.able_to_record(batch, obligation.first)
    frames = []
    for is_exact, part in split(occasions, is_touched):
        part = with_exemption(batch, part, exemptions, is_exact=is_exact)
        part = (_response_exact if is_exact else _response_inexact)(batch, part, responses)
        frames.append(_judge_precede(batch, asked, part, able))
    return [*frames, untimed_triggers(asked, batch, triggered.untimed)]


def _response_exact(batch: Batch, occasions: pl.DataFrame, responses: EvidencePositions) -> pl.DataFrame:
    """The latest response at or before the event, else the earliest after; one that is the event itself is neither."""
    start, after, opens, closes = (occasions.get_column(name) for name in ("start", "after", "opens", "closes"))
    is_met = later(before(responses.others, after, opens), before(responses.also_triggers, start, opens))
    late = earlier(at_or_after(responses.others, after, closes), at_or_after(responses.also_triggers, after, closes))
    partial = later(
        before(responses.partial_others, after, opens), before(responses.partial_also_triggers, start, opens)
    )
    response = pl.select(pl.coalesce(pl.lit(is_met), pl.lit(late))).to_series()
    occasions = with_event(batch, occasions, response, RESPONSE)
    return occasions.with_columns(
        is_met=is_met.is_not_null(),
        is_met_unfavourable=is_met.is_not_null(),
        is_partial=partial.is_not_null(),
        has_untimed=_has_untimed(responses),
    )


def later(one: pl.Series, other: pl.Series) -> pl.Series:
    """The greater of two positions; the one there is where the other is null."""
    return pl.select(pl.max_horizontal(pl.lit(one), pl.lit(other))).to_series()


def _has_untimed(responses: EvidencePositions) -> pl.Expr:
    return pl.col("group").is_in(responses.groups_with_untimed.implode())


def _response_inexact(batch: Batch, occasions: pl.DataFrame, responses: EvidencePositions) -> pl.DataFrame:
    """As `_response_exact`, but a response counts as before favourably by its beginning, unfavourably by its end."""
    events = pl.concat(
        [
            batch.at(positions, ["group", "at", "by"]).with_columns(
                is_also=pl.lit(is_also), is_partial=pl.lit(is_partial)
            )
            for positions, is_also, is_partial in (
                (responses.others, False, False),
                (responses.also_triggers, True, False),
                (responses.partial_others, False, True),
                (responses.partial_also_triggers, True, True),
            )
        ]
    ).rename({"at": "event_at", "by": "event_by", "pos": "event_pos"})

    def judge(part: pl.DataFrame) -> pl.DataFrame:
        part = part.with_row_index("o")
        pairs = (
            part.select("o", "group", "at", "by")
            .join(events, on="group", maintain_order="left")
            .filter(~pl.col("is_also") | (pl.col("event_at") != pl.col("at")))
            .with_columns(
                is_before=pl.col("event_at") <= pl.col("by"), is_surely_before=pl.col("event_by") <= pl.col("at")
            )
        )
        full = pairs.filter(~pl.col("is_partial"))
        position = pl.col("event_pos").cast(pl.Int64)
        best = full.group_by("o").agg(
            is_met=pl.col("is_before").any(),
            is_met_unfavourable=pl.col("is_surely_before").any(),
            latest=position.filter("is_before").max(),
            earliest=position.min(),
        )
        partial = pairs.filter("is_partial", "is_before").get_column("o").implode()
        part = part.join(best, on="o", how="left", maintain_order="left").with_columns(
            pl.col("is_met", "is_met_unfavourable").fill_null(False),
            is_partial=pl.col("o").is_in(partial),
            has_untimed=_has_untimed(responses),
        )
        taken = part.select(pl.coalesce("latest", "earliest").cast(pl.UInt32)).to_series()
        return with_event(batch, part, taken, RESPONSE).drop("o", "latest", "earliest")

    return in_parts(occasions, events, judge)


def _judge_precede(batch: Batch, asked: Asked, occasions: pl.DataFrame, able: AbilityByHolding) -> pl.DataFrame:
    opened = batch.of_case("opened_at", occasions.get_column("case"))
    since = pl.when(pl.lit(opened) <= pl.col("at")).then(pl.lit(opened)).otherwise("at")
    incomplete = pl.col("is_incomplete") | pl.col("is_partial") | pl.col("has_untimed")
    both = {
        f"favourable{suffix}": (
            pl.when("no_child")
            .then(Verdict.NO_CHILD.lit())
            .when(f"is_met{suffix}")
            .then(Verdict.MET.lit())
            .when(f"is_exempt{suffix}")
            .then(Verdict.EXEMPT.lit())
            .when(incomplete)
            .then(Verdict.EVIDENCE_INCOMPLETE.lit())
            .when(pl.col("responded_at").is_not_null())
            .then(Verdict.LATE.lit())
            .when(able.state() == NOT_RECORDED_HERE)
            .then(Verdict.NOT_RECORDED_HERE.lit())
            .when(able.state() == NOT_JOINED)
            .then(Verdict.NOT_JOINED.lit())
            .when(able.is_gap(since, pl.col("by")))
            .then(Verdict.RECORD_GAP.lit())
            .otherwise(Verdict.MISSED.lit())
        )
        for suffix in ("", "_unfavourable")
    }
    return occasions.with_columns(**both).with_columns(
        verdict=differing("favourable", "favourable_unfavourable"),
        deadline="by",
        late_by=pl.col("responded_at") - pl.col("by"),
        counted=~pl.col("no_child") & able.would_show(since, pl.col("by")),
    )
