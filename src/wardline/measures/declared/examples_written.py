"""The worked examples of a file of measures: whether each can be read, and fits its measure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from wardline.documents import Document, Path_
from wardline.errors import Problem, ProblemKind
from wardline.events.notation import EXAMPLE_CALENDAR, EXAMPLE_DAY, NotInNotation, line_of_text, read_instant
from wardline.measures.declared.example_notation import unread_lines
from wardline.measures.declared.expected_figures import NotAFigure, read_figure
from wardline.measures.declared.measure import CasesCounted, Measure, MeasureExample
from wardline.measures.declared.measure_keys import MeasureExampleKeys

__all__ = ["example_in", "example_misfits", "unread_example"]

# The key of an example that says how many there are, by what a rate is per.
SHARED_AMONG = {"investigator": "investigators", "1,000 people": "people"}


def unread_example(document: Document, path: Path_, example: dict[str, Any]) -> Iterator[Problem]:
    """What cannot be read of an example, whatever measure it is of."""
    for key in ("findings", "cases"):
        text = example.get(key)
        if isinstance(text, str):
            for unread in unread_lines(**{key: text}):
                where = line_of_text(document.place((*path, key)), unread.number, unread.line)
                yield Problem(ProblemKind.WRONG_VALUE, str(unread.error), unread.error.remedy, where)
    as_at = example.get("as at")
    if isinstance(as_at, str) and as_at.strip():
        try:
            day = EXAMPLE_CALENDAR.local_date(read_instant(as_at))
            if day <= date.fromisoformat(EXAMPLE_DAY):
                raise NotInNotation(
                    "A figure is of whole days, and on this day the first of them is not over.",
                    "Look from a later day: `as at: 2025-06-03`.",
                )
        except NotInNotation as error:
            yield document.problem(ProblemKind.WRONG_VALUE, (*path, "as at"), str(error), error.remedy)


def example_misfits(
    document: Document, path: Path_, measure: Measure, example: MeasureExampleKeys
) -> Iterator[Problem]:
    """What does not fit together in an example and its measure."""
    by_findings = measure.obligation is not None
    wanted, other = ("findings", "cases") if by_findings else ("cases", "findings")
    if getattr(example, other):
        yield document.problem(
            ProblemKind.UNKNOWN_KEY,
            (*path, other),
            f"This measure counts {'findings' if by_findings else 'cases and events'}, not what is here.",
            f"Write a table under `{wanted}`.",
            of_key=True,
        )
    elif not getattr(example, wanted).strip():
        yield document.problem(
            ProblemKind.MISSING_KEY,
            path,
            "This example does not say what is recorded.",
            f"Write it under `{wanted}`, as docs/reference/measures-language.md shows it.",
        )
    yield from _not_shared_as_said(document, path, measure, example)
    try:
        read_figure(example.expect, measure)
    except NotAFigure as error:
        yield document.problem(ProblemKind.WRONG_VALUE, (*path, "expect"), str(error), error.remedy)


def example_in(keys: MeasureExampleKeys) -> MeasureExample:
    """The example, once nothing is wrong with it."""
    return MeasureExample(
        name=keys.name,
        expect=keys.expect,
        findings=keys.findings,
        cases=keys.cases,
        as_at=keys.as_at,
        of=keys.investigators or keys.people,
    )


def _not_shared_as_said(
    document: Document, path: Path_, measure: Measure, example: MeasureExampleKeys
) -> Iterator[Problem]:
    """A problem for each way in which an example does not say how many there are of what its measure is for each of."""
    per = measure.counting.per if isinstance(measure.counting, CasesCounted) else None
    among = None if per is None else SHARED_AMONG[per]
    for key in SHARED_AMONG.values():
        is_given = getattr(example, key) is not None
        if is_given and key != among:
            yield document.problem(
                ProblemKind.UNKNOWN_KEY,
                (*path, key),
                "A rate is for each one of something, and no other measure is."
                if among is None
                else f"This rate is for each {per}, and not by `{key}`.",
                f"Leave `{key}` out.",
                of_key=True,
            )
        if key == among and not is_given:
            yield document.problem(
                ProblemKind.MISSING_KEY,
                path,
                "This example does not say how many there are to share the cases among.",
                f"Add `{key}: 10`.",
            )
