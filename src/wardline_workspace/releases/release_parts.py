"""The pages of a release, listed beside each of them, and what of a dive is not in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from wardline.dive.releasing.kept_release import KeptRelease
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened_release
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may

__all__ = ["parts_of_release"]

NEVER = (
    "Children and overlaps: which cases are of one child stayed with the force.",
    "Record faults: rows and files of the exports stayed with the force.",
)
NO_CASES = "Findings and cases: only totals were released."
NO_VIGNETTES = "Vignettes: none were released."
Lacks = Callable[[KeptRelease], str | None]


def _has_all(_: KeptRelease) -> None:
    return None


PARTS: tuple[tuple[str, str, May, Lacks], ...] = (
    ("Question and answer", "dive", May.SEE_FIGURES, _has_all),
    ("Can we tell?", "dive_can_we_tell", May.SEE_FIGURES, _has_all),
    ("Obligations", "dive_obligations", May.SEE_FIGURES, _has_all),
    ("Standards", "dive_standards", May.SEE_FIGURES, _has_all),
    ("Measures", "dive_measures", May.SEE_FIGURES, _has_all),
    ("Claims", "dive_claims", May.SEE_FIGURES, _has_all),
    ("Findings", "findings", May.SEE_CASES, lambda release: None if release.has_cases else NO_CASES),
    ("Vignettes", "release_vignettes", May.SEE_FIGURES, lambda release: None if release.vignettes else NO_VIGNETTES),
    ("What went and what stayed", "dive_method", May.SEE_FIGURES, _has_all),
)


def parts_of_release(request: HttpRequest, added: AddedDive) -> dict[str, list[Any]]:
    """The pages that this person can open, and what is not in this release, in words."""
    release = opened_release(added)
    mine = [part for part in PARTS if may(request.user, part[2])]
    listed = [
        {"title": title, "address": reverse(url_name, args=[added.slug])}
        for title, url_name, _, lacks in mine
        if lacks(release) is None
    ]
    # The longest address that this page's begins with is where somebody is.
    within = [one["address"] for one in listed if request.path.startswith(one["address"])]
    here = max(within, key=len, default="")
    lacking = [reason for _, _, _, lacks in mine if (reason := lacks(release)) is not None]
    return {"parts": [one | {"here": one["address"] == here} for one in listed], "lacking": [*lacking, *NEVER]}
