"""Cells that stray quotation marks of their own row have swallowed, and honest texts that only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import Read, read
from wardline.record_systems import RejectReason
from wardline.record_systems.rows.rejects import RemarkKind

MAPPING = """
record system: sys
tables:
  - files: "*.csv"
    each row is: a case
    case type: missing episode
    case id: Ref
    opened at: Reported
    attributes: {note: Note, more: More}
    events: {sent: Sent, found: Found}
"""
HEADER = "Ref,Reported,Note,Sent,Found,More\n"
WHOLE = "E2,2025-03-03 18:00,x,2025-03-03 18:10,2025-03-03 20:00,y\n"
DOUBT = (
    "sys, e.csv: Rows that lack cells at their end, and have a text in quotation marks that may contain them, as stray "
    "quotation marks can cause: {}. Look at these rows of the file."
)
SWALLOWED = (2, None, RejectReason.SWALLOWED_CELLS.value)


def read_csv(tmp_path: Path, rows: str, header: str = HEADER) -> Read:
    return read(tmp_path, MAPPING, {"e.csv": header + rows})


def rejected(found: Read) -> list[tuple[object, ...]]:
    return [reject[1:] for reject in found.rejects()]


@pytest.mark.parametrize(
    "row",
    [
        'E1,2025-03-03 18:00,"went out,2025-03-03 18:10,2025-03-03 20:00,"came back\n',
        'E1,2025-03-03 18:00,"went out,2025-03-03 18:10,2025-03-03 20:00,came back"\n',
        'E1,2025-03-03 18:00,"went out,2025-03-03 18:10,2025-03-03 20:00,"\n',
        'E1,2025-03-03 18:00,"went out,,2025-03-03 20:00,"\n',
        'E1,2025-03-03 18:00,"went out, late,2025-03-03 18:10,2025-03-03 20:00,came back"\n',
        'E1,2025-03-03 18:00,"went out,n/k,2025-03-03 20:00,came back"\n',
        '"E1,2025-03-03 18:00",went out,2025-03-03 18:10,2025-03-03 20:00\n',
        'E1,2025-03-03 18:00,"out,H,"back\n',
    ],
)
@pytest.mark.parametrize("at_the_end", [False, True])
def test_a_row_whose_cells_stray_marks_have_swallowed_is_rejected(row: str, at_the_end: bool, tmp_path: Path) -> None:
    found = read_csv(tmp_path, WHOLE + row if at_the_end else row + WHOLE)
    assert rejected(found) == [(3 if at_the_end else 2, *SWALLOWED[1:])]
    assert found.rows("cases", "case_id") == [("sys:E2",)]
    assert found.remarks() == []  # it was not read, so it is not counted among those that lack cells
    assert found.count("e.csv").rows_in == 2
    assert RejectReason.SWALLOWED_CELLS.may_hide_a_child


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_that_is_so_whatever_the_separator(separator: str, tmp_path: Path) -> None:
    row = 'E1,2025-03-03 18:00,"went out,2025-03-03 18:10,2025-03-03 20:00,came back"\n'
    found = read_csv(tmp_path, (row + WHOLE).replace(",", separator), HEADER.replace(",", separator))
    assert rejected(found) == [SWALLOWED]


def test_an_opening_that_was_swallowed_is_told(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        'E1,"a,2025-03-03 18:00,,,"b\nE2,"a,2025-03-03 18:00,,,b"\nE3,c,2025-03-03 18:00,,,d\n',
        "Ref,Note,Reported,Sent,Found,More\n",
    )
    assert [row for row, *_ in rejected(found)] == [2, 3]


def test_the_reason_does_not_depend_on_the_block_in_which_a_row_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardline.record_systems.exports.csv_rows.BLOCK", 200)
    row = 'E{},2025-03-03 18:00,"went out,2025-03-03 18:10,2025-03-03 20:00,came back"\n'
    whole = [WHOLE.replace("E2", f"E{number}") for number in range(20)]
    found = read_csv(tmp_path, "".join([*whole[:10], row.format("A1"), *whole[10:], row.format("A2")]))
    assert [row for row, *_ in rejected(found)] == [12, 23]


@pytest.mark.parametrize(
    "row",
    [
        'E1,2025-03-03 18:00,"went out,H,CH"\n',  # no time among them, but all could be cells
        'E1,2025-03-03 18:00,"went out,,,came back"\n',
        'E1,2025-03-03 18:00,"went out,n/k,gone,came back"\n',
        'E1,2025-03-03 18:00,"seen,by mum,2025-03-03 18:10,and,2025-03-03 20:00"\n',  # times, not in their columns
    ],
)
def test_where_nobody_can_tell_the_row_is_read_and_doubted(row: str, tmp_path: Path) -> None:
    found = read_csv(tmp_path, row + WHOLE)
    assert len(found.rows("cases", "case_id")) == 2
    assert DOUBT.format(1) in found.remarks()
    assert RemarkKind.QUOTED_SHORT_ROWS.may_hide_a_child


@pytest.mark.parametrize(
    "row",
    [
        'E1,2025-03-03 18:00,"went out, late, with A, B, and C"\n',
        'E1,2025-03-03 18:00,"went out, 2025-03-03 18:10, 2025-03-03 20:00, and came back"\n',
        'E1,2025-03-03 18:00,"has 12,500 in cash"\n',
        'E1,2025-03-03 18:00,"at 12 High St,14 and 16"\n',  # 14 and 16 is no time
        'E1,2025-03-03 18:00,"""no"", she said",2025-03-03 18:10\n',
        'E1,2025-03-03 18:00,"went\nout, late"\n',
        'E1,2025-03-03 18:00,"Jim, aged 9" went out\n',
        'E1,2025-03-03 18:00,"Jim" went out\n',
    ],
)
def test_a_quoted_text_in_a_row_that_only_lacks_its_empty_last_cells_is_read(row: str, tmp_path: Path) -> None:
    found = read_csv(tmp_path, row + WHOLE)
    assert found.rejects() == []
    assert found.remarks() == ["sys, e.csv: Rows that lack cells at their end, which were read as empty: 1."]


def test_a_column_of_such_texts_is_no_sign(tmp_path: Path) -> None:
    named = WHOLE.replace(",x,", ',"SMITH,JOHN",')
    found = read_csv(tmp_path, 'E1,2025-03-03 18:00,"SMITH,ADA"\n' + named)
    assert found.rejects() == []
    assert len(found.remarks()) == 1


def test_where_every_row_lacks_its_last_cells_texts_with_separators_are_no_sign(tmp_path: Path) -> None:
    rows = [f'E{number},2025-03-03 18:00,"SMITH,A"\n' for number in range(10)]
    found = read_csv(tmp_path, "".join(rows))
    assert found.rejects() == []
    assert found.remarks() == ["sys, e.csv: Rows that lack cells at their end, which were read as empty: 10."]


def test_a_column_that_lists_times_is_read_and_doubted(tmp_path: Path) -> None:
    seen = '"2025-03-03 18:00,2025-03-03 19:00"'
    found = read_csv(tmp_path, f"E1,2025-03-03 18:00,{seen}\n" + WHOLE.replace(",x,", f",{seen},"))
    assert found.rejects() == []
    assert DOUBT.format(1) in found.remarks()


def test_where_all_rows_but_one_end_with_a_separator_more_that_one_is_told(tmp_path: Path) -> None:
    row = 'E1,2025-03-03 18:00,"went out,2025-03-03 18:10",2025-03-03 20:00,back,\n'
    found = read_csv(tmp_path, row + WHOLE.replace("\n", ",\n"))
    assert any("more empty cells after the last column" in remark for remark in found.remarks())


def test_a_row_that_lacks_cells_because_it_holds_the_next_is_told(tmp_path: Path) -> None:
    first = 'E1,2025-03-03 18:00,"went out,2025-03-03 18:10,2025-03-03 20:00,back\n'
    second = 'E2,2025-03-03 18:00,x,2025-03-03 18:10,2025-03-03 20:00,y"\n'
    found = read_csv(tmp_path, first + second + WHOLE.replace("E2", "E3"))
    assert any("seems to contain further rows" in remark for remark in found.remarks())
