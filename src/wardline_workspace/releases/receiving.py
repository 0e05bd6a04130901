"""What the office does with a release that it has: takes in its recall, and destroys it with a certificate."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.releases.models import EndOfRelease
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["certificate_of", "destroy", "read_notice", "take_in_recall"]

MOST_LETTERS = 2_000
LISTED = "listed"


@dataclass(frozen=True)
class Recall:
    """What a recall notice says."""

    release_sha256: str
    on: date
    reason: str
    digest: str


def read_notice(notice: bytes) -> Recall:
    """What a recall notice says. Raises Refused where it is none, or is not as the force wrote it."""
    try:
        said = json.loads(notice.decode("utf-8"))
        digest = said.pop("sha256")
        found = Recall(str(said["release"]), date.fromisoformat(said["recalled on"]), str(said["reason"]), str(digest))
        is_ours = said["kind"] == "recall of a release"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused("This is no recall notice", field="notice") from None
    written = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    if not is_ours or hashlib.sha256(written).hexdigest() != digest or len(found.reason) > MOST_LETTERS:
        raise Refused("This notice is not as the force wrote it. Ask for it again", field="notice")
    return found


@transaction.atomic
def take_in_recall(*, notice: bytes, by: Account) -> AddedDive:
    """Recall a release here, as the notice says. Raises Refused where it is none, or of no release that is here."""
    recall = read_notice(notice)
    added = AddedDive.objects.select_for_update().filter(is_release=True, manifest_sha256=recall.release_sha256).first()
    if added is None:
        raise Refused("No release here is the one that this notice recalls", field="notice")
    if added.recalled_on is not None:
        raise Refused("This recall has been taken in already", field="notice")
    added.recalled_on = recall.on
    added.save()
    EndOfRelease.objects.update_or_create(
        dive=added, defaults={"recall_reason": recall.reason, "recall_taken_in_by": by.public_id}
    )
    record(
        Did.TOOK_IN_RECALL,
        by=by,
        about_kind="dive",
        about=added.slug,
        release=recall.release_sha256,
        notice=recall.digest,
    )
    return added


def destroy(*, added: AddedDive, destroyed_on: date, certified_by: str, certificate: str, by: Account) -> AddedDive:
    """Remove the folder of a release and what was kept of it, and record the certificate.

    The row says first that it is destroyed, so that nothing of it is opened even if whoever removes is stopped; what is
    left then goes when the certificate is looked at. Raises Refused where it was destroyed already.
    """
    with transaction.atomic():
        now = AddedDive.objects.select_for_update().get(pk=added.pk)
        if now.destroyed_on is not None:
            raise Refused("This release was destroyed already.")
        now.destroyed_on = destroyed_on
        now.save()
        EndOfRelease.objects.update_or_create(
            dive=now, defaults={"certified_by": certified_by, "certificate": certificate, "destroyed_by": by.public_id}
        )
        digest = hashlib.sha256(certificate.encode()).hexdigest()
        record(
            Did.DESTROYED_RELEASE,
            by=by,
            about_kind="dive",
            about=now.slug,
            release=now.manifest_sha256,
            certificate=digest,
            reason="recalled" if now.recalled_on is not None else "ended or no longer needed",
        )
    remove_files(now)
    return now


def remove_files(added: AddedDive) -> None:
    """Remove whatever is left of a destroyed release, and only if it lies among the dives of this workspace."""
    assert added.destroyed_on is not None
    dives = Path(settings.DEPLOYMENT.dives)
    if added.path.parent == dives and added.path.exists():
        going = dives / f".destroyed-{added.path.name}"
        shutil.rmtree(going, ignore_errors=True)
        os.rename(added.path, going)
        shutil.rmtree(going)
    for kept in (Path(settings.DEPLOYMENT.folder) / LISTED).glob(f"{added.manifest_sha256}*"):
        kept.unlink(missing_ok=True)


def certificate_of(added: AddedDive, end: EndOfRelease) -> str:
    """The certificate of destruction in words, to be handed to the force."""
    assert added.destroyed_on is not None
    day = f"{added.destroyed_on.day} {added.destroyed_on:%B %Y}"
    return (
        f"Certificate of destruction\n\nRelease of “{added.title}”\nSHA-256 of its release.json: "
        f"{added.manifest_sha256}\nDestroyed on {day}\nCertified by {end.certified_by}\n\n{end.certificate}\n"
    )
