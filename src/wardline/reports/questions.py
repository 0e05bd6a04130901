"""Questions for the chief constable, each drawn from the findings by a stated rule, with the rows behind it.

They are questions: a pattern in records may have a good reason, and whoever owes it knows it best.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import polars as pl

from wardline.findings import Outcome
from wardline.obligations import Never, Owner, Record, ResolvedObligation
from wardline.reports.comparisons import lower_by_attribute, lower_by_time_of_day
from wardline.reports.downgrades import late_downgrades
from wardline.reports.headline import noun_of
from wardline.reports.occasions import JUDGED, stands_in_headlines
from wardline.reports.report import Report
from wardline.reports.shares import FEWEST_TO_COMPARE
from wardline.reports.wording import REASON_WORDS, count, duration, number, quoted
from wardline.time_limits import ToBeSet

__all__ = ["HOW_COMPARED", "MOST_QUESTIONS", "RULES", "Question", "questions"]

MOST_QUESTIONS = 3
FEWEST_TO_ASK_ABOUT = 5  # occasions that share something; chosen by us

HOW_COMPARED = (
    "Each rule looks at the obligations that the force owes and that may stand in a headline, the headline's own first, "
    "and takes the first in which it finds something. Two groups of occasions are compared only where each holds "
    f"{FEWEST_TO_COMPARE} or more that we can judge, and a difference is asked about only where their 95% intervals do "
    "not touch. The first three rules that find something, in this order, make the questions; where fewer do, the rules "
    "are gone through once more, each for the next obligation."
)
RULES = (
    "the part of the local day (of four) in which a smaller share was recorded in time than in the rest of the day",
    "the value of a case attribute for which a smaller share was recorded in time than for all others",
    f"grades lowered in the last quarter of the time allowed or after it, without a response by then, if {FEWEST_TO_ASK_ABOUT} or more",
    "occasions past their deadline of which no record was found (or what must not happen, or is not filled in)",
    "occasions recorded late",
    f"entries recorded in time but written up later than is allowed for, if {FEWEST_TO_COMPARE} or more",
    f"the reason for which we most often cannot tell, if it holds for {FEWEST_TO_COMPARE} or more",
)


@dataclass(frozen=True, eq=False)  # a table has no single answer to "equal"
class Question:
    """What was seen, what is asked about it, and the occasions behind it (rows of the findings)."""

    seen: str
    asked: str
    rows: pl.DataFrame
    item: ResolvedObligation

    @property
    def link(self) -> str:
        """What the link to the rows says."""
        return count(self.rows.height, noun_of(self.item))


Rule = Callable[[Report, ResolvedObligation, pl.DataFrame], Question | None]


def questions(report: Report, findings: pl.DataFrame, first: ResolvedObligation | None) -> list[Question]:
    """At most three, by the rules in their order; `first` is the obligation that the headline speaks of."""
    mine = stands_in_headlines(report.obligations, owed_by=Owner.FORCE)
    mine.sort(key=lambda item: item is not first)
    by_key = {key[0]: table for key, table in findings.group_by("key", maintain_order=True)}
    here = [(item, by_key[item.key]) for item in mine if item.key in by_key]
    rules = (_by_time_of_day, _by_attribute, _by_gradings, _by_no_record, _by_lateness, _by_writing_up, _by_cannot_tell)
    found: dict[tuple[Rule, str], Question] = {}
    for rule in (*rules, *rules):  # a second time, for the next obligation that it fits
        if len(found) < MOST_QUESTIONS:
            for question in _first(
                rule, report, [(item, rows) for item, rows in here if (rule, item.key) not in found]
            ):
                found[rule, question.item.key] = question
    return [_named(question, first) for question in found.values()]


def _named(question: Question, first: ResolvedObligation | None) -> Question:
    """The question as a whole sentence, naming its obligation unless it is the headline's."""
    if question.item is first:
        return replace(question, seen=question.seen[0].upper() + question.seen[1:])
    return replace(question, seen=f"{quoted(question.item.obligation.title)}: {question.seen}")


def _first(rule: Rule, report: Report, here: list[tuple[ResolvedObligation, pl.DataFrame]]) -> list[Question]:
    for item, mine in here:
        question = rule(report, item, mine)
        if question is not None:
            return [question]
    return []


def _by_time_of_day(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    del report
    lower = lower_by_time_of_day(item, mine)
    return None if lower is None else Question(lower.seen, "What is different at those hours?", lower.rows, item)


def _by_attribute(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    lower = lower_by_attribute(report, item, mine)
    return None if lower is None else Question(lower.seen, "What explains the difference?", lower.rows, item)


def _by_gradings(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    lowered = late_downgrades(report.gradings, item, mine).filter(~pl.col("was_answered"))
    rows = lowered.unique(["case_id", "trigger_event"], keep="first", maintain_order=True).select(mine.columns)
    if rows.height < FEWEST_TO_ASK_ABOUT:
        return None
    seen = (
        f"for {count(rows.height, noun_of(item))} the grade was lowered in the last quarter of the time that the higher "
        "one allowed, or after it, with no response on record by then."
    )
    return Question(seen, "Who agreed each, and what had become known?", rows, item)


def _by_no_record(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    del report
    rows = mine.filter(pl.col("outcome") == Outcome.MISSED.value)
    if rows.is_empty():
        return None
    many = count(rows.height, noun_of(item))
    match item.obligation:
        case Never():
            return Question(f"this was recorded as happening on {many}.", "How did it come about?", rows, item)
        case Record():
            return Question(f"this was not filled in on {many}.", "Was it known, and not recorded?", rows, item)
    seen = f"no record was found for {count(rows.height, noun_of(item))} whose deadline has passed."
    return Question(seen, "Was it done and not recorded, or not done?", rows, item)


def _by_lateness(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    del report
    rows = mine.filter(pl.col("outcome") == Outcome.LATE.value)
    if rows.is_empty():
        return None
    lengths = rows["late_by"].drop_nulls().sort()
    by = f", by up to {duration(lengths[-1])}" if len(lengths) else ""
    judged = mine.filter(pl.col("outcome").is_in(JUDGED)).height
    were = "was" if rows.height == 1 else "were"
    seen = f"{number(rows.height)} of {count(judged, noun_of(item))} that we can judge {were} recorded late{by}."
    return Question(
        seen,
        "What stood in the way?",
        rows.sort("late_by", descending=True, nulls_last=True, maintain_order=True),
        item,
    )


def _by_writing_up(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    met = mine.filter(pl.col("outcome") == Outcome.MET.value)
    rows = met.filter(pl.col("written") == "later")
    if rows.height < FEWEST_TO_COMPARE or item.obligation.time_limit is None:
        return None
    after = duration(report.written_up_later_after)
    seen = f"of {number(met.height)} recorded in time, {number(rows.height)} were written up more than {after} later."
    return Question(seen, "How were the times in these entries known?", rows, item)


def _by_cannot_tell(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    del report
    unknown = mine.filter(pl.col("outcome") == Outcome.CANNOT_TELL.value)
    by_reason = {reason.value: unknown.filter(pl.col("reason") == reason.value) for reason in REASON_WORDS}
    reason, rows = max(by_reason.items(), key=lambda pair: pair[1].height)
    if rows.height < FEWEST_TO_COMPARE:
        return None
    words = next(words for one, words in REASON_WORDS.items() if one.value == reason)
    seen = f"for {count(rows.height, noun_of(item))} we cannot tell, because {words}."
    asked = (
        "What limit has the force set itself?"
        if isinstance(item.obligation.time_limit, ToBeSet)
        else "What would it take to record this?"
    )
    return Question(seen, asked, rows, item)
