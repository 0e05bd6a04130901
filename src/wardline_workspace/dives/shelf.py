"""The dives of a force, as things that are kept for a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.removing import finish_removing, remove_dive
from wardline_workspace.keeping.shelves import Shelf, Thing, register

__all__ = ["DiveShelf"]


@register
class DiveShelf(Shelf):
    """The dives that were added and are still there."""

    kind = Kept.DIVES
    one = "Dive"
    counts_from = "the day on which it was added"
    when_gone = (
        "Its folder, its figures and its lists go, so no page of it opens any more. Its title, question and hash stay."
    )

    def things(self) -> Iterator[Thing]:
        """Each, from the day on which it was added."""
        for added in AddedDive.objects.filter(is_release=False, destroyed_on=None):
            yield Thing(self.kind, added.slug, added.title, timezone.localdate(added.added_at))

    def lock(self, code: str) -> None:
        """Its row."""
        AddedDive.objects.select_for_update().filter(slug=code).first()

    def remove(self, code: str, *, by: Any) -> None:
        """Remove the dive with what was kept of it."""
        remove_dive(code, by=by)

    def finish(self) -> None:
        """Remove what is left of dives that are gone."""
        finish_removing(is_release=False)
