"""The occasions of an obligation as shares and waits count them: all entries, and those written at the time.

What is owed stays owed however late it was typed in; what answers it, or makes it not owed, counts among the entries
written at the time only if it was. A *never* and a *record* rest on no such entry, and are alike in both.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wardline.findings import Outcome, Reason
from wardline.measures.measured_tables import AT_THE_TIME, MeasuredTables, occasions_of
from wardline.measures.over_time.counted_states import STATE_OF, CountedState, entry_is_late, seen_at_the_time
from wardline.measures.over_time.measures_table import Entries
from wardline.measures.over_time.records_counted import RecordsCounted
from wardline.measures.shared_out import JUDGED
from wardline.measures.waits_cut_short import WaitEnd, with_wait_ends
from wardline.obligations import Never, Record, ResolvedObligation
from wardline.time_limits import elapsed_column

__all__ = ["WAITED", "occasions_counted", "shares_met", "shares_not_told", "waits_counted"]

WAITED = "waited."  # before the name of a column of states: how long, in microseconds

ASKED_FOR = ("stands", "is_in_share", "counts_as_wait", "written", "was_called_off")
KEPT = (
    *("key", "case_id", "child_id", "triggered_at", "limit", "deadline", "outcome", "reason", "counted"),
    *("responded_at", "exempted_at", *ASKED_FOR, "exemption_is_late"),
)
OUTCOME, ALL, AT_TIME = pl.col("outcome"), STATE_OF[Entries.ALL], STATE_OF[Entries.AT_THE_TIME]
IS_NOT_TOLD = pl.col("outcome") == Outcome.CANNOT_TELL.value


def occasions_counted(records: RecordsCounted, items: Sequence[ResolvedObligation]) -> pl.DataFrame:
    """The occasions of an obligation (`items` are its versions), with what states go by.

    `at` is the instant by which an occasion belongs to a period: its trigger's, else the opening of its case.
    """
    tables = records.tables
    limit = pl.lit(tables.written_up_later_after)
    exempted_late = entry_is_late(pl.col("exempted_at"), pl.col("exemption_recorded_at"), limit).fill_null(False)
    each = [
        tables.occasions(occasions_of(item), *ASKED_FOR)
        .with_columns(exemption_is_late=exempted_late)
        .select(*KEPT)
        .collect(engine="streaming")
        for item in items
    ]
    cases, occasions = records.cases, pl.concat(each)
    case = records.numbers_of_cases(occasions["case_id"])
    occasions = occasions.with_columns(
        case=case,
        who=_who(occasions, cases["person_id"].gather(case), cases["who"].gather(case)),
        is_open=cases["is_open"].gather(case).fill_null(False),
        is_timed=pl.col("triggered_at").is_not_null(),
    )
    with_ends = with_wait_ends(occasions.lazy(), pl.col("was_called_off"), as_at=tables.as_at).collect()
    at = with_ends["triggered_at"]
    if at.null_count():
        at = with_ends.select(pl.coalesce("triggered_at", pl.lit(cases["at"].gather(case))))["triggered_at"]
    return with_ends.with_columns(at=at).with_columns(day=records.day_column("at"))


def _who(occasions: pl.DataFrame, person: pl.Series, number: pl.Series) -> pl.Series:
    """A number for whom each occasion is about. It is that of the case where findings name the same child as cases do,
    as they do until records are linked; else the names are numbered anew, which takes longer."""
    if occasions["child_id"].eq_missing(person).all():
        return number
    who = occasions.select(pl.coalesce("child_id", "case_id").cast(pl.Categorical).to_physical())
    return who.to_series()


def shares_met(occasions: pl.DataFrame, item: ResolvedObligation, tables: MeasuredTables) -> pl.DataFrame:
    """The occasions with the states of the share recorded in time."""
    in_share, is_met = pl.col("is_in_share"), OUTCOME == Outcome.MET.value
    is_pending = OUTCOME.is_in([*JUDGED, Outcome.NOT_YET_DUE.value]) & (
        (OUTCOME == Outcome.NOT_YET_DUE.value) | (pl.col("deadline") > tables.as_at)
    )
    state = (
        pl.when(in_share & is_met)
        .then(CountedState.MET.lit())
        .when(in_share)
        .then(CountedState.NOT_MET.lit())
        .when(IS_NOT_TOLD & pl.col("stands"))
        .then(CountedState.NOT_TOLD.lit())
        .when(is_pending & pl.col("stands"))
        .then(CountedState.NOT_OVER.lit())
    )
    at_the_time = state if _is_alike(item) else _share_at_the_time(state, tables)
    return occasions.with_columns(**{ALL: state, AT_TIME: at_the_time})


def shares_not_told(with_shares: pl.DataFrame, tables: MeasuredTables) -> pl.DataFrame:
    """The occasions of `shares_met` with the states of the share that cannot be told, out of all that were owed and are
    due."""
    is_due = (pl.col("deadline") <= tables.as_at).fill_null(True)

    def state(entries: str) -> pl.Expr:
        of_share = pl.col(entries)
        return (
            pl.when(of_share == CountedState.NOT_TOLD)
            .then(CountedState.MET.lit())
            .when(of_share == CountedState.NOT_OVER)
            .then(CountedState.NOT_OVER.lit())
            .when(of_share.is_not_null() | (OUTCOME.is_in(JUDGED) & pl.col("stands") & is_due))
            .then(CountedState.NOT_MET.lit())
        )

    return with_shares.with_columns(**{name: state(name) for name in (ALL, AT_TIME)})


def waits_counted(occasions: pl.DataFrame, item: ResolvedObligation, tables: MeasuredTables) -> pl.DataFrame:
    """The occasions with the states of waits, and `waited.all` and `waited.at_the_time`, in microseconds: how long
    until the response, or until the wait was cut short; empty of a closed case without a response."""
    has_wait = pl.col("counts_as_wait") & pl.col("is_timed")
    is_untold = IS_NOT_TOLD & pl.col("reason").ne_missing(pl.lit(Reason.LIMIT_UNKNOWN.value))
    state = (
        pl.when(~has_wait)
        .then(pl.when(is_untold).then(CountedState.NOT_TOLD.lit()))
        .when(pl.col("wait_end") == WaitEnd.RESPONSE.value)
        .then(CountedState.MET.lit())
        .when(pl.col("wait_end") == WaitEnd.NO_RESPONSE.value)
        .then(CountedState.NOT_MET.lit())
        .otherwise(CountedState.CUT_SHORT.lit())
    )
    as_if_unanswered = pl.when("is_open").then(CountedState.CUT_SHORT.lit()).otherwise(CountedState.NOT_MET.lit())
    is_late = pl.when(pl.col("written").is_not_null()).then(pl.col("written") != AT_THE_TIME)
    goes_on = (pl.col("wait_end") == WaitEnd.CALLED_OFF.value) & pl.col("exemption_is_late") & has_wait
    at_the_time = (
        pl.when(state == CountedState.MET)
        .then(seen_at_the_time(state, is_late, as_if_unanswered))
        .when(goes_on & pl.col("responded_at").is_not_null())
        .then(seen_at_the_time(CountedState.MET.lit(), is_late, as_if_unanswered))
        .when(goes_on)
        .then(as_if_unanswered)
        .otherwise(state)
    )
    until_response = elapsed_column(pl.col("at"), pl.col("responded_at")).dt.total_microseconds()
    until_as_at = elapsed_column(pl.col("at"), pl.lit(tables.as_at)).dt.total_microseconds()
    waited = pl.col("waited").dt.total_microseconds()
    with_states = occasions.with_columns(**{ALL: state, AT_TIME: state if _is_alike(item) else at_the_time})
    changed = pl.col(AT_TIME) != pl.col(ALL)
    return with_states.with_columns(
        **{
            f"{WAITED}{ALL}": waited,
            f"{WAITED}{AT_TIME}": pl.when(~changed)
            .then(waited)
            .when(pl.col(AT_TIME) == CountedState.CUT_SHORT)
            .then(until_as_at)
            .when(pl.col(AT_TIME) == CountedState.MET)
            .then(until_response),
        }
    )


def _share_at_the_time(state: pl.Expr, tables: MeasuredTables) -> pl.Expr:
    is_late = pl.when(pl.col("written").is_not_null()).then(pl.col("written") != AT_THE_TIME)
    answered_in_time = (pl.col("responded_at") <= pl.col("deadline")).fill_null(False)
    is_owed_after_all = (
        (OUTCOME == Outcome.EXEMPT.value)
        & pl.col("exemption_is_late")
        & pl.col("counted").fill_null(False)
        & (pl.col("deadline") <= tables.as_at).fill_null(False)
        & pl.col("stands")
    )
    missed = CountedState.NOT_MET.lit()
    return (
        pl.when(state == CountedState.MET)
        .then(seen_at_the_time(state, is_late, missed))
        .when(is_owed_after_all & answered_in_time)
        .then(seen_at_the_time(CountedState.MET.lit(), is_late, missed))
        .when(is_owed_after_all)
        .then(missed)
        .otherwise(state)
    )


def _is_alike(item: ResolvedObligation) -> bool:
    return isinstance(item.obligation, Never | Record)
