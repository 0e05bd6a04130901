"""What an entry of the trail can be of."""

from enum import StrEnum

__all__ = ["Did"]


class Did(StrEnum):
    """What somebody did; the value is written in the trail and never changes its meaning."""

    LOGGED_IN = "logged in"
    LOG_IN_REFUSED = "log-in refused"
    LOCKED_OUT = "locked out"
    LOGGED_OUT = "logged out"
    MADE_ACCOUNT = "made an account"
    INVITED = "invited somebody"
    TOOK_UP_INVITATION = "took up an invitation"
    CHANGED_ROLE = "changed a role"
    CLOSED_ACCOUNT = "closed an account"
    ADDED_DIVE = "added a dive"
    REMOVED_DIVE = "removed a dive"
    OPENED_DIVE = "opened a dive"
    LOOKED_AT_FINDINGS = "looked at findings"
    SEARCHED = "searched"
    OPENED_CASE = "opened a case"
    EXPORTED = "exported"
    LOOKED_AT_TRAIL = "looked at the trail"
    SEARCHED_TRAIL = "searched the trail"
    VERIFIED_TRAIL = "verified the trail"
    SET_UP_SECOND_STEP = "set up a second step"
    REMOVED_SECOND_STEP = "removed a second step"
    CHANGED_PASSWORD = "changed the password"
    MADE_RESET_LINK = "made a link to a new password"
    TOOK_UP_RESET_LINK = "used a link to a new password"
    ERASED_ACCOUNT = "erased an account"
    BACKED_UP = "made a backup"
    RESTORED = "restored a backup"
