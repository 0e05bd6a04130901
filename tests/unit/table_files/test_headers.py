"""A file without a header never has its first record shown."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.unit.record_systems.reading_texts import CASES, read, write
from wardline.cli import main
from wardline.errors import ExportError
from wardline.table_files.headers import holds_a_record, near_column

PEOPLE = "P1001,Grace Reported,12/03/2010,07700 900123\nP1002,Jim Example,01/04/2011,07700 900456\n"


def said_of(tmp_path: Path, text: str) -> str:
    with pytest.raises(ExportError) as caught:
        read(tmp_path, CASES, {"episodes.csv": text})
    return str(caught.value)


def test_a_first_record_is_not_proposed_as_the_name_of_a_column(tmp_path: Path) -> None:
    said = said_of(tmp_path, "N0,Reporter\nE1,2025-01-01\n")
    assert "There is no column `Reported`.\n" in said
    assert "Reporter" not in said and "N0" not in said


def test_a_near_name_is_proposed_where_another_column_shows_that_it_is_a_header(tmp_path: Path) -> None:
    assert "Did you mean `Reportd`?" in said_of(tmp_path, "No,Reportd\nE1,2025-01-01\n")
    assert "Did you mean" not in said_of(tmp_path, "No,Reported 2025\nE1,2025-01-01\n")


@pytest.mark.parametrize("written", ["REPORTED", "reported", "Re-ported", "re ported"])
def test_the_same_name_in_other_letters_is_always_proposed(written: str) -> None:
    assert near_column("Reported", (written, "Jim Example"), ["Reported"]) == f" Did you mean `{written}`?"


def test_no_draft_is_made_of_a_file_without_a_header(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"people.csv": PEOPLE, "one.csv": PEOPLE.splitlines()[0]})
    for file in ("people.csv", "one.csv"):
        assert main(["map", "start", str(tmp_path / file)]) == 4
        told = capsys.readouterr()
        assert "seems to have no row with the names of its columns" in told.err
        for secret in ("Grace", "Example", "P100", "07700", "2010"):
            assert secret not in told.out + told.err


@pytest.mark.parametrize(
    ("header", "cells", "is_a_record"),
    [
        (("Ref", "Address1"), [["E1", "12 High Street"], ["E2", "3 Low Road"]], False),
        (("Ref", "Q1 2024"), [["E1", "5"], ["E2", "6"]], False),
        (("E1", "Smith"), [["E2", "Jones"]], True),
        (("Smith", "03/01/2025 18:00"), [["Jones", "04/01/2025 09:00"], ["Brown", ""]], True),
        (("Smith", "Female"), [["Jones", "Male"]], False),  # nothing tells; such a row has no time and no number
        (("column 1", "Ref"), [["1", "E1"]], False),
    ],
)
def test_a_header_that_is_written_as_the_rows_are_is_a_record(
    header: tuple[str, ...], cells: list[list[str]], is_a_record: bool
) -> None:
    rows = pl.DataFrame(cells, ["0", "1"], orient="row")
    assert holds_a_record(header, rows) is is_a_record
