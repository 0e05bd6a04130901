"""What lies among the exports of a dive and cannot be read is named on every page that says what was read."""

import os

import pytest

from tests.integration.dive.a_dive import FILES, changed, wardline, write_dive
from tests.unit.table_files.closed_to_us import closed

DEEP = changed("mappings/compact.yaml", '"episodes*.csv"', '"**/episodes*.csv"')


@pytest.fixture
def dive_file(tmp_path):
    dive_file = write_dive(tmp_path, {"exports/compact/locked/episodes.csv": FILES["exports/compact/episodes.csv"]})
    exports = tmp_path / "exports/compact"
    (exports / "jan.csv").symlink_to("gone.csv")
    (exports / "letter.pdf").symlink_to("gone.pdf")
    if hasattr(os, "mkfifo"):
        os.mkfifo(exports / "pipe.csv")
    with closed(exports / "locked"):
        yield dive_file


NAMED = ("jan.csv (a link that leads nowhere)", "locked/ (a folder that may not be opened)")


def test_a_dive_names_what_it_could_not_read_and_does_not_say_that_its_list_is_whole(dive_file, tmp_path):
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    about, doubts = told.stdout.split("Children may be missing from the list")
    report = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    for name in NAMED:
        assert name in about and name in doubts and name in report
    # A letter is no table, wherever it is.
    assert "letter.pdf (a link that leads nowhere)" in about and "letter.pdf" not in doubts
    if hasattr(os, "mkfifo"):
        assert "pipe.csv (neither a file nor a folder)" in doubts
    assert wardline("report", tmp_path / "out", "--out", tmp_path / "again.html").returncode == 0
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == report


@pytest.mark.parametrize(
    "arguments", [("coverage", "dive.yaml"), ("map", "check", "mappings/compact.yaml", "exports/compact")]
)
def test_coverage_and_the_check_of_a_mapping_name_it_too(arguments, dive_file, monkeypatch):
    monkeypatch.chdir(dive_file.parent)
    told = wardline(*arguments)
    assert told.returncode == 0, told.stderr
    assert all(name in told.stdout for name in (*NAMED, "letter.pdf (a link that leads nowhere)"))


@pytest.mark.parametrize("command", ["dive", "coverage", "map check"])
def test_where_a_table_would_read_it_every_command_tells_it_in_words(command, tmp_path):
    files = {**DEEP, "exports/compact/locked/episodes.csv": FILES["exports/compact/episodes.csv"]}
    dive_file = write_dive(tmp_path, files)
    exports = tmp_path / "exports/compact"
    (exports / "episodes-2.csv").symlink_to("gone.csv")
    with closed(exports / "locked", exports / "persons.csv"):
        told = wardline(
            *{
                "dive": ("dive", dive_file, "--out", tmp_path / "out"),
                "coverage": ("coverage", dive_file),
                "map check": ("map", "check", tmp_path / "mappings/compact.yaml", exports),
            }[command]
        )
    assert told.returncode == 4, told.stderr
    assert "`episodes-2.csv` is a link that leads nowhere.\nPut the export itself there" in told.stderr
    assert "`locked/` is a folder that may not be opened, and an export may be in it.\nAsk whoever keeps" in told.stderr
    assert "`persons.csv` is a file that may not be opened.\nClose it" in told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["exports/compact", "exports"])
@pytest.mark.parametrize("command", ["dive", "coverage", "map check"])
def test_the_folder_of_the_exports_or_one_above_it_may_be_closed(command, name, tmp_path):
    dive_file = write_dive(tmp_path)
    with closed(tmp_path / name):
        told = wardline(
            *{
                "dive": ("dive", dive_file, "--out", tmp_path / "out"),
                "coverage": ("coverage", dive_file),
                "map check": ("map", "check", tmp_path / "mappings/compact.yaml", tmp_path / "exports/compact"),
            }[command]
        )
    assert told.returncode in (3, 4), told.stderr
    assert "Traceback" not in told.stderr and "More: docs/how-to/fix-a-problem.md" in told.stderr
