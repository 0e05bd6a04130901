"""Names of columns are on one line, from whatever kind of file they come and however a mapping writes them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import unicodedata
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tests.unit.record_systems.reading_texts import Read, at, read, write
from tests.unit.workbooks.written import write_ods
from wardline.errors import ExportError
from wardline.record_systems import Source, parse_mapping, read_record_systems

AS_AT = at("2025-04-01 00:00")
NAMES = ["No.", "Reported at", "Sent at"]
ROWS = [["E1", "2025-01-01 10:00", "2025-01-01 11:00"]]
BREAKS = ["\n", "\r\n", "\r", "\t", "  ", " \n ", "\u2028", "\u00a0\n"]
MAPPING = """
record system: compact
tables:
  - files: FILES
    each row is: a case
    case type: missing episode
    case id: No.
    opened at: Reported at
    events: {sent: {at: Sent at}}
"""


def broken(sign: str) -> list[str]:
    return [name.replace(" ", sign) for name in NAMES]


def as_csv(*rows: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()


def written(folder: Path, kind: str, header: list[str], rows: list[list[str]]) -> str:
    """Write a table as a file of a kind; the mapping that reads it."""
    file = folder / f"e.{kind}"
    match kind:
        case "csv":
            file.write_bytes(as_csv(header, *rows).encode())
        case "parquet":
            pl.DataFrame(rows, schema=header, orient="row").write_parquet(file)
        case "xlsx":
            with xlsxwriter.Workbook(file, {"strings_to_numbers": False}) as workbook:
                sheet = workbook.add_worksheet()
                for number, cells in enumerate([header, *rows]):
                    sheet.write_row(number, 0, cells)
        case "ods":
            lines = "</text:p><text:p>".join
            cells = [[lines(cell.splitlines()) for cell in row] for row in (header, *rows)]
            of_rows = (
                "".join(
                    f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in r
                )
                for r in cells
            )
            table = "".join(f"<table:table-row>{row}</table:table-row>" for row in of_rows)
            write_ods(file, f'<table:table table:name="S">{table}</table:table>')
        case "database":
            book = folder / "book.db"
            with sqlite3.connect(book) as connection:
                columns = ", ".join(f'"{column}"' for column in header)
                connection.execute(f"CREATE TABLE e ({columns})")
                connection.executemany("INSERT INTO e VALUES (?, ?, ?)", rows)
            connection.close()
            return MAPPING.replace("FILES", f"{{query: SELECT * FROM e, database: 'sqlite:///{book}'}}")
    return MAPPING.replace("FILES", file.name)


@pytest.mark.parametrize("sign", BREAKS)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "parquet", "database"])
def test_a_line_break_in_the_name_of_a_column_is_a_space(kind: str, sign: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "exports", {})
    mapping = written(folder, kind, broken(sign), ROWS)
    reading = read_record_systems([Source(parse_mapping(mapping), folder)], as_at=AS_AT, into=tmp_path / "tables")
    found = Read(reading, tmp_path / "tables")
    assert found.rows("cases", "case_id", "opened_at") == [("compact:E1", at("2025-01-01 10:00"))]
    assert found.rows("events", "event", "happened_at") == [("sent", at("2025-01-01 11:00"))]
    assert found.rejects() == []


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\t", "  "])
def test_a_mapping_may_write_the_name_over_several_lines_wherever_it_names_a_column(sign: str, tmp_path: Path) -> None:
    def name(text: str) -> str:
        return json.dumps(text.replace(" ", sign))

    mapping = f"""
record system: compact
tables:
  - files: e.csv
    each row is: a case
    case type: missing episode
    case id: [{name("Case no")}, {name("Case part")}]
    opened at: {{date: {name("Day of it")}, time: {name("Time of it")}}}
    closed at: {{column: {name("Closed at")}}}
    person: {name("Child no")}
    only where: {{{name("Kind of row")}: [x]}}
    leave out where: {{{name("Of what")}: y}}
    attributes: {{risk: {name("Risk of it")}, place: {{column: {name("The place")}}}}}
    events:
      sent: {{time: {name("Sent at")}, day of: {name("Day of it")}, how: {name("Sent how")}}}
      found: {{at: {name("Found at")}, recorded at: {name("Put in")}, happened if: {{{name("Was found")}: "Y"}}}}
"""
    header = [
        *("Case no", "Case part", "Day of it", "Time of it", "Closed at", "Child no", "Kind of row", "Of what"),
        *("Risk of it", "The place", "Sent at", "Sent how", "Found at", "Put in", "Was found"),
    ]
    row = [
        *("1", "2", "2025-01-01", "10:00", "2025-01-01 13:00", "P1", "x", "z"),
        *("high", "Park", "11:00", "car", "2025-01-01 12:00", "2025-01-01 12:30", "Y"),
    ]
    log = f"""
  - {{files: log.csv, each row is: an event, case id: [{name("Case no")}, {name("Case part")}], at: {name("At it")},
     event: {{column: {name("What it")}, values: {{R: risk_reviewed}}}}}}
  - {{files: notes.csv, each row is: a note, case id: [{name("Case no")}, {name("Case part")}],
     text: {name("The text")}}}
  - {{files: people.csv, each row is: a person, person id: {name("Child no")}, given name: {name("Given name")}}}
"""
    files = {
        "e.csv": as_csv(header, row),
        "log.csv": as_csv(["Case no", "Case part", "At it", "What it"], ["1", "2", "2025-01-01 10:30", "R"]),
        "notes.csv": as_csv(["Case no", "Case part", "The text"], ["1", "2", "calm"]),
        "people.csv": as_csv(["Child no", "Given name"], ["P1", "A"]),
    }
    found = read(tmp_path, mapping + log.removeprefix("\n"), files)
    [case] = found.table("cases").to_dicts()
    assert (case["risk"], case["place"], case["opened_at"]) == ("high", "Park", at("2025-01-01 10:00"))
    assert (case["person_id"], case["closed_at"]) == ("compact:P1", at("2025-01-01 13:00"))
    assert sorted(found.rows("events", "event", "happened_at", "how")) == [
        ("found", at("2025-01-01 12:00"), None),
        ("risk_reviewed", at("2025-01-01 10:30"), None),
        ("sent", at("2025-01-01 11:00"), "car"),
    ]
    assert found.rows("notes", "text") == [("calm",)]
    assert found.rows("people", "given_name") == [("A",)]
    assert found.rejects() == []


def test_a_row_that_repeats_such_a_header_is_rejected(tmp_path: Path) -> None:
    for number, again in enumerate((broken("\n"), NAMES, broken("  "))):
        text = as_csv(broken("\r\n"), *ROWS, again)
        found = read(tmp_path / str(number), MAPPING.replace("FILES", "e.csv"), {"e.csv": text})
        assert found.rows("rejects", "reason") == [("The row repeats the header.",)]


def test_two_columns_that_have_one_name_so_are_not_told_apart(tmp_path: Path) -> None:
    text = as_csv(["No.", "Reported at", "Sent at", "Sent\nat"], ["E1", "2025-01-01 10:00", "", ""])
    with pytest.raises(ExportError) as problem:
        read(tmp_path, MAPPING.replace("FILES", "e.csv"), {"e.csv": text})
    assert "There are 2 columns called `Sent at`" in str(problem.value)


@pytest.mark.parametrize("column", ["Snet at", r'"Snet\nat"'])
def test_messages_show_names_on_one_line(column: str, tmp_path: Path) -> None:
    mapping = MAPPING.replace("FILES", "e.csv").replace("at: Sent at", f"at: {column}")
    with pytest.raises(ExportError) as problem:
        read(tmp_path, mapping, {"e.csv": as_csv(broken("\n"), *ROWS)})
    assert "There is no column `Snet at`. Did you mean `Sent at`?" in str(problem.value)


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx", "ods", "database"])
@pytest.mark.parametrize(("in_file", "in_mapping"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_a_letter_and_its_accent_are_the_same_in_one_sign_or_two(
    in_file: str, in_mapping: str, kind: str, tmp_path: Path
) -> None:
    def spelt(form: str, text: str) -> str:
        return unicodedata.normalize(form, text)  # type: ignore[arg-type]

    header = [spelt(in_file, name) for name in ("R\u00e9f", "Reported at", "D\u00e9but")]
    rows = [[spelt(in_file, "\u00c91"), "2025-01-01 10:00", "2025-01-01 11:00"]]
    if kind == "csv":
        rows += [header, [spelt(in_mapping, "\u00c91"), "2025-01-01 10:00", "2025-01-01 11:00"]]
    folder = write(tmp_path / "exports", {})
    mapping = written(folder, kind, header, rows).replace("No.", "R\u00e9f").replace("Sent at", "D\u00e9but")
    source = Source(parse_mapping(spelt(in_mapping, mapping)), folder)
    found = Read(read_record_systems([source], as_at=AS_AT, into=tmp_path / "tables"), tmp_path / "tables")
    assert found.rows("cases", "case_id") == [("compact:\u00c91",)]
    assert len(found.rows("events", "event")) == 1
    assert [reason for *_, reason in found.rejects()] == (
        ["The same row is in the exports twice; one is kept.", "The row repeats the header."] if kind == "csv" else []
    )
