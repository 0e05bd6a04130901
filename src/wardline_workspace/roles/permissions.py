"""Who may: everything that somebody can be allowed to do or see. docs/reference/permissions.md is made from this.

Whether a thing may be changed *now* is another question; that is for `policies.py` in each room. Which parts of a thing
somebody sees is a third: `visibility.py`.
"""

from enum import StrEnum

__all__ = ["Permission"]


class Permission(StrEnum):
    """One thing that a role may do; the value says it in words."""

    LOG_IN = "log in and see what needs them today"
    SEE_FIGURES = "see the figures of a dive: totals, shares, waits, charts and claims"
    SEE_CASES = "see which cases are behind a figure, coded or identified as the place has them"
    OPEN_TIMELINE = "open one case's timeline"
    SEE_OWN_DUTIES = "see the figures of their own body's duties only"
    EXPORT = "export what they see"
    ADD_DIVE = "add a dive or a release that lies in a folder"
    MAKE_DIVE = "read exports and make a dive from them"
    SEE_CHILDREN_TO_CHECK = "see the list of children to check today"
    ANSWER_CHILD_TO_CHECK = "say who looks, and record what was found"
    COUNT_CHILDREN_TO_CHECK = "see how many children are on the list, and that each was looked at"
    RAISE_RISK = "say that a child may be at risk now"
    ACKNOWLEDGE_RISK = "acknowledge for the duty post that a child may be at risk now"
    ACKNOWLEDGE_CONDUCT = "acknowledge for professional standards what was sent there"
    PREPARE_RELEASE = "prepare what leaves the force"
    SIGN_RELEASE = "sign what leaves the force, recall it, and hold a case back"
    SEE_RELEASES = "see what was released, to whom and until when"
    CLEAR_VIGNETTE = "sign a vignette after the motivated-intruder check"
    SEE_TRAIL = "see and search the trail, and verify it"
    INVITE = "invite people, change their role and close their account"
    SEE_DEPLOYMENT = "see how the workspace is set up, and check it"
