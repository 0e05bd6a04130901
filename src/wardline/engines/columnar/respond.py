"""Respond: after the trigger, the response within the time limit, unless an exemption (rules 3 to 6)."""

from __future__ import annotations

import polars as pl

from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.evidence import find_evidence, first_in_window, with_event
from wardline.engines.columnar.inexact import pairs_in_window
from wardline.engines.columnar.judging_by_deadline import Candidates, judged_by_deadline
from wardline.engines.columnar.limits_and_deadlines import with_deadlines
from wardline.engines.columnar.occasion_columns import EXEMPTION, RESPONSE
from wardline.engines.columnar.shaping import Asked, untimed_triggers
from wardline.engines.columnar.triggers import find_triggers
from wardline.obligations import Respond
from wardline.time_limits import Calendar, deadline_column

__all__ = ["check_respond"]


def check_respond(asked: Asked, batch: Batch, obligation: Respond) -> list[pl.DataFrame]:
    """What is concluded of each occasion, as frames of occasions with a `verdict`."""
    triggered = find_triggers(batch, obligation.trigger, asked.resolved, asked.calendar, obligation.counted_from)
    occasions = asked.judged.timed(batch, triggered.merged)
    occasions = _due(batch, occasions, triggered.members, obligation, asked.calendar)
    responses = find_evidence(batch, obligation.response, obligation.triggers())
    exemptions = find_evidence(batch, obligation.exemptions, obligation.triggers())
    since = obligation.since_opening

    def find(part: pl.DataFrame) -> pl.DataFrame:
        response = first_in_window(part, responses.others, responses.also_triggers, since_opening=since)
        exemption = first_in_window(part, exemptions.others, exemptions.also_triggers, since_opening=since)
        partial = [
            first_in_window(part, one.partial_others, one.partial_also_triggers, since_opening=since).is_not_null()
            for one in (responses, exemptions)
            if len(one.partial())
        ]
        part = with_event(batch, with_event(batch, part, response, RESPONSE), exemption, EXEMPTION)
        return part.with_columns(is_incomplete=pl.any_horizontal(pl.lit(False), *map(pl.lit, partial)))

    def find_candidates(part: pl.DataFrame) -> Candidates:
        in_window = [
            pairs_in_window(batch, part, one, asked.calendar, since_opening=since, by_day=by_day)
            for one, by_day in ((responses, ~pl.col("is_also")), (exemptions, None))
        ]
        full = [pairs.filter(~pl.col("is_partial")) for pairs in in_window]
        partial = pl.concat([pairs.filter("is_partial").get_column("o") for pairs in in_window])
        return Candidates(full[0], full[1], partial)

    judged = judged_by_deadline(
        asked,
        batch,
        occasions,
        (responses, exemptions),
        asked.able_to_record(batch, obligation.response),
        find=find,
        find_candidates=find_candidates,
    )
    return [*judged, untimed_triggers(asked, batch, triggered.untimed)]


def _due(
    batch: Batch, occasions: pl.DataFrame, members: pl.DataFrame, obligation: Respond, calendar: Calendar
) -> pl.DataFrame:
    """The occasions with their deadlines; with `owed after`, counted from so much later, which is `owed_from`, and at
    the latest `owed_from_latest`.
    """
    length = obligation.owed_after
    if length is None:
        return with_deadlines(batch, occasions, members, obligation.within, calendar)
    later = occasions.with_columns(
        deadline_column(length, pl.col(name), calendar, null_without_holidays=True).alias(name) for name in ("at", "by")
    )
    due = with_deadlines(batch, later, members, obligation.within, calendar)
    return due.with_columns(
        occasions.get_column("at"), occasions.get_column("by"), owed_from="at", owed_from_latest="by"
    )
