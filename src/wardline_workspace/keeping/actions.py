"""Placing and lifting a legal hold."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.keeping.models import LegalHold
from wardline_workspace.keeping.policies import thing_of, why_not_lift
from wardline_workspace.keeping.shelves import shelf_of
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["lift", "place_hold"]


@transaction.atomic
def place_hold(*, kind: Kept, code: str, because: str, decided_by: str, since: date, by: Account) -> LegalHold:
    """Hold a thing, so that nobody removes it. Raises Refused where it is not there any more, or is held already."""
    shelf = shelf_of(kind, settings.DEPLOYMENT.place)
    if shelf is not None:
        shelf.lock(code)
    if thing_of(kind, code) is None:
        raise Refused("This is not here, or was removed already", field="what")
    try:
        with transaction.atomic():
            held = LegalHold.objects.create(
                kind=kind, code=code, because=because, decided_by=decided_by, since=since, held_by=by.public_id
            )
    except IntegrityError:  # two people at once
        raise Refused("This is on legal hold already", field="what") from None
    record(Did.PLACED_HOLD, by=by, about_kind=kind.value, about=code, because=because)
    return held


@transaction.atomic
def lift(*, hold: LegalHold, because: str, by: Account) -> LegalHold:
    """Lift a legal hold, with the reason. Raises Refused where somebody did already."""
    now = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if reason := why_not_lift(now):
        raise Refused(reason)
    now.lifted_at, now.lifted_by, now.lifted_because = timezone.now(), by.public_id, because
    now.save()
    record(Did.LIFTED_LEGAL_HOLD, by=by, about_kind=now.kind, about=now.code, because=now.because)
    return now
