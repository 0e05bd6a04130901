"""What would go and what would stay, as the library plans it: looked at before anybody signs.

A plan is held for the people who look at it one after the other. Its codes are drawn for the look alone: whoever signs
has new ones drawn.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from wardline.dive.releasing.case_codes import FEWEST_BYTES
from wardline.dive.releasing.plan_of_release import PlanOfRelease, plan_release
from wardline.dive.releasing.search_of_release import search_release
from wardline.errors import OutputError
from wardline_workspace.dives.opened import opened
from wardline_workspace.releases.holding import held_now
from wardline_workspace.releases.models import Kind, Release, Vignette, VignetteState

__all__ = ["Preview", "fingerprint_of", "planned", "preview_of", "vignettes_of"]

PLANS_HELD = 3
_held: OrderedDict[tuple[int, str], Preview] = OrderedDict()
_planning = threading.Lock()


@dataclass(frozen=True)
class Preview:
    """A plan; for how many of the force's own numbers was looked in it, and where one was found, in words."""

    plan: PlanOfRelease
    looked_for: int
    found: tuple[str, ...]


def vignettes_of(release: Release) -> list[Vignette]:
    """The vignettes that go with a release: those of its dive that are signed, of cases that are not held."""
    if release.kind != Kind.CASES:
        return []
    signed = Vignette.objects.filter(dive=release.dive, state=VignetteState.SIGNED).order_by("pk")
    held = held_now()
    return [one for one in signed if one.case_id not in held]


def fingerprint_of(release: Release) -> str:
    """Of all that decides what goes: it changes where somebody changes the release, holds a case or lets one go."""
    vignettes = [str(one.pk) for one in vignettes_of(release)]
    terms = [release.purpose, *release.recipients, release.kind, release.question, *release.about, release.marking]
    terms += [release.certified_by, str(release.ends_on), str(release.destroyed_by), release.dive.manifest_sha256]
    parts = [str(release.number), str(release.version), *terms, "held", *sorted(held_now()), "vignettes", *vignettes]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def planned(release: Release) -> PlanOfRelease:
    """What would go now, under codes drawn for this plan."""
    dive = opened(release.dive)
    with dive.readable():
        known = set(dive.cases.select("case_id").unique().collect()["case_id"])
    return plan_release(
        dive,
        codes=secrets.token_bytes(2 * FEWEST_BYTES),
        question=release.question or None,
        about=tuple(release.about),
        held=held_now() & known,
    )


def preview_of(release: Release) -> Preview:
    """The plan of a release that is not signed, planned once."""
    known = (release.number, fingerprint_of(release))
    with _planning:
        if known not in _held:
            plan = planned(release)
            _held[known] = Preview(plan, *_searched(release, plan))
            while len(_held) > PLANS_HELD:
                _held.popitem(last=False)
        _held.move_to_end(known)
        return _held[known]


def _searched(release: Release, plan: PlanOfRelease) -> tuple[int, tuple[str, ...]]:
    """Look for the force's own numbers in what would go, and in what was typed, before anybody signs."""
    settings.DEPLOYMENT.folder.mkdir(parents=True, exist_ok=True)
    trying = Path(tempfile.mkdtemp(prefix=".trying-release-", dir=settings.DEPLOYMENT.folder))
    try:
        for name, table in plan.tables.items():
            table.write_parquet(trying / name)
        typed = [release.purpose, *release.recipients, release.question, release.certified_by, release.marking]
        typed += [text for one in vignettes_of(release) for text in (one.title, one.text)]
        (trying / "what-was-typed.txt").write_text("\n".join(typed), encoding="utf-8")
        with plan.dive.readable():
            return search_release(trying, plan.dive, trying), ()
    except OutputError as error:
        return 0, tuple(f"{one.what} {one.remedy}" for one in error.problems)
    finally:
        shutil.rmtree(trying, ignore_errors=True)
