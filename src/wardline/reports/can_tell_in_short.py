"""Whether the records can tell, in one paragraph; its tables come after the findings."""

from __future__ import annotations

from wardline.english import and_list, quoted
from wardline.measures import Join, SystemFigures
from wardline.reports.figures_in_words import as_number, with_noun
from wardline.reports.report import Report
from wardline.reports.telling import can_tell_in_a_sentence
from wardline.reports.wording import case_type_in_plural, date_in_words
from wardline.time_limits import Calendar

__all__ = ["can_tell_in_short"]


def can_tell_in_short(report: Report) -> str:
    """What can be judged, what could not be joined, when nothing was typed in, and what could not be read."""
    return " ".join(
        one
        for one in (
            can_tell_in_a_sentence(report),
            *(_join(report, one) for one in report.figures.joins),
            _gaps(report),
            _not_told(report),
            _rejected(report),
        )
        if one
    )


def _join(report: Report, one: Join) -> str:
    titles = {system.source: system.title or system.source for system in report.figures.systems}
    have = "has" if one.with_row.value == 1 else "have"
    none = f", and {as_number(one.without_row)} {'has' if one.without_row.value == 1 else 'have'} none"
    return (
        f"Of {as_number(one.cases)} {case_type_in_plural(one.case_type)}, {as_number(one.with_row)} {have} a row in "
        f"{quoted(titles.get(one.source, one.source))}{none if one.without_row else ''}."
    )


def _gaps(report: Report) -> str:
    calendar = Calendar(report.zone)
    said = [_of_system(one, calendar) for one in report.figures.systems if one.gaps]
    if not said:
        return ""
    return f"Nothing was typed in {and_list(said)}: for what fell due then we say “cannot tell”, not “no record found”."


def _of_system(system: SystemFigures, calendar: Calendar) -> str:
    times = [
        f"{date_in_words(calendar.local_date(gap.first_at))} to {date_in_words(calendar.local_date(gap.last_at))}"
        for gap in system.gaps
    ]
    return f"to {quoted(system.title or system.source)} from {and_list(times)}"


def _not_told(report: Report) -> str:
    unknown = report.figures.cannot_be_told
    if not unknown:
        return ""
    return f"In all we cannot tell for {with_noun(unknown, 'occasion')}, of {as_number(report.figures.findings)}."


def _rejected(report: Report) -> str:
    rejected = report.figures.rejects.whole
    if not rejected:
        return ""
    was, it = ("was", "it") if rejected.value == 1 else ("were", "they")
    many = with_noun(rejected, "row or cell", "rows and cells")
    return f"{many} {was} rejected because {it} could not be read or used."
