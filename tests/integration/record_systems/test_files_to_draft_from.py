"""What a mapping is drafted from: files of every layout, sheets of workbooks, and the rows of a query."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.integration.record_systems.drafts import drafted, lines, write
from tests.unit.table_files.closed_to_us import closed
from tests.unit.workbooks.written import row, write_xlsx
from wardline.cli import main
from wardline.dive import start_mapping
from wardline.errors import ExportError
from wardline.record_systems import check_mapping, parse_mapping, read_mapping
from wardline.record_systems.drafting import looking
from wardline.record_systems.drafting.files_to_draft_from import listed_files
from wardline.record_systems.exports.csv_files import CsvBeginning


def test_files_of_one_layout_are_joined_by_a_pattern_that_fits_them_alone(tmp_path: Path) -> None:
    for part in ("2024-Q4", "2025-Q1"):
        write(
            tmp_path, f"episodes-{part}.csv", "EpisodeNo,Reported", [f"E{part}{n},2025-01-01 10:00" for n in range(9)]
        )
    write(tmp_path, "episodes-other.csv", "CaseNo,Opened,Closed", ["C1,2025-01-01,2025-01-02"])
    text = lines(drafted(tmp_path))
    assert '- files: "episodes-*.csv"' not in text
    assert "- files: episodes-2024-Q4.csv" in text
    (tmp_path / "episodes-other.csv").unlink()
    assert '- files: "episodes-*.csv"' in lines(drafted(tmp_path))


def test_encoding_separator_and_header_row_are_found_and_said(tmp_path: Path) -> None:
    rows = [f"E{number};2025-01-01 10:00;Caf\u00e9" for number in range(30)]
    header = "Export of the missing-person system\n\nEpisodeNo;Reported;Place seen"
    text = drafted(write(tmp_path, "episodes.csv", header, rows, encoding="cp1252"))
    assert "- files: {files: episodes.csv, header row: 3}" in lines(text)
    assert "read as Windows-1252" in text and "its cells are separated by semicolons" in text
    assert "Caf" not in text


def test_a_header_below_a_title_of_two_lines_is_found_where_it_is_read(tmp_path: Path) -> None:
    header = '"Export of the\nmissing-person system",,\n\nEpisodeNo,Reported,Place seen'
    text = drafted(write(tmp_path, "episodes.csv", header, [f"E{n},2025-01-01 10:00,x" for n in range(9)]))
    assert "- files: {files: episodes.csv, header row: 3}" in lines(text)
    assert "case id: EpisodeNo" in lines(text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line", ["sep=;", '"SEP=;"'])
def test_the_line_that_tells_the_separator_is_no_header(line: str, encoding: str, tmp_path: Path) -> None:
    rows = [f"E{number};2025-01-01 10:00;a, b, c" for number in range(30)]
    header = "EpisodeNo;Reported;Place seen"
    text = drafted(write(tmp_path, "one.csv", f"{line}\n{header}", rows, encoding=encoding))
    assert "- files: one.csv" in lines(text) and "30 rows" in text
    assert "its cells are separated by semicolons" in text
    text = drafted(write(tmp_path, "two.csv", f"{line}\nExport of the missing-person system\n\n{header}", rows))
    assert "- files: {files: two.csv, header row: 4}" in lines(text) and "30 rows" in text


def test_a_file_of_nothing_but_its_separator_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="This file is empty"):
        start_mapping([write(tmp_path, "one.csv", "sep=;", [])])


def test_words_that_mean_nothing_are_taken_for_empty_cells(tmp_path: Path) -> None:
    rows = [f"E{number},2025-01-01 10:00,{'NULL' if number % 2 else '2025-01-02 09:00'}" for number in range(30)]
    text = drafted(write(tmp_path, "episodes.csv", "EpisodeNo,Reported,Found", rows))
    assert 'empty: ["", "NULL"]' in lines(text) and "NULL 15" in text


def test_dates_of_a_parquet_file_need_no_format(tmp_path: Path) -> None:
    times = pl.datetime_range(pl.datetime(2025, 1, 1), pl.datetime(2025, 1, 30), "1d", eager=True)
    pl.DataFrame({"EpisodeNo": [f"E{n}" for n in range(30)], "Reported": times}).write_parquet(tmp_path / "e.parquet")
    text = lines(drafted(tmp_path / "e.parquet"))
    assert "reported: {at: Reported}" in text and not any("format" in line for line in text if not line.startswith("#"))


def test_a_word_that_stands_where_a_number_belongs_is_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    rows = [f"{'NA' if number == 3 else f'E{number}'},2025-01-01 10:00,{'NULL,NA'}" for number in range(30)]
    text = lines(drafted(write(tmp_path, "episodes.csv", "EpisodeNo,Reported,Found,Seen", rows)))
    assert 'empty: ["", "NULL"]' in text


def test_hidden_files_and_folders_and_those_of_a_finished_dive_are_passed_over(tmp_path: Path) -> None:
    rows = [f"E{number},2025-01-01 10:00" for number in range(30)]
    write(tmp_path, "episodes.csv", "EpisodeNo,Reported", rows)
    for folder, name in (
        (".Trash", "old.csv"),
        ("2024/.cache", "old.csv"),
        ("2024", ".old.csv"),
        ("dive", "cases.csv"),
    ):
        write(tmp_path / folder, name, "EpisodeNo,Reported,Old", rows)
    (tmp_path / "dive" / "manifest.json").write_text("{}")
    assert [name for name, _ in listed_files([tmp_path])] == ["episodes.csv"]
    assert "Old" not in drafted(tmp_path)


def test_a_link_that_leads_out_of_the_folder_is_refused_and_one_inside_it_is_read(tmp_path: Path) -> None:
    rows = [f"E{number},2025-01-01 10:00" for number in range(30)]
    elsewhere = write(tmp_path / "elsewhere", "old.csv", "EpisodeNo,Reported", rows)
    exports = tmp_path / "exports"
    write(exports / "2024", "episodes.csv", "EpisodeNo,Reported", rows)
    (exports / "current").symlink_to(exports / "2024")
    (exports / "out").symlink_to(elsewhere.parent)
    assert [name for name, _ in listed_files([exports])] == ["2024/episodes.csv", "current/episodes.csv"]
    (exports / "link.csv").symlink_to(elsewhere)
    with pytest.raises(ExportError, match=r"`link\.csv` is a link that leads out of the folder"):
        start_mapping([exports])
    assert [path for _, path in listed_files([exports / "link.csv"])] == [exports / "link.csv"]  # it was named itself


def test_a_hidden_sheet_is_said_to_be_hidden(tmp_path: Path) -> None:
    rows = "".join(row(at, f"E{at}", "2025-01-01 10:00") for at in range(2, 32))
    header = row(1, "EpisodeNo", "Reported")
    write_xlsx(tmp_path / "book.xlsx", {"Old": header + rows, "New": header + rows}, hidden=["Old"])
    text = drafted(tmp_path / "book.xlsx")
    assert text.count("the sheet is hidden") == 1
    assert text.index("sheet: Old") < text.index("the sheet is hidden") < text.index("sheet: New")


@pytest.mark.parametrize("books", [1, 2])
def test_sheets_of_one_layout_are_one_table(books: int, tmp_path: Path) -> None:
    for book in range(books):
        sheets = {
            month: row(1, "EpisodeNo", "Reported")
            + "".join(row(at, f"E{book}{month}{at}", "2025-01-01 10:00") for at in range(2, 32))
            for month in ("Jan", "Feb")
        }
        write_xlsx(tmp_path / f"episodes-{book}.xlsx", sheets | {"Old": row(1, "Note")}, hidden=["Old"])
    text = lines(drafted(tmp_path))
    name = "episodes-0.xlsx" if books == 1 else '"episodes-*.xlsx"'
    assert f"- files: {{files: {name}, sheet: all}}" in text
    assert sum(line.startswith("each row is: a case") for line in text) == 1


def months(*names: str) -> dict[str, str]:
    """Sheets of one layout, each with the cases of its own."""
    header = row(1, "EpisodeNo", "Reported")
    return {
        name: header + "".join(row(at, f"E{at}{letter}", "2025-01-01 10:00") for at in range(2, 32))
        for letter, name in zip("abcd", names, strict=False)
    }


def cases_by_sheet(book: Path) -> list[tuple[str, int, int]]:
    """What the draft of a workbook reads, once it is read: each sheet, of which table, and how many rows are kept."""
    mapping = parse_mapping(drafted(book))
    checked = check_mapping(mapping, [book])
    assert sum(each.count for each in checked.events if each.event == "reported") == sum(
        each.kept for each in checked.files
    )
    return [(each.file, each.table, each.kept) for each in checked.files]


@pytest.mark.parametrize("order", [("Old", "Jan", "Feb"), ("Jan", "Old", "Feb"), ("Jan", "Feb", "Old")])
def test_a_hidden_sheet_beside_several_of_one_layout_is_read_by_its_name(
    order: tuple[str, ...], tmp_path: Path
) -> None:
    book = write_xlsx(tmp_path / "e.xlsx", months(*order), hidden=["Old"])
    text = lines(drafted(book))
    assert "- files: {files: e.xlsx, sheet: all}" in text
    assert "- files: {files: e.xlsx, sheet: Old}" in text
    assert text.count("each row is: a case") == 2
    assert sorted(cases_by_sheet(book)) == [
        ("e.xlsx", 2, 30),
        ("e.xlsx, sheet Feb", 1, 30),
        ("e.xlsx, sheet Jan", 1, 30),
    ]


def test_several_hidden_sheets_are_each_read_by_name_and_empty_ones_not(tmp_path: Path) -> None:
    sheets = months("Jan", "Feb", "Old", "Older") | {"Cover": ""}
    text = lines(drafted(write_xlsx(tmp_path / "e.xlsx", sheets, hidden=["Old", "Older", "Cover"])))
    assert [line for line in text if line.startswith("- files")] == [
        "- files: {files: e.xlsx, sheet: all}",
        "- files: {files: e.xlsx, sheet: Old}",
        "- files: {files: e.xlsx, sheet: Older}",
    ]


def test_sheets_are_all_read_where_one_of_them_is_called_all(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "e.xlsx", months("all", "Feb"))
    assert '- files: {files: e.xlsx, sheet: "*"}' in lines(drafted(book))
    assert len(cases_by_sheet(book)) == 2


@pytest.mark.parametrize("other", ["Jan ", "\u200bJan"])
def test_a_sheet_is_named_as_a_mapping_writes_it(other: str, tmp_path: Path) -> None:
    """A space behind its name, or a sign without width in it, is not seen, and is no part of the name."""
    alone = write_xlsx(tmp_path / "a.xlsx", months(other) | {"Notes": row(1, "Note")})
    assert "- files: {files: a.xlsx, sheet: Jan}" in lines(drafted(alone))
    beside = write_xlsx(tmp_path / "b.xlsx", months(other, "Jan") | {"Notes": row(1, "Note")})
    assert lines(drafted(beside)).count("- files: {files: b.xlsx, sheet: Jan}") == 1
    assert [kept for _, _, kept in cases_by_sheet(beside)] == [30, 30]


def test_every_column_is_used_or_left_out_with_the_reason(tmp_path: Path) -> None:
    header = "EpisodeNo,Reported,Officer,Remark,Colour,Nothing,TaskNo"
    rows = [
        f"E{n},2025-01-{n % 27 + 1:02} 10:00,PC{n},{'words of what was seen and done ' * 2}{n},c{n % 9},,T{n % 4}"
        for n in range(40)
    ]
    text = drafted(write(tmp_path, "episodes.csv", header, rows))
    for column in header.split(","):
        assert column in text
    assert "Always empty: Nothing." in text and "PC1" not in text


def answering(folder: Path) -> Path:
    """A folder with a database of forty episodes."""
    with closing(sqlite3.connect(folder / "records.db")) as connection:
        connection.execute("CREATE TABLE episodes (EpisodeNo TEXT, Reported TEXT)")
        rows = [(f"E{number}", f"2025-01-{number % 27 + 1:02} 10:00") for number in range(40)]
        connection.executemany("INSERT INTO episodes VALUES (?, ?)", rows)
        connection.commit()
    return folder


def test_a_draft_may_start_from_a_query(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answering(tmp_path)
    out = tmp_path / "mapping.yaml"
    asked = ["--query", "SELECT * FROM episodes\nORDER BY EpisodeNo;", "--database", "sqlite://records.db"]
    assert main(["map", "start", *asked, "--system", "missing", "--out", str(out)]) == 0
    mapping = read_mapping(out)
    assert (mapping.system, mapping.case_types()) == ("missing", ("missing episode",))
    assert [each.count for each in check_mapping(mapping).events] == [40]
    capsys.readouterr()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ["--query", "DELETE FROM episodes", "--database", "sqlite://records.db"],
            "A query that reads rows is expected",
        ),
        (["--query", "SELECT 1", "--database", "postgresql://a:hidden@host/x"], "A password is written down here"),
        (["--query", "SELECT * FROM visits", "--database", "sqlite://records.db"], "there is no table `visits`"),
        (["--query", "SELECT 1"], "A query and its database belong together"),
        ([], "There is nothing to draft from."),
    ],
)
def test_a_query_that_cannot_be_drafted_from_is_told_why(
    asked: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(tmp_path)
    out = tmp_path / "mapping.yaml"
    assert main(["map", "start", *asked, "--out", str(out)]) != 0
    shown = capsys.readouterr().err
    assert said in shown and "hidden" not in shown
    assert not out.exists()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_heading_over_two_lines_is_drafted_on_one(end: str, tmp_path: Path) -> None:
    header = ",".join(f'"{name.replace(" ", end)}"' for name in ("Episode no", "Reported at", "Closed at", "Odd one"))
    rows = "".join(f"E{n},0{n}/03/2025 18:00,0{n}/03/2025 21:00,a{n}\n" for n in range(1, 7))
    (tmp_path / "episodes.csv").write_bytes(f"{header}\n{rows}".encode())
    text = drafted(tmp_path / "episodes.csv")
    assert {"case id: Episode no", "opened at: Reported at", "closed at: Closed at"} <= set(lines(text))
    assert "Odd one" in text
    assert "\r" not in text


EPISODES = "EpisodeNo,Reported"
OF_JANUARY = [f"E{number},2025-01-01 10:00" for number in range(30)]


def start(*paths: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Draft at the command line: the exit code and what is said beside the draft."""
    code = main(["map", "start", *map(str, paths)])
    return code, capsys.readouterr().err


def test_what_lies_beside_the_exports_and_was_not_looked_at_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = tmp_path / "exports"
    write(exports, "episodes.csv", EPISODES, OF_JANUARY)
    write(exports / "locked", "log.csv", EPISODES, OF_JANUARY)
    write(exports / "dive", "manifest.json", "{}", [])
    (exports / "old.zip").touch()
    (exports / "2024").symlink_to("gone")
    (exports / "out").symlink_to(tmp_path)
    (exports / "e.csv").mkdir()
    with closed(exports / "locked"):
        code, said = start(exports, capsys=capsys)
    assert code == 0
    assert (
        "  These were not looked at: 2024 (a link that leads nowhere), e.csv/ (an empty folder), locked/ (a folder "
        "that may not be opened), old.zip, out (a link that leads out of the folder of this source).\n"
    ) in said
    code, said = start(exports / "episodes.csv", capsys=capsys)
    assert code == 0 and "not looked at" not in said


def test_a_folder_in_which_nothing_can_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "locked", "episodes.csv", EPISODES, OF_JANUARY)
    with closed(tmp_path / "locked"):
        code, said = start(tmp_path, capsys=capsys)
    assert code == ExportError.exit_code
    assert (
        "There is no export in this folder. These were not looked at: locked/ (a folder that may not be opened).\n"
    ) in said


def test_the_folder_of_exports_may_itself_not_be_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exports = tmp_path / "exports"
    write(exports, "episodes.csv", EPISODES, OF_JANUARY)
    with closed(exports):
        code, said = start(exports, capsys=capsys)
    assert code == ExportError.exit_code
    assert said == (
        f"{exports}\n\nThis is a folder that may not be opened.\nAsk whoever keeps it to let you look into it.\n\n"
        "More: docs/how-to/fix-a-problem.md#a-file-cannot-be-read\n"
    )
    with closed(tmp_path):
        code, said = start(exports, capsys=capsys)
    assert code == ExportError.exit_code and "may not be opened" in said


@pytest.mark.parametrize("name", ["log.csv", "log.xlsx", "log.parquet"])
def test_an_export_that_may_not_be_opened_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "episodes.csv", EPISODES, OF_JANUARY)
    log = write(tmp_path, name, EPISODES, OF_JANUARY)
    with closed(log):
        code, said = start(tmp_path, capsys=capsys)
        assert code == ExportError.exit_code and f"`{name}` is a file that may not be opened." in said
        code, said = start(log, capsys=capsys)
        assert code == ExportError.exit_code and f"`{log}` is a file that may not be opened." in said


@pytest.mark.parametrize(
    ("leads_to", "said"), [("gone.csv", "a link that leads nowhere"), ("log.csv", "a link that leads in a circle")]
)
def test_a_link_that_leads_to_no_export_is_told(
    leads_to: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "episodes.csv", EPISODES, OF_JANUARY)
    (tmp_path / "log.csv").symlink_to(leads_to)
    code, told = start(tmp_path, capsys=capsys)
    assert code == ExportError.exit_code and f"`log.csv` is {said}." in told
    code, told = start(tmp_path / "log.csv", capsys=capsys)
    assert code == ExportError.exit_code and f"`{tmp_path / 'log.csv'}` is {said}." in told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "episodes.csv", EPISODES, OF_JANUARY)
    os.mkfifo(tmp_path / "log.csv")
    code, said = start(tmp_path, capsys=capsys)
    assert code == ExportError.exit_code and "`log.csv` is neither a file nor a folder." in said


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = start(tmp_path / "log.csv", capsys=capsys)
    assert code == ExportError.exit_code and f"There is no file `{tmp_path / 'log.csv'}`." in said


def test_a_file_that_is_deleted_while_it_is_looked_at_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "log.csv", EPISODES, OF_JANUARY)
    begin = looking.csv_beginning

    def deleted(*given: Any) -> CsvBeginning:
        path.unlink()
        return begin(*given)

    monkeypatch.setattr(looking, "csv_beginning", deleted)
    code, said = start(tmp_path, capsys=capsys)
    assert code == ExportError.exit_code and "log.csv\n\nThis is a file that is not there." in said
