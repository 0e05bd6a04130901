"""Removing the files of a dive or a release: its folder, its figures and its lists. The row says first that it is gone.

Cut off between, nothing of it is opened any more, and what is left goes at the next try.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.dives.forgetting import forget_what_is_gone
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.keeping.policies import check_may_be_removed
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["finish_removing", "remove_dive", "remove_files"]

BESIDE = ("figures", "listed")
GOING = ".destroyed-"


def remove_dive(slug: str, *, by: Any) -> None:
    """Remove a force's dive whose time is over. Its row stays, with its hash. Raises Refused where it is held."""
    with transaction.atomic():
        now = AddedDive.objects.select_for_update().get(slug=slug, is_release=False, destroyed_on=None)
        check_may_be_removed(Kept.DIVES, slug)
        now.destroyed_on = timezone.localdate()
        now.save()
        record(
            Did.REMOVED_DIVE, by=by, about_kind="dive", about=slug, manifest=now.manifest_sha256, reason="time is over"
        )
    remove_files(now)


def remove_files(added: AddedDive) -> None:
    """Remove whatever is left of a dive whose row says that it is gone, and only what lies among this workspace's."""
    assert added.destroyed_on is not None
    dives = Path(settings.DEPLOYMENT.dives)
    if added.path.parent == dives:
        going = dives / f"{GOING}{added.path.name}"
        shutil.rmtree(going, ignore_errors=True)  # of a removal that was cut off
        if added.path.exists():
            os.rename(added.path, going)
            shutil.rmtree(going)
    for beside in BESIDE:
        for kept in (Path(settings.DEPLOYMENT.folder) / beside).glob(f"*{added.manifest_sha256}*"):
            kept.unlink(missing_ok=True)
    forget_what_is_gone()


def finish_removing(*, is_release: bool) -> None:
    """Remove what is left of all dives, or all releases, whose rows say that they are gone."""
    for added in AddedDive.objects.filter(is_release=is_release).exclude(destroyed_on=None):
        remove_files(added)
