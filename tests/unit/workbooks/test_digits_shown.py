"""A whole number is read as it is shown where its format makes the number of a case of it, and else as what it is."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest

from tests.unit.workbooks import written
from tests.unit.workbooks.written import cell, row, write_ods, write_xlsx
from wardline.workbooks import sheets_of
from wardline.workbooks.digits_shown import digits_shown_by

SHOWN = {
    ("000000", "123"): "000123",
    ("000000", "1234567"): "1234567",
    ("000000", "0"): "000000",
    ("000000;-000000", "123"): "000123",
    ("[Red]0000_)", "123"): "0123",
    ("[$-809]0000", "123"): "0123",
    ("?000", "12"): "012",
    ('"MP"0000', "123"): "MP0123",
    (r"\M\P0000", "123"): "MP0123",
    ('"MP/"0', "123"): "MP/123",
    ('"MP"General', "123"): "MP123",
    ('"Case "#', "123"): "Case 123",
    ("00-0000", "123456"): "12-3456",
    ("00-0000", "123"): "00-0123",
    ("00-0000", "1234567"): "123-4567",
    ("000 000 0000", "4857773456"): "485 777 3456",
    ('00":"00', "805"): "08:05",
    ('0000"/25"', "123"): "0123/25",
    ('0"-M"', "123"): "123-M",
    ('"E"00"-"00', "1234"): "E12-34",
}
AS_IT_IS = [
    *("General", "0", "#", "#,##0", "0.00", "000.0", "0%", "00%", "0E+00", "# ?/?", "@", "£0", '"£"#,##0', "[$£-809]0"),
    *("0_)", "(0)", '0 "years"', '0" km"', "[<1000]000;0", "[$EUR]0000", "+0", "", ";;;"),
]


@pytest.mark.parametrize(("code", "number"), SHOWN)
def test_a_number_is_shown_as_a_spreadsheet_program_shows_it(code, number):
    assert digits_shown_by(code).text_of(number) == SHOWN[code, number]


@pytest.mark.parametrize("code", AS_IT_IS)
def test_amounts_counts_and_plain_numbers_are_what_they_are(code):
    assert digits_shown_by(code) is None


@pytest.mark.parametrize("number", ["-5", "1.5", "about 5", "", "1e21"])
def test_what_is_not_whole_or_below_nought_is_what_it_is(number):
    assert digits_shown_by("000000").text_of(number) == number


def cells_of(path):
    [sheet] = sheets_of(path)
    return [text for _, *texts in sheet.read(None).rows.rows() for text in texts]


def test_the_cells_of_an_xlsx_sheet_are_read_so(tmp_path, monkeypatch):
    codes = ["General", "000000", '"MP"0000', "00-0000", "#,##0", "dd/mm/yyyy"]
    monkeypatch.setattr(written, "FORMATS", [quoteattr(code)[1:-1].replace('"', "&quot;") for code in codes])
    cells = [cell(f"{letter}1", "123", style=at) for at, letter in enumerate("ABCDE")]
    cells += [cell("F1", "45719", style=5), cell("G1", "7.5", style=1), cell("H1", "12", style=1, formula="6+6")]
    cells += [cell("I1", "12", kind="str", style=1), cell("J1", "1.2E2", style=1), cell("K1", "9", style=99)]
    assert cells_of(write_xlsx(tmp_path / "a.xlsx", {"One": row(1, *cells)})) == [
        *("123", "000123", "MP0123", "00-0123", "123", "2025-03-03", "7.5", "000012", "12", "000120", "9")
    ]


def number_style(name, digits, before="", behind="", further=""):
    texts = [f"<number:text>{text}</number:text>" if text else "" for text in (before, behind)]
    return (
        f'<number:number-style style:name="{name}">{texts[0]}{digits}{texts[1]}{further}</number:number-style>'
        f'<style:style style:name="c{name}" style:family="table-cell" style:data-style-name="{name}"/>'
    )


def digits_of(fewest, further="", inside=""):
    return f'<number:number number:min-integer-digits="{fewest}" {further}>{inside}</number:number>'


ODS_STYLES = {
    "A": number_style("A", digits_of(6)),
    "B": number_style("B", digits_of(4), before="MP"),
    "C": number_style("C", digits_of(6, "", '<number:embedded-text number:position="4">-</number:embedded-text>')),
    "D": number_style("D", digits_of(4), behind="/25"),
    "E": number_style("E", digits_of(1)),
    "F": number_style("F", digits_of(4, 'number:grouping="true"')),
    "G": number_style("G", digits_of(4, 'number:decimal-places="2"')),
    "H": number_style("H", digits_of(1), behind=" years"),
    "P0": number_style("P0", digits_of(5)),
    "I": number_style(
        "I", digits_of(5), "-", "", '<style:map style:condition="value()&gt;=0" style:apply-style-name="P0"/>'
    ),
    "J": number_style(
        "J", digits_of(5), "", "", '<style:map style:condition="value()&lt;1000" style:apply-style-name="P0"/>'
    ),
}
ODS_SHOWN = {
    "A": "000123",
    "B": "MP0123",
    "C": "00-0123",
    "D": "0123/25",
    "E": "123",
    "F": "123",
    "G": "123",
    "H": "123",
    "I": "00123",
    "J": "123",
}


@pytest.mark.parametrize("style", ODS_SHOWN)
def test_the_cells_of_an_opendocument_sheet_are_read_so(style, tmp_path):
    one = '<table:table-cell office:value-type="float" office:value="{}" table:style-name="c{}"/>'
    in_column = '<table:table-cell office:value-type="float" office:value="123"/>'
    rows = f"<table:table-row>{in_column}{one.format('123', style)}{one.format('-7', style)}</table:table-row>"
    columns = f'<table:table-column table:default-cell-style-name="c{style}"/>'
    book = write_ods(
        tmp_path / "a.ods", f'<table:table table:name="One">{columns}{rows}</table:table>', "".join(ODS_STYLES.values())
    )
    assert cells_of(book) == [ODS_SHOWN[style], ODS_SHOWN[style], "-7"]


def test_the_styles_of_dates_stay_as_they_are_beside_those_of_numbers(tmp_path):
    styles = ODS_STYLES["A"] + '<number:date-style style:name="N"><number:text>x</number:text></number:date-style>'
    cells = '<table:table-cell office:value-type="date" office:date-value="2025-03-03" table:style-name="cA"/>'
    book = write_ods(
        tmp_path / "a.ods",
        f'<table:table table:name="One"><table:table-row>{cells}</table:table-row></table:table>',
        styles,
    )
    assert cells_of(book) == ["2025-03-03"]
