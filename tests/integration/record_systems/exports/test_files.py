"""Encodings, separators, headers and a Parquet file; and what is said of files that cannot be read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import polars as pl
import pytest

from tests.unit.record_systems.reading_texts import CASES, at, read
from wardline.errors import ExportError, ProblemKind
from wardline.record_systems import Source, parse_mapping, read_record_systems

WITH_HOME = CASES + "    attributes: {home: Home}\n"
TEXT = "No,Reported,Home\nE1,2025-01-01 10:00,Café\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_found_by_looking(encoding: str, tmp_path: Path) -> None:
    found = read(tmp_path, WITH_HOME, {"episodes.csv": TEXT.encode(encoding)})
    assert found.rows("cases", "case_id", "home") == [("compact:E1", "Café")]


def test_the_fallback_to_windows_1252_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, WITH_HOME, {"episodes.csv": TEXT.encode("cp1252")})
    assert found.remarks() == ["compact, episodes.csv: It is not written in UTF-8 and was read as Windows-1252."]


def test_the_fallback_is_said_where_it_may_be_why_a_column_is_not_there(tmp_path: Path) -> None:
    text = "Réf,Reported,Home\nE1,2025-01-01 10:00,Café\n".encode() + b"E2,2025-01-01 10:00,Caf\xe9\n"
    mapping = WITH_HOME.replace("case id: No", "case id: Réf")
    with pytest.raises(ExportError) as caught:
        read(tmp_path, mapping, {"episodes.csv": text})
    [problem] = caught.value.problems
    assert problem.what == (
        "There is no column `Réf`. This file is not written in UTF-8 and was read as Windows-1252, so some letters may "
        "be read as others."
    )
    assert "UTF-8" in problem.remedy
    with pytest.raises(ExportError) as caught:
        read(tmp_path, mapping.replace("Réf", "Nr"), {"episodes.csv": text})
    assert "Windows" not in caught.value.problems[0].what  # all its letters are read alike
    found = read(tmp_path, mapping, {"episodes.csv": TEXT.replace("No", "Réf").encode("cp1252")})
    assert found.rows("cases", "case_id") == [("compact:E1",)]


def test_a_letter_late_in_a_long_file_decides_its_encoding(tmp_path: Path) -> None:
    rows = "".join(f"E{number},2025-01-01 10:00,plain\n" for number in range(20_000))
    found = read(
        tmp_path,
        WITH_HOME,
        {"episodes.csv": ("No,Reported,Home\n" + rows + "X,2025-01-01 10:00,Café\n").encode("cp1252")},
    )
    assert found.rows("cases", "home")[-1] == ("Café",)


def test_an_encoding_that_the_mapping_gives_is_taken(tmp_path: Path) -> None:
    found = read(tmp_path, WITH_HOME + "    encoding: cp850\n", {"episodes.csv": TEXT.encode("cp850")})
    assert found.rows("cases", "home") == [("Café",)]
    assert found.remarks() == []


def test_a_byte_order_mark_does_not_count_where_the_mapping_gives_the_encoding(tmp_path: Path) -> None:
    found = read(tmp_path, CASES + "    encoding: utf-8\n", {"episodes.csv": TEXT.encode("utf-8-sig")})
    assert found.rows("cases", "case_id") == [("compact:E1",)]


def test_a_zero_byte_in_a_cell_does_not_make_a_file_utf_16(tmp_path: Path) -> None:
    found = read(tmp_path, WITH_HOME, {"episodes.csv": b"No,Reported,Home\nE1,2025-01-01,a\x00b\n"})
    assert found.rows("cases", "home") == [("a\x00b",)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_by_looking(separator: str, tmp_path: Path) -> None:
    found = read(tmp_path, WITH_HOME, {"episodes.csv": TEXT.replace(",", separator)})
    assert found.rows("cases", "case_id", "home") == [("compact:E1", "Café")]


def test_the_separator_is_that_under_which_the_columns_are_there(tmp_path: Path) -> None:
    text = "No;Reported;Home;a,b,c,d,e,f\nE1;2025-01-01 10:00;x,y;z\n"
    assert read(tmp_path, WITH_HOME, {"episodes.csv": text}).rows("cases", "home") == [("x,y",)]


def test_a_separator_that_the_mapping_gives_is_taken(tmp_path: Path) -> None:
    found = read(tmp_path, WITH_HOME + '    separator: "~"\n', {"episodes.csv": TEXT.replace(",", "~")})
    assert found.rows("cases", "case_id") == [("compact:E1",)]


def test_quoted_cells_may_hold_separators_line_breaks_and_quotation_marks(tmp_path: Path) -> None:
    text = 'No,Reported,Home\r\nE1,2025-01-01 10:00,"a, ""b""\r\nc"\r\nE2,2025-01-01 10:00,d\r\n'
    found = read(tmp_path, WITH_HOME, {"episodes.csv": text})
    assert found.rows("cases", "home", "source_row") == [('a, "b"\r\nc', 2), ("d", 3)]


def test_a_header_further_down_is_found_where_the_mapping_says(tmp_path: Path) -> None:
    mapping = WITH_HOME.replace('"episodes*.csv"', "{files: 'episodes*.csv', header row: 3}")
    found = read(tmp_path, mapping, {"episodes.csv": "Export of,yesterday\n\n" + TEXT})
    assert found.rows("cases", "case_id", "source_row") == [("compact:E1", 4)]


@pytest.mark.parametrize("ending", ["\n", ""])
def test_a_file_with_a_header_and_no_rows_is_counted(ending: str, tmp_path: Path) -> None:
    found = read(tmp_path, CASES, {"episodes.csv": "No,Reported" + ending})
    assert found.count("episodes.csv").rows_in == 0
    assert found.remarks() == ["compact, episodes.csv: It has a header and no rows."]


def test_files_are_read_by_name_and_may_lie_deeper(tmp_path: Path) -> None:
    mapping = CASES.replace("episodes*", "*/episodes*")
    found = read(
        tmp_path,
        mapping,
        {"b/episodes.csv": "No,Reported\nE1,2025-01-01\n", "a/episodes.csv": "No,Reported\nE2,2025-01-01\n"},
    )
    assert found.rows("cases", "case_id", "source_file") == [
        ("compact:E2", "a/episodes.csv"),
        ("compact:E1", "b/episodes.csv"),
    ]


# THE LINE THAT TELLS A SPREADSHEET PROGRAM THE SEPARATOR


@pytest.mark.parametrize(
    ("line", "separator"),
    [
        ("sep=;", ";"),
        ("sep=,", ","),
        ("sep=\t", "\t"),
        ("sep=\\t", "\t"),
        ("SEP=|", "|"),
        ("Sep=~", "~"),
        ('"sep=;"', ";"),
        ('"sep=,",,', ","),
        ("sep=;;;", ";"),
        ("sep=; ", ";"),
        ("sep=;,,", ","),  # written again by a program that separates with commas
        ("sep=", ";"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_first_line_that_tells_the_separator_is_neither_header_nor_row(
    line: str, separator: str, encoding: str, tmp_path: Path
) -> None:
    text = f"{line}\r\n" + TEXT.replace(",", separator) + f"{separator}2025-01-02{separator}\n"
    found = read(tmp_path, WITH_HOME, {"episodes.csv": text.encode(encoding)})
    assert found.rows("cases", "case_id", "home", "source_row") == [("compact:E1", "Café", 3)]
    assert [(file, row) for file, row, _, _ in found.rejects()] == [("episodes.csv", 4)]
    assert found.count("episodes.csv").rows_in == 2


def test_the_separator_that_a_file_tells_is_taken_where_another_would_make_more_columns(tmp_path: Path) -> None:
    text = "sep=;\nNo;Reported;Home;a,b,c,d,e,f\nE1;2025-01-01 10:00;x,y;z\n"
    assert read(tmp_path, WITH_HOME, {"episodes.csv": text}).rows("cases", "home") == [("x,y",)]
    text = "sep=;\nNo,Reported,Home\nE1,2025-01-01 10:00,x\n"
    with pytest.raises(ExportError, match="This file seems to have one column only"):
        read(tmp_path, WITH_HOME, {"episodes.csv": text})


def test_the_separator_of_the_mapping_goes_before_the_one_that_a_file_tells(tmp_path: Path) -> None:
    found = read(tmp_path, WITH_HOME + '    separator: ","\n', {"episodes.csv": "sep=;\n" + TEXT})
    assert found.rows("cases", "case_id", "home") == [("compact:E1", "Café")]


@pytest.mark.parametrize(("header_row", "above"), [(1, ""), (2, ""), (4, "Export of;yesterday\n\n")])
def test_a_header_row_is_counted_in_the_file_with_the_line_that_tells_the_separator(
    header_row: int, above: str, tmp_path: Path
) -> None:
    mapping = WITH_HOME.replace('"episodes*.csv"', f"{{files: 'episodes*.csv', header row: {header_row}}}")
    found = read(tmp_path, mapping, {"episodes.csv": "sep=;\n" + above + TEXT.replace(",", ";")})
    assert found.rows("cases", "case_id", "source_row") == [("compact:E1", max(header_row, 2) + 1)]


def test_a_stray_quotation_mark_below_a_line_that_tells_the_separator_is_told_by_its_row_of_the_file(
    tmp_path: Path,
) -> None:
    with pytest.raises(ExportError, match="A quotation mark is opened in row 3"):
        read(tmp_path, CASES, {"episodes.csv": 'sep=;\nNo;Reported\nE1;"2025-01-01\nE2;2025-01-01\n'})


def test_a_header_that_begins_like_such_a_line_is_a_header(tmp_path: Path) -> None:
    text = "sep=No,Reported\nE1,2025-01-01\n"
    found = read(tmp_path, CASES.replace("No\n", "sep=No\n"), {"episodes.csv": text})
    assert found.rows("cases", "case_id") == [("compact:E1",)]


# PARQUET


def test_typed_columns_of_a_parquet_file_are_read_as_they_are(tmp_path: Path) -> None:
    mapping = """
record system: compact
tables:
  - files: episodes.parquet
    each row is: a case
    case type: missing episode
    case id: No
    opened at: Reported
    attributes: {age: Age, part: Part, late: Late, text: Text}
    events: {found: {date: Day, time: Clock}, told: Told, day: Day}
    time format: "%Y/%d/%m %H:%M"
    only where: {Age: "14"}
"""
    (tmp_path / "exports-0").mkdir()
    pl.DataFrame(
        {
            "No": [1, 2],
            "Reported": [datetime(2025, 7, 1, 10, 0, 0, 123), None],
            "Age": [14.0, None],
            "Part": [2.5, 1.0],
            "Late": [True, None],
            "Day": [date(2025, 7, 2), None],
            "Clock": [time(9, 30), None],
            "Told": pl.Series([datetime(2025, 10, 26, 0, 30, tzinfo=UTC), None], dtype=pl.Datetime("ns", "UTC")),
            "Text": pl.Series(["x", None], dtype=pl.Categorical()),
            "List": [[1], [2]],
        }
    ).write_parquet(tmp_path / "exports-0" / "episodes.parquet")
    found = read(tmp_path, mapping, {})
    assert found.rows("cases", "case_id", "opened_at", "age", "part", "late", "text", "source_row") == [
        ("compact:1", at("2025-07-01 09:00:00.000123"), "14", "2.5", "true", "x", 1)
    ]
    assert found.rows("events", "event", "happened_at", "happened_by") == [
        ("found", at("2025-07-02 08:30"), None),
        ("told", at("2025-10-26 00:30"), None),
        ("day", at("2025-07-01 23:00"), at("2025-07-02 22:59:59.999999")),
    ]
    assert found.count("episodes.parquet").left_out == 1


# WHAT CANNOT BE READ

PROBLEMS: dict[str, tuple[str, bytes, ProblemKind, str]] = {
    "an empty file": (CASES, b"", ProblemKind.EMPTY_FILE, "This file is empty."),
    "a file of white space": (CASES, b"\xef\xbb\xbf\r\n \r\n", ProblemKind.EMPTY_FILE, "This file is empty."),
    "a file of nothing but its separator": (CASES, b"sep=;\r\n\r\n", ProblemKind.EMPTY_FILE, "This file is empty."),
    "a separator that no keyboard has": (
        CASES,
        "sep=\u00a6\nNo\u00a6Reported\n".encode(),
        ProblemKind.UNREADABLE_FILE,
        "This separator cannot be read.",
    ),
    "a header row that is not there": (
        CASES.replace('"episodes*.csv"', "{files: 'episodes*', header row: 4}"),
        b"No,Reported\n1,2\n",
        ProblemKind.EMPTY_FILE,
        "There is no header in row 4.",
    ),
    "another encoding than the mapping says": (
        CASES + "    encoding: utf-8\n",
        TEXT.encode("cp1252"),
        ProblemKind.WRONG_ENCODING,
        "This file is not written in utf-8, as the mapping says.",
    ),
    "an encoding that is not found": (
        CASES,
        b"No,Reported\nE1,caf\x81\xe9\n",
        ProblemKind.WRONG_ENCODING,
        "This file is not written in UTF-8, UTF-16 or Windows-1252.",
    ),
    "a header of one column": (
        CASES,
        b"No~Reported\nE1~2025-01-01\n",
        ProblemKind.MISSING_COLUMN,
        "This file seems to have one column only, and the mapping needs 2.",
    ),
    "another separator than the mapping says": (
        CASES + "    separator: ';'\n",
        b"No,Reported\nE1,2025-01-01\n",
        ProblemKind.MISSING_COLUMN,
        "This file seems to have one column only, and the mapping needs 2.",
    ),
    "a workbook with the ending of a CSV file": (
        CASES,
        b"PK\x03\x04\x14\0\x06\0",
        ProblemKind.UNREADABLE_FILE,
        "This is a workbook, not a CSV file.",
    ),
    "a PDF with the ending of a CSV file": (
        CASES,
        b"%PDF-1.7\n1 0 obj\n",
        ProblemKind.UNREADABLE_FILE,
        "This is a PDF, not a CSV file.",
    ),
    "a picture with the ending of a CSV file": (
        CASES,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(128, 256)),
        ProblemKind.WRONG_ENCODING,
        "This file is not written in UTF-8, UTF-16 or Windows-1252.",
    ),
    "a missing column with a near name": (
        CASES,
        b"No,Reportd\nE1,2025-01-01\n",
        ProblemKind.MISSING_COLUMN,
        "There is no column `Reported`. Did you mean `Reportd`?",
    ),
    "a column that stands there twice": (
        CASES,
        b"No,Reported,No\nE1,2025-01-01,E1\n",
        ProblemKind.MISSING_COLUMN,
        "There are 2 columns called `No`, so it is not clear which one is meant.",
    ),
    "a quotation mark that is not closed": (
        CASES,
        b'No,Reported\nE1,"2025-01-01\nE2,2025-01-01\nE3,2025-01-01\n',
        ProblemKind.UNREADABLE_FILE,
        "A quotation mark is opened in row 2 and not closed properly, so the rows after it cannot be told apart.",
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_file_that_cannot_be_read_is_told_so(name: str, tmp_path: Path) -> None:
    mapping, content, kind, what = PROBLEMS[name]
    with pytest.raises(ExportError) as caught:
        read(tmp_path, mapping, {"episodes.csv": content})
    [problem] = caught.value.problems
    assert (problem.kind, problem.what, str(problem.where)) == (kind, what, "compact: episodes.csv")
    assert list((tmp_path / "tables").iterdir()) == []


def test_a_quotation_mark_that_swallows_a_whole_file_is_told(tmp_path: Path) -> None:
    text = 'No,Reported\nE1,"' + "2025-01-01\nE2," * 20_000
    with pytest.raises(ExportError, match="A quotation mark is opened"):
        read(tmp_path, CASES, {"episodes.csv": text})


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("episodes.xlsx", "This file is not a workbook that can be read."),
        ("episodes.parquet", "This file is not a Parquet file that can be read."),
    ],
)
def test_a_file_of_another_kind_than_its_name_says_is_told_so(file: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read(tmp_path, CASES.replace("episodes*.csv", file), {file: "No,Reported\n"})
    assert [problem.what for problem in caught.value.problems] == [said]


def test_a_pattern_that_no_file_fits_is_told_at_its_line_in_the_mapping(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read(tmp_path, CASES, {"episode.csv": TEXT})
    [problem] = caught.value.problems
    assert problem.kind is ProblemKind.MISSING_FILE
    assert problem.where is not None and problem.where.line == 4


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    mapping = CASES + "  - {files: persons.csv, each row is: a person, person id: No}\n"
    with pytest.raises(ExportError) as caught:
        read(tmp_path, mapping, {"episodes1.csv": "", "episodes2.csv": "Noo,Reportd\n", "episodes3.csv": TEXT})
    assert [problem.kind for problem in caught.value.problems] == [
        ProblemKind.EMPTY_FILE,
        ProblemKind.MISSING_COLUMN,
        ProblemKind.MISSING_COLUMN,
        ProblemKind.MISSING_FILE,
    ]


def test_nothing_is_left_after_an_interrupt(tmp_path: Path) -> None:
    def interrupt(what: str, done: int, total: int) -> None:
        if what == "writing tables":
            raise KeyboardInterrupt

    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "episodes.csv").write_text(TEXT)
    with pytest.raises(KeyboardInterrupt):
        read_record_systems(
            [Source(parse_mapping(CASES), folder)], as_at=at("2025-04-01"), into=tmp_path / "tables", progress=interrupt
        )
    assert list((tmp_path / "tables").iterdir()) == []


def test_progress_tells_the_file_and_its_rows(tmp_path: Path) -> None:
    told = []
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "episodes.csv").write_text(TEXT)
    read_record_systems(
        [Source(parse_mapping(CASES), folder)],
        as_at=at("2025-04-01"),
        into=tmp_path / "tables",
        progress=lambda *step: told.append(step),
    )
    assert told == [("reading compact: episodes.csv, 1 rows", 100, 100), ("writing tables", 1, 1)]
