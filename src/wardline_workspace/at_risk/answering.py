"""The force's acknowledgement on its way back to the office: a signed file, made by the post and taken in there."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardline_workspace.at_risk.kinds import State
from wardline_workspace.at_risk.models import Risk
from wardline_workspace.at_risk.policies import may_acknowledge, why_no_answer, why_not_answered
from wardline_workspace.exchange.actions import check_key
from wardline_workspace.exchange.signed_files import read_signed, write_signed
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["make_answer", "take_answer_in"]

KIND_OF_FILE = "wardline: acknowledged by the post"
LONGEST_NAME = 100
SHOWN_ON = "its page of what you sent"


@transaction.atomic
def make_answer(*, risk: Risk, by: Account) -> bytes:
    """The signed file that the post hands to the office. It says who acknowledged and when, and nothing else."""
    now = Risk.objects.select_for_update().get(pk=risk.pk)
    if not may_acknowledge(now, by):
        raise Refused(f"Only {now.post.name} can make this file.")
    if reason := why_no_answer(now):
        raise Refused(reason)
    assert now.acknowledged_at is not None
    now.answer_made_at = timezone.now()
    now.save(update_fields=["answer_made_at"])
    record(Did.MADE_ANSWER, by=by, about_kind="at risk", about=now.code)
    says = {
        "force": settings.DEPLOYMENT.force,
        "code": now.code,
        "token": str(now.form_token),
        "acknowledged_name": now.acknowledged_name,
        "acknowledged_at": now.acknowledged_at.isoformat(),
        "is_made_up": settings.DEPLOYMENT.is_demonstration,
    }
    return write_signed(KIND_OF_FILE, says)


@transaction.atomic
def take_answer_in(*, file: bytes, is_confirmed: bool, by: Account) -> Risk:
    """Take in the force's acknowledgement at the office: only then is it no longer red here.

    Raises Refused where it was changed, is of another force or of nothing that was written here, and where nobody has
    compared the key: a false acknowledgement would keep somebody from telephoning.
    """
    found = read_signed(file, kind=KIND_OF_FILE)
    token, name, acknowledged_at = _read(found.words)
    risk = Risk.objects.select_for_update().filter(form_token=token, code=found.words.get("code")).first()
    if risk is None:
        raise Refused("Nothing that was written here is what this file acknowledges.", field="file")
    if reason := why_not_answered(risk, acknowledged_at, now=timezone.now()):
        raise Refused(reason, field="file")
    check_key(found, is_confirmed=is_confirmed, shown_on=SHOWN_ON, by=by)
    risk.state = State.ACKNOWLEDGED.value
    risk.acknowledged_name, risk.acknowledged_at = name, acknowledged_at
    risk.answer_taken_in_at, risk.answer_taken_in_by = timezone.now(), by.public_id
    risk.save()
    record(Did.TOOK_ANSWER_IN, by=by, about_kind="at risk", about=risk.code, key=found.fingerprint[:16])
    return risk


def _read(words: Any) -> tuple[uuid.UUID, str, datetime]:
    if words.get("force") != settings.DEPLOYMENT.force:
        raise Refused("This file is of another force. Choose the one of your own force.", field="file")
    try:
        token, name = uuid.UUID(words["token"]), words["acknowledged_name"]
        at = datetime.fromisoformat(words["acknowledged_at"])
        is_whole = at.tzinfo is not None and isinstance(name, str) and 0 < len(name.strip()) <= LONGEST_NAME
    except (KeyError, TypeError, ValueError, AttributeError):
        is_whole = False
    if not is_whole:
        raise Refused("This file does not say what it should. Telephone the force now.", field="file")
    return token, name, at
