"""Whose it is to see, and when it may be acknowledged or a call recorded."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from wardline_workspace.at_risk.kinds import GOES_TO, VALID_TRANSITIONS, GoesTo, State
from wardline_workspace.at_risk.models import Risk
from wardline_workspace.at_risk.posts import ACKNOWLEDGED_WITH
from wardline_workspace.deployment.described import Place
from wardline_workspace.people.models import Account

__all__ = [
    "TELEPHONE_AFTER",
    "is_overdue",
    "may_acknowledge",
    "seen_by",
    "why_no_answer",
    "why_not_acknowledge",
    "why_not_answered",
    "why_not_call",
]

TELEPHONE_AFTER = timedelta(hours=1)
"""How long somebody waits for an acknowledgement before telephoning, at the longest."""
CLOCKS_DIFFER = timedelta(minutes=10)
"""By how much the clock of the force's machine may be ahead of the office's."""


def posts_of(account: Account) -> list[GoesTo]:
    """The posts for which somebody may acknowledge."""
    return [post for post, needed in ACKNOWLEDGED_WITH.items() if account.may(needed)]


def seen_by(account: Account) -> QuerySet[Risk]:
    """What somebody may open: what they sent themselves, and what went to their post. Each with `called_at`, the last
    telephone call about it."""
    mine = posts_of(account)
    kinds = [kind.value for kind, post in GOES_TO.items() if post in mine]
    mine_or_my_posts = Risk.objects.filter(Q(sent_by=account.public_id) | Q(kind__in=kinds))
    return mine_or_my_posts.annotate(called_at=Max("calls__called_at"))


def may_acknowledge(risk: Risk, account: Account) -> bool:
    """Whether it went to a post of theirs."""
    return risk.goes_to in posts_of(account)


def why_not_acknowledge(risk: Risk) -> str | None:
    """Why it cannot be acknowledged now, in words; None where it can. The office never acknowledges anything."""
    if risk.stands is State.SENT:
        return None
    if risk.stands is State.ACKNOWLEDGED:
        return f"{risk.acknowledged_name} has acknowledged this already."
    return "This was written at the office. Only the force’s post acknowledges it, in the force’s workspace."


def why_not_call(called_at: datetime, *, now: datetime) -> tuple[str, str] | None:
    """Why a call cannot be recorded: the form's field, and the reason in words; None where it can."""
    return ("called_at", "This time is still to come. Enter when you telephoned") if called_at > now else None


def why_no_answer(risk: Risk) -> str | None:
    """Why no file with the acknowledgement can be made for the office; None where it can."""
    if risk.written_in != Place.OFFICE.value:
        return "This was not written at the office, so there is nobody there to tell."
    return None if risk.stands is State.ACKNOWLEDGED else "Nobody has acknowledged this yet."


def why_not_answered(risk: Risk, acknowledged_at: datetime, *, now: datetime) -> str | None:
    """Why the force's acknowledgement cannot be taken in at the office; None where it can."""
    if State.ACKNOWLEDGED not in VALID_TRANSITIONS[risk.stands]:
        return "This acknowledgement has been taken in already."
    if not risk.sent_at <= acknowledged_at <= now + CLOCKS_DIFFER:
        return f"The time in this file cannot be right. Telephone {risk.post.name} now on {risk.post.telephone}."
    return None


def is_overdue(risk: Risk, *, called_at: datetime | None, now: datetime) -> bool:
    """Whether the hour has passed in which it should have been acknowledged, from when it was sent or, at the office,
    from the last telephone call in which the force was told."""
    if risk.stands is State.ACKNOWLEDGED:
        return False
    since = called_at if risk.stands is State.TOLD and called_at is not None else risk.sent_at
    return now - since >= TELEPHONE_AFTER
