"""Cells and headers are read as they are seen, from whatever kind of file they come."""

from __future__ import annotations

import sqlite3

import polars as pl
import pytest

from tests.unit.record_systems.reading_texts import CASES_AND_LOG, Read, at, read, write
from tests.unit.workbooks.written import row, write_xlsx
from wardline.record_systems import Source, parse_mapping, read_record_systems

AS_AT = at("2025-04-01 00:00")
EPISODES = [("No", "Reported"), ("E1", "2025-01-01 10:00")]
LOG = [("No", "Action", "Time"), ("E1", "R", "2025-01-01 11:00"), ("E1", "R", "2025-01-01 12:00")]
SIGNS = [chr(number) for number in (0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF)]


def signed(sign: str, rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The same with a sign at the ends of each cell and inside it."""
    return [tuple(f"{sign}{cell[0]}{sign}{cell[1:]}{sign}" for cell in row) for row in rows]


def kinds_of_file(folder, tables: dict[str, list[tuple[str, ...]]], kind: str) -> str:
    """Write the tables as files of a kind; the mapping that reads them."""
    mapping = CASES_AND_LOG.replace("episodes*.csv", "episodes.csv")
    book = folder / "book.db"
    for name, (header, *rows) in tables.items():
        file = folder / f"{name}.{kind}"
        match kind:
            case "csv":
                file.write_text("\n".join(",".join(cells) for cells in (header, *rows)) + "\n", encoding="utf-8")
            case "parquet":
                pl.DataFrame(rows, schema=list(header), orient="row").write_parquet(file)
            case "xlsx":
                write_xlsx(file, {"S": "".join(row(at, *cells) for at, cells in enumerate((header, *rows), start=1))})
            case "database":
                with sqlite3.connect(book) as connection:
                    columns = ", ".join(f'"{column}"' for column in header)
                    connection.execute(f"CREATE TABLE {name} ({columns})")
                    marks = ", ".join("?" for _ in header)
                    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
                connection.close()
        if kind == "database":
            query = f"{{query: SELECT * FROM {name} ORDER BY 1, database: 'sqlite:///{book}'}}"
            mapping = mapping.replace(f'"{name}.csv"', query).replace(f"{name}.csv", query)
        else:
            mapping = mapping.replace(f"{name}.csv", f"{name}.{kind}")
    return mapping


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "database"])
@pytest.mark.parametrize("sign", SIGNS)
def test_what_nobody_sees_makes_no_other_case_event_or_time(tmp_path, kind, sign):
    folder = write(tmp_path / "exports", {})
    mapping = kinds_of_file(folder, {"episodes": signed(sign, EPISODES), "log": LOG[:2] + signed(sign, LOG[2:])}, kind)
    source = Source(parse_mapping(mapping), folder)
    found = Read(read_record_systems([source], as_at=AS_AT, into=tmp_path / "tables"), tmp_path / "tables")
    assert found.rows("cases", "case_id", "opened_at") == [("compact:E1", at("2025-01-01 10:00"))]
    assert found.rows("events", "case_id", "event", "happened_at") == [
        ("compact:E1", "risk_reviewed", at("2025-01-01 11:00")),
        ("compact:E1", "risk_reviewed", at("2025-01-01 12:00")),
    ]
    assert found.rejects() == []


def test_a_space_that_does_not_break_is_a_space(tmp_path):
    rows = "No,Reported\u00a0at\n\u00a0E\u00a01\u00a0,2025-01-01\u202f10:00\nE 1,2025-01-01 10:00\n"
    mapping = CASES_AND_LOG[: CASES_AND_LOG.index("  - files: log.csv")].replace("Reported", "Reported at")
    found = read(tmp_path, mapping, {"episodes.csv": rows})
    assert found.rows("cases", "case_id", "opened_at") == [("compact:E 1", at("2025-01-01 10:00"))]


def test_a_cell_of_such_signs_alone_is_empty(tmp_path):
    found = read(
        tmp_path, CASES_AND_LOG, {"episodes.csv": "No,Reported\n\u200b,\ufeff\n", "log.csv": "No,Action,Time\n"}
    )
    assert found.rows("rejects", "reason") == [("Every cell of the row is empty.",)]


def test_empty_cells_behind_the_last_column_may_hold_such_signs(tmp_path):
    text = "No,Reported\nE1,2025-01-01 10:00,\u200b\n"
    found = read(tmp_path, CASES_AND_LOG, {"episodes.csv": text, "log.csv": "No,Action,Time\n"})
    assert found.rows("cases", "case_id") == [("compact:E1",)]


@pytest.mark.parametrize("sign", SIGNS)
def test_the_mapping_and_the_names_of_files_are_read_so_too(tmp_path, sign):
    mapping = CASES_AND_LOG.replace("case id: No", f'case id: "N{sign}o"').replace("{R: ", f'{{"R{sign}": ')
    mapping = mapping.replace("files: log.csv", f'files: "l{sign}og.csv"')
    files = {"episodes.csv": "No,Reported\nE1,2025-01-01 10:00\n", "log.csv": "No,Action,Time\nE1,R,2025-01-01 11:00\n"}
    assert read(tmp_path, mapping, files).rows("events", "event") == [("risk_reviewed",)]


def test_a_sheet_is_found_by_its_name_as_it_is_seen(tmp_path):
    folder = write(tmp_path / "exports", {})
    rows = "".join(row(number, *cells) for number, cells in enumerate(EPISODES, start=1))
    write_xlsx(folder / "book.xlsx", {"Notes": row(1, "x"), "Jan\u00a02025\u200b": rows})
    files = "{files: book.xlsx, sheet: Jan 2025}"
    mapping = CASES_AND_LOG[: CASES_AND_LOG.index("  - files: log.csv")].replace('"episodes*.csv"', files)
    source = Source(parse_mapping(mapping), folder)
    found = Read(read_record_systems([source], as_at=AS_AT, into=tmp_path / "tables"), tmp_path / "tables")
    assert found.rows("cases", "case_id") == [("compact:E1",)]
