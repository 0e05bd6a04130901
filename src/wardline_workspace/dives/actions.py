"""Adding a dive: its files are checked and copied, and then it is there; or nothing of it is."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from wardline.dive import open_dive
from wardline_workspace.dives.after_adding import tell_rooms
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.policies import why_not_add
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["add_dive"]

MANIFEST = "manifest.json"
LONGEST_SLUG = 50


def add_dive(folder: Path, *, by: Account | str) -> AddedDive:
    """Add a dive folder: every file is checked against its manifest, and the folder copied to where dives are kept.

    Raises OutputError where the folder is no dive or a file differs, Refused where it may not be added here. A copy
    that was cut off stays under a name that begins with a dot, and is removed when the next dive is added.
    """
    dive = open_dive(folder)
    manifest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    if reason := why_not_add(manifest, is_release=False, to=settings.DEPLOYMENT):
        raise Refused(reason)
    slug = _free_slug(dive.title)
    kept = _copied(folder, settings.DEPLOYMENT.dives / slug)
    period = dive.period or (None, None)
    try:
        with transaction.atomic():
            added = AddedDive.objects.create(
                slug=slug,
                title=dive.title,
                question=dive.question,
                as_at=dive.as_at,
                period_from=period[0],
                period_to=period[1],
                is_made_up=dive.is_made_up,
                folder=str(kept),
                manifest_sha256=manifest,
                added_by=getattr(by, "public_id", by),
            )
            record(Did.ADDED_DIVE, by=by, about_kind="dive", about=slug, manifest=manifest)
    except BaseException:
        shutil.rmtree(kept, ignore_errors=True)
        raise
    tell_rooms(added, by)
    return added


def _copied(folder: Path, to: Path) -> Path:
    """Copy into a hidden folder beside and rename at the end, so that what has a name is whole."""
    to.parent.mkdir(parents=True, exist_ok=True)
    for left in to.parent.glob(".adding-*"):
        shutil.rmtree(left, ignore_errors=True)
    copying = Path(tempfile.mkdtemp(prefix=".adding-", dir=to.parent))
    try:
        shutil.copytree(folder, copying / "dive", symlinks=False)
        os.replace(copying / "dive", to)
    finally:
        shutil.rmtree(copying, ignore_errors=True)
    open_dive(to)  # what was copied is what was checked
    return to


def _free_slug(title: str) -> str:
    begun = slugify(title)[:LONGEST_SLUG].strip("-") or "dive"
    taken = set(AddedDive.objects.filter(slug__startswith=begun).values_list("slug", flat=True))
    numbered = (begun if number == 1 else f"{begun}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)
