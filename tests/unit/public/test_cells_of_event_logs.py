"""`event_log`: what the cells of a column may hold, times above all, and what is refused in our own words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pyarrow as pa
import pytest

import wardline
from tests.unit.public.tables_made_up import AT, CASES, EVENTS, events_of, log_of, problems_of

# TIMES


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_a_time_without_a_zone_is_local_in_any_unit(unit):
    summer = pl.Series([datetime(2025, 7, 1, 18, 0)] * 3, dtype=pl.Datetime(unit))
    assert events_of(happened_at=summer)["happened_at"].to_list() == [datetime(2025, 7, 1, 17, 0, tzinfo=UTC)] * 3


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_a_time_with_a_zone_is_the_same_instant_in_utc(unit):
    aware = pl.Series([AT] * 3, dtype=pl.Datetime(unit)).dt.replace_time_zone("America/New_York")
    assert events_of(happened_at=aware)["happened_at"].to_list() == [datetime(2025, 3, 3, 23, 0, tzinfo=UTC)] * 3


def test_a_time_with_a_zone_needs_no_zone_beside_it():
    aware = [AT.replace(tzinfo=UTC)] * 3
    assert log_of(events={**EVENTS, "happened_at": aware}, zone=None).events.collect().height == 3


def test_a_time_without_a_zone_is_refused_where_no_zone_is_given():
    assert problems_of(zone=None) == [("`events.happened_at`", "These times have no zone.")]


def test_nanoseconds_that_would_be_lost_are_refused_with_their_rows():
    finer = pl.Series([0, 1_000, 1_001], dtype=pl.Datetime("ns"))
    assert problems_of(events={**EVENTS, "happened_at": finer}) == [
        ("`events.happened_at`", "Some times are finer than a microsecond: row 2 (counted from 0).")
    ]


def test_a_time_beyond_the_calendar_is_refused_with_its_row():
    far = pl.Series([0, 0, 253_402_300_800_000], dtype=pl.Int64).cast(pl.Datetime("ms"))
    assert problems_of(events={**EVENTS, "happened_at": far}) == [
        ("`events.happened_at`", "Some times are not of the years 1 to 9999: row 2 (counted from 0).")
    ]


def test_a_date_is_the_whole_local_day():
    row = events_of(happened_at=[date(2025, 7, 1)] * 3).row(0, named=True)
    assert row["happened_at"] == datetime(2025, 6, 30, 23, 0, tzinfo=UTC)
    assert row["happened_by"] == datetime(2025, 7, 1, 22, 59, 59, 999_999, tzinfo=UTC)


def test_a_time_in_the_hour_that_comes_twice_is_either_of_two():
    row = events_of(happened_at=[datetime(2025, 10, 26, 1, 30)] * 3).row(0, named=True)
    assert row["happened_by"] - row["happened_at"] == timedelta(hours=1)


def test_a_time_in_the_hour_that_is_left_out_is_the_first_instant_after():
    row = events_of(happened_at=[datetime(2025, 3, 30, 1, 30)] * 3).row(0, named=True)
    assert row["happened_at"] == datetime(2025, 3, 30, 1, 0, tzinfo=UTC)
    assert row["happened_by"] is None


def test_a_latest_time_that_is_given_is_kept_and_an_equal_one_is_exact():
    rows = events_of(happened_by=[None, AT, AT + timedelta(hours=1)])
    assert rows["happened_by"].to_list() == [None, None, datetime(2025, 3, 3, 19, 0, tzinfo=UTC)]


def test_a_latest_time_before_the_earliest_is_refused():
    assert problems_of(events={**EVENTS, "happened_by": [AT, AT - timedelta(hours=1), None]}) == [
        (
            "`events.happened_by`",
            "Some events end before they begin: `happened_by` is before `happened_at`: row 1 (counted from 0).",
        )
    ]


def test_a_latest_time_alone_is_refused():
    assert problems_of(events={**EVENTS, "happened_at": [AT, AT, None], "happened_by": [None, None, AT]}) == [
        ("`events.happened_by`", "Some events have the latest time and not the earliest: row 2 (counted from 0).")
    ]


def test_an_event_may_have_no_time():
    assert events_of(happened_at=[AT, None, AT])["happened_at"].null_count() == 1
    assert events_of(happened_at=[None] * 3)["happened_at"].null_count() == 3


@pytest.mark.parametrize(
    ("column", "held"),
    [
        (["2025-03-03 18:00"] * 3, "text"),
        ([1_741_024_800] * 3, "numbers"),
        ([timedelta(hours=1)] * 3, "lengths of time"),
        ([AT.time()] * 3, "times of day without a day"),
        ([True] * 3, "true and false"),
        ([[AT]] * 3, "lists or structs"),
    ],
)
def test_what_is_no_time_is_refused_with_how_to_convert_it(column, held):
    assert problems_of(events={**EVENTS, "happened_at": column}) == [
        ("`events.happened_at`", f"This column contains {held}, not times.")
    ]


def test_the_remedy_for_text_says_how_to_convert_it():
    with pytest.raises(wardline.WardlineError) as raised:
        log_of(events={**EVENTS, "happened_at": ["3/3/2025 18:00"] * 3})
    assert 'pl.col("happened_at").str.to_datetime(' in raised.value.problems[0].remedy
    assert "3/3/2025" not in str(raised.value)


def test_a_case_opens_at_the_earliest_and_closes_at_the_latest_of_its_day():
    days = {"opened_at": [date(2025, 3, 3)] * 2, "closed_at": [date(2025, 3, 4)] * 2}
    row = log_of(cases={**CASES, **days}).cases.collect().row(0, named=True)
    assert row["opened_at"] == datetime(2025, 3, 3, tzinfo=UTC)
    assert row["closed_at"] == datetime(2025, 3, 4, 23, 59, 59, 999_999, tzinfo=UTC)


def test_an_entry_known_by_its_day_was_made_when_the_event_happened_at_the_earliest():
    rows = events_of(recorded_at=[date(2025, 3, 3), date(2025, 3, 4), None])
    assert rows["recorded_at"].to_list() == [AT.replace(tzinfo=UTC), datetime(2025, 3, 4, tzinfo=UTC), None]


# OTHER COLUMNS


@pytest.mark.parametrize("kind", [pl.Int8, pl.Int32, pl.UInt64, pl.Float64, pl.Decimal(10, 0)])
def test_an_event_id_of_any_number_type_is_kept(kind):
    assert events_of(event_id=pl.Series([7, 8, 9]).cast(kind))["event_id"].to_list() == [7, 8, 9]


def test_an_event_id_that_is_missing_is_numbered():
    assert events_of()["event_id"].to_list() == [0, 1, 2]


@pytest.mark.parametrize(
    ("ids", "what"),
    [
        ([1, 1, 2], "Some numbers are here more than once: rows 0 and 1 (counted from 0)."),
        ([1, None, 2], "It is empty: row 1 (counted from 0)."),
        (["a", "b", "c"], "This column contains text, not whole numbers."),
        (
            [1.0, 2.5, 3.0],
            ("Some of these are not whole numbers, or are too large to be exact: row 1 (counted from 0)."),
        ),
        (pl.Series([1, 2, 2**64 - 1], dtype=pl.UInt64), "Some numbers are too large: row 2 (counted from 0)."),
    ],
)
def test_an_event_id_that_cannot_be_one_is_refused(ids, what):
    assert problems_of(events={**EVENTS, "event_id": ids}) == [("`events.event_id`", what)]


@pytest.mark.parametrize("ids", [[1, 2], [1.0, 2.0], [Decimal(1), Decimal(2)], ["1", "2"]])
def test_ids_that_are_numbers_become_the_same_text_in_both_tables(ids):
    log = log_of(cases={**CASES, "case_id": ids}, events={**EVENTS, "case_id": [1, 1, 2]})
    assert log.cases.collect()["case_id"].to_list() == ["1", "2"]
    assert log.events.collect()["case_id"].to_list() == ["1", "1", "2"]


def test_text_of_any_kind_is_text():
    kinds = (pl.Categorical, pl.Enum(["reported", "found"]))
    for kind in kinds:
        event = pl.Series(EVENTS["event"]).cast(kind)
        assert events_of(event=event)["event"].dtype == pl.String()
    dictionary = pa.table({**EVENTS, "event": pa.array(EVENTS["event"]).dictionary_encode()})
    assert log_of(events=dictionary).events.collect()["event"].to_list() == EVENTS["event"]


@pytest.mark.parametrize(
    ("column", "kept"),
    [
        ([1, 2, None], ["1", "2", None]),
        ([1.0, 2.0, None], ["1", "2", None]),
        ([1.5, 2.0, float("nan")], [1.5, 2.0, None]),
        ([True, False, None], ["yes", "no", None]),
        (["high", "", " "], ["high", None, None]),
        ([None, None, None], [None, None, None]),
    ],
)
def test_an_attribute_is_text_unless_it_has_fractions(column, kept):
    assert events_of(grade=column)["grade"].to_list() == kept


def test_an_attribute_that_is_a_day_lasts_to_the_end_of_it():
    assert events_of(due=[date(2025, 3, 3)] * 3)["due"][0] == datetime(2025, 3, 3, 23, 59, 59, 999_999, tzinfo=UTC)


def test_an_attribute_of_lists_is_refused():
    assert problems_of(events={**EVENTS, "grades": [["high"]] * 3}) == [
        ("`events.grades`", "This column contains lists or structs, not text.")
    ]


def test_a_date_of_birth_is_a_day():
    born = {"person_id": ["p"], "date_of_birth": [datetime(2010, 1, 1)]}
    assert log_of(people=born).people.collect()["date_of_birth"].to_list() == [date(2010, 1, 1)]
    assert problems_of(people={"person_id": ["p"], "date_of_birth": ["2010-01-01"]}) == [
        ("`people.date_of_birth`", "This column contains text, not days.")
    ]


def test_a_date_of_birth_beyond_the_calendar_is_refused():
    born = pl.Series([2**60], dtype=pl.Int64).cast(pl.Datetime("ms"))
    assert problems_of(people={"person_id": ["p"], "date_of_birth": born}) == [
        ("`people.date_of_birth`", "Some times are not of the years 1 to 9999: row 0 (counted from 0).")
    ]
