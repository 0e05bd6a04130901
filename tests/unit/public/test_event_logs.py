"""`event_log`: which tables and systems it takes, what is made of them, and what is refused in our own words."""

from __future__ import annotations

from datetime import UTC

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wardline
from tests.unit.public.tables_made_up import AT, CASES, EVENTS, LONDON, events_of, log_of, problems_of
from wardline.events import FIXED_COLUMNS

# WHATEVER SPEAKS ARROW


@pytest.mark.parametrize(
    "given",
    [
        lambda rows: rows,
        lambda rows: rows.lazy(),
        lambda rows: rows.to_pandas(),
        lambda rows: rows.to_arrow(),
        lambda rows: rows.to_arrow().to_reader(),
        lambda rows: rows.to_arrow().combine_chunks().to_batches()[0],
        lambda rows: duckdb.sql("select * from rows"),
        lambda rows: rows.to_dict(as_series=False),
        lambda rows: rows.to_dicts(),
        lambda rows: {name: rows[name].to_numpy() for name in rows.columns},
        lambda rows: {name: rows.to_pandas()[name] for name in rows.columns},
        lambda rows: rows.to_pandas().set_index("case_id"),
    ],
    ids=[
        "polars",
        "lazy",
        "pandas",
        "pyarrow",
        "reader",
        "batch",
        "duckdb",
        "dict",
        "rows",
        "arrays",
        "columns of pandas",
        "pandas with an index",
    ],
)
def test_a_table_of_any_sort_is_taken(given):
    rows = pl.DataFrame(EVENTS).with_columns(pl.col("event").cast(pl.Categorical))
    events = log_of(events=given(rows)).events.collect()
    assert events.select("event_id", "case_id", "event").rows() == [
        (0, "E1", "reported"),
        (1, "E1", "found"),
        (2, "E2", "reported"),
    ]
    assert events["happened_at"].to_list() == [AT.replace(tzinfo=UTC)] * 3


def test_every_table_has_every_column_with_its_type():
    for name, table in log_of().tables().items():
        assert dict(table.collect_schema()) == dict(FIXED_COLUMNS[name]), name


def test_the_tables_of_a_log_make_the_same_log():
    log = log_of(people={"person_id": ["p"]}, notes={"case_id": ["E1"], "text": ["seen"]})
    again = wardline.event_log(**log.tables())
    for name, table in log.tables().items():
        assert again.tables()[name].collect().equals(table.collect()), name


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("events.csv", "This is a text, not a table."),
        (3, "This is a number, not a table."),
        ((row for row in [EVENTS]), "This is a `generator`, not a table."),
        (pl.Series([1]), "This is one column, not a table."),
        ([1, 2], "This is a list, not a table."),
        ({"case_id": "E1"}, "This dict is not a table (TypeError)."),
        ({"case_id": ["E1"], "event": []}, "This dict is not a table (ShapeError)."),
        (pa.array([1, 2]), "This table cannot be read (SchemaError)."),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "This table cannot be read (ValueError)."),
        (pl.LazyFrame({"a": [1]}).select("b"), "This LazyFrame cannot be collected (ColumnNotFoundError)."),
    ],
)
def test_what_is_no_table_is_refused(value, what):
    assert ("`events`", what) in problems_of(events=value)


@pytest.mark.parametrize("none", [[], {"case_id": [], "case_type": []}, pl.DataFrame(CASES).clear()])
def test_a_log_of_no_cases_is_taken_and_said_to_be_one(none):
    with pytest.warns(UserWarning, match=r"^event_log\(…\): `cases` has no rows, so nothing can be found") as warned:
        log = wardline.event_log(cases=none, events=[], zone=LONDON)
    assert log.cases.collect().is_empty()
    assert [one.filename for one in warned] == [__file__]


def test_a_table_of_other_columns_is_refused_whether_or_not_it_has_rows():
    for rows in ([], ["x"]):
        found = problems_of(cases={"Episode": rows}, events=[])
        assert [where for where, _ in found] == ["`cases.case_id`", "`cases.case_type`"]


def test_an_event_log_without_cases_is_refused():
    assert problems_of(cases=None) == [("`cases`", "This table is missing.")]
    assert problems_of(events=None) == [("`events`", "This table is missing.")]


def test_no_events_at_all_are_no_events():
    log = log_of(events=[])
    assert log.events.collect().is_empty()
    assert log.cases.collect().height == 2


# NAMES OF COLUMNS


@pytest.mark.parametrize(
    ("near", "meant"),
    [
        ("hapened_at", "happened_at"),
        ("Happened At", "happened_at"),
        ("recorded", "recorded_at"),
        ("case-id", "case_id"),
    ],
)
def test_a_name_near_that_of_an_absent_column_is_refused(near, meant):
    columns = {name: values for name, values in EVENTS.items() if name != meant}
    assert problems_of(events={**columns, near: EVENTS.get(meant, [AT] * 3)})[0] == (
        f"`events.{near}`",
        f"`{near}` is not a column of `events`. Did you mean `{meant}`?",
    )


def test_a_required_column_that_is_absent_is_told_once_with_what_there_is():
    with pytest.raises(wardline.WardlineError) as raised:
        log_of(events={"case_id": ["E1"], "what": ["reported"], "when": [AT]})
    assert [(problem.what, problem.remedy) for problem in raised.value.problems] == [
        (
            f"There is no column `{name}`.",
            "Rename the column that has it, or add one. The table has case_id, what, when.",
        )
        for name in ("event", "happened_at")
    ]


def test_an_unknown_column_is_an_attribute_where_there_are_attributes_and_refused_where_not():
    assert "grade" in events_of(grade=["high"] * 3).columns
    assert problems_of(case_sources={"case_id": ["E1"], "source": ["records"], "weight": [1]}) == [
        ("`case_sources.weight`", "`weight` is not a column of `case_sources`.")
    ]


# ROWS


def test_a_case_that_is_there_twice_is_refused():
    assert problems_of(cases={"case_id": ["E1", "E2", "E1"], "case_type": ["a"] * 3}) == [
        ("`cases.case_id`", "Some cases are here more than once: rows 0 and 2 (counted from 0).")
    ]


def test_an_event_of_no_case_is_refused():
    assert problems_of(events={**EVENTS, "case_id": ["E1", "E9", "E9"]}) == [
        ("`events.case_id`", "Some events belong to no case of `cases`: rows 1 and 2 (counted from 0).")
    ]


def test_only_the_first_rows_are_named_and_the_others_counted():
    many = {"case_id": ["X"] * 1_300, "event": ["reported"] * 1_300, "happened_at": [AT] * 1_300}
    assert problems_of(events=many)[0][1].endswith("rows 0, 1, 2, 3, 4 and 1,295 more (counted from 0).")


@pytest.mark.parametrize("table", ["cases", "events"])
@pytest.mark.parametrize("empty", [None, "", " "])
def test_a_case_or_an_event_without_what_identifies_it_is_refused(table, empty):
    rows = {"cases": CASES, "events": EVENTS}[table]
    column = {"cases": "case_type", "events": "event"}[table]
    wrong = {**rows, column: [empty, *rows[column][1:]]}
    assert problems_of(**{table: wrong}) == [(f"`{table}.{column}`", "It is empty: row 0 (counted from 0).")]


def test_everything_that_is_wrong_is_told_at_once():
    told = problems_of(
        cases={"case_id": ["E1", "E1", None], "case_type": ["a", "a", ""]},
        events={"case_id": ["E9"], "event": [None], "hapened_at": ["x"]},
        people={"person_id": [None]},
        zone="Europe/Londn",
    )
    assert [where for where, _ in told] == [
        "`zone`",
        "`events.hapened_at`",
        "`cases.case_id`",
        "`cases.case_type`",
        "`cases.case_id`",
        "`events.event`",
        "`people.person_id`",
        "`events.case_id`",
    ]


def test_no_message_holds_what_stands_in_a_cell():
    secret = "Marker Person"
    with pytest.raises(wardline.WardlineError) as raised:
        log_of(
            cases={"case_id": [secret, secret], "case_type": ["a", None], "opened_at": [secret] * 2},
            events={"case_id": ["of " + secret], "event": [secret], "happened_at": [secret], "event_id": [secret]},
            people={"person_id": [secret], "date_of_birth": [secret]},
            coverage={"source": [secret], "kept_by": [secret]},
        )
    assert secret not in str(raised.value)


# RECORD SYSTEMS


def abilities_of(log: wardline.EventLog) -> set[tuple[str | None, ...]]:
    return set(log.abilities.select("source", "case_type", "event", "field").collect().rows())


def test_a_system_can_record_what_it_has_recorded_once_in_cases_of_that_type():
    log = log_of(
        cases={**CASES, "case_type": ["a", "b"], "district": ["North", None]},
        events={**EVENTS, "grade": [None, "high", None]},
    )
    assert abilities_of(log) == {
        ("records", "a", "reported", None),
        ("records", "a", "found", None),
        ("records", "b", "reported", None),
        ("records", "a", "found", "grade"),
        ("records", "a", None, "district"),
    }


def test_what_never_appears_can_be_declared():
    assert ("records", "missing episode", "interviewed", None) in abilities_of(log_of(able_to_record=["interviewed"]))
    of_another = abilities_of(log_of(able_to_record={"council": ["interviewed"]}))
    assert ("council", "missing episode", "interviewed", None) in of_another
    assert ("records", "missing episode", "interviewed", None) not in of_another


def test_abilities_that_are_given_are_taken_as_they_are():
    given = {"source": ["records"], "case_type": ["missing episode"], "event": ["found"]}
    assert abilities_of(log_of(abilities=given)) == {("records", "missing episode", "found", None)}


def test_an_attribute_named_as_a_column_of_abilities_is_an_attribute():
    log = log_of(cases={**CASES, "event": ["x", "y"], "field": ["x", "y"]}, events={**EVENTS, "case_type": ["z"] * 3})
    assert ("records", "missing episode", None, "event") in abilities_of(log)
    assert {case_type for _, case_type, _, _ in abilities_of(log)} == {"missing episode"}


def test_rows_without_a_source_are_of_the_system_that_is_named():
    log = log_of(source="episodes", events={**EVENTS, "source": ["council", None, None]})
    assert log.events.collect()["source"].to_list() == ["council", "episodes", "episodes"]
    assert set(log.case_sources.collect().rows()) == {("E1", "episodes"), ("E1", "council"), ("E2", "episodes")}
    assert set(log.coverage.select("source", "kept_by").collect().rows()) == {
        ("episodes", "force"),
        ("council", "force"),
    }


def test_a_system_that_coverage_leaves_out_is_added():
    log = log_of(coverage={"source": ["council"], "kept_by": ["council"]})
    assert set(log.coverage.select("source", "kept_by").collect().rows()) == {
        ("council", "council"),
        ("records", "force"),
    }


def test_a_slip_in_the_name_of_a_system_or_of_who_keeps_it_is_refused():
    told = problems_of(coverage={"source": ["recrods"], "kept_by": ["the force"]})
    assert [where for where, _ in told] == ["`coverage.source`", "`coverage.kept_by`"]


@pytest.mark.parametrize("value", ["interviewed", 3, [3], {"council": "interviewed"}, {3: ["interviewed"]}, None])
def test_what_is_declared_must_be_names_of_events(value):
    assert problems_of(able_to_record=value)[0][0] == "`able_to_record`"
