"""Rows of CSV files that lack cells or have too many, quotation marks that stand alone, and how lines are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import Read, read
from wardline.errors import ExportError
from wardline.record_systems import RejectReason
from wardline.record_systems.rows.rejects import RemarkKind

EACH_ROW_A_CASE = """
record system: sys
tables:
  - files: "*.csv"
    each row is: a case
    case type: missing episode
    case id: Ref
    opened at: Reported
"""
WIDE = EACH_ROW_A_CASE + "    attributes: {sent: Sent, found: Found}\n"
HEADER = "Ref,Reported,Sent,Found\n"
WITH_NOTE = EACH_ROW_A_CASE + "    attributes: {note: Note}\n"
SHORT = "sys, e.csv: Rows that lack cells at their end, which were read as empty: {}."
LONG = "sys, e.csv: Rows with empty cells after the last column of the header, which were ignored: {}."
SOME_LONG = (
    "sys, e.csv: Rows with more empty cells after the last column of the header than other rows have, which were "
    "ignored: {}. If a text in such a row contains a separator, what follows it is in the wrong column. Look at these "
    "rows."
)
SPLIT = (
    "sys, e.csv: Rows with a cell that begins with a space, like the rest of a text that a separator has split, in a "
    "file whose rows lack cells at their end: {}. If so, what follows it is in the wrong column. Look at these rows."
)
SWALLOWED = (
    "sys, e.csv: Rows with a cell that seems to contain further rows, as stray quotation marks can cause: {}. "
    "Look at these rows of the file."
)


def read_wide(tmp_path: Path, text: str) -> Read:
    return read(tmp_path, WIDE, {"e.csv": text})


def uneven(found: Read) -> list[str]:
    """The remarks, but for those on dates without a time of day."""
    return [remark for remark in found.remarks() if "without a time of day" not in remark]


def ids(found: Read) -> list[object]:
    return [case_id for (case_id,) in found.rows("cases", "case_id")]


# UNEVEN ROWS


def test_a_row_without_its_last_cells_is_read_with_them_empty_and_counted(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "E1,2025-03-03,a,b\nE2,2025-03-04\nE3,2025-03-05,c\n")
    assert found.rows("cases", "case_id", "sent", "found", "source_row") == [
        ("sys:E1", "a", "b", 2),
        ("sys:E2", None, None, 3),
        ("sys:E3", "c", None, 4),
    ]
    assert uneven(found) == [SHORT.format(2)]


def test_rows_with_an_empty_cell_more_are_read_and_counted(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "E1,2025-03-03,a,b,\nE2,2025-03-04,, , \n")
    assert found.rows("cases", "case_id", "sent", "found") == [("sys:E1", "a", "b"), ("sys:E2", None, None)]
    assert uneven(found) == [LONG.format(2)]


def test_a_header_that_ends_with_a_separator_needs_none_in_the_rows(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER.replace("\n", ",\n") + "E1,2025-03-03,a,b\nE2,2025-03-04,,,\n")
    assert ids(found) == ["sys:E1", "sys:E2"]
    assert uneven(found) == []


def test_rows_that_end_a_report_say_nothing_about_how_many_cells_a_row_has(tmp_path: Path) -> None:
    text = "E1,2025-03-03,a,b,\n\nRef,Reported,Sent,Found\n------\nE2,2025-03-04,,,\n,,,,\n(2 rows affected)\n"
    found = read_wide(tmp_path, HEADER + text)
    assert ids(found) == ["sys:E1", "sys:E2"]
    assert uneven(found) == [LONG.format(2)]


def test_a_separator_in_the_text_of_an_open_case_is_told_although_its_row_ends_with_an_empty_cell(
    tmp_path: Path,
) -> None:
    found = read_wide(tmp_path, HEADER + "E1,2025-03-03,a,b\nE2,2025-03-04,upset,left,\nE3,2025-03-05,c,d\n")
    assert ids(found) == ["sys:E1", "sys:E2", "sys:E3"]
    assert uneven(found) == [SOME_LONG.format(1)]
    assert RemarkKind.SOME_LONG_ROWS.may_hide_a_child
    assert not RemarkKind.LONG_ROWS.may_hide_a_child


def test_where_each_row_has_an_empty_cell_more_the_one_with_two_more_is_told(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "E1,2025-03-03,a,b,\nE2,2025-03-04,upset,left,,\nE3,2025-03-05,c,d,\n")
    assert uneven(found) == [LONG.format(2), SOME_LONG.format(1)]


def test_where_another_row_has_text_behind_the_last_column_the_empty_cells_there_are_told(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "1,E1,2025-03-03,a,b\n2,E2,2025-03-04,,\n")
    assert found.rejects()[0] == ("e.csv", 2, None, RejectReason.UNEVEN_ROW.value)
    assert uneven(found) == [SOME_LONG.format(1)]


def test_a_comma_and_a_space_in_a_text_shift_the_cells_after_it_so_the_row_is_rejected(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "E1,2025-03-03,a,b\nE2,2025-03-04,upset, left,\nE3,2025-03-05,c,d\n")
    assert ids(found) == ["sys:E1", "sys:E3"]
    assert found.rejects() == [("e.csv", 3, None, RejectReason.UNEVEN_ROW.value)]
    assert found.count("e.csv").rows_in == 3


@pytest.mark.parametrize(
    "split",
    [
        "E2,2025-03-04,upset, left by bus\n",  # as many cells as the header, since the last one was left out
        "E2,upset, left by bus\n",  # lacks a cell all the same
    ],
)
def test_a_text_that_a_comma_has_split_is_told_where_rows_lack_their_last_cells(split: str, tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + f"E1,2025-03-03,a,b\n{split}E3,2025-03-05,c\n")
    assert ids(found) == ["sys:E1", "sys:E2", "sys:E3"]
    assert SPLIT.format(1) in uneven(found)
    assert RemarkKind.SPLIT_ROWS.may_hide_a_child


@pytest.mark.parametrize(
    "rows",
    [
        "E1,2025-03-03,a, left by bus\nE2,2025-03-04,c,d\n",  # no row lacks a cell
        "E1, 2025-03-03, by bus, left\nE2, 2025-03-04, on foot\n",  # each cell begins with a space
        "E1,2025-03-03,a, H\nE2,2025-03-04, 18:05\n",  # a code or a time, not a text
    ],
)
def test_a_space_alone_does_not_make_it_the_rest_of_a_text(rows: str, tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + rows)
    assert ids(found) == ["sys:E1", "sys:E2"]
    assert not [remark for remark in uneven(found) if remark.startswith(SPLIT[:60])]


def test_a_space_before_every_cell_is_no_sign_of_a_shift(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "E1, 2025-03-03, a, b, \nE2, 2025-03-04, , , \n")
    assert found.rows("cases", "case_id", "sent", "found") == [("sys:E1", "a", "b"), ("sys:E2", None, None)]
    assert uneven(found) == [LONG.format(2)]


def test_a_row_with_a_filled_cell_more_is_rejected(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "E1,2025-03-03,a,b\nE2,2025-03-04,c,d,x\n")
    assert ids(found) == ["sys:E1"]
    assert found.rejects() == [("e.csv", 3, None, RejectReason.UNEVEN_ROW.value)]


def test_a_single_cell_in_a_wide_table_is_no_case(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "E1,2025-03-03,a,b\nThe export of 3 March\n")
    assert ids(found) == ["sys:E1"]
    assert found.rejects() == [("e.csv", 3, None, RejectReason.UNEVEN_ROW.value)]


@pytest.mark.parametrize(
    "line",
    [
        *("(1 row affected)", "End of the export of 3 March", "Total: 1", "OFFICIAL-SENSITIVE", "Page 1 of 3", "1 row"),
        *("Report generated 03/03/2025, 10:00, by PC 1, at, the, station", "Printed by,PC 1", "(1,row,affected)"),
    ],
)
def test_the_end_of_a_report_is_no_uneven_row_of_a_case(line: str, tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + f"E1,2025-03-03,a,b\n{line}\n")
    assert ids(found) == ["sys:E1"]
    assert found.rejects() == [("e.csv", 3, None, RejectReason.TOTAL_ROW.value)]
    assert uneven(found) == []


def test_a_line_of_a_torn_text_is_no_end_of_a_report(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "E1,2025-03-03,went\nprinted by a friend\nand came back,b\n")
    assert [reason for *_, reason in found.rejects()] == [RejectReason.UNEVEN_ROW.value] * 3


def test_a_row_that_a_line_break_has_torn_is_rejected_in_all_its_parts(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + "E1,2025-03-03,went\nout with friends\nand came back,b\nE2,2025-03-04,c\n")
    assert ids(found) == ["sys:E2"]
    assert [row for _, row, _, _ in found.rejects()] == [2, 3, 4]
    assert found.count("e.csv").rows_in == 4


def test_uneven_rows_stay_in_their_order_over_many_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardline.record_systems.exports.csv_rows.BLOCK", 100)
    rows = [f"E{number},2025-03-03{[',a,b', ',a', '', ',a,b,'][number % 4]}\n" for number in range(50)]
    found = read_wide(tmp_path, HEADER + "".join(rows))
    assert found.rows("cases", "case_id", "source_row") == [(f"sys:E{number}", number + 2) for number in range(50)]
    assert uneven(found) == [SHORT.format(25), SOME_LONG.format(12)]


def test_uneven_rows_in_quotation_marks_lose_none_of_their_cells(tmp_path: Path) -> None:
    found = read_wide(tmp_path, HEADER + 'E1,2025-03-03,"a, ""b""\nc"\n"E2","2025-03-04","x" y,"z",\n')
    assert found.rows("cases", "sent", "found") == [('a, "b"\nc', None), ("x y", "z")]


# QUOTATION MARKS


def opened_in(tmp_path: Path, text: str) -> str:
    with pytest.raises(ExportError) as caught:
        read(tmp_path, WITH_NOTE, {"e.csv": text})
    [problem] = caught.value.problems
    return problem.what


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Ref,Reported,Note\nE1,2025-03-01,"Jim" went\nE2,2025-03-02,"open\nE3,2025-03-03,x\nE4,2025-03-04,"too\n', 3),
        ('Ref,Note,Reported\nE1,"open,2025-03-01\nE2,x,2025-03-02\nE3,"too,2025-03-03\n', 2),
        ('Ref,Reported,Note\nE1,2025-03-01,a\nE2,2025-03-02,"open\nE3,2025-03-03,"closed"\n', 3),
        ('Ref,Reported,Note\n"E1","2025-03-01","a\nb"\n"E2","2025-03-02","open\n"E3","2025-03-03","c"\n', 3),
        ('Ref,Reported,Note\rE1,2025-03-01,"open\rE2,2025-03-02,"too\r', 2),
        ('Ref,Reported,Note\nE1,2025-03-01,6"\nE2,2025-03-02,"open', 3),
        ('Ref,Reported,Note\nE1,2025-03-01,a\nE2,2025-03-02,"\nE3,2025-03-03,b\n', 3),
    ],
)
def test_a_mark_that_is_not_closed_properly_is_told_with_its_row(text: str, row: int, tmp_path: Path) -> None:
    said = (
        f"A quotation mark is opened in row {row} and not closed properly, so the rows after it cannot be told apart."
    )
    assert opened_in(tmp_path, text) == said


def test_the_row_of_a_stray_mark_is_counted_from_the_top_of_the_file(tmp_path: Path) -> None:
    mapping = WITH_NOTE.replace('"*.csv"', "{files: '*.csv', header row: 3}")
    text = 'Export of "all\n\nRef,Reported,Note\nE1,2025-03-01,"a\nb"\nE2,2025-03-02,"open\n'
    with pytest.raises(ExportError, match="opened in row 5 and"):
        read(tmp_path, mapping, {"e.csv": text.encode("utf-16")})


def test_text_behind_a_closing_mark_swallows_nothing_and_is_read(tmp_path: Path) -> None:
    text = 'Ref,Reported,Note\nE1,2025-03-01,"Jim" went\nE2,2025-03-02,he said "no"\nE3,2025-03-03,"a\nb" \n'
    found = read(tmp_path, WITH_NOTE, {"e.csv": text})
    assert found.rows("cases", "note") == [("Jim went",), ('he said "no"',), ("a\nb",)]
    assert uneven(found) == []


@pytest.mark.parametrize(
    "text",
    [
        'Ref,Reported,Note\nE1,2025-03-01,"\nE2,2025-03-02,x\nE3,2025-03-03,"\nE14,2025-03-04,y\n',
        'Ref,Note,Reported\nE1,",2025-03-01\nE2,",2025-03-02\nE3,x,2025-03-03\n',
    ],
)
def test_two_marks_that_stand_alone_are_remarked(text: str, tmp_path: Path) -> None:
    assert SWALLOWED.format(1) in read(tmp_path, WITH_NOTE, {"e.csv": text}).remarks()


def test_a_note_with_line_breaks_and_separators_is_not_taken_for_rows(tmp_path: Path) -> None:
    text = 'Ref,Reported,Note\nE1,2025-03-01,"went out, late\nwith A, B, and C\nor so, it is said, at 10"\n'
    assert uneven(read(tmp_path, WITH_NOTE, {"e.csv": text})) == []


# LINES


@pytest.mark.parametrize("sign", ["\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\0"])
@pytest.mark.parametrize("place", ["above", "header", "row"])
def test_only_line_ends_count_as_lines(sign: str, place: str, tmp_path: Path) -> None:
    above, header, row = (sign if place == each else "" for each in ("above", "header", "row"))
    mapping = WITH_NOTE.replace('"*.csv"', "{files: '*.csv', header row: 2}")
    text = f"{above}Export of{above} episodes\nRef,Reported,Note,{header}More\nE1,2025-03-01,a{row}b,c\nE2,2025-03-02\n"
    found = read(tmp_path, mapping, {"e.csv": text})
    assert found.rows("cases", "case_id", "note", "source_row") == [("sys:E1", f"a{row}b", 3), ("sys:E2", None, 4)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_alike_whatever_ends_a_line(end: str, tmp_path: Path) -> None:
    mapping = WIDE.replace('"*.csv"', "{files: '*.csv', header row: 3}")
    text = "Export,\n\nRef,Reported,Sent,Found\nE1,2025-03-01,,\n\nE2,2025-03-02\nE3,soon,,\n".replace("\n", end)
    found = read(tmp_path, mapping, {"e.csv": text})
    assert found.rows("cases", "case_id", "source_row") == [("sys:E1", 4), ("sys:E2", 6), ("sys:E3", 7)]
    assert found.rejects() == [
        ("e.csv", 5, None, RejectReason.EMPTY_ROW.value),
        ("e.csv", 7, "Reported", RejectReason.UNREADABLE_TIME.value),
    ]


MANY_LINES = (
    '"Export, of\nall\nepisodes",,\n\nRef,Reported,Note\nE1,2025-03-01,"a\nb"\nE2,2025-03-02\nE3,2025-03-03,c\n'
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_cell_of_several_lines_above_the_header_is_in_one_row(separator: str, end: str, tmp_path: Path) -> None:
    mapping = WITH_NOTE.replace('"*.csv"', "{files: '*.csv', header row: 3}")
    text = MANY_LINES.replace(",", separator).replace("\n", end)
    found = read(tmp_path, mapping, {"e.csv": text.encode("utf-16")})
    assert found.rows("cases", "case_id", "source_row") == [("sys:E1", 4), ("sys:E2", 5), ("sys:E3", 6)]


def test_the_row_of_a_stray_mark_is_counted_so_too(tmp_path: Path) -> None:
    mapping = WITH_NOTE.replace('"*.csv"', "{files: '*.csv', header row: 3}")
    with pytest.raises(ExportError, match="opened in row 7 and"):
        read(tmp_path, mapping, {"e.csv": MANY_LINES + 'E4,2025-03-03,"c\n'})


@pytest.mark.parametrize(
    "title", ['"Export of', '"Export of\nthe ""new"" system', '"Export" of\nall', 'Export,"of\nall" of it']
)
def test_marks_above_the_header_that_are_not_closed_properly_swallow_no_lines(title: str, tmp_path: Path) -> None:
    mapping = WITH_NOTE.replace('"*.csv"', f"{{files: '*.csv', header row: {title.count(chr(10)) + 2}}}")
    found = read(tmp_path, mapping, {"e.csv": title + '\n"Ref","Reported","Note"\n"E1","2025-03-01","a"\n'})
    assert found.rows("cases", "case_id", "note") == [("sys:E1", "a")]


def test_which_row_was_taken_for_the_header_is_said_where_a_cell_above_goes_over_lines(tmp_path: Path) -> None:
    mapping = WITH_NOTE.replace('"*.csv"', "{files: '*.csv', header row: 4}")
    with pytest.raises(ExportError) as caught:
        read(tmp_path, mapping, {"e.csv": MANY_LINES})
    assert caught.value.problems[0].what == (
        "There is no column `Ref`. Row 4 was taken for the header; a cell above it goes over several lines, which "
        "count as one row."
    )
    with pytest.raises(ExportError, match="There is no header in row 2."):
        read(tmp_path, mapping.replace("4", "2"), {"e.csv": MANY_LINES})


def test_a_large_cell_in_the_first_row_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, WITH_NOTE, {"e.csv": f'Ref,Reported,Note\nE1,2025-03-01,"{"x" * 200_000}"\n'})
    assert ids(found) == ["sys:E1"]


def test_a_separator_that_csv_files_cannot_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="This separator cannot be read."):
        read(tmp_path, WIDE + '    separator: "§"\n', {"e.csv": HEADER.replace(",", "§")})
