"""Ends that a system fills in with the time of the opening are said, and chance is not taken for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import CASES, read
from wardline.record_systems.rows.rejects import RemarkKind

CLOSED = CASES + "    closed at: Found\n    events: {sent: {at: Sent}, child_found: {at: Found}}\n"
FOUND = CASES + "    events: {sent: {at: Sent}, child_found: {at: Found}}\n"
LATER = [f"E{at},2025-01-0{at} 18:00,2025-01-0{at} 18:05,2025-01-0{at} 21:00" for at in range(1, 7)]


def told(tmp_path: Path, mapping: str, *rows: str, header: str = "No,Reported,Sent,Found", **more: str) -> list[object]:
    """The columns that are told, and how often of each."""
    files: dict[str, str | bytes] = {"episodes.csv": "\n".join([header, *rows]) + "\n"}
    files |= {f"{name}.csv": text for name, text in more.items()}
    found = read(tmp_path, mapping, files)
    return [(one.column, one.count) for one in found.reading.remarks if one.kind is RemarkKind.FILLED_ENDS]


def at_once(number: int, sent: str = "", found: str = "18:00:59") -> str:
    return f"A{number},2025-01-08 18:00,{sent},2025-01-08 {found}"


@pytest.mark.parametrize(
    "mapping", [CLOSED, CLOSED.replace("    closed at: Found\n", ""), CLOSED[: CLOSED.index("    ev")]]
)
def test_ends_in_the_minute_of_the_opening_are_said_and_leave_a_doubt(mapping: str, tmp_path: Path) -> None:
    assert told(tmp_path, mapping, *LATER, at_once(1), at_once(2)) == [("Found", 2)]
    assert RemarkKind.FILLED_ENDS.may_hide_a_child


def test_so_is_an_end_in_two_columns_and_one_that_shares_the_day(tmp_path: Path) -> None:
    rows = [
        *(f"E{at},2025-01-0{at} 18:00,,2025-01-0{at},21:00" for at in range(1, 7)),
        *(f"A{at},2025-01-08 18:00,,2025-01-08,18:00" for at in (1, 2)),
    ]
    for number, end in enumerate(("{date: Day, time: Time}", "{time: Time, day of: Reported}")):
        mapping = CLOSED.replace("closed at: Found", f"closed at: {end}").replace("{at: Found}", end)
        header = "No,Reported,Sent,Day,Time"
        assert told(tmp_path / str(number), mapping, *rows, header=header) == [("Time", 2)]


def test_all_files_of_a_table_decide_together(tmp_path: Path) -> None:
    header = "No,Reported,Sent,Found\n"
    other = header + at_once(2) + "\n"
    assert told(tmp_path, CLOSED, *LATER, at_once(1), episodes2=other) == [("Found", 1), ("Found", 1)]
    soon = header + "".join(at_once(number, found="18:09") + "\n" for number in (2, 3))
    assert told(tmp_path / "soon", CLOSED, *LATER, at_once(1), at_once(4), episodes2=soon) == []


@pytest.mark.parametrize(("sent", "count"), [("2025-01-08 18:05", 1), ("2025-01-08 17:55", 0), ("2025-01-08 18:00", 0)])
def test_one_alone_is_chance_unless_its_row_has_something_later(sent: str, count: int, tmp_path: Path) -> None:
    assert told(tmp_path, CLOSED, *LATER, at_once(1, sent)) == [("Found", 1)] * count


def test_where_as_many_end_soon_after_cases_are_closed_at_once_by_people(tmp_path: Path) -> None:
    rows = [*LATER, at_once(1), at_once(2), at_once(3, found="18:02"), at_once(4, found="18:10")]
    assert told(tmp_path, CLOSED, *rows) == []
    assert told(tmp_path / "more", CLOSED, *rows[:-1]) == [("Found", 2)]


def test_days_alone_are_not_looked_at(tmp_path: Path) -> None:
    days = ["2025-01-01,,2025-01-01", "2025-01-02,,2025-01-02", "2025-01-03,,2025-01-05"]
    for number, clock in enumerate(("", " 00:00", " 00:00:00")):
        rows = [f"E{at},{day.replace(',,', f'{clock},,')}{clock}" for at, day in enumerate(days)]
        assert told(tmp_path / str(number), CLOSED, *rows) == []
    # Nor those among others, nor where the mapping says that midnight is meant.
    rows = [f"E{at},{day.replace(',,', ' 00:00,,')} 00:00" for at, day in enumerate(days)]
    assert told(tmp_path / "some", CLOSED, *rows, *LATER) == []
    meant = CLOSED.replace("opened at: Reported", "opened at: {column: Reported, whole days: no}")
    meant = meant.replace("at: Found", "at: {column: Found, whole days: no}")
    assert told(tmp_path / "meant", meant, *rows) == []


def test_an_end_before_the_opening_is_another_matter(tmp_path: Path) -> None:
    assert told(tmp_path, CLOSED, *LATER, at_once(1, found="17:59"), at_once(2, found="17:00")) == []


def test_an_open_case_has_no_end(tmp_path: Path) -> None:
    assert told(tmp_path, CLOSED, *LATER, "A1,2025-01-08 18:00,,", "A2,2025-01-08 18:00,,") == []


def test_an_event_that_often_comes_with_the_report_is_not_filled_in(tmp_path: Path) -> None:
    soon = [f"E{at},2025-01-0{at} 18:00,2025-01-0{at} 18:30,2025-01-0{at} 21:00" for at in range(1, 7)]
    with_it = [f"A{at},2025-01-08 18:00,2025-01-08 18:00,2025-01-08 21:00" for at in range(3)]
    assert told(tmp_path, FOUND, *soon, *with_it) == []
    late = [row.replace("18:30", "20:00") for row in soon]
    assert told(tmp_path / "late", FOUND, *late, *with_it) == [("Sent", 3)]
    assert told(tmp_path / "most", FOUND, *late[:3], *with_it) == []


def test_an_end_that_the_mapping_reads_from_the_cell_of_the_opening_is_meant(tmp_path: Path) -> None:
    assert told(tmp_path, CLOSED.replace("at: Found", "at: Reported"), *LATER) == []


def test_without_a_time_of_opening_the_first_event_is_it(tmp_path: Path) -> None:
    mapping = CLOSED.replace("    opened at: Reported\n", "").replace(
        "events: {", "events: {reported: {at: Reported}, "
    )
    assert told(tmp_path, mapping, *LATER, at_once(1), at_once(2)) == [("Found", 2)]
