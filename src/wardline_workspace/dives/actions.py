"""Adding a dive: its files are checked and copied, and then it is there; or nothing of it is."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from wardline.dive import KeptDive
from wardline_workspace.dives.after_adding import tell_rooms
from wardline_workspace.dives.copying import one_at_a_time, placed
from wardline_workspace.dives.kept_figures import figures_kept, keep_figures
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.policies import why_not_add, why_not_in_demonstration
from wardline_workspace.dives.what_is_added import ToAdd, what_is_added
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["add_dive"]

LONGEST_SLUG = 50
PAGES_BESIDE = frozenset({"add", "compare"})


def add_dive(folder: Path, *, by: Account | str) -> AddedDive:
    """Add a dive folder, or at the office a release: every file is checked against its manifest, and the folder copied
    to where dives are kept.

    Raises OutputError where the folder is no dive or a file differs, Refused where it may not be added here. If it is
    cut off at any moment, either the dive is there or nothing of it is: what is left of the copy has a hidden name or
    a note beside it, and goes when the next dive is added. Its figures are counted here, once, and kept.
    """
    adding = what_is_added(folder, settings.DEPLOYMENT)
    manifest, dive = adding.manifest_sha256, adding.opened
    if reason := why_not_in_demonstration(is_made_up=dive.is_made_up, to=settings.DEPLOYMENT):
        raise Refused(reason, field="folder")
    with one_at_a_time(settings.DEPLOYMENT.dives):
        if reason := why_not_add(manifest, is_release=adding.is_release, to=settings.DEPLOYMENT):
            raise Refused(reason, field="folder")
        slug = _free_slug(dive.title)
        to = settings.DEPLOYMENT.dives / slug
        with placed(folder, to, is_added=_is_added, check=adding.check, only=adding.only) as kept:
            if isinstance(dive, KeptDive) and figures_kept(manifest) is None:
                keep_figures(dive, manifest)
            with transaction.atomic():
                added = _added(adding, slug, kept, by)
    tell_rooms(added, by)
    return added


def _added(adding: ToAdd, slug: str, kept: Path, by: Account | str) -> AddedDive:
    dive, manifest = adding.opened, adding.manifest_sha256
    period = dive.period or (None, None)
    added = AddedDive.objects.create(
        slug=slug,
        title=dive.title,
        question=dive.question,
        as_at=adding.as_at,
        period_from=period[0],
        period_to=period[1],
        is_made_up=dive.is_made_up,
        is_release=adding.is_release,
        marking=adding.marking,
        ends_on=adding.ends_on,
        folder=str(kept),
        manifest_sha256=manifest,
        added_by=getattr(by, "public_id", by),
    )
    record(Did.ADDED_DIVE, by=by, about_kind="dive", about=slug, manifest=manifest)
    return added


def _is_added(folder: Path) -> bool:
    return AddedDive.objects.filter(folder=str(folder)).exists()


def _free_slug(title: str) -> str:
    """The first name that no dive has, no folder has, and no page beside the dives."""
    whole = slugify(title)
    begun = (whole if len(whole) <= LONGEST_SLUG else whole[: LONGEST_SLUG + 1].rpartition("-")[0]) or "dive"
    taken = set(AddedDive.objects.filter(slug__startswith=begun).values_list("slug", flat=True)) | PAGES_BESIDE
    taken |= {one.name for one in settings.DEPLOYMENT.dives.glob(f"{begun}*")}
    numbered = (begun if number == 1 else f"{begun}-{number}" for number in count(1))
    return next(slug for slug in numbered if slug not in taken)
