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
    COMPARED_DIVES = "compared two dives"
    LOOKED_AT_FINDINGS = "looked at findings"
    SEARCHED = "searched"
    OPENED_CASE = "opened a case"
    GAVE_REASON = "gave a reason to open a case"
    EXPORTED = "exported"
    LOOKED_AT_TRAIL = "looked at the trail"
    SEARCHED_TRAIL = "searched the trail"
    VERIFIED_TRAIL = "verified the trail"
