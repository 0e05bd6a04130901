"""The cells of sheets as text: what each holds, and what its number format shows of that."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.unit.workbooks.written import cell, row, write_ods, write_xlsx
from wardline.workbooks import CannotBeRead, WorkbookSheet, header_of, sheets_of, with_merged


def texts(sheet: WorkbookSheet) -> list[tuple[object, ...]]:
    return sheet.read(None).rows.rows()


def only_cell(path: Path) -> object:
    [sheet] = sheets_of(path)
    [(_, text)] = texts(sheet)
    return text


# XLSX


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (cell("A1", "45719", style=1), "2025-03-03"),
        (cell("A1", "45719", style=2), "2025-03-03 00:00:00"),
        (cell("A1", "45719.75", style=1), "2025-03-03 18:00:00"),
        (cell("A1", "45719.4236111111", style=3), "2025-03-03 10:10:00"),
        (cell("A1", "0.4236111111", style=3), "10:10"),
        (cell("A1", "1.0868055556", style=3), "02:05"),
        (cell("A1", "1.0868055556", style=4), "26:05"),
        (cell("A1", "45719.75", style=4), "2025-03-03 18:00:00"),
        (cell("A1", "0", style=3), "00:00"),
        (cell("A1", "-3", style=1), "-3"),
        (cell("A1", "1", style=1), "1900-01-01"),
        (cell("A1", "59.75", style=2), "1900-02-28 18:00:00"),
        (cell("A1", "61", style=1), "1900-03-01"),
        (cell("A1", "1E+400"), "1E+400"),
        (cell("A1", "many", style=1), "many"),
        (cell("A1", "1", kind="b"), "TRUE"),
        (cell("A1", "0", kind="b"), "FALSE"),
        (cell("A1", "#N/A", kind="e"), "#N/A"),
        (cell("A1", "#DIV/0!", kind="e", formula="1/0"), "#DIV/0!"),
        (cell("A1", formula="B1"), "#NOT CALCULATED"),
        (cell("A1", "", formula="B1"), "#NOT CALCULATED"),
        (cell("A1", "3", formula="B1"), "3"),
        (cell("A1", "found", kind="str", formula="B1"), "found"),
        (cell("A1", "0.30000000000000004"), "0.3"),
        (cell("A1", "2.02503000123E11"), "202503000123"),
        (cell("A1", "1.2345678901234568E+19"), "12345678901234600000"),
        (cell("A1", "-1234567890123456789012345"), "-1234567890123456789012345"),
        (cell("A1", "1234567890123456789"), "1234567890123456789"),
        (cell("A1", "2025-03-03T18:00:00", kind="d"), "2025-03-03 18:00:00"),
        (cell("A1", "2025-03-03T00:00:00", kind="d"), "2025-03-03"),
        (cell("A1", "10:10:00", kind="d"), "10:10:00"),
        (cell("A1", "1890-05-01T00:00:00", kind="d", style=2), "1890-05-01 00:00:00"),
        (cell("A1", "a_x000D_b", kind="inlineStr"), "a\rb"),
    ],
)
def test_a_cell_is_what_it_holds_as_far_as_a_person_sees_it(written: str, seen: str, tmp_path: Path) -> None:
    assert only_cell(write_xlsx(tmp_path / "a.xlsx", {"One": f'<row r="1">{written}</row>'})) == seen


@pytest.mark.parametrize("days", ["44257", "44257.4236111111"])
def test_a_workbook_may_count_its_days_from_1904(days: str, tmp_path: Path) -> None:
    rows = f'<row r="1">{cell("A1", days, style=1)}</row>'
    seen = only_cell(write_xlsx(tmp_path / "a.xlsx", {"One": rows}, from_1904=True))
    assert seen == ("2025-03-03" if days.isdigit() else "2025-03-03 10:10:00")


def test_an_empty_text_of_a_formula_is_an_empty_cell(tmp_path: Path) -> None:
    rows = row(1, "x", cell("B1", "", kind="str", formula="A1"))
    assert only_cell(write_xlsx(tmp_path / "a.xlsx", {"One": rows})) == "x"


def test_shared_texts_are_read_without_how_they_are_pronounced(tmp_path: Path) -> None:
    shared = ["<si><t>plain</t></si>", "<si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>aside</t></rPh></si>"]
    rows = f'<row r="1">{cell("A1", "0", kind="s")}{cell("B1", "1", kind="s")}</row>'
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}, texts=shared))
    assert texts(sheet) == [(1, "plain", "rich")]


def test_cells_without_a_reference_stand_beside_each_other(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}))
    assert texts(sheet) == [(1, "1", "2"), (2, "3", None)]


def test_stray_spaces_at_the_ends_of_a_sheet_take_no_room(tmp_path: Path) -> None:
    rows = row(1, "No") + row(2, "E1") + row(4, cell("XFD4", " ", kind="inlineStr")) + row(1048576, " ")
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}))
    assert texts(sheet) == [(1, "No"), (2, "E1")]


def test_a_stray_cell_far_right_is_a_column_and_nothing_between_is(tmp_path: Path) -> None:
    rows = row(1, "No") + row(2, "E1", cell("XFD2", "x", kind="inlineStr"))
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}))
    cells = sheet.read(None)
    assert header_of(cells, 1) == ("No", "column 2")
    assert cells.rows.rows() == [(1, "No", None), (2, "E1", "x")]


def test_empty_rows_between_are_kept_and_sheets_are_hidden_or_not(tmp_path: Path) -> None:
    book = write_xlsx(
        tmp_path / "a.xlsx", {"Old": row(1, "x"), "New": row(2, "y") + row(4, "z"), "None": ""}, hidden=["Old"]
    )
    sheets = sheets_of(book)
    assert [(sheet.name, sheet.is_hidden, sheet.is_filled) for sheet in sheets] == [
        ("Old", True, True),
        ("New", False, True),
        ("None", False, False),
    ]
    assert texts(sheets[1]) == [(2, "y"), (3, None), (4, "z")]


def test_cells_merged_over_several_rows_are_read_in_each(tmp_path: Path) -> None:
    rows = row(1, "No", "Reported") + row(2, "E1", "noon", "a") + row(3, "E2") + row(4, "E3")
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}, merged=["B2:B3", "C2:C4"]))
    cells = sheet.read(None)
    filled, counts = with_merged(cells.rows.filter(cells.rows["row"] > 1), cells, 1)
    assert filled.rows() == [(2, "E1", "noon", "a"), (3, "E2", "noon", "a"), (4, "E3", None, "a")]
    assert counts == {"2": 1, "3": 2}


def test_cells_that_only_repeat_others_are_counted_before_they_are_laid_out(tmp_path: Path) -> None:
    wide = '<table:table-cell table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell>'
    high = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    once = "<table:table-cell><text:p>x</text:p></table:table-cell>"
    for rows in (high.format(1000, wide), high.format(1, wide) * 700, high.format(10_000_002, once)):
        [sheet] = sheets_of(write_ods(tmp_path / "a.ods", f'<table:table table:name="One">{rows}</table:table>'))
        with pytest.raises(CannotBeRead, match="more than 10,000,000 cells that only repeat"):
            sheet.read(None)


def test_merged_cells_are_counted_before_they_are_laid_out(tmp_path: Path) -> None:
    names = [chr(ord("A") + at) for at in range(12)]
    rows = row(1, *names) + row(2, *names) + row(1_000_000, "last")
    merged = [f"{name}2:{name}1000000" for name in names]
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}, merged=merged[:2]))
    cells = sheet.read(None)
    filled, counts = with_merged(cells.rows.filter(cells.rows["row"] > 1), cells, 1)
    assert counts == {"1": 999_998, "2": 999_998} and filled["2"].unique().to_list() == ["B"]
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}, merged=merged))
    cells = sheet.read(None)
    with pytest.raises(CannotBeRead, match="more than 10,000,000 cells that only repeat"):
        with_merged(cells.rows.filter(cells.rows["row"] > 1), cells, 1)


def test_columns_of_one_name_have_what_stands_above_them_before_it(tmp_path: Path) -> None:
    rows = row(1, "No", "Reported", cell("D1", "Sent", kind="inlineStr"))
    rows += row(
        2,
        cell("B2", "Date", kind="inlineStr"),
        *(cell(f"{at}2", text, kind="inlineStr") for at, text in (("C", "Time"), ("D", "Date"), ("E", "Time"))),
    )
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}, merged=["A1:A2", "B1:C1", "D1:E1"]))
    cells = sheet.read(None)
    assert header_of(cells, 2) == ("No", "Reported Date", "Reported Time", "Sent Date", "Sent Time")
    assert header_of(cells, 1) == ("No", "Reported", "column 3", "Sent", "column 5")


# OPENDOCUMENT

STYLES = (
    '<number:date-style style:name="N1"><number:day/></number:date-style>'
    '<number:date-style style:name="N2"><number:day/><number:hours/></number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="moment" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def ods_cell(kind: str, value: str, shown: str = "", further: str = "") -> str:
    name = {"float": "value"}.get(kind, f"{kind}-value")
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}" {further}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def ods_sheet(*rows: str, name: str = "One", style: str = "") -> str:
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">'
        + "".join(f"<table:table-row>{each}</table:table-row>" for each in rows)
        + "</table:table>"
    )


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (ods_cell("time", "PT10H10M00S"), "10:10"),
        (ods_cell("time", "PT26H05M"), "26:05"),
        (ods_cell("time", "PT00H05M30.5S"), "00:05:30.500"),
        (ods_cell("time", "PT1097274H10M00S"), "2025-03-03 18:10:00"),
        (ods_cell("date", "2025-03-03"), "2025-03-03"),
        (ods_cell("date", "1890-05-01"), "1890-05-01"),
        (ods_cell("date", "2025-03-03T18:00:00"), "2025-03-03 18:00:00"),
        (ods_cell("date", "2025-03-03T00:00:00"), "2025-03-03 00:00:00"),
        (ods_cell("date", "2025-03-03", further='table:style-name="moment"'), "2025-03-03 00:00:00"),
        (ods_cell("date", "2025-03-03T00:00:00", further='table:style-name="day"'), "2025-03-03"),
        (ods_cell("boolean", "true", "WAHR"), "TRUE"),
        (ods_cell("float", "12.5", "12,5"), "12.5"),
        (ods_cell("float", "1234567890123456789012345", "1,23E+24"), "1234567890123456789012345"),
        (ods_cell("float", "0", "#DIV/0!", 'table:formula="of:=1/0"'), "#DIV/0!"),
        (ods_cell("string", "", "Err:502", 'table:formula="x" calcext:value-type="error"'), "#VALUE!"),
        ('<table:table-cell table:formula="of:=A1"/>', "#NOT CALCULATED"),
        ('<table:table-cell><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>', "a  b\nc"),
        (
            "<table:table-cell><office:annotation><text:p>no</text:p></office:annotation><text:p>x</text:p></table:table-cell>",
            "x",
        ),
    ],
)
def test_a_cell_of_an_opendocument_sheet_is_what_it_holds(written: str, seen: str, tmp_path: Path) -> None:
    assert only_cell(write_ods(tmp_path / "a.ods", ods_sheet(written), STYLES)) == seen


@pytest.mark.parametrize(
    "drawing",
    [
        "<draw:custom-shape><text:p>no</text:p></draw:custom-shape>",
        "<draw:rect><text:p>no</text:p></draw:rect>",
        "<draw:line><text:p>no</text:p></draw:line>",
        "<draw:caption><text:p>no</text:p></draw:caption>",
        "<draw:g><svg:title>no</svg:title><draw:ellipse><text:p>no</text:p></draw:ellipse></draw:g>",
        "<draw:frame><draw:image><text:p/></draw:image></draw:frame>",
        "<draw:frame><draw:text-box><text:p>no</text:p></draw:text-box></draw:frame>",
        f"<draw:frame><draw:object>{ods_sheet(ods_cell('string', 'no', 'no'))}</draw:object></draw:frame>",
    ],
)
def test_a_drawing_on_a_sheet_adds_nothing_to_its_cells(drawing: str, tmp_path: Path) -> None:
    before = f"<table:table-cell>{drawing}<text:p>a</text:p></table:table-cell>"
    inside = f"<table:table-cell><text:p>b{drawing}c</text:p></table:table-cell>"
    behind = (
        f'<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p>{drawing}</table:table-cell>'
    )
    alone = f"<table:table-cell>{drawing}</table:table-cell>"
    last = ods_cell("string", "d", "d")
    over_the_sheet = f"<table:shapes>{drawing}</table:shapes>"
    rows = ods_sheet(before + inside + behind + alone + last, last).replace(
        "<table:table-row>", f"{over_the_sheet}<table:table-row>", 1
    )
    [sheet] = sheets_of(write_ods(tmp_path / "a.ods", rows))
    cells = sheet.read(None).rows
    assert cells.rows() == [(1, "a", "bc", "5", "d"), (2, "d", None, None, None)]
    assert cells.columns[1:] == ["1", "2", "3", "5"]


def test_repeated_rows_and_cells_stand_as_often_as_is_said(tmp_path: Path) -> None:
    repeated = '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>'
    rows = (
        f'<table:table table:name="One"><table:table-row table:number-rows-repeated="2">{repeated}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16000"/></table:table-row></table:table>'
    )
    [sheet] = sheets_of(write_ods(tmp_path / "a.ods", rows))
    assert texts(sheet) == [(1, "x", "x"), (2, "x", "x")]


def test_an_opendocument_sheet_may_be_hidden_and_have_merged_cells(tmp_path: Path) -> None:
    spanned = '<table:table-cell table:number-rows-spanned="2"><text:p>x</text:p></table:table-cell>'
    covered = "<table:covered-table-cell><text:p>not seen</text:p></table:covered-table-cell>"
    last = "<table:table-cell><text:p>y</text:p></table:table-cell>"
    hidden, seen = sheets_of(
        write_ods(
            tmp_path / "a.ods", ods_sheet(last, name="Old", style="hid") + ods_sheet(spanned, covered + last), STYLES
        )
    )
    assert (hidden.is_hidden, seen.is_hidden) == (True, False)
    cells = seen.read(None)
    assert cells.merged == ((1, 2, 1, 1),)
    assert cells.rows.rows() == [(1, "x", None), (2, None, "y")]


# WHAT CANNOT BE READ


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": row(1, "&b;")}, before_sheet=laughs))
    with pytest.raises(CannotBeRead, match="a document type of its own"):
        sheet.read(None)


def test_a_workbook_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w", ZIP_DEFLATED, compresslevel=1) as book, book.open("xl/a.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(1 << 20))
    with pytest.raises(CannotBeRead, match=r"would unpack to 0.3 GB from"):
        sheets_of(tmp_path / "a.xlsx")


def test_one_element_without_an_end_is_refused(tmp_path: Path) -> None:
    rows = f'<row r="1"><c r="A1" x="{"y" * (17 << 20)}"/></row>'
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}))
    with pytest.raises(CannotBeRead, match="one element of more than 16 MB"):
        sheet.read(None)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        row(2, "x") + row(1, "y"),
        row(2000000, "x"),
        '<row r="1"><c r="A1">',
    ],
)
def test_a_damaged_sheet_is_refused(rows: str, tmp_path: Path) -> None:
    [sheet] = sheets_of(write_xlsx(tmp_path / "a.xlsx", {"One": rows}))
    with pytest.raises(CannotBeRead):
        sheet.read(None)


@pytest.mark.parametrize("encoding", ["bogus", "utf-7", "utf-16", "ascii\x00", "big5", ""])
@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "content.xml"])
def test_a_part_in_an_encoding_that_nobody_knows_is_refused(encoding: str, part: str, tmp_path: Path) -> None:
    whole = tmp_path / "whole.xlsx"
    write_ods(whole, "") if part == "content.xml" else write_xlsx(whole, {"One": row(1, "x")})
    with ZipFile(whole) as book, ZipFile(tmp_path / "a.xlsx", "w") as written:
        for name in book.namelist():
            content = book.read(name)
            if name == part:
                assert not content.startswith(b"<?xml")
                content = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + content
            written.writestr(name, content)
    with pytest.raises(CannotBeRead):
        for sheet in sheets_of(tmp_path / "a.xlsx"):
            sheet.read(None)
