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
    BEGAN_DIVE = "began to make a dive"
    UPLOADED_FILES = "uploaded files"
    NAMED_FOLDER = "named a folder of exports"
    REMOVED_FILE = "removed an uploaded file"
    REMOVED_WORK = "removed a dive being made"
    LOOKED_AT_EXPORT = "looked at the first rows of an export"
    CHANGED_DOCUMENT = "changed a document of a dive"
    CONFIRMED = "confirmed obligations"
    STARTED_DIVE = "started a dive"
    ASKED_TO_STOP_DIVE = "asked to stop a dive"
    DIVE_ENDED = "a dive in the background ended"
