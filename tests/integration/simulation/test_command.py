"""`wardline simulate`: what is written, what is said of it, and what wrong numbers and full folders get."""

from __future__ import annotations

import filecmp
from contextlib import contextmanager

import pytest

from wardline.cli import main

SMALL = ("--years", "1", "--population", "2,000")


def told(capsys, *arguments):
    code = main(["simulate", *map(str, arguments)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_a_small_force_is_written_and_told(capsys, tmp_path):
    code, out, err = told(capsys, "--out", tmp_path / "force", *SMALL)
    assert code == 0
    assert out.startswith(f"Written: {tmp_path / 'force'}. Everything in it is made up.")
    assert "missing episode" in out and "planted in the exports" in out
    assert "Simulating the made-up force" in err
    assert {path.name for path in (tmp_path / "force").iterdir()} == {
        "exports",
        "truth",
        "MADE-UP-DATA.txt",
        "investigators-made-up-data.csv",
    }
    systems = {path.name for path in (tmp_path / "force" / "exports").iterdir()}
    assert systems == {"control-room", "missing", "crime", "safeguarding"}


def test_the_same_numbers_make_the_same_force(capsys, tmp_path):
    for name in ("first", "second"):
        assert told(capsys, "--out", tmp_path / name, *SMALL, "--seed", "7")[0] == 0
    files = [path.relative_to(tmp_path / "first") for path in (tmp_path / "first").rglob("*") if path.is_file()]
    assert len(files) > 20
    _, differing, unread = filecmp.cmpfiles(tmp_path / "first", tmp_path / "second", files, shallow=False)
    assert (differing, unread) == ([], [])


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--years", "two", "`two` cannot be used after --years.\nWrite a whole number from 1 to 10"),
        ("--years", "0", "`0` cannot be used after --years."),
        ("--population", "5", "`5` cannot be used after --population.\nWrite a whole number from 2,000 to 100,000,000"),
        ("--population", "1" * 300, "cannot be used after --population."),
        ("--seed", "-1", "`-1` cannot be used after --seed."),
        ("--seed", "²", "`²` cannot be used after --seed."),
    ],
)
def test_a_number_that_cannot_be_used_is_told_with_those_that_can(capsys, tmp_path, option, value, said):
    code, out, err = told(capsys, "--out", tmp_path / "force", option, value)
    assert (code, out) == (2, "")
    assert said in err
    assert not (tmp_path / "force").exists()


def test_all_wrong_numbers_are_told_at_once(capsys, tmp_path):
    _, _, err = told(capsys, "--out", tmp_path / "force", "--years", "two", "--population", "few")
    assert "--years" in err and "--population" in err


def test_a_folder_that_holds_something_is_left_alone(capsys, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    code, _, err = told(capsys, "--out", tmp_path, *SMALL)
    assert code == 5
    assert "This folder is not empty." in err and "mixed with the made-up force" in err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_place_below_a_file_is_told(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    code, _, err = told(capsys, "--out", tmp_path / "file" / "force", *SMALL)
    assert code == 5
    assert "The made-up force cannot be written: `file` is a file, so there is no folder below it." in err


def test_a_disk_that_is_full_is_told(capsys, tmp_path, monkeypatch):
    def stop(*given, **named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wardline.cli.simulate.simulate_force", stop)
    code, _, err = told(capsys, "--out", tmp_path / "force", *SMALL)
    assert code == 5
    assert "The made-up force cannot be written: No space left on device." in err


def test_nothing_is_left_where_it_is_interrupted(capsys, tmp_path, monkeypatch):
    @contextmanager
    def interrupted():
        def stop(what, done, total):
            if done > 100:
                raise KeyboardInterrupt

        yield stop

    monkeypatch.setattr("wardline.cli.simulate.show_progress", interrupted)
    code, _, err = told(capsys, "--out", tmp_path / "force", *SMALL)
    assert code == 130
    assert err == "Stopped. Nothing half-written was left behind.\n"
    assert list(tmp_path.iterdir()) == []
