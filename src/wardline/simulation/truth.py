"""The planted truth: what a careful reader of the exports must find, written where it is decided in a child's life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = [
    "BY_LINKING",
    "BY_NOTES",
    "BY_NOTHING",
    "BY_RECORDS",
    "CANNOT_TELL",
    "CRIME_RECORDING",
    "EXPLOITATION",
    "LATE",
    "MET",
    "MISSED",
    "MISSING_CHILDREN",
    "ONLINE",
    "CountedTruly",
    "Failing",
    "Gaming",
    "Missing",
    "Truth",
    "UntoldOccasion",
    "WhatIsSo",
]

MISSING_CHILDREN, ONLINE = "england/missing-children", "england/online-exploitation"
CRIME_RECORDING, EXPLOITATION = "england/crime-recording-and-victims", "england/exploitation"

MET, LATE, MISSED, CANNOT_TELL = "met", "late", "missed", "cannot_tell"
BY_RECORDS, BY_LINKING, BY_NOTES, BY_NOTHING = "records", "linking", "notes", "nothing"


@dataclass(slots=True)
class Failing:
    """Something that should have been done for a child and was not, or not in time.

    `failing` is in plain words; `obligation` and `outcome` are what a careful reader finds, empty where no obligation
    speaks of it. `shown_by` says what it takes to see it, and `why` why the records alone do not.
    """

    failing: str
    obligation: str
    case: str
    at: int
    outcome: str
    shown_by: str = BY_RECORDS
    why: str = ""


@dataclass(slots=True)
class UntoldOccasion:
    """An occasion of which the records cannot tell, with the reason."""

    obligation: str
    case: str
    at: int
    reason: str


@dataclass(slots=True)
class Gaming:
    """Records made to look better than what was done."""

    gaming: str
    system: str
    case: str
    at: int
    what_is_so: str


@dataclass(slots=True)
class Missing:
    """A child who was missing, whatever the records say: in which case, from when, and until when; and from when on the
    missing-person system says that it is over. None: not while the exports last.
    """

    case: str
    at: int
    until: int | None
    told_at: int | None


@dataclass(slots=True)
class CountedTruly:
    """What a measure counts, as it truly was, in a month (its first day) and a district: `met` of so many (`of`).

    `by_linking` of those met are seen only by whoever links two records of one child.
    """

    measure: str
    month: str
    district: str
    met: int = 0
    of: int = 0
    by_linking: int = 0


WhatIsSo = Failing | UntoldOccasion | Gaming | Missing | CountedTruly


class Truth:
    """Takes what is so and hands it on at once, so that nothing is held but what is only counted."""

    def __init__(self, tell: Callable[[WhatIsSo], None]) -> None:
        self.tell = tell
        self._counted: dict[tuple[str, str, str], CountedTruly] = {}

    def count(self, measure: str, month: str, district: str, *, met: int, of: int = 1, by_linking: int = 0) -> None:
        """Something that a measure counts: added up, because there is so much of it."""
        key = (measure, month, district)
        counted = self._counted.get(key)
        if counted is None:
            counted = self._counted[key] = CountedTruly(measure, month, district)
        counted.met += met
        counted.of += of
        counted.by_linking += by_linking

    def tell_what_was_counted(self) -> None:
        """Hand on what was counted, once nothing more comes."""
        for counted in self._counted.values():
            self.tell(counted)

    def judged(self, outcome: str, failing: str, obligation: str, case: str, at: int) -> None:
        """An occasion as the records show it: `met`, `late`, `missed`, or the reason why they cannot tell it.

        What is met, not owed or not yet due (an empty outcome) is no failing, and nothing is written.
        """
        if outcome in (LATE, MISSED):
            self.tell(Failing(failing, obligation, case, at, outcome))
        elif outcome and outcome != MET:
            self.tell(UntoldOccasion(obligation, case, at, outcome))
