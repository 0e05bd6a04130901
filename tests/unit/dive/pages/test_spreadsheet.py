"""tables.ods and tables.xlsx: what a spreadsheet shows, well-formed whatever the cells hold, laid out as the Government
Analysis Function asks, and the same bytes each time.
"""

import io
import sys
import zipfile
from xml.etree import ElementTree

import fastexcel
import polars as pl
import pytest

from wardline.dive.pages.excel_workbook import as_office_open
from wardline.dive.pages.open_document_spreadsheet import as_open_document
from wardline.dive.pages.spreadsheet import CHARACTERS_SHOWN, ROWS_SHOWN, Book, Sheet, TableSheet, laid_out

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def book(sheets, mark=None):
    return Book("A dive", [("Force", "Made-up Constabulary")], [("[x]", "Not available.")], sheets, mark)


def spreadsheet(sheets):
    return as_open_document(book(sheets))


def content(written):
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(written)).read("content.xml"))


def shown(cell):
    """The text that a spreadsheet shows: a paragraph is a line, and counted spaces are spaces."""
    lines = []
    for paragraph in cell.findall(f"{TEXT}p"):
        line = paragraph.text or ""
        for mark in paragraph:
            if mark.tag == f"{TEXT}a":
                line += mark.text
                continue
            is_tab = mark.tag == f"{TEXT}tab"
            line += ("\t" if is_tab else " " * int(mark.attrib[f"{TEXT}c"])) + (mark.tail or "")
        lines.append(line)
    return "\n".join(lines)


def rows_of(written, name):
    return [row for row in table_of(written, name).iter(f"{TABLE}table-row")]


def table_of(written, name):
    return next(one for one in content(written).iter(f"{TABLE}table") if one.attrib[f"{TABLE}name"] == name)


def cells(written, name):
    """From the headings of the table on; what is above it is `above`."""
    every = [[shown(cell) for cell in row] for row in rows_of(written, name)]
    return every[len(above(written, name)) :]


def above(written, name):
    """The title and the sentences, each by itself in its row."""
    lines = []
    for row in rows_of(written, name):
        (style,) = {cell.attrib.get(f"{TABLE}style-name") for cell in row if len(row) == 1} or {None}
        if style not in ("Title", "Line"):
            return lines
        lines.append(shown(row[0]))
    return lines


def one_cell(value):
    """The element of a cell that has this value."""
    return rows_of(spreadsheet([Sheet("F", ("note",), [(value,)])]), "F")[-1][0]


def test_the_rows_are_below_the_names_of_the_columns():
    written = spreadsheet([Sheet("Waits", ("case", "minutes"), [("A", 3), ("B", None)])])
    assert cells(written, "Waits") == [["case", "minutes"], ["A", "3"], ["B", ""]]


def test_another_reader_finds_the_same_sheets_types_and_values():
    rows = [("A  1", 3, True), ("=1+1", 2.5, False)]
    made = book([Sheet("One", ("a", "b", "c"), rows), Sheet("Two & 3", ("n",), [(1,)])])
    for written in (as_open_document(made), as_office_open(made)):
        read = fastexcel.read_excel(written)
        assert read.sheet_names == ["Cover", "Contents", "Notes", "One", "Two & 3"]
        found = read.load_sheet("One", header_row=2).to_polars()
        assert found.columns == ["a", "b", "c"]
        assert found.rows() == [("A  1", 3.0, True), ("=1+1", 2.5, False)]


def test_a_long_table_is_cut_and_says_so():
    rows = [(index,) for index in range(ROWS_SHOWN + 1)]
    written = spreadsheet([Sheet("F", ("n",), rows, 12_345, "findings.parquet")])
    assert "These are the first 5,000 of 12,345 rows; all of them are in findings.parquet." in above(written, "F")
    assert len(cells(written, "F")) == 1 + ROWS_SHOWN


@pytest.mark.parametrize("total", [None, 1])
def test_a_table_that_fits_is_not_called_cut(total):
    assert Sheet("F", ("n",), [(1,)], total).cut_sentence() is None


def test_a_table_with_one_row_more_is_called_cut():
    assert Sheet("F", ("n",), [(1,)], 2).cut_sentence() == "These are the first 1 of 2 rows."


def test_a_text_that_looks_like_a_formula_stays_a_text():
    cell = one_cell("=1+1")
    assert cell.attrib == {f"{OFFICE}value-type": "string"}
    assert shown(cell) == "=1+1"


@pytest.mark.parametrize(
    ("text", "as_shown"),
    [
        ("a\x00b\x1f", "a�b�"),
        ("half of \ud83d and \udfff", "half of � and �"),
        ("\ufffe\uffff", "��"),
        ("]]> <b> & &amp; \"'", "]]> <b> & &amp; \"'"),
        ("two  spaces, three   spaces", "two  spaces, three   spaces"),
        (" at both ends ", " at both ends "),
        ("one\ntwo\r\nthree\rfour", "one\ntwo\nthree\nfour"),
        ("a\tb", "a\tb"),
        ("", ""),
        ("\N{MATHEMATICAL SCRIPT CAPITAL C} é \U0010ffff", "\N{MATHEMATICAL SCRIPT CAPITAL C} é \U0010ffff"),
    ],
)
def test_a_text_is_shown_as_it_is_but_for_what_xml_cannot_contain(text, as_shown):
    assert shown(one_cell(text)) == as_shown


def test_a_file_is_well_formed_whatever_character_a_cell_or_a_name_has():
    every = [chr(code) for code in [*range(0x300), *range(0xD7F0, 0xE010), *range(0xFFF0, 0x10010), sys.maxunicode]]
    made = book([Sheet("".join(every), ("".join(every),), [(f"{one}a{one}",) for one in every])])
    content(as_open_document(made))
    with zipfile.ZipFile(io.BytesIO(as_office_open(made))) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))


def test_a_text_longer_than_a_cell_can_have_is_cut_and_says_so():
    assert shown(one_cell("x" * CHARACTERS_SHOWN)) == "x" * CHARACTERS_SHOWN
    cut = shown(one_cell("x" * (CHARACTERS_SHOWN + 1)))
    assert len(cut) == CHARACTERS_SHOWN and cut.endswith("x … (cut)")


@pytest.mark.parametrize(
    ("value", "kind", "as_shown"),
    [
        (True, "boolean", "TRUE"),
        (False, "boolean", "FALSE"),
        (2**53, "float", "9007199254740992"),
        (2**53 + 1, "string", "9007199254740993"),
        (-(2**53) - 1, "string", "-9007199254740993"),
        (10**400, "string", "1" + "0" * 400),
        (float("inf"), "string", "inf"),
        (float("nan"), "string", "nan"),
        (-1.5, "float", "-1.5"),
    ],
)
def test_a_number_that_a_spreadsheet_would_round_or_not_take_is_a_text(value, kind, as_shown):
    cell = one_cell(value)
    assert (cell.attrib[f"{OFFICE}value-type"], shown(cell)) == (kind, as_shown)


def test_an_empty_cell_has_no_type():
    assert one_cell(None).attrib == {}


def test_columns_are_as_wide_as_their_texts_within_bounds():
    written = spreadsheet([Sheet("F", ("n", "name", "note"), [(1, "a" * 20, "b" * 100)])])
    used = [one.attrib[f"{TABLE}style-name"] for one in table_of(written, "F").iter(f"{TABLE}table-column")]
    assert used == ["Column8", "Column22", "Column48"]
    styles = {one.attrib[f"{STYLE}name"] for one in content(written).iter(f"{STYLE}style")}
    assert {"Title", "Heading", "Plain", "Line", *used} <= styles


def test_the_same_tables_give_the_same_bytes_and_no_stamp():
    sheets = [Sheet("F", ("n",), [(1.5,), ("a  b",)])]
    for write in (as_open_document, as_office_open):
        assert write(book(sheets)) == write(book(sheets))
        members = zipfile.ZipFile(io.BytesIO(write(book(sheets)))).infolist()
        assert {(one.date_time, one.create_system) for one in members} == {((1980, 1, 1, 0, 0, 0), 3)}


def test_the_archive_begins_with_its_type_as_the_format_asks():
    written = spreadsheet([Sheet("F", ("n",), [])])
    first, *others = zipfile.ZipFile(io.BytesIO(written)).infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert written[38:].startswith(b"application/vnd.oasis.opendocument.spreadsheet")
    assert [one.filename for one in others] == ["META-INF/manifest.xml", "content.xml"]


# A TABLE OF MANY ROWS

AWKWARD = [
    "plain", "", None, "a & b <c> \"d\" 'e'", "=1+1", " begins", "ends ", "two  spaces", "tab\there", "line\nbreak",
    "\r\n", "\x00", "\x0b", "\ufffe", "\U0001f600", "é", "x" * (CHARACTERS_SHOWN + 5),
]  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [AWKWARD, ["plain"] * 3, [None, None], [1, None, 2**60], [0.5, None, 1e300], [True, None, False], []],
    ids=["awkward", "plain", "nothing", "whole numbers", "numbers", "truths", "no row"],
)
def test_a_frame_gives_the_same_sheet_as_its_rows(values):
    frame = pl.DataFrame({"a": values, "b": ["z"] * len(values)}, schema_overrides={"b": pl.String()})
    if frame["a"].dtype == pl.Null():
        frame = frame.cast({"a": pl.String()})
    for write in (as_open_document, as_office_open):
        as_rows = write(book([Sheet("F", ("a", "b"), frame.rows())]))
        assert write(book([TableSheet("F", frame, frame.height)])) == as_rows


def test_a_frame_that_holds_the_first_rows_only_says_so():
    written = spreadsheet([TableSheet("F", pl.DataFrame({"n": [1, 2]}), 1_300, "findings.csv")])
    assert "These are the first 2 of 1,300 rows; all of them are in findings.csv." in above(written, "F")
    assert cells(written, "F") == [["n"], ["1"], ["2"]]


# AS THE GOVERNMENT ANALYSIS FUNCTION ASKS

WAITS = Sheet("Waits", ("case", "minutes late [note 1]"), [("A", 3), ("B", None)], about="How late each was.")
EMPTY = Sheet("Nothing", ("case",), [])


def parts(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_it_begins_with_a_cover_contents_and_notes():
    written = spreadsheet([WAITS, EMPTY])
    assert [shown(row[0]) for row in rows_of(written, "Cover")] == ["A dive", "Force", "Made-up Constabulary"]
    assert cells(written, "Contents") == [
        ["sheet", "what it has", "rows shown"],
        ["Notes", "What is in brackets.", "1"],
        ["Waits", "How late each was.", "2"],
        ["Nothing", "", "0"],
    ]
    assert cells(written, "Notes") == [["in brackets", "what it means"], ["[x]", "Not available."]]


def test_above_each_table_stand_its_title_and_what_is_to_be_known_of_it():
    assert above(spreadsheet([WAITS]), "Waits") == [
        "Waits",
        "This sheet has one table. How late each was.",
        "Notes are on the sheet “Notes”.",
        "A blank cell means that there is no record of it, or that it does not apply.",
    ]
    assert "There are none: the table has no rows." in above(spreadsheet([EMPTY]), "Nothing")


def test_each_table_is_marked_up_by_a_name_with_its_headings_and_no_blank_row():
    made = book([WAITS, EMPTY])
    ranges = [one.attrib for one in content(as_open_document(made)).iter(f"{TABLE}database-range")]
    assert [
        (one[f"{TABLE}name"], one[f"{TABLE}target-range-address"], one[f"{TABLE}contains-header"]) for one in ranges
    ] == [
        ("Table_Contents", "'Contents'.A3:'Contents'.C6", "true"),
        ("Table_Notes", "'Notes'.A3:'Notes'.B4", "true"),
        ("Table_Waits", "'Waits'.A5:'Waits'.B7", "true"),
    ], "a table without rows cannot be marked up"
    tables = {
        name: ElementTree.fromstring(text)
        for name, text in parts(as_office_open(made)).items()
        if "/table" in name and "rels" not in name
    }
    found = [(one.attrib["name"], one.attrib["ref"]) for one in tables.values()]
    assert found == [("Table_Contents", "A3:C6"), ("Table_Notes", "A3:B4"), ("Table_Waits", "A5:B7")]
    headings = [column.attrib["name"] for column in tables["xl/tables/table3.xml"].iter(f"{MAIN}tableColumn")]
    assert headings == ["case", "minutes late [note 1]"]
    assert not any(list(one.iter(f"{MAIN}autoFilter")) for one in tables.values())


def test_no_cell_is_merged():
    made = book([WAITS])
    assert "number-columns-spanned" not in parts(as_open_document(made))["content.xml"]
    assert not [name for name, text in parts(as_office_open(made)).items() if "mergeCell" in text]


def test_the_contents_have_a_link_to_each_sheet():
    made = book([WAITS, Sheet("It's late", ("n",), [(1,)])])
    links = [
        one.attrib["{http://www.w3.org/1999/xlink}href"] for one in content(as_open_document(made)).iter(f"{TEXT}a")
    ]
    assert links == ["#'Notes'.A1", "#'Waits'.A1", "#'It''s late'.A1"]
    contents = ElementTree.fromstring(parts(as_office_open(made))["xl/worksheets/sheet2.xml"])
    links = {one.attrib["ref"]: one.attrib["location"] for one in contents.iter(f"{MAIN}hyperlink")}
    assert links == {"A4": "'Notes'!A1", "A5": "'Waits'!A1", "A6": "'It''s late'!A1"}


def test_names_of_sheets_are_as_excel_takes_them_and_no_two_alike():
    long = "A standard with a name that is far too long"
    sheets = [Sheet(name, ("n",), [(1,)]) for name in (long, long.upper(), "a/b: [c]?")]
    names = [one.name for one in laid_out(book(sheets, "made up"))]
    assert names[3:] == ["A standard with a nam (made up)", "A STANDARD WITH A N 2 (made up)", "a_b_ _c__ (made up)"]
    assert all(len(name) <= 31 and name.endswith("(made up)") for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert all("made up" in one.title for one in laid_out(book(sheets, "made up")))


@pytest.mark.parametrize(
    ("text", "read"),
    [("_x0041_", "_x0041_"), ("line\nbreak", "line\nbreak"), (" at both ends ", " at both ends "), ("a\x00b", "a�b")],
)
def test_excel_reads_a_text_as_it_is_but_for_what_xml_cannot_contain(text, read):
    for sheet in (Sheet("F", ("n",), [(text,)]), TableSheet("F", pl.DataFrame({"n": [text]}), 1)):
        found = fastexcel.read_excel(as_office_open(book([sheet]))).load_sheet("F", header_row=2).to_polars()
        assert found["n"].to_list() == [read]
