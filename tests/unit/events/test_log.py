from datetime import UTC, datetime

import polars as pl
import pytest

from wardline.events import FIXED_COLUMNS, INSTANT, attribute_columns, log_of_tables, read_event_log


def test_a_log_of_nothing_has_every_table_with_its_columns():
    tables = log_of_tables({}).tables()
    assert {name: table.collect_schema() for name, table in tables.items()} == FIXED_COLUMNS
    assert all(table.collect().is_empty() for table in tables.values())


def test_absent_columns_are_empty_and_attributes_stand_after_the_fixed_ones():
    cases = pl.DataFrame({"from_care": ["yes"], "case_id": ["s:1"], "closed_at": [None]})
    found = log_of_tables({"cases": cases}).cases.collect()
    assert found.columns == [*FIXED_COLUMNS["cases"].names(), "from_care"]
    assert found.select("case_id", "closed_at", "person_id", "from_care").rows() == [("s:1", None, None, "yes")]
    assert found.schema["closed_at"] == INSTANT
    assert attribute_columns(found.schema, "cases") == ["from_care"]


def test_attributes_are_in_alphabetical_order():
    schema = pl.Schema({**FIXED_COLUMNS["events"], "outcome": pl.String(), "grade": pl.String()})
    assert attribute_columns(schema, "events") == ["grade", "outcome"]


def test_a_table_that_no_log_has_is_a_fault_of_the_program():
    with pytest.raises(AssertionError, match="entries"):
        log_of_tables({"entries": pl.DataFrame()})


def test_a_folder_is_read_and_its_absent_tables_are_empty(tmp_path):
    happened_at = datetime(2025, 6, 2, 17, 0, 0, 1, tzinfo=UTC)
    events = pl.DataFrame({"event_id": [0], "case_id": ["s:1"], "event": ["reported"], "happened_at": [happened_at]})
    events.write_parquet(tmp_path / "events.parquet")
    log = read_event_log(tmp_path)
    assert log.events.select("event", "happened_at").collect().rows() == [("reported", happened_at)]
    assert log.cases.collect().is_empty()
