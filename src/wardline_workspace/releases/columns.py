"""What goes, column by column: as the force has it, as the office gets it, and which small groups went together."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from wardline.dive.releasing.coded_cases import CODED_CASE, CODED_EVENT
from wardline.dive.releasing.plan_of_release import (
    CLAIMS_TABLE,
    CODED_CASES,
    CODED_EVENTS,
    COVERAGE_TABLE,
    FIGURES_TABLE,
    RELEASED_MEASURES,
    PlanOfRelease,
)
from wardline.dive.releasing.small_groups import OTHER
from wardline.english import and_list, count, number
from wardline.obligations import name_in_words
from wardline_workspace.cases.choices import month_in_words

__all__ = ["columns_that_go"]

NONE = "–"
NONE_BELOW = "None below ten"
Column = tuple[str, str, str]


def columns_that_go(plan: PlanOfRelease) -> list[Column]:
    """Each thing that goes: what the force has, what the office gets, and which small groups were merged."""
    return [*(_of_cases(plan) if CODED_CASES in plan.tables else ()), *_of_figures(plan)]


def _of_cases(plan: PlanOfRelease) -> Iterator[Column]:
    cases, events = plan.tables[CODED_CASES], plan.tables[CODED_EVENTS]
    yield "Case number", "A fresh code such as K7Q3, drawn anew when it is signed. The way back stays here.", NONE
    yield "Date and time of the opening", "The month", _merged(cases["opened_month"], "month")
    yield "Clock times of events", "Time since the start, such as “2 hours 50 minutes after the start”", NONE
    yield "Date of birth", "An age band", _merged(cases["age_band"], "age band")
    yield "Events", f"Of {count(events['event'].n_unique(), 'kind')}, each with its time since the start", _rare(plan)
    for name in cases.columns:
        if name not in CODED_CASE:
            yield _attribute(name, "of the case", cases[name])
    for name in events.columns:
        if name not in CODED_EVENT:
            yield _attribute(name, "of an event", events[name])


def _attribute(name: str, of: str, column: pl.Series) -> Column:
    words = name_in_words(name)
    values = sorted(str(one) for one in column.drop_nulls().unique() if one != OTHER)
    many = int((column == OTHER).sum())
    merged = f"{count(many, 'row')} as “{OTHER}”: too few children" if many else NONE_BELOW
    gets = f"As it is: {and_list(values)}" if values else f"“{OTHER}”, or nothing where the force has nothing"
    return f"{words[:1].upper()}{words[1:]} ({of})", gets, merged


def _merged(column: pl.Series, what: str) -> str:
    runs = sorted(str(one) for one in column.drop_nulls().unique() if " to " in str(one))
    if what == "age band":  # a band is a run of years itself
        return "Neighbours of fewer than ten children go together"
    return f"Merged: {'; '.join(month_in_words(run) for run in runs)}" if runs else NONE_BELOW


def _rare(plan: PlanOfRelease) -> str:
    rare = [one for one in plan.stayed if one.what == "events of rare kinds"]
    return f"{number(rare[0].count or 0)} of rare kinds stay" if rare else NONE_BELOW


def _of_figures(plan: PlanOfRelease) -> Iterator[Column]:
    figures = plan.tables[FIGURES_TABLE]
    of_groups = figures.filter(pl.col("split").is_not_null())
    splits = sorted(name_in_words(one) for one in of_groups["split"].unique())
    withheld = int(of_groups["is_withheld"].sum())
    other = of_groups.filter(pl.col("group") == OTHER).height
    yield (
        "Findings",
        f"Totals of the whole force for {count(figures.height - of_groups.height, 'obligation')}",
        "Totals are exact",
    )
    if splits:
        small = [count(other, "row") + f" as “{OTHER}”"] if other else []
        small += [f"{count(withheld, 'row')} with a count withheld"] if withheld else []
        yield (
            f"Findings by {and_list(splits)}",
            f"{number(of_groups.height)} totals by group",
            and_list(small) or NONE_BELOW,
        )
    measures = plan.tables[RELEASED_MEASURES]
    yield "Measures", f"{number(measures.height)} figures by month, quarter and whole period", "No week, no group"
    if claims := plan.tables[CLAIMS_TABLE].height:
        yield "Claims", f"{count(claims, 'claim')} with what the records say to it", NONE
    systems = plan.tables[COVERAGE_TABLE]["system"].n_unique()
    yield "Record systems", f"Of {number(systems)}: how many rows were read, and their gaps", NONE
