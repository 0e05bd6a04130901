"""What measures over time would say if the records told everything: each thing that one counts, as it truly was."""

from __future__ import annotations

from wardline.simulation.careful_reader import Reader
from wardline.simulation.children import KnownChild
from wardline.simulation.clock import DAY, HOUR, Clock
from wardline.simulation.episodes import EpisodeLife
from wardline.simulation.truth import CRIME_RECORDING, LATE, MET, MISSED, MISSING_CHILDREN, ONLINE, Truth
from wardline.simulation.what_became_of_children import NO_HARM, OutcomeOfInvestigation, OutcomeOfReturn

__all__ = [
    "DEVICE_DECIDED",
    "REACHED",
    "count_attendance",
    "count_device_decision",
    "count_investigation",
    "count_return",
    "count_whether_again",
]

FOUND_WITHIN = {8 * HOUR: "found-within-8-hours", 24 * HOUR: "found-within-24-hours"}
AGAIN_WITHIN = {30: "missing-again-within-30-days", 90: "missing-again-within-90-days"}
MONTH = "%Y-%m-01"
DAYS_TO_TAKE_UP, DAYS_TO_WITHDRAW = 28, 90
REACHED, DEVICE_DECIDED = f"{MISSING_CHILDREN}/reached-in-time", f"{ONLINE}/device-decided-in-time"


def count_return(life: EpisodeLife, outcome: OutcomeOfReturn | None, reader: Reader, truth: Truth) -> None:
    """Whether the child of an episode was found soon, had come to harm, and took up support."""
    district, at = life.known.child.district, life.reported_at
    for within, measure in FOUND_WITHIN.items():
        if at + within <= reader.end:
            is_found = life.found_at is not None and life.found_at <= at + within
            _count(truth, reader.clock, f"{MISSING_CHILDREN}/{measure}", at, district, is_found)
    if outcome is None or life.found_at is None or life.found_at >= reader.end:
        return
    measure = f"{MISSING_CHILDREN}/harm-on-return"
    _count(truth, reader.clock, measure, life.found_at, district, outcome.harm != NO_HARM)
    _count_support(
        f"{MISSING_CHILDREN}/support-taken-up", outcome.offered_at, outcome.taken_up_at, district, reader, truth
    )
    for days, name in AGAIN_WITHIN.items():
        if reader.clock.are_over(life.found_at, days, reader.end):
            _count(truth, reader.clock, f"{MISSING_CHILDREN}/{name}", life.found_at, district, False)


def count_whether_again(known: KnownChild, at: int, record: int, reader: Reader, truth: Truth) -> None:
    """A child is reported missing at an instant: was the child found so lately that this is soon after?"""
    found_at = known.found_at
    if found_at is None:
        return
    by_linking = int(record != known.found_record)
    for days, name in AGAIN_WITHIN.items():
        if reader.clock.are_over(found_at, days, reader.end) and reader.clock.is_within_days(found_at, at, days):
            month, district = reader.clock.day_text(found_at, MONTH), known.child.district
            truth.count(f"{MISSING_CHILDREN}/{name}", month, district, met=1, of=0, by_linking=by_linking)


def count_investigation(
    reported_at: int, outcome: OutcomeOfInvestigation, district: str, reader: Reader, truth: Truth
) -> None:
    """Whether the child of an investigation took up support, and still supported the investigation."""
    measure = f"{CRIME_RECORDING}/support-taken-up"
    _count_support(measure, outcome.referred_at, outcome.taken_up_at, district, reader, truth)
    clock, withdrew_at = reader.clock, outcome.withdrew_at
    if clock.are_over(reported_at, DAYS_TO_WITHDRAW, reader.end):
        soon = withdrew_at is not None and clock.is_within_days(reported_at, withdrew_at, DAYS_TO_WITHDRAW)
        _count(truth, clock, f"{CRIME_RECORDING}/child-no-longer-supports", reported_at, district, soon)


def count_attendance(life: EpisodeLife, really: str, reader: Reader, truth: Truth) -> None:
    """Whether police came in time, where they were needed."""
    _count_judged(REACHED, life.reported_at, life.known.child.district, really, reader, truth)


def count_device_decision(at: int, district: str, really: str, reader: Reader, truth: Truth) -> None:
    """Whether an officer decided about a device in time, whatever the crime system filled in."""
    _count_judged(DEVICE_DECIDED, at, district, really, reader, truth)


def _count_judged(measure: str, at: int, district: str, really: str, reader: Reader, truth: Truth) -> None:
    if really in (MET, LATE, MISSED):
        _count(truth, reader.clock, measure, at, district, really == MET)


def _count_support(
    measure: str, offered_at: int | None, taken_up_at: int | None, district: str, reader: Reader, truth: Truth
) -> None:
    if offered_at is None or not reader.clock.are_over(offered_at, DAYS_TO_TAKE_UP, reader.end):
        return
    is_taken_up = taken_up_at is not None and taken_up_at - offered_at < DAYS_TO_TAKE_UP * DAY
    _count(truth, reader.clock, measure, offered_at, district, is_taken_up)


def _count(truth: Truth, clock: Clock, measure: str, at: int, district: str, is_met: bool) -> None:
    truth.count(measure, clock.day_text(at, MONTH), district, met=int(is_met))
