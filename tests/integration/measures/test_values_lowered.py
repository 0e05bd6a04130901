"""Whether a grade was lowered, in tables that worked examples cannot show: what a system keeps, and late entries."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from tests.unit.measures.over_time.measured import a_measure
from wardline.events import log_of_tables
from wardline.measures.declared.measure import MeasureExample, ShareLowered
from wardline.measures.examples_of_measures.example_tables import tables_of_example
from wardline.measures.over_time.count_measures import count_measures

LOWERED = a_measure(ShareLowered("missing episode", ("risk_graded",), "grade", ("high", "medium", "low")))
GRADED = "18:00 reported\n18:05 risk_graded grade="


def rows(cases: str, *, keeps_history: bool = True) -> dict[str, tuple[float, float, int, str | None]]:
    """Numerator, denominator, how many cannot be told and why there is no figure, by choice of entries."""
    tables = tables_of_example(LOWERED, MeasureExample("shown", "0 of 1", cases=cases), "missing episode")
    if not keeps_history:
        column = {"source": "example", "case_type": "missing episode", "event": "risk_graded", "field": "grade"}
        log = tables.event_log
        abilities = pl.concat([log.abilities.collect(), pl.DataFrame([{**column, "keeps_history": False}])])
        every = {name: getattr(log, name) for name in ("cases", "events", "people", "coverage", "case_sources")}
        tables = replace(tables, event_log=log_of_tables({**every, "abilities": abilities}))
    counted = count_measures([LOWERED], tables, by=(), splits=())
    return {
        row["entries"]: (row["numerator"], row["denominator"], row["not_told"], row["no_value"])
        for row in counted.iter_rows(named=True)
    }


@pytest.mark.parametrize(
    ("grades", "is_lowered"),
    [
        (("high", "medium"), True),
        (("medium", "high"), False),
        (("medium", "medium"), False),
        (("low", "high", "medium"), True),
        (("high",), False),
    ],
)
def test_a_later_grade_is_compared_with_every_earlier_one(grades, is_lowered):
    lines = "".join(f"18:{minute:02d} risk_graded grade={grade}\n" for minute, grade in enumerate(grades, start=5))
    assert rows(f"case=1\n{lines}")["all"][:2] == (int(is_lowered), 1)


def test_a_grade_that_is_not_in_the_order_may_be_anything():
    assert rows(f"case=1\n{GRADED}high\n18:30 risk_graded grade=purple\n")["all"][2:] == (1, "not_told")


def test_what_was_lowered_is_told_whatever_else_is_unknown():
    cases = f"case=1\n{GRADED}high\n18:30 risk_graded grade=low\n18:40 risk_graded\n"
    assert rows(cases)["all"] == (1, 1, 0, None)


def test_a_single_grade_tells_nothing_where_a_system_keeps_only_the_last():
    one, two = f"case=1\n{GRADED}low\n", f"case=1\n{GRADED}low\n18:30 risk_graded grade=low\n"
    assert rows(one)["all"] == (0, 1, 0, None)
    assert rows(one, keeps_history=False)["all"][2:] == (1, "not_told")
    assert rows(two, keeps_history=False)["all"] == (0, 1, 0, None)


def test_a_grade_that_was_typed_in_late_is_none_of_those_written_at_the_time():
    late = f"case=1\n{GRADED}high\n18:30 risk_graded grade=low written=22:00\n"
    assert rows(late) == {"all": (1, 1, 0, None), "at the time": (0, 1, 0, None)}
    unknown = f"case=1\n{GRADED}high\n18:30 risk_graded grade=medium written=\n"
    assert rows(unknown)["all"] == (1, 1, 0, None)
    all_late = "case=1\n18:05 risk_graded grade=high written=23:00\n"
    assert rows(all_late)["at the time"] == (0, 0, 0, "no_occasions")


def test_it_is_split_by_what_the_case_is():
    cases = f"case=1 district=north\n{GRADED}high\n18:30 risk_graded grade=low\ncase=2 district=south\n{GRADED}high\n"
    tables = tables_of_example(LOWERED, MeasureExample("shown", "1 of 2", cases=cases), "missing episode")
    counted = count_measures([LOWERED], tables, by=(), splits=("district", "shift", "grade"))
    by_district = counted.filter(split="district", entries="all").select("group", "numerator", "denominator")
    assert by_district.rows() == [("north", 1, 1), ("south", 0, 1)]
    assert set(counted["split"].drop_nulls()) == {"district", "shift", "grade"}


def test_a_case_without_a_grade_is_not_counted():
    assert rows("case=1\n18:00 reported\n")["all"] == (0, 0, 0, "no_occasions")
