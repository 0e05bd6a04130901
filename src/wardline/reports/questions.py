"""Questions for the chief constable, each drawn from the findings by a stated rule, with the rows behind it.

They are questions: a pattern in records may have a good reason, and whoever owes it knows it best.
"""

from __future__ import annotations

from dataclasses import dataclass

from wardline.english import quoted
from wardline.findings import Outcome
from wardline.measures import (
    FEWEST_TO_ASK_ABOUT,
    FEWEST_TO_COMPARE,
    HOURS_COMPARED,
    LowerGroup,
    OccasionShown,
    Question,
    QuestionKind,
)
from wardline.obligations import Never, Record, ResolvedObligation, name_in_words
from wardline.reports.figures_in_words import as_number, as_percent, in_words, with_noun
from wardline.reports.page_tables import Column, Table, shown_of
from wardline.reports.report import Report
from wardline.reports.reports_of_missing import noun_of
from wardline.reports.wording import SHORT_REASON_WORDS, duration, duration_short, instant, outcome_words
from wardline.time_limits import Calendar, ToBeSet

__all__ = ["HOW_COMPARED", "RULES", "QuestionInWords", "questions_in_words", "sheet_of_question"]

WHERE_ALL_ARE = "All are in the spreadsheet that comes with this report, on the sheet “{0}”."

HOW_COMPARED = (
    "Each rule looks at the obligations that the force owes and that may be headlines, beginning with the one in the "
    "headline, and takes the first in which it finds something. Two groups of occasions are compared only where each "
    f"has {FEWEST_TO_COMPARE} or more that we can judge, and we ask about a difference only if chance alone is "
    "unlikely to explain it, counting all the groups looked at (Holm, 5% over all of them; repeats of one child are "
    "allowed for; see “Groups beside each other”). "
    "The first three rules that find something, in this order, give the questions; where fewer do, we "
    "go through the rules once more, each for the next obligation."
)
RULES = (
    "the part of the local day (of four) in which a smaller share was recorded in time than in the rest of the day",
    "the value of a case attribute for which a smaller share was recorded in time than for all others",
    (
        "grades lowered in the last quarter of the time allowed or after it, without a response by then, if "
        f"{FEWEST_TO_ASK_ABOUT} or more"
    ),
    "occasions past their deadline for which no record was found (or what must not happen, or is not filled in)",
    "occasions recorded late",
    f"entries recorded in time but written up later than is allowed for, if {FEWEST_TO_COMPARE} or more",
    f"the reason for which we most often cannot tell, if that is so for {FEWEST_TO_COMPARE} or more",
)
assert len(RULES) == len(QuestionKind), "each rule is said"
HOURS_IN_WORDS = dict(
    zip(HOURS_COMPARED, ("10 pm and 4 am", "4 am and 10 am", "10 am and 4 pm", "4 pm and 10 pm"), strict=True)
)


@dataclass(frozen=True)
class QuestionInWords:
    """What was seen, what is asked about it, what the link to the occasions behind it says, and the newest of these."""

    seen: str
    asked: str
    link: str
    behind: Table


def questions_in_words(report: Report) -> list[QuestionInWords]:
    """The questions in their order, each a whole sentence that names its obligation unless it is the headline's."""
    headline = next((one.item for one in report.figures.headlines if one.item is not None), None)
    return [
        QuestionInWords(
            _named(question, _seen(report, question), headline),
            _asked(question),
            with_noun(question.found, noun_of(question.item)),
            _behind(report, question, at),
        )
        for at, question in enumerate(report.figures.questions, 1)
    ]


def sheet_of_question(number_of_question: int) -> str:
    """The name of the sheet that has all the occasions behind it."""
    return f"Question {number_of_question}"


def _named(question: Question, seen: str, headline: ResolvedObligation | None) -> str:
    if question.item is headline:
        return seen[0].upper() + seen[1:]
    return f"{quoted(question.item.obligation.title)}: {seen}"


def _seen(report: Report, question: Question) -> str:
    many = with_noun(question.found, noun_of(question.item))
    match question.rule:
        case QuestionKind.TIME_OF_DAY | QuestionKind.ATTRIBUTE:
            assert question.lower is not None
            return _lower(question.item, question.lower)
        case QuestionKind.LOWERED_GRADES:
            said = (
                f"for {many} the grade was lowered in the last quarter of the time that the higher one allowed, or "
                "after it, with no response on record by then"
            )
            unknown = question.cannot_tell
            return (
                f"{said}; for {as_number(unknown)} more we cannot tell whether there was one."
                if unknown
                else f"{said}."
            )
        case QuestionKind.NO_RECORD:
            return _no_record(question.item, many)
        case QuestionKind.LATE:
            assert question.out_of is not None
            by = "" if question.longest is None else f", by up to {duration(question.longest)}"
            were = "was" if question.found.value == 1 else "were"
            out_of = with_noun(question.out_of, noun_of(question.item))
            return f"{as_number(question.found)} of {out_of} that we can judge {were} recorded late{by}."
        case QuestionKind.WRITTEN_LATER:
            assert question.out_of is not None
            after = duration(report.written_up_later_after)
            return (
                f"of {as_number(question.out_of)} recorded in time, {as_number(question.found)} were "
                "written up more than "
                f"{after} later."
            )
        case QuestionKind.CANNOT_TELL:
            assert question.reason is not None
            return f"for {many} we cannot tell, because {SHORT_REASON_WORDS[question.reason]}."
    assert False, f"{question.rule} is not put into words"


def _no_record(item: ResolvedObligation, many: str) -> str:
    match item.obligation:
        case Never():
            return f"this was recorded as happening on {many}."
        case Record():
            return f"this was not filled in on {many}."
    return f"no record was found for {many} whose deadline has passed."


def _asked(question: Question) -> str:
    match question.rule:
        case QuestionKind.TIME_OF_DAY:
            return "What is different at those hours?"
        case QuestionKind.ATTRIBUTE:
            return "What explains the difference?"
        case QuestionKind.LOWERED_GRADES:
            return "Who agreed each, and what had become known?"
        case QuestionKind.LATE:
            return "What stood in the way?"
        case QuestionKind.WRITTEN_LATER:
            return "How were the times in these entries known?"
        case QuestionKind.CANNOT_TELL:
            is_to_be_set = isinstance(question.item.obligation.time_limit, ToBeSet)
            return "What limit has the force set itself?" if is_to_be_set else "What would it take to record this?"
    match question.item.obligation:
        case Never():
            return "How did it come about?"
        case Record():
            return "Was it known, and not recorded?"
    return "Was it done and not recorded, or not done?"


def _lower(item: ResolvedObligation, group: LowerGroup) -> str:
    """`between 10 pm and 4 am, 694 of 823 reports (84%) were not recorded in time; at other times of day, …`."""
    if group.hours is not None:
        where, others = f"between {HOURS_IN_WORDS[group.hours]}", "at other times of day"
    else:
        assert group.attribute is not None and group.attribute_value is not None
        where, others = _where(group.attribute, group.attribute_value), "in other cases"
    match item.obligation:
        case Never():
            words = "recorded as happening"
        case Record():
            words = "not filled in"
        case _:
            words = "not recorded in time"
    inside = group.inside
    these = f"{as_number(inside.part)} of {as_number(inside.whole)} {noun_of(item)}s ({as_percent(inside)})"
    all_of_them = {1: "", 2: "Counting both groups looked at, "}.get(
        group.looked_at.value, f"Counting all {as_number(group.looked_at)} groups looked at, "
    )
    unlikely = "chance alone is unlikely to explain this."
    counted = f"{all_of_them}{unlikely}" if all_of_them else f"{unlikely[0].upper()}{unlikely[1:]}"
    return f"{where}, {these} were {words}; {others}, {in_words(group.outside)}. {counted}"


def _where(attribute: str, value: str) -> str:
    """`where the district is “South”`, `in cases marked “from care”`."""
    name = name_in_words(attribute)
    match value:
        case "yes":
            return f"in cases marked {quoted(name)}"
        case "no":
            return f"in cases marked as not {quoted(name)}"
    return f"where the {name} is {quoted(value)}"


# THE OCCASIONS BEHIND A QUESTION: case ids, never names


def _behind(report: Report, question: Question, number_of_question: int) -> Table:
    calendar = Calendar(report.zone)
    words = outcome_words(question.item.obligation)
    rows = tuple(
        (
            one.case_id,
            instant(one.triggered_at, calendar),
            instant(one.deadline, calendar),
            instant(one.responded_at, calendar),
            _found(one, words),
        )
        for one in question.shown
    )
    return Table(
        caption=f"Question {number_of_question}: {with_noun(question.found, 'occasion')}",
        id=f"question-{number_of_question}",
        columns=(
            Column("Case", is_code=True),
            Column("Began", is_short=True),
            Column("Deadline", is_short=True),
            Column("Response", is_short=True),
            Column("What we found"),
        ),
        rows=rows,
        note=shown_of(
            rows, question.found, WHERE_ALL_ARE.format(sheet_of_question(number_of_question)), which="newest"
        ),
    )


def _found(one: OccasionShown, words: dict[Outcome, str]) -> str:
    said = words[one.outcome]
    if one.outcome is Outcome.LATE and one.late_by is not None:
        return f"{said} by {duration_short(one.late_by)}"
    if one.outcome is Outcome.CANNOT_TELL and one.reason is not None:
        return f"{said}: {SHORT_REASON_WORDS[one.reason]}"
    return said
