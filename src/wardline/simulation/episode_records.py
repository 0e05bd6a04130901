"""From an episode as it went to what the systems hold of it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from wardline.simulation.clock import HOUR, MINUTE, Clock
from wardline.simulation.draws import clear, draw_minutes
from wardline.simulation.episodes import EpisodeLife
from wardline.simulation.notes import NotesOfCase
from wardline.simulation.parameters import (
    BURST_SHARE,
    COUNCIL_TOLD_ON_THE_HOUR_SHARE,
    COUNCIL_TOLD_SHARE,
    NO_DEPLOYED_TIME_SHARE,
    NO_INCIDENT_NO_SHARE,
    WRONG_INCIDENT_NO_SHARE,
)
from wardline.simulation.records import MISSING, Episode, Incident
from wardline.simulation.response import Call
from wardline.simulation.truth import Gaming, Truth
from wardline.simulation.typing_in import EntriesOfCase

__all__ = ["NumberOf", "write_up"]

NumberOf = Callable[[str, int], str]
"""The next number of a kind of record (`incident`, `episode`, …) that is opened at an instant."""

GRADE_OF_PRIORITY = ("emergency", "priority", "standard")
BURST_REVIEWS, BURST_AT_ONCE, BURST_MINUTES = 20, 12, 6
LONG_ENOUGH_FOR_A_BURST = 26 * HOUR
REPORT_TYPED_MINUTES = (0, 3, 9)
COUNCIL_TOLD_MINUTES = (20, 120, 1700)


def write_up(
    life: EpisodeLife, number: str, number_of: NumberOf, clock: Clock, source: Random, end: int, truth: Truth
) -> Episode:
    """The missing-person system's episode with the control room's incidents, as exports taken at `end` hold them."""
    typed = EntriesOfCase(source, end)
    typed.add("reported", life.reported_at, typed_at=life.reported_at + draw_minutes(source, REPORT_TYPED_MINUTES))
    _write_missing(life, typed, clock, source)
    if life.ends_at - life.reported_at > LONG_ENOUGH_FOR_A_BURST and source.random() < BURST_SHARE:
        _burst_of_reviews(life, typed, number, truth)
    notes = NotesOfCase(life.known.child, number, source, end, truth)
    notes.write(life.reported_at, life.ends_at)
    closed_at = life.ends_at + draw_minutes(source, (30, 240, 2000))
    incidents, incident_no = _incidents(life, number_of, source, end)
    return Episode(
        number=number,
        child=life.known.child,
        person_number=life.known.records_in(MISSING)[life.record].number,
        district=life.known.child.district,
        opened_at=life.reported_at,
        closed_at=closed_at if closed_at < end else None,
        incident_no=incident_no,
        has_last_grade_only=life.has_last_grade_only,
        incidents=incidents,
        entries=typed.entries,
        notes=notes.notes,
    )


def _write_missing(life: EpisodeLife, typed: EntriesOfCase, clock: Clock, source: Random) -> None:
    if life.has_last_grade_only:
        typed.add("risk_graded", life.gradings[0][0], attributes={"grade": life.gradings[-1][1]}, is_soon=True)
    else:
        for graded_at, grade in life.gradings:
            typed.add("risk_graded", graded_at, attributes={"grade": grade}, is_soon=True)
    for reviewed_at, review in life.reviews:
        typed.add(review, reviewed_at)
    if life.strategy_at is not None:
        typed.add("strategy_discussion", life.strategy_at)
    if life.cancelled_at is not None:
        typed.add("report_cancelled", life.cancelled_at, is_soon=True)
        return
    assert life.found_at is not None
    if typed.add("child_found", life.found_at, is_unreadable=life.is_found_unreadable) is None:
        return
    back = life.back
    if back.declined_at is not None:
        typed.add("interview_declined", back.declined_at)
    if back.interviewed_at is not None:
        typed.add(
            "interviewed",
            back.interviewed_at,
            attributes={"method": back.method},
            is_unreadable=back.is_unreadable,
            is_date_only=back.is_date_only,
        )
    if source.random() < COUNCIL_TOLD_SHARE:
        told_at = life.found_at + draw_minutes(source, COUNCIL_TOLD_MINUTES)
        if source.random() < COUNCIL_TOLD_ON_THE_HOUR_SHARE:
            told_at += -clock.second_of_day(told_at) % HOUR
        typed.add("council_told", clear(clock, told_at))


def _burst_of_reviews(life: EpisodeLife, typed: EntriesOfCase, number: str, truth: Truth) -> None:
    """Twenty reviews that nobody made at the time, an hour apart, typed within six minutes."""
    typed_at = life.reported_at + (BURST_REVIEWS + 2) * HOUR
    for review in range(BURST_REVIEWS):
        minute = 0 if review < BURST_AT_ONCE else 1 + (review - BURST_AT_ONCE) % (BURST_MINUTES - 1)
        typed.add("risk_reviewed", life.reported_at + (review + 1) * HOUR, typed_at=typed_at + minute * MINUTE)
    what = f"{BURST_REVIEWS} reviews, an hour apart, typed within {BURST_MINUTES} minutes"
    truth.tell(Gaming("twenty reviews in six minutes", MISSING, f"{MISSING}:{number}", typed_at, what))


def _incidents(life: EpisodeLife, number_of: NumberOf, source: Random, end: int) -> tuple[list[Incident], str]:
    """The control room's incidents, and the number that stands on the missing-person system."""
    assert life.call is not None
    master = number_of("incident", life.reported_at)
    incidents = [_incident(life.call, master, master, "missing child", life, source, end)]
    if life.sighting is not None and life.sighting.ready_at < end:
        number = number_of("incident", life.sighting.ready_at)
        incidents.append(_incident(life.sighting, number, master, "sighting", life, source, end))
    kind = source.random()
    if kind < NO_INCIDENT_NO_SHARE:
        return incidents, ""
    if kind < NO_INCIDENT_NO_SHARE + WRONG_INCIDENT_NO_SHARE:
        return incidents, number_of("wrong incident", life.reported_at)
    return incidents, master


def _incident(job: Call, number: str, master: str, kind: str, life: EpisodeLife, source: Random, end: int) -> Incident:
    deployed_at, arrived_at = _known(job.deployed_at, end), _known(job.arrived_at, end)
    if arrived_at is not None and source.random() < NO_DEPLOYED_TIME_SHARE:
        deployed_at = None
    return Incident(
        number=number,
        master_number=master,
        kind=kind,
        grade=GRADE_OF_PRIORITY[job.priority],
        opened_at=life.reported_at + int(source.random() * MINUTE)
        if kind == "missing child"
        else job.ready_at - 2 * MINUTE,
        deployed_at=deployed_at,
        arrived_at=arrived_at,
        closed_at=_known(life.ends_at + 15 * MINUTE, end),
    )


def _known(at: int | None, end: int) -> int | None:
    return at if at is not None and at < end else None
