"""Signing: the release is written, archived and signed, or nothing of it is there.

Its files are written first, and its row last. A note says which release is being written until its row is: whoever
finds the note of a release that is not signed knows that its writer was stopped, and removes its files. Nobody can take
them until then.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from wardline.dive.releasing.release_terms import ReleaseTerms
from wardline.dive.releasing.releasing import Released, write_release
from wardline.dive.releasing.vignettes import VignetteText
from wardline_workspace.dives.copying import one_at_a_time
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.releases.models import Release
from wardline_workspace.releases.policies import why_not_sign
from wardline_workspace.releases.preview import fingerprint_of, planned, vignettes_of
from wardline_workspace.releases.states import State
from wardline_workspace.releases.where import archive_of, folder_of, releases_folder, way_back_of, ways_back_folder
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["clear_what_was_cut_off", "sign"]

NOTE = ".signing-"


@dataclass(frozen=True)
class _Written:
    released: Released
    cases: int
    vignettes: int


def sign(*, release: Release, fingerprint: str, by: Account) -> Release:
    """Sign a release and write it. `fingerprint` is of what was looked at.

    Raises Refused where this person cannot sign it now, ChangedMeanwhile where something else would go than was looked
    at, OutputError where a number of the force's own stands in it or it cannot be written.
    """
    with one_at_a_time(releases_folder()):
        clear_what_was_cut_off()
        now = Release.objects.select_related("dive").get(pk=release.pk)
        if reason := why_not_sign(now, by=by, today=timezone.localdate()):
            raise Refused(reason)
        if fingerprint_of(now) != fingerprint:
            raise ChangedMeanwhile({"what goes": "Read again what goes and what stays: it is no longer what you saw."})
        note = _note(now.number)
        note.touch()
        try:
            written = _write(now, by)
            signed = _signed(now, written, fingerprint, by)
        except BaseException:
            _remove(now.number)
            raise
        note.unlink()
        return signed


def _write(release: Release, by: Account) -> _Written:
    ways_back_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    vignettes = vignettes_of(release)
    plan = planned(release)
    terms = ReleaseTerms(
        signed_by=by.name,
        role=by.held_role.title if by.held_role else "",
        signed_on=timezone.localdate(),
        purpose=release.purpose,
        recipients=tuple(release.recipients),
        expires=release.ends_on,
        destruction=_destruction(release),
        marking=release.marking,
        question=release.question or None,
        about=tuple(release.about),
    )
    released = write_release(
        plan,
        terms,
        folder_of(release.number),
        way_back=way_back_of(release.number),
        vignettes=[VignetteText(title=one.title, text=one.text) for one in vignettes],
    )
    _archive(release)
    return _Written(released, len(plan.codes), len(vignettes))


def _destruction(release: Release) -> str:
    last = f"{release.destroyed_by.day} {release.destroyed_by:%B %Y}"
    return f"Destroyed by {last}; {release.certified_by} certifies it to the force."


def _archive(release: Release) -> None:
    """The release as one file: written beside and renamed, so that it is whole or not there."""
    folder, archive = folder_of(release.number), archive_of(release.number)
    number, writing = tempfile.mkstemp(prefix=f".{archive.name}.", dir=archive.parent)
    with os.fdopen(number, "wb") as whole, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, f"{release.dive.slug}-{folder.name}/{path.relative_to(folder).as_posix()}")
    os.replace(writing, archive)


@transaction.atomic
def _signed(release: Release, written: _Written, fingerprint: str, by: Account) -> Release:
    now = Release.objects.select_for_update().get(pk=release.pk)
    if reason := why_not_sign(now, by=by, today=timezone.localdate()):
        raise Refused(reason)
    if fingerprint_of(now) != fingerprint:
        raise ChangedMeanwhile({"what goes": "Read again what goes and what stays: it is no longer what you saw."})
    now.state, now.sha256 = State.SIGNED, written.released.sha256
    now.decided_by, now.decided_at = by.public_id, timezone.now()
    now.looked_for, now.cases = written.released.looked_for, written.cases
    now.save()
    record(
        Did.SIGNED_RELEASE,
        by=by,
        about_kind="release",
        about=now.number,
        release=now.sha256,
        cases=written.cases,
        vignettes=written.vignettes,
    )
    return now


def _note(number: int) -> Path:
    return releases_folder() / f"{NOTE}{number}"


def _remove(number: int) -> None:
    shutil.rmtree(folder_of(number), ignore_errors=True)
    archive_of(number).unlink(missing_ok=True)
    way_back_of(number).unlink(missing_ok=True)
    for left in releases_folder().glob(f".release-{number}.*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
    _note(number).unlink(missing_ok=True)


def clear_what_was_cut_off() -> None:
    """Remove the files of a release whose signing was stopped in the middle. Call it while the folder is held.

    Only what a note names is removed: after an older database was brought back, signed releases have no row.
    """
    for note in releases_folder().glob(f"{NOTE}*"):
        number = int(note.name.removeprefix(NOTE))
        if Release.objects.filter(number=number).exclude(sha256="").exists():
            note.unlink(missing_ok=True)
        else:
            _remove(number)
