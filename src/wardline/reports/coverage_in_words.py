"""What the exports are able to show, as a page of plain text: what `wardline coverage` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from wardline.english import number
from wardline.measures import (
    MOST_DIFFERENCE,
    Answer,
    CanTell,
    PiecesHeld,
    PublishedCount,
    ReadingCount,
    SystemFigures,
    differs_much,
)
from wardline.reports.can_be_told_in_words import reasons_in_words
from wardline.reports.figures_in_words import as_number, with_noun
from wardline.reports.wording import MADE_UP_SENTENCE, case_type_in_plural, date_in_words, instant_in_words
from wardline.time_limits import Calendar

__all__ = ["ANSWERS", "Coverage", "coverage_in_words", "facts_of_system", "published_in_words"]

ANSWERS = {Answer.YES: "can be judged", Answer.IN_PART: "can be judged in part", Answer.NO: "cannot be judged"}


@dataclass(frozen=True)
class Coverage:
    """The answer for each obligation and the facts that it rests on."""

    title: str
    as_at: datetime
    zone: str
    is_made_up: bool
    obligations: tuple[tuple[str, str], ...]  # the full name and the title of each, in the order of `can_tell`
    can_tell: tuple[CanTell, ...]
    systems: tuple[SystemFigures, ...]
    held: tuple[PiecesHeld, ...]  # of which system, of how many cases of each type
    reading: tuple[ReadingCount, ...]
    remarks: tuple[str, ...]
    published: tuple[PublishedCount, ...]


def coverage_in_words(found: Coverage) -> str:
    """The coverage as a page of plain text."""
    calendar = Calendar(found.zone)
    lines = [f"Can we tell? {found.title}, as at {instant_in_words(found.as_at, calendar)}", ""]
    if found.is_made_up:
        lines = [MADE_UP_SENTENCE, "", *lines]
    lines += _obligations_in_words(found, calendar)
    for system in found.systems:
        said = f"{system.source}: {system.title or system.source} (kept by: {system.kept_by or 'force'})"
        lines += ["", said, *(f"    {fact}" for fact in facts_of_system(system, found.held, calendar))]
    lines += ["", "Rows read: in = kept + left out by the mapping + rejected", *_rows_in_words(found.reading)]
    if found.remarks:
        lines += ["", "About the files and the settings", *(f"    {remark}" for remark in found.remarks)]
    if found.published:
        lines += [
            "",
            "Cases counted here, and the number that the force publishes",
            *published_in_words(found.published),
        ]
    return "\n".join(lines)


def _obligations_in_words(found: Coverage, calendar: Calendar) -> Iterator[str]:
    titles = {one.source: one.title for one in found.systems if one.title}
    for (name, title), one in zip(found.obligations, found.can_tell, strict=True):
        yield f"{name}: {ANSWERS[one.answer]}"
        yield f"    {title}"
        yield from (f"    - {reason}" for reason in reasons_in_words(one, titles, calendar))


def facts_of_system(system: SystemFigures, held: Sequence[PiecesHeld], calendar: Calendar) -> Iterator[str]:
    """From when to when a system recorded, its gaps, and how many cases it has records of."""
    events = with_noun(system.events, "event")
    if system.first_at is None or system.last_at is None:
        yield f"{events}, none with a time"
    else:
        yield f"{events} from {_day(system.first_at, calendar)} to {_day(system.last_at, calendar)}"
    if system.taken_at is not None:
        yield f"taken on {instant_in_words(system.taken_at, calendar)}"
    for gap in sorted(system.gaps, key=lambda one: one.first_at):
        note = f": {gap.note}" if gap.note else ""
        yield f"gap from {_day(gap.first_at, calendar)} to {_day(gap.last_at, calendar)}{note}"
    for one in held:
        if one.source == system.source:
            of_type = f"{as_number(one.cases)} {case_type_in_plural(one.case_type)}"
            yield f"has records of {as_number(one.held)} of {of_type}"


def _rows_in_words(reading: Sequence[ReadingCount]) -> Iterator[str]:
    for one in reading:
        yield (
            f"    {one.source} {one.file}: {number(one.rows_in)} = {number(one.kept)} + {number(one.left_out)} + "
            f"{number(one.rejected)}"
        )


def published_in_words(published: Sequence[PublishedCount]) -> Iterator[str]:
    """Each month's count here beside the one that the force publishes."""
    for of_type in published:
        for one in of_type.months:
            flag = ""
            if differs_much(one.ours, one.published):
                flag = f"  (differs by more than {MOST_DIFFERENCE} %: find out why before you conclude anything)"
            yield (
                f"    {case_type_in_plural(of_type.case_type)}, {one.month:%B %Y}: {as_number(one.ours)} here, "
                f"{as_number(one.published)} published{flag}"
            )


def _day(instant: datetime, calendar: Calendar) -> str:
    return date_in_words(calendar.local_date(instant))
