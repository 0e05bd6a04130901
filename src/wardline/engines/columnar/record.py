"""Record: a field is filled in by the time the event happens (rule 11)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wardline.engines.columnar.abilities import (
    ABLE,
    NOT_JOINED,
    NOT_RECORDED_HERE,
    able_to_record_events,
    able_to_record_field,
)
from wardline.engines.columnar.batch import Batch, at_or_after, before
from wardline.engines.columnar.before_event import find_exemptions, with_exemption
from wardline.engines.columnar.inexact import in_parts, split, touched
from wardline.engines.columnar.judging import Verdict, differing
from wardline.engines.columnar.never import cases_without
from wardline.engines.columnar.patterns import attribute, names_in
from wardline.engines.columnar.shaping import Asked, untimed_triggers
from wardline.engines.columnar.triggers import find_triggers
from wardline.obligations import EventPattern, Owner, Record, RecordField, RecordOf

__all__ = ["check_record"]

NOT_FILLED_IN = ("", "unknown", "not stated")


def check_record(asked: Asked, batch: Batch, obligation: Record) -> list[pl.DataFrame]:
    """What is concluded of each event, and of each case without one, as frames with a `verdict`."""
    triggered = find_triggers(batch, obligation.by, asked.resolved, asked.calendar)
    occasions = asked.judged.timed(batch, triggered.merged)
    field, exemptions = obligation.record, find_exemptions(asked, batch)
    holders = batch.named([field.event]) if field.event is not None else batch.named([])
    is_touched = touched(batch, occasions, exemptions.timed(), holders)
    frames = []
    for is_exact, part in split(occasions, is_touched):
        part = with_exemption(batch, part, exemptions, is_exact=is_exact)
        if field.of is RecordOf.EVENT:
            part = _filled_in_event(batch, part, field, triggered.members, obligation.triggers(), is_exact=is_exact)
        else:
            part = _filled_in_case_or_person(batch, part, field)
        frames.append(_judge(asked, batch, obligation, part))
    return [
        *frames,
        _no_child(batch, obligation, untimed_triggers(asked, batch, triggered.untimed)),
        _without_event(asked, batch, obligation, triggered.cases_with),
    ]


def _is_filled_in(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.Categorical():
        column, dtype = column.cast(pl.String), pl.String()
    if dtype != pl.String():
        return column.is_not_null()
    return (~column.str.strip_chars().str.to_lowercase().is_in(NOT_FILLED_IN)).fill_null(False)


def _filled(table: pl.DataFrame, field: str) -> pl.Series:
    """For each row whether the field is filled in; one that the log does not have never is."""
    if attribute(field) not in table.columns:
        return pl.Series([False]).new_from_index(0, table.height)
    column = table.get_column(attribute(field))
    return table.select(_is_filled_in(pl.col(attribute(field)), column.dtype)).to_series()


def _filled_in_case_or_person(batch: Batch, occasions: pl.DataFrame, field: RecordField) -> pl.DataFrame:
    case = occasions.get_column("case")
    if field.of is RecordOf.CASE:
        is_filled = _filled(batch.cases, field.field).gather(case)
        return occasions.with_columns(
            is_filled=is_filled, is_filled_unfavourable=is_filled, is_joined=pl.lit(True), is_untimed=pl.lit(False)
        )
    child = pl.lit(batch.of_case("child_id", case))
    filled = batch.people.filter(_filled(batch.people, field.field)).get_column("child_id").implode()
    known = batch.people.get_column("child_id").implode()
    return occasions.with_columns(
        no_child=pl.col("no_child") | child.is_null(),
        is_filled=child.is_in(filled).fill_null(False),
        is_filled_unfavourable=child.is_in(filled).fill_null(False),
        is_joined=child.is_in(known).fill_null(False),
        is_untimed=pl.lit(False),
    )


def _filled_in_event(
    batch: Batch,
    occasions: pl.DataFrame,
    field: RecordField,
    members: pl.DataFrame,
    patterns: Sequence[EventPattern],
    *,
    is_exact: bool,
) -> pl.DataFrame:
    """Whether the event's own field, or else that of the latest such event at or before it, is filled in."""
    assert field.event is not None
    holders = batch.named([field.event])
    held = batch.at(
        holders,
        ["group", "start", "at", "by", *(name for name in batch.timed.columns if name == attribute(field.field))],
    )
    held = held.with_columns(_filled(held, field.field).alias("own_filled"))
    occasions = _with_own(occasions, held, members, is_holder=any(one.event == field.event for one in patterns))
    untimed = batch.untimed.filter(_filled(batch.untimed, field.field) & (pl.col("event") == field.event))
    occasions = occasions.with_columns(
        is_untimed=pl.col("group").is_in(untimed.get_column("group").implode()), is_joined=pl.lit(True)
    )
    if is_exact:
        latest = before(holders, occasions.get_column("after"), occasions.get_column("opens"))
        # Of several at one instant any will do, so all that are filled in are looked for at the latest one's instant.
        filled = (
            at_or_after(
                holders.filter(held.get_column("own_filled")),
                batch.timed.get_column("start").gather(latest.fill_null(0)),
                occasions.get_column("after"),
            ).is_not_null()
            if len(holders)
            else latest.is_not_null()
        )
        is_filled = pl.coalesce("own", pl.lit(filled) & pl.lit(latest).is_not_null())
        return occasions.with_columns(is_filled=is_filled, is_filled_unfavourable=is_filled).drop("own")

    def judge(part: pl.DataFrame) -> pl.DataFrame:
        part = part.with_row_index("o")
        pairs = part.select("o", "group", t1="at", t2="by").join(held, on="group", maintain_order="left")
        for name, is_before in (
            ("is_filled", pl.col("at") <= pl.col("t2")),
            ("is_filled_unfavourable", pl.col("by") <= pl.col("t1")),
        ):
            # Of those at the latest instant any will do, but only of those that count.
            counting = pairs.filter(is_before).filter(pl.col("at") == pl.col("at").max().over("o"))
            of_events = counting.group_by("o").agg(pl.col("own_filled").any().alias(name))
            part = part.join(of_events, on="o", how="left", maintain_order="left").with_columns(
                pl.coalesce("own", pl.col(name).fill_null(False)).alias(name)
            )
        return part.drop("o", "own")

    return in_parts(occasions, held, judge)


def _with_own(occasions: pl.DataFrame, held: pl.DataFrame, members: pl.DataFrame, *, is_holder: bool) -> pl.DataFrame:
    """Whether the field of the event itself is filled in; null where it is no event that has the field."""
    if not is_holder:
        return occasions.with_columns(own=pl.lit(None, pl.Boolean))
    own = (
        members.select("trigger", "pos")
        .join(held.select("pos", own="own_filled"), on="pos")
        .group_by("trigger")
        .agg(pl.col("own").any())
    )
    return occasions.join(own, on="trigger", how="left", maintain_order="left")


def _judge(asked: Asked, batch: Batch, obligation: Record, occasions: pl.DataFrame) -> pl.DataFrame:
    able = able_to_record_field(batch, asked.systems, obligation.record)
    both = {
        f"favourable{suffix}": (
            pl.when("no_child")
            .then(Verdict.NO_CHILD.lit())
            .when(f"is_filled{suffix}")
            .then(Verdict.MET.lit())
            .when(f"is_exempt{suffix}")
            .then(Verdict.EXEMPT.lit())
            .when(pl.col("is_incomplete") | pl.col("is_untimed"))
            .then(Verdict.EVIDENCE_INCOMPLETE.lit())
            .when(able.state() != ABLE)
            .then(Verdict.NOT_RECORDED_HERE.lit())
            .when(~pl.col("is_joined"))
            .then(Verdict.NOT_JOINED.lit())
            .otherwise(Verdict.MISSED.lit())
        )
        for suffix in ("", "_unfavourable")
    }
    return occasions.with_columns(**both).with_columns(
        verdict=differing("favourable", "favourable_unfavourable"),
        deadline="by",
        counted=~pl.col("no_child") & (able.state() == ABLE) & pl.col("is_joined"),
    )


def _no_child(batch: Batch, obligation: Record, occasions: pl.DataFrame) -> pl.DataFrame:
    """A person's field cannot be told where the case has no person."""
    if obligation.record.of is not RecordOf.PERSON:
        return occasions
    child = batch.of_case("child_id", occasions.get_column("case"))
    return occasions.with_columns(
        verdict=pl.when(pl.lit(child).is_null()).then(Verdict.NO_CHILD.lit()).otherwise("verdict")
    )


def _without_event(asked: Asked, batch: Batch, obligation: Record, cases_with: pl.Series) -> pl.DataFrame:
    """Each case in which the event is not recorded: it is owed until the case is closed, and then no more."""
    without = cases_without(asked, batch, cases_with)
    if obligation.record.of is RecordOf.PERSON:
        without = _filled_in_case_or_person(batch, without, obligation.record)
    else:
        without = without.with_columns(is_joined=pl.lit(True))
    event = able_to_record_events(batch, asked.systems, names_in(obligation.triggers()), Owner.FORCE).state()
    field = able_to_record_field(batch, asked.systems, obligation.record).state()
    closed_at = pl.lit(batch.of_case("closed_at", without.get_column("case")))
    verdict = (
        pl.when("no_child")
        .then(Verdict.NO_CHILD.lit())
        .when(event == NOT_RECORDED_HERE)
        .then(Verdict.NOT_RECORDED_HERE.lit())
        .when(event == NOT_JOINED)
        .then(Verdict.NOT_JOINED.lit())
        .when(closed_at.is_null())
        .then(Verdict.NOT_YET_DUE.lit())
        .otherwise(Verdict.EXEMPT.lit())
    )
    return without.with_columns(
        verdict=verdict,
        exempted_at=pl.when(verdict == Verdict.EXEMPT).then(closed_at),
        counted=~pl.col("no_child") & (field == ABLE) & pl.col("is_joined"),
    )
