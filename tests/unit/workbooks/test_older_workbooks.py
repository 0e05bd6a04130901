"""What fastexcel tells of a sheet, which is all that is known of an XLS or XLSB workbook. It reads XLSX alike."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import fastexcel
import pytest

from tests.unit.workbooks.written import cell, row, write_xlsx
from tests.unit.workbooks.written_older import write_xls, write_xlsb
from wardline.errors import is_panic
from wardline.silence import silence
from wardline.workbooks import sheets_of
from wardline.workbooks.older_workbooks import older_sheets
from wardline.workbooks.workbook_parts import CannotBeRead


def test_errors_boxes_and_times_of_day_are_as_seen(tmp_path: Path) -> None:
    cells = [
        cell("A2", "#N/A", kind="e"),
        cell("B2", "#DIV/0!", kind="e"),
        cell("C2", "1", kind="b"),
        cell("D2", "0.75", style=3),
        cell("E2", "45719.75", style=2),
        cell("F2", "12"),
    ]
    book = write_xlsx(
        tmp_path / "a.xlsx", {"Old": row(1, "x"), "New": row(1, *"abcdef") + row(2, *cells)}, hidden=["Old"]
    )
    old, new = older_sheets(book)
    assert (old.is_hidden, new.is_hidden, new.is_filled) == (True, False, True)
    assert new.read(None).rows.rows() == [
        (1, *"abcdef"),
        (2, "#N/A", "#DIV/0!", "TRUE", "18:00", "2025-03-03 18:00:00", "12"),
    ]


def test_a_workbook_is_read_whatever_the_bytes_of_its_name(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", {"One": row(1, "No")})
    try:
        book = book.rename(tmp_path / os.fsdecode(b"a\xff.xls"))
    except OSError:
        pytest.skip("this disk keeps no such names")
    [sheet] = older_sheets(book)
    assert sheet.read(None).rows.rows() == [(1, "No")]


def test_only_filled_rows_and_columns_are_kept_and_numbered_as_seen(tmp_path: Path) -> None:
    rows = row(2, "No", cell("C2", "Found", kind="inlineStr")) + row(4, "E1") + row(6, " ")
    [sheet] = older_sheets(write_xlsx(tmp_path / "a.xlsx", {"One": rows}))
    cells = sheet.read(None).rows
    assert [(number, *texts) for number, *texts in cells.rows() if any((text or "").strip() for text in texts)] == [
        (2, "No", "Found"),
        (4, "E1", None),
    ]
    assert sheet.read(1).rows.rows() == [(2, "No", "Found")]


def test_what_is_no_workbook_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("No;Reported\nE1;now\n", encoding="utf-8")
    with pytest.raises(CannotBeRead, match="not a workbook that can be read"):
        older_sheets(tmp_path / "a.xls")


def record(kind: int, *numbers: int) -> bytes:
    """A record of an XLSB sheet whose bytes are numbers of four bytes each."""
    data = b"".join(number.to_bytes(4, "little") for number in numbers)
    start = bytes([kind]) if kind < 0x80 else bytes([kind & 0xFF, kind >> 8])
    return start + bytes([len(data)]) + data


@pytest.mark.parametrize(("kind", "is_refused"), [(7, True), (1, False)])
def test_cells_far_apart_are_refused_before_room_is_made_for_all_between(
    kind: int, is_refused: bool, tmp_path: Path
) -> None:
    """Of kind 1 are blank cells, which take no room."""
    records = (
        record(0x81 | 0x01 << 8) + record(0, 0, 1) + record(7, 0, 0, 0) + record(0, 1048575) + record(kind, 16383, 0)
    )
    with ZipFile(tmp_path / "a.xlsb", "w") as book:
        book.writestr("xl/workbook.bin", b"")
        book.writestr("xl/worksheets/sheet1.bin", records)
    with pytest.raises(CannotBeRead) as caught:
        older_sheets(tmp_path / "a.xlsb")
    assert ("row 1,048,576 and column 16,384" in caught.value.what) == is_refused


@pytest.mark.parametrize(("at", "byte"), [(64, b"\0"), (2562, b"\0"), (2582, b"\0"), (2584, b"\xff"), (2587, b"\x7f")])
def test_a_damaged_workbook_at_which_the_library_breaks_is_refused_and_nothing_else_is_said(
    at: int, byte: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = write_xls(tmp_path / "a.xls", {"One": ({(0, 0): "No", (1, 0): "E1"}, [])})
    whole = book.read_bytes()
    book.write_bytes(whole[:at] + byte + whole[at + 1 :])
    with pytest.raises(BaseException) as raised, silence():
        fastexcel.read_excel(book)
    assert is_panic(raised.value)
    with pytest.raises(CannotBeRead, match="This workbook is damaged"):
        sheets_of(book)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("at", [44, 64, 72])
def test_tables_that_are_said_to_be_larger_than_the_file_are_damage(at: int, tmp_path: Path) -> None:
    book = write_xls(tmp_path / "a.xls", {"One": ({(0, 0): "No", (1, 0): "E1"}, [])})
    whole = book.read_bytes()
    book.write_bytes(whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :])
    with pytest.raises(CannotBeRead, match="This workbook is damaged"):
        sheets_of(book)
    book.write_bytes(whole[:at])
    with pytest.raises(CannotBeRead):
        sheets_of(book)


def test_a_cell_beyond_the_last_column_of_an_xls_sheet_is_damage(tmp_path: Path) -> None:
    book = write_xls(tmp_path / "a.xls", {"One": ({(0, 0): "No", (1, 48_000): "x"}, [])})
    with pytest.raises(CannotBeRead, match="not in any column"):
        sheets_of(book)


def test_a_stray_cell_far_right_in_an_older_sheet_is_a_column_and_nothing_between_is(tmp_path: Path) -> None:
    for write, name, last in ((write_xls, "a.xls", 255), (write_xlsb, "a.xlsb", 16_383)):
        [sheet] = sheets_of(write(tmp_path / name, {"One": ({(0, 0): "No", (1, 0): "E1", (1, last): "x"}, [])}))
        assert sheet.read(None).rows.rows() == [(1, "No", None), (2, "E1", "x")]


def test_two_stray_cells_of_an_xls_sheet_are_refused_before_room_is_made_for_all_between(tmp_path: Path) -> None:
    book = write_xls(tmp_path / "a.xls", {"One": ({(0, 0): "No", (60_000, 0): "x", (0, 40_000): "y"}, [])})
    with pytest.raises(CannotBeRead, match="cells as far apart as row 60,001 and column 40,001"):
        sheets_of(book)
