"""A folder that somebody wants to add: the dive of a force in its own workspace, a release in the office's."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from wardline.dive import KeptDive, open_dive
from wardline.dive.releasing.kept_release import FolderKind, KeptRelease, folder_kind, open_release
from wardline.dive.releasing.release_file import RELEASE
from wardline_workspace.deployment.described import Deployment
from wardline_workspace.dives.policies import why_not_add
from wardline_workspace.pages.refused import Refused

__all__ = ["ToAdd", "what_is_added"]

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class ToAdd:
    """What is to be added, each file checked. `only` names its files, where others may lie beside them."""

    opened: KeptDive | KeptRelease
    manifest_sha256: str
    as_at: datetime
    check: Callable[[Path], object]
    is_release: bool = False
    marking: str = ""
    ends_on: date | None = None
    only: Collection[str] | None = None


def what_is_added(folder: Path, to: Deployment) -> ToAdd:
    """What lies in a folder.

    Raises Refused where it does not belong here, before any file of it is opened, and OutputError where a file is not
    as its manifest says.
    """
    kind = folder_kind(folder)
    belongs = FolderKind.DIVE if to.is_force else FolderKind.RELEASE
    if kind not in (belongs, FolderKind.NEITHER):
        reason = why_not_add("", is_release=kind is FolderKind.RELEASE, to=to)
        raise Refused(reason or "", field="folder")
    return _dive(folder) if to.is_force else _release(folder)


def _dive(folder: Path) -> ToAdd:
    dive = open_dive(folder)
    return ToAdd(dive, _digest(folder / MANIFEST), dive.as_at, open_dive)


def _release(folder: Path) -> ToAdd:
    release = open_release(folder)
    about = release.about
    return ToAdd(
        release,
        _digest(folder / RELEASE),
        datetime.combine(release.as_at, time(), ZoneInfo(release.zone)),
        open_release,
        is_release=True,
        marking=about.marking,
        ends_on=about.expires,
        only=[RELEASE, *(one.name for one in about.files)],
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
