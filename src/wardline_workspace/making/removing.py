"""A dive being made is removed with all that was uploaded for it: exports name people, and are not kept for ever.

Its folder gets another name before the database forgets it, and goes after that. Cut off between, the folder gets its
name back where the database still knows it, and goes where it does not.
"""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.making.policies import why_not_remove
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["finish_removing", "remove"]

GOING = ".going-"


def remove(work: DiveBeingMade, *, by: Account) -> None:
    """Remove the uploads, the documents and what the database knows of them. Dives that were made from it stay."""
    folder = work.folder
    going = folder.parent / f"{GOING}{work.slug}"
    with transaction.atomic():
        DiveBeingMade.objects.select_for_update().get(pk=work.pk)
        if reason := why_not_remove(work):
            raise Refused(reason)
        record(Did.REMOVED_WORK, by=by, about_kind="dive being made", about=work.slug)
        work.delete()
        os.replace(folder, going)
        transaction.on_commit(partial(shutil.rmtree, going, ignore_errors=True))


def finish_removing() -> None:
    """When the workspace starts: end each removal that was cut off, or undo it where it had not been decided."""
    making = Path(settings.DEPLOYMENT.making)
    for going in making.glob(f"{GOING}*"):
        slug = going.name.removeprefix(GOING)
        if DiveBeingMade.objects.filter(slug=slug).exists():
            os.replace(going, making / slug)
        else:
            shutil.rmtree(going, ignore_errors=True)
