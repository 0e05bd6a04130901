"""When a case may be opened now, and whether a reason must be given first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from wardline_workspace.cases.models import ReasonGiven
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.people.models import Account

__all__ = ["holds_back", "needs_reason", "notes", "notes_on", "reason_given", "why_not_open"]

REASON_HOLDS_FOR = timedelta(hours=12)  # as long as a session at most
_Holder = Callable[[AddedDive, str], str | None]
_holders: list[_Holder] = []
_noters: list[_Holder] = []


def holds_back(holder: _Holder) -> _Holder:
    """Register a room that may hold a case back: it says why a case of a dive is not opened, or None."""
    _holders.append(holder)
    return holder


def notes(noter: _Holder) -> _Holder:
    """Register a room that has something to say to whoever reads a case: it says it, or None."""
    _noters.append(noter)
    return noter


def notes_on(dive: AddedDive, case: str) -> list[str]:
    """What other rooms have to say of a case to whoever reads it."""
    return [said for noter in _noters if (said := noter(dive, case)) is not None]


def why_not_open(dive: AddedDive, case: str) -> str | None:
    """Why a case may not be opened now, in words: it is restricted, or held. None where it may."""
    return next((reason for holder in _holders if (reason := holder(dive, case)) is not None), None)


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
