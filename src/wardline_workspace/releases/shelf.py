"""Releases and ways back at the force, and releases at the office, as things that are kept for a time."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from wardline_workspace.deployment.described import Place
from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.removing import finish_removing
from wardline_workspace.keeping.policies import check_may_be_removed
from wardline_workspace.keeping.shelves import Shelf, Thing, keeps, register
from wardline_workspace.releases.models import HeldCase, Release
from wardline_workspace.releases.states import State
from wardline_workspace.releases.where import archive_of, folder_of, way_back_of
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["ReceivedShelf", "ReleaseShelf", "WayBackShelf"]

HAS_LEFT = (State.SIGNED, State.RECALLED, State.DESTROYED)
A_CASE_IS_HELD = "A case in it is held. It stays until that case is let go."


class _OfReleases(Shelf):
    removed: str  # the field that says on which day it was removed
    did: Did

    def things(self) -> Iterator[Thing]:
        """Each that has left, from the day by which the office was to destroy it."""
        there = Release.objects.filter(state__in=HAS_LEFT, **{self.removed: None}).select_related("dive")
        for one in there:
            if self.files(one.number):
                title = f"{self.one} {one.number}, of “{one.dive.title}”"
                yield Thing(self.kind, str(one.number), title, one.destroyed_by, self.stays_with(one))

    def stays_with(self, release: Release) -> tuple[tuple[Kept, str], ...]:
        """On whose legal hold it stays too."""
        return ((Kept.DIVES, release.dive.slug),)

    def files(self, number: int) -> list[Path]:
        """What there is of it."""
        raise NotImplementedError

    def stays_because(self, thing: Thing) -> str | None:
        """A case in it is held."""
        return A_CASE_IS_HELD if _held_in(int(thing.code)) else None

    def lock(self, code: str) -> None:
        """Its row."""
        Release.objects.select_for_update().filter(number=int(code)).first()

    def remove(self, code: str, *, by: Any) -> None:
        """Say in the row that it is gone, and then remove its files."""
        with transaction.atomic():
            now = Release.objects.select_for_update().get(number=int(code))
            check_may_be_removed(self.kind, code)
            setattr(now, self.removed, timezone.localdate())
            now.save()
            self.with_rows(now)
            record(self.did, by=by, about_kind="release", about=now.number, release=now.sha256, reason="time is over")
        self._remove_files(now.number)

    def with_rows(self, release: Release) -> None:
        """Remove the rows that go with it."""

    def finish(self) -> None:
        """Remove the files of those whose row says that they are gone."""
        for number in Release.objects.exclude(**{self.removed: None}).values_list("number", flat=True):
            self._remove_files(number)

    def _remove_files(self, number: int) -> None:
        for one in self.files(number):
            if one.is_dir():
                shutil.rmtree(one)
            else:
                one.unlink(missing_ok=True)


@register
class ReleaseShelf(_OfReleases):
    """The force's own copies of what it released."""

    kind = Kept.RELEASES
    one = "Release"
    counts_from = "the day by which the office was to destroy it"
    when_gone = (
        "The force’s own copy and its vignettes go, so it cannot be handed over again. Its terms, who signed it, its "
        "hash and the certificate stay."
    )
    removed = "files_removed_on"
    did = Did.REMOVED_RELEASE

    def files(self, number: int) -> list[Path]:
        """The folder and the archive."""
        return [one for one in (folder_of(number), archive_of(number)) if one.exists()]

    def with_rows(self, release: Release) -> None:
        """The vignettes that were written for it."""
        release.vignettes.all().delete()


@register
class WayBackShelf(_OfReleases):
    """Which code of a release is which case."""

    kind = Kept.WAYS_BACK
    one = "Way back of release"
    counts_from = "the day by which the office was to destroy the release"
    when_gone = (
        "Nobody can tell any more which case a code of the release is, so a question of the office about a code cannot "
        "be answered from here."
    )
    removed = "way_back_removed_on"
    did = Did.REMOVED_WAY_BACK

    def stays_with(self, release: Release) -> tuple[tuple[Kept, str], ...]:
        """The release's own, and the dive's."""
        return ((Kept.RELEASES, str(release.number)), *super().stays_with(release))

    def files(self, number: int) -> list[Path]:
        """The table, where cases went."""
        return [one for one in (way_back_of(number),) if one.exists()]


@register
class ReceivedShelf(Shelf):
    """The releases that an office has."""

    kind = Kept.RELEASES
    one = "Release"
    counts_from = "the last day on which the force said that it may be kept"
    when_gone = (
        "Its folder and lists go, and the certificate says that the workspace removed them. Copies and exports made "
        "elsewhere are for a person to destroy."
    )
    places = (Place.OFFICE,)

    def things(self) -> Iterator[Thing]:
        """Each that was not destroyed, from the day on which it ends."""
        for added in AddedDive.objects.filter(is_release=True, destroyed_on=None).exclude(ends_on=None):
            assert added.ends_on is not None
            yield Thing(self.kind, added.slug, added.title, added.ends_on)

    def lock(self, code: str) -> None:
        """Its row."""
        AddedDive.objects.select_for_update().filter(slug=code).first()

    def remove(self, code: str, *, by: Any) -> None:
        """Destroy it, with a certificate that says who did."""
        from wardline_workspace.releases.receiving import destroy

        destroy(
            added=AddedDive.objects.get(slug=code),
            destroyed_on=timezone.localdate(),
            certified_by="the office’s workspace, not by a person",
            certificate=(
                "The workspace removed its folder and what was kept of it here, because the time for which it is kept "
                "was over. Whether copies, exports and backups of it are gone too is for a person to certify."
            ),
            by=by,
        )

    def finish(self) -> None:
        """Remove what is left of those that were destroyed."""
        finish_removing(is_release=True)


def _held_ids() -> set[str]:
    return set(HeldCase.objects.filter(lifted_at=None).values_list("case_id", flat=True))


def _held_in(number: int) -> bool:
    held, file = _held_ids(), way_back_of(number)
    if not held or not file.exists():
        return False
    with file.open(encoding="utf-8", newline="") as written:
        return any(held & set(row) for row in csv.reader(written))


@keeps(Kept.DIVES)
def dive_with_held_case(thing: Thing) -> str | None:
    """A case of the dive is held; or nobody can tell, since it cannot be read."""
    held = _held_ids()
    if not held:
        return None
    from wardline.errors import WardlineError
    from wardline_workspace.dives.opened import opened  # loads what reads a dive, which many commands do without

    try:
        dive = opened(AddedDive.objects.get(slug=thing.code))
        with dive.readable():
            found = held & set(dive.cases.select("case_id").unique().collect()["case_id"].to_list())
    except WardlineError:
        return "A case is held, and the folder of this dive cannot be read to see whether it is in it. So it stays."
    return A_CASE_IS_HELD if found else None
