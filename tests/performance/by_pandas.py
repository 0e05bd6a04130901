"""The twenty obligations in pandas, as an analyst would write them: `merge_asof`, one obligation after the other.

Like the SQL beside it, it knows what the made-up log is like, and so does less than an engine must. It is longer than a
module should be, because it is read and run as a whole.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from tests.performance.local_clock import SPRING_AND_AUTUMN, day_deadlines, elapsed, moved_days
from tests.performance.twenty import AS_AT, twenty_obligations
from wardline.obligations import LimitTable, Never, Precede, Record, RecordOf, Repeat, ResolvedObligation, Respond

HOUR = 3_600_000_000
DAY = 24 * HOUR
NOW = int(AS_AT.timestamp()) * 1_000_000
CONTROL_ROOM = {"officer_deployed", "officer_arrived", "family_contact"}
NOT_FILLED_IN = ["", "unknown", "not stated"]
CANNOT_TELL = ["no_child", "not_joined", "record_gap"]


def write_by_pandas(folder: Path, out: Path) -> None:
    """Read the log in a folder, write its findings to `out`."""
    log = Log(folder)
    found = [_finish(log, resolved, _found(log, resolved)) for resolved in twenty_obligations()]
    pd.concat(found, ignore_index=True).to_parquet(out, compression="zstd", index=False, row_group_size=262_144)


class Log:
    """Cases by number in the order of their ids, and events by the number of their case; times as whole numbers."""

    def __init__(self, folder: Path) -> None:
        cases = pd.read_parquet(
            folder / "cases.parquet",
            columns=["case_id", "case_type", "opened_at", "closed_at", "person_id", "from_care"],
        )
        cases = cases[cases.opened_at <= AS_AT].sort_values("case_id", ignore_index=True)
        cases["closed"] = cases.closed_at.where(cases.closed_at <= AS_AT)
        sources = pd.read_parquet(folder / "case_sources.parquet")
        cases["joined"] = cases.case_id.isin(sources[sources.source == "control-room"].case_id)
        cases["c"] = np.arange(len(cases))
        self.cases = cases
        events = pd.read_parquet(
            folder / "events.parquet",
            columns=["event_id", "case_id", "event", "happened_at", "recorded_at", "grade"],
            filters=[("happened_at", "<=", AS_AT), ("recorded_at", "<=", AS_AT), ("event", "!=", "note_added")],
        )
        number = pd.Series(cases.c.to_numpy(), index=cases.case_id)
        self.events = pd.DataFrame(
            {
                "c": number.reindex(events.case_id).to_numpy(),
                "event": events.event.astype("category"),
                "e": events.event_id.to_numpy(),
                "t": _micros(events.happened_at),
                "r": _micros(events.recorded_at),
                "grade": events.grade,
            }
        ).sort_values(["t", "e"], kind="stable", ignore_index=True)
        self.people = pd.read_parquet(folder / "people.parquet", columns=["person_id", "ethnicity"])
        gap = pd.read_parquet(folder / "coverage.parquet").dropna(subset="gap_from")
        self.gap = int(_micros(gap.gap_from)[0]), int(_micros(gap.gap_to)[0])

    def named(self, patterns: tuple, *, keep: str = "first") -> pd.DataFrame:
        """The events of these names in order of time, one for each case and instant."""
        events = self.events[self.events.event.isin([one.event for one in patterns])]
        return events.drop_duplicates(["c", "t"], keep=keep)[["c", "t", "e", "r"]]

    def fitting(self, resolved: ResolvedObligation) -> pd.DataFrame:
        """The cases of the standard's type that fit `for`."""
        cases = self.cases[self.cases.case_type == resolved.case_type]
        for one in resolved.obligation.only_for:
            cases = cases[cases[one.attribute].isin(one.values)]
        return cases


def _micros(times: pd.Series) -> np.ndarray:
    return times.dt.tz_localize(None).to_numpy("datetime64[us]").astype(np.int64)


def _found(log: Log, resolved: ResolvedObligation) -> pd.DataFrame:
    obligation = resolved.obligation
    match obligation:
        case Respond():
            return _respond(log, resolved, obligation)
        case Precede():
            return _precede(log, resolved, obligation)
        case Never():
            return _never(log, resolved, obligation)
        case Repeat():
            return _repeat(log, resolved, obligation)
        case Record():
            return _record(log, resolved, obligation)
    assert False, f"nothing for {obligation}"


def _next(
    occasions: pd.DataFrame,
    events: pd.DataFrame,
    name: str,
    *,
    by: str = "c",
    direction: str = "forward",
    same: bool = True,
) -> pd.DataFrame:
    """The occasions (in order of time) with the next event of their case as `{name}e`, `{name}t`, `{name}r`."""
    events = events[[by, "t", "e", "r"]].rename(columns={"e": f"{name}e", "r": f"{name}r"})
    events[f"{name}t"] = events.t
    for column in ("e", "t", "r"):
        events[name + column] = events[name + column].astype("Int64")
    return pd.merge_asof(occasions, events, on="t", by=by, direction=direction, allow_exact_matches=same)


def _outcome(log: Log, found: pd.DataFrame, patterns: tuple) -> np.ndarray:
    is_control_room = all(one.event in CONTROL_ROOM for one in patterns)
    low, high = log.gap
    conditions = {
        "met": found.rt <= found.deadline,
        "exempt": found.xt <= found.deadline,
        "late": found.rt.notna(),
        "not_joined": is_control_room & ~found.joined,
        "not_yet_due": found.deadline > NOW,
        "record_gap": is_control_room & (found.t <= high) & (found.deadline >= low),
    }
    return np.select([one.fillna(False).to_numpy(bool) for one in conditions.values()], list(conditions), "missed")


# RESPOND


def _respond(log: Log, resolved: ResolvedObligation, obligation: Respond) -> pd.DataFrame:
    pattern = obligation.trigger.patterns[0]
    triggers = log.events[log.events.event == pattern.event]
    for one in pattern.conditions:
        triggers = triggers[triggers[one.attribute].isin(one.values)]
    if obligation.first_only:
        triggers = triggers.drop_duplicates("c")
    child = pd.factorize(log.cases.person_id.fillna(log.cases.case_id))[0]
    by = "c"
    if obligation.per_child:
        triggers, by = _third_time(triggers.assign(g=child[triggers.c])), "g"
    triggers = triggers.merge(log.fitting(resolved)[["c", "joined", "person_id"]], on="c").sort_values(["t", "e"])
    found = _limited(log, triggers, obligation.within).sort_values(["t", "e"])
    for patterns, name in ((obligation.response, "r"), (obligation.exemptions, "x")):
        events = log.named(patterns)
        if obligation.per_child:
            events = events.assign(g=child[events.c]).drop_duplicates(["g", "t"])
        found = _next(found, events, name, by=by)
    found["verdict"] = _outcome(log, found, obligation.response)
    if obligation.per_child:
        found["verdict"] = found.verdict.where(found.person_id.notna(), "no_child")
    return found


def _limited(log: Log, triggers: pd.DataFrame, limit: object) -> pd.DataFrame:
    """One occasion for each case and instant, with the limit's words and the deadline."""
    if not isinstance(limit, LimitTable):
        return triggers.drop_duplicates(["c", "t"]).assign(
            word=str(limit), deadline=lambda found: _deadline(limit, found.t.to_numpy())
        )
    micros = {name: elapsed(length) for name, length in limit.limits}
    words = {name: str(length) for name, length in limit.limits}
    unknown = elapsed(limit.unknown)
    assert unknown is not None
    if limit.of is None:
        triggers = triggers.assign(
            deadline=triggers.t + triggers.grade.map(micros).fillna(unknown).astype(np.int64),
            word=triggers.grade.map(words).fillna(str(limit.unknown)),
        )
        first = triggers.groupby(["c", "t"]).e.transform("min")
        return triggers.assign(e=first).sort_values(["deadline"], kind="stable").drop_duplicates(["c", "t"])
    base = triggers.drop_duplicates(["c", "t"])
    graded = log.events[(log.events.event == limit.of) & log.events.grade.isin(list(micros))]
    graded = graded[["c", "t", "e", "grade"]].rename(columns={"t": "graded_t", "e": "graded_e"})
    pairs = base[["c", "t"]].merge(graded, on="c")
    pairs = pairs[pairs.graded_t >= pairs.t]
    pairs["first"] = pairs.groupby(["c", "t"]).graded_t.transform("min")
    start = pairs.graded_t.where(pairs.graded_t != pairs["first"], pairs.t)
    pairs["d"] = start + pairs.grade.map(micros).astype(np.int64)
    pairs["w"] = pairs.grade.map(words)
    best = pairs.sort_values(["d", "graded_t", "graded_e"]).drop_duplicates(["c", "t"])[["c", "t", "first", "d", "w"]]
    found = base.merge(best, on=["c", "t"], how="left")
    plain = found.t + unknown
    is_plain = found.d.isna() | ((found["first"] > plain) & (plain <= found.d))
    return found.assign(
        deadline=plain.where(is_plain, found.d).astype(np.int64), word=found.w.mask(is_plain, str(limit.unknown))
    )


def _third_time(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports that are a child's third within 90 days, unless one was so within 90 days before."""
    reports = reports.drop_duplicates(["g", "t"]).sort_values(["g", "t"], kind="stable")
    reports["expires"] = _moved(reports.t.to_numpy(), 90)
    kept = []
    for _, times, ends in reports.groupby("g")[["t", "expires"]].agg(list).itertuples():
        barred = -1
        for place, at in enumerate(times):
            fires = sum(end >= at for end in ends[: place + 1]) >= 3 and at > barred
            barred = ends[place] if fires else barred
            kept.append(fires)
    return reports[np.array(kept, dtype=bool)].drop(columns="expires")


# THE LOCAL CLOCK


def _local(times: np.ndarray) -> np.ndarray:
    is_summer = np.logical_or.reduce([(times >= spring) & (times < autumn) for spring, autumn in SPRING_AND_AUTUMN])
    return times + is_summer * HOUR


def _moved(times: np.ndarray, days: int) -> np.ndarray:
    """The same local clock time so many days later: after a gap its end, of two the second."""
    local = _local(times) + days * DAY
    is_gap = np.logical_or.reduce([(local >= spring) & (local < spring + HOUR) for spring, _ in SPRING_AND_AUTUMN])
    is_summer = np.logical_or.reduce(
        [(local >= spring + HOUR) & (local < autumn) for spring, autumn in SPRING_AND_AUTUMN]
    )
    return np.where(is_gap, local // HOUR * HOUR, np.where(is_summer, local - HOUR, local))


def _deadline(limit: object, times: np.ndarray) -> np.ndarray:
    if (micros := elapsed(limit)) is not None:
        return times + micros
    if (days := moved_days(limit)) is not None:
        return _moved(times, days)
    ends = day_deadlines(limit)
    return pd.Series(_local(times) // DAY).map(ends).to_numpy(np.int64)


# THE OTHER KINDS


def _occasions(log: Log, resolved: ResolvedObligation, patterns: tuple) -> pd.DataFrame:
    return (
        log.named(patterns)[["c", "t", "e"]]
        .merge(log.fitting(resolved)[["c", "joined", "person_id"]], on="c")
        .sort_values(["t", "e"])
    )


def _with_first(log: Log, found: pd.DataFrame, patterns: tuple) -> pd.DataFrame:
    first = log.named(patterns).drop_duplicates("c").rename(columns={"e": "xe", "t": "xt", "r": "xr"})
    for column in ("xe", "xt", "xr"):
        first[column] = first[column].astype("Int64")
    return found.merge(first, on="c", how="left")


def _precede(log: Log, resolved: ResolvedObligation, obligation: Precede) -> pd.DataFrame:
    found = _occasions(log, resolved, obligation.before.patterns)
    found = _next(found, log.named(obligation.first, keep="last"), "b", direction="backward")
    found = _next(found, log.named(obligation.first), "a", same=False)
    found = _with_first(log, found, obligation.exemptions)
    is_before = found.bt.notna()
    found = found.assign(
        deadline=found.t,
        word=None,
        **{f"r{column}": found[f"b{column}"].where(is_before, found[f"a{column}"]) for column in ("e", "t", "r")},
    )
    conditions = {"met": is_before, "exempt": (found.xt <= found.t).fillna(False), "late": found.rt.notna()}
    found["verdict"] = np.select([one.to_numpy(bool) for one in conditions.values()], list(conditions), "missed")
    return found


def _never(log: Log, resolved: ResolvedObligation, obligation: Never) -> pd.DataFrame:
    events = log.named(obligation.never.patterns)[["c", "t", "e"]].astype({"t": "Int64", "e": "Int64"})
    found = log.fitting(resolved)[["c", "closed"]].merge(events, on="c", how="left")
    found = _with_first(log, found, obligation.exemptions)
    is_without = found.t.isna()
    for column in ("xe", "xt", "xr"):
        found[column] = found[column].mask(is_without)
    conditions = {
        "met": is_without & found.closed.notna(),
        "not_yet_due": is_without,
        "exempt": (found.xt <= found.t).fillna(False),
    }
    found["verdict"] = np.select([one.to_numpy(bool) for one in conditions.values()], list(conditions), "missed")
    return found.assign(deadline=found.t, word=None)


def _repeat(log: Log, resolved: ResolvedObligation, obligation: Repeat) -> pd.DataFrame:
    assert obligation.until is not None
    answers = log.named(obligation.response)
    periods = _next(_occasions(log, resolved, obligation.start.patterns), log.named(obligation.until), "u")
    periods = periods[(periods.ut != periods.t).fillna(True)].drop_duplicates(["c", "ut"])
    kept = periods[["c", "t", "ue", "ut", "ur", "joined"]].assign(began=periods.t)
    within = pd.merge_asof(answers, kept, on="t", by="c", allow_exact_matches=False).dropna(subset="began")
    within = within[(within.ut.isna() | (within.t < within.ut)).fillna(True)]
    columns = ["c", "t", "e", "ue", "ut", "ur", "joined"]
    found = pd.concat([periods[columns], within[columns]]).sort_values(["t", "e"])
    found = _next(found.astype({"joined": bool}), answers, "r", same=False)
    is_by_end = (found.ut.isna() | (found.rt <= found.ut)).fillna(False)
    for column in ("re", "rt", "rr"):
        found[column] = found[column].where(is_by_end)
    found = found.rename(columns={"ue": "xe", "ut": "xt", "ur": "xr"})
    found = found.assign(deadline=_deadline(obligation.every, found.t.to_numpy()), word=str(obligation.every))
    found["verdict"] = _outcome(log, found, obligation.response)
    return found


def _record(log: Log, resolved: ResolvedObligation, obligation: Record) -> pd.DataFrame:
    field, name = obligation.record, obligation.record.field
    events = log.named(obligation.by.patterns)[["c", "t", "e"]]
    found = log.fitting(resolved)[["c", "person_id", "from_care"]].merge(
        events.astype({"t": "Int64", "e": "Int64"}), on="c", how="left"
    )
    is_child = pd.Series(True, index=found.index)
    match field.of:
        case RecordOf.CASE:
            filled = _is_filled_in(found[name])
        case RecordOf.PERSON:
            people = log.people.set_index("person_id")[name]
            filled, is_child = _is_filled_in(found.person_id.map(people)), found.person_id.notna()
        case RecordOf.EVENT:
            held = log.events[log.events.event == field.event][["c", "t", name]]
            held = held.assign(filled=_is_filled_in(held[name])).groupby(["t", "c"], as_index=False).filled.any()
            timed = pd.merge_asof(events, held, on="t", by="c")
            filled = found.e.map(timed.set_index("e").filled).fillna(False).astype(bool)
    conditions = {"no_child": ~is_child, "not_yet_due": found.t.isna(), "met": filled}
    verdict = np.select([one.to_numpy(bool) for one in conditions.values()], list(conditions), "missed")
    return found.assign(deadline=found.t, word=None, verdict=verdict)


def _is_filled_in(column: pd.Series) -> pd.Series:
    return column.notna() & ~column.str.strip().str.lower().isin(NOT_FILLED_IN)


# THE TABLE


def _finish(log: Log, resolved: ResolvedObligation, found: pd.DataFrame) -> pd.DataFrame:
    found = found.sort_values(["c", "t"], kind="stable", ignore_index=True)
    cannot = found.verdict.isin(CANNOT_TELL)
    nothing = pd.array([None] * len(found), dtype="Int64")

    def number(name: str) -> pd.Series:
        return found[name].astype("Int64") if name in found else pd.Series(nothing)

    def instant(name: str) -> pd.Series:
        return pd.to_datetime(number(name), unit="us", utc=True).astype("datetime64[us, UTC]")

    late = (number("rt") - number("deadline")).where(found.verdict == "late")
    return pd.DataFrame(
        {
            "standard": resolved.standard,
            "version": resolved.version,
            "obligation": resolved.obligation.id,
            "case_id": log.cases.case_id.to_numpy()[found.c],
            "child_id": log.cases.person_id.to_numpy()[found.c],
            "trigger_event": number("e"),
            "ordinal": 1,
            "triggered_at": instant("t"),
            "limit": found.word,
            "shipped_limit": pd.Series([None] * len(found), dtype="str"),
            "deadline": instant("deadline"),
            "outcome": found.verdict.mask(cannot, "cannot_tell"),
            "reason": found.verdict.where(cannot),
            "response_event": number("re"),
            "responded_at": instant("rt"),
            "response_recorded_at": instant("rr"),
            "exemption_event": number("xe"),
            "exempted_at": instant("xt"),
            "exemption_recorded_at": instant("xr"),
            "late_by": pd.to_timedelta(late, unit="us").astype("timedelta64[us]"),
            "standing": resolved.standing.value,
        }
    )


if __name__ == "__main__":
    write_by_pandas(Path(sys.argv[1]), Path(sys.argv[2]))
