"""The measures of a release over time, drawn from the figures that were released, as the report draws a dive's.

A month of which too few were counted has no point, and its table says that it is withheld.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import polars as pl

from wardline.dive.releasing.kept_release import KeptRelease
from wardline.measures import MeasureOverTime
from wardline.measures.over_time import NoValue
from wardline.measures.over_time.measures_over_time import measures_over_time
from wardline.reports.charts_in_words import RULES_OF_SIGNALS
from wardline.reports.measure_on_page import MeasureOnPage, measure_on_page
from wardline.reports.measures_in_figures import measures_in_figures
from wardline.reports.small_chart import key_of_charts
from wardline_workspace.dives.addresses import measure_address
from wardline_workspace.dives.tables_shown import table_shown

__all__ = ["MeasuresReleased"]


class MeasuresReleased:
    """The measures of one release, each with its charts; drawn once, when they are first asked for."""

    def __init__(self, release: KeptRelease, table: pl.DataFrame, slug: str) -> None:
        self._release = release
        self._table = table
        self._slug = slug

    @cached_property
    def by_name(self) -> dict[str, tuple[MeasureOverTime, MeasureOnPage]]:
        """Each measure with its pictures, by name, in order."""
        if self._table.is_empty():
            return {}
        charts, measures = self._release.settings.charts, self._release.settings.measures
        over_time = measures_over_time(
            self._table,
            measures,
            baseline=charts.baseline,
            rebases={one.name: charts.rebases_of(one.name) for one in measures},
            screened=charts.is_screened,
        )
        return {
            one.measure.name: (one, measure_on_page(one, f"measure-{at}", is_made_up=self._release.is_made_up))
            for at, one in enumerate(over_time.measures, 1)
        }

    @cached_property
    def at_a_glance(self) -> dict[str, Any]:
        """Every measure as a small chart, by part, and all of them in figures."""
        parts: dict[str, list[tuple[str, MeasureOnPage]]] = {}
        for name, (_, shown) in self.by_name.items():
            part = shown.part.value
            parts.setdefault(f"{part[:1].upper()}{part[1:]}", []).append((measure_address(self._slug, name), shown))
        found = [one for one, _ in self.by_name.values()]
        return {
            "parts_of_measures": [*parts.items()],
            "key": key_of_charts(),
            "rules": RULES_OF_SIGNALS,
            "in_figures": table_shown(measures_in_figures(found, "All measures in figures")),
            "withheld": int((self._table["no_value"] == NoValue.FEW.value).sum()),
        }

    def one(self, name: str) -> dict[str, Any] | None:
        """One measure with its chart in full; None where the release has no such one."""
        if name not in self.by_name:
            return None
        found, shown = self.by_name[name]
        names = [*self.by_name]
        at = names.index(name)
        beside = {
            "previous": names[at - 1] if at else None,
            "following": names[at + 1] if at + 1 < len(names) else None,
        }
        return {
            "measure": found.measure,
            "shown": shown,
            "figures": None if shown.chart is None else table_shown(shown.chart.table),
            "at_the_time": None if shown.at_the_time is None else table_shown(shown.at_the_time.table),
            "key": key_of_charts(),
            **{
                which: None if other is None else (self.by_name[other][1].title, measure_address(self._slug, other))
                for which, other in beside.items()
            },
        }
