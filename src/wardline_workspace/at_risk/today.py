"""What was sent to a post and is not acknowledged: in red on the home pages of the post and of the sender."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from wardline_workspace.at_risk.kinds import State
from wardline_workspace.at_risk.models import Risk
from wardline_workspace.at_risk.policies import TELEPHONE_AFTER, is_overdue, may_acknowledge, seen_by
from wardline_workspace.home.today import Urgency, Waiting, has_for_today
from wardline_workspace.pages.jinja import clock, instant
from wardline_workspace.people.models import Account
from wardline_workspace.roles import Permission as May

__all__ = ["at_risk_today"]

SHOWN_FOR = timedelta(hours=24)
"""How long a sender is shown that it was acknowledged."""


@has_for_today
def at_risk_today(account: Account) -> Iterator[Waiting]:
    """In one query: what waits for the post, and what the sender is still waiting for; the oldest first."""
    if not account.may(May.RAISE_RISK):
        return
    now = timezone.now()
    waits = Q(state__in=(State.SENT.value, State.WRITTEN.value))
    answered = Q(sent_by=account.public_id, acknowledged_at__gt=now - SHOWN_FOR)
    for risk in seen_by(account).filter(waits | answered).order_by("sent_at"):
        address = reverse("risk", args=[risk.code])
        if risk.stands is State.ACKNOWLEDGED:
            title = f"{risk.post.name[:1].upper()}{risk.post.name[1:]} has what you sent"
            said = f"{risk.acknowledged_name} acknowledged it at {instant(risk.acknowledged_at)}."
            yield Waiting(Urgency.SEEN, title, address, said, "Acknowledged", "met")
        elif may_acknowledge(risk, account):
            title = f"{risk.kind}: not acknowledged yet"
            yield Waiting(Urgency.RISK, title, address, _to_the_post(risk, now), "Read and acknowledge it")
        else:
            title = f"{risk.kind}: {_how_it_stands(risk)}"
            yield Waiting(Urgency.RISK, title, address, _to_the_sender(risk, now), "Record a telephone call")


def _to_the_post(risk: Risk, now: datetime) -> str:
    where = f"{risk.sender_name} ({risk.sender_role}) sent it at {instant(risk.sent_at)}, {_ago(risk, now)}."
    late = " It has waited for more than an hour: acknowledge it now." if is_overdue(risk, now=now) else ""
    return f"{where}{late} Reach the sender: {risk.reach}."


def _to_the_sender(risk: Risk, now: datetime) -> str:
    post, telephone = risk.post.name, risk.post.telephone
    if risk.stands is State.WRITTEN:
        return (
            f"You wrote it at {instant(risk.sent_at)}, {_ago(risk, now)}. {settings.DEPLOYMENT.force} does not have it "
            f"yet: this workspace cannot reach theirs. Telephone {post} now on {telephone}, and record the call here."
        )
    if is_overdue(risk, now=now):
        return (
            f"Nobody has acknowledged it for more than an hour. Telephone {post} now on {telephone}, and record the "
            "call here."
        )
    until = clock(risk.sent_at + TELEPHONE_AFTER)
    return (
        f"You sent it to {post} at {instant(risk.sent_at)}, {_ago(risk, now)}. If nobody has acknowledged it by "
        f"{until}, telephone {telephone} and record the call here."
    )


def _how_it_stands(risk: Risk) -> str:
    return "not acknowledged yet" if risk.stands is State.SENT else "not with the force yet"


def _ago(risk: Risk, now: datetime) -> str:
    minutes = max(int((now - risk.sent_at).total_seconds() // 60), 0)
    if minutes < 1:
        return "just now"
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24} days ago"
    return f"{hours} h {rest:02} min ago" if hours else f"{minutes} minute{'s' if minutes > 1 else ''} ago"
