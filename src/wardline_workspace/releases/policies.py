"""When a release, a held case or a vignette may be changed now, each as a sentence that says why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from wardline_workspace.releases.models import HeldCase, Kind, Release, Vignette, VignetteState
from wardline_workspace.releases.states import VALID_TRANSITIONS, State

__all__ = [
    "CONFIRMATIONS",
    "INTRUDER",
    "why_not_cases",
    "why_not_change",
    "why_not_days",
    "why_not_destroyed",
    "why_not_lift",
    "why_not_recall",
    "why_not_refuse",
    "why_not_sign",
    "why_not_sign_vignette",
]

CONFIRMATIONS = {
    "read": "read what goes and what stays",
    "looked": "looked at the rows as the office will see them",
    "asked": "asked whether a person who knows a child could recognise them from this",
}
INTRUDER = {
    "local": "Could somebody who lives or works nearby tell who this is?",
    "press": "Could somebody tell who this is with what the press, a court or social media has told?",
    "family": "Could the child, or somebody in their family, learn from it what they do not know?",
    "officer": "Could somebody tell which officer or member of staff this is about?",
    "rare": "Is anything in it so unusual that few cases are like it?",
}
"""What a motivated intruder would try. Each must be answered no, or the text changed until it is."""


class Account(Protocol):
    """Who acts."""

    public_id: str


def why_not_change(release: Release) -> str | None:
    """Why a release cannot be changed, in words; None where it can."""
    return None if release.state == State.PREPARED else _decided(release)


def why_not_cases(kind: str, question: str, *, totals_have_left: bool) -> str | None:
    """Why coded cases do not go; None where they may, or where only totals go."""
    if kind != Kind.CASES:
        return None
    if not question.strip():
        return "Enter the named question that these cases answer"
    if not totals_have_left:
        return "Totals go first: release the totals of this dive, then coded cases for a question that they leave open"
    return None


def why_not_days(ends_on: date, destroyed_by: date, *, today: date) -> tuple[str, str] | None:
    """Which field of the two days does not fit, and why; None where both do."""
    if ends_on <= today:
        return "ends_on", "The release must end after today"
    if destroyed_by < ends_on:
        last = f"{ends_on.day} {ends_on:%B %Y}"
        return "destroyed_by", f"Destruction must be on or after the day the release ends, {last}"
    return None


def why_not_sign(release: Release, *, by: Account, today: date) -> str | None:
    """Why this person cannot sign this release now; None where they can."""
    if not _may_become(release, State.SIGNED):
        return _decided(release)
    if release.prepared_by == by.public_id:
        return "You prepared this release. Somebody else must sign it."
    if release.ends_on <= today:
        return "This release would end today or earlier. Whoever prepared it must give it a later day."
    return None


def why_not_refuse(release: Release) -> str | None:
    """Why it cannot be said of this release that it does not go; None where it can."""
    return None if _may_become(release, State.NOT_RELEASED) else _decided(release)


def why_not_recall(release: Release) -> str | None:
    """Why this release cannot be recalled now; None where it can."""
    if _may_become(release, State.RECALLED):
        return None
    if release.state == State.DESTROYED:
        return "The office has destroyed it already."
    return _decided(release) if release.has_left else "It has not left the force."


def why_not_destroyed(release: Release) -> str | None:
    """Why no certificate of destruction can be recorded now; None where one can."""
    if _may_become(release, State.DESTROYED):
        return None
    return "A certificate is recorded already." if release.has_left else "It has not left the force."


def why_not_lift(held: HeldCase) -> str | None:
    """Why this case cannot be let go; None where it can."""
    return None if held.lifted_at is None else "This case is not held any more."


def why_not_sign_vignette(
    vignette: Vignette, *, by: Account, found: tuple[str, ...], is_held: bool, answers: Mapping[str, str]
) -> str | None:
    """Why this person cannot sign this vignette now; None where they can. `found` is what of the case stands in it."""
    if vignette.state != VignetteState.WRITTEN:
        return "It was decided already."
    if vignette.written_by == by.public_id:
        return "You wrote this vignette. Somebody else must sign it."
    if is_held:
        return "This case is held: it is in no vignette."
    if found:
        return "The text still has something of the case in it. Whoever wrote it must take that out."
    if vignette.is_sexual_offence and not vignette.keeps_anonymity:
        return (
            "Whoever a sexual offence was done to is anonymous for life. Whoever wrote it must confirm that it is kept."
        )
    if any(answers.get(question) != "no" for question in INTRUDER):
        return "Each question of the check must be answered no. If one is yes, do not sign: say what must change."
    return None


def _may_become(release: Release, state: State) -> bool:
    return state in VALID_TRANSITIONS[State(release.state)]


def _decided(release: Release) -> str:
    return {
        State.PREPARED: "It is not signed yet.",
        State.NOT_RELEASED: "It was decided not to release this. Prepare another one.",
        State.SIGNED: "This release is signed already.",
        State.RECALLED: "This release is recalled already.",
        State.DESTROYED: "This release was destroyed.",
    }[State(release.state)]
