"""A real dispatch log, made by nobody on the project, against a reading of it in plain Python."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from wardline.record_systems import (
    Reading,
    RejectReason,
    RemarkKind,
    Source,
    check_mapping,
    parse_mapping,
    read_record_systems,
)

DATA = Path(__file__).parents[4] / "shared" / "data" / "dispatch"
CALLS = DATA / "calls.csv"
ZONE = ZoneInfo("America/New_York")

pytestmark = pytest.mark.skipif(not CALLS.exists(), reason="the real dispatch log is not on this machine")

MAPPING = parse_mapping("""
record system: dispatch
title: Police dispatch log
time zone: America/New_York
tables:
  - files: calls.csv
    each row is: a case
    case type: call
    case id: Master_Incident_Number
    opened at: Incident_Start_Time
    closed at: Final_Closed_Time
    attributes:
      priority: Priority_Number
      problem: Problem
      elapsed: {column: Elapsed_Call_Time, type: number}
    events:
      call_started: {at: Incident_Start_Time}
      unit_arrived: {at: Incident_Arrival_Time}
      call_closed: {at: Incident_First_Close_Time, disposition: Disposition}
      call_reopened: {at: First_Reopen_Time, happened if: {Call_Reopened: "1"}}
    time format: "%Y-%m-%d %H:%M:%S.%f"
    empty: ["", "NULL", "-9999"]
""")


@pytest.fixture(scope="module")
def into(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dispatch")


@pytest.fixture(scope="module")
def reading(into: Path) -> Reading:
    return read_record_systems([Source(MAPPING, DATA)], as_at=datetime(2026, 1, 1, tzinfo=UTC), into=into)


@pytest.fixture(scope="module")
def raw() -> list[dict[str, str]]:
    """The rows with their row number, empty values made empty."""
    with CALLS.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    return [
        {"row": str(number)}
        | {key: "" if value.strip() in ("NULL", "-9999") else value.strip() for key, value in row.items()}
        for number, row in enumerate(found, start=2)
    ]


@pytest.fixture(scope="module")
def kept(raw: list[dict[str, str]]) -> list[dict[str, str]]:
    """The last row of each number, in order of row."""
    last = {row["Master_Incident_Number"]: row for row in raw if row["Master_Incident_Number"]}
    return sorted(last.values(), key=lambda row: int(row["row"]))


def instants(text: str) -> tuple[datetime | None, datetime | None]:
    """The earliest and the latest instant of a local time."""
    if not text:
        return None, None
    local = datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f")
    found = [local.replace(tzinfo=ZONE, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return found[0], found[1]


def test_every_row_is_counted(reading: Reading, raw: list[dict[str, str]], kept: list[dict[str, str]]) -> None:
    [file] = reading.files
    assert (file.rows_in, file.kept, file.left_out) == (len(raw), len(kept), 0)
    assert file.rows_in == 18_989


def test_the_rows_without_a_number_and_those_that_repeat_one_are_rejected(
    reading: Reading, into: Path, raw: list[dict[str, str]], kept: list[dict[str, str]]
) -> None:
    expected: Counter[str] = Counter()
    rejected = {int(row["row"]) for row in raw} - {int(row["row"]) for row in kept}
    for row in raw:
        if not row["Master_Incident_Number"]:
            expected[RejectReason.NO_CASE_ID.value] += 1
        elif int(row["row"]) in rejected:
            later = [
                other
                for other in raw
                if int(other["row"]) > int(row["row"]) and {**other, "row": ""} == {**row, "row": ""}
            ]
            expected[(RejectReason.SAME_ROW if later else RejectReason.LATER_CASE).value] += 1
    rejects = pl.read_parquet(into / "rejects.parquet")
    assert Counter(rejects["reason"].to_list()) == expected
    assert set(rejects["source_row"]) == rejected
    assert expected[RejectReason.NO_CASE_ID.value] == 11


def test_every_case_opens_and_closes_when_the_log_says(
    reading: Reading, into: Path, kept: list[dict[str, str]]
) -> None:
    cases = (
        pl.read_parquet(into / "cases.parquet")
        .select("case_id", "opened_at", "closed_at", "priority", "problem", "elapsed", "source_row")
        .rows()
    )
    assert cases == [
        (
            f"dispatch:{row['Master_Incident_Number']}",
            instants(row["Incident_Start_Time"])[0],
            instants(row["Final_Closed_Time"])[1],
            row["Priority_Number"] or None,
            row["Problem"] or None,
            float(row["Elapsed_Call_Time"]) if row["Elapsed_Call_Time"] else None,
            int(row["row"]),
        )
        for row in kept
    ]


def test_every_event_stands_where_the_log_says_to_the_millisecond(
    reading: Reading, into: Path, kept: list[dict[str, str]]
) -> None:
    expected = []
    for row in kept:
        for event, column in (
            ("call_started", "Incident_Start_Time"),
            ("unit_arrived", "Incident_Arrival_Time"),
            ("call_closed", "Incident_First_Close_Time"),
            ("call_reopened", "First_Reopen_Time"),
        ):
            earliest, latest = instants(row[column])
            happened = row["Call_Reopened"] == "1" if event == "call_reopened" else earliest is not None
            if happened:
                by = latest if latest != earliest else None
                expected.append((f"dispatch:{row['Master_Incident_Number']}", event, earliest, by, int(row["row"])))
    events = pl.read_parquet(into / "events.parquet")
    assert events.select("case_id", "event", "happened_at", "happened_by", "source_row").rows() == expected
    assert any(
        happened.microsecond % 1000 == 0 and happened.microsecond for happened in events["happened_at"].drop_nulls()
    )


def test_the_hour_that_came_twice_is_an_interval(reading: Reading, into: Path) -> None:
    events = pl.read_parquet(into / "events.parquet").filter(pl.col("happened_by").is_not_null())
    hour = timedelta(hours=1)
    assert set((events["happened_by"] - events["happened_at"]).to_list()) == {hour}
    assert set(events["happened_at"].dt.date().cast(pl.String)) == {"2025-11-02"}
    # It starts in the second of the two hours, and the log does not say so.
    [missing] = events.filter((pl.col("case_id") == "dispatch:25-092465") & (pl.col("event") == "call_started")).rows(
        named=True
    )
    assert missing["happened_at"] == datetime(2025, 11, 2, 5, 28, 12, tzinfo=UTC)
    assert missing["happened_by"] == missing["happened_at"] + hour
    counted = {remark.column: remark.count for remark in reading.remarks if remark.kind is RemarkKind.AMBIGUOUS}
    started = events.filter(pl.col("event") == "call_started").height
    assert counted["Incident_Start_Time"] == started > 0


def test_the_check_tells_columns_and_counts(raw: list[dict[str, str]]) -> None:
    text = check_mapping(MAPPING, [CALLS]).to_text()
    assert "Incident_Queue_Time        not used" in text
    assert "Incident_Start_Time        opened at; time of call_started" in text
    assert "11 in calls.csv: The case id is empty." in text
    numbers = {row["Master_Incident_Number"] for row in raw} - {""}
    assert not [number for number in numbers if number in text]
