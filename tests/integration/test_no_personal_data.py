"""What stands in a cell is never repeated in what is printed, and names stand in one table only."""

from __future__ import annotations

import csv
import shutil
import zipfile
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from tests.docs.causes import CHECK, DIVE, tutorial_dive
from wardline.cli import main
from wardline.dive import run_dive

MARKED = "Zz-a-childs-name"
COLUMNS = ("Reported", "Typed", "Risk", "Sent", "Found")
FIRST_DIVE = ROOT / "examples" / "first-dive"


def mark(folder: Path, column: str, row: int) -> None:
    """Put something that could be a name where a time or a code should be."""
    path = folder / "my-dive" / "exports" / "episodes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row][column] = MARKED
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("column", COLUMNS)
def test_what_stands_in_a_cell_is_printed_nowhere(column, tmp_path, monkeypatch, capfd):
    tutorial_dive(tmp_path)
    for row in (0, 3, 6):
        mark(tmp_path, column, row)
    monkeypatch.chdir(tmp_path)
    for command in (
        CHECK,
        ("coverage", "my-dive/dive.yaml"),
        DIVE,
        ("explain", "episodes:E1", "--dive", "my-dive/march"),
        ("whatif", "my-dive/march", "--limit", "our-own/pace/send=20 minutes"),
    ):
        assert main(command) == 0
    told = capfd.readouterr()
    assert MARKED not in told.out + told.err
    holding = [path.name for path in (tmp_path / "my-dive" / "march").rglob("*") if MARKED in text_in(path)]
    assert holding == []


def test_a_row_that_cannot_be_read_as_a_whole_is_not_repeated(tmp_path, monkeypatch, capfd):
    tutorial_dive(tmp_path)
    with (tmp_path / "my-dive" / "exports" / "episodes.csv").open("a", encoding="utf-8") as file:
        file.write(f'E10,"{MARKED},,\n')
    monkeypatch.chdir(tmp_path)
    main(CHECK)
    main(DIVE)
    told = capfd.readouterr()
    assert MARKED not in told.out + told.err


def test_names_and_dates_of_birth_stand_in_the_table_of_people_and_nowhere_else(tmp_path):
    shutil.copytree(FIRST_DIVE, tmp_path / "first-dive")
    run_dive(tmp_path / "first-dive" / "dive.yaml", tmp_path / "out")
    with (FIRST_DIVE / "exports" / "missing" / "persons.csv").open(encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    surnames = {person["Surname"] for person in people}
    holding = {
        path.name
        for path in (tmp_path / "out").rglob("*")
        if path.is_file() and any(surname in text_in(path) for surname in surnames)
    }
    assert holding == {"people.parquet"}


def text_in(path: Path) -> str:
    """All the text of a file of the dive folder: of tables cell by cell, of the spreadsheet unpacked."""
    if not path.is_file():
        return ""
    if path.suffix == ".parquet":
        return "\n".join(str(row) for row in pl.read_parquet(path).rows())
    if path.suffix in (".ods", ".xlsx"):
        with zipfile.ZipFile(path) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return path.read_text(encoding="utf-8")
