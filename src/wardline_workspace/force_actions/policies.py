"""When something of an action can be done, and by whom not: nothing is closed by the person who did it."""

from __future__ import annotations

from datetime import date

from wardline_workspace.force_actions.kinds import EvidenceKind, Judged, OnMove, Standing
from wardline_workspace.force_actions.models import DateMove, Evidence, ForceAction

__all__ = [
    "why_not_add",
    "why_not_complete",
    "why_not_judge",
    "why_not_move",
    "why_not_satisfied",
    "why_not_stand",
    "why_not_view",
]

NEEDS_REASON = (Standing.WILL_NOT_BE_DONE, Standing.NOT_THE_FORCES)


def why_not_add(*, began_on: date, due_on: date | None, owner: str) -> tuple[str, str] | None:
    """The field, and why an action cannot be written down so."""
    if due_on is not None and due_on < began_on:
        return "due_on", "It would be due before it begins. Look at both days"
    if due_on is not None and not owner:
        return "owner", "Enter who at the force owns it: a date that nobody owns is nobody's promise"
    return None


def why_not_move(action: ForceAction, to_day: date) -> str | None:
    """Why the date cannot be moved to that day. That the office does not like it is no reason: it says so beside it."""
    if action.due_on is None:
        return "No date was given yet. Give the first one instead"
    if action.complete_on is not None:
        return "The force says that it is complete, so its date stays"
    if to_day == action.due_on:
        return "That is the date that stands. Enter another day"
    return "It would be due before it began. Look at the day" if to_day < action.began_on else None


def why_not_view(move: DateMove, *, by: str) -> str | None:
    """Why somebody cannot say for the office what it thinks of a move."""
    if move.view != OnMove.NOT_YET.name:
        return "The office has said what it thinks of this move already."
    return (
        "You recorded this move. Somebody else at the office says what it thinks of it."
        if move.recorded_by == by
        else None
    )


def why_not_stand(standing: Standing, because: str) -> str | None:
    """Why it cannot stand so."""
    return "Enter the reason that the force gives" if standing in NEEDS_REASON and not because else None


def why_not_complete(action: ForceAction, on: date, *, today: date) -> str | None:
    """Why the force's word that it is complete cannot be recorded for that day."""
    if action.complete_on is not None:
        return "It is recorded as complete already"
    if on > today:
        return "That day has not come yet"
    return "It would be complete before it began. Look at the day" if on < action.began_on else None


def why_not_judge(evidence: Evidence, *, by: str) -> str | None:
    """Why somebody cannot judge this evidence."""
    if evidence.judged != Judged.NOT_YET.name:
        return "This evidence was judged already. Bring new evidence to have it judged again."
    return "You brought this evidence. Somebody else judges it." if evidence.brought_by == by else None


def why_not_satisfied(action: ForceAction, *, by: str) -> str | None:
    """Why somebody cannot say for the office that it is satisfied."""
    if action.satisfied_on is not None:
        return "The office is recorded as satisfied already."
    if action.complete_on is None:
        return "The force has not said that it is complete."
    shown = [one for one in action.evidence.all() if one.judged == Judged.SHOWS_IT.name]
    if not shown:
        return "No evidence has been judged to show it. An assertion closes nothing."
    if by in (action.complete_recorded_by, action.added_by):
        return "You wrote this action down or recorded it as complete. Somebody else says that the office is satisfied."
    if all(one.brought_by == by for one in shown):
        return "You brought the evidence that shows it. Somebody else says that the office is satisfied."
    return None


def is_shown_by_a_measure(action: ForceAction) -> bool:
    """Whether a measure of a dive was judged to show it, so that a later dive can be held against it."""
    kinds = {(one.kind, one.judged) for one in action.evidence.all()}
    return (EvidenceKind.MEASURE.name, Judged.SHOWS_IT.name) in kinds
