"""`wardline measures`: what ships is listed, shown and tested; slips in a file of one's own are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from wardline.cli import main

BAD, GOOD = Path("tests/fixtures/bad"), Path("tests/fixtures/good/measures_of_our_own.yaml")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["measures", *arguments])
    return code, *capsys.readouterr()


def test_the_worked_examples_of_all_measures_that_ship_hold(capsys):
    code, out, err = told(capsys, "test")
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "england/crime-recording-and-victims",
        "england/exploitation",
        "england/missing-children",
        "england/online-exploitation",
    ]
    assert all(line.endswith("worked examples hold") for line in out.splitlines())


def test_what_ships_is_listed_by_part_of_the_page(capsys):
    code, out, err = told(capsys, "list")
    assert (code, err) == (0, "")
    of_missing = out.split("england/missing-children\n")[1].split("\nengland/")[0]
    parts = [line.strip() for line in of_missing.splitlines() if line.endswith(":")]
    assert parts == ["what changed for children:", "what was done:", "what is recorded:", "demand:"]
    assert "      reached-in-time: Police arrived in time to look for the child" in of_missing


def test_a_set_is_shown_with_the_title_of_each_obligation(capsys):
    code, out, err = told(capsys, "show", "england/missing-children")
    assert (code, err) == (0, "")
    assert out.startswith("Missing children (england/missing-children, version 1)\nAbout each missing episode.\n")
    assert "under the obligation “Police arrive to look for the child in time for the risk”" in out
    assert "Why it matters: While nobody looks" in out and "How it could be gamed: Grading down" in out
    assert "    - two in time and one late: 2 of 3" in out


def test_one_measure_may_be_shown_alone(capsys):
    code, out, _ = told(capsys, "show", "england/missing-children/reached-in-time")
    assert code == 0
    assert out.startswith("england/missing-children/reached-in-time: Police arrived in time")
    assert "found-within-8-hours" not in out


def test_a_measure_that_does_not_ship_is_told_with_the_nearest(capsys):
    code, _, err = told(capsys, "show", "england/missing-children/reached-in-tim")
    assert code == 3
    assert "Did you mean" in err


def test_a_file_of_ones_own_is_tested_by_its_path(capsys):
    assert told(capsys, "test", str(GOOD)) == (0, f"{GOOD}: 3 worked examples hold\n", "")
    code, out, _ = told(capsys, "show", str(GOOD))
    assert code == 0 and "The target is 90 %." in out


def test_an_example_that_does_not_hold_is_told_at_its_line_and_the_others_are_still_tried(capsys):
    bad = BAD / "measures_with_an_example_that_does_not_hold.yaml"
    code, out, err = told(capsys, "test", str(bad), "england/exploitation")
    assert code == 3
    assert "england/exploitation:" in out
    assert f"{bad}, line 37" in err and "expected: 2 of 2; counted: 1 of 2" in err


def test_an_obligation_that_its_standard_does_not_have_is_told_with_the_nearest(capsys):
    code, _, err = told(capsys, "test", str(BAD / "measures_of_an_unknown_obligation.yaml"))
    assert code == 3
    assert "no obligation of `england/missing-children`. Did you mean `england/missing-children/attend`?" in err
    assert "line 6" in err


def test_an_obligation_of_a_standard_that_does_not_ship_is_left_to_the_dive(capsys, tmp_path):
    text = GOOD.read_text(encoding="utf-8").replace("england/missing-children/attend", "our-own/reviews/first-review")
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    code, out, _ = told(capsys, "test", str(tmp_path / "ours.yaml"))
    assert code == 0 and "hold" in out
