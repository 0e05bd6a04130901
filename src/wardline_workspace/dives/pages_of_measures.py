"""What the pages of a dive's measures and claims show, by the names that their templates use."""

from __future__ import annotations

from wardline.reports.charts_in_words import RULES_OF_SIGNALS
from wardline.reports.small_chart import key_of_charts
from wardline_workspace.dives.addresses import measure_address
from wardline_workspace.dives.pages_of_dive import PagesOfDive, Values, held
from wardline_workspace.dives.tables_shown import table_shown

__all__ = ["claims", "measure", "measures"]


@held
def measures(pages: PagesOfDive) -> Values | None:
    """Every measure as a small chart, and all of them in figures; None where the dive keeps none."""
    better = pages.first["better"]
    if better is None:
        return None
    address = {shown.id: measure_address(pages.slug, name) for name, (_, shown) in pages.measures.items()}
    named = {shown.title: address[shown.id] for _, shown in pages.measures.values()}
    return {
        "summary": better["summary"],
        "key": better["key"],
        "note": better["note"],
        "parts_of_measures": pages.first["parts_of_measures"],
        "address": address,
        "named": named,
        "in_figures": table_shown(pages.first["all_in_figures"]),
        "not_given": pages.first["measures_not_given"],
        "rules": RULES_OF_SIGNALS,
    }


@held
def measure(pages: PagesOfDive, named: str) -> Values | None:
    """One measure with its chart in full; None where the dive keeps no such one."""
    if named not in pages.measures:
        return None
    found, shown = pages.measures[named]
    names = list(pages.measures)
    at = names.index(named)
    beside = {"previous": names[at - 1] if at else None, "following": names[at + 1] if at + 1 < len(names) else None}
    return {
        "measure": found.measure,
        "shown": shown,
        "figures": None if shown.chart is None else table_shown(shown.chart.table),
        "at_the_time": None if shown.at_the_time is None else table_shown(shown.at_the_time.table),
        "key": key_of_charts(),
        **{
            which: None if name is None else (pages.measures[name][1].title, measure_address(pages.slug, name))
            for which, name in beside.items()
        },
    }


@held
def claims(pages: PagesOfDive) -> Values | None:
    """Each claim with its answer and the working; None where the dive names none."""
    if not pages.figures.claims:
        return None
    return {
        "claims": [
            (shown, measure_address(pages.slug, answer.claim.measure) if answer.claim.measure in pages.measures else "")
            for shown, answer in zip(pages.first.get("claims", ()), pages.figures.claims, strict=True)
        ],
        "key": key_of_charts(),
    }
