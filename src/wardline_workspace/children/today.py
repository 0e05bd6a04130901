"""What the list has for somebody today: children at whom nobody has looked, and answers that need a second person."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from wardline_workspace.children.models import Counts
from wardline_workspace.children.states import State
from wardline_workspace.children.the_list import HOLDS_FOR, current_lists, items_on_the_list
from wardline_workspace.home.today import Urgency, Waiting, has_for_today
from wardline_workspace.pages.jinja import instant
from wardline_workspace.people.models import Account
from wardline_workspace.roles import Permission as May

__all__ = ["children_today"]


@has_for_today
def children_today(account: Account) -> Iterator[Waiting]:
    """In two queries at most."""
    if account.may(May.ANSWER_CHILD_TO_CHECK):
        yield from _at_the_force(account)
    if account.may(May.COUNT_CHILDREN_TO_CHECK):
        yield from _at_the_office()


def _at_the_force(account: Account) -> Iterator[Waiting]:
    current = current_lists()
    items = items_on_the_list(current)
    newest = max((taken.records_to for taken in current.values()), default=None)
    if newest is None:
        return
    nobody = {
        item.case.child or item.case.case_id for item in items if item.stands in (State.NOBODY_YET, State.ON_AGAIN)
    }
    old = timezone.now() - newest > HOLDS_FOR
    if nobody:
        many = f"{len(nobody)} children" if len(nobody) > 1 else "1 child"
        yield Waiting(
            Urgency.TODAY,
            f"Nobody has looked yet for {many} on the list",
            reverse("children"),
            f"Records to {instant(newest)}. Say who looks, and record what was found. Looked at does not mean safe.",
            "Not a list for today" if old else "Today",
            "missed",
        )
    mine = {
        item.pk for item in items if item.stands is State.WAITS_FOR_SECOND and item.waiting_from == account.public_id
    }
    others = {item.case_id for item in items if item.stands is State.WAITS_FOR_SECOND and item.pk not in mine}
    if others:
        first = f"{len(others)} answers “not needed” need" if len(others) > 1 else "An answer “not needed” needs"
        address = reverse("children") if len(others) > 1 else reverse("child_to_check", args=[next(iter(others))])
        yield Waiting(
            Urgency.TODAY, f"{first} a second person", address, "It counts only once you agree.", "Agree or not", "late"
        )


def _at_the_office() -> Iterator[Waiting]:
    newest = Counts.objects.first()
    if newest is None:
        return
    not_yet = newest.on_the_list - newest.looked_at
    yield Waiting(
        Urgency.SEEN,
        f"Children to check, from the force: {newest.looked_at} of {newest.on_the_list} looked at",
        reverse("children_counts"),
        f"As the force counted at {instant(newest.made_at)}, records to {instant(newest.records_to)}. "
        "Looked at does not mean safe.",
        f"{not_yet} not yet" if not_yet else "",
        "late",
    )
