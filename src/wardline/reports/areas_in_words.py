"""The inspectorate's five areas, a line for each: what the records show of it, or why they show nothing."""

from __future__ import annotations

from wardline.measures import FEWEST_FOR_A_PERCENTAGE, MOST_NOT_TOLD, AreaFigures, NoFigure
from wardline.obligations import Record, Topic
from wardline.reports.figures_in_words import as_number, as_percent, with_noun
from wardline.reports.headline import done_in_words
from wardline.reports.measures_in_short import finding_of_obligation, small_chart_of_obligation
from wardline.reports.page_tables import Column, Phrase, Table
from wardline.reports.report import Report
from wardline.reports.reports_of_missing import noun_of

__all__ = ["RULE_OF_AREAS", "areas_table"]

RULE_OF_AREAS = (
    "Each of the five areas has one line. It is about the first step of the area that protects the child and that the "
    "force owes, or else about the first of its other obligations; but only about one for which a figure is fair: "
    f"{FEWEST_FOR_A_PERCENTAGE} or more occasions can be judged, and we cannot tell for no more than one in "
    f"{MOST_NOT_TOLD} of all. Assumed limits that nobody has confirmed are left out."
)
SILENT = {
    NoFigure.NOT_FROM_RECORDS: "Cannot be judged from records.",
    NoFigure.NOTHING_OWED: "The standards of this dive ask nothing of the force here.",
    NoFigure.ALL_ASSUMED: "No figure: every limit here is assumed, and nobody at the force has confirmed one.",
    NoFigure.NO_OCCASION: "No figure: none of this was owed in the records at hand.",
}
IN_PART = "In part only: what partners did is mostly not in these records."


def areas_table(report: Report) -> Table:
    """A row for each area."""
    rows = tuple(
        (_capital(one.area.value), _line(report, one), _over_time(report, one, f"area-{at}"))
        for at, one in enumerate(report.figures.areas, 1)
    )
    return Table(
        caption="The inspectorate's five areas, in the light of the records",
        columns=(Column("Area"), Column("What the records show"), Column("Over time")),
        rows=rows,
    )


def _line(report: Report, found: AreaFigures) -> tuple[Phrase, ...]:
    if found.silence is None:
        assert found.item is not None, "an area with a figure has an obligation"
        change = finding_of_obligation(report, found.item)
        said = [*_share(found), *([Phrase(f" {change}")] if change else [])]
        said += [Phrase(f" {_not_fair(found)}")] if found.not_fair else []
    else:
        said = [Phrase(SILENT.get(found.silence) or _unfair(found))]
    if found.area is Topic.PARTNERSHIP_WORKING:
        said.append(Phrase(f" {IN_PART}"))
    return tuple(said)


def _share(found: AreaFigures) -> list[Phrase]:
    item, outcomes = found.item, found.outcomes
    assert item is not None and outcomes is not None, "an area with a figure has an obligation"
    into = "for" if isinstance(item.obligation, Record) else "in"
    share = outcomes.share
    return [
        Phrase(f"{item.obligation.title}: {done_in_words(item)} {into} "),
        Phrase(f"{as_number(share.part)} of {as_number(share.whole)}", is_strong=True),
        Phrase(f" {noun_of(item)}s ({as_percent(share)})."),
    ]


def _unfair(found: AreaFigures) -> str:
    item, outcomes = found.item, found.outcomes
    assert item is not None and outcomes is not None, "nothing was owed"
    if found.silence is NoFigure.TOO_FEW:
        return (
            f"{item.obligation.title}: {with_noun(outcomes.judged, noun_of(item))} that we can judge, too few to say."
        )
    unknown, of_all = as_number(outcomes.cannot_tell), with_noun(outcomes.occasions, noun_of(item))
    return f"{item.obligation.title}: no share, because we cannot tell for {unknown} of {of_all}."


def _not_fair(found: AreaFigures) -> str:
    """`For one of 3 protective steps here a figure would not be fair.`"""
    some = "one" if found.not_fair.value == 1 else as_number(found.not_fair)
    of_all = f"{some} of {with_noun(found.protecting, 'protective step')}"
    which = "the one protective step" if found.protecting.value == 1 else of_all
    return f"For {which} here a figure would not be fair."


def _over_time(report: Report, found: AreaFigures, name: str) -> str:
    item = found.item if found.silence is None else None
    return "no chart" if item is None else small_chart_of_obligation(report, item, name) or "no chart"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
