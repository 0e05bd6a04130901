"""What the records say to a claim, as a value: one short answer, and every part of the working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from wardline.measures.charts import ControlChart, MarkedPoint, Rebase
from wardline.measures.claims.before_and_after import BeforeAndAfter
from wardline.measures.claims.claim import Claim
from wardline.measures.claims.power import PowerToTell
from wardline.measures.claims.size_of_change import ChangeFound
from wardline.measures.declared.measure import Measure

__all__ = ["ChartOfClaim", "ClaimAnswer", "InShort", "Rival", "RivalAnswer", "Says", "Why"]


class InShort(Enum):
    """The answer in one phrase."""

    SHOWN = "the records show it"
    NOT_SHOWN = "the records do not show it"
    TOO_EARLY = "too early"
    RECORDING_CHANGED = "explained by a change of recording"
    MIX_CHANGED = "explained by a change of the mix"
    CANNOT_TELL = "cannot tell"


class Why(Enum):
    """What an answer rests on, where that is not plain from the answer alone."""

    NO_CHANGE = "no change is told from chance, though one of the claimed size would have been"
    NO_CHANGE_OF_ANY_SIZE = "no change is told from chance"
    SMALLER = "there is a change, and it is smaller than claimed"
    OTHER_WAY = "it went the other way"
    NOT_YET_BEGUN = "no period of the time that the claim is about has a figure yet"
    NOT_ENOUGH_YET = "a change of the claimed size could not be told yet"
    STILL_TIME = "the day by which it is to show is still to come"
    NEVER_ENOUGH = "a change of the claimed size could not be told within five years"
    TOO_FEW_TO_TELL = "so little is counted that no change, however large, could be told"
    NO_ROOM = "the share cannot change by so much"
    NOT_COUNTED = "the measure is not in the table of measures of this dive"
    NO_SUCH_GROUP = "there is no figure of this group"
    NEEDS_MORE = "the measure needs what no dive has yet"
    TOO_FEW_BEFORE = "too few figures before"
    NOT_TOLD = "more than a fifth cannot be told in too many of the periods"
    NOT_REACHED = "in too many of the periods too few had a response for this wait to be given"
    GAP = "nothing was recorded in too many of the periods"
    NOT_GIVEN = "the force's settings do not say how many the rate is per"
    NO_OCCASIONS = "too many of the periods have no occasion"
    ALL_NOUGHT = "every figure is nought"
    ALL_ALIKE = "all figures are the same"
    REGRESSION = "the time just before was unusual"
    SEASON = "the season explains it"


class Rival(Enum):
    """Another explanation of a change than the one that is claimed, in the order in which they are looked at."""

    WRITTEN_AT_THE_TIME = "entries that were written at the time show another change"
    WRITTEN_LATE = "how much is written up late changed at the same time"
    NOT_TOLD = "how much cannot be told changed at the same time"
    FILLED_IN = "how often something is filled in changed at the same time"
    NEW_VALUE = "a value that was hardly there before is in most records"
    VOLUME = "other records are taken in"
    VERSION = "another version of the standard was in force"
    REBASE = "the measure was rebased"
    GAP = "nothing was recorded for a time"
    MIX = "the mix of cases changed"
    DOWNGRADES = "grades are lowered more often"
    CANCELLED = "reports are cancelled more often"
    REGRESSION = "the time just before was unusual"
    SEASON = "the same months of the year are like that"

    @property
    def is_of_recording(self) -> bool:
        """Whether it says that the recording changed, and not the work."""
        return self in RECORDING

    @property
    def is_of_mix(self) -> bool:
        """Whether it says that other cases came, or were counted."""
        return self in (Rival.MIX, Rival.DOWNGRADES, Rival.CANCELLED)


RECORDING = (
    Rival.WRITTEN_AT_THE_TIME,
    Rival.WRITTEN_LATE,
    Rival.NOT_TOLD,
    Rival.FILLED_IN,
    Rival.NEW_VALUE,
    Rival.VOLUME,
    Rival.VERSION,
    Rival.REBASE,
    Rival.GAP,
)


class Says(Enum):
    """What was found about a rival explanation; the value is the words."""

    AGAINST = "speaks against the claim"
    NOT = "does not explain it"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class RivalAnswer:
    """What was found about one rival explanation; what is None has no part in it.

    `change` is what was looked at: of another measure, of the same in other entries, or standardised. `beside` is a
    second one, as the change where what cannot be told counts as missed.
    """

    rival: Rival
    says: Says
    measure: Measure | None = None
    change: ChangeFound | None = None
    beside: ChangeFound | None = None
    split: str | None = None
    groups: tuple[str, ...] = ()  # those of the split that changed
    unchanged: tuple[str, ...] = ()  # those of which the same can be said, that they did not
    attribute: tuple[str, str, str] | None = None  # event, attribute, value
    shares: tuple[float, float] | None = None  # before and after
    days: tuple[date, ...] = ()
    rebase: Rebase | None = None


@dataclass(frozen=True)
class ChartOfClaim:
    """The chart with its baseline before the claim's first day, and the patterns completed from that day on."""

    chart: ControlChart | None
    signals: tuple[tuple[str, bool, date], ...] = ()  # the rule, whether upwards, and the first day of its last period
    points_after: tuple[MarkedPoint, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True)
class ClaimAnswer:
    """The answer to one claim. `ask_again` is given where it is too early.

    `known_when_declared`: of so many of the periods after the claim's first day, the figures could be known when the
    claim was declared.
    """

    claim: Claim
    measure: Measure | None
    in_short: InShort
    why: Why | None = None
    ask_again: date | None = None
    compared: BeforeAndAfter | None = None
    change: ChangeFound | None = None
    power: PowerToTell | None = None
    chart: ChartOfClaim | None = None
    rivals: tuple[RivalAnswer, ...] = ()
    known_when_declared: int = 0
    is_up: bool = True

    @property
    def against(self) -> tuple[RivalAnswer, ...]:
        """The rival explanations that speak against the claim."""
        return tuple(one for one in self.rivals if one.says is Says.AGAINST)

    @property
    def explained_by(self) -> RivalAnswer:
        """The rival explanation that an answer `explained by …` rests on."""
        if self.in_short is InShort.MIX_CHANGED:
            return next(one for one in self.against if one.rival.is_of_mix)
        return next(one for one in self.against if one.rival.is_of_recording)

    @property
    def was_declared_afterwards(self) -> bool:
        """Whether every figure that it is tested on could be known when it was declared."""
        many = len(self.compared.after) if self.compared is not None else 0
        return many > 0 and self.known_when_declared == many
