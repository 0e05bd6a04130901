"""The queue of an area: jobs wait until a response unit is free, and the most urgent goes first.

Attendance is late because too few units meet too many jobs, at night above all. No noise is added to any clock.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from math import log
from random import Random

from wardline.simulation.clock import HOUR, MINUTE, Clock
from wardline.simulation.draws import draw_minutes, triangular_quantile
from wardline.simulation.parameters import (
    BORROWED_MINUTES,
    JOB_GRADES,
    JOB_MINUTES,
    JOBS_BY_HOUR,
    OTHER_JOBS_A_DAY,
    TRAVEL_MINUTES,
    District,
)

__all__ = ["Call", "ResponseUnits"]

EMERGENCY = 0
# Drawn from as tables, because there are so many jobs: a hundred grades and lengths in the shares that they have.
GRADES = tuple(grade for share, grade in JOB_GRADES for _ in range(round(share * 100)))
JOB_SECONDS = tuple(triangular_quantile((at + 0.5) / 100, JOB_MINUTES) * MINUTE for at in range(100))
KEPT_FREE = 1  # so many units are kept for the next emergency


@dataclass(slots=True)
class Call:
    """A call about a missing child that waits for a unit. `given_up_at` is when nobody needs to go any more."""

    ready_at: int
    priority: int
    given_up_at: int
    deployed_at: int | None = None
    arrived_at: int | None = None
    is_settled: bool = False


class ResponseUnits:
    """The units of one area and the jobs that wait for them."""

    def __init__(self, district: District, clock: Clock, source: Random) -> None:
        self._clock = clock
        self._source = source
        self._staffing = tuple(
            (date.fromisoformat(staffing.since).toordinal() if staffing.since else 0, staffing)
            for staffing in district.staffing
        )
        self._coming: list[tuple[int, int, Call]] = []
        self._count = 0
        # Who waits, by grade and in the order of arrival; None is a job that is no child's.
        self._waiting: tuple[deque[Call | None], ...] = (deque(), deque(), deque())
        self._busy: list[int] = []  # when each unit at work will be done

    def add(self, job: Call) -> None:
        """A job that will be ready for a unit on a day that has not been lived through."""
        self._count += 1
        heappush(self._coming, (job.ready_at, self._count, job))

    def live_through(self, day: int) -> None:
        """A local day: the other work of the force comes in, and units go from job to job."""
        clock = self._clock
        staffing = next(staffing for since, staffing in reversed(self._staffing) if since <= day)
        for hour in range(clock.start_of(day), clock.start_of(day + 1), HOUR):
            of_day = clock.second_of_day(hour) // HOUR
            units = staffing.early if 7 <= of_day < 15 else staffing.late if 15 <= of_day < 23 else staffing.night
            self._work(hour, units, self._arrivals(hour, OTHER_JOBS_A_DAY * JOBS_BY_HOUR[of_day] / HOUR))

    def _arrivals(self, hour: int, rate: float) -> list[tuple[int, int, Call | None]]:
        """What becomes ready for a unit within an hour: when, how urgent, and whose."""
        draw, until = self._source.random, hour + HOUR
        found: list[tuple[int, int, Call | None]] = []
        at = hour - log(1 - draw()) / rate
        while at < until:
            found.append((int(at), GRADES[int(draw() * len(GRADES))], None))
            at -= log(1 - draw()) / rate
        coming = self._coming
        if coming and coming[0][0] < until:
            while coming and coming[0][0] < until:
                ready_at, _, job = heappop(coming)
                found.append((max(ready_at, hour), job.priority, job))
            found.sort(key=lambda arrival: arrival[:2])
        return found

    def _work(self, hour: int, units: int, arrivals: list[tuple[int, int, Call | None]]) -> None:
        """An hour with so many units on duty."""
        emergencies, others, _ = waiting = self._waiting
        busy, until = self._busy, hour + HOUR
        index, count = 0, len(arrivals)
        now = hour
        while True:
            while busy and busy[0] <= now:
                heappop(busy)
            while index < count and arrivals[index][0] <= now:
                _, priority, job = arrivals[index]
                waiting[priority].append(job)
                index += 1
            if emergencies or others or waiting[2]:
                self._send_units(now, units - len(busy))
            now = arrivals[index][0] if index < count else until
            if busy and busy[0] < now and (others or waiting[2]):
                now = busy[0]
            if now >= until:
                return

    def _send_units(self, now: int, idle: int) -> None:
        emergencies = self._waiting[EMERGENCY]
        while emergencies:
            job = emergencies.popleft()
            if job is not None and job.given_up_at <= now:
                job.is_settled = True
                continue
            # Where no unit is free, one that is not the area's own, or leaves a lesser job, comes after some minutes.
            wait = 0 if idle > 0 else int(self._source.uniform(*BORROWED_MINUTES) * MINUTE)
            self._send(job, now + wait)
            idle -= 1
        for queue in self._waiting[1:]:
            while queue and idle > KEPT_FREE:
                job = queue.popleft()
                if job is not None and job.given_up_at <= now:
                    job.is_settled = True
                    continue
                self._send(job, now)
                idle -= 1

    def _send(self, job: Call | None, at: int) -> None:
        draw = self._source.random
        heappush(self._busy, at + JOB_SECONDS[int(draw() * len(JOB_SECONDS))])
        if job is None:
            return
        job.is_settled = True
        if at < job.given_up_at:
            job.deployed_at = at + int(10 + 40 * draw())
            job.arrived_at = job.deployed_at + draw_minutes(self._source, TRAVEL_MINUTES) + int(draw() * 59)
