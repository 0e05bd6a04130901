"""tables.ods: what a spreadsheet shows, and the same bytes each time."""

import zipfile

from odf.opendocument import load
from odf.table import Table, TableRow

from wardline.dive.pages.spreadsheet import ROWS_SHOWN, Sheet, spreadsheet


def cells(path, name):
    table = next(t for t in load(str(path)).spreadsheet.getElementsByType(Table) if t.getAttribute("name") == name)
    return [[str(cell) for cell in row.childNodes] for row in table.getElementsByType(TableRow)]


def test_the_rows_stand_below_the_names_of_the_columns(tmp_path):
    (tmp_path / "t.ods").write_bytes(spreadsheet([Sheet("Waits", ("case", "minutes"), [("A", 3), ("B", None)])]))
    assert cells(tmp_path / "t.ods", "Waits") == [["case", "minutes"], ["A", "3"], ["B", ""]]


def test_a_long_table_is_cut_and_says_so(tmp_path):
    rows = [(index,) for index in range(ROWS_SHOWN)]
    (tmp_path / "t.ods").write_bytes(spreadsheet([Sheet("F", ("n",), rows, 12_345, "findings.parquet")]))
    assert cells(tmp_path / "t.ods", "F")[-1] == [
        "These are the first 5,000 of 12,345 rows; all of them are in findings.parquet."
    ]


def test_a_table_that_fits_is_not_called_cut():
    assert Sheet("F", ("n",), [(1,)], 1).cut_sentence() is None


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path):
    (tmp_path / "t.ods").write_bytes(spreadsheet([Sheet("F", ("note",), [("=1+1",)])]))
    content = zipfile.ZipFile(tmp_path / "t.ods").read("content.xml").decode()
    assert "table:formula" not in content and 'office:value-type="string"' in content


def test_a_control_character_does_not_spoil_the_file(tmp_path):
    (tmp_path / "t.ods").write_bytes(spreadsheet([Sheet("F", ("note",), [("a\x00b",)])]))
    assert cells(tmp_path / "t.ods", "F")[1] == ["a b"]


def test_the_same_tables_give_the_same_bytes_and_no_stamp(tmp_path):
    for name in ("one.ods", "two.ods"):
        (tmp_path / name).write_bytes(spreadsheet([Sheet("F", ("n",), [(1.5,)])]))
    assert (tmp_path / "one.ods").read_bytes() == (tmp_path / "two.ods").read_bytes()
    assert {member.date_time for member in zipfile.ZipFile(tmp_path / "one.ods").infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_archive_begins_with_its_type_as_the_format_asks(tmp_path):
    (tmp_path / "t.ods").write_bytes(spreadsheet([Sheet("F", ("n",), [])]))
    first = zipfile.ZipFile(tmp_path / "t.ods").infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
