"""How an action of the force stands, what evidence can be, and the four colours as public trackers use them."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Colour", "EvidenceKind", "Judged", "OnMove", "Standing"]


class Standing(StrEnum):
    """How it stands with the force; the value is what people read. The office's view and the inspectors' are apart."""

    AWAITING_ALLOCATION = "awaiting allocation"
    IN_HAND = "in hand"
    PENDING_SIGN_OFF = "pending sign-off at the force"
    FORCE_COMPLETE = "force: complete"
    WILL_NOT_BE_DONE = "the force cannot or will not do it"
    NOT_THE_FORCES = "not the force’s to deliver, or it waits on another body"


class OnMove(StrEnum):
    """What the office says of a date that the force moved. It blocks none: the chief decides what the force does."""

    NOT_YET = "the office has not said"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not accepted"


class EvidenceKind(StrEnum):
    """What shows that something was done, or that it helped."""

    FILE = "a file"
    LINK = "a link"
    MEASURE = "a measure of a dive"


class Judged(StrEnum):
    """What somebody who did not bring it says of evidence."""

    NOT_YET = "not judged yet"
    SHOWS_IT = "it shows what it should"
    DOES_NOT = "it does not show it"


class Colour(StrEnum):
    """Of the trackers that police authorities publish; each is a word as well."""

    GREEN = "green: done"
    AMBER = "amber: in hand"
    RED = "red: past its date, or it cannot or will not be done"
    WHITE = "white: not the force’s to deliver, or it waits on another body"
