"""Questions for the chief constable, each drawn from the findings by a stated rule, with the rows behind it.

They are questions: a pattern in records may have a good reason, and whoever owes the duty knows it best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from wardline.findings import Outcome
from wardline.obligations import LimitTable, Never, Owner, Record, Repeat, ResolvedObligation, Respond
from wardline.reports.gradings import relaxed_late
from wardline.reports.headline import noun_of
from wardline.reports.occasions import JUDGED, stands_in_headlines
from wardline.reports.report import Report
from wardline.reports.shares import Share
from wardline.reports.words import REASON_WORDS, count, duration, number, quoted
from wardline.time_limits import ToBeSet

__all__ = ["COMPARED_BY", "HOW_COMPARED", "RULES", "Question", "questions"]

MOST_QUESTIONS = 3
FEWEST_TO_COMPARE = 10     # judged occasions in a group and beside it; chosen by us
FEWEST_TO_ASK_ABOUT = 5    # occasions that share something; chosen by us
# Case attributes whose values may stand in a question besides those that say only yes and no: none can name a person.
COMPARED_BY = ("age_band", "area", "day", "district", "division", "from_care", "grade", "home_type", "priority",
               "region", "risk", "sector", "ward")
MOST_VALUES = 30           # of such an attribute; more are no grouping
BANDS = ((22, 4, "10 pm and 4 am"), (4, 10, "4 am and 10 am"), (10, 16, "10 am and 4 pm"), (16, 22, "4 pm and 10 pm"))

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
    f"gradings that gave a longer limit in the last quarter of the time allowed, if {FEWEST_TO_ASK_ABOUT} or more",
    "occasions past their deadline of which no record was found (or what must not happen, or is not filled in)",
    "occasions recorded late",
    f"entries recorded in time but written up later than is allowed for, if {FEWEST_TO_COMPARE} or more",
    f"the reason for which we most often cannot tell, if it holds for {FEWEST_TO_COMPARE} or more",
)


@dataclass(frozen=True)
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
    by_duty = {key[0]: table for key, table in findings.group_by("duty", maintain_order=True)}
    here = [(item, by_duty[item.full_name]) for item in mine if item.full_name in by_duty]
    rules = (_by_time_of_day, _by_attribute, _by_gradings, _by_no_record, _by_lateness, _by_writing_up, _by_cannot_tell)
    found: dict[tuple[Rule, str], Question] = {}
    for rule in (*rules, *rules):  # a second time, for the next obligation that it fits
        if len(found) < MOST_QUESTIONS:
            for question in _first(rule, report, [(item, rows) for item, rows in here
                                                  if (rule, item.full_name) not in found]):
                found[rule, question.item.full_name] = question
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


# WHERE FEWER ARE RECORDED IN TIME

def _by_time_of_day(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    del report
    if not isinstance(item.obligation, (Respond, Repeat)):
        return None
    judged = _judged(mine).filter(pl.col("hour").is_not_null())
    groups = [(words, _in_band(first, last)) for first, last, words in BANDS]
    found = _furthest_below(judged, groups)
    if found is None:
        return None
    words, rows, inside, outside = found
    seen = f"between {words}, {_less_often(item, inside)}; at other times of day, {_not_met(outside)}."
    return Question(seen, "What is different at those hours?", rows, item)


def _by_attribute(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    judged = _judged(mine)
    groups = [(f"where {name.replace('_', ' ')} is {quoted(value)}", pl.col(f"case.{name}").eq_missing(pl.lit(value)))
              for name, value in _values(report, judged)]
    found = _furthest_below(judged, groups)
    if found is None:
        return None
    where, rows, inside, outside = found
    seen = f"{where}, {_less_often(item, inside)}; elsewhere, {_not_met(outside)}."
    return Question(seen, "What explains the difference?", rows, item)


def _furthest_below(judged: pl.DataFrame, groups: Sequence[tuple[str, pl.Expr]]
                    ) -> tuple[str, pl.DataFrame, Share, Share] | None:
    """The group whose share in time lies furthest below that of all others, if any lies clearly below."""
    best, gap = None, 0.0
    for name, is_inside in groups:
        inside, outside = _share(judged.filter(is_inside)), _share(judged.filter(~is_inside))
        if min(inside.whole, outside.whole) < FEWEST_TO_COMPARE or inside.interval()[1] >= outside.interval()[0]:
            continue
        here = outside.part / outside.whole - inside.part / inside.whole
        if here > gap:
            best, gap = (name, is_inside, inside, outside), here
    if best is None:
        return None
    name, is_inside, inside, outside = best
    return name, judged.filter(is_inside & (pl.col("outcome") != Outcome.MET.value)), inside, outside


def _values(report: Report, judged: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """The case attributes that may be compared, each with its values, in alphabetical order."""
    for column in sorted(name for name in judged.columns if name.startswith("case.")):
        name = column.removeprefix("case.")
        if judged[column].dtype != pl.String() or (report.compared_by is not None and name not in report.compared_by):
            continue
        values = sorted(judged[column].drop_nulls().unique())
        says_only_yes_or_no = set(values) <= {"yes", "no"}
        if report.compared_by is None and not says_only_yes_or_no and name not in COMPARED_BY:
            continue
        if 2 <= len(values) <= MOST_VALUES:
            yield from ((name, value) for value in values)


def _in_band(first: int, last: int) -> pl.Expr:
    hour = pl.col("hour")
    return (hour >= first) & (hour < last) if first < last else (hour >= first) | (hour < last)


# WHAT SHARES SOMETHING TO ASK ABOUT

def _by_gradings(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Question | None:
    time_limit = item.obligation.time_limit
    if report.gradings is None or not isinstance(time_limit, LimitTable):
        return None
    rows = relaxed_late(report, item, time_limit, mine)
    if rows.height < FEWEST_TO_ASK_ABOUT:
        return None
    seen = (f"for {count(rows.height, noun_of(item))} a grade with a longer limit was recorded in the last quarter of the "
            "time allowed.")
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
    seen = f"{number(rows.height)} of {count(_judged(mine).height, noun_of(item))} that we can judge " \
           f"{'was' if rows.height == 1 else 'were'} recorded late{by}."
    return Question(seen, "What stood in the way?", rows.sort("late_by", descending=True, nulls_last=True,
                                                               maintain_order=True), item)


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
    asked = "What limit has the force set itself?" if isinstance(item.obligation.time_limit, ToBeSet) else \
        "What would it take to record this?"
    return Question(seen, asked, rows, item)


def _judged(mine: pl.DataFrame) -> pl.DataFrame:
    return mine.filter(pl.col("outcome").is_in(JUDGED))


def _share(judged: pl.DataFrame) -> Share:
    return Share(judged.filter(pl.col("outcome") == Outcome.MET.value).height, judged.height)


def _less_often(item: ResolvedObligation, share: Share) -> str:
    """`694 of 823 reports (84%) were not recorded in time`."""
    match item.obligation:
        case Never():
            words = "recorded as happening"
        case Record():
            words = "not filled in"
        case _:
            words = "not recorded in time"
    beside = Share(share.whole - share.part, share.whole)
    return f"{number(beside.part)} of {number(beside.whole)} {noun_of(item)}s ({beside.percent()}) were {words}"


def _not_met(share: Share) -> str:
    return Share(share.whole - share.part, share.whole).in_words()
