"""Two dives beside each other, as values: what differs in what they were made from, and what each found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from wardline.measures.dives_compared import ObligationBeside, OccasionsInBoth

__all__ = ["Difference", "Differs", "DiveBeside", "DivesCompared"]


class Differs(Enum):
    """What differs between two dives that may still be compared; the value is what it means for the figures."""

    FORCE = "These are records of two forces: they may keep them in different ways."
    PERIOD = "Periods of different lengths hold different numbers of cases; shares and waits can still be compared."
    SEASON = "The periods cover different parts of the year, and the season may explain a difference."
    LOOKED_AFTER = (
        "The dives looked at different distances from the end of their periods. The one that looked sooner knows less: "
        "what was typed in later is missing from it, and its last occasions had less time."
    )
    STANDARD = "It is in one dive only, and is left out."
    VERSION = "Each version is for its own days; its obligations are compared where they say the same in both."
    RECORD_SYSTEM = "Only one dive reads it, so the other may not see what was done."
    EVENT = "Only in one dive can this be told from the records, so the other may not see what was done."
    GAP = "What fell into it cannot be told, and the rest may be unlike it."
    TOLD = "Whether it can be judged differs, so the shares are about different parts of the occasions."
    CONFIRMED = "It is owed in one dive and not in the other; what was found is compared all the same."
    WRITTEN_UP = "What counts as written up later differs. No figure below goes by it."
    CLOCK = "Days and working days are counted by another calendar."
    VERSION_OF_WARDLINE = "Figures may differ because of what was changed between the two: see the changelog."


@dataclass(frozen=True)
class Difference:
    """`what` of it differs, and what it is in each; None: it is not in that one."""

    differs: Differs
    what: str
    first: str | None
    second: str | None


@dataclass(frozen=True)
class DiveBeside:
    """What one dive is."""

    folder: str
    title: str
    force: str
    period: tuple[date, date] | None
    as_at: datetime
    zone: str
    cases: int
    occasions: int
    is_made_up: bool


@dataclass(frozen=True)
class DivesCompared:
    """Two dives. `tested`: how many differences are counted. `in_both` None: no day is judged in both.

    `keyed_alike`: whether a child has the same id in both. `left_out`: obligations, by full name, that were left out
    because somebody asked for it.
    """

    first: DiveBeside
    second: DiveBeside
    differences: tuple[Difference, ...]
    obligations: tuple[ObligationBeside, ...]
    without_occasions: tuple[str, ...]
    tested: int
    overlap: tuple[date, date] | None
    in_both: OccasionsInBoth | None
    keyed_alike: bool
    children_in_both: int | None
    left_out: tuple[str, ...]
