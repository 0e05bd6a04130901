"""Which questions the findings give rise to, each by a stated rule, with the occasions behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

import polars as pl

from wardline.events import is_restricted
from wardline.findings import Outcome, Reason
from wardline.measures.comparisons import (
    GroupsBeside,
    GroupsLookedAt,
    LowerGroup,
    attributes_compared,
    by_attribute,
    by_time_of_day,
)
from wardline.measures.figures import FEWEST_TO_COMPARE, Count, Counted
from wardline.measures.measured_tables import LATER, MeasuredTables, may_be_counted, occasions_of
from wardline.measures.outcomes import CountedFindings
from wardline.measures.row_filters import Outside
from wardline.obligations import LimitTable, Owner, ResolvedObligation

__all__ = [
    "FEWEST_TO_ASK_ABOUT",
    "MOST_QUESTIONS",
    "OccasionShown",
    "Question",
    "QuestionKind",
    "questions",
    "questions_and_groups",
]

MOST_QUESTIONS = 3
MOST_ROWS_BEHIND = 25  # of a question; chosen by us so that the page can be printed
FEWEST_TO_ASK_ABOUT = 5  # occasions that share something; chosen by us
# Where a case is, from the smallest area: of these the first that the records have is shown, whatever stands out.
PLACES_SHOWN = ("district", "division", "sector", "area", "region", "ward")


class QuestionKind(Enum):
    """The rules, in the order in which they are gone through."""

    TIME_OF_DAY = "a smaller share in one part of the local day"
    ATTRIBUTE = "a smaller share for one value of a case attribute"
    LOWERED_GRADES = "grades lowered late without a response by then"
    NO_RECORD = "no record was found"
    LATE = "recorded late"
    WRITTEN_LATER = "recorded in time and written up later than is allowed for"
    CANNOT_TELL = "cannot tell, for one reason"


@dataclass(frozen=True)
class OccasionShown:
    """One occasion behind a question: case id, never a name; instants in UTC."""

    case_id: str
    triggered_at: datetime | None
    deadline: datetime | None
    responded_at: datetime | None
    outcome: Outcome
    reason: Reason | None
    late_by: timedelta | None


@dataclass(frozen=True)
class Question:
    """What a rule found. `found` counts the occasions behind it, `shown` are the newest of them.

    Beside it, by the rule: the group that was compared; out of how many; the longest that one was late; why it cannot
    be told; how many more there are of which it cannot be told.
    """

    rule: QuestionKind
    item: ResolvedObligation
    found: Count
    lower: LowerGroup | None = None
    out_of: Count | None = None
    longest: timedelta | None = None
    reason: Reason | None = None
    cannot_tell: Count | None = None
    shown: tuple[OccasionShown, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """What the rules look at."""

    tables: MeasuredTables
    counted: CountedFindings
    hours: dict[str, GroupsLookedAt | None]  # the groups looked at, by the key of their obligation
    attributes: dict[str, GroupsLookedAt | None]

    @property
    def looked_at(self) -> int:
        """How many groups: the more there are, the further below the others one must be."""
        return sum(len(one.groups) for one in (*self.hours.values(), *self.attributes.values()) if one is not None)


Rule = Callable[[_Asked, ResolvedObligation], Question | None]


def questions(
    tables: MeasuredTables,
    counted: CountedFindings,
    first: ResolvedObligation | None,
    *,
    compared_by: Sequence[str] | None = None,
) -> tuple[Question, ...]:
    """At most three, by the rules in their order; `first` is the obligation that the headline speaks of."""
    return questions_and_groups(tables, counted, first, compared_by=compared_by)[0]


def questions_and_groups(
    tables: MeasuredTables,
    counted: CountedFindings,
    first: ResolvedObligation | None,
    *,
    compared_by: Sequence[str] | None = None,
) -> tuple[tuple[Question, ...], tuple[GroupsBeside, ...]]:
    """The questions, and the groups to show beside each other: those of the headline's obligation by place and by time
    of day, and those that a question is about."""
    mine = may_be_counted(tables.obligations, owed_by=Owner.FORCE)
    mine.sort(key=lambda item: item is not first)
    here = [item for item in mine if counted.of(item).occasions]
    compared = attributes_compared(tables, compared_by)
    # Where a single figure would say more than the records do, so would one for each of its groups.
    told = {item.key: counted.of(item).is_told for item in here}
    asked = _Asked(
        tables,
        counted,
        {item.key: by_time_of_day(tables, item) if told[item.key] else None for item in here},
        {item.key: by_attribute(tables, item, compared) if told[item.key] else None for item in here},
    )
    found: dict[tuple[QuestionKind, str], Question] = {}
    for rule in (*RULES, *RULES):  # a second time, for the next obligation that it fits
        for item in here:
            if len(found) == MOST_QUESTIONS:
                break
            if (rule, item.key) not in found and (question := RULES[rule](asked, item)) is not None:
                found[rule, item.key] = question
                break
    raised = tuple(replace(one, shown=_shown(tables, one)) for one in found.values())
    return raised, tuple(_groups_shown(asked, here, first, raised))


def _groups_shown(
    asked: _Asked, here: Sequence[ResolvedObligation], first: ResolvedObligation | None, raised: Sequence[Question]
) -> Iterator[GroupsBeside]:
    named = {(one.item.key, one.lower.attribute) for one in raised if one.lower is not None}
    for item in here:
        beside = [
            groups
            for looked in (asked.attributes[item.key], asked.hours[item.key])
            if looked is not None
            for groups in looked.beside_each_other(item, looked_at=asked.looked_at)
        ]
        attributes = [one.attribute for one in beside]
        place = next((one for one in PLACES_SHOWN if one in attributes), None)
        always = (place, None) if item is first else ()
        yield from (one for one in beside if one.attribute in always or (item.key, one.attribute) in named)


def _shown(tables: MeasuredTables, question: Question) -> tuple[OccasionShown, ...]:
    """The newest occasions, which can still be asked about best; of one instant in order of findings."""
    assert question.found.rows is not None
    rows = tables.rows(question.found.rows).filter(~is_restricted())
    rows = rows.sort("triggered_at", descending=True, nulls_last=True, maintain_order=True)
    columns = ("case_id", "triggered_at", "deadline", "responded_at", "outcome", "reason", "late_by")
    return tuple(
        OccasionShown(
            row["case_id"],
            row["triggered_at"],
            row["deadline"],
            row["responded_at"],
            Outcome(row["outcome"]),
            Reason(row["reason"]) if row["reason"] else None,
            row["late_by"],
        )
        for row in rows.select(columns).head(MOST_ROWS_BEHIND).collect().iter_rows(named=True)
    )


def _by_time_of_day(asked: _Asked, item: ResolvedObligation) -> Question | None:
    compared = asked.hours[item.key]
    lower = None if compared is None else compared.furthest_below(looked_at=asked.looked_at)
    return None if lower is None else Question(QuestionKind.TIME_OF_DAY, item, lower.inside.part, lower)


def _by_attribute(asked: _Asked, item: ResolvedObligation) -> Question | None:
    compared = asked.attributes[item.key]
    lower = None if compared is None else compared.furthest_below(looked_at=asked.looked_at)
    return None if lower is None else Question(QuestionKind.ATTRIBUTE, item, lower.inside.part, lower)


def _by_gradings(asked: _Asked, item: ResolvedObligation) -> Question | None:
    limit = item.obligation.time_limit
    if not isinstance(limit, LimitTable) or limit.of is None:
        return None
    lowered = occasions_of(item).with_value("was_lowered_late", True)
    found, cannot_tell = (
        Count(Counted.OCCASION, asked.tables.count(rows), rows)
        for rows in (
            lowered.where(Outside("outcome", (Outcome.CANNOT_TELL.value,))),
            lowered.with_value("outcome", Outcome.CANNOT_TELL.value),
        )
    )
    if found.value < FEWEST_TO_ASK_ABOUT:
        return None
    return Question(QuestionKind.LOWERED_GRADES, item, found, cannot_tell=cannot_tell)


def _by_no_record(asked: _Asked, item: ResolvedObligation) -> Question | None:
    missed = asked.counted.of(item).missed
    return Question(QuestionKind.NO_RECORD, item, missed) if missed else None


def _by_lateness(asked: _Asked, item: ResolvedObligation) -> Question | None:
    outcomes = asked.counted.of(item)
    if not outcomes.late:
        return None
    assert outcomes.late.rows is not None
    longest: timedelta | None = asked.tables.rows(outcomes.late.rows).select(pl.col("late_by").max()).collect().item()
    return Question(QuestionKind.LATE, item, outcomes.late, out_of=outcomes.judged, longest=longest)


def _by_writing_up(asked: _Asked, item: ResolvedObligation) -> Question | None:
    met = asked.counted.of(item).met
    if item.obligation.time_limit is None or met.value < FEWEST_TO_COMPARE:
        return None
    assert met.rows is not None
    rows = met.rows.with_value("written", LATER)
    found = Count(Counted.OCCASION, asked.tables.count(rows), rows)
    if found.value < FEWEST_TO_COMPARE:
        return None
    return Question(QuestionKind.WRITTEN_LATER, item, found, out_of=met)


def _by_cannot_tell(asked: _Asked, item: ResolvedObligation) -> Question | None:
    by_reason = {reason: by_key.get(item.key, 0) for reason, by_key in asked.counted.cannot_tell().items()}
    most = max((by_reason.get(reason, 0) for reason in Reason), default=0)
    if most < FEWEST_TO_COMPARE:
        return None
    reason = next(reason for reason in Reason if by_reason.get(reason, 0) == most)
    unknown = occasions_of(item).with_value("outcome", Outcome.CANNOT_TELL.value).with_value("reason", reason.value)
    return Question(QuestionKind.CANNOT_TELL, item, Count(Counted.OCCASION, most, unknown), reason=reason)


RULES: dict[QuestionKind, Rule] = {
    QuestionKind.TIME_OF_DAY: _by_time_of_day,
    QuestionKind.ATTRIBUTE: _by_attribute,
    QuestionKind.LOWERED_GRADES: _by_gradings,
    QuestionKind.NO_RECORD: _by_no_record,
    QuestionKind.LATE: _by_lateness,
    QuestionKind.WRITTEN_LATER: _by_writing_up,
    QuestionKind.CANNOT_TELL: _by_cannot_tell,
}
