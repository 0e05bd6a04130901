"""Workbooks with one byte damaged, at every place that says what is in them: each is read or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.workbooks.written import row, write_ods, write_xlsx
from wardline.workbooks import CannotBeRead, sheets_of


@pytest.mark.parametrize("damage", [b"\x00", b"\xff", b"\x80", b"\x01"])
@pytest.mark.parametrize("write", [write_xlsx, write_ods], ids=["xlsx", "ods"])
def test_a_workbook_with_one_damaged_byte_is_read_or_refused(write, damage: bytes, tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.xlsx", {"One": row(1, "x")} if write is write_xlsx else {"One": ""}).read_bytes()
    contents = whole.rindex(b"PK\x05\x06")
    # All of the archive's table of contents, and the head of each part.
    places = [*range(whole.index(b"PK\x01\x02"), len(whole)), *range(40)]
    refused = 0
    for at in places:
        path = tmp_path / "a.xlsx"
        path.write_bytes(whole[:at] + damage + whole[at + 1 :])
        try:
            for sheet in sheets_of(path):
                sheet.read(None)
        except CannotBeRead:
            refused += 1
    assert contents > 0 and 0 < refused < len(places)
