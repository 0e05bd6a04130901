"""What is past its time, and removing it: one thing after the other, each all or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from wardline.time_limits import day_so_long_after
from wardline_workspace.dives.copying import one_at_a_time
from wardline_workspace.keeping.policies import why_not_removed
from wardline_workspace.keeping.shelves import Thing, shelf_of, shelves_at
from wardline_workspace.pages.refused import Refused

__all__ = ["Due", "due_by", "expire", "not_settled"]


@dataclass(frozen=True)
class Due:
    """A thing whose time is over, or will be. `until` is the last day on which it is kept; `stays` says why it stays
    although its time is over, where it does."""

    thing: Thing
    until: date
    stays: str | None


def due_by(day: date) -> Iterator[Due]:
    """What was to be kept until before this day, the kinds in the order of the settings, the longest past first."""
    for shelf in shelves_at(settings.DEPLOYMENT.place):
        length = settings.DEPLOYMENT.keep_for.get(shelf.kind)
        if length is None:
            continue
        kept = [(day_so_long_after(thing.counted_from, length), thing) for thing in shelf.things()]
        for until, thing in sorted(kept, key=lambda one: (one[0], one[1].code)):
            if until < day:
                yield Due(thing, until, why_not_removed(thing))


def not_settled() -> list[str]:
    """The kinds of which nobody has settled how long they are kept."""
    shelves = shelves_at(settings.DEPLOYMENT.place)
    return [shelf.kind.value for shelf in shelves if shelf.kind not in settings.DEPLOYMENT.keep_for]


def expire(*, by: str, is_dry_run: bool = False) -> Iterator[Due]:
    """Remove what is past its time today and gives each thing, removed or not; of a dry run nothing is changed.

    What an earlier run was stopped in goes first. Two at once wait for each other.
    """
    place, today = settings.DEPLOYMENT.place, timezone.localdate()
    if is_dry_run:
        yield from due_by(today)
        return
    with one_at_a_time(settings.DEPLOYMENT.dives):
        for shelf in shelves_at(place):
            shelf.finish()
        for due in list(due_by(today)):
            kept_in = shelf_of(due.thing.kind, place)
            if due.stays is None and kept_in is not None:
                try:
                    kept_in.remove(due.thing.code, by=by)
                except Refused as refused:  # held, or begun anew, since it was looked at
                    yield Due(due.thing, due.until, refused.reason)
                    continue
            yield due
