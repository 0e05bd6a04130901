"""The list for today as a number, with what must be known of it before it is believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardline.measures import ListCounts, NeverJudged, WhyNeverJudged
from wardline.reports.figures_in_words import as_number, with_noun
from wardline.reports.report import Report

__all__ = ["TodayInWords", "is_in_doubt", "list_for_today", "never_judged_in_words", "not_recorded_here_in_words"]

NOTHING_OWED = "We cannot say whether any child must be checked today: nothing was found to be owed."
NONE_FOUND = "No open case is past a deadline without a record of what was owed."
NONE_AMONG_WHAT_WAS_READ = (
    "No child is on the list to check today, but we cannot be sure that there is none: not everything could be read."
)
NONE_BUT_IN_DOUBT = "No child is on the list to check today, but we cannot be sure that there is none."
NOT_ALL_READ = "Children may be missing from it, because not everything could be read."
SEEN_IN_THE_FILES = (
    "Children may be missing from it, because of what was seen, or not read, in the files: the remarks in the "
    "appendix say what."
)
WHY_NEVER_JUDGED = {
    WhyNeverJudged.NOTHING_STARTS: "no record, while the standards were in force, starts an obligation there.",
    WhyNeverJudged.BEGINS_LATER: (
        "the records say that such a case begins only after the time as at which this dive looks. "
        "A year may be mistyped."
    ),
    WhyNeverJudged.OTHER_TYPE: "no standard here is about this type of case.",
}


@dataclass(frozen=True)
class TodayInWords:
    """The number (empty where there is none to give), what it counts, and the sentences beside it."""

    number: str
    what: str
    sentences: tuple[str, ...]


def list_for_today(report: Report) -> TodayInWords:
    """How many children must be looked at today. `None` is said only where that can be said."""
    listed = report.figures.to_check
    further = (*never_judged_in_words(report.never_judged), *not_recorded_here_in_words(listed))
    if not listed.cases:
        seen = (SEEN_IN_THE_FILES,) if report.doubts else ()
        return TodayInWords("", "The list for today", (_none(report), *seen, *further))
    unnamed = with_noun(listed.cases_without_child, "case")
    if not listed.children:
        is_one = listed.cases_without_child.value == 1
        what = f"{'case' if is_one else 'cases'} to check today; {'it names' if is_one else 'they name'} no child"
        return TodayInWords(as_number(listed.cases_without_child), what, (_why(), *_not_read(report), *further))
    names = "names" if listed.cases_without_child.value == 1 else "name"
    beside = f" Among them, {unnamed} {names} no child and {'is' if names == 'names' else 'are'} not in the number."
    in_cases = f"In {with_noun(listed.cases, 'case')}.{beside if listed.cases_without_child else ''}"
    children = "child" if listed.children.value == 1 else "children"
    sentences = (f"{in_cases} {_why()}", *_not_read(report), *further)
    return TodayInWords(as_number(listed.children), f"{children} to check today", sentences)


def _why() -> str:
    return (
        "Somebody must look today: a deadline has passed, or the case was closed in the last seven days, and there is "
        "no record of what was owed."
    )


def is_in_doubt(seen: Sequence[object], never_judged: Sequence[NeverJudged], to_check: ListCounts) -> bool:
    """Whether a child may belong on the list who is not on it; `seen` is what of the files speaks for that."""
    return bool(seen or never_judged or to_check.not_recorded_here)


def never_judged_in_words(kinds: Sequence[NeverJudged]) -> Iterator[str]:
    """A sentence for each kind of open case that cannot be on the list, and why."""
    for one in kinds:
        many = with_noun(one.cases, f"open case ({one.case_type}) was", f"open cases ({one.case_type}) were")
        yield f"{many} not judged, and cannot be on the list: {WHY_NEVER_JUDGED[one.why]}"


def not_recorded_here_in_words(to_check: ListCounts) -> Iterator[str]:
    """How many open cases nothing that was read could tell of; nothing where there is none."""
    if silent := to_check.not_recorded_here:
        are = "is" if silent.value == 1 else "are"
        cases = f"{with_noun(silent, 'open case')} {are} past a deadline"
        yield f"{cases} for something that no record system read here can record: these records cannot tell."


def _none(report: Report) -> str:
    if not report.figures.findings:
        return NOTHING_OWED
    if report.not_read:
        return NONE_AMONG_WHAT_WAS_READ
    return NONE_BUT_IN_DOUBT if is_in_doubt(report.doubts, report.never_judged, report.figures.to_check) else NONE_FOUND


def _not_read(report: Report) -> tuple[str, ...]:
    said = (NOT_ALL_READ,) if report.not_read else ()
    return (*said, SEEN_IN_THE_FILES) if report.doubts else said
