"""When an account or an invitation may be changed now."""

from __future__ import annotations

from datetime import datetime

from wardline_workspace.people.models import Account, Invitation

__all__ = ["why_not_close", "why_not_take_up"]


def why_not_take_up(invitation: Invitation | None, *, now: datetime) -> str | None:
    """Why an invitation cannot be taken up, in words; None where it can."""
    if invitation is None:
        return "This link is not one that was given out. Check that all of it was copied."
    if invitation.taken_up_at is not None:
        return "This link has been used. Log in with the account you made, or ask for a new invitation."
    if invitation.ends_at <= now:
        return "This link has expired. Ask the administrator for a new invitation."
    return None


def why_not_close(account: Account, *, by: Account) -> str | None:
    """Why an account cannot be closed, in words; None where it can."""
    if account == by:
        return "You cannot close your own account: another administrator can."
    return None if account.is_active else "This account is closed already."
