"""What was sent to a post, as things that are kept for a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from wardline_workspace.at_risk.kinds import State
from wardline_workspace.at_risk.models import Risk
from wardline_workspace.deployment.described import Place
from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.keeping.policies import check_may_be_removed
from wardline_workspace.keeping.shelves import Shelf, Thing, register
from wardline_workspace.releases.models import HeldCase
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["RiskShelf"]


@register
class RiskShelf(Shelf):
    """Each message to the duty post or to professional standards."""

    kind = Kept.RISKS
    one = "Message to a post"
    counts_from = "the day on which it was sent"
    when_gone = (
        "What was written goes, and the telephone calls about it. That it was sent and acknowledged stays in the trail."
    )
    is_named = False
    places = (Place.FORCE, Place.OFFICE)

    def things(self) -> Iterator[Thing]:
        """Each, by its code, from the day on which it was sent."""
        for risk in Risk.objects.all():
            yield Thing(self.kind, risk.code, self.one, timezone.localdate(risk.sent_at))

    def stays_because(self, thing: Thing) -> str | None:
        """It was not acknowledged, or its case is held."""
        risk = Risk.objects.get(code=thing.code)
        if risk.state != State.ACKNOWLEDGED.value:
            return "The post has not acknowledged it."
        if risk.case and HeldCase.objects.filter(case_id=risk.case, lifted_at=None).exists():
            return "Its case is held."
        return None

    def lock(self, code: str) -> None:
        """Its row."""
        Risk.objects.select_for_update().filter(code=code).first()

    @transaction.atomic
    def remove(self, code: str, *, by: Any) -> None:
        """Remove it with the calls about it."""
        risk = Risk.objects.select_for_update().get(code=code)
        check_may_be_removed(self.kind, code)
        risk.calls.all().delete()
        risk.delete()
        record(Did.REMOVED_RISK, by=by, about_kind="at risk", about=code, reason="time is over")
