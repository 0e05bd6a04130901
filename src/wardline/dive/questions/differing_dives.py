"""What differs between two dives that may still be compared: it only blurs, so it is said beside the figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.questions.unlike_dives import is_left_out, obligations_of_both
from wardline.english import count
from wardline.measures import RecordsAtHand, SystemFigures, can_be_told, system_figures
from wardline.obligations import Standing
from wardline.reports.dives_compared import Difference, Differs
from wardline.reports.wording import date_in_words, duration
from wardline.time_limits import days_after, days_apart

__all__ = ["differences"]

MOST_APART = 7  # days from the end of the period to as at, between the two; chosen by us
MOST_LONGER = 0.05  # of the longer of two periods: months and quarters have not all the same days; chosen by us
YEAR = 365  # days, or a day more
STANDING_WORDS = {
    Standing.BINDING: "owed by the force",
    Standing.ASKED: "asked by the oversight body",
    Standing.ASSUMED: "not confirmed",
}


def differences(first: KeptDive, second: KeptDive, left_out: tuple[str, ...]) -> Iterator[Difference]:
    """Everything that differs, in the order in which it matters."""
    yield from _of_time(first, second)
    yield from _of_settings(first, second)
    yield from _of_standards(first, second, left_out)
    yield from _of_coverage(first, second, left_out)
    versions = [dive.manifest.versions.get("wardline") for dive in (first, second)]
    if versions[0] != versions[1]:
        yield Difference(Differs.VERSION_OF_WARDLINE, "the version of Wardline", *versions)


def _of_time(first: KeptDive, second: KeptDive) -> Iterator[Difference]:
    if first.period is None or second.period is None:
        if first.period != second.period:
            said = [None if one.period is None else "a period" for one in (first, second)]
            yield Difference(Differs.PERIOD, "the period", *(one or "everything in the records" for one in said))
        return
    days = [days_apart(*one.period) + 1 for one in (first, second) if one.period is not None]
    if abs(days[0] - days[1]) > MOST_LONGER * max(days):
        yield Difference(Differs.PERIOD, "how long the period is", *(count(many, "day") for many in days))
    starts = [(one.period[0].month, one.period[0].day) for one in (first, second) if one.period is not None]
    if starts[0] != starts[1] and any(many % YEAR > many // YEAR for many in days):
        yield Difference(
            Differs.SEASON,
            "the part of the year",
            *(f"from {date_in_words(one.period[0])}" for one in (first, second) if one.period is not None),
        )
    looked = [
        days_after(one.period[1], one.calendar.local_date(one.as_at))
        for one in (first, second)
        if one.period is not None
    ]
    if abs(looked[0] - looked[1]) > MOST_APART:
        said = [count(max(many, 0), "day") for many in looked]
        yield Difference(Differs.LOOKED_AFTER, "from the end of the period to as at", *said)


def _of_settings(first: KeptDive, second: KeptDive) -> Iterator[Difference]:
    if first.force.name != second.force.name:
        yield Difference(Differs.FORCE, "the force", first.force.name, second.force.name)
    clocks = [f"{one.zone}, {one.force.nation or 'no nation'}" for one in (first, second)]
    if clocks[0] != clocks[1]:
        yield Difference(Differs.CLOCK, "the time zone and the nation", *clocks)
    later = [duration(one.force.written_up_later_after) for one in (first, second)]
    if later[0] != later[1]:
        yield Difference(Differs.WRITTEN_UP, "written up later after", *later)


def _of_standards(first: KeptDive, second: KeptDive, left_out: tuple[str, ...]) -> Iterator[Difference]:
    versions = [
        {name: " and ".join(one.version for one in dive.standards if one.name == name) for name in _names(dive)}
        for dive in (first, second)
    ]
    for name in dict.fromkeys([*versions[0], *versions[1]]):
        mine, theirs = (one.get(name) for one in versions)
        if mine is None or theirs is None:
            yield Difference(Differs.STANDARD, f"the standard {name}", mine, theirs)
        elif mine != theirs and not is_left_out(name, left_out):
            yield Difference(Differs.VERSION, f"the version of {name}", mine, theirs)
    for name, of_first, of_second in obligations_of_both(first, second, left_out):
        standings = [STANDING_WORDS[one[-1].standing] for one in (of_first, of_second)]
        if standings[0] != standings[1]:
            yield Difference(Differs.CONFIRMED, name, *standings)


def _names(dive: KeptDive) -> list[str]:
    return list(dict.fromkeys(one.name for one in dive.standards))


def _of_coverage(first: KeptDive, second: KeptDive, left_out: tuple[str, ...]) -> Iterator[Difference]:
    systems = [{one.source: one for one in system_figures(dive.tables)} for dive in (first, second)]
    for name in sorted({*systems[0], *systems[1]}):
        if (name in systems[0]) is not (name in systems[1]):
            read = ["read" if name in one else None for one in systems]
            yield Difference(Differs.RECORD_SYSTEM, f"the record system {name}", *read)
    yield from _of_events(first, second)
    for name in sorted({*systems[0]} & {*systems[1]}):
        gaps = [_gaps(dive, one[name]) for dive, one in zip((first, second), systems, strict=True)]
        if gaps[0] != gaps[1]:
            yield Difference(Differs.GAP, f"gaps of {name}", *gaps)
    answers = [
        {
            one.item.full_name: one.answer.value
            for one in can_be_told(dive.obligations, RecordsAtHand(dive.event_log, as_at=dive.as_at))
        }
        for dive in (first, second)
    ]
    for name, _, _ in obligations_of_both(first, second, left_out):
        if answers[0][name] != answers[1][name]:
            yield Difference(Differs.TOLD, f"whether {name} can be judged", answers[0][name], answers[1][name])


def _of_events(first: KeptDive, second: KeptDive) -> Iterator[Difference]:
    """Events that a system which both read can record in one of them only."""
    able: list[set[tuple[str, str]]] = []
    for dive in (first, second):
        named = dive.event_log.abilities.filter(pl.col("event").is_not_null()).select("source", "event").collect()
        able.append(set(named.iter_rows()))
    sources = {source for source, _ in able[0]} & {source for source, _ in able[1]}
    for source, event in sorted(able[0] ^ able[1]):
        if source in sources:
            can = ["recorded" if (source, event) in one else None for one in able]
            yield Difference(Differs.EVENT, f"{event} in {source}", *can)


def _gaps(dive: KeptDive, system: SystemFigures) -> str | None:
    def day(at: datetime) -> str:
        return date_in_words(dive.calendar.local(at).date())

    return ", ".join(f"{day(one.first_at)} to {day(one.last_at)}" for one in system.gaps) or None
