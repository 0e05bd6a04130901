"""When a list may be taken in, and what may be said of a child now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from wardline_workspace.children.models import Answer, Item, TakenList
from wardline_workspace.children.states import STATE_AFTER, AnswerKind, State, can_become
from wardline_workspace.deployment.described import Deployment
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.people.models import Account

__all__ = ["needs_second_person", "state_after", "why_not_answer", "why_not_look", "why_not_second", "why_not_take"]


def why_not_take(dive: AddedDive, *, to: Deployment) -> str | None:
    """Why the list of a dive cannot be taken in, in words; None where it can."""
    if not to.is_force or dive.is_release:
        return "A list of children to check stays with the force. What is released to the office has none."
    if TakenList.objects.filter(dive=dive.slug).exists():
        return "The list of this dive has been taken in already."
    return None


def why_not_look(by_when: datetime, *, now: datetime) -> tuple[str, str] | None:
    """Why nobody can be asked to look by then: the form's field, and the reason in words; None where they can."""
    return None if by_when > now else ("by_when", "This time has passed. Enter a time that is still to come")


def why_not_answer(
    items: Collection[Item], kind: AnswerKind, looked_at: datetime, because: str, *, now: datetime
) -> tuple[str, str] | None:
    """Why this answer cannot be recorded: the form's field, and the reason in words; None where it can."""
    if not items:
        return "items", "Choose at least one thing that this answer is about"
    if looked_at > now:
        return "looked_at", "This time is still to come. Enter when it was done, not when it will be"
    if kind is AnswerKind.NOT_NEEDED and not because.strip():
        return "because", "Say why nothing is needed"
    if not all(can_become(item.stands, state_after(kind, is_open=item.case.is_open)) for item in items):
        return "kind", "This cannot be said of it now. Open the child's page again to see how it stands"
    return None


def needs_second_person(kind: AnswerKind, *, is_open: bool) -> bool:
    """Whether an answer counts only once another person agrees: that nothing is needed, while the case is open."""
    return kind is AnswerKind.NOT_NEEDED and is_open


def state_after(kind: AnswerKind, *, is_open: bool) -> State:
    """How a thing stands after an answer."""
    return State.WAITS_FOR_SECOND if needs_second_person(kind, is_open=is_open) else STATE_AFTER[kind]


def why_not_second(answer: Answer, *, by: Account) -> str | None:
    """Why somebody cannot be the second person about an answer, in words; None where they can."""
    if not answer.needs_second:
        return "This answer needs no second person."
    if answer.second_at is not None:
        return "A second person has answered this already."
    if not answer.waits_for_second:
        return "This has been answered in another way since. Nothing waits for a second person."
    if answer.recorded_by == by.public_id:
        return "You recorded this answer yourself. Somebody else, with an account of their own, has to look at it."
    return None
