"""The children of an area: who is reported missing again, and who for the first time.

A repeat falls on the child of an earlier report of the last year, drawn evenly among those reports: who has been
reported often is drawn often, which gives the long tail of few children with very many reports.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import date
from random import Random

from wardline.simulation.draws import draw_share
from wardline.simulation.names import draw_given_name, household
from wardline.simulation.parameters import (
    ETHNICITIES,
    FLAGGED_SHARE,
    NEW_EXPLOITED,
    NEW_FROM_CARE,
    PICK_AGAIN,
    REPEAT_SHARE,
    SECOND_RECORD_SHARE,
    SIBLING_SHARE,
    TWIN_SHARE,
)
from wardline.simulation.person_records import person_records
from wardline.simulation.records import MISSING, Child, PersonRecord

__all__ = ["AreaChildren", "KnownChild"]

YOUNGEST, OLDEST = 10, 17
DAYS_IN_YEAR = 365
DAYS_REMEMBERED = 365
TRIES = 4
NUMBERS_OF_AREA = 20_000  # more children than an area ever has; few enough that person numbers do not run out


@dataclass(slots=True)
class KnownChild:
    """A child and what has become of the child so far.

    `reports` and `strategies` are of each record of the missing-person system: instants of reports (with the case)
    and of strategy discussions, as that system holds them.
    """

    child: Child
    missing_until: int = 0
    found_at: int | None = None  # when the last report ended, if the child was found
    found_record: int = 0  # on which record of the child that report is
    reports: list[tuple[int, str, int]] = field(default_factory=list)  # at, case, which record
    strategies: list[tuple[int, int]] = field(default_factory=list)  # at, which record
    noted: list[str] = field(default_factory=list)  # the systems whose records the truth has written down

    def records_in(self, system: str) -> tuple[PersonRecord, ...]:
        """The child's records in a system; the system has them from now on."""
        return person_records(self.child, system)


class AreaChildren:
    """The children of one area who come to the notice of the police."""

    def __init__(self, area: int, district: str, source: Random, seed: int) -> None:
        self._area = area
        self._district = district
        self._source = source
        self._seed = seed
        self._count = 0
        self._families = 0
        self._reported: deque[tuple[int, KnownChild]] = deque()
        self._last: KnownChild | None = None

    def who_goes_missing(self, day: int, at: int) -> KnownChild:
        """The child of a report; never one who is missing at the time."""
        known = self._again(day, at) if self._source.random() < REPEAT_SHARE else None
        known = known or self.new(day)
        self._reported.append((day, known))
        return known

    def somebody(self, day: int, share_known: float) -> KnownChild:
        """The child of an investigation or referral: one who was reported missing lately, or another."""
        if self._reported and self._source.random() < share_known:
            return self._of_a_report()
        return self.new(day)

    def forget_before(self, day: int) -> None:
        """Let go of reports of more than a year ago."""
        while self._reported and self._reported[0][0] < day - DAYS_REMEMBERED:
            self._reported.popleft()

    def _of_a_report(self) -> KnownChild:
        return self._reported[int(self._source.random() * len(self._reported))][1]

    def _again(self, day: int, at: int) -> KnownChild | None:
        if not self._reported:
            return None
        for _ in range(TRIES):
            known = self._of_a_report()
            child = known.child
            kind = "exploited" if child.is_exploited else "from care" if child.from_care else "other"
            if known.missing_until < at and is_a_child(child.born_on, day) and self._source.random() < PICK_AGAIN[kind]:
                return known
        return None

    def new(self, day: int) -> KnownChild:
        """A child of whom nothing is recorded yet; sometimes a sibling or a twin of the last one."""
        draw = self._source.random
        self._count += 1
        number = self._area * NUMBERS_OF_AREA + self._count
        kin = draw()
        last = self._last.child if self._last else None
        twin = last if last is not None and kin < TWIN_SHARE else None
        sibling = last if last is not None and kin < SIBLING_SHARE else None
        if sibling is None:
            self._families += 1
        family = sibling.family if sibling else self._area * NUMBERS_OF_AREA + self._families
        home = household(f"{self._seed}/{family}")
        sex = "female" if draw() < 0.5 else "male"
        age_in_days = int((YOUNGEST + (OLDEST - YOUNGEST) * draw() ** 0.6) * DAYS_IN_YEAR)
        child = Child(
            number=number,
            given_name=draw_given_name(self._source, sex),
            family_name=home.family_name,
            born_on=twin.born_on if twin else date.fromordinal(day - age_in_days),
            sex=sex,
            ethnicity=sibling.ethnicity if sibling else draw_share(self._source, ETHNICITIES),
            postcode=home.postcode,
            phone=home.phone,
            from_care=sibling.from_care if sibling else draw() < NEW_FROM_CARE,
            district=self._district,
            family=family,
            twin_of=twin.number if twin else None,
            is_exploited=(exploited := draw() < NEW_EXPLOITED),
            is_flagged=exploited and draw() < FLAGGED_SHARE,
            has_second_record=draw() < SECOND_RECORD_SHARE,
            seed=self._seed,
        )
        self._last = KnownChild(child)
        return self._last


def is_a_child(born_on: date, day: int) -> bool:
    """Whether somebody is under 18 on a day."""
    return day - born_on.toordinal() < 18 * DAYS_IN_YEAR


def record_of(known: KnownChild, source: Random) -> int:
    """Which of the child's records of the missing-person system a report is put on."""
    return int(source.random() * len(known.records_in(MISSING)))
