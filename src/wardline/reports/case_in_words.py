"""One case of a standard, told by the time since it began: what should have happened, and what a record says did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardline.english import quoted
from wardline.findings import Outcome
from wardline.measures import FEWEST_FOR_A_PERCENTAGE, CaseTold, Elapsed, ToldStep
from wardline.obligations import Never, Owner, Precede, Record, events_in_words
from wardline.reports.figures_in_words import with_noun
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Report
from wardline.reports.reports_of_missing import noun_of
from wardline.reports.step_picture import scale_for, scale_in_words, step_picture
from wardline.reports.wording import OWNER_WORDS, SHORT_REASON_WORDS, duration_short, outcome_words

__all__ = ["RULE_OF_CASES", "CaseInWords", "cases_in_words"]

MOST_STEPS_FIRST, MOST_STEPS_AFTER = 7, 3  # of the first case told, and of each other, so that all fit on a sheet
RULE_OF_CASES = (
    "One case of each standard is told where the obligation that speaks for it was judged in "
    f"{FEWEST_FOR_A_PERCENTAGE} or more cases. It is taken from those recorded late or, where there are more of them, "
    "from those with no record: the one in the middle by how late it was or, without a record, by when it began. So it "
    "is neither the longest nor the latest. If an obligation was owed several times in the case, we tell one that "
    "was not as owed, or else the first. What turned out not to be owed, what is not yet due and what no record system "
    "at hand can record is left out."
)


@dataclass(frozen=True)
class CaseInWords:
    """The standard that it is a case of, how it was chosen, what happened step by step, and how it ended."""

    heading: str
    chosen: str
    table: Table
    ended: str


def cases_in_words(report: Report) -> list[CaseInWords]:
    """A case for each standard of which one may be told, in their order."""
    titles = {(one.name, one.version): one.title for one in report.standards}
    return [
        _case(
            titles[one.item.standard, one.item.version],
            one,
            MOST_STEPS_AFTER if at else MOST_STEPS_FIRST,
            is_made_up=report.is_made_up_data,
        )
        for at, one in enumerate(report.figures.told)
    ]


def _case(title: str, told: CaseTold, most: int, *, is_made_up: bool) -> CaseInWords:
    start = "report" if noun_of(told.item) == "report" else "start"
    shown = _shown(told, most)
    scale = scale_for(shown, told.ended)
    begins = "" if start == "report" else f" Start: {events_in_words(told.item.obligation.triggers())}."
    more = " More was owed in it." if len(shown) < len(told.steps) else ""
    return CaseInWords(
        title,
        f"Of {with_noun(told.out_of, 'case')} in which {quoted(told.item.obligation.title)} {_was(told)}, the one in "
        f"the middle.{begins}{more}",
        Table(
            caption=f"One case: {title}",
            columns=(
                Column("What should have happened"),
                Column("By when"),
                Column("Recorded", is_short=True),
                Column("What we found"),
                Column(scale_in_words(scale)),
            ),
            rows=tuple(
                (*_row(step, start), step_picture(step, told.ended, scale, is_made_up=is_made_up)) for step in shown
            ),
        ),
        _ended(told, start),
    )


def _was(told: CaseTold) -> str:
    match told.item.obligation:
        case Never():
            return "was recorded as happening"
        case Record():
            return "was not filled in"
    return "was recorded late" if told.outcome is Outcome.LATE else "has no record"


def _shown(told: CaseTold, most: int) -> Sequence[ToldStep]:
    """The step that the case was taken for, then what protects the child, then the rest; in order of time."""
    ranked = sorted(told.steps, key=lambda step: (step.item != told.item, not step.item.obligation.safeguarding))
    taken = {id(step) for step in ranked[:most]}
    return [step for step in told.steps if id(step) in taken]


def _row(step: ToldStep, start: str) -> tuple[str, str, str, str]:
    obligation = step.item.obligation
    owner = "" if obligation.owed_by is Owner.FORCE else f" ({OWNER_WORDS[obligation.owed_by]})"
    return (f"{obligation.title}{owner}", _due(step, start), _recorded(step, start), _found(step))


def _due(step: ToldStep, start: str) -> str:
    match step.item.obligation:
        case Never():
            return "at no time"
        case Precede() | Record():
            return "by then" if step.due is None else f"before {_at(step.due, start)}"
    if step.due is None:
        return "no limit is known"
    return _at(step.due, start)


def _recorded(step: ToldStep, start: str) -> str:
    if step.done is not None:
        return _at(step.done, start)
    match step.item.obligation:
        case Never():
            return "it happened" if step.outcome is Outcome.MISSED else "it did not"
        case Record():
            return "filled in" if step.outcome is Outcome.MET else "–"
    return "–"


def _found(step: ToldStep) -> str:
    if step.outcome is Outcome.CANNOT_TELL and step.reason is not None:
        return f"Cannot tell: {SHORT_REASON_WORDS[step.reason]}"
    if step.outcome is Outcome.LATE and step.late_by is not None and (step.done is None or step.done.days is None):
        return f"Recorded late by {duration_short(step.late_by)}"
    return outcome_words(step.item.obligation)[step.outcome]


def _ended(told: CaseTold, start: str) -> str:
    if told.ended is None:
        return ""
    return f"A record says that the child was no longer missing or at risk: {_at(told.ended, start)}."


def _at(elapsed: Elapsed, start: str) -> str:
    """`report + 2 h 50`, `2 h before the report`; of a day without a time of day, `3 days after the report`."""
    if elapsed.days is not None:
        if not elapsed.days:
            return f"on the day of the {start}"
        days = "1 day" if elapsed.days == 1 else f"{elapsed.days} days"
        return f"{days} {'before' if elapsed.is_before else 'after'} the {start}"
    if elapsed.is_before:
        return f"{duration_short(elapsed.length)} before the {start}"
    return f"{start} + {duration_short(elapsed.length)}" if elapsed.length else f"at the {start}"
