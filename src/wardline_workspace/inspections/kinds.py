"""The words of an inspection: who inspects, the grades, what is asked of whom, and what can happen after a report."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ASSURANCE", "Addressed", "Answer", "ConcernKind", "Grade", "Happened", "Inspectorate"]


class Inspectorate(StrEnum):
    """Whose report it is; the value is what people read."""

    HMICFRS = "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services"
    JOINT = "a joint inspection"
    IOPC = "the Independent Office for Police Conduct"
    OTHER = "another body"


class Grade(StrEnum):
    """A grade that inspectors gave; the value is theirs."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    ADEQUATE = "adequate"
    REQUIRES_IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"
    NOT_GRADED = "not graded"


class ConcernKind(StrEnum):
    """What inspectors call it. A cause of concern weighs more than an area for improvement."""

    CAUSE = "cause of concern"
    AREA = "area for improvement"


class Addressed(StrEnum):
    """Whom a recommendation asks. It asks and does not order: only the law's own duties are called duties."""

    CHIEF = "the chief constable"
    BODY = "the oversight body"
    BOTH = "the chief constable and the oversight body"
    OTHER = "another body"


class Answer(StrEnum):
    """What the oversight body itself says of a recommendation (Police Act 1996, section 55(5B))."""

    ACTS = "we have done, or will do, this"
    NOTHING = "we do nothing ourselves, because"


class Happened(StrEnum):
    """What can happen after a report. The name in small letters is the event of the standard that judges it."""

    CHIEF_INVITED = "the chief constable was invited to comment"
    COMMENTS_PUBLISHED = "the comments were published, ours and the chief constable’s"
    COPIES_SENT = "copies went to the inspectors and to the Secretary of State"
    ACTION_PLAN_SENT = "the force sent the inspectors its plan"
    INSPECTORATE_AGREED_OTHERWISE = "the inspectors agreed another day, or asked for no plan"
    NO_RECOMMENDATIONS = "it was noted that the report makes no recommendation"
    SCRUTINY_DECISION = "a scrutiny meeting decided how far it is assured"
    SCRUTINY_REVISITED = "the matter was looked at again"

    @property
    def event(self) -> str:
        """What the standard calls it."""
        return self.name.lower()


ASSURANCE = ("assured", "partly assured", "not assured")
