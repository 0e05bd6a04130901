"""What the pages of a dive show, each made when it is first asked for and then held.

Every figure is the dive's and every sentence is the report's: the words come from `wardline.reports`. A release is
shown by the same pages when something else gives these values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec

from wardline.measures import AssumedWaits, Figures, MeasureOverTime, ObligationFigures, StandardFigures
from wardline.obligations import Owner, ResolvedObligation
from wardline.reports import Report, StandardInReport
from wardline.reports.by_obligation import StandardPart, obligations_by_standard
from wardline.reports.first_pages import first_pages
from wardline.reports.groups_in_words import GroupsInWords, groups_in_words
from wardline.reports.measure_on_page import MeasureOnPage, measure_on_page
from wardline.reports.obligation_on_page import ObligationOnPage, obligation_on_page
from wardline_workspace.dives.addresses import obligation_address, standard_address
from wardline_workspace.dives.kept_figures import KeptFigures

__all__ = ["PagesOfDive", "StandardShown", "Values", "held"]

Given = ParamSpec("Given")
Values = dict[str, Any]


@dataclass(frozen=True)
class StandardShown:
    """A standard of a dive: what it is, its part of the report, and its obligations that may be shown in full."""

    about: StandardInReport
    title: str
    address: str
    part: StandardPart
    obligations: tuple[ObligationOnPage, ...]
    asked: tuple[ObligationOnPage, ...]
    assumed: tuple[AssumedWaits, ...]
    items: tuple[ResolvedObligation, ...]

    def owed_by(self, owner: Owner) -> StandardShown:
        """The standard with nothing in it but what one body owes."""
        return replace(
            self,
            obligations=tuple(one for one in self.obligations if one.item.obligation.owed_by is owner),
            asked=tuple(one for one in self.asked if one.item.obligation.owed_by is owner),
            assumed=tuple(one for one in self.assumed if one.item.obligation.owed_by is owner),
            items=tuple(item for item in self.items if item.obligation.owed_by is owner),
        )


class PagesOfDive:
    """One dive, as its pages show it."""

    def __init__(self, kept: KeptFigures, slug: str) -> None:
        self.kept = kept
        self.slug = slug
        self.values: dict[tuple[Any, ...], Values] = {}

    @property
    def report(self) -> Report:
        """What the report is written from, without cases."""
        return self.kept.report

    @property
    def figures(self) -> Figures:
        """The dive's figures, without cases."""
        return self.kept.report.figures

    @cached_property
    def first(self) -> dict[str, Any]:
        """What the first pages of the report show, by name."""
        return first_pages(self.report)

    @cached_property
    def standards(self) -> tuple[StandardShown, ...]:
        """The standards of which an obligation was checked, in their order."""
        about = {(one.name, one.version): one for one in self.report.standards}
        parts = obligations_by_standard(self.report)
        return tuple(
            self._standard(about[found.standard], part, found)
            for found, part in zip(self.figures.standards, parts, strict=True)
        )

    def _standard(self, about: StandardInReport, part: StandardPart, found: StandardFigures) -> StandardShown:
        versions = [one for one in self.report.standards if one.name == about.name]
        return StandardShown(
            about,
            about.title + (f" (version {about.version})" if len(versions) > 1 else ""),
            standard_address(self.slug, about.name, about.version),
            part,
            tuple(self._obligation(one, f"{part.id}-{at}") for at, one in enumerate(found.found, 1)),
            tuple(self._obligation(one, f"{part.id}-asked-{at}") for at, one in enumerate(found.asked, 1)),
            found.assumed,
            found.items,
        )

    def _obligation(self, found: ObligationFigures, name: str) -> ObligationOnPage:
        key = found.item.key
        return obligation_on_page(
            self.report, found, name, share=self.kept.shares.get(key), groups=self.kept.groups.get(key, ())
        )

    def seen(self, owner: Owner | None) -> tuple[StandardShown, ...]:
        """The standards as somebody may see them who sees one body's duties only; None: whoever sees all."""
        if owner is None:
            return self.standards
        return tuple(mine for one in self.standards if (mine := one.owed_by(owner)).items)

    @cached_property
    def measures(self) -> dict[str, tuple[MeasureOverTime, MeasureOnPage]]:
        """Each measure with its pictures, by name, in order."""
        over_time = self.figures.over_time
        return {
            one.measure.name: (one, measure_on_page(one, f"measure-{at}", is_made_up=self.report.is_made_up_data))
            for at, one in enumerate(over_time.measures if over_time is not None else (), 1)
        }

    @cached_property
    def funnels(self) -> dict[str, tuple[GroupsInWords, ...]]:
        """The groups that were compared, by the key of their obligation."""
        found: dict[str, tuple[GroupsInWords, ...]] = {}
        for words, beside in zip(groups_in_words(self.report), self.figures.groups_beside, strict=True):
            found[beside.item.key] = (*found.get(beside.item.key, ()), words)
        return found

    @cached_property
    def links(self) -> dict[str, str]:
        """Where the places that the report links to are here: `#standard-1`, `#standard-1-3`."""
        found = {}
        for at, about in enumerate(self.report.standards, 1):
            found[f"#standard-{at}"] = standard_address(self.slug, about.name, about.version)
        for standard in self.standards:
            for at, item in enumerate(standard.items, 1):
                found[f"#{standard.part.id}-{at}"] = obligation_address(self.slug, item)
        return found


def held(
    make: Callable[Concatenate[PagesOfDive, Given], Values | None],
) -> Callable[Concatenate[PagesOfDive, Given], Values | None]:
    """Make the values of a page once for each dive. What is not found is not held: anybody can ask for anything."""

    @wraps(make)
    def once(pages: PagesOfDive, *args: Given.args, **named: Given.kwargs) -> Values | None:
        key = (make.__name__, *args, *named.values())
        if key not in pages.values:
            made = make(pages, *args, **named)
            if made is None:
                return None
            pages.values[key] = made
        return pages.values[key]

    return once
