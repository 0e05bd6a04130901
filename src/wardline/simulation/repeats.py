"""Children reported missing again and again: the third report in 90 days, and who met about it."""

from __future__ import annotations

from random import Random

from wardline.simulation.careful_reader import Reader, Response
from wardline.simulation.children import KnownChild
from wardline.simulation.clock import DAY, MINUTE, Clock
from wardline.simulation.draws import clear
from wardline.simulation.episodes import EpisodeLife
from wardline.simulation.parameters import STRATEGY_FOR_REPEAT_SHARE
from wardline.simulation.records import MISSING
from wardline.simulation.truth import BY_LINKING, LATE, MISSED, MISSING_CHILDREN, Failing, Truth

__all__ = ["meet_about_repeats", "read_repeats"]

THIRD = 3
IN_DAYS = 90
WITHIN = 2 * DAY
OBLIGATION = f"{MISSING_CHILDREN}/repeat-missing"
FAILING = "missed third episode in 90 days"
LATE_SHARE = 0.12


def meet_about_repeats(known: KnownChild, life: EpisodeLife, clock: Clock, source: Random) -> None:
    """Where the system shows a third report in 90 days, the partners meet about the child, or should have."""
    seen = [(at, case) for at, case, record in known.reports if record == life.record]
    third = _thirds([*seen, (life.reported_at, "")], clock)
    if third and third[-1][0] == life.reported_at and life.strategy_at is None:
        kind = source.random()
        if kind < STRATEGY_FOR_REPEAT_SHARE:
            life.strategy_at = clear(clock, life.reported_at + int(source.uniform(6, 46) * 60) * MINUTE)
        elif kind < STRATEGY_FOR_REPEAT_SHARE + LATE_SHARE:
            life.strategy_at = clear(clock, life.reported_at + int(source.uniform(50, 200) * 60) * MINUTE)


def read_repeats(known: KnownChild, reader: Reader, truth: Truth) -> None:
    """Tell what a careful reader finds of one child at the end: record by record, and what only linking shows."""
    shown = set()
    for record in range(len(known.records_in(MISSING))):
        reports = sorted((at, case) for at, case, of in known.reports if of == record)
        meetings = [Response(at, at) for at, of in known.strategies if of == record]
        for at, case in _thirds(reports, reader.clock):
            outcome = reader.after(at, at + WITHIN, meetings)
            truth.judged(outcome, FAILING, OBLIGATION, case, at)
            shown.add(case)
    if len(known.records_in(MISSING)) == 1:
        return
    meetings = [Response(at, at) for at, _ in known.strategies]
    for at, case in _thirds(sorted((at, case) for at, case, _ in known.reports), reader.clock):
        outcome = reader.after(at, at + WITHIN, meetings)
        if case not in shown and outcome in (LATE, MISSED):
            why = "the missing-person system has two records of the child, and the reports are spread over them"
            truth.tell(Failing(FAILING, OBLIGATION, case, at, outcome, BY_LINKING, why))


def _thirds(reports: list[tuple[int, str]], clock: Clock) -> list[tuple[int, str]]:
    """The reports that are a third or later one in 90 days, but none within 90 days of another such."""
    found: list[tuple[int, str]] = []
    for number, (at, case) in enumerate(reports):
        earlier = [before for before, _ in reports[max(0, number - THIRD + 1) : number]]
        is_third = len(earlier) == THIRD - 1 and clock.is_within_days(earlier[0], at, IN_DAYS)
        if is_third and not (found and clock.is_within_days(found[-1][0], at, IN_DAYS)):
            found.append((at, case))
    return found
