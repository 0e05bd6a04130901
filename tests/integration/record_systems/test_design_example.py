"""Two systems whose mappings use every sort of table, a small set of exports, and what must come of them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from wardline.record_systems import Reading, Source, check_mapping, read_mapping, read_record_systems

GOOD = Path(__file__).parents[2] / "fixtures" / "good"
AS_AT = datetime(2025, 4, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def sources() -> list[Source]:
    return [
        Source(read_mapping(GOOD / f"{name}.mapping.yaml"), GOOD / "exports" / name)
        for name in ("compact", "control-room")
    ]


@pytest.fixture(scope="module")
def into(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@pytest.fixture(scope="module")
def reading(into: Path) -> Reading:
    return read_record_systems(sources(), as_at=AS_AT, into=into)


def test_every_row_is_kept_left_out_or_rejected(reading: Reading) -> None:
    assert [(file.file, file.rows_in, file.kept, file.left_out, file.rejected) for file in reading.files] == [
        ("episodes-2025-01.csv", 9, 3, 1, 5),
        ("episodes-2025-02.csv", 2, 2, 0, 0),
        ("log.csv", 6, 3, 1, 2),
        ("persons.csv", 3, 3, 0, 0),
        ("notes.csv", 2, 2, 0, 0),
        ("incidents-a.csv", 4, 3, 0, 1),
    ]


def test_the_cases_are_as_the_exports_last_say(reading: Reading, into: Path) -> None:
    cases = pl.read_parquet(into / "cases.parquet")
    assert cases.select("case_id", "opened_at", "closed_at", "person_id", "from_care", "incident_no").rows() == [
        ("compact:E1", at("2025-01-03 18:00"), at("2025-01-04 09:00"), "compact:P1", "yes", "I-100"),
        ("compact:E4", at("2025-01-06 12:00"), None, "compact:P3", "no", "I-102"),
        ("compact:E5", at("2025-03-30 01:00"), None, "compact:P1", "yes", None),
        ("compact:E6", at("2025-01-08 08:00"), at("2025-01-09 08:00"), "compact:P5", "yes", "I-104"),
        ("compact:E3", at("2025-01-05 21:15"), None, "compact:P2", None, "I-102"),
    ]


def test_the_events_stand_in_order_of_source_table_file_row_and_mapping(reading: Reading, into: Path) -> None:
    events = pl.read_parquet(into / "events.parquet")
    assert events["event_id"].to_list() == list(range(23))
    assert events.filter(pl.col("case_id").is_in(["compact:E1", "compact:E3"])).select(
        "case_id", "event", "happened_at", "happened_by", "recorded_at", "grade", "method"
    ).rows() == [
        ("compact:E1", "reported", at("2025-01-03 18:00"), None, at("2025-01-03 18:10"), None, None),
        ("compact:E1", "risk_graded", at("2025-01-03 18:05"), None, None, "high", None),
        ("compact:E1", "child_found", at("2025-01-03 23:30"), None, None, None, None),
        ("compact:E1", "interviewed", at("2025-01-05 10:00"), None, None, None, "in person"),
        ("compact:E3", "reported", at("2025-01-05 21:15"), None, at("2025-01-05 21:20"), None, None),
        ("compact:E3", "risk_graded", at("2025-01-05 21:30"), None, None, None, None),
        ("compact:E3", "child_found", at("2025-01-06 00:00"), at("2025-01-06 23:59:59.999999"), None, None, None),
        ("compact:E3", "interviewed", None, None, None, None, None),
        ("compact:E1", "risk_reviewed", at("2025-01-03 20:00"), None, at("2025-01-03 20:05"), "M", None),
        ("compact:E1", "inspector_review", None, None, at("2025-01-03 22:00"), None, None),
        ("compact:E1", "officer_deployed", at("2025-01-03 18:20"), None, None, None, None),
        ("compact:E1", "officer_arrived", at("2025-01-03 18:41:30"), None, None, None, None),
        ("compact:E3", "officer_deployed", at("2025-01-05 22:00"), None, None, None, None),
        ("compact:E1", "officer_deployed", at("2025-01-03 19:00"), None, None, None, None),
    ]


def test_what_was_counted_is_said(reading: Reading) -> None:
    assert [str(remark) for remark in reading.remarks] == [
        "compact, episodes-2025-01.csv: Rows that lack cells at their end, which were read as empty: 1.",
        (
            "compact, episodes-2025-01.csv: "
            "Local times in column ReportedTime that the clock never showed, moved to the change: 1."
        ),
        (
            "compact, episodes-2025-02.csv: "
            "Dates without a time of day in column FoundDate, for which the whole day is meant: 1."
        ),
        "compact, log.csv: Rows left out, because the mapping does not list the event in column Action: 1.",
        "compact, log.csv: Events that happened or were recorded after as at, which are kept and not yet known: 1.",
    ]


def test_the_same_exports_give_the_same_bytes(reading: Reading, into: Path, tmp_path: Path) -> None:
    assert read_record_systems(sources(), as_at=AS_AT, into=tmp_path) == reading

    def bytes_of(folder: Path) -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}

    assert bytes_of(tmp_path) == bytes_of(into)
    assert len(bytes_of(into)) == 8


def test_the_check_says_how_every_column_is_understood() -> None:
    text = check_mapping(sources()[0].mapping, sources()[0].folder).to_text()
    for said in (
        "Table 1: episodes*.csv, each row is a case (missing episode)",
        "episodes-2025-01.csv: 9 rows: 3 (33.3 %) kept, 1 (11.1 %) left out, 5 (55.6 %) rejected",
        "PersonType       says which rows are kept",
        "ReportedTime     opened at; time of reported",
        "Risk             attribute grade of risk_graded",
        "Interviewed      says whether interviewed happened",
        "risk_graded: 5, from 2025-01-03 18:05 to 2025-03-30 02:00, 1 (20.0 %) without a time",
        "child_found: 3, from 2025-01-03 23:30 to 2025-01-09 07:45, 1 (33.3 %) not exact",
        "1 in episodes-2025-02.csv, column HomeType: The value is not one of those that the mapping lists.",
        "episodes-2025-01.csv, row 7: The case id is empty.",
        "log.csv: Rows left out, because the mapping does not list the event in column Action: 1.",
    ):
        assert said in text
    for value in ("Ada", "Mother", "soon", "I-100", "Telephone", "E99"):
        assert value not in text


def test_the_check_of_a_system_alone_takes_other_systems_cases_as_given() -> None:
    control_room = sources()[1]
    check = check_mapping(control_room.mapping, [GOOD / "exports" / "control-room" / "incidents-a.csv"])
    assert [(file.kept, file.rejected) for file in check.files] == [(4, 0)]
    assert check.columns[0].uses == ("case id",)
    assert "Whether rows match cases of compact is only seen in a dive." in check.to_text()


def test_the_check_names_the_files_that_no_table_reads(tmp_path: Path) -> None:
    for path in (GOOD / "exports" / "control-room").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "other.csv").write_text("A\n1\n")
    check = check_mapping(sources()[1].mapping, tmp_path)
    assert check.unread_files == ("other.csv",)
    assert "Files that no table reads\n  other.csv" in check.to_text()
