"""tables.ods: what a spreadsheet shows, well-formed whatever the cells hold, and the same bytes each time."""

import io
import sys
import zipfile
from xml.etree import ElementTree

import fastexcel
import polars as pl
import pytest

from wardline.dive.pages.spreadsheet import CHARACTERS_SHOWN, ROWS_SHOWN, Sheet, TableSheet, spreadsheet

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def content(written):
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(written)).read("content.xml"))


def shown(cell):
    """The text that a spreadsheet shows: a paragraph is a line, and counted spaces are spaces."""
    lines = []
    for paragraph in cell.findall(f"{TEXT}p"):
        line = paragraph.text or ""
        for mark in paragraph:
            is_tab = mark.tag == f"{TEXT}tab"
            line += ("\t" if is_tab else " " * int(mark.attrib[f"{TEXT}c"])) + (mark.tail or "")
        lines.append(line)
    return "\n".join(lines)


def cells(written, name):
    table = next(one for one in content(written).iter(f"{TABLE}table") if one.attrib[f"{TABLE}name"] == name)
    return [[shown(cell) for cell in row] for row in table.iter(f"{TABLE}table-row")]


def one_cell(value):
    """The element of a cell that has this value."""
    return list(content(spreadsheet([Sheet("F", ("note",), [(value,)])])).iter(f"{TABLE}table-cell"))[1]


def test_the_rows_are_below_the_names_of_the_columns():
    written = spreadsheet([Sheet("Waits", ("case", "minutes"), [("A", 3), ("B", None)])])
    assert cells(written, "Waits") == [["case", "minutes"], ["A", "3"], ["B", ""]]


def test_another_reader_finds_the_same_sheets_types_and_values():
    rows = [("A  1", 3, True), ("=1+1", 2.5, False)]
    book = fastexcel.read_excel(spreadsheet([Sheet("One", ("a", "b", "c"), rows), Sheet("Two & 3", ("n",), [(1,)])]))
    assert book.sheet_names == ["One", "Two & 3"]
    assert book.load_sheet("One").to_polars().rows() == [("A  1", 3.0, True), ("=1+1", 2.5, False)]


def test_a_long_table_is_cut_and_says_so():
    rows = [(index,) for index in range(ROWS_SHOWN + 1)]
    written = spreadsheet([Sheet("F", ("n",), rows, 12_345, "findings.parquet")])
    shown_rows = cells(written, "F")
    assert shown_rows[-1] == ["These are the first 5,000 of 12,345 rows; all of them are in findings.parquet."]
    assert len(shown_rows) == 1 + ROWS_SHOWN + 1


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
    content(spreadsheet([Sheet("".join(every), ("".join(every),), [(f"{one}a{one}",) for one in every])]))


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


def test_headings_are_bold_and_columns_as_wide_as_their_texts_within_bounds():
    written = content(spreadsheet([Sheet("F", ("n", "name", "note"), [(1, "a" * 20, "b" * 100)])]))
    styles = {one.attrib[f"{STYLE}name"]: one for one in written.iter(f"{STYLE}style")}
    used = [one.attrib[f"{TABLE}style-name"] for one in written.iter(f"{TABLE}table-column")]
    assert used == ["Column8", "Column22", "Column48"]
    assert set(styles) == {"Heading", *used}
    heading = next(written.iter(f"{TABLE}table-cell"))
    assert heading.attrib[f"{TABLE}style-name"] == "Heading"


def test_the_same_tables_give_the_same_bytes_and_no_stamp():
    sheets = [Sheet("F", ("n",), [(1.5,), ("a  b",)])]
    assert spreadsheet(sheets) == spreadsheet(sheets)
    members = zipfile.ZipFile(io.BytesIO(spreadsheet(sheets))).infolist()
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
    as_rows = spreadsheet([Sheet("F", ("a", "b"), frame.rows())])
    assert spreadsheet([TableSheet("F", frame, frame.height)]) == as_rows


def test_a_frame_that_holds_the_first_rows_only_says_so():
    written = spreadsheet([TableSheet("F", pl.DataFrame({"n": [1, 2]}), 1_300, "findings.csv")])
    last = "These are the first 2 of 1,300 rows; all of them are in findings.csv."
    assert cells(written, "F") == [["n"], ["1"], ["2"], [last]]
