"""What is stated once for everything outside the engines says the same as the reference engine, which states it itself.

Each rule is compared on the worlds on which the engines are; test_planted_faults_in_rules.py plants a fault in each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product

import polars as pl
import pytest
from hypothesis import given

from tests.generative.instants import CALENDAR
from tests.generative.worlds import World, worlds
from wardline.engines import check_by_reference
from wardline.engines.columnar import what_is_read
from wardline.engines.reference.case_files import CaseFile, Group, matches
from wardline.engines.reference.from_event_log import case_files_of, record_systems_of
from wardline.engines.reference.obligation_and_systems import ObligationAndSystems
from wardline.engines.reference.triggering import Occasion, is_in_dates
from wardline.events import attribute_columns, attribute_types, known_as_at
from wardline.findings import dates, matching
from wardline.findings import findings_table as findings_tables
from wardline.obligations import Condition, EventPattern, named

ELSEWHERE = "unheard_of"


# THE RULES, EACH BESIDE THE REFERENCE ENGINE


def known_as_the_engine_has_it(world: World) -> None:
    known = known_as_at.known_events(world.log, as_at=world.as_at).select("event_id").collect()["event_id"].to_list()
    events = [event for case in case_files_of(world.log) for event in case.events]
    assert sorted(known) == sorted(event.event_id for event in events if event.is_known(world.as_at))


def cases_as_the_engine_has_them(world: World) -> None:
    rows = known_as_at.existing_cases(world.log, as_at=world.as_at).select("case_id", "closed_at").collect().rows()
    groups = [(case, Group([case], world.as_at)) for case in case_files_of(world.log)]
    assert sorted(rows, key=str) == sorted(
        ((case.case_id, group.closed_at(case)) for case, group in groups if group.cases), key=str
    )


def patterns_as_the_engine_matches_them(world: World) -> None:
    events = {event.event_id: event for case in case_files_of(world.log) for event in case.events}
    attributes = attribute_types(world.log.events.collect_schema(), "events")
    for patterns in _patterns_of(world):
        judged = world.log.events.select(
            "event_id",
            matching.matches(patterns, attributes).alias("full"),
            matching.matches_but_for_empty(patterns, attributes).alias("partly"),
        ).collect()
        for event_id, full, partly in judged.rows():
            of_engine = matches(events[event_id], patterns)
            assert full is of_engine, (patterns, events[event_id])
            assert partly is (matches(events[event_id], patterns, or_empty=True) and not of_engine)


def cases_as_the_engine_fits_them(world: World) -> None:
    systems = record_systems_of(world.log)
    attributes = attribute_types(world.log.cases.collect_schema(), "cases")
    cases = {case.case_id: case for case in case_files_of(world.log)}
    for resolved in world.obligations:
        to_check = ObligationAndSystems(resolved, systems)
        wanted = resolved.obligation.only_for
        judged = world.log.cases.select(
            "case_id",
            matching.fits(wanted, attributes).alias("fits"),
            matching.fits_but_for_empty(wanted, attributes).alias("may_fit"),
        ).collect()
        for case_id, fits, may_fit in judged.rows():
            case = replace(cases[case_id], case_type=resolved.case_type)
            assert fits is to_check.judges(case)
            assert may_fit is (not fits and any(to_check.judges(filled) for filled in _filled_in(case, wanted)))


def dates_as_the_engine_has_them(world: World) -> None:
    cases = {case.case_id: case for case in case_files_of(world.log)}
    occasions = world.log.events.join(world.log.cases.select("case_id", "opened_at"), on="case_id").collect()
    events = {event.event_id: event for case in cases.values() for event in case.events}
    for resolved in world.obligations:
        found = dates.is_in_dates(dates.occasion_time(), resolved, world.period)
        for event_id, judged in occasions.select("event_id", found).rows():
            event = events[event_id]
            occasion = Occasion(cases[event.case_id], [event])
            assert judged is is_in_dates(occasion, resolved, CALENDAR, world.period), (event, resolved)


def nothing_else_is_named(world: World) -> None:
    """The findings stay the same whatever events and fields that no obligation names hold."""
    obligations = [resolved.obligation for resolved in world.obligations]
    by_us = named.named_by(obligations)
    of_columns = what_is_read.named_by(world.obligations)
    assert (by_us.events, by_us.of_events, by_us.of_cases, by_us.of_persons) == (
        of_columns.events,
        of_columns.event_attributes,
        of_columns.case_attributes,
        of_columns.person_fields,
    )
    tables = dict(world.tables)
    tables["events"] = _only(tables["events"], "events", by_us.of_events).with_columns(
        pl.when(pl.col("event").is_in(by_us.events)).then("event").otherwise(pl.lit(ELSEWHERE)).alias("event")
    )
    tables["cases"] = _only(tables["cases"], "cases", by_us.of_cases)
    tables["people"] = tables["people"].with_columns(
        pl.lit(None, dtype=dtype).alias(column)
        for column, dtype in tables["people"].schema.items()
        if column not in ("person_id", "source", *by_us.of_persons)
    )
    emptied = replace(world, tables=tables)
    found, expected = (
        check_by_reference(one.obligations, one.log, as_at=one.as_at, period=one.period) for one in (emptied, world)
    )
    assert found.equals(expected)


def keys_as_the_model_has_them(world: World) -> None:
    # Two versions of one standard, so that the version tells.
    obligations = [
        replace(resolved, version=version, obligation=replace(resolved.obligation, id=name))
        for name, version in (("o", "1"), ("o", "2"), ("p", "1"))
        for resolved in world.obligations[:1]
    ]
    table = check_by_reference(obligations, world.log, as_at=world.as_at, period=world.period)
    given = {(one.standard, one.obligation.id, one.version): (one.key, one.full_name) for one in obligations}
    columns = table.select(
        "standard", "obligation", "version", findings_tables.key_column(), findings_tables.full_name_column()
    )
    for standard, name, version, key, full_name in columns.rows():
        assert given[standard, name, version] == (key, full_name)
    assert not table.select(findings_tables.OCCASION).is_duplicated().any()


RULES = (
    known_as_the_engine_has_it,
    cases_as_the_engine_has_them,
    patterns_as_the_engine_matches_them,
    cases_as_the_engine_fits_them,
    dates_as_the_engine_has_them,
    nothing_else_is_named,
    keys_as_the_model_has_them,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_says_what_the_reference_engine_says(rule: Callable[[World], None]) -> None:
    given(world=worlds())(rule)()


# SEEN FROM A WORLD


def _patterns_of(world: World) -> Iterator[Sequence[EventPattern]]:
    for resolved in world.obligations:
        obligation = resolved.obligation
        yield from (obligation.triggers(), obligation.responses(), obligation.exemptions, tuple(obligation.patterns()))


def _filled_in(case: CaseFile, conditions: Sequence[Condition]) -> Iterator[CaseFile]:
    """The case with its empty attributes filled in, in every way that a condition could wish."""
    empty = [one for one in conditions if case.attributes.get(one.attribute) is None]
    for values in product(*(one.values for one in empty)):
        filled = dict(zip((one.attribute for one in empty), values, strict=True))
        yield replace(case, attributes={**case.attributes, **filled})


def _only(table: pl.DataFrame, name: str, kept: Sequence[str]) -> pl.DataFrame:
    """The table with the attributes that are not kept emptied."""
    return table.with_columns(
        pl.lit(None, dtype=table.schema[column]).alias(column)
        for column in attribute_columns(table.schema, name)
        if column not in kept
    )
