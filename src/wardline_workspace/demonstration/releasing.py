"""Releases of the demonstration's dives, made as people make them: prepared by one, signed by another, handed over.

Run as `python -m wardline_workspace.demonstration.releasing WORKSPACE DIVE FOLDER...` in the force's workspace, in a
process of its own: each dive with the folder to which what the office gets is copied. Of the last dive the totals go
first, then coded cases for a named question; the office has destroyed the first of the two when it has the second.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from wardline_workspace.deployment import running

__all__ = ["release_dives"]

QUESTION = "Are children who go missing reached in time?"
ABOUT = ("england/missing-children/attend",)
KEPT_FOR = timedelta(days=365)
DESTROYED_WITHIN = timedelta(days=14)
MARKING = "OFFICIAL-SENSITIVE"


def release_dives(dives: list[tuple[Path, Path]]) -> None:
    """Release each of these dives, which are added here, into the folder beside it. What is there is kept."""
    from wardline_workspace.dives.models import AddedDive
    from wardline_workspace.releases.models import Kind

    for folder, out in dives:
        if out.exists():
            continue
        digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
        added = AddedDive.objects.get(manifest_sha256=digest)
        last = _released(added, Kind.TOTALS)
        if (folder, out) == dives[-1]:
            last = _released(added, Kind.CASES)
            _first_is_destroyed(added)
        _hand_over(last.number, out)


def _released(added: Any, kind: Any) -> Any:
    """The release of a dive of that kind: the one that is signed, or one that is prepared and signed now."""
    from wardline_workspace.people.models import Account
    from wardline_workspace.releases.actions import prepare
    from wardline_workspace.releases.models import Kind, Release
    from wardline_workspace.releases.preview import fingerprint_of
    from wardline_workspace.releases.signing import sign
    from wardline_workspace.releases.states import State

    lead, approver = (Account.objects.filter(role=role).earliest("pk") for role in ("force-lead", "release-approver"))
    found = Release.objects.filter(dive=added, kind=kind).order_by("number").last()
    release = found or prepare(dive=added, by=lead, **_terms(kind is Kind.CASES), kind=kind)
    if release.state == State.PREPARED:
        release = sign(release=release, fingerprint=fingerprint_of(release), by=approver)
    return release


def _terms(has_cases: bool) -> dict[str, Any]:
    from django.utils import timezone

    ends = timezone.localdate() + KEPT_FOR
    return {
        "purpose": "The office’s scrutiny of how children are kept safe (made up)",
        "recipients": ["The scrutiny officer (made up)", "The chief executive (made up)"],
        "question": QUESTION if has_cases else "",
        "about": list(ABOUT) if has_cases else [],
        "ends_on": ends,
        "destroyed_by": ends + DESTROYED_WITHIN,
        "certified_by": "The chief executive (made up)",
        "marking": MARKING,
    }


def _first_is_destroyed(added: Any) -> None:
    from django.utils import timezone

    from wardline_workspace.people.models import Account
    from wardline_workspace.releases.actions import record_destruction
    from wardline_workspace.releases.models import Kind, Release
    from wardline_workspace.releases.states import State

    first = Release.objects.filter(dive=added, kind=Kind.TOTALS, state=State.SIGNED).first()
    if first is not None:
        record_destruction(
            release=first,
            destroyed_on=timezone.localdate(),
            certificate="The chief executive (made up): destroyed, as the totals came again with the coded cases.",
            by=Account.objects.filter(role="force-lead").earliest("pk"),
        )


def _hand_over(number: int, out: Path) -> None:
    """Copy the folder of a release to where the office takes it from: whole, or not there."""
    from wardline_workspace.releases.where import folder_of

    half = out.with_name(f".{out.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(folder_of(number), half)
    os.rename(half, out)


if __name__ == "__main__":
    running.set_up(Path(sys.argv[1]))
    paths = [Path(argument) for argument in sys.argv[2:]]
    release_dives(list(zip(paths[::2], paths[1::2], strict=True)))
