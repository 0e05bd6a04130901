"""Many entries typed at one time: of a whole system within a minute, or of one event within ten minutes.

The first is somebody catching up, or a machine. The second is twenty reviews in six minutes: entries of which each
stands for an act of its own that takes longer than that. Both are looked for by when things were typed; on one case,
where a system does not say when, by when they are said to have happened. (On many cases they may: a panel that meets
at ten reviews a dozen children at ten.)
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from wardline.events.record_faults.table import RECORD_FAULTS, RecordFault, cases_in_words, listed
from wardline.time_limits import read_elapsed

__all__ = ["typed_in_one_burst"]

# We chose these; no guidance gives any. They are wide, so that what is listed deserves a look.
BURST_ENTRIES = 10  # so many entries
BURST_TIMES_USUAL = 10  # and so many times what is usual at other times, so that busy systems may be busy
WINDOW = read_elapsed("10 minutes")  # in which entries of one event are counted
ENOUGH_TENTHS = 30  # ten minutes of the clock that hold any, before anything is said of what is usual
EVENTS_AT_A_TIME = 1_000_000  # sorted at once: the larger a log, the more parts it is gone through in

ONE_EVENT = ["source", "event"]


def typed_in_one_burst(events: pl.LazyFrame) -> pl.DataFrame:
    """Both sorts; a minute of the first that lies in a burst of the second with as many entries is not listed again."""
    entries = int(events.select(pl.len()).collect(engine="streaming").item())
    if entries < BURST_ENTRIES:
        return RECORD_FAULTS.to_frame()
    on_one_case = pl.concat(list(_on_one_case(events, parts=1 + entries // EVENTS_AT_A_TIME)))
    of_one_event = pl.concat([_without(_of_one_event(events), on_one_case), on_one_case])
    minutes = _of_a_system(events)
    covered = (
        minutes.join(of_one_event, on="source", nulls_equal=True, suffix="_of_one")
        .filter(
            pl.col("minute") >= pl.col("first_at").dt.truncate("1m"),
            pl.col("minute") <= pl.col("last_at"),
            pl.col("entries_of_one") >= pl.col("entries"),
        )
        .select("source", "minute")
    )
    minutes = minutes.join(covered, on=["source", "minute"], how="anti", nulls_equal=True)
    whole_system = listed(
        minutes.lazy(),
        RecordFault.TYPED_IN_ONE_BURST,
        pl.format("{} entries on {} were recorded within one minute.", "entries", cases_in_words("cases")),
        case_id=None,
        happened_at="minute",
    )
    minute_count = (pl.col("last_at") - pl.col("first_at")).dt.total_minutes() + 1
    one_event = listed(
        of_one_event.with_columns(minutes=minute_count).lazy(),
        RecordFault.TYPED_IN_ONE_BURST,
        pl.format(
            "{} entries of `{}` on {} were recorded within {}.",
            "entries",
            "event",
            cases_in_words("cases"),
            pl.when(pl.col("minutes") == 1).then(pl.lit("one minute")).otherwise(pl.format("{} minutes", "minutes")),
        ),
        case_id=pl.when(pl.col("cases") == 1).then("case_id"),
        event_id="first_event",
        other_event_id="last_event",
        happened_at="first_at",
    )
    found = [whole_system.collect(), one_event.collect()]
    return pl.concat([one for one in found if one.height] or [RECORD_FAULTS.to_frame()])


def _without(on_several: pl.DataFrame, on_one: pl.DataFrame) -> pl.DataFrame:
    """The bursts on several cases but for those that are one on a single case, and a few entries beside it."""
    beside = on_several.join(on_one, on=ONE_EVENT, nulls_equal=True, suffix="_on_one").filter(
        pl.col("first_at_on_one") <= pl.col("last_at"), pl.col("last_at_on_one") >= pl.col("first_at")
    )
    one_burst = [*ONE_EVENT, "first_event"]
    few = (
        beside.group_by(one_burst)
        .agg(rest=pl.col("entries").first() - pl.col("entries_on_one").sum().cast(pl.Int64))
        .filter(pl.col("rest") < BURST_ENTRIES)
    )
    return on_several.join(few, on=one_burst, how="anti", nulls_equal=True)


# ALL ENTRIES OF A SYSTEM


def _of_a_system(events: pl.LazyFrame) -> pl.DataFrame:
    recorded = events.filter(pl.col("recorded_at").is_not_null()).select(
        "source", "case_id", minute=pl.col("recorded_at").dt.truncate("1m")
    )
    one_minute = ["source", "minute"]
    span = pl.col("minute").max().over("source") - pl.col("minute").min().over("source")
    others = pl.col("entries").sum().over("source") - pl.col("entries")
    usual = others / pl.max_horizontal(span.dt.total_minutes(), 1)
    bursts = (
        recorded.group_by(one_minute)
        .agg(entries=pl.len())
        .filter(pl.col("entries") >= BURST_ENTRIES, pl.col("entries") >= BURST_TIMES_USUAL * usual)
    )
    # Cases are counted only where there is a burst: to keep those of every minute would be to keep all of them.
    return (
        recorded.join(bursts, on=one_minute, how="inner", nulls_equal=True)
        .group_by(one_minute)
        .agg(pl.col("entries").first(), cases=pl.col("case_id").n_unique())
        .collect(engine="streaming")
    )


# ENTRIES OF ONE EVENT


def _of_one_event(events: pl.LazyFrame) -> pl.DataFrame:
    """Bursts on several cases: far more within ten minutes than is usual in those ten minutes of the clock that
    hold any.
    """
    typed = events.filter(pl.col("recorded_at").is_not_null()).select(
        "event_id", *ONE_EVENT, "case_id", typed_at="recorded_at"
    )
    counted = (
        typed.group_by(*ONE_EVENT, tenth=pl.col("typed_at").dt.truncate(WINDOW))
        .agg(entries=pl.len())
        .collect(engine="streaming")
        .sort(*ONE_EVENT, "tenth")
        .with_columns(
            # Half of the tenths that hold any hold no more; a few tell nothing of what is usual.
            usual=pl.when(pl.len().over(ONE_EVENT) >= ENOUGH_TENTHS)
            .then(pl.col("entries").median().over(ONE_EVENT))
            .otherwise(0),
            with_next=pl.col("entries")
            + pl.when(pl.col("tenth").shift(-1).over(ONE_EVENT) == pl.col("tenth") + WINDOW)
            .then(pl.col("entries").shift(-1).over(ONE_EVENT))
            .otherwise(0),
        )
        .with_columns(enough=pl.max_horizontal(BURST_ENTRIES, (BURST_TIMES_USUAL * pl.col("usual")).ceil()))
    )
    # Any ten minutes lie in two tenths that follow each other, so only there is each entry looked at.
    near = counted.filter(pl.col("with_next") >= pl.col("enough"))
    near = pl.concat([near, near.with_columns(pl.col("tenth") + WINDOW)]).unique([*ONE_EVENT, "tenth"])
    entries = (
        typed.with_columns(tenth=pl.col("typed_at").dt.truncate(WINDOW))
        .join(near.lazy().select(*ONE_EVENT, "tenth", "enough"), on=[*ONE_EVENT, "tenth"], nulls_equal=True)
        .collect(engine="streaming")
    )
    # A burst on one case is found case by case.
    return _bursts(entries, ONE_EVENT).filter(pl.col("cases") > 1)


def _on_one_case(events: pl.LazyFrame, *, parts: int) -> Iterator[pl.DataFrame]:
    """Bursts on one case, for which nothing is usual; cases in parts, so that a log of any size will do."""
    is_exact = pl.col("happened_by").is_null() | (pl.col("happened_by") == pl.col("happened_at"))
    typed = events.select(
        "event_id", *ONE_EVENT, "case_id", typed_at=pl.coalesce("recorded_at", pl.when(is_exact).then("happened_at"))
    ).filter(pl.col("typed_at").is_not_null())
    for part in range(parts):
        mine = typed.filter(pl.col("case_id").hash() % parts == part).collect(engine="streaming")
        one_case = [*ONE_EVENT, "case_id"]
        many = mine.filter(pl.len().over(one_case) >= BURST_ENTRIES)
        yield _bursts(many.with_columns(enough=pl.lit(BURST_ENTRIES, dtype=pl.Float64)), one_case)


def _bursts(entries: pl.DataFrame, one: list[str]) -> pl.DataFrame:
    """Runs of entries in which `enough` or more lie within ten minutes, by what makes them `one` sort of entry.

    An entry is in a run if some ten minutes with enough of them hold it; runs that touch are one.
    """
    ordered = entries.sort(*one, "typed_at", "event_id")
    if ordered.height:
        within = (
            ordered.rolling("typed_at", period=WINDOW, offset="0m", closed="both", group_by=one)
            .agg(following=pl.len(), event_id=pl.col("event_id").first())
            .unique([*one, "typed_at"], keep="first", maintain_order=True)
            .drop("event_id")
        )
        ordered = ordered.join(within, on=[*one, "typed_at"], how="left", nulls_equal=True, maintain_order="left")
    else:
        ordered = ordered.with_columns(following=pl.lit(0))
    started = pl.when(pl.col("following") >= pl.col("enough")).then("typed_at").forward_fill().over(one)
    return (
        ordered.with_columns(started=started)
        .filter(pl.col("typed_at") - pl.col("started") <= WINDOW)
        .with_columns(
            # Ten minutes from one start do not reach the next.
            is_new=(pl.col("started") > pl.col("started").shift(1).over(one) + WINDOW).fill_null(True)
        )
        .with_columns(run=pl.col("is_new").cum_sum().over(one))
        .group_by(*one, "run", maintain_order=True)
        .agg(
            entries=pl.len(),
            cases=pl.col("case_id").n_unique() if "case_id" not in one else pl.lit(1, dtype=pl.UInt32),
            first_at=pl.col("typed_at").first(),
            last_at=pl.col("typed_at").last(),
            first_event=pl.col("event_id").first(),
            last_event=pl.col("event_id").last(),
            **({} if "case_id" in one else {"case_id": pl.col("case_id").first()}),
        )
        .select("source", "event", "case_id", "entries", "cases", "first_at", "last_at", "first_event", "last_event")
    )
