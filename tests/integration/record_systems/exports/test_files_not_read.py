"""What lies among exports and cannot be read is named where no table reads it, and told in words where one would."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.unit.record_systems.reading_texts import CASES, read, write
from tests.unit.table_files.closed_to_us import closed
from tests.unit.workbooks.written import row, write_xlsx
from wardline.errors import ExportError, ProblemKind
from wardline.record_systems import Source, check_mapping, parse_mapping
from wardline.record_systems.exports import opening
from wardline.record_systems.exports.files_not_read import UnreadFile, unread_files
from wardline.record_systems.exports.opening import open_exports

ROWS = "No,Reported\nE1,2025-01-01 10:00\n"
DEEP = CASES.replace('"episodes*.csv"', '"**/episodes*.csv"')

Make = Callable[[Path], None]


def link_to(target: str) -> Make:
    return lambda path: path.symlink_to(target)


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with names")
    os.mkfifo(path)


MADE: dict[str, tuple[Make, str, str]] = {
    "a link that leads nowhere": (link_to("gone.csv"), "{}", "a link that leads nowhere"),
    "a link that leads nowhere out of the folder": (link_to("/nowhere/x.csv"), "{}", "a link that leads nowhere"),
    "a link to itself": (link_to("episodes2.csv"), "{}", "a link that leads in a circle"),
    "a link to a folder above": (link_to(".."), "{}", "a link that leads out of the folder of this source"),
    "an empty folder": (folder, "{}/", "an empty folder"),
    "a pipe": (pipe, "{}", "neither a file nor a folder"),
}


def problems_of(tmp_path: Path, mapping: str = CASES) -> list[tuple[str, str]]:
    """What is told, and where, of exports that lie there already."""
    with pytest.raises(ExportError) as caught:
        read(tmp_path, mapping, {})
    assert all(problem.remedy for problem in caught.value.problems)
    return [(problem.what, str(problem.where)) for problem in caught.value.problems]


@pytest.mark.parametrize("kind", MADE)
def test_what_cannot_be_read_is_named_where_no_table_reads_it(kind: str, tmp_path: Path) -> None:
    make, name, why = MADE[kind]
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS})
    make(exports / "episodes2.csv")
    mapping = CASES.replace("episodes*", "episodes")
    named = name.format("episodes2.csv")
    assert read(tmp_path, mapping, {}).reading.unread_files == (UnreadFile("compact", named, why),)
    assert check_mapping(parse_mapping(mapping), exports).unread_files == (f"{named} ({why})",)
    assert f"Files that no table reads\n  {named} ({why})\n" in check_mapping(parse_mapping(mapping), exports).to_text()


@pytest.mark.parametrize("kind", [kind for kind in MADE if kind != "an empty folder"])
def test_what_cannot_be_read_is_told_where_a_table_would_read_it(kind: str, tmp_path: Path) -> None:
    make, _, why = MADE[kind]
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS})
    make(exports / "episodes2.csv")
    [(what, where)] = problems_of(tmp_path)
    assert what == f"`episodes2.csv` is {why}." and where.endswith("line 4")


def test_an_empty_folder_is_no_file_that_a_table_would_read(tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {})
    (exports / "episodes2.csv").mkdir()
    [(what, _)] = problems_of(tmp_path)
    assert what == "No file matches `episodes*.csv`. `episodes2.csv/` is an empty folder."


def test_a_folder_that_may_not_be_opened_is_named_where_no_file_in_it_may_be_meant(tmp_path: Path) -> None:
    files = ["locked/episodes.csv", "2024/locked.yaml/x.csv", ".Trash-0/x.csv", "lost+found/x.csv"]
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS, **dict.fromkeys(files, "x")})
    with closed(*((exports / name).parent for name in files)):
        found = read(tmp_path, CASES, {})
    why = "a folder that may not be opened"
    assert [str(one) for one in found.reading.unread_files] == [f"2024/locked.yaml/ ({why})", f"locked/ ({why})"]


@pytest.mark.parametrize("name", ["locked", "2024/locked"])
def test_a_folder_that_may_not_be_opened_is_told_where_a_file_in_it_may_be_meant(name: str, tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS, f"{name}/episodes.csv": ROWS})
    with closed(exports / name):
        [(what, where)] = problems_of(tmp_path, DEEP)
    assert what == f"`{name}/` is a folder that may not be opened, and an export may be in it."
    assert where.endswith("line 4")
    assert len(read(tmp_path, DEEP, {}).reading.files) == 2


def test_the_folder_of_the_exports_may_itself_not_be_opened(tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS})
    with closed(exports):
        [(what, where)] = problems_of(tmp_path)
        assert unread_files([Source(parse_mapping(CASES), exports)], []) == [
            UnreadFile("compact", "exports-0/", "a folder that may not be opened")
        ]
    assert what == "The folder of this source cannot be read: Permission denied." and where.endswith("line 4")


@pytest.mark.parametrize("name", ["episodes.csv", "episodes.xlsx", "episodes.parquet"])
def test_a_file_that_may_not_be_opened_is_told_in_words(name: str, tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {name: ROWS})
    mapping = CASES.replace("episodes*.csv", name)
    with closed(exports / name):
        [(what, where)] = problems_of(tmp_path, mapping)
        assert what == f"`{name}` is a file that may not be opened." and where.endswith("line 4")
        with pytest.raises(ExportError) as caught:
            check_mapping(parse_mapping(mapping), [exports / name])
    [problem] = caught.value.problems
    assert problem.what == "This is a file that may not be opened." and str(problem.where) == f"compact: {name}"


def test_a_file_in_a_folder_that_may_not_be_entered_is_told_in_words(tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS, "2024/episodes.csv": ROWS, "2024/log.csv": ROWS})
    with closed(exports / "2024", mode=0o400):
        assert [what for what, _ in problems_of(tmp_path, DEEP)] == [
            "`2024/episodes.csv` is a file that may not be opened."
        ]
        found = read(tmp_path, CASES, {}).reading.unread_files
        assert [str(one) for one in found] == [
            f"2024/{name}.csv (a file that may not be opened)" for name in ("episodes", "log")
        ]


def test_a_file_that_may_not_be_opened_is_named_where_no_table_reads_it(tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS, "log.dat": "x"})
    with closed(exports / "log.dat"):
        found = read(tmp_path, CASES, {}).reading.unread_files
    assert found == (UnreadFile("compact", "log.dat", "a file that may not be opened"),)


def test_all_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {"episodes1.csv": ROWS, "episodes4.csv": "", "locked/x.csv": ""})
    (exports / "episodes2.csv").symlink_to("gone.csv")
    (exports / "episodes3.csv").symlink_to("gone.csv")
    with closed(exports / "episodes1.csv", exports / "locked"):
        told = [what for what, _ in problems_of(tmp_path, DEEP)]
    assert told == [
        "`episodes1.csv` is a file that may not be opened.",
        "`episodes2.csv` is a link that leads nowhere.",
        "`episodes3.csv` is a link that leads nowhere.",
        "`locked/` is a folder that may not be opened, and an export may be in it.",
        "This file is empty.",
    ]


def test_two_links_to_the_same_place_where_nothing_is_are_both_named(tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS})
    for name in ("feb.csv", "jan.csv"):
        (exports / name).symlink_to("gone.csv")
    found = read(tmp_path, CASES, {}).reading.unread_files
    assert [one.name for one in found] == ["feb.csv", "jan.csv"]


def test_what_programs_leave_behind_is_not_named_even_where_it_leads_nowhere(tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS})
    (exports / ".#episodes.csv").symlink_to("somebody@somewhere.1234:5678")
    assert read(tmp_path, CASES, {}).reading.unread_files == ()


@pytest.mark.parametrize(("make", "why"), [(link_to("gone"), "leads nowhere"), (pipe, "neither a file nor a folder")])
def test_files_that_are_named_one_by_one_are_told_and_named_too(make: Make, why: str, tmp_path: Path) -> None:
    write(tmp_path, {"episodes.csv": ROWS})
    make(tmp_path / "episodes2.csv")
    make(tmp_path / "log.csv")
    mapping = parse_mapping(CASES)
    checked = check_mapping(mapping, [tmp_path / "episodes.csv", tmp_path / "log.csv"])
    [named] = checked.unread_files
    assert named.startswith("log.csv (") and why in named
    with pytest.raises(ExportError) as caught:
        check_mapping(mapping, [tmp_path / "episodes.csv", tmp_path / "episodes2.csv"])
    [problem] = caught.value.problems
    assert why in problem.what and str(problem.where) == "compact: episodes2.csv"


def test_a_file_that_is_named_and_not_there_is_said_not_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="This is a file that is not there") as caught:
        check_mapping(parse_mapping(CASES), [tmp_path / "episodes.csv"])
    assert caught.value.problems[0].kind is ProblemKind.MISSING_FILE


def csv(path: Path) -> None:
    path.write_text(ROWS)


def parquet(path: Path) -> None:
    pl.DataFrame({"No": ["E1"], "Reported": ["2025-01-01 10:00"]}).write_parquet(path)


def workbook(path: Path) -> None:
    write_xlsx(path, {"One": row(1, "No", "Reported") + row(2, "E1", "2025-01-01 10:00")})


@pytest.mark.parametrize(
    ("name", "make", "is_read_at_once"),
    [("e.csv", csv, False), ("e.parquet", parquet, False), ("e.xlsx", workbook, True)],
)
def test_a_file_that_is_deleted_once_it_was_looked_at_is_told_in_words(
    name: str, make: Make, is_read_at_once: bool, tmp_path: Path
) -> None:
    exports = write(tmp_path / "exports", {})
    make(exports / name)
    source = Source(parse_mapping(CASES.replace("episodes*.csv", name)), exports)
    [of] = open_exports([source], tmp_path)
    (exports / name).unlink()
    if is_read_at_once:
        assert sum(batch.rows.height for batch in of.exports[0].read()) == 1
        return
    with pytest.raises(ExportError) as caught:
        list(of.exports[0].read())
    [problem] = caught.value.problems
    assert problem.what == "This is a file that is not there." and str(problem.where) == f"compact: {name}"


def test_a_file_that_is_deleted_while_it_is_looked_at_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "exports-0", {"episodes.csv": ROWS})
    looked_at = opening.open_csv

    def deleted(path: Path, *others: object) -> object:
        path.unlink()
        return looked_at(path, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "open_csv", deleted)
    assert problems_of(tmp_path) == [("This is a file that is not there.", "compact: episodes.csv")]
