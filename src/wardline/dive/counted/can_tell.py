"""Can we tell? Obligation by obligation, whether the columns at hand can judge it, asked before any finding.

Only abilities, coverage and counts are looked at here; what each occasion came to is for the engines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from wardline.events import EventLog
from wardline.obligations import LOOKED_FOR, LimitTable, Need, Owner, Part, RecordOf, ResolvedObligation, needs
from wardline.reports import Answer, CanTell, SystemRecords
from wardline.reports.wording import and_list, count, date_in_words, number, quoted
from wardline.time_limits import Calendar, ToBeSet

__all__ = ["can_tell", "is_known"]

Reason = tuple[Answer, str]


def can_tell(obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime) -> tuple[CanTell, ...]:
    """For each obligation, in order: yes, in part or no, why, and from when to when each system recorded."""
    records = _Records(event_log, as_at)
    return tuple(_can_tell(obligation, records) for obligation in obligations)


def is_known(as_at: datetime) -> pl.Expr:
    """Whether an event is known as at: neither of its times lies after it, an empty time is not after."""
    return pl.all_horizontal(
        pl.col(column).is_null() | (pl.col(column) <= as_at) for column in ("happened_at", "recorded_at")
    )


class _Records:
    """What the systems are able to record, and what they did record."""

    def __init__(self, event_log: EventLog, as_at: datetime) -> None:
        self.as_at = as_at
        self.coverage = event_log.coverage.collect().to_dicts()
        self.titles = {row["source"]: row["title"] or row["source"] for row in self.coverage}
        self.kept_by = {row["source"]: row["kept_by"] or Owner.FORCE.value for row in self.coverage}
        self.able: dict[tuple[str | None, str | None, str | None], set[str]] = {}
        self.last_value_only: set[tuple[str, str | None, str | None]] = set()
        for row in event_log.abilities.collect().to_dicts():
            self.able.setdefault((row["case_type"], row["event"], row["field"]), set()).add(row["source"])
            if row["keeps_history"] is False:
                self.last_value_only.add((row["source"], row["event"], row["field"]))
        cases = event_log.cases.select("case_id", "case_type", "person_id")
        self.case_counts = {
            row["case_type"]: (row["cases"], row["with_child"])
            for row in cases.group_by("case_type")
            .agg(cases=pl.len(), with_child=pl.col("person_id").count())
            .collect()
            .to_dicts()
        }
        self.case_types = cases.select("case_id", "case_type")
        self.case_sources = event_log.case_sources
        self.seen = _events_seen(event_log, self.case_types, as_at)

    def named(self, systems: Iterable[str]) -> str:
        """The systems by their titles."""
        return and_list(self.titles.get(name, name) for name in sorted(systems))

    def systems_for(self, need: Need, case_type: str, owner: Owner = Owner.FORCE) -> set[str]:
        """The systems able to record it; only those of the body that owes the duty, unless that is the force."""
        match need.of:
            case RecordOf.PERSON:
                found = self.able.get((None, None, need.field), set())
            case RecordOf.CASE:
                found = self.able.get((case_type, None, need.field), set())
            case _:
                found = self.able.get((case_type, need.event, need.field), set())
                if need.of_case_too:
                    found = found | self.able.get((case_type, None, need.field), set())
        return found if owner is Owner.FORCE else {name for name in found if self.kept_by.get(name) == owner.value}

    def cases_held(self, case_type: str, systems: Iterable[str]) -> int:
        """How many cases of the type at least one of the systems holds a piece of."""
        held = self.case_sources.filter(pl.col("source").is_in(sorted(systems))).select("case_id").unique()
        of_type = self.case_types.filter(pl.col("case_type") == case_type)
        return int(of_type.join(held, on="case_id", how="semi").select(pl.len()).collect().item())


@dataclass
class _Reasons:
    found: list[Reason] = field(default_factory=list)

    def no(self, reason: str) -> None:
        self.found.append((Answer.NO, _sentence(reason)))

    def in_part(self, reason: str) -> None:
        self.found.append((Answer.IN_PART, _sentence(reason)))

    def answer(self) -> Answer:
        answers = {answer for answer, _ in self.found}
        return next((answer for answer in (Answer.NO, Answer.IN_PART) if answer in answers), Answer.YES)


def _can_tell(resolved: ResolvedObligation, records: _Records) -> CanTell:
    obligation, case_type = resolved.obligation, resolved.case_type
    reasons = _Reasons()
    wanted = needs(obligation)
    cases, with_child = records.case_counts.get(case_type, (0, 0))
    if cases == 0:
        reasons.no(f"The exports hold no case of the type {quoted(case_type)}.")
    _look_at_cases(wanted, records, case_type, reasons)
    for part in (Part.TRIGGER, Part.BANNED, Part.RESPONSE):
        owner = obligation.owed_by if part in LOOKED_FOR else Owner.FORCE
        _look_at_events([need for need in wanted if need.part is part], records, case_type, owner, reasons)
    _look_at_limit(resolved, wanted, records, reasons)
    _look_at_the_rest(wanted, records, case_type, reasons)
    if obligation.per_child and with_child < cases:
        answer = reasons.no if with_child == 0 else reasons.in_part
        without = cases - with_child
        says = "does not say which child it is about" if without == 1 else "do not say which child they are about"
        answer(f"{number(without)} of {count(cases, 'case')} {says}.")
    systems = _systems(wanted, records, case_type, obligation.owed_by)
    _look_at_joining(wanted, records, resolved, cases, reasons)
    _look_at_gaps(wanted, records, resolved, reasons)
    return CanTell(resolved.key, reasons.answer(), tuple(dict.fromkeys(text for _, text in reasons.found)), systems)


def _look_at_cases(wanted: Sequence[Need], records: _Records, case_type: str, reasons: _Reasons) -> None:
    for need in wanted:
        if need.part in (Part.CASES, Part.FIELD) and not records.systems_for(need, case_type):
            reasons.no(f"No system holds {need.in_words()}, {need.part.value}.")


def _look_at_events(wanted: Sequence[Need], records: _Records, case_type: str, owner: Owner, reasons: _Reasons) -> None:
    """Of several events any one will do, so a missing one takes something away and only all of them everything."""
    if not wanted:
        return
    lacking = [need for need in wanted if not records.systems_for(need, case_type, owner)]
    events = {need.event for need in wanted}
    by_whom = "" if owner is Owner.FORCE else f" that the {owner.value} keeps"
    if events == {need.event for need in lacking}:
        names = _or(need.in_words() for need in lacking)
        reasons.no(f"No system{by_whom} records {names}, {wanted[0].part.value}.")
        return
    for need in lacking:
        reasons.in_part(f"No system{by_whom} records {need.in_words()}, part of {need.part.value}.")
    for need in wanted:
        able = records.systems_for(need, case_type, owner)
        if need.field is None and able and not any(records.seen.get((name, case_type, need.event)) for name in able):
            reasons.in_part(f"{records.named(able)} could record {need.in_words()} but {_holds(able)} none.")
        if need.field is not None:
            _look_at_history(need, able, records, reasons)


def _look_at_limit(resolved: ResolvedObligation, wanted: Sequence[Need], records: _Records, reasons: _Reasons) -> None:
    limit = resolved.obligation.time_limit
    if isinstance(limit, ToBeSet):
        reasons.no("No guidance gives a limit, and `force.yaml` sets none: only the waits are shown.")
        return
    of_limit = [need for need in wanted if need.part is Part.LIMIT]
    lacking = [need for need in of_limit if not records.systems_for(need, resolved.case_type)]
    if lacking and len(lacking) == len([need for need in of_limit if need.of_case_too] or lacking):
        names = _or(need.in_words() for need in lacking)
        unknown = limit.unknown if isinstance(limit, LimitTable) else None
        if unknown is None or isinstance(unknown, ToBeSet):
            reasons.no(f"No system records {names}, which says how long there is.")
        else:
            reasons.in_part(f"No system records {names}: every occasion is judged by the limit for unknown, {unknown}.")
    for need in of_limit:
        if need.field is not None:
            _look_at_history(need, records.systems_for(need, resolved.case_type), records, reasons)


def _look_at_the_rest(wanted: Sequence[Need], records: _Records, case_type: str, reasons: _Reasons) -> None:
    lacking = [need for need in wanted if not records.systems_for(need, case_type)]
    if exempting := [need.in_words() for need in lacking if need.part is Part.EXEMPTION]:
        reasons.in_part(f"No system records {_or(exempting)}: where that happened, it is judged as if it was owed.")
    if settling := [need.in_words() for need in lacking if need.part is Part.SETTLED]:
        reasons.in_part(f"No system records {_or(settling)}, which would end or settle it.")


def _look_at_history(need: Need, able: Iterable[str], records: _Records, reasons: _Reasons) -> None:
    for name in sorted(able):
        if (name, need.event, need.field) in records.last_value_only:
            reasons.in_part(
                f"{records.named([name])} keeps only the last value of {need.in_words()}: judged on that one."
            )


def _look_at_joining(
    wanted: Sequence[Need], records: _Records, resolved: ResolvedObligation, cases: int, reasons: _Reasons
) -> None:
    for part in LOOKED_FOR:
        able = _able_to_show(part, wanted, records, resolved)
        held = records.cases_held(resolved.case_type, able)
        if able and held < cases:
            reasons.in_part(
                f"{records.named(able)}, which can record {part.value}, {_holds(able)} a row of {number(held)} of "
                f"{count(cases, 'case')} ({_percent(held, cases)}%)."
            )


def _look_at_gaps(wanted: Sequence[Need], records: _Records, resolved: ResolvedObligation, reasons: _Reasons) -> None:
    calendar = Calendar(resolved.zone)
    able = _able_to_show(Part.RESPONSE, wanted, records, resolved)
    for row in records.coverage:
        if row["source"] not in able:
            continue
        if row["gap_from"] is not None:
            note = f" ({row['gap_note']})" if row["gap_note"] else ""
            reasons.in_part(
                f"{records.named([row['source']])} has a gap from {_day(row['gap_from'], calendar)} "
                f"to {_day(row['gap_to'], calendar)}{note}."
            )
        if row["taken_at"] is not None and row["taken_at"] < records.as_at:
            reasons.in_part(
                f"The export of {records.named([row['source']])} was taken on {_day(row['taken_at'], calendar)}: what "
                "fell due after that cannot be told."
            )


def _able_to_show(part: Part, wanted: Sequence[Need], records: _Records, resolved: ResolvedObligation) -> set[str]:
    owner = resolved.obligation.owed_by
    return {
        name
        for need in wanted
        if need.part is part and need.field is None
        for name in records.systems_for(need, resolved.case_type, owner)
    }


def _systems(wanted: Sequence[Need], records: _Records, case_type: str, owner: Owner) -> tuple[SystemRecords, ...]:
    """Each system that is able to record a trigger, a response or the field, with what it did record."""
    events: dict[str, list[str]] = {}
    for need in wanted:
        of_a_field = need.part is Part.FIELD
        if of_a_field or (need.part in (Part.TRIGGER, *LOOKED_FOR) and need.field is None):
            body = owner if need.part in LOOKED_FOR else Owner.FORCE
            for name in records.systems_for(need, case_type, body):
                events.setdefault(name, []).append((need.field if of_a_field else need.event) or "")
    found = []
    for name in sorted(events):
        seen = [spell for event in events[name] if (spell := records.seen.get((name, case_type, event)))]
        found.append(
            SystemRecords(
                source=name,
                events=tuple(dict.fromkeys(events[name])),
                event_count=sum(spell[0] for spell in seen),
                first_at=min((spell[1] for spell in seen if spell[1]), default=None),
                last_at=max((spell[2] for spell in seen if spell[2]), default=None),
            )
        )
    return tuple(found)


def _events_seen(
    event_log: EventLog, case_types: pl.LazyFrame, as_at: datetime
) -> dict[tuple[str, str, str | None], tuple[int, datetime | None, datetime | None]]:
    """By system, case type and event: how many are known as at, the first and the last."""
    counted = (
        event_log.events.filter(is_known(as_at))
        .select("case_id", "source", "event", "happened_at")
        .join(case_types, on="case_id", how="inner")
        .group_by("source", "case_type", "event")
        .agg(count=pl.len(), first=pl.col("happened_at").min(), last=pl.col("happened_at").max())
        .collect()
    )
    return {
        (source, case_type, event): (count, first, last)
        for source, case_type, event, count, first, last in counted.select(
            "source", "case_type", "event", "count", "first", "last"
        ).iter_rows()
    }


def _or(names: Iterable[str]) -> str:
    return and_list(dict.fromkeys(names), "or")


def _day(instant: datetime, calendar: Calendar) -> str:
    return date_in_words(calendar.local_date(instant))


def _sentence(reason: str) -> str:
    """Begun with a capital letter; a system without a title is called by its name, which may have none."""
    return reason[0].upper() + reason[1:]


def _holds(names: Iterable[str]) -> str:
    return "holds" if len(list(names)) == 1 else "hold"


def _percent(part: int, whole: int) -> str:
    """Rounded down to a tenth, so that 99.96 % never reads as all."""
    tenths = part * 1000 // whole
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
