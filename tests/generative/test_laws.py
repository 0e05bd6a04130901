"""The laws of docs/reference/meaning.md: they catch what two engines get wrong together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.generative.comparing import Check, check_world, chosen_engines
from tests.generative.worlds import World, worlds
from wardline.findings import FINDINGS
from wardline.obligations import EventPattern, Respond, Trigger
from wardline.time_limits import Length, Unit

EVENT_COLUMNS = ("trigger_event", "response_event", "exemption_event")
ENGINES = chosen_engines()
WORSE_THAN = {"met": 0, "exempt": 1, "not_yet_due": 2, "late": 3, "cannot_tell": 3, "missed": 4}

every_engine = pytest.mark.parametrize("check", ENGINES.values(), ids=ENGINES.keys())


def with_tables(world: World, **changed: pl.DataFrame) -> World:
    return replace(world, tables={**world.tables, **changed})


@every_engine
@given(world=worlds(), seed=st.integers(0, 1000))
def test_shuffling_rows_changes_nothing(check: Check, world: World, seed: int) -> None:
    shuffled = {name: table.sample(fraction=1, shuffle=True, seed=seed) for name, table in world.tables.items()}
    assert check_world(check, world).equals(check_world(check, with_tables(world, **shuffled)))


@every_engine
@given(world=worlds())
def test_events_of_another_name_or_another_case_change_nothing(check: Check, world: World) -> None:
    events = world.tables["events"]
    assume(events.height)
    unrelated = events.with_columns(event=pl.lit("elsewhere"), event_id=pl.col("event_id") + 1000)
    of_another_case = events.with_columns(case_id=pl.lit("s1:another"), event_id=pl.col("event_id") + 2000)
    more = with_tables(world, events=pl.concat([events, unrelated, of_another_case]))
    assert check_world(check, world).equals(check_world(check, more))


@every_engine
@given(world=worlds())
def test_checking_child_by_child_and_joining_equals_checking_all_at_once(check: Check, world: World) -> None:
    cases = world.tables["cases"]
    groups = cases.with_columns(group=pl.coalesce("person_id", "case_id"))["group"].unique().to_list()
    parts = []
    for group in groups:
        mine = cases.filter(pl.coalesce("person_id", "case_id") == group)
        ids = mine["case_id"].to_list()
        part = with_tables(world, cases=mine, events=world.tables["events"].filter(pl.col("case_id").is_in(ids)))
        parts.append(check_world(check, part))
    order = [resolved.obligation.id for resolved in world.obligations]
    joined = pl.concat(parts).sort(
        pl.col("obligation").replace_strict(order, range(len(order)), return_dtype=pl.Int64),
        "case_id",
        "triggered_at",
        "ordinal",
        nulls_last=True,
    )
    assert joined.equals(check_world(check, world))


@every_engine
@given(world=worlds(), later=st.sampled_from((timedelta(microseconds=1), timedelta(hours=1), timedelta(days=400))))
def test_a_later_as_at_never_turns_a_conclusion_back_into_not_yet_due(
    check: Check, world: World, later: timedelta
) -> None:
    at_once = world.tables["events"].with_columns(recorded_at=pl.lit(None, dtype=pl.Datetime("us", "UTC")))
    world = with_tables(world, events=at_once)
    key = ["obligation", "case_id", "trigger_event", "triggered_at", "ordinal"]
    concluded = check_world(check, world).filter(pl.col("outcome").is_in(["met", "late", "missed"]))
    afterwards = check_world(check, replace(world, as_at=world.as_at + later))
    both = concluded.join(afterwards, on=key, how="inner", suffix="_later", nulls_equal=True)
    assert both.filter(pl.col("outcome_later") == "not_yet_due").is_empty()


@every_engine
@given(world=worlds(kinds=("respond",)))
def test_adding_a_timely_response_never_worsens_an_outcome(check: Check, world: World) -> None:
    resolved = [
        replace(one, obligation=replace(one.obligation, response=(*one.obligation.response, EventPattern("added"))))
        for one in world.obligations
        if isinstance(one.obligation, Respond)
    ]
    exact = world.tables["events"].with_columns(happened_by=pl.lit(None, dtype=pl.Datetime("us", "UTC")))
    world = with_tables(replace(world, obligations=tuple(resolved)), events=exact)
    before = check_world(check, world)
    # At the trigger's own instant, in the trigger's own case: as timely as can be.
    added = before.filter(pl.col("triggered_at").is_not_null()).select(
        event_id=pl.int_range(pl.len()) + 1000,
        case_id="case_id",
        event=pl.lit("added"),
        happened_at="triggered_at",
        source=pl.lit("s1"),
    )
    assume(added.height)
    events = pl.concat([world.tables["events"], added], how="diagonal")
    afterwards = check_world(check, with_tables(world, events=events))
    rank = pl.col("outcome").replace_strict(WORSE_THAN, return_dtype=pl.Int64)
    assert (afterwards.select(rank).to_series() <= before.select(rank).to_series()).all()


@every_engine
@given(world=worlds(), number=st.integers(0, 20))
def test_adding_an_exemption_never_makes_anything_missed(check: Check, world: World, number: int) -> None:
    resolved = tuple(
        replace(one, obligation=replace(one.obligation, exemptions=(*one.obligation.exemptions, EventPattern("added"))))
        for one in world.obligations
    )
    world = replace(world, obligations=resolved)
    events = world.tables["events"]
    assume(events.height)
    chosen = events[number % events.height]
    added = chosen.with_columns(event=pl.lit("added"), event_id=pl.lit(1000, dtype=pl.Int64))
    before = check_world(check, world)
    afterwards = check_world(check, with_tables(world, events=pl.concat([events, added])))
    newly = (afterwards["outcome"] == "missed") & (before["outcome"] != "missed")
    assert not newly.any()


@every_engine
@given(world=worlds())
def test_renaming_events_and_cases_renames_findings_and_nothing_else(check: Check, world: World) -> None:
    renamed = {
        name: table.with_columns(pl.col("case_id").str.replace("s1:", "s1:x")) if "case_id" in table.columns else table
        for name, table in world.tables.items()
    }
    expected = check_world(check, world).with_columns(pl.col("case_id").str.replace("s1:", "s1:x"))
    assert check_world(check, with_tables(world, **renamed)).equals(expected)


@every_engine
def test_a_case_without_events_yields_findings_only_where_an_obligation_holds_without_a_trigger(check: Check) -> None:
    seen_kinds = set()

    @given(world=worlds())
    def holds(world: World) -> None:
        empty = with_tables(world, events=world.tables["events"].clear())
        found = check_world(check, empty)
        assert found.schema == FINDINGS
        kinds = {one.obligation.id: type(one.obligation).__name__ for one in world.obligations}
        assert set(found["obligation"].to_list()) <= {i for i, kind in kinds.items() if kind in ("Never", "Record")}
        seen_kinds.update(kinds.values())

    holds()
    assert seen_kinds == {"Respond", "Precede", "Never", "Repeat", "Record"}


@every_engine
@given(world=worlds(kinds=("respond",)), weeks=st.integers(1, 3))
def test_shifting_every_instant_by_weeks_leaves_outcomes_in_hours_unchanged(
    check: Check, world: World, weeks: int
) -> None:
    hours = tuple(
        replace(
            one,
            in_force_from=date(2017, 1, 1),
            in_force_to=None,
            obligation=Respond(
                id=one.obligation.id,
                title="t",
                topic=one.obligation.topic,
                owed_by=one.obligation.owed_by,
                basis=one.obligation.basis,
                exemptions=one.obligation.exemptions,
                trigger=Trigger(one.obligation.triggers()),
                response=one.obligation.responses(),
                within=Length(8, Unit.HOURS),
            ),
        )
        for one in world.obligations
    )
    world = replace(world, obligations=hours, period=None)
    moved = {
        name: table.with_columns(pl.col(pl.Datetime("us", "UTC")) + pl.duration(weeks=weeks))
        for name, table in world.tables.items()
    }
    later = replace(with_tables(world, **moved), as_at=world.as_at + timedelta(weeks=weeks))
    same = ["obligation", "case_id", "outcome", "reason", "response_event", "exemption_event", "late_by"]
    assert check_world(check, later).select(same).equals(check_world(check, world).select(same))
