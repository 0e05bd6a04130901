"""Signs that an export is not what it was: each is counted and said, and what has another reason is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.unit.record_systems.reading_texts import CASES, CASES_AND_LOG, CASES_OF_A_LOG, at, read
from tests.unit.workbooks.written import cell, row, write_xlsx
from tests.unit.workbooks.written_older import write_xls, write_xlsb
from wardline.record_systems.rows.rejects import RemarkKind

ATTRIBUTES = CASES + "    attributes: {place: Place}\n    events: {sent: {at: Sent}}\n"


def remarks(tmp_path: Path, mapping: str, header: str, *rows: str) -> list[str]:
    found = read(tmp_path, mapping, {"episodes.csv": "\n".join([header, *rows]) + "\n"})
    return [remark.partition(": ")[2] for remark in found.remarks()]


# NUMBERS


def test_numbers_that_a_spreadsheet_has_shortened_are_said(tmp_path: Path) -> None:
    said = remarks(tmp_path, CASES, "No,Reported", "2.02503E+11,2025-01-01 10:00", "E2,2025-01-01 10:00")
    [remark] = said
    assert remark.startswith("Numbers in column No that were shortened or rounded, as spreadsheets do")
    assert remark.endswith(": 1.")


DATES = "Numbers in column {} that a spreadsheet seems to have turned into dates"


@pytest.mark.parametrize(
    ("numbers", "count"),
    [
        (["Mar-25", "13/25"], 1),  # as a spreadsheet shows 3/25
        (["01-Mar", "2-DEC", "13/25"], 2),
        (["MAR", "Apr-25"], 2),
        (["2025-03-17", "2025-03-123"], 0),  # a month and a number in it
        (["MAR-2025-1", "Marton", "25"], 0),
    ],
)
def test_numbers_that_a_spreadsheet_has_turned_into_dates_are_said(
    numbers: list[str], count: int, tmp_path: Path
) -> None:
    said = remarks(tmp_path, CASES, "No,Reported", *(f"{number},2025-01-01 10:00" for number in numbers))
    assert [one for one in said if one.startswith(DATES.format("No"))] == [one for one in said if count]
    assert all(one.endswith(f": {count}.") for one in said)


def test_a_number_that_is_a_date_of_a_workbook_is_said(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "episodes.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["No", "Reported"])
        sheet.write_datetime(1, 0, datetime(2025, 3, 1), workbook.add_format({"num_format": "mmm-yy"}))
        sheet.write_row(1, 1, ["2025-01-01 10:00"])
        sheet.write_row(2, 0, ["13/25", "2025-01-01 10:00"])
    mapping = CASES.replace("episodes*.csv", "episodes.xlsx")
    found = read(tmp_path, mapping, {"episodes.xlsx": (tmp_path / "episodes.xlsx").read_bytes()})
    [remark] = [one for one in found.reading.remarks if one.kind is RemarkKind.MADE_DATES]
    assert (remark.column, remark.count) == ("No", 1)
    assert RemarkKind.MADE_DATES.may_hide_a_child


@pytest.mark.parametrize(
    ("cases", "others", "log", "count"),
    [
        (["1001.0", "1002.0"], ["1003"], [], 2),  # in two files
        (["1001.0", "1002.0", "1003"], [], [], 2),  # in one
        (["1001.0"], [], ["1001"], 1),  # in two tables
        (["1001.0", "1002.0"], ["1003.0"], ["1001.0"], 0),  # always so, and all fit
        (["12.0", "12.5", "13"], [], [], 0),
        (["1001.0", "E1"], [], ["E1.0"], 0),
    ],
)
def test_numbers_that_end_in_a_nought_beside_others_are_said(
    cases: list[str], others: list[str], log: list[str], count: int, tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {
        f"episodes{at}.csv": "No,Reported\n" + "".join(f"{number},2025-01-01 10:00\n" for number in numbers)
        for at, numbers in enumerate((cases, others))
    }
    files["log.csv"] = "No,Action,Time\n" + "".join(f"{number},R,2025-01-01 11:00\n" for number in log)
    found = read(tmp_path, CASES_AND_LOG, files)
    told = [(one.column, one.count) for one in found.reading.remarks if one.kind is RemarkKind.DECIMALS]
    assert told == [("No", count)] * bool(count)
    assert RemarkKind.DECIMALS.may_hide_a_child


def test_a_date_that_is_a_part_of_a_number_is_not(tmp_path: Path) -> None:
    mapping = CASES.replace("case id: No", "case id: [Day, No]")
    assert mapping != CASES
    said = remarks(tmp_path, mapping, "Day,No,Reported", "01-Mar,1,2025-01-01 10:00", "02-Mar,1,2025-01-01 10:00")
    assert said == []


@pytest.mark.parametrize(
    ("numbers", "count"),
    [
        (["1234567890123450000", "1234567890123460000"], 2),
        (["1234567890123450000", "1234567890123456789"], 0),
        (["123456789012345", "100000000000000"], 0),
        (["5E12", "7E+1"], 0),
    ],
)
def test_long_numbers_that_all_end_in_zeros_are_said(numbers: list[str], count: int, tmp_path: Path) -> None:
    said = remarks(tmp_path, CASES, "No,Reported", *(f"{number},2025-01-01 10:00" for number in numbers))
    assert [each.rpartition(" ")[2] for each in said] == ([f"{count}."] if count else [])


# DAY AND MONTH


def dates(days: list[str]) -> list[str]:
    return [f"E{number},{day}" for number, day in enumerate(days)]


SWAPPED = "whose day and month a spreadsheet may have swapped"


@pytest.mark.parametrize(
    ("days", "count"),
    [
        # Real dates of the first twelve of the month beside texts of the rest.
        (["2025-01-03 18:00", "2025-02-03 18:00", "13/03/2025 18:00"], 2),
        (["2025-01-03 18:00", "2025-02-13 18:00", "13/03/2025 18:00"], 0),
        (["2025-01-03 18:00", "2025-02-03 18:00", "13/03/2025 18:00", "04/03/2025 18:00"], 0),
        # Months from end to end, and no day above the twelfth.
        ([f"0{day}/{month:02}/2025 18:00" for month in range(1, 11) for day in (3, 4)], 20),
        ([f"0{day}/03/2025 18:0{minute}" for day in range(1, 8) for minute in (1, 2, 3)], 0),
        ([f"01/{month:02}/2025 18:0{minute}" for month in range(1, 11) for minute in (1, 2)], 0),
    ],
)
def test_days_and_months_that_may_be_changed_about_are_said(days: list[str], count: int, tmp_path: Path) -> None:
    mapping = CASES + '    time format: ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"]\n'
    said = [each for each in remarks(tmp_path, mapping, "No,Reported", *dates(days)) if SWAPPED in each]
    assert [each.rpartition(" ")[2] for each in said] == ([f"{count}."] if count else [])


def test_where_the_month_stands_first_the_day_is_what_stands_second(tmp_path: Path) -> None:
    mapping = CASES + '    time format: "%m/%d/%Y %H:%M"\n'
    days = [f"{month:02}/{day}/2025 18:00" for month in range(1, 11) for day in (13, 14)]
    assert remarks(tmp_path, mapping, "No,Reported", *dates(days)) == []


# ONE VALUE, AND ONE MINUTE


def test_one_value_in_most_rows_of_a_free_column_is_said_and_not_shown(tmp_path: Path) -> None:
    places = [f"place {number}" for number in range(12)] + ["Not stated"] * 13
    said = remarks(tmp_path, ATTRIBUTES, "No,Reported,Place,Sent", *(f"E{at},,{one}," for at, one in enumerate(places)))
    assert said == ["Rows in which column Place has the one value that most rows have: 13."]


def test_a_column_of_few_values_is_no_free_column(tmp_path: Path) -> None:
    places = ["no"] * 22 + ["yes"] * 3
    rows = [f"E{number},,{place}," for number, place in enumerate(places)]
    assert not remarks(tmp_path, ATTRIBUTES, "No,Reported,Place,Sent", *rows)


TWO_EVENTS = CASES + "    events: {reported: {at: Reported}, sent: {at: Sent}}\n"


SAME = "Events that always fall in the same minute as another, sent on that of reported: 3."


@pytest.mark.parametrize(("last", "said"), [("10:00", [SAME]), ("10:01", [])])
def test_events_that_always_fall_on_the_minute_of_another_are_said(last: str, said: list[str], tmp_path: Path) -> None:
    rows = [f"E{at},2025-01-0{at} 10:00:30,2025-01-0{at} 10:00:59" for at in (1, 2)]
    rows += [f"E3,2025-01-03 10:00,2025-01-03 {last}", "E4,2025-01-04 10:00,"]
    assert remarks(tmp_path, TWO_EVENTS, "No,Reported,Sent", *rows) == said


def test_two_events_that_a_mapping_reads_from_one_cell_are_meant(tmp_path: Path) -> None:
    rows = [f"E{at},2025-01-0{at} 10:00" for at in range(1, 6)]
    assert not remarks(tmp_path, TWO_EVENTS.replace("at: Sent", "at: Reported"), "No,Reported", *rows)


LOG = (
    CASES_OF_A_LOG
    + """
    event: {column: Action, values: {Reported: reported, Sent: sent, Found: found}}
    at: At
"""
)


@pytest.mark.parametrize(("last", "said"), [("10:00:45", [SAME]), ("10:01:00", [])])
def test_so_are_those_of_a_log(last: str, said: list[str], tmp_path: Path) -> None:
    moments = [("01 10:00:01", "01 10:00:30"), ("02 10:00:01", "02 10:00:30"), ("03 10:00:01", f"03 {last}")]
    rows = [
        f"E{at},{action},2025-01-{moment}"
        for at, pair in enumerate(moments)
        for action, moment in zip(("Reported", "Sent"), pair, strict=True)
    ]
    assert remarks(tmp_path, LOG, "No,Action,At", *rows, "E9,Reported,2025-01-09 10:00") == said


# SHEETS AND COLUMNS


def test_columns_that_no_table_uses_are_named(tmp_path: Path) -> None:
    said = remarks(tmp_path, CASES, "No,Reported,Found,Place", "E1,,,")
    assert said == ["Columns that no table uses, Found, Place: 2."]


def test_a_column_that_another_table_uses_is_used(tmp_path: Path) -> None:
    table = CASES.partition("tables:\n")[2].replace("opened at: Reported", "opened at: Found")
    said = remarks(tmp_path, CASES + table, "No,Reported,Found,Place", "E1,,,")
    assert said == ["Columns that no table uses, Place: 1."]


def test_sheets_that_no_table_reads_are_said_once_and_hidden_ones_as_hidden(tmp_path: Path) -> None:
    sheets = {name: row(1, "No", "Reported") + row(2, name, "2025-01-01 10:00") for name in ("Jan", "Feb", "Old", "X")}
    book = write_xlsx(tmp_path / "book.xlsx", sheets | {"Empty": ""}, hidden=["Old"]).read_bytes()
    table = CASES.partition("tables:\n")[2].replace('"episodes*.csv"', "{files: book.xlsx, sheet: X}")
    mapping = CASES.replace('"episodes*.csv"', "book.xlsx") + table
    found = read(tmp_path, mapping, {"book.xlsx": book})
    assert found.remarks() == ["compact, book.xlsx: Sheets that no table reads, Feb, Old (hidden): 2."]


def test_a_hidden_sheet_that_a_table_names_is_said_to_be_hidden(tmp_path: Path) -> None:
    sheets = {"Old": row(1, "No", "Reported") + row(2, "E1", "2025-01-01 10:00")}
    book = write_xlsx(tmp_path / "book.xlsx", sheets, hidden=["Old"]).read_bytes()
    mapping = CASES.replace('"episodes*.csv"', "{files: book.xlsx, sheet: Old}")
    assert read(tmp_path, mapping, {"book.xlsx": book}).remarks() == [
        "compact, book.xlsx: Hidden sheets that are read, Old: 1."
    ]


def test_merged_cells_are_counted(tmp_path: Path) -> None:
    rows = row(1, "No", "Reported") + row(2, "E1", "2025-01-01 10:00") + row(3, "E2")
    book = write_xlsx(tmp_path / "book.xlsx", {"One": rows}, merged=["B2:B3"]).read_bytes()
    found = read(tmp_path, CASES.replace('"episodes*.csv"', "book.xlsx"), {"book.xlsx": book})
    assert len(set(found.rows("cases", "opened_at"))) == 1
    [remark] = found.remarks()
    assert remark.startswith("compact, book.xlsx: Cells of column Reported that are merged with one above")


@pytest.mark.parametrize(("write", "name"), [(write_xls, "book.xls"), (write_xlsb, "book.xlsb")])
def test_two_children_who_share_a_merged_cell_are_both_read_in_older_workbooks(
    write: Callable[..., Path], name: str, tmp_path: Path
) -> None:
    cells = {(0, 0): "No", (0, 1): "Reported", (1, 0): "E1", (1, 1): "2025-01-01 10:00", (2, 0): "E2"}
    book = write(tmp_path / name, {"One": (cells, [(1, 2, 1, 1)])}).read_bytes()
    found = read(tmp_path, CASES.replace('"episodes*.csv"', name), {name: book})
    assert found.rows("cases", "opened_at") == [(at("2025-01-01 10:00"),)] * 2
    assert found.remarks() == [
        f"compact, {name}: Cells of column Reported that are merged with one above and were read as having its text: 1."
    ]


# WORDS


def test_everyday_words_where_a_time_belongs_are_shown_and_no_others(tmp_path: Path) -> None:
    rows = [
        "E1,STILL MISSING",
        "E2,n/k",
        "E3,Maya Ellis",
        "E4,Maya Ellis",
        "E5,Maya Ellis",
        "E6,??",
        "E7,see log 1234",
        "E8,J.K.",
    ]
    said = remarks(tmp_path, CASES, "No,Reported", *rows)
    assert sorted(each.partition(", ")[2].partition(". If")[0] for each in said) == [
        "Reported: ??: 1",
        "Reported: STILL MISSING: 1",
        "Reported: n/k: 1",
    ]


def test_words_that_several_events_read_are_counted_once(tmp_path: Path) -> None:
    mapping = CASES + "    closed at: Reported\n    events: {found: {at: Reported}}\n"
    [said] = remarks(tmp_path, mapping, "No,Reported", "E1,ongoing")
    assert "Reported: ongoing: 1." in said


def test_codes_that_are_left_out_are_shown_where_they_are_frequent_and_nobodys(tmp_path: Path) -> None:
    mapping = CASES_OF_A_LOG + "    event: {column: Action, values: {Found: found}}\n    at: At\n"
    codes = ["Found", *["Log opened"] * 4, *["Review"] * 3, *["Once"] * 2, *["07700900123"] * 5]
    said = remarks(tmp_path, mapping, "No,Action,At", *(f"E{at},{code}," for at, code in enumerate(codes)))
    assert said == [
        "Rows left out, because the mapping does not list the event in column Action: 14.",
        "Of these rows, Action: Log opened: 4.",
        "Of these rows, Action: Review: 3.",
        "Of these rows, Action holds others, whose texts are not shown: 7.",
    ]


@pytest.mark.parametrize("kind", ["book.xlsx", "episodes.csv"])
def test_a_column_without_a_name_is_called_after_its_position_in_the_table(kind: str, tmp_path: Path) -> None:
    header, cells = ("No", "Reported", "", "Place"), ("E1", "2025-01-01 10:00", "home", "park")
    if kind == "book.xlsx":
        # The table begins in column E.
        rows = "".join(
            row(at, *(cell(f"{column}{at}", text, kind="inlineStr") for column, text in zip("EFGH", one, strict=True)))
            for at, one in enumerate((header, cells), start=1)
        )
        written: str | bytes = write_xlsx(tmp_path / kind, {"One": rows}).read_bytes()
    else:
        written = ",".join(header) + "\n" + ",".join(cells) + "\n"
    mapping = CASES.replace('"episodes*.csv"', kind)
    found = read(tmp_path, mapping, {kind: written})
    assert found.remarks() == [f"compact, {kind}: Columns that no table uses, Place: 1."]
    found = read(tmp_path, mapping + "    attributes: {home: column 3}\n", {kind: written})
    assert found.rows("cases", "home") == [("home",)]
    assert found.remarks() == [f"compact, {kind}: Columns that no table uses, Place: 1."]


# MIDNIGHTS


def test_many_midnights_beside_other_times_are_said(tmp_path: Path) -> None:
    rows = [f"E{day},2025-01-0{day} 00:00:00" for day in range(1, 4)] + ["E4,2025-01-04 10:30:00"]
    [said] = remarks(tmp_path, CASES, "No,Reported", *rows)
    assert said.startswith(
        "Times of day in column Reported that are exactly 00:00, which may mean that there is none: 3."
    )


def test_so_are_those_that_stand_apart_from_their_date(tmp_path: Path) -> None:
    mapping = CASES.replace("opened at: Reported", "opened at: {date: Reported, time: At}")
    rows = [f"E{day},2025-01-0{day},00:00" for day in range(1, 4)] + ["E4,2025-01-04,10:30"]
    [said] = remarks(tmp_path, mapping, "No,Reported,At", *rows)
    assert said.startswith("Times of day in column At that are exactly 00:00")


def test_a_few_midnights_among_many_times_are_times(tmp_path: Path) -> None:
    rows = [f"E{n},2025-01-0{1 + n % 3} {'00:00' if n < 3 else '10:30'}" for n in range(20)]
    assert remarks(tmp_path, CASES, "No,Reported", *rows) == []


@pytest.mark.parametrize(
    ("february", "said"),
    [
        (["2025-02-01 00:00:00"], ["episodes-2.csv"]),
        (["2025-02-01 00:00:00", "", "2025-02-03"], ["episodes-2.csv"]),
        (["2025-02-01 00:00:00", "2025-02-02 10:00:00"], []),
    ],
)
def test_a_file_of_dates_beside_files_of_times_is_said(february: list[str], said: list[str], tmp_path: Path) -> None:
    header = "No,Reported\n"
    files: dict[str, str | bytes] = {
        "episodes-1.csv": header + "J1,2025-01-01 10:00:00\nJ2,2025-01-02 11:00:00\n",
        "episodes-2.csv": header + "".join(f"F{at},{one}\n" for at, one in enumerate(february)),
    }
    found = [one for one in read(tmp_path, CASES, files).reading.remarks if "exactly 00:00" in one.text]
    assert [one.file for one in found] == said
