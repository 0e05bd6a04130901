"""Cells that are merged in XLS and XLSB sheets: found in the records, numbered as the table is, or told as damage."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.workbooks.written_older import Cells, Ranges, compound_file, write_xls, write_xlsb
from wardline.workbooks import header_of, sheets_of, with_merged
from wardline.workbooks.compound_files import stream_of
from wardline.workbooks.records_of_older_workbooks import merged_in
from wardline.workbooks.workbook_parts import CannotBeRead

Write = Callable[[Path, dict[str, tuple[Cells, Ranges]]], Path]
KINDS = [(write_xls, "a.xls"), (write_xlsb, "a.xlsb")]
of_each_kind = pytest.mark.parametrize(("write", "name"), KINDS)


def table(rows: list[list[str]], left: int = 0, top: int = 0) -> Cells:
    """Cells of rows of text; an empty text is no cell."""
    return {(top + at, left + of): text for at, row in enumerate(rows) for of, text in enumerate(row) if text}


CASES = [["Ref", "Reported"], ["E1", "18:00"], ["E2", ""], ["E3", "19:00"], ["E4", ""]]


@of_each_kind
@pytest.mark.parametrize("left", [0, 2])
def test_the_text_of_a_merged_cell_stands_in_each_row(write: Write, name: str, left: int, tmp_path: Path) -> None:
    merged = [(1, 2, left + 1, left + 1), (3, 4, left + 1, left + 1)]
    [sheet] = sheets_of(write(tmp_path / name, {"One": (table(CASES, left), merged)}))
    cells = sheet.read(None)
    assert cells.merged == ((2, 3, 2, 2), (4, 5, 2, 2))
    rows, filled = with_merged(cells.rows[1:], cells, 1)
    assert rows["2"].to_list() == ["18:00", "18:00", "19:00", "19:00"] and filled == {"2": 2}


@of_each_kind
def test_each_sheet_has_its_own_and_a_look_at_its_beginning_needs_none(write: Write, name: str, tmp_path: Path) -> None:
    sheets = {"Plain": (table(CASES), []), "\u017bal": (table(CASES), [(1, 2, 1, 1)]), "Third": (table(CASES), [])}
    plain, merged, third = sheets_of(write(tmp_path / name, sheets))
    assert [sheet.read(None).merged for sheet in (plain, merged, third)] == [(), ((2, 3, 2, 2),), ()]
    assert merged.name == "\u017bal" and merged.read(3).merged == ()


@of_each_kind
def test_a_heading_over_several_columns_stands_over_each(write: Write, name: str, tmp_path: Path) -> None:
    rows = [["", "Child", "", "Worker", ""], ["Ref", "Seen", "Told", "Seen", "Told"], ["E1", "a", "b", "c", "d"]]
    [sheet] = sheets_of(write(tmp_path / name, {"One": (table(rows), [(0, 0, 1, 2), (0, 0, 3, 4)])}))
    assert header_of(sheet.read(None), 2) == ("Ref", "Child Seen", "Child Told", "Worker Seen", "Worker Told")


def test_what_is_merged_in_a_chart_is_not_of_the_sheet(tmp_path: Path) -> None:
    book = write_xls(tmp_path / "a.xls", {"One": (table(CASES), [(1, 2, 1, 1)])}, charts=True)
    assert merged_in(book, "One") == ((2, 3, 2, 2),)


def test_a_link_from_the_top_of_the_workbook_leads_to_the_sheet(tmp_path: Path) -> None:
    book = write_xlsb(tmp_path / "a.xlsb", {"One": (table(CASES), [(1, 2, 1, 1)])}, folder="/xl/worksheets/")
    assert merged_in(book, "One") == ((2, 3, 2, 2),)


def test_a_workbook_from_before_cells_could_be_merged_has_none(tmp_path: Path) -> None:
    book = tmp_path / "a.xls"
    book.write_bytes(compound_file("Book", bytes(5000)))
    assert merged_in(book, "One") == ()
    book.write_bytes(compound_file("Workbook", struct.pack("<HHHH", 0x809, 4, 0x500, 5) + bytes(5000)))
    assert merged_in(book, "One") == ()
    book.write_bytes(struct.pack("<HHHH", 0x409, 4, 0, 0x10))
    assert merged_in(book, "One") == ()


# THE DISK IN THE FILE


@pytest.mark.parametrize("length", [1, 64, 100, 4095, 4096, 5000, 300_000])
@pytest.mark.parametrize("by_list", [False, True])
def test_a_stream_is_read_to_its_end_however_long(length: int, by_list: bool) -> None:
    stream = bytes(at % 251 for at in range(length))
    data = compound_file("Workbook", stream, by_list=by_list)
    assert stream_of(data, "WORKBOOK") == stream
    assert stream_of(data, "Book") is None


def test_a_damaged_disk_is_told_and_never_read_for_ever() -> None:
    data = compound_file("Workbook", bytes(5000))
    table_of_sectors, first = 512, 4
    in_a_circle = bytearray(data)
    struct.pack_into("<I", in_a_circle, table_of_sectors + 4 * (first + 2), first)
    sectors_beyond = bytearray(data)
    struct.pack_into("<I", sectors_beyond, table_of_sectors + 4 * first, 90_000)
    lists_in_a_circle = bytearray(compound_file("Workbook", bytes(5000), by_list=True))
    struct.pack_into("<I", lists_in_a_circle, 512 * 5 - 4, 3)
    huge_sectors = bytearray(data)
    struct.pack_into("<H", huge_sectors, 30, 40)
    for damaged in (in_a_circle, sectors_beyond, lists_in_a_circle, huge_sectors, data[:600], data[:40]):
        with pytest.raises(CannotBeRead, match="damaged"):
            stream_of(bytes(damaged), "Workbook")


@pytest.mark.parametrize("spoiled", range(0, 3000, 37))
def test_whatever_byte_is_spoiled_a_workbook_is_read_or_refused(spoiled: int, tmp_path: Path) -> None:
    book = write_xls(tmp_path / "a.xls", {"One": (table(CASES), [(1, 2, 1, 1)])})
    data = bytearray(book.read_bytes())
    data[spoiled] ^= 0xFF
    book.write_bytes(data)
    try:
        found = merged_in(book, "One")
    except CannotBeRead as problem:
        assert "damaged" in problem.what
    else:
        assert all(min(each) > 0 for each in found)
