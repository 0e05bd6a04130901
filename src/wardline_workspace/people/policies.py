"""When an account or an invitation may be changed now."""

from __future__ import annotations

from datetime import datetime

from wardline_workspace.people.models import Account, Invitation, ResetLink

__all__ = ["why_not_close", "why_not_erase", "why_not_first", "why_not_reset", "why_not_take_up", "why_not_use"]


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


def why_not_reset(account: Account, *, by: object) -> str | None:
    """Why no link to a new password can be made, in words; None where one can."""
    if account == by:
        return "You cannot make a link for yourself. Change your password on the page about your account."
    return None if account.is_active else "This account is closed, so it needs no password."


def why_not_use(link: ResetLink | None, *, now: datetime) -> str | None:
    """Why a link to a new password cannot be used, in words; None where it can."""
    if link is None:
        return "This link is not one that was given out. Check that all of it was copied."
    if link.used_at is not None:
        return "This link has been used, or a newer one was made. Ask the administrator for a new one."
    if link.ends_at <= now:
        return "This link has expired. Ask the administrator for a new one."
    return None if link.account.is_active else "This account is closed."


def why_not_first(administrators: int) -> str | None:
    """Why nobody can be invited as the first administrator, in words; None where somebody can."""
    if administrators:
        return "There is an administrator already. Ask them to invite others, or to make a new link for an account."
    return None


def why_not_erase(account: Account) -> str | None:
    """Why an account cannot be erased, in words; None where it can."""
    if account.erased_at is not None:
        return "This account has been erased already."
    return "Close the account first: an open account cannot be erased." if account.is_active else None
