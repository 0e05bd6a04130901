"""The life of a missing episode: from the report to the child's return, as it happens to one child."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from wardline.simulation.children import KnownChild
from wardline.simulation.clock import DAY, HOUR, MINUTE, Clock
from wardline.simulation.diaries import Diary
from wardline.simulation.draws import clear, draw_hours, draw_minutes, draw_share
from wardline.simulation.parameters import (
    BY_TELEPHONE_SHARE,
    CANCELLED_SHARE,
    DECLINED_SHARE,
    DOWNGRADED_JUST_BEFORE_SHARE,
    DOWNGRADED_SHARE,
    EXPLOITED_FIRST_GRADES,
    FIRST_GRADES,
    GRADED_LATE_SHARE,
    GRADED_MINUTES,
    INTERVIEW_DATE_ONLY_SHARE,
    INTERVIEW_UNREADABLE_SHARE,
    LAST_GRADE_ONLY_SHARE,
    MISSING_HOURS,
    NOT_GRADED_SHARE,
    NOT_INTERVIEWED_SHARE,
    SIGHTING_SHARE,
    STRATEGY_AFTER_TWO_DAYS_SHARE,
    UNREADABLE_FOUND_SHARE,
    UPGRADED_SHARE,
)
from wardline.simulation.response import Call

__all__ = ["EpisodeLife", "Return", "live_episode"]

MINUTES_TO_ATTEND = {"high": 15, "medium": 60, "low": 8 * 60}
PRIORITIES = {"high": 0, "medium": 1, "low": 2}
CANCELLED_HOURS = (0.4, 6.0)
CALL_MINUTES = (2, 4, 8)  # how long the call taker needs before a unit can be sent
SIGHTING_WITHIN = 30 * HOUR
REVIEW_HOURS = (4.0, 11.0)
INSPECTOR_SHARE = 0.3
TWO_DAYS = 2 * DAY
LONGEST_REVIEWED = 6 * DAY  # then the case passes to another team, which keeps a file of its own


@dataclass(slots=True)
class Return:
    """What is done once the child is back."""

    interviewed_at: int | None = None
    method: str = "face to face"
    is_date_only: bool = False
    is_unreadable: bool = False
    declined_at: int | None = None


@dataclass(slots=True)
class EpisodeLife:
    """An episode as it really goes, whoever records what of it."""

    known: KnownChild
    record: int  # which record of the child the missing-person system names
    reported_at: int
    found_at: int | None = None
    cancelled_at: int | None = None
    is_found_unreadable: bool = False
    gradings: list[tuple[int, str]] = field(default_factory=list)
    downgraded_just_before: bool = False
    has_last_grade_only: bool = False
    reviews: list[tuple[int, str]] = field(default_factory=list)
    strategy_at: int | None = None
    back: Return = field(default_factory=Return)
    call: Call | None = None
    sighting: Call | None = None

    @property
    def ends_at(self) -> int:
        """When the child is found, or the report cancelled."""
        ends_at = self.found_at if self.found_at is not None else self.cancelled_at
        assert ends_at is not None, "every episode ends, though perhaps after the exports are taken"
        return ends_at


def live_episode(
    known: KnownChild, record: int, at: int, clock: Clock, source: Random, interviews: Diary
) -> EpisodeLife:
    """All that happens to one child from a report on, but for who comes: that is for the queue to say."""
    life = EpisodeLife(known, record, clear(clock, at))
    if source.random() < CANCELLED_SHARE:
        hours = source.uniform(*CANCELLED_HOURS)
        life.cancelled_at = clear(clock, life.reported_at + int(hours * 60) * MINUTE)
    else:
        life.found_at = clear(clock, life.reported_at + draw_hours(source, MISSING_HOURS))
        life.is_found_unreadable = source.random() < UNREADABLE_FOUND_SHARE
    known.missing_until = life.ends_at + HOUR
    _grade(life, clock, source)
    _review(life, source)
    if life.ends_at - life.reported_at > TWO_DAYS and source.random() < STRATEGY_AFTER_TWO_DAYS_SHARE:
        life.strategy_at = clear(clock, life.reported_at + int(source.triangular(12, 60, 40) * 60) * MINUTE)
    if life.found_at is not None:
        life.back = _return(life.found_at, clock, source, interviews)
    _call(life, source)
    return life


def _grade(life: EpisodeLife, clock: Clock, source: Random) -> None:
    kind = source.random()
    if kind < NOT_GRADED_SHARE:
        return
    if kind < NOT_GRADED_SHARE + GRADED_LATE_SHARE:
        graded_at = clear(clock, life.reported_at + int(16 + source.expovariate(1 / 25)) * MINUTE)
    else:
        graded_at = clear(clock, life.reported_at + draw_minutes(source, GRADED_MINUTES))
    if graded_at >= life.ends_at:
        return
    grade = draw_share(source, EXPLOITED_FIRST_GRADES if life.known.child.is_exploited else FIRST_GRADES)
    life.gradings.append((graded_at, grade))
    limit_at = life.reported_at + MINUTES_TO_ATTEND[grade] * MINUTE
    later, kind = {"high": "medium", "medium": "low", "low": "low"}[grade], source.random()
    if kind < DOWNGRADED_JUST_BEFORE_SHARE and grade != "low":
        again_at = clear(clock, limit_at - (1 + int(source.random() * 2)) * MINUTE)
        life.downgraded_just_before = graded_at < again_at < life.ends_at
        grade = later
    elif kind < DOWNGRADED_JUST_BEFORE_SHARE + DOWNGRADED_SHARE and grade != "low":
        again_at = clear(clock, limit_at + int(source.uniform(1, 12) * 60) * MINUTE)
        grade = later
    elif kind < DOWNGRADED_JUST_BEFORE_SHARE + DOWNGRADED_SHARE + UPGRADED_SHARE and grade != "high":
        again_at = clear(clock, graded_at + int(source.uniform(0.3, 10) * 60) * MINUTE)
        grade = {"low": "medium", "medium": "high"}[grade]
    else:
        again_at = graded_at
    if graded_at < again_at < life.ends_at:
        life.gradings.append((again_at, grade))
    # Of an upgraded one the last grade would set a limit that never ran; such a record is kept whole.
    was_upgraded = PRIORITIES[life.gradings[-1][1]] < PRIORITIES[life.gradings[0][1]]
    life.has_last_grade_only = not was_upgraded and source.random() < LAST_GRADE_ONLY_SHARE


def _review(life: EpisodeLife, source: Random) -> None:
    at = life.reported_at
    until = min(life.ends_at, life.reported_at + LONGEST_REVIEWED)
    while (at := at + int(source.uniform(*REVIEW_HOURS) * 60) * MINUTE) < until:
        life.reviews.append((at, "inspector_review" if source.random() < INSPECTOR_SHARE else "risk_reviewed"))


def _return(found_at: int, clock: Clock, source: Random, interviews: Diary) -> Return:
    back = Return()
    kind = source.random()
    if kind < NOT_INTERVIEWED_SHARE:
        return back
    first_try = found_at + draw_minutes(source, (10, 40, 240))
    if kind < NOT_INTERVIEWED_SHARE + DECLINED_SHARE:
        back.declined_at = clear(clock, first_try)
        return back
    if kind < NOT_INTERVIEWED_SHARE + DECLINED_SHARE + BY_TELEPHONE_SHARE:
        back.method = "telephone"
        back.interviewed_at = clear(clock, first_try)
        return back
    back.interviewed_at = clear(clock, interviews.book(first_try))
    back.is_unreadable = source.random() < INTERVIEW_UNREADABLE_SHARE
    back.is_date_only = not back.is_unreadable and source.random() < INTERVIEW_DATE_ONLY_SHARE
    return back


def _call(life: EpisodeLife, source: Random) -> None:
    """The calls that wait for a unit: the report, and perhaps a sighting while the child is away."""
    priority = PRIORITIES[life.gradings[0][1]] if life.gradings else PRIORITIES["medium"]
    ready_at = life.reported_at + draw_minutes(source, CALL_MINUTES) + int(source.random() * MINUTE)
    life.call = Call(ready_at, priority, life.ends_at)
    away = min(life.ends_at - life.reported_at, SIGHTING_WITHIN)
    if away > 2 * HOUR and source.random() < SIGHTING_SHARE:
        seen_at = life.reported_at + HOUR + int(source.random() * (away - 2 * HOUR))
        life.sighting = Call(
            seen_at + draw_minutes(source, CALL_MINUTES), min(priority, PRIORITIES["medium"]), life.ends_at
        )
