"""Opening a case, with the reason for it: in the trail that it was opened, beside it what was given as the reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wardline_workspace.cases.models import Reason, ReasonGiven
from wardline_workspace.cases.policies import why_not_open
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["give_reason", "record_export", "record_view"]


@transaction.atomic
def give_reason(*, dive: AddedDive, case: str, code: str, reason: Reason, text: str, by: Account) -> ReasonGiven:
    """Write down why a case is opened. `case` is its own identifier, and is not written anywhere."""
    if refused := why_not_open(dive, case):
        raise Refused(refused)
    entry = record(Did.GAVE_REASON, by=by, about_kind="case", about=code, dive=dive.slug, reason=reason.value)
    return ReasonGiven.objects.create(
        dive=dive.slug, case=code, by=by.public_id, reason=reason, text=text.strip(), trail_number=entry.number
    )


@transaction.atomic
def record_view(*, dive: AddedDive, code: str, by: Account) -> None:
    """That somebody saw a case's timeline."""
    record(Did.OPENED_CASE, by=by, about_kind="case", about=code, dive=dive.slug)


@transaction.atomic
def record_export(*, dive: AddedDive, form: str, found: int, by: Account, narrowed: Any) -> None:
    """That somebody took findings with them: how many, in which form, by which questions they were narrowed."""
    record(Did.EXPORTED, by=by, about_kind="dive", about=dive.slug, form=form, found=found, narrowed=list(narrowed))
