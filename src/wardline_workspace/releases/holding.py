"""Which cases are held now, and holding one: asked wherever something may leave the force."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db import IntegrityError, transaction
from django.utils import timezone

from wardline.dive import KeptDive
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.releases.models import HeldCase
from wardline_workspace.releases.policies import why_not_lift
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.kinds import Did

__all__ = ["case_named", "held_now", "held_of", "hold", "lift"]

EVERY_DIVE = "held"  # a case is held in every dive, so its code belongs to none


def held_now() -> frozenset[str]:
    """The full ids of the cases that are held."""
    return frozenset(HeldCase.objects.filter(lifted_at=None).values_list("case_id", flat=True))


def held_of(case_id: str) -> HeldCase | None:
    """Why this case is held; None where it is not."""
    return HeldCase.objects.filter(case_id=case_id, lifted_at=None).first()


def case_named(added: AddedDive, typed: str) -> str:
    """The full id of the case that somebody typed. Raises Refused where the dive has none, or several."""
    meant = _meant(opened(added), typed.strip())
    if len(meant) == 1:
        return meant[0]
    what = (
        "Several record systems have a case of that number. Write the system first, for example missing:1003"
        if meant
        else "This dive has no case of that number. A mistyped number would let a held case go, so check it"
    )
    raise Refused(what, field="case")


def _meant(dive: KeptDive, typed: str) -> list[str]:
    with dive.readable():
        ids = dive.cases.select("case_id").unique()
        exact = ids.filter(pl.col("case_id") == typed).collect()["case_id"].to_list()
        if exact:
            return [str(one) for one in exact]
        found = ids.filter(pl.col("case_id").str.ends_with(f":{typed}")).collect()
        return [str(one) for one in found["case_id"].sort()]


@transaction.atomic
def hold(*, case_id: str, because: str, decided_by: str, since: date, by: Account) -> HeldCase:
    """Hold a case. Raises Refused where it is held already."""
    if held_of(case_id) is not None:
        raise Refused("This case is held already", field="case")
    try:
        with transaction.atomic():
            held = HeldCase.objects.create(
                case_id=case_id,
                code=case_code(EVERY_DIVE, case_id),
                because=because,
                decided_by=decided_by,
                since=since,
                held_by=by.public_id,
            )
    except IntegrityError:  # two people at once
        raise Refused("This case is held already", field="case") from None
    record(Did.HELD_CASE, by=by, about_kind="case", about=held.code, because=because)
    return held


@transaction.atomic
def lift(*, held: HeldCase, because: str, by: Account) -> HeldCase:
    """Let a held case go again, with the reason. Raises Refused where somebody did already."""
    now = HeldCase.objects.select_for_update().get(pk=held.pk)
    if reason := why_not_lift(now):
        raise Refused(reason)
    now.lifted_at, now.lifted_by, now.lifted_because = timezone.now(), by.public_id, because
    now.save()
    record(Did.LIFTED_HOLD, by=by, about_kind="case", about=now.code)
    return now
