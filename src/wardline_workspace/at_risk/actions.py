"""Sending to a post, acknowledging for it, recording a telephone call, and the file from the office to the force."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from wardline_workspace.at_risk.kinds import GOES_TO, GoesTo, Kind, State
from wardline_workspace.at_risk.models import Call, Risk
from wardline_workspace.at_risk.policies import may_acknowledge, why_not_acknowledge, why_not_call
from wardline_workspace.deployment.described import Place
from wardline_workspace.exchange.signed_files import read_signed, write_signed
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.kinds import Did

__all__ = ["acknowledge", "make_risk_file", "record_call", "send_risk", "take_risk_in"]

KIND_OF_FILE = "wardline: a child may be at risk"
TEXTS = {
    "code": 10,
    "dive": 200,
    "case": 300,
    "about": 300,
    "worry": 20_000,
    "reach": 200,
    "sender_name": 100,
    "sender_role": 100,
}
"""The texts of the file, and how long each can be."""


def send_risk(
    *,
    kind: Kind,
    worry: str,
    reach: str,
    token: uuid.UUID,
    about: str = "",
    dive: str = "",
    case: str = "",
    by: Account,
) -> Risk:
    """Send it to the force's post: at the force it is there at once; at the office it is written, to be handed over.

    The same form sent twice is sent once.
    """
    try:
        with transaction.atomic():
            risk = Risk.objects.create(
                kind=kind.value,
                dive=dive,
                case=case,
                about=about,
                worry=worry,
                reach=reach,
                sender_name=by.name,
                sender_role=by.held_role.title if by.held_role else "",
                sent_by=by.public_id,
                sent_at=timezone.now(),
                written_in=settings.DEPLOYMENT.place.value,
                form_token=token,
                state=State.SENT.value if settings.DEPLOYMENT.is_force else State.WRITTEN.value,
            )
            code = {"case": case_code(dive, case)} if case else {}
            record(_did(kind), by=by, about_kind="at risk", about=risk.code, kind=kind.name, **code)
    except IntegrityError:
        sent = Risk.objects.filter(form_token=token, sent_by=by.public_id).first()
        if sent is None:
            raise
        return sent
    return risk


def _did(kind: Kind) -> Did:
    return Did.SENT_RISK if GOES_TO[kind] is GoesTo.DUTY_POST else Did.SENT_CONDUCT


@transaction.atomic
def acknowledge(*, risk: Risk, name: str, by: Account) -> Risk:
    """Acknowledge it for the post, by name; the time is now. Raises Refused where somebody was quicker."""
    now = Risk.objects.select_for_update().get(pk=risk.pk)
    if not may_acknowledge(now, by):
        raise Refused(f"Only {now.post.name} can acknowledge this.")
    if reason := why_not_acknowledge(now):
        raise Refused(reason)
    now.state = State.ACKNOWLEDGED.value
    now.acknowledged_name, now.acknowledged_by, now.acknowledged_at = name, by.public_id, timezone.now()
    now.save()
    record(Did.ACKNOWLEDGED_RISK, by=by, about_kind="at risk", about=now.code)
    return now


@transaction.atomic
def record_call(*, risk: Risk, spoke_with: str, called_at: datetime, said: str = "", by: Account) -> Call:
    """Record a telephone call with the post. At the office the force is told by it, and nothing more is decided."""
    now = Risk.objects.select_for_update().get(pk=risk.pk)
    if wrong := why_not_call(called_at, now=timezone.now()):
        raise Refused(wrong[1], field=wrong[0])
    call = Call.objects.create(
        risk=now, spoke_with=spoke_with, called_at=called_at, said=said.strip(), recorded_by=by.public_id
    )
    if now.stands is State.WRITTEN:
        now.state = State.TOLD.value
        now.save(update_fields=["state"])
    record(Did.RECORDED_CALL, by=by, about_kind="at risk", about=now.code)
    return call


@transaction.atomic
def make_risk_file(*, risk: Risk, by: Account) -> bytes:
    """The signed file that the office hands to the force."""
    record(Did.MADE_RISK_FILE, by=by, about_kind="at risk", about=risk.code)
    says = {name: getattr(risk, name) for name in TEXTS}
    says |= {"kind": Kind(risk.kind).name, "sent_at": risk.sent_at.isoformat(), "token": str(risk.form_token)}
    says |= {"force": settings.DEPLOYMENT.force, "is_made_up": settings.DEPLOYMENT.is_demonstration}
    return write_signed(KIND_OF_FILE, says)


def take_risk_in(*, content: bytes, by: Account) -> Risk:
    """Take in the office's file at the force: from then on it is red on the post's home page.

    It is taken in whoever's key signed it: a child comes before a fingerprint. The page says whose it may be.
    """
    found = read_signed(content, kind=KIND_OF_FILE)
    risk = _read(found.words)
    risk.taken_in_at, risk.fingerprint = timezone.now(), found.fingerprint
    try:
        with transaction.atomic():
            risk.save()
            record(Did.TOOK_RISK_IN, by=by, about_kind="at risk", about=risk.code, key=found.fingerprint[:16])
    except IntegrityError:
        raise Refused("This file has been taken in already. The post has it.", field="file") from None
    return risk


def _read(words: Any) -> Risk:
    try:
        texts = {name: words[name] for name in TEXTS}
        is_whole = all(isinstance(text, str) and len(text) <= TEXTS[name] for name, text in texts.items())
        kind, token = Kind[words["kind"]], uuid.UUID(words["token"])
        sent_at = datetime.fromisoformat(words["sent_at"])
        is_whole = is_whole and sent_at.tzinfo is not None and bool(texts["code"] and texts["worry"])
    except (KeyError, TypeError, ValueError, AttributeError):
        is_whole = False
    if not is_whole:
        raise Refused("This file does not say what it should. Telephone the office now.", field="file")
    if words.get("force") != settings.DEPLOYMENT.force:
        raise Refused("This file is for another force. Telephone whoever sent it to you now.", field="file")
    return Risk(
        **texts,
        kind=kind.value,
        sent_by="",
        sent_at=sent_at,
        written_in=Place.OFFICE.value,
        form_token=token,
        state=State.SENT.value,
    )
