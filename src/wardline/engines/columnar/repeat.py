"""Repeat: while a period lasts, the response at least every so often (rule 10)."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import polars as pl

from wardline.engines.columnar.batch import Batch, at_or_after
from wardline.engines.columnar.evidence import EvidencePositions, find_evidence, first_in_window, with_event
from wardline.engines.columnar.inexact import is_known_by_day, pairs_in_window, widened
from wardline.engines.columnar.judging_by_deadline import Candidates, judged_by_deadline
from wardline.engines.columnar.limits_and_deadlines import with_deadlines
from wardline.engines.columnar.occasion_columns import EXEMPTION, IN_A_PERIOD, RESPONSE, checked
from wardline.engines.columnar.shaping import Asked, untimed_triggers
from wardline.engines.columnar.triggers import Triggers, find_triggers
from wardline.events import INSTANT
from wardline.obligations import Repeat
from wardline.time_limits import local_date_column

__all__ = ["check_repeat"]

OPEN_END = 2**32 - 1  # a position behind every other


def check_repeat(asked: Asked, batch: Batch, obligation: Repeat) -> list[pl.DataFrame]:
    """What is concluded of each occasion, as frames of occasions with a `verdict`."""
    triggered = find_triggers(batch, obligation.start, asked.resolved, asked.calendar)
    periods = _periods(batch, triggered, obligation)
    answering = batch.matching(obligation.response)
    begun = _occasions(batch, periods, answering)
    if not batch.is_exact:
        of_first_days = _begun_on_first_day(asked, batch, obligation, periods, triggered, answering)
        begun = pl.concat([begun, of_first_days.select(begun.columns)]).sort("start", maintain_order=True)
    occasions = asked.judged.timed(batch, begun)
    occasions = with_deadlines(batch, occasions, triggered.members, obligation.every, asked.calendar, is_repeat=True)
    sought = _sought(batch, obligation, answering)
    since = obligation.since_opening
    judged = judged_by_deadline(
        asked,
        batch,
        occasions,
        sought,
        asked.able_to_record(batch, obligation.response),
        find=lambda part: _find(batch, part, sought, since_opening=since),
        find_candidates=lambda part: _candidates(asked, batch, part, sought, obligation),
    )
    return [*judged, untimed_triggers(asked, batch, triggered.untimed)]


class EvidenceOfRepeat(NamedTuple):
    """What counts for a repeat, and what leaves it open."""

    responses: EvidencePositions
    unless: EvidencePositions
    until: EvidencePositions


def _sought(batch: Batch, obligation: Repeat, answering: pl.Series) -> EvidenceOfRepeat:
    own = (*obligation.start.patterns, *obligation.response)
    responses = find_evidence(batch, obligation.response, ())
    # A response counts only strictly after the occasion's start, whatever else it matches.
    responses = replace(
        responses,
        others=answering.clear(),
        also_triggers=answering,
        partial_others=answering.clear(),
        partial_also_triggers=responses.partial_others,
    )
    return EvidenceOfRepeat(
        responses, find_evidence(batch, obligation.exemptions, own), find_evidence(batch, obligation.until or (), own)
    )


# PERIODS
#
# A period has the row of the T that began it and `until_pos`, the position of the event that ends it (null: none);
# or, where `until` is left out, `until_at` alone, which is when its case was closed.
#
# With `until`, the next end at or after each T says which period it belongs to, so no T waits for the one before it:
#
#     T1      T2      U1 T3       T4      U2          T5
#     └ U1    └ U1       └ U2     └ U2                └ none      the first T of each end begins a period: T1, T3, T5
#
#     T1              U1=T2                           a T at the very instant of an end starts nothing: its next end
# └ U1               └ U1                         is at that instant, and it is left out before the ends are compared
#
# Without `until`, the closing of T's own case ends the period. One case is as above. The cases of a child overlap, and
# then each T waits for what ran before it (`_begins_period`):
#
#     case A      T1 ═══════════════════ closed       T1 begins, until A is closed
#     case B            T2               T3 ═══→      T2 lies inside: nothing, though B is still open
#                                                     T3 comes when A is closed: B owes it
#     case C                             T4=closed    T4 comes at the closing of its own case: nothing


def _periods(batch: Batch, triggered: Triggers, obligation: Repeat) -> pl.DataFrame:
    if obligation.until is not None:
        first = triggered.merged.unique("start", keep="first", maintain_order=True)
        return _until_events(batch, first, batch.matching(obligation.until))
    closed = batch.of_case("closed_at", triggered.merged.get_column("case"))
    first = triggered.merged.with_columns(until_at=closed, until_pos=pl.lit(None, dtype=pl.UInt32))
    ends_it = pl.when(pl.col("until_at") > pl.col("at")).then("until_at")
    if not batch.is_by_case:
        return first.filter(_begins_period(first)).with_columns(until_at=ends_it)
    first = first.filter(pl.col("until_at").is_null() | (pl.col("until_at") != pl.col("at")))
    return first.with_columns(until_at=ends_it).filter(_is_new("until_at"))


def _is_new(until: str) -> pl.Expr:
    """Whether a row is the first of those of one group and one end of the period."""
    group, end = pl.col("group"), pl.col(until)
    return (group != group.shift()).fill_null(True) | end.ne_missing(end.shift())


def _until_events(batch: Batch, first: pl.DataFrame, ends: pl.Series) -> pl.DataFrame:
    closes = batch.bounds.get_column("closes").gather(first.get_column("group"))
    until = at_or_after(ends, first.get_column("start"), closes)
    event = batch.timed.select("start", "at").select(pl.all().gather(until))
    first = first.with_columns(until_pos=until, until_start=event.get_column("start"), until_at=event.get_column("at"))
    first = first.filter(pl.col("until_start").is_null() | (pl.col("until_start") != pl.col("start")))
    return first.filter(_is_new("until_start")).drop("until_start")


def _begins_period(first: pl.DataFrame) -> pl.Series:
    """Where until is left out and a group has several cases: each T by what ran before it, one after the other."""
    begins: list[bool] = []
    group, is_running, end = -1, False, None
    for its_group, at, closed in first.select("group", pl.col("at", "until_at").to_physical()).iter_rows():
        if its_group != group:
            group, is_running = its_group, False
        is_inside = is_running and (end is None or at < end)
        begins.append(not is_inside and closed != at)
        if begins[-1]:
            is_running, end = True, closed if closed is not None and closed > at else None
    return pl.Series(begins, dtype=pl.Boolean)


def _occasions(batch: Batch, periods: pl.DataFrame, answering: pl.Series) -> pl.DataFrame:
    """An occasion at the T of each period and at each R strictly after it and before its end."""
    answers = batch.at(answering, ["group", "start", "at", "by"])
    is_new = (pl.col("start") != pl.col("start").shift()).fill_null(True)
    if not batch.is_exact:
        answers = answers.with_columns(by=pl.col("by").max().over("start"))
    answers = answers.filter(is_new)
    begun = periods.get_column("start")
    if begun.is_empty():
        answers = answers.clear()
    period = (begun.search_sorted(answers.get_column("start"), side="left").cast(pl.Int64) - 1).clip(lower_bound=0)
    of_period = periods.select("group", "case", "trigger", "until_at", "until_pos", began="start").select(
        pl.all().gather(period)
    )
    is_within = pl.select(
        (pl.lit(of_period.get_column("group")) == pl.lit(answers.get_column("group")))
        & (pl.lit(of_period.get_column("began")) < pl.lit(answers.get_column("start")))
        & (
            pl.lit(of_period.get_column("until_at")).is_null()
            | (pl.lit(answers.get_column("at")) < pl.lit(of_period.get_column("until_at")))
        )
    ).to_series()
    columns = ["group", "case", "start", "at", "by", "pos", "trigger", "until_at", "until_pos"]
    answers = pl.concat([answers, of_period.drop("group", "began")], how="horizontal").filter(is_within)
    found = pl.concat([periods.select(columns), answers.select(columns)]).sort("start")
    found = found.with_columns(batch.timed.get_column("event_id").gather(found.get_column("pos")))
    return checked(found, IN_A_PERIOD)


def _begun_on_first_day(
    asked: Asked, batch: Batch, obligation: Repeat, periods: pl.DataFrame, triggered: Triggers, answering: pl.Series
) -> pl.DataFrame:
    """An occasion at each R that is known by its day only and taken as after the T of that day: IN_A_PERIOD (rule 6).

    2 June      10:00 T ══════════════════       R on some time of 2 June: its position is before that of T,
    00:00 R ────────────────────── 24:00         but it is taken as after T, and the next R is due after it
    """
    calendar = asked.calendar
    exact = periods.filter(pl.col("at") == pl.col("by"))
    first = asked.judged.with_group(batch, exact)
    first = with_deadlines(batch, first, triggered.members, obligation.every, calendar, is_repeat=True)
    first = first.filter("is_a_day").select(
        *("group", "case", "trigger", "until_at", "until_pos"), day=local_date_column(pl.col("at"), calendar)
    )
    own = batch.matching(obligation.start.patterns).implode()
    answers = (
        batch.at(answering, ["group", "start", "at", "by", "event_id"])
        .filter(is_known_by_day(pl.col("at"), pl.col("by"), calendar), ~pl.col("pos").is_in(own))
        .unique("start", keep="first", maintain_order=True)
        .with_columns(day=local_date_column(pl.col("at"), calendar))
    )
    found = first.join(answers, on=["group", "day"], maintain_order="left_right")
    return checked(found.select(*IN_A_PERIOD), IN_A_PERIOD)


# JUDGING


def _find(batch: Batch, occasions: pl.DataFrame, sought: EvidenceOfRepeat, *, since_opening: bool) -> pl.DataFrame:
    """Where every time is exact: the response that answers, and the exemption or the end of the period."""
    responses, unless, _ = sought
    response = _by_end(batch, occasions, first_in_window(occasions, responses.others, responses.also_triggers))
    exempting = first_in_window(occasions, unless.others, unless.also_triggers, since_opening=since_opening)
    partial = [
        _by_end(
            batch,
            occasions,
            first_in_window(
                occasions, one.partial_others, one.partial_also_triggers, since_opening=since_opening and one is unless
            ),
        ).is_not_null()
        for one in sought
        if len(one.partial())
    ]
    occasions = with_event(batch, with_event(batch, occasions, response, RESPONSE), exempting, EXEMPTION)
    occasions = occasions.with_columns(
        exempting.alias("exempting"), is_incomplete=pl.any_horizontal(pl.lit(False), *map(pl.lit, partial))
    )
    return _or_until(batch, occasions)


def _by_end(batch: Batch, occasions: pl.DataFrame, positions: pl.Series) -> pl.Series:
    """The positions, null where the event is after the end of the period."""
    at = batch.timed.get_column("at").gather(positions)
    ends = occasions.get_column("until_at")
    return pl.select(pl.when(pl.lit(ends).is_null() | (pl.lit(at) <= pl.lit(ends))).then(pl.lit(positions))).to_series()


def _or_until(batch: Batch, occasions: pl.DataFrame) -> pl.DataFrame:
    """The exemption, or the end of the period where that comes first; an event before a closing at one instant."""
    until = with_event(batch, occasions.select("until_at"), occasions.get_column("until_pos"), EXEMPTION).with_columns(
        exempted_at="until_at"
    )
    is_first = pl.col("until_at").is_not_null() & (
        pl.col("exempted_at").is_null()
        | (pl.col("until_at") < pl.col("exempted_at"))
        | ((pl.col("until_at") == pl.col("exempted_at")) & (pl.col("until_pos") < pl.col("exempting")).fill_null(False))
    )
    return occasions.with_columns(
        pl.when(is_first).then(pl.lit(until.get_column(name))).otherwise(name).alias(name) for name in EXEMPTION
    )


def _candidates(
    asked: Asked, batch: Batch, part: pl.DataFrame, sought: EvidenceOfRepeat, obligation: Repeat
) -> Candidates:
    """Where times are inexact: everything in the window, up to the end of the period; and that end as an exemption."""
    is_by_end = pl.col("until_at").is_null() | (pl.col("event_at") <= pl.col("until_at"))
    is_first = pl.col("pos") == pl.col("trigger")
    own = batch.matching(obligation.start.patterns).implode()
    # An occasion that a response of the T's own day began looks no further back than T.
    part = part.with_columns(batch.timed.get_column("at").gather(part.get_column("trigger")).alias("period_at"))
    ways = (
        (sought.responses, False, is_first & ~pl.col("event_pos").is_in(own), pl.col("event_at") > pl.col("period_at")),
        (sought.unless, obligation.since_opening, None, pl.col("event_by") >= pl.col("period_at")),
        (sought.until, False, None, pl.col("event_by") >= pl.col("period_at")),
    )
    pairs = []
    for evidence, since_opening, by_day, is_in_period in ways:
        found = pairs_in_window(batch, part, evidence, asked.calendar, since_opening=since_opening, by_day=by_day)
        pairs.append(found if since_opening else found.filter(is_first | is_in_period))
    responses, unless, _ = (one.filter(~pl.col("is_partial")) for one in pairs)
    # Which `until` ends the period was settled by `happened_at`; it lies in the window in any case.
    ending = _ending(batch, part, asked).select(unless.columns)
    return Candidates(
        responses.filter(is_by_end),
        pl.concat([unless, ending]),
        pl.concat([one.filter(is_by_end, "is_partial").get_column("o") for one in pairs]),
    )


def _ending(batch: Batch, part: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """The end of each occasion's period as a pair of the occasion and an exempting event."""
    ended = part.filter(pl.col("until_at").is_not_null())
    events = batch.timed.select("event_id", pl.col("by").alias("event_by"), "recorded_at").select(
        pl.all().gather(ended.get_column("until_pos"))
    )
    ended = (
        ended.drop("event_id")
        .with_columns(events.get_columns())
        .with_columns(
            event_pos=pl.col("until_pos").fill_null(OPEN_END),
            event_at="until_at",
            event_by=pl.coalesce("event_by", "until_at"),
            is_also=pl.lit(False),
            is_partial=pl.lit(False),
            event_id_right="event_id",
        )
    )
    ended = ended.with_columns(
        *widened(ended, "at", "by", asked.calendar), *widened(ended, "event_at", "event_by", asked.calendar)
    )
    may_be_before = pl.col("event_at") < pl.col("by")
    is_exact = (pl.col("event_at") == pl.col("event_by")) & (pl.col("at") == pl.col("by"))
    return ended.with_columns(
        favourable=pl.max_horizontal("event_at_wide", "by_wide"),
        unfavourable=pl.when(~may_be_before | is_exact).then("event_by").cast(INSTANT),
    )
