"""Respond: after the trigger, the response within the time limit, unless an exemption (rules 3 to 6)."""

from __future__ import annotations

import polars as pl

from wardline.engines.columnar.abilities import AbilityByHolding
from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.evidence import EvidencePositions, find_evidence, first_in_window, with_event
from wardline.engines.columnar.inexact import in_parts, pairs_in_window, split, taken, touched
from wardline.engines.columnar.judging import Verdict, differing, verdict_of_response
from wardline.engines.columnar.limits_and_deadlines import with_deadlines
from wardline.engines.columnar.shaping import EXEMPTION, RESPONSE, Asked, untimed_triggers
from wardline.engines.columnar.triggers import find_triggers
from wardline.obligations import Respond

__all__ = ["check_respond"]


def check_respond(asked: Asked, batch: Batch, obligation: Respond) -> list[pl.DataFrame]:
    """What is concluded of each occasion, as frames of occasions with a `verdict`."""
    triggered = find_triggers(batch, obligation.trigger, asked.resolved, asked.calendar)
    occasions = asked.judged.timed(batch, triggered.merged)
    occasions = with_deadlines(batch, occasions, triggered.members, obligation.within, asked.calendar)
    responses = find_evidence(batch, obligation.response, obligation.triggers())
    exemptions = find_evidence(batch, obligation.exemptions, obligation.triggers())
    able = asked.able_to_record(batch, obligation.response)
    is_touched = touched(
        batch, occasions, responses.timed(), responses.partial(), exemptions.timed(), exemptions.partial()
    )
    judged = [
        (_judge_exact if is_exact else _judge_inexact)(asked, batch, part, responses, exemptions, able)
        for is_exact, part in split(occasions, is_touched)
    ]
    return [*judged, untimed_triggers(asked, batch, triggered.untimed)]


def _judge_exact(
    asked: Asked,
    batch: Batch,
    occasions: pl.DataFrame,
    responses: EvidencePositions,
    exemptions: EvidencePositions,
    able: AbilityByHolding,
) -> pl.DataFrame:
    since = asked.obligation.since_opening
    response = first_in_window(occasions, responses.others, responses.also_triggers, since_opening=since)
    exemption = first_in_window(occasions, exemptions.others, exemptions.also_triggers, since_opening=since)
    incomplete = [
        first_in_window(occasions, one.partial_others, one.partial_also_triggers, since_opening=since).is_not_null()
        for one in (responses, exemptions)
        if len(one.partial())
    ] + [
        occasions.get_column("group").is_in(one.groups_with_untimed.implode())
        for one in (responses, exemptions)
        if len(one.groups_with_untimed)
    ]
    occasions = with_event(batch, with_event(batch, occasions, response, RESPONSE), exemption, EXEMPTION)
    return occasions.with_columns(
        is_incomplete=pl.any_horizontal([pl.lit(one) for one in incomplete]) if incomplete else pl.lit(False)
    ).with_columns(
        verdict=verdict_of_response(
            deadline="deadline",
            response="responded_at",
            exemption="exempted_at",
            as_at=asked.as_at,
            able=able.state(),
            gap=able.is_gap(pl.col("at"), pl.col("deadline")),
        ),
        late_by=pl.col("responded_at") - pl.col("deadline"),
    )


def _judge_inexact(
    asked: Asked,
    batch: Batch,
    occasions: pl.DataFrame,
    responses: EvidencePositions,
    exemptions: EvidencePositions,
    able: AbilityByHolding,
) -> pl.DataFrame:
    since = asked.obligation.since_opening
    untimed = pl.concat([responses.groups_with_untimed, exemptions.groups_with_untimed]).implode()

    def judge(part: pl.DataFrame) -> pl.DataFrame:
        part = part.with_row_index("o").with_columns(is_incomplete=pl.col("group").is_in(untimed))
        for evidence, name in ((responses, "response"), (exemptions, "exemption")):
            pairs = pairs_in_window(batch, part, evidence, asked.calendar, since_opening=since)
            partial = pairs.filter("is_partial").get_column("o").implode()
            part = part.join(
                taken(pairs.filter(~pl.col("is_partial")), name), on="o", how="left", maintain_order="left"
            ).with_columns(is_incomplete=pl.col("is_incomplete") | pl.col("o").is_in(partial))
        return judge_twice(asked, batch, part.drop("o"), able)

    events = batch.at(
        pl.concat([responses.timed(), responses.partial(), exemptions.timed(), exemptions.partial()]), ["group"]
    )
    return in_parts(occasions, events, judge)


def judge_twice(asked: Asked, batch: Batch, part: pl.DataFrame, able: AbilityByHolding) -> pl.DataFrame:
    """The verdict where times are inexact: favourable and, unless the limit is in days, unfavourable."""
    part = with_event(batch, part, part.get_column("response_pos"), RESPONSE)
    if "exempted_at" not in part.columns:
        part = with_event(batch, part, part.get_column("exemption_pos"), EXEMPTION)
    gap = able.is_gap(pl.col("at"), pl.col("deadline"))
    both = {
        kind: verdict_of_response(
            deadline=deadline,
            response=f"response_{kind}",
            exemption=f"exemption_{kind}",
            as_at=asked.as_at,
            able=able.state(),
            gap=gap,
        )
        for kind, deadline in (("favourable", "deadline"), ("unfavourable", "deadline_unfavourable"))
    }
    return part.with_columns(**both, late_by=pl.col("response_favourable") - pl.col("deadline")).with_columns(
        verdict=pl.when("is_in_days").then("favourable").otherwise(differing("favourable", "unfavourable"))
    )


assert Verdict.MET < Verdict.NO_CHILD, "verdicts from NO_CHILD on are those that cannot be told"
