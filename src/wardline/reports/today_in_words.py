"""The list for today as a number, with what must be known of it before it is believed."""

from __future__ import annotations

from dataclasses import dataclass

from wardline.reports.figures_in_words import as_number, with_noun
from wardline.reports.report import Report

__all__ = ["TodayInWords", "list_for_today"]

NOTHING_OWED = "We cannot say whether any child must be checked today: nothing was found to be owed."
NONE_FOUND = "No open case is past a deadline without a record of what was owed."
NONE_AMONG_WHAT_WAS_READ = (
    "No child is on the list to check today, but we cannot be sure that there is none: not everything could be read."
)
NOT_ALL_READ = "Children may be missing from it, because not everything could be read."


@dataclass(frozen=True)
class TodayInWords:
    """The number (empty where there is none to give), what it counts, and the sentences beside it."""

    number: str
    what: str
    sentences: tuple[str, ...]


def list_for_today(report: Report) -> TodayInWords:
    """How many children must be looked at today. `None` is said only where that can be said."""
    listed = report.figures.to_check
    further = _not_recorded_here(report)
    if not listed.cases:
        return TodayInWords("", "The list for today", (_none(report), *further))
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


def _none(report: Report) -> str:
    if not report.figures.findings:
        return NOTHING_OWED
    return NONE_AMONG_WHAT_WAS_READ if report.not_read else NONE_FOUND


def _not_read(report: Report) -> tuple[str, ...]:
    return (NOT_ALL_READ,) if report.not_read else ()


def _not_recorded_here(report: Report) -> tuple[str, ...]:
    silent = report.figures.to_check.not_recorded_here
    if not silent:
        return ()
    are = "is" if silent.value == 1 else "are"
    cases = f"{with_noun(silent, 'open case')} {are} past a deadline"
    return (f"{cases} for something that no record system read here can record: these records cannot tell.",)
