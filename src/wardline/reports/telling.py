"""Whether the records can tell: the systems and their gaps, what could not be joined, and obligation by obligation."""

from __future__ import annotations

from datetime import datetime

from wardline.english import and_list, count
from wardline.measures import SystemFigures, SystemGap
from wardline.reports.can_be_told_in_words import reasons_in_words
from wardline.reports.figures_in_words import as_number, number_or_dash
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Report
from wardline.reports.wording import SHORT_REASON_WORDS, case_type_in_plural, date_in_words, instant
from wardline.time_limits import Calendar

__all__ = [
    "can_tell_in_a_sentence",
    "can_tell_table",
    "cannot_tell_table",
    "joins_table",
    "last_value_only",
    "systems_table",
]

MOST_NAMED = 3  # obligations for one reason; chosen by us


def can_tell_in_a_sentence(report: Report) -> str:
    """`Of 61 obligations the records can judge 20, a further 17 in part, and 24 not at all.`"""
    if not report.figures.can_tell:
        return ""
    yes, in_part, no = map(as_number, report.figures.answers)
    said = f"Of {count(len(report.figures.can_tell), 'obligation')} the records can judge {yes}"
    return f"{said}, a further {in_part} in part, and {no} not at all."


def can_tell_table(report: Report) -> Table | None:
    """The answer, from which systems, and why not. Obligations of which all that is said is the same share a row."""
    calendar, titles = Calendar(report.zone), _titles(report)
    together: dict[tuple[object, ...], list[str]] = {}
    for one in report.figures.can_tell:
        said = (
            one.answer.value.capitalize(),
            "; ".join(titles.get(system.source, system.source) for system in one.systems) or "no system",
            " ".join(reasons_in_words(one, titles, calendar)) or "–",
        )
        of_one_standard = (one.item.standard, one.item.version, *said)
        together.setdefault(of_one_standard, []).append(report.title_of(one.item))
    if not together:
        return None
    return Table(
        caption="Can the records at hand judge it?",
        columns=(
            Column("Obligations"),
            Column("Can tell", is_short=True),
            Column("Recorded in"),
            Column("What stands in the way"),
        ),
        rows=tuple(("; ".join(titles_of), *map(str, said[2:])) for said, titles_of in together.items()),
    )


def systems_table(report: Report) -> Table | None:
    """Each record system: who keeps it, what it holds from when to when, when its export was taken, and its gaps."""
    systems = report.figures.systems
    if not systems:
        return None
    calendar = Calendar(report.zone)
    return Table(
        caption="The record systems, and their gaps",
        columns=(
            Column("Record system"),
            Column("Kept by"),
            Column("Entries", is_number=True),
            Column("From when to when"),
            Column("Export taken", is_short=True),
            Column("Gaps"),
        ),
        rows=tuple(_system(one, calendar) for one in systems),
    )


def _system(one: SystemFigures, calendar: Calendar) -> tuple[str, ...]:
    return (
        f"{one.title} ({one.source})" if one.title else one.source,
        one.kept_by or "–",
        number_or_dash(one.events),
        "–"
        if one.first_at is None or one.last_at is None
        else f"{_day(one.first_at, calendar)} to {_day(one.last_at, calendar)}",
        instant(one.taken_at, calendar),
        "; ".join(_gap(gap, calendar) for gap in one.gaps) or "none declared",
    )


def joins_table(report: Report) -> Table | None:
    """What could not be joined: for each system that is mapped to another's cases, the cases without a row of it."""
    if not report.figures.joins:
        return None
    rows = tuple(
        (
            _title_of(report, one.source),
            f"{case_type_in_plural(one.case_type)} of {_title_of(report, one.opened_by)}",
            *map(as_number, (one.cases, one.with_row, one.without_row, one.rows_of_no_case)),
        )
        for one in report.figures.joins
    )
    return Table(
        caption="What could be joined, and what could not",
        columns=(
            Column("Record system"),
            Column("Its rows are about"),
            Column("Cases", is_number=True),
            Column("With a row from it", is_number=True),
            Column("Without any", is_number=True),
            Column("Rows that match no case", is_number=True),
        ),
        rows=rows,
        note=(
            "Where a case has no row from the only system that could record something, we cannot tell whether it was "
            "done, and never say that no record was found."
        ),
    )


def cannot_tell_table(report: Report) -> Table | None:
    """Each reason: how often, and for which obligations most."""
    if not report.figures.cannot_be_told:
        return None
    rows = []
    for one in report.figures.cannot_tell:
        words = SHORT_REASON_WORDS[one.reason]
        named = [f"{report.title_of(item)} ({as_number(many)})" for item, many in one.of[:MOST_NAMED]]
        more = len(one.of) - MOST_NAMED
        listed = "; ".join(named) + (f"; and {count(more, 'more obligation')}" if more > 0 else "")
        rows.append((words[0].upper() + words[1:], as_number(one.occasions), listed))
    return Table(
        caption=f"Occasions for which we cannot tell: {as_number(report.figures.cannot_be_told)}",
        columns=(Column("Why"), Column("Occasions", is_number=True), Column("For which obligations, most often first")),
        rows=tuple(rows),
    )


def last_value_only(report: Report) -> str:
    """The columns that hold only their last value, in a sentence; nothing where each keeps its history."""
    names = sorted({f"{field.replace('_', ' ')} ({source})" for field, source in report.figures.last_value_only})
    if not names:
        return ""
    verb = "has" if len(names) == 1 else "have"
    listed = and_list(names)
    return (
        f"{listed[0].upper()}{listed[1:]} {verb} only the last value that was entered, "
        "so cases were judged on that one."
    )


def _titles(report: Report) -> dict[str, str]:
    return {one.source: one.title for one in report.figures.systems if one.title}


def _title_of(report: Report, source: str) -> str:
    return _titles(report).get(source, source)


def _gap(gap: SystemGap, calendar: Calendar) -> str:
    return f"{_day(gap.first_at, calendar)} to {_day(gap.last_at, calendar)}" + (f" ({gap.note})" if gap.note else "")


def _day(at: datetime, calendar: Calendar) -> str:
    return date_in_words(calendar.local_date(at))
