"""The pages of a dive, in the order in which they are listed beside each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import pages_of
from wardline_workspace.dives.pages_of_dive import PagesOfDive
from wardline_workspace.releases.release_parts import parts_of_release
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may

__all__ = ["PARTS", "Part", "parts_for"]

NO_MEASURES = "Measures and charts: this dive keeps none. Make it again with this version of Wardline to have them."
NO_CLAIMS = "Claims: the dive file names none."
NO_LINKS = "Overlaps and network: person records are not linked in this dive."


def _lacks_measures(pages: PagesOfDive) -> str | None:
    over_time = pages.figures.over_time
    return NO_MEASURES if over_time is None or not over_time.measures else None


def _lacks_claims(pages: PagesOfDive) -> str | None:
    return None if pages.figures.claims else NO_CLAIMS


@dataclass(frozen=True)
class Part:
    """One page of a dive. `url_name` takes the dive's slug; `lacks` says why a dive has no such page, or None.

    `also_needs` opens the page too: for somebody who sees less of it.
    """

    title: str
    url_name: str
    needs: May = May.SEE_FIGURES
    lacks: Callable[[PagesOfDive], str | None] = lambda pages: None
    also_needs: May | None = None

    def is_open_to(self, request: HttpRequest) -> bool:
        """Whether this person can open it."""
        return may(request.user, self.needs) or (self.also_needs is not None and may(request.user, self.also_needs))


PARTS = (
    Part("Question and answer", "dive"),
    Part("Can we tell?", "dive_can_we_tell"),
    Part("Obligations", "dive_obligations", also_needs=May.SEE_OWN_DUTIES),
    Part("Standards", "dive_standards"),
    Part("Findings", "findings", May.SEE_CASES),
    Part("Waits", "dive_waits", also_needs=May.SEE_OWN_DUTIES),
    Part("Measures and charts", "dive_measures", lacks=_lacks_measures),
    Part("Claims", "dive_claims", lacks=_lacks_claims),
    Part("Children", "dive_children"),
    Part("Record faults", "dive_records"),
    Part("Method", "dive_method"),
)
NOT_YET_PARTS = (NO_LINKS,)  # parts that no dive has until person records are linked


def parts_for(request: HttpRequest, added: AddedDive, dive: Any = None) -> dict[str, list[Any]]:
    """The pages that this person can open, and what this dive lacks, in words."""
    if added.is_release:
        return parts_of_release(request, added)
    pages = pages_of(added)
    open_ones = [part for part in PARTS if part.is_open_to(request)]
    listed = [
        {"title": part.title, "address": reverse(part.url_name, args=[added.slug])}
        for part in open_ones
        if part.lacks(pages) is None
    ]
    # The longest address that this page's begins with is where somebody is.
    within = [one["address"] for one in listed if request.path.startswith(one["address"])]
    here = max(within, key=len, default="")
    lacking = [reason for part in open_ones if (reason := part.lacks(pages)) is not None]
    return {
        "parts": [one | {"here": one["address"] == here} for one in listed],
        "lacking": lacking + ([*NOT_YET_PARTS] if may(request.user, May.SEE_FIGURES) else []),
    }
