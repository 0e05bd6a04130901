"""Whose it is to see, and when it may be acknowledged or a call recorded."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from wardline_workspace.at_risk.kinds import GOES_TO, VALID_TRANSITIONS, GoesTo, State
from wardline_workspace.at_risk.models import Risk
from wardline_workspace.at_risk.posts import ACKNOWLEDGED_WITH
from wardline_workspace.people.models import Account

__all__ = ["TELEPHONE_AFTER", "is_overdue", "may_acknowledge", "seen_by", "why_not_acknowledge", "why_not_call"]

TELEPHONE_AFTER = timedelta(hours=1)
"""How long somebody waits for an acknowledgement before telephoning, at the longest."""


def posts_of(account: Account) -> list[GoesTo]:
    """The posts for which somebody may acknowledge."""
    return [post for post, needed in ACKNOWLEDGED_WITH.items() if account.may(needed)]


def seen_by(account: Account) -> QuerySet[Risk]:
    """What somebody may open: what they sent themselves, and what went to their post."""
    mine = posts_of(account)
    kinds = [kind.value for kind, post in GOES_TO.items() if post in mine]
    return Risk.objects.filter(Q(sent_by=account.public_id) | Q(kind__in=kinds))


def may_acknowledge(risk: Risk, account: Account) -> bool:
    """Whether it went to a post of theirs."""
    return risk.goes_to in posts_of(account)


def why_not_acknowledge(risk: Risk) -> str | None:
    """Why it cannot be acknowledged now, in words; None where it can. The office never acknowledges anything."""
    if State.ACKNOWLEDGED in VALID_TRANSITIONS[risk.stands]:
        return None
    if risk.stands is State.ACKNOWLEDGED:
        return f"{risk.acknowledged_name} has acknowledged this already."
    return "This was written at the office. Only the force’s post acknowledges it, in the force’s workspace."


def why_not_call(called_at: datetime, *, now: datetime) -> tuple[str, str] | None:
    """Why a call cannot be recorded: the form's field, and the reason in words; None where it can."""
    return ("called_at", "This time is still to come. Enter when you telephoned") if called_at > now else None


def is_overdue(risk: Risk, *, now: datetime) -> bool:
    """Whether nobody has acknowledged it, or was told, within the hour."""
    return risk.stands in (State.SENT, State.WRITTEN) and now - risk.sent_at >= TELEPHONE_AFTER
