"""Writing down what the force does, moving its date, and the three ends: each change with its entry in the trail."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from wardline_workspace.force_actions.kinds import OnMove, Standing
from wardline_workspace.force_actions.models import DateMove, ForceAction, Progress
from wardline_workspace.force_actions.policies import (
    why_not_add,
    why_not_complete,
    why_not_move,
    why_not_satisfied,
    why_not_stand,
    why_not_view,
)
from wardline_workspace.inspections.models import Concern, Recommendation
from wardline_workspace.pages.changed_meanwhile import changed_meanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = [
    "add_action",
    "add_progress",
    "be_satisfied",
    "change_standing",
    "give_first_date",
    "move_date",
    "record_complete",
    "say_on_move",
    "withdraw_satisfied",
]

ABOUT = "force action"


@transaction.atomic
def add_action(
    *,
    title: str,
    words: str,
    owner: str,
    began_on: date,
    due_on: date | None,
    recommendation: Recommendation | None = None,
    concern: Concern | None = None,
    by: Account,
) -> ForceAction:
    """Write down an action. The date given now is its first, and is never changed. Raises Refused."""
    if wrong := why_not_add(began_on=began_on, due_on=due_on, owner=owner):
        raise Refused(wrong[1], field=wrong[0])
    added = ForceAction.objects.create(
        title=title,
        words=words,
        owner=owner,
        began_on=began_on,
        first_due_on=due_on,
        due_on=due_on,
        recommendation=recommendation,
        concern=concern or (recommendation.concern if recommendation else None),
        standing=(Standing.IN_HAND if owner else Standing.AWAITING_ALLOCATION).name,
        added_by=by.public_id,
        added_at=timezone.now(),
    )
    record(Did.WROTE_ACTION, by=by, about_kind=ABOUT, about=added.pk)
    return added


@transaction.atomic
def give_first_date(*, action: ForceAction, due_on: date, owner: str, by: Account) -> ForceAction:
    """Give an action its owner and its first date, which is kept for ever. Raises Refused where it has one."""
    held = _held(action)
    if held.first_due_on is not None:
        raise Refused("It has its first date already. A move of it needs a reason", field="due_on")
    if wrong := why_not_add(began_on=held.began_on, due_on=due_on, owner=owner):
        raise Refused(wrong[1], field=wrong[0])
    held.first_due_on = held.due_on = due_on
    held.owner = owner
    if held.stands is Standing.AWAITING_ALLOCATION:
        held.standing = Standing.IN_HAND.name
    _save(held)
    record(Did.GAVE_FIRST_DATE, by=by, about_kind=ABOUT, about=held.pk, due_on=due_on.isoformat())
    return held


@transaction.atomic
def move_date(
    *, action: ForceAction, version: int, to_day: date, why: str, said_by: str, said_on: date, by: Account
) -> DateMove:
    """Record that the force moved the date, and why. Nothing here blocks a move. Raises Refused, ChangedMeanwhile."""
    held = _held(action)
    changed_meanwhile(held.version, version, theirs={"due_on": held.due_on})
    if reason := why_not_move(held, to_day):
        raise Refused(reason, field="to_day")
    if said_on > timezone.localdate():
        raise Refused("That day has not come yet", field="said_on")
    assert held.due_on is not None
    moved = DateMove.objects.create(
        action=held,
        from_day=held.due_on,
        to_day=to_day,
        why=why,
        said_by=said_by,
        said_on=said_on,
        recorded_by=by.public_id,
        recorded_at=timezone.now(),
    )
    held.due_on = to_day
    _save(held)
    days = (to_day - moved.from_day).days
    record(Did.MOVED_DATE, by=by, about_kind=ABOUT, about=held.pk, move=moved.pk, by_days=days)
    return moved


@transaction.atomic
def say_on_move(*, move: DateMove, view: OnMove, words: str, by: Account) -> DateMove:
    """Say for the office whether it accepts a move. The date stands either way."""
    held = DateMove.objects.select_for_update().get(pk=move.pk)
    if reason := why_not_view(held, by=by.public_id):
        raise Refused(reason)
    held.view, held.view_words, held.view_by, held.view_at = view.name, words, by.public_id, timezone.now()
    held.save(update_fields=["view", "view_words", "view_by", "view_at"])
    record(Did.SAID_ON_MOVE, by=by, about_kind=ABOUT, about=held.action_id, move=held.pk, view=view.name)
    return held


@transaction.atomic
def add_progress(*, action: ForceAction, words: str, said_by: str, said_on: date, by: Account) -> Progress:
    """Record what was said about it on the way."""
    if said_on > timezone.localdate():
        raise Refused("That day has not come yet", field="said_on")
    said = Progress.objects.create(
        action=action,
        words=words,
        said_by=said_by,
        said_on=said_on,
        recorded_by=by.public_id,
        recorded_at=timezone.now(),
    )
    record(Did.RECORDED_PROGRESS, by=by, about_kind=ABOUT, about=action.pk, progress=said.pk)
    return said


@transaction.atomic
def change_standing(*, action: ForceAction, version: int, standing: Standing, because: str, by: Account) -> ForceAction:
    """Record how it stands with the force. *Complete* has an action of its own."""
    held = _held(action)
    changed_meanwhile(held.version, version, theirs={"standing": held.stands.value, "because": held.because})
    if standing is Standing.FORCE_COMPLETE:
        raise Refused("Record on which day it was complete instead", field="standing")
    if reason := why_not_stand(standing, because):
        raise Refused(reason, field="because")
    if held.satisfied_on is not None:
        raise Refused("The office is satisfied with it. Take that back first, with a reason")
    held.standing, held.because = standing.name, because
    held.complete_on, held.complete_recorded_by = None, ""
    _save(held)
    record(Did.CHANGED_STANDING, by=by, about_kind=ABOUT, about=held.pk, standing=standing.name)
    return held


@transaction.atomic
def record_complete(*, action: ForceAction, version: int, on: date, by: Account) -> ForceAction:
    """Record the force's word that it is complete. That is the first of three ends, and satisfies nobody yet."""
    held = _held(action)
    changed_meanwhile(held.version, version, theirs={"complete_on": held.complete_on})
    if reason := why_not_complete(held, on, today=timezone.localdate()):
        raise Refused(reason, field="complete_on")
    held.standing, held.complete_on, held.complete_recorded_by = Standing.FORCE_COMPLETE.name, on, by.public_id
    _save(held)
    record(Did.RECORDED_COMPLETE, by=by, about_kind=ABOUT, about=held.pk)
    return held


@transaction.atomic
def be_satisfied(*, action: ForceAction, version: int, why: str, by: Account) -> ForceAction:
    """Say for the office that it is satisfied: somebody else than who did it, on evidence that was judged."""
    held = _held(action)
    changed_meanwhile(held.version, version, theirs={"satisfied_on": held.satisfied_on})
    if reason := why_not_satisfied(held, by=by.public_id):
        raise Refused(reason)
    held.satisfied_on, held.satisfied_by, held.satisfied_why = timezone.localdate(), by.public_id, why
    _save(held)
    record(Did.WAS_SATISFIED, by=by, about_kind=ABOUT, about=held.pk)
    return held


@transaction.atomic
def withdraw_satisfied(*, action: ForceAction, version: int, why: str, by: Account) -> ForceAction:
    """Take back that the office is satisfied, as where its measure fell back; the reason is kept as progress."""
    held = _held(action)
    changed_meanwhile(held.version, version, theirs={"satisfied_on": held.satisfied_on})
    if held.satisfied_on is None:
        raise Refused("The office is not recorded as satisfied.")
    held.satisfied_on, held.satisfied_by, held.satisfied_why = None, "", ""
    _save(held)
    said = f"The office is no longer satisfied: {why}"
    add_progress(action=held, words=said, said_by="the office", said_on=timezone.localdate(), by=by)
    record(Did.WITHDREW_SATISFIED, by=by, about_kind=ABOUT, about=held.pk)
    return held


def _held(action: ForceAction) -> ForceAction:
    return ForceAction.objects.select_for_update().get(pk=action.pk)


def _save(action: ForceAction) -> None:
    action.version += 1
    action.save()
