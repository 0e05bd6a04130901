"""Every figure counts the rows that its filter gives; a filter is data, and each of its edges is where it says."""

import json
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from tests.unit.reports.drawn import drawn
from tests.unit.reports.made_up import ATTEND, START, finding, respond, tables
from wardline.measures import (
    Among,
    Between,
    Count,
    Counted,
    CountedTable,
    Outside,
    RowFilter,
    every_count,
    figures_of,
    filter_from_data,
)
from wardline.obligations import Condition, EventPattern, Trigger

# What is in no table of a dive, so that no filter can give it.
IN_NO_TABLE = {Counted.EXPORT_ROW, Counted.FILE, Counted.OBLIGATION, Counted.KIND, Counted.GROUP}


@pytest.fixture(scope="module")
def counted():
    rows, obligations, settings = drawn(120)
    # Half of the cases do not say whether the child lives in care, and no grading says why.
    half = pl.when(pl.int_range(pl.len()) % 2 == 0).then("from_care").alias("from_care")
    settings["cases"] = settings["cases"].with_columns(half)
    for_care = respond(
        "of-care", "Of children in care", when="risk_graded", only_for=(Condition("from_care", ("yes",)),)
    )
    with_reason = Trigger((EventPattern("risk_graded", (Condition("reason", ("new",)),)),))
    why = replace(for_care, obligation=replace(for_care.obligation, id="why", only_for=(), trigger=with_reason))
    made = tables(rows, (*obligations, for_care, why), **settings)
    return made, figures_of(made, published=settings["published"], reading=settings["reading"])


def test_each_count_is_the_number_of_its_rows(counted):
    made, figures = counted
    counts = {count for count in every_count(figures) if count.rows is not None}
    wrong = [(one, made.count(one.rows)) for one in counts if made.count(one.rows) != one.value]
    assert wrong == []
    assert len(counts) > 300


def test_what_is_left_aside_and_who_is_to_be_checked_are_among_them(counted):
    _, figures = counted
    aside = {one.item.obligation.id: (one.triggers.value > 0, one.cases.value > 0) for one in figures.left_aside}
    assert aside == {"of-care": (False, True), "why": (True, False)}
    assert figures.to_check.cases.value >= figures.to_check.children.value > 1


def test_a_count_without_rows_is_of_what_no_table_holds(counted):
    _, figures = counted
    without = {count.counted for count in every_count(figures) if count.rows is None}
    # The force's own counts are cases that it published, not those of the log.
    assert without - IN_NO_TABLE == {Counted.CASE}
    published = [month.published for one in figures.published for month in one.months]
    totals = [one.published for one in figures.published]
    cases = [one for one in every_count(figures) if one.rows is None and one.counted is Counted.CASE]
    assert sorted(one.value for one in cases) == sorted(one.value for one in [*published, *totals])


def test_every_filter_can_be_written_down_and_read_again(counted):
    _, figures = counted
    filters = {count.rows for count in every_count(figures) if count.rows is not None}
    assert {filter_from_data(json.loads(json.dumps(one.as_data()))) for one in filters} == filters


def test_a_filter_that_was_read_again_gives_the_same_rows():
    made = tables([finding(wait=5, at=START + timedelta(days=day)) for day in range(4)])
    rows = RowFilter(CountedTable.OCCASIONS).where(Between("day", date(2024, 4, 2), date(2024, 4, 4)))
    again = filter_from_data(json.loads(json.dumps(rows.as_data())))
    assert made.count(again) == made.count(rows) == 2


def of_attend(*conditions):
    return RowFilter(CountedTable.OCCASIONS).with_value("key", ATTEND.key).where(*conditions)


@pytest.mark.parametrize(("microseconds", "rows"), [(59_999_999, 0), (60_000_000, 0), (60_000_001, 1), (None, 1)])
def test_the_end_of_a_stretch_is_left_out_and_a_response_of_no_time_lies_nowhere(microseconds, rows):
    made = tables([finding(wait=1), finding(outcome="missed", case="compact:2")])
    assert made.count(of_attend(Between("wait_in_microseconds", None, microseconds))) == rows


@pytest.mark.parametrize(("microseconds", "rows"), [(59_999_999, 1), (60_000_000, 1), (60_000_001, 0)])
def test_the_start_of_a_stretch_belongs_to_it(microseconds, rows):
    made = tables([finding(wait=1)])
    assert made.count(of_attend(Between("wait_in_microseconds", microseconds))) == rows


def test_an_empty_value_is_among_those_that_name_it_and_outside_of_all_others():
    made = tables([finding(child=None), finding(child="a"), finding(child="b")])
    assert made.count(of_attend(Among("child_id", (None,)))) == 1
    assert made.count(of_attend(Among("child_id", ("a", None)))) == 2
    assert made.count(of_attend(Outside("child_id", ("a",)))) == 2
    assert made.count(of_attend(Outside("child_id", (None,)))) == 2
    assert made.count(of_attend(Among("child_id", ()))) == 0


def test_each_counts_different_values_and_not_the_empty_one():
    made = tables([finding(child=child) for child in (None, "a", "a", "b")])
    assert made.count(of_attend().counted_by("child_id")) == 2


@pytest.mark.parametrize(("after", "written"), [(119, "at the time"), (120, "at the time"), (121, "later")])
def test_an_entry_is_written_at_the_time_up_to_the_instant_at_which_it_is_later(after, written):
    made = tables([finding(wait=5, written_after=after)], written_up_later_after=timedelta(hours=2))
    assert made.count(of_attend(Among("written", (written,)))) == 1


@pytest.mark.parametrize(("hours", "day"), [(22, date(2024, 4, 1)), (23, date(2024, 4, 2))])
def test_days_are_those_of_the_local_calendar(hours, day):
    # Until 23:00 in UTC it is the first of April in London.
    made = tables([finding(wait=5, at=START + timedelta(hours=hours))])
    assert made.count(of_attend(Between("day", day, day + timedelta(days=1)))) == 1


def test_no_count_is_a_bare_number():
    assert not Count(Counted.CASE, 0) and Count(Counted.CASE, 1)
