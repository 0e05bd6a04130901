"""Tables in the sheets of workbooks: which sheet and row are read, and what is said of those that do not fit."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from tests.unit.record_systems.reading_texts import CASES, Read, at, read
from tests.unit.workbooks.written import row, write_xlsx
from wardline.errors import ExportError
from wardline.record_systems import Source, parse_mapping, read_record_systems

BOOK = """
record system: compact
tables:
  - files: {files: book.xlsx, sheet: Episodes, header row: 3}
    each row is: a case
    case type: missing episode
    case id: No
    opened at: Reported
    attributes: {age: Age, born: Born, late: Late}
    events: {found: {date: Day, time: Clock}}
    time format: "%d/%m/%Y %H:%M"
"""


def book(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(folder / "book.xlsx") as workbook:
        workbook.add_worksheet("Cover").write(0, 0, "Nothing here")
        sheet = workbook.add_worksheet("Episodes")
        formats = {
            kind: workbook.add_format({"num_format": shown})
            for kind, shown in ((datetime, "dd/mm/yyyy hh:mm"), (date, "dd/mm/yyyy"), (time, "hh:mm"))
        }
        sheet.write(0, 0, "Episodes of the quarter")
        rows = [
            ("No", "Reported", "Age", "Born", "Late", "Day", "Clock"),
            (101, datetime(2025, 1, 1, 10, 30), 14, date(2010, 2, 14), True, date(2025, 1, 2), time(9, 30)),
            (102, "02/01/2025 11:00", 14.5, date(2011, 3, 1), False, "03/01/2025", time(0, 15)),
            (),
            (103, datetime(2025, 1, 3, 0, 0), None, None, None, date(2025, 1, 4), None),
            ("  ",),
        ]
        for row, cells in enumerate(rows, start=2):
            for column, cell in enumerate(cells):
                if type(cell) in formats:
                    sheet.write_datetime(row, column, cell, formats[type(cell)])
                elif cell is not None:
                    sheet.write(row, column, cell)
    return folder


def read_book(tmp_path: Path, mapping: str = BOOK) -> Read:
    reading = read_record_systems(
        [Source(parse_mapping(mapping), book(tmp_path / "exports"))], as_at=at("2025-04-01"), into=tmp_path / "tables"
    )
    return Read(reading, tmp_path / "tables")


def test_a_workbooks_cells_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    found = read_book(tmp_path)
    assert found.rows("cases", "case_id", "opened_at", "age", "born", "late", "source_row") == [
        ("compact:101", at("2025-01-01 10:30"), "14", "2010-02-14", "TRUE", 4),
        ("compact:102", at("2025-01-02 11:00"), "14.5", "2011-03-01", "FALSE", 5),
        ("compact:103", at("2025-01-03 00:00"), None, None, None, 7),
    ]
    assert found.rows("events", "happened_at", "happened_by") == [
        (at("2025-01-02 09:30"), None),
        (at("2025-01-03 00:15"), None),
        (at("2025-01-04 00:00"), at("2025-01-04 23:59:59.999999")),
    ]
    assert [reject[1:3] for reject in found.rejects()] == [(6, None)]


def test_without_a_header_row_the_first_filled_row_is_the_header(tmp_path: Path) -> None:
    mapping = BOOK.replace(", header row: 3", "").replace("case id: No", "case id: Episodes of the quarter")
    with pytest.raises(ExportError, match="no column `Reported`"):
        read_book(tmp_path, mapping)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("sheet: Episodes", "sheet: Episode"), "There is no sheet `Episode`. Did you mean `Episodes`?"),
        (("header row: 3", "header row: 2"), "There is no header in row 2."),
        (("header row: 3", "header row: 99"), "There is no header in row 99."),
        (("case id: No", "case id: Noo"), "There is no column `Noo`. Did you mean `No`?"),
    ],
)
def test_a_workbook_that_does_not_fit_is_told_so(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read_book(tmp_path, BOOK.replace(*change))
    assert said in str(caught.value)


MONTHS = CASES.replace('"episodes*.csv"', "{files: months.xlsx, sheet: SHEET}")


@pytest.mark.parametrize(
    ("sheet", "read_from"),
    [
        ("all", {"E1": "months.xlsx, sheet Jan", "E2": "months.xlsx, sheet Feb"}),
        ('"J*"', {"E1": "months.xlsx, sheet Jan"}),
        ("Feb", {"E2": "months.xlsx"}),
        ("Old", {"E0": "months.xlsx"}),
        ("", {"E1": "months.xlsx"}),
    ],
)
def test_a_table_may_be_of_several_sheets_and_hidden_ones_only_by_name(
    sheet: str, read_from: dict[str, str], tmp_path: Path
) -> None:
    rows = {
        name: row(1, "No", "Reported") + row(2, number, "2025-01-01 10:00")
        for name, number in (("Old", "E0"), ("Jan", "E1"), ("Feb", "E2"))
    }
    months = write_xlsx(tmp_path / "months.xlsx", rows | {"Empty": ""}, hidden=["Old"]).read_bytes()
    mapping = MONTHS.replace("SHEET", sheet) if sheet else MONTHS.replace(", sheet: SHEET", "")
    found = read(tmp_path, mapping, {"months.xlsx": months})
    kept = found.rows("cases", "case_id", "source_file")
    assert kept == [(f"compact:{number}", file) for number, file in read_from.items()]


def test_without_a_name_the_first_sheet_that_holds_something_is_read(tmp_path: Path) -> None:
    rows = row(1, "No", "Reported") + row(2, "E1", "2025-01-01 10:00")
    book = write_xlsx(tmp_path / "months.xlsx", {"Cover": "", "Jan": rows}).read_bytes()
    found = read(tmp_path, MONTHS.replace(", sheet: SHEET", ""), {"months.xlsx": book})
    assert found.rows("cases", "case_id") == [("compact:E1",)]


@pytest.mark.parametrize(("sheet", "is_told"), [("Jan", False), ("Torn", True), ("all", True)])
def test_a_damaged_sheet_is_named_where_a_table_reads_it(sheet: str, is_told: bool, tmp_path: Path) -> None:
    rows = row(1, "No", "Reported") + row(2, "E1", "2025-01-01 10:00")
    book = write_xlsx(tmp_path / "months.xlsx", {"Jan": rows, "Torn": rows + "<row"}).read_bytes()
    mapping = MONTHS.replace("SHEET", sheet)
    if not is_told:
        found = read(tmp_path, mapping, {"months.xlsx": book})
        assert found.remarks() == ["compact, months.xlsx: Sheets that no table reads, Torn: 1."]
        return
    with pytest.raises(ExportError) as caught:
        read(tmp_path, mapping, {"months.xlsx": book})
    assert "compact: months.xlsx, sheet Torn" in str(caught.value)


TWO_ROWS = (
    row(1, "", "Reported", "", "Sent") + row(2, "No", "Date", "Time", "Date", "Time") + row(3, "E1", "2025-01-01")
)


@pytest.mark.parametrize("is_told", [True, False])
def test_columns_of_one_name_under_two_headings_are_told_apart_by_both(is_told: bool, tmp_path: Path) -> None:
    mapping = CASES.replace('"episodes*.csv"', "{files: two.xlsx, header row: 2}")
    mapping = mapping.replace("opened at: Reported", "opened at: Date" if is_told else "opened at: Reported Date")
    book = write_xlsx(tmp_path / "two.xlsx", {"One": TWO_ROWS}, merged=["B1:C1", "D1:E1"]).read_bytes()
    if not is_told:
        assert read(tmp_path, mapping, {"two.xlsx": book}).rows("cases", "opened_at") == [(at("2025-01-01"),)]
        return
    with pytest.raises(ExportError) as caught:
        read(tmp_path, mapping, {"two.xlsx": book})
    assert "There are 2 columns called `Date`" in str(caught.value)
    assert "`Reported Date` or `Sent Date`" in str(caught.value)


def test_a_pattern_that_no_sheet_fits_is_told_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read_book(tmp_path, BOOK.replace("sheet: Episodes", 'sheet: "Ep?"'))
    assert "There is no sheet `Ep?`." in str(caught.value)
    assert "Its sheets are: Cover, Episodes." in str(caught.value)


def test_a_sheet_without_a_column_is_named_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read_book(tmp_path, BOOK.replace("sheet: Episodes, header row: 3", "sheet: all"))
    assert "compact: book.xlsx, sheet Cover" in str(caught.value)
