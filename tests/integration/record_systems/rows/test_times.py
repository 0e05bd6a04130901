"""Local times as intervals, and the two clocks."""

from __future__ import annotations

from pathlib import Path

from tests.unit.record_systems.reading_texts import CASES, Read, at, read

EVENT = CASES + "    events: {found: {at: Found, recorded at: Typed, due: {column: Due, type: time}}}\n"
LAST = "23:59:59.999999"


def found_at(tmp_path: Path, found: str, typed: str = "", due: str = "", mapping: str = EVENT) -> Read:
    return read(
        tmp_path, mapping, {"episodes.csv": f"No,Reported,Found,Typed,Due\nE1,2025-01-01 10:00,{found},{typed},{due}\n"}
    )


def interval(read_: Read) -> list[tuple[object, ...]]:
    return read_.rows("events", "happened_at", "happened_by")


def test_a_local_time_becomes_an_instant(tmp_path: Path) -> None:
    assert interval(found_at(tmp_path, "2025-07-01 10:00:00.123")) == [(at("2025-07-01 09:00:00.123"), None)]


def test_a_date_without_a_time_is_the_whole_local_day(tmp_path: Path) -> None:
    read_ = found_at(tmp_path, "2025-07-01")
    assert interval(read_) == [(at("2025-06-30 23:00"), at("2025-07-01 22:59:59.999999"))]
    assert read_.remarks()[0].endswith(
        "Dates without a time of day in column Found, for which the whole day is meant: 1."
    )


def test_the_day_of_a_clock_change_is_as_long_as_it_was(tmp_path: Path) -> None:
    assert interval(found_at(tmp_path, "2025-10-26")) == [(at("2025-10-25 23:00"), at(f"2025-10-26 {LAST}"))]


def test_a_local_time_that_the_clock_showed_twice_is_an_interval_and_is_counted(tmp_path: Path) -> None:
    read_ = found_at(tmp_path, "2025-10-26 01:30")
    assert interval(read_) == [(at("2025-10-26 00:30"), at("2025-10-26 01:30"))]
    assert "that the clock showed twice" in read_.remarks()[0]


def test_a_local_time_that_the_clock_never_showed_moves_to_the_change_and_is_counted(tmp_path: Path) -> None:
    read_ = found_at(tmp_path, "2025-03-30 01:30")
    assert interval(read_) == [(at("2025-03-30 01:00"), None)]
    assert "that the clock never showed" in read_.remarks()[0]
    assert read_.rejects() == []


def test_a_time_with_an_offset_is_exact_whatever_the_clock_showed(tmp_path: Path) -> None:
    assert interval(found_at(tmp_path, "2025-10-26 01:30:00+01:00")) == [(at("2025-10-26 00:30"), None)]


def test_an_event_after_as_at_is_kept_and_counted(tmp_path: Path) -> None:
    read_ = found_at(tmp_path, "2025-03-31 10:00", typed="2025-04-02 10:00")
    assert interval(read_) == [(at("2025-03-31 09:00"), None)]
    assert read_.remarks() == [
        "compact, episodes.csv: Events that happened or were recorded after as at, which are kept and not yet known: 1."
    ]


def test_when_an_event_was_recorded_is_read_beside_when_it_happened(tmp_path: Path) -> None:
    read_ = found_at(tmp_path, "2025-01-03 10:00", typed="2025-01-03 12:00")
    assert read_.rows("events", "recorded_at") == [(at("2025-01-03 12:00"),)]


def test_a_day_of_recording_is_the_earliest_it_can_be_that_is_not_before_the_event(tmp_path: Path) -> None:
    def recorded(found: str) -> object:
        return found_at(tmp_path / found.replace(":", ""), found, typed="2025-01-03").rows("events", "recorded_at")[0][
            0
        ]

    assert recorded("2025-01-03 10:00") == at("2025-01-03 10:00")
    assert recorded("2025-01-02 10:00") == at("2025-01-03 00:00")
    assert recorded("2025-01-04 10:00") == at(f"2025-01-03 {LAST}")
    assert recorded("soon") == at("2025-01-03 00:00")


def test_a_deadline_of_a_date_includes_the_day(tmp_path: Path) -> None:
    assert found_at(tmp_path, "2025-01-03 10:00", due="2025-01-10").rows("events", "due") == [
        (at(f"2025-01-10 {LAST}"),)
    ]


def test_a_case_opens_at_the_earliest_and_closes_at_the_latest_instant_that_it_can(tmp_path: Path) -> None:
    read_ = read(
        tmp_path,
        CASES + "    closed at: Closed\n",
        {"episodes.csv": "No,Reported,Closed\nE1,2025-01-01,2025-01-03\nE2,2025-01-01 10:00,\n"},
    )
    assert read_.rows("cases", "opened_at", "closed_at") == [
        (at("2025-01-01 00:00"), at(f"2025-01-03 {LAST}")),
        (at("2025-01-01 10:00"), None),
    ]


DATE_AND_TIME = CASES + '    events: {found: {date: Found, time: Typed}}\n    time format: "%d/%m/%Y %H:%M"\n'


def test_a_date_and_a_time_of_day_are_joined(tmp_path: Path) -> None:
    read_ = found_at(tmp_path, "03/01/2025", typed="10:15", mapping=DATE_AND_TIME)
    assert interval(read_) == [(at("2025-01-03 10:15"), None)]


def test_a_date_whose_time_of_day_is_empty_is_the_whole_day(tmp_path: Path) -> None:
    read_ = found_at(tmp_path, "03/01/2025", mapping=DATE_AND_TIME)
    assert interval(read_) == [(at("2025-01-03 00:00"), at(f"2025-01-03 {LAST}"))]


def test_a_date_whose_time_of_day_cannot_be_read_leaves_an_event_without_a_time(tmp_path: Path) -> None:
    read_ = found_at(tmp_path, "03/01/2025", typed="noonish", mapping=DATE_AND_TIME)
    assert interval(read_) == [(None, None)]
    assert [reject[2] for reject in read_.rejects() if reject[2] != "Reported"] == ["Typed"]


def test_an_empty_date_and_time_of_day_are_no_event(tmp_path: Path) -> None:
    assert interval(found_at(tmp_path, "", mapping=DATE_AND_TIME)) == []


def test_several_formats_are_tried_in_order(tmp_path: Path) -> None:
    mapping = CASES + '    time format: ["%d/%m/%Y %H:%M", "%d/%m/%Y"]\n'
    read_ = read(
        tmp_path, mapping, {"episodes.csv": "No,Reported\nE1,03/01/2025 10:00\nE2,04/01/2025\nE3,2025-01-05\n"}
    )
    assert read_.rows("cases", "opened_at") == [(at("2025-01-03 10:00"),), (at("2025-01-04 00:00"),), (None,)]


def test_one_cell_may_have_a_format_of_its_own(tmp_path: Path) -> None:
    mapping = CASES.replace("opened at: Reported", 'opened at: {column: Reported, format: "%d.%m.%y"}') + (
        "    events: {found: Found}\n"
    )
    read_ = read(tmp_path, mapping, {"episodes.csv": "No,Reported,Found\nE1,03.01.25,2025-01-03 10:00\n"})
    assert read_.rows("cases", "opened_at") == [(at("2025-01-03 00:00"),)]
    assert interval(read_) == [(at("2025-01-03 10:00"), None)]


def test_an_event_that_is_said_to_have_happened_needs_no_time(tmp_path: Path) -> None:
    mapping = CASES + "    events: {seen: {at: Found, happened if: {Typed: [Y, 1]}}, told: {happened if: {Due: }}}\n"
    text = (
        "No,Reported,Found,Typed,Due\nE1,2025-01-01,2025-01-02 10:00,Y,x\nE2,2025-01-01,,1,x\n"
        "E3,2025-01-01,2025-01-02 10:00,N,x\nE4,2025-01-01,soon,Y,\n"
    )
    read_ = read(tmp_path, mapping, {"episodes.csv": text})
    assert read_.rows("events", "case_id", "event", "happened_at") == [
        ("compact:E1", "seen", at("2025-01-02 10:00")),
        ("compact:E2", "seen", None),
        ("compact:E4", "seen", None),
        ("compact:E4", "told", None),
    ]


def test_a_date_of_birth_is_read_by_the_date_of_the_tables_format(tmp_path: Path) -> None:
    mapping = """
record system: compact
tables:
  - files: persons.csv
    each row is: a person
    person id: No
    date of birth: DOB
    time format: "%d/%m/%Y %H:%M"
"""
    read_ = read(tmp_path, mapping, {"persons.csv": "No,DOB\nP1,02/01/2010\nP2,03/01/2010 00:00\nP3,2010\n"})
    assert [str(born) for (born,) in read_.rows("people", "date_of_birth")] == ["2010-01-02", "2010-01-03", "None"]
    assert read_.remarks() == []
