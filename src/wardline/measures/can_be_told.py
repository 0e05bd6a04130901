"""Can we tell? Obligation by obligation, whether the columns at hand can judge it, asked before any finding.

Only abilities, coverage and counts are looked at here; what each occasion came to is for the engines. What stands in
the way is a code with the facts that it rests on; a page says it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from wardline.measures.figures import Count, Counted
from wardline.measures.records_at_hand import RecordsAtHand
from wardline.measures.systems import SystemGap
from wardline.obligations import LOOKED_FOR, LimitTable, Need, Owner, Part, ResolvedObligation, needs
from wardline.time_limits import SingleLimit, ToBeSet

__all__ = ["Answer", "CanTell", "InTheWay", "Obstacle", "SystemRecords", "can_be_told", "count_answers"]


class Answer(Enum):
    """Whether an obligation can be judged from the columns at hand; the value is the word that people read."""

    YES = "yes"
    IN_PART = "in part"
    NO = "no"


class Obstacle(Enum):
    """What stands in the way of judging an obligation."""

    NO_CASE = "the exports have no case of the type"
    CASES_NOT_TOLD_APART = "no system holds the field that says which cases it is about"
    NOT_RECORDED = "no system records what is looked for"
    PARTLY_NOT_RECORDED = "no system records one of several events that are looked for"
    NONE_HELD = "systems could record an event, and hold none"
    LAST_VALUE_ONLY = "a system keeps only the last value of a field"
    LIMIT_TO_BE_SET = "no guidance gives a limit, and the force sets none"
    LIMIT_NOT_RECORDED = "no system records what says how long there is"
    LIMIT_FOR_UNKNOWN = "the same, and every occasion is judged by the limit for unknown"
    EXEMPTION_NOT_RECORDED = "no system records what makes it not owed"
    ENDING_NOT_RECORDED = "no system records what would end or settle it"
    NO_CHILD_NAMED = "cases do not say which child they are about"
    ROWS_OF_SOME_CASES = "the systems that can record it have rows for some cases only"
    GAP = "a system has a gap"
    EXPORT_TAKEN_EARLIER = "an export was taken before as at"


@dataclass(frozen=True)
class InTheWay:
    """One thing that stands in the way, and the facts that it rests on: which of them there are goes by the obstacle.

    `systems` are the short names of record systems, in alphabetical order; `owner` is the body whose own systems alone
    can show it. `some` of `whole` cases are those of which it holds.
    """

    obstacle: Obstacle
    answer: Answer
    needs: tuple[Need, ...] = ()
    part: Part | None = None
    systems: tuple[str, ...] = ()
    owner: Owner = Owner.FORCE
    some: Count | None = None
    whole: Count | None = None
    limit: SingleLimit | None = None
    gap: SystemGap | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True)
class SystemRecords:
    """What one record system holds that an obligation needs, and from when to when.

    `names` are those of the trigger and response events that it is able to record (for a record: the field);
    `first_at` and `last_at` the earliest and latest `happened_at` of them, None where there is none.
    """

    source: str
    names: tuple[str, ...]
    events: Count
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True)
class CanTell:
    """Whether one obligation can be judged: the answer, what stands in the way, and by which systems."""

    item: ResolvedObligation
    answer: Answer
    in_the_way: tuple[InTheWay, ...] = ()
    systems: tuple[SystemRecords, ...] = ()


def can_be_told(obligations: Sequence[ResolvedObligation], records: RecordsAtHand) -> tuple[CanTell, ...]:
    """For each obligation, in order: yes, in part or no, why, and from when to when each system recorded."""
    return tuple(_Look(item, records).answered() for item in obligations)


def count_answers(found: Sequence[CanTell]) -> tuple[Count, Count, Count]:
    """Of how many obligations the answer is yes, in part, no."""
    yes, in_part, no = (Count(Counted.OBLIGATION, sum(one.answer is answer for one in found)) for answer in Answer)
    return yes, in_part, no


@dataclass
class _Look:
    """One obligation, looked at beside the records: what stands in the way is noted as it is found."""

    item: ResolvedObligation
    records: RecordsAtHand
    found: list[InTheWay] = field(default_factory=list)

    def answered(self) -> CanTell:
        self.wanted = needs(self.item.obligation)
        self.look_at_cases()
        for part in (Part.TRIGGER, Part.BANNED, Part.RESPONSE):
            self.look_at_events(part)
        self.look_at_limit()
        self.look_at_the_rest()
        self.look_at_children()
        self.look_at_joining()
        self.look_at_gaps()
        answers = {one.answer for one in self.found}
        answer = next((one for one in (Answer.NO, Answer.IN_PART) if one in answers), Answer.YES)
        return CanTell(self.item, answer, tuple(dict.fromkeys(self.found)), self.systems())

    def no(self, obstacle: Obstacle, needs: Iterable[Need] = (), **facts: object) -> None:
        self.found.append(InTheWay(obstacle, Answer.NO, tuple(needs), **facts))  # type: ignore[arg-type]  # as named

    def in_part(self, obstacle: Obstacle, needs: Iterable[Need] = (), **facts: object) -> None:
        self.found.append(InTheWay(obstacle, Answer.IN_PART, tuple(needs), **facts))  # type: ignore[arg-type]  # as named

    def able(self, need: Need, owner: Owner = Owner.FORCE) -> set[str]:
        return self.records.able(need, self.item.case_type, owner)

    def look_at_cases(self) -> None:
        if not self.records.cases(self.item.case_type):
            self.no(Obstacle.NO_CASE)
        for need in self.wanted:
            if need.part in (Part.CASES, Part.FIELD) and not self.able(need):
                self.no(Obstacle.CASES_NOT_TOLD_APART, [need], part=need.part)

    def look_at_events(self, part: Part) -> None:
        """Of several events any one will do, so a missing one takes something away and only all of them everything."""
        wanted = [need for need in self.wanted if need.part is part]
        if not wanted:
            return
        owner = self.item.obligation.owed_by if part in LOOKED_FOR else Owner.FORCE
        lacking = [need for need in wanted if not self.able(need, owner)]
        if {need.event for need in wanted} == {need.event for need in lacking}:
            self.no(Obstacle.NOT_RECORDED, lacking, part=part, owner=owner)
            return
        for need in lacking:
            self.in_part(Obstacle.PARTLY_NOT_RECORDED, [need], part=part, owner=owner)
        for need in wanted:
            able = self.able(need, owner)
            if need.field is not None:
                self.look_at_history(need, able)
            elif able and not any(self.records.seen(name, self.item.case_type, need.event) for name in able):
                self.in_part(Obstacle.NONE_HELD, [need], systems=tuple(sorted(able)))

    def look_at_limit(self) -> None:
        limit = self.item.obligation.time_limit
        if isinstance(limit, ToBeSet):
            self.no(Obstacle.LIMIT_TO_BE_SET)
            return
        of_limit = [need for need in self.wanted if need.part is Part.LIMIT]
        lacking = [need for need in of_limit if not self.able(need)]
        if lacking and len(lacking) == len([need for need in of_limit if need.of_case_too] or lacking):
            unknown = limit.unknown if isinstance(limit, LimitTable) else None
            if unknown is None or isinstance(unknown, ToBeSet):
                self.no(Obstacle.LIMIT_NOT_RECORDED, lacking)
            else:
                self.in_part(Obstacle.LIMIT_FOR_UNKNOWN, lacking, limit=unknown)
        for need in of_limit:
            if need.field is not None:
                self.look_at_history(need, self.able(need))

    def look_at_the_rest(self) -> None:
        lacking = [need for need in self.wanted if not self.able(need)]
        if exempting := [need for need in lacking if need.part is Part.EXEMPTION]:
            self.in_part(Obstacle.EXEMPTION_NOT_RECORDED, exempting)
        if settling := [need for need in lacking if need.part is Part.SETTLED]:
            self.in_part(Obstacle.ENDING_NOT_RECORDED, settling)

    def look_at_history(self, need: Need, able: Iterable[str]) -> None:
        for name in sorted(able):
            if self.records.keeps_only_last_value(name, need):
                self.in_part(Obstacle.LAST_VALUE_ONLY, [need], systems=(name,))

    def look_at_children(self) -> None:
        whole, without = self.records.cases(self.item.case_type), self.records.without_child(self.item.case_type)
        if self.item.obligation.per_child and without:
            is_all = without.value == whole.value
            (self.no if is_all else self.in_part)(Obstacle.NO_CHILD_NAMED, some=without, whole=whole)

    def look_at_joining(self) -> None:
        whole = self.records.cases(self.item.case_type)
        for part in LOOKED_FOR:
            able = self.able_to_show(part)
            held = self.records.cases_held(self.item.case_type, able)
            if able and held.value < whole.value:
                self.in_part(Obstacle.ROWS_OF_SOME_CASES, part=part, systems=able, some=held, whole=whole)

    def look_at_gaps(self) -> None:
        able = self.able_to_show(Part.RESPONSE)
        for source, gap, taken_at in self.records.gaps_and_exports():
            if source not in able:
                continue
            if gap is not None:
                self.in_part(Obstacle.GAP, systems=(source,), gap=gap)
            if taken_at is not None and taken_at < self.records.as_at:
                self.in_part(Obstacle.EXPORT_TAKEN_EARLIER, systems=(source,), taken_at=taken_at)

    def able_to_show(self, part: Part) -> tuple[str, ...]:
        owner = self.item.obligation.owed_by
        wanted = [need for need in self.wanted if need.part is part and need.field is None]
        return tuple(sorted({name for need in wanted for name in self.able(need, owner)}))

    def systems(self) -> tuple[SystemRecords, ...]:
        """Each system that is able to record a trigger, a response or the field, with what it did record."""
        names: dict[str, list[str]] = {}
        for need in self.wanted:
            of_a_field = need.part is Part.FIELD
            if of_a_field or (need.part in (Part.TRIGGER, *LOOKED_FOR) and need.field is None):
                body = self.item.obligation.owed_by if need.part in LOOKED_FOR else Owner.FORCE
                for source in self.able(need, body):
                    names.setdefault(source, []).append((need.field if of_a_field else need.event) or "")
        return tuple(self.of_system(source, names[source]) for source in sorted(names))

    def of_system(self, source: str, names: Sequence[str]) -> SystemRecords:
        case_type = self.item.case_type
        # One event may be both what starts it and what satisfies it; it is counted once.
        spells = [spell for name in dict.fromkeys(names) if (spell := self.records.seen(source, case_type, name))]
        return SystemRecords(
            source,
            tuple(dict.fromkeys(names)),
            Count(Counted.EVENT, sum(one.events for one in spells), self.records.events_of(source, case_type, names)),
            min((one.first_at for one in spells if one.first_at), default=None),
            max((one.last_at for one in spells if one.last_at), default=None),
        )
