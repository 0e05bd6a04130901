"""What became of the children: harm on return, support offered and taken up, and who withdrew from an investigation.

All of it is drawn from a source of its own, so that the force lives as it would without it. Nothing of it changes over
time. It happens by day, between nine and six, where no change of the clocks makes a difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from wardline.simulation.clock import MINUTE, Clock
from wardline.simulation.draws import draw_share
from wardline.simulation.episodes import EpisodeLife
from wardline.simulation.parameters import (
    HARM_ASKED_SHARE,
    HARMS,
    HARMS_OF_EXPLOITED,
    REFERRAL_TAKEN_UP_LATE_SHARE,
    REFERRAL_TAKEN_UP_SHARE,
    SUPPORT_OFFERED_SHARE,
    TAKEN_UP_LATE_SHARE,
    TAKEN_UP_SHARE,
)
from wardline.simulation.records import Entry, Episode
from wardline.simulation.typing_in import EntriesOfCase

__all__ = [
    "NO_HARM",
    "OutcomeOfInvestigation",
    "OutcomeOfReturn",
    "come_back",
    "follow_investigation",
    "write_up_return",
]

NO_HARM = "none"
WITHDRAWN = "victim does not support"  # as an investigation is closed
OFFERED_DAYS = (0, 4)  # after the return
TAKEN_UP_DAYS, TAKEN_UP_LATE_DAYS = (1, 26), (30, 70)  # the measure allows 28
NINE, SIX = 9 * 60, 18 * 60  # in minutes of the day


@dataclass(slots=True)
class OutcomeOfReturn:
    """What became of a child who came back, whoever recorded it."""

    harm: str
    is_asked: bool  # whether anybody asked; else nothing is on file
    offered_at: int | None = None
    taken_up_at: int | None = None


@dataclass(slots=True)
class OutcomeOfInvestigation:
    """What became of the child of an investigation."""

    referred_at: int | None = None  # to a support service
    taken_up_at: int | None = None
    withdrew_at: int | None = None


def come_back(life: EpisodeLife, clock: Clock, source: Random) -> OutcomeOfReturn | None:
    """What becomes of the child of an episode that ended with a return; None where the report was cancelled."""
    if life.found_at is None:
        return None
    harm = draw_share(source, HARMS_OF_EXPLOITED if life.known.child.is_exploited else HARMS)
    outcome = OutcomeOfReturn(harm, is_asked=source.random() < HARM_ASKED_SHARE)
    if source.random() < SUPPORT_OFFERED_SHARE:
        outcome.offered_at = _days_later(life.found_at, OFFERED_DAYS, clock, source)
        outcome.taken_up_at = _taken_up(outcome.offered_at, TAKEN_UP_SHARE, TAKEN_UP_LATE_SHARE, clock, source)
    return outcome


def write_up_return(outcome: OutcomeOfReturn | None, episode: Episode, source: Random, end: int) -> None:
    """Put what became of the child into what the missing-person system holds of the episode."""
    found = next((entry for entry in reversed(episode.entries) if entry.event == "child_found"), None)
    if outcome is None or found is None:
        return
    if outcome.is_asked:
        found.attributes["harm"] = outcome.harm
    typed = EntriesOfCase(source, end)
    if outcome.offered_at is not None:
        typed.add("support_offered", outcome.offered_at)
    if outcome.taken_up_at is not None:
        typed.add("support_taken_up", outcome.taken_up_at)
    episode.entries += typed.entries


def follow_investigation(
    reported_at: int,
    closed_at: int,
    closed_as: str,
    held: list[Entry],
    typed: EntriesOfCase,
    clock: Clock,
    source: Random,
) -> OutcomeOfInvestigation:
    """What becomes of the child of an investigation, of which these entries are held. It is typed in too."""
    outcome = OutcomeOfInvestigation()
    referred = next((entry for entry in held if entry.event == "support_referred"), None)
    if referred is not None:
        outcome.referred_at = referred.at
        outcome.taken_up_at = _taken_up(
            referred.at, REFERRAL_TAKEN_UP_SHARE, REFERRAL_TAKEN_UP_LATE_SHARE, clock, source
        )
    if closed_as == WITHDRAWN:
        days = clock.day(closed_at) - clock.day(reported_at)
        outcome.withdrew_at = _days_later(reported_at, (1, days - 1), clock, source)
    if outcome.taken_up_at is not None:
        typed.add("support_taken_up", outcome.taken_up_at)
    if outcome.withdrew_at is not None:
        typed.add("victim_withdrew", outcome.withdrew_at)
    return outcome


def _taken_up(at: int, in_time: float, late: float, clock: Clock, source: Random) -> int | None:
    kind = source.random()
    if kind >= in_time + late:
        return None
    return _days_later(at, TAKEN_UP_DAYS if kind < in_time else TAKEN_UP_LATE_DAYS, clock, source)


def _days_later(at: int, fewest_and_most: tuple[int, int], clock: Clock, source: Random) -> int:
    """Some time by day so many days later; the next day where that would be before."""
    fewest, most = fewest_and_most
    day = clock.day(at) + fewest + int(source.random() * (most - fewest + 1))
    second_of_day = (NINE + int(source.random() * (SIX - NINE))) * MINUTE
    later = clock.at(day, second_of_day)
    return later if later > at else clock.at(day + 1, second_of_day)
