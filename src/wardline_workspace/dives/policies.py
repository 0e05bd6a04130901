"""When a dive may be added or removed now."""

from __future__ import annotations

from datetime import date

from wardline_workspace.deployment.described import Deployment
from wardline_workspace.dives.models import AddedDive

__all__ = ["why_not_add", "why_not_in_demonstration", "why_not_opened"]


def why_not_add(manifest_sha256: str, *, is_release: bool, to: Deployment) -> str | None:
    """Why a folder cannot be added here, in words; None where it can."""
    if is_release and to.is_force:
        return "This is a release, made for the office. The force's workspace keeps the dive itself."
    if not is_release and not to.is_force:
        return (
            "This is a force's own dive folder, with records that name children. The office's workspace keeps only "
            "what was released to it. Tell the force at once that it sent this, and do not open it."
        )
    if AddedDive.objects.filter(manifest_sha256=manifest_sha256).exists():
        return "This dive has been added already."
    return None


def why_not_in_demonstration(*, is_made_up: bool, to: Deployment) -> str | None:
    """Why records cannot be kept here, in words: anybody logs in to a demonstration."""
    if to.is_demonstration and not is_made_up:
        return (
            "This workspace is a demonstration, where anybody logs in without a password, and the records of this "
            "dive are not said to be made up. Nothing of it was kept here. Use a workspace of your own for it."
        )
    return None


def why_not_opened(added: AddedDive, *, today: date) -> str | None:
    """Why nothing of a dive or a release may be opened now, in words; None where it may."""
    if added.destroyed_on is not None:
        return f"This release was destroyed on {_day(added.destroyed_on)}. Nothing of it is here."
    if added.recalled_on is not None:
        return f"The force recalled this release on {_day(added.recalled_on)}. Nothing of it is opened any more."
    if added.ends_on is not None and added.ends_on < today:
        return f"This release ended on {_day(added.ends_on)}. Nothing of it is opened any more."
    return None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
