"""Whether a reason must be given before a case is opened, and what other rooms say of it to whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from wardline_workspace.cases.models import ReasonGiven
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.people.models import Account

__all__ = ["marks", "marks_in", "needs_reason", "notes", "notes_on", "reason_given"]

REASON_HOLDS_FOR = timedelta(hours=12)  # as long as a session at most
_Noter = Callable[[AddedDive, str], str | None]
_Marker = Callable[[AddedDive], Mapping[str, str]]
_noters: list[_Noter] = []
_markers: list[_Marker] = []


def marks(marker: _Marker) -> _Marker:
    """Register a room that has a word to say beside some cases of a list: it gives those cases with their word."""
    _markers.append(marker)
    return marker


def marks_in(dive: AddedDive) -> dict[str, str]:
    """The cases beside which a word stands in every list and export, each with it."""
    return {case: word for marker in _markers for case, word in marker(dive).items()}


def notes(noter: _Noter) -> _Noter:
    """Register a room that has something to say to whoever reads a case: it says it, or None."""
    _noters.append(noter)
    return noter


def notes_on(dive: AddedDive, case: str) -> list[str]:
    """What other rooms have to say of a case to whoever reads it."""
    return [said for noter in _noters if (said := noter(dive, case)) is not None]


def reason_given(dive: AddedDive, code: str, by: Account) -> ReasonGiven | None:
    """The reason for which somebody opens a case now, given not long ago; None where one must be given first.

    In the office's workspace the release's named question is the reason, and none is asked.
    """
    since = timezone.now() - REASON_HOLDS_FOR
    given = ReasonGiven.objects.filter(dive=dive.slug, case=code, by=by.public_id, at__gte=since)
    return given.first()


def needs_reason() -> bool:
    """Whether a reason is asked before a case is opened: where records are identified."""
    return bool(settings.DEPLOYMENT.is_force)
