"""Dives being made, as things that are kept for a time: exports name people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.keeping.policies import check_may_be_removed
from wardline_workspace.keeping.shelves import Shelf, Thing, register
from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.making.policies import why_not_remove
from wardline_workspace.making.removing import finish_removing, remove

__all__ = ["WorkShelf"]


@register
class WorkShelf(Shelf):
    """Each dive being made, with what was uploaded for it."""

    kind = Kept.WORK
    one = "Dive being made"
    counts_from = "the day on which it was last changed or run"
    when_gone = "The uploads go, and the mappings, settings and dive file with them. Dives that were made from it stay."

    def things(self) -> Iterator[Thing]:
        """Each, from the day on which somebody last did something with it."""
        for work in DiveBeingMade.objects.prefetch_related("runs"):
            yield Thing(self.kind, work.slug, work.title, timezone.localdate(_last_touched(work)))

    def stays_because(self, thing: Thing) -> str | None:
        """It is being run."""
        work = DiveBeingMade.objects.filter(slug=thing.code).first()
        return None if work is None else why_not_remove(work)

    def lock(self, code: str) -> None:
        """Its row."""
        DiveBeingMade.objects.select_for_update().filter(slug=code).first()

    def remove(self, code: str, *, by: Any) -> None:
        """Remove it as its page does."""
        check_may_be_removed(self.kind, code)
        remove(DiveBeingMade.objects.get(slug=code), by=by, reason="time is over")

    def finish(self) -> None:
        """End what was cut off."""
        finish_removing()


def _last_touched(work: DiveBeingMade) -> datetime:
    documents = [datetime.fromtimestamp(one.stat().st_mtime, UTC) for one in work.folder.rglob("*.yaml")]
    uploads = [datetime.fromtimestamp(one.stat().st_mtime, UTC) for one in work.folder.glob("exports/*")]
    return max([work.begun_at, *(run.asked_at for run in work.runs.all()), *documents, *uploads])
