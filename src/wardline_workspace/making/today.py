"""What the room has for somebody today: their dives that run, that are done, that did not finish, that they make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from wardline_workspace.home.today import Urgency, Waiting
from wardline_workspace.making.models import DiveBeingMade, State
from wardline_workspace.people.models import Account
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may

__all__ = ["dives_being_made"]

SHOWN = 5
DAYS_SHOWN = 14


def dives_being_made(account: Account) -> Iterable[Waiting]:
    """The last dives that somebody is making, the newest first, each with how far it is. Two queries."""
    if not settings.DEPLOYMENT.is_force or not may(account, May.MAKE_DIVE):
        return
    mine = DiveBeingMade.objects.filter(begun_by=account.public_id).prefetch_related("runs")[:SHOWN]
    for work in mine:
        run = max(work.runs.all(), key=lambda one: one.pk, default=None)
        address = reverse("dive_being_made", args=[work.slug])
        if run is None:
            yield Waiting(Urgency.FORTNIGHT, work.title, address, "You are making this dive.", "being made")
        elif run.state == State.DONE:
            if run.ended_at is not None and timezone.now() - run.ended_at < timedelta(days=DAYS_SHOWN):
                found = reverse("dive", args=[run.result])
                yield Waiting(Urgency.SEEN, work.title, found, "The dive that you made is done.", "done", "met")
        elif run.state == State.DID_NOT_FINISH:
            yield Waiting(
                Urgency.TODAY, work.title, address, "The dive did not finish; the page says why.", "look", "late"
            )
        elif run.state == State.STOPPED:
            yield Waiting(
                Urgency.FORTNIGHT, work.title, address, "You are making this dive. It was stopped.", "stopped"
            )
        else:
            yield Waiting(
                Urgency.SEEN, work.title, reverse("run_of_dive", args=[work.slug]), "In the background.", run.state
            )
