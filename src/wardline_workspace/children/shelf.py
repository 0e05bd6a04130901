"""Cases to check with what was answered about them, as things that are kept for a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from wardline_workspace.children.models import CaseToCheck, Item
from wardline_workspace.children.states import State
from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.keeping.policies import check_may_be_removed
from wardline_workspace.keeping.shelves import Shelf, Thing, keeps, register
from wardline_workspace.releases.models import HeldCase
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.kinds import Did

__all__ = ["ChildrenShelf"]

OVER = (State.ANSWERED.value, State.NOT_NEEDED.value)
EVERY_DIVE = "held"  # the code of a case that belongs to no dive, as that of a held case


@register
class ChildrenShelf(Shelf):
    """Each case that was on a list of children to check."""

    kind = Kept.CHILDREN
    one = "Case to check"
    counts_from = "the day on which it was last on a list or answered"
    when_gone = "What was owed, who looked and what was answered go. That it was answered stays in the trail."

    def things(self) -> Iterator[Thing]:
        """Each, by its code, from the last day on which something was said of it."""
        last = CaseToCheck.objects.annotate(listed=Max("items__lists__taken_at"), answered=Max("answers__recorded_at"))
        for case in last:
            days = [day for day in (case.listed, case.answered) if day is not None]
            if days:
                code = case_code(EVERY_DIVE, case.case_id)
                yield Thing(self.kind, code, f"{self.one} {code}", timezone.localdate(max(days)))

    def stays_because(self, thing: Thing) -> str | None:
        """It waits for an answer, or it is held."""
        case = _case(thing.code)
        if case.items.exclude(state__in=OVER).exists():
            return "It is still on the list, and waits for an answer."
        if HeldCase.objects.filter(case_id=case.case_id, lifted_at=None).exists():
            return "This case is held."
        return None

    @transaction.atomic
    def remove(self, code: str, *, by: Any) -> None:
        """Remove the case with all that was said of it."""
        case = CaseToCheck.objects.select_for_update().get(pk=_case(code).pk)
        check_may_be_removed(self.kind, code)
        for rows in (case.answers, case.looks, case.items):
            rows.all().delete()
        case.delete()
        record(Did.REMOVED_CHILD, by=by, about_kind="case", about=code, reason="time is over")


def _case(code: str) -> CaseToCheck:
    return next(one for one in CaseToCheck.objects.all() if case_code(EVERY_DIVE, one.case_id) == code)


@keeps(Kept.DIVES)
def dive_with_children_to_check(thing: Thing) -> str | None:
    """Its list has children who wait for an answer."""
    waiting = Item.objects.filter(shown_on__dive=thing.code).exclude(state__in=OVER)
    return "Children on its list still wait for an answer." if waiting.exists() else None
