"""What is counted as left aside is what the reference engine leaves aside, counted from its own functions.

And were the empty attributes filled in, the engine would have an occasion in each case that is counted, and in no
other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.generative.instants import CALENDAR, ZONE
from tests.generative.worlds import World, world_of
from wardline.engines import check_by_reference
from wardline.engines.reference.case_files import CaseFile, Event, Group, matches
from wardline.engines.reference.from_event_log import case_files_of
from wardline.engines.reference.triggering import Occasion, is_in_dates
from wardline.measures.left_aside import left_aside
from wardline.measures.measured_tables import MeasuredTables
from wardline.obligations import Condition, EventPattern, Never, Record, Repeat, ResolvedObligation, Trigger

FOR_CARE = (Condition("from_care", ("yes",)),)
FOR_TWO = (Condition("grade", ("high", "low")), Condition("from_care", ("yes", "no")))
# As if the case were an event, so that the engine's own matching says whether it fits, or may fit.
THE_CASE = "the case"


def world_with_for(seed: int) -> World:
    """A world of which most obligations are about some cases only."""
    rng = Random(seed)
    world = world_of(rng)
    wanted = rng.choice((FOR_CARE, FOR_CARE, FOR_TWO, ()))
    narrowed = [replace(one, obligation=replace(one.obligation, only_for=wanted)) for one in world.obligations]
    return replace(world, obligations=tuple(narrowed))


def counted(world: World) -> dict[str, tuple[int, int]]:
    tables = MeasuredTables(
        obligations=world.obligations,
        standards=(),
        as_at=world.as_at,
        zone=ZONE,
        period=world.period,
        written_up_later_after=timedelta(hours=2),
        event_log=world.log,
    )
    return {one.item.key: (one.triggers.value, one.cases.value) for one in left_aside(tables)}


def trigger_of(resolved: ResolvedObligation) -> Trigger:
    obligation = resolved.obligation
    return next(value for value in vars(obligation).values() if isinstance(value, Trigger))


@given(st.integers(0, 2**32 - 1))
def test_what_is_counted_is_what_the_reference_engine_leaves_aside(seed: int) -> None:
    world = world_with_for(seed)
    found = counted(world)
    for resolved in world.obligations:
        triggers = sum(len(list(_left_aside(resolved, case, world))) for case in _may_be_judged(resolved, world))
        cases = sum(_would_be_judged(resolved, case, world) for case in _may_fit(resolved, world))
        assert found.get(resolved.key, (0, 0)) == (triggers, cases)


@given(st.integers(0, 2**32 - 1))
def test_were_the_attribute_filled_in_the_engine_would_have_an_occasion(seed: int) -> None:
    world = world_with_for(seed)
    found = counted(world)
    for resolved in world.obligations:
        obligation = resolved.obligation
        # An occasion of a repeat may begin with a response; `first only` and `nth` look at other events as well.
        if isinstance(obligation, Repeat) or obligation.first_only or trigger_of(resolved).nth is not None:
            continue
        # What is counted from another event is dated by that one; of what is left aside only the trigger is known.
        if getattr(obligation, "counted_from", ()):
            continue
        filled_in = replace(resolved, obligation=replace(obligation, only_for=()))
        judged = check_by_reference([filled_in], world.log, as_at=world.as_at, period=world.period)
        may_fit = {case.case_id: case for case in _may_fit(resolved, world)}
        in_part = {case_id for case_id, case in may_fit.items() if any(_left_aside(resolved, case, world))}
        expected = (set(judged["case_id"].to_list()) & set(may_fit)) | in_part
        assert found.get(resolved.key, (0, 0))[1] == len(expected)


def test_enough_is_left_aside_in_the_worlds_that_are_drawn() -> None:
    found = [numbers for seed in range(250) for numbers in counted(world_with_for(seed)).values()]
    assert sum(triggers > 0 for triggers, _ in found) >= 10
    assert sum(cases > 0 for _, cases in found) >= 20


def _existing(world: World) -> Iterator[tuple[CaseFile, Group]]:
    for case in case_files_of(world.log):
        group = Group([case], world.as_at)
        if group.cases:
            yield case, group


def _fits(resolved: ResolvedObligation, case: CaseFile, *, or_empty: bool) -> bool:
    as_event = Event(0, case.case_id, THE_CASE, None, attributes=case.attributes)
    wanted = [EventPattern(THE_CASE, resolved.obligation.only_for)]
    return case.case_type == resolved.case_type and matches(as_event, wanted, or_empty=or_empty)


def _may_be_judged(resolved: ResolvedObligation, world: World) -> Iterator[CaseFile]:
    return (case for case, _ in _existing(world) if _fits(resolved, case, or_empty=False))


def _may_fit(resolved: ResolvedObligation, world: World) -> Iterator[CaseFile]:
    for case, _ in _existing(world):
        if _fits(resolved, case, or_empty=True) and not _fits(resolved, case, or_empty=False):
            yield case


def _is_in_dates(resolved: ResolvedObligation, case: CaseFile, events: list[Event], world: World) -> bool:
    return is_in_dates(Occasion(case, events), resolved, CALENDAR, world.period)


def _left_aside(resolved: ResolvedObligation, case: CaseFile, world: World) -> Iterator[Event]:
    patterns = resolved.obligation.triggers()
    for event in case.events:
        in_part = matches(event, patterns, or_empty=True) and not matches(event, patterns)
        if event.is_known(world.as_at) and in_part and _is_in_dates(resolved, case, [event], world):
            yield event


def _would_be_judged(resolved: ResolvedObligation, case: CaseFile, world: World) -> bool:
    obligation = resolved.obligation
    known = [event for event in case.events if event.is_known(world.as_at)]
    full = [event for event in known if matches(event, obligation.triggers())]
    if any(_is_in_dates(resolved, case, [event], world) for event in full):
        return True
    if any(True for _ in _left_aside(resolved, case, world)):
        return True
    is_without = not full or trigger_of(resolved).nth is not None
    return isinstance(obligation, Never | Record) and is_without and _is_in_dates(resolved, case, [], world)
