"""Dives as they are opened for a page: each once in a process, since checking its files takes time.

Pages with figures are made from what was kept when the dive was added, and open none of its tables. Only the manifest
is looked at each time: if it is another, the folder is not the one that was added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from wardline.dive import KeptDive, open_dive
from wardline.dive.releasing.kept_release import KeptRelease, open_release
from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline_workspace.dives.kept_figures import figures_kept, keep_figures
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.pages_of_dive import PagesOfDive
from wardline_workspace.dives.policies import why_not_opened
from wardline_workspace.pages.refused import Refused

__all__ = [
    "check_may_be_opened",
    "count_what_is_not_kept",
    "opened",
    "opened_folder",
    "opened_release",
    "pages_of",
    "release_in",
]

HELD_OPEN = 8
PAGES_HELD = 16
MANIFEST = "manifest.json"


@lru_cache(maxsize=HELD_OPEN)
def opened_folder(folder: Path, manifest_sha256: str) -> KeptDive:
    """The dive in a folder that was added with this manifest."""
    return open_dive(folder)


@lru_cache(maxsize=HELD_OPEN)
def release_in(folder: Path, release_sha256: str) -> KeptRelease:
    """The release in a folder that was added with this `release.json`, whether or not it may be opened now."""
    return open_release(folder)


def check_may_be_opened(dive: AddedDive) -> None:
    """Raise Refused where this is a release that ended, or was recalled or destroyed."""
    if reason := why_not_opened(dive, today=timezone.localdate()):
        raise Refused(reason)


def opened_release(dive: AddedDive) -> KeptRelease:
    """The tables of a release. Raises Refused where it may not be opened, OutputError where a file was changed."""
    check_may_be_opened(dive)
    return release_in(dive.path, dive.manifest_sha256)


def opened(dive: AddedDive) -> Any:
    """The tables and figures of a dive, or those of a release, which has the same names where it has the same things.

    Raises OutputError where a file is no longer as it was written, Refused where a release may not be opened.
    """
    return opened_release(dive) if dive.is_release else opened_folder(dive.path, dive.manifest_sha256)


@lru_cache(maxsize=PAGES_HELD)
def _pages(folder: Path, manifest_sha256: str, slug: str) -> PagesOfDive:
    kept = figures_kept(manifest_sha256) or keep_figures(open_dive(folder), manifest_sha256)
    return PagesOfDive(kept, slug)


def pages_of(dive: AddedDive) -> PagesOfDive:
    """What the dive's pages show. Raises OutputError where the folder is not the one that was added.

    A release has pages of its own, so Refused is raised for one.
    """
    if dive.is_release:
        raise Refused("This page shows what a force's own dive has. It is not in a release.")
    if not _is_as_added(dive):
        raise OutputError(
            Problem(
                ProblemKind.NOT_A_DIVE,
                "The folder of this dive is not as it was when it was added.",
                "Bring it back from a backup, or add the dive again.",
                Place(dive.slug),
            )
        )
    return _pages(dive.path, dive.manifest_sha256, dive.slug)


def count_what_is_not_kept() -> Iterator[str]:
    """Count the figures of each dive of which none are kept, as after an upgrade, so that nobody waits for a page.

    Gives the title of each before it is counted. One that is not as it was added is passed over: its pages say so.
    """
    for dive in AddedDive.objects.all():
        if not dive.is_release and _is_as_added(dive) and figures_kept(dive.manifest_sha256) is None:
            yield dive.title
            keep_figures(open_dive(dive.path), dive.manifest_sha256)


def _is_as_added(dive: AddedDive) -> bool:
    try:
        return hashlib.sha256((dive.path / MANIFEST).read_bytes()).hexdigest() == dive.manifest_sha256
    except OSError:
        return False
