"""What this room has for the office's home page: dates that pass, moves and evidence that wait for a second person."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from wardline_workspace.force_actions.kinds import Judged, OnMove
from wardline_workspace.force_actions.models import DateMove, Evidence, ForceAction
from wardline_workspace.home.today import Urgency, Waiting, has_for_today
from wardline_workspace.people.models import Account
from wardline_workspace.roles import Permission as May

__all__ = ["actions_that_wait"]

MOST = 5


@has_for_today
def actions_that_wait(account: Account) -> Iterable[Waiting]:
    """The actions past their date, and what waits for a second person: moves and evidence of others."""
    if settings.DEPLOYMENT.is_force or not account.may(May.KEEP_ACTIONS):
        return
    past = ForceAction.objects.filter(due_on__lt=timezone.localdate(), complete_on=None)
    for one in past[:MOST]:
        yield Waiting(
            Urgency.TODAY, one.title, reverse("force_action", args=[one.pk]), "Past its date, and not complete.", "late"
        )
    yield from _for_a_second_person(account)


def _for_a_second_person(account: Account) -> Iterable[Waiting]:
    mine = account.public_id
    moves = (
        DateMove.objects.filter(view=OnMove.NOT_YET.name)
        .exclude(recorded_by=mine)
        .order_by()
        .annotate(thing=F("action_id"))
    )
    evidence = Evidence.objects.filter(judged=Judged.NOT_YET.name).exclude(brought_by=mine).order_by()
    waiting = moves.values_list("thing").union(evidence.annotate(thing=F("action_id")).values_list("thing"))
    for (pk,) in waiting[:MOST]:
        yield Waiting(
            Urgency.FORTNIGHT,
            "A date that moved, or evidence, waits for somebody else’s view",
            reverse("force_action", args=[pk]),
        )
