"""`wardline claim new`: every answer is checked as it comes, and nothing is written before the last one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from wardline.cli import main

ANSWERS = (
    "Children are reached far sooner now.",
    "the chief constable",
    "police and crime panel",
    "2025-02-20",
    "england/missing-children/reached-in-time",
    "better",
    "5 points",
    "2025-01-01",
    "2025-06-30",
    "district: Eastmoor",
    "R. Lee",
    "2025-03-01",
)
WRITTEN = """\
claims:
  - claim: Children are reached far sooner now.
    said by: the chief constable
    where: police and crime panel
    said on: 2025-02-20
    measure: england/missing-children/reached-in-time
    direction: better
    size: 5 points
    from: 2025-01-01
    by: 2025-06-30
    group: {district: Eastmoor}
    declared: {by: R. Lee, "on": 2025-03-01}
"""
Answering = Callable[..., list[str]]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Answer the questions in order, and return the questions that were asked; an error is raised in its turn."""

    def begin(*answers: str | BaseException) -> list[str]:
        left, asked = list(answers), []

        def prompt(question: str, **told: object) -> str:
            asked.append(question)
            answer = left.pop(0)
            if isinstance(answer, BaseException):
                raise answer
            return answer

        monkeypatch.setattr(typer, "prompt", prompt)
        return asked

    return begin


def new(folder: Path) -> int:
    return main(["claim", "new", str(folder / "claims.yaml")])


def test_the_answers_become_a_claim_and_what_would_count_is_said(answering, tmp_path, capsys):
    answering(*ANSWERS)
    assert new(tmp_path) == 0
    assert (tmp_path / "claims.yaml").read_text(encoding="utf-8") == WRITTEN
    told = capsys.readouterr().out
    assert "What would count for “Children are reached far sooner now.”" in told
    assert "- entries written at the time" in told


def test_size_and_group_may_be_left(answering, tmp_path):
    answers = list(ANSWERS)
    answers[6] = answers[9] = ""
    answering(*answers)
    assert new(tmp_path) == 0
    written = (tmp_path / "claims.yaml").read_text(encoding="utf-8")
    assert "size" not in written and "group" not in written


@pytest.mark.parametrize(
    ("at", "wrong", "told"),
    [
        (0, "  ", "Something must be said here."),
        (3, "yesterday", "This is not a date."),
        (4, "england/missing-children/reached-in-tme", "Did you mean `england/missing-children/reached-in-time`?"),
        (5, "up", "`up` is not known here."),
        (6, "120 points", "No change can be as large as that"),
        (6, "20 minutes", "The size of its change is not said in a time."),
        (8, "2024-12-31", "This claim is to show by a day before its first day."),
        (9, "town: Eastmoor", "This measure is not counted by `town`."),
    ],
)
def test_an_answer_that_does_not_fit_is_asked_for_again(answering, tmp_path, capsys, at, wrong, told):
    asked = answering(*ANSWERS[:at], wrong, *ANSWERS[at:])
    assert new(tmp_path) == 0
    assert told in capsys.readouterr().out
    assert asked[at] == asked[at + 1]
    assert (tmp_path / "claims.yaml").read_text(encoding="utf-8") == WRITTEN


def test_how_to_say_the_size_depends_on_the_measure(answering, tmp_path):
    asked = answering(*ANSWERS)
    new(tmp_path)
    assert asked[6] == "By how much (as: 5 points; empty: by any amount)"
    waits = [*ANSWERS[:4], "england/missing-children/wait-for-police-median", "better", "20 %", *ANSWERS[7:]]
    asked = answering(*waits)
    new(tmp_path)
    assert asked[6] == "By how much (as: 30 minutes, or 20 %; empty: by any amount)"


@pytest.mark.parametrize("at", range(len(ANSWERS)))
def test_ctrl_c_leaves_nothing_behind(answering, tmp_path, capsys, at):
    stopped = typer.Abort()
    stopped.__context__ = KeyboardInterrupt()
    answering(*ANSWERS[:at], stopped)
    assert new(tmp_path) == 130
    assert list(tmp_path.iterdir()) == []
    assert "Nothing half-written was left behind." in capsys.readouterr().err


def test_answers_that_end_too_soon_leave_nothing_behind(answering, tmp_path, capsys):
    ended = typer.Abort()
    ended.__context__ = EOFError()
    answering(*ANSWERS[:3], ended)
    assert new(tmp_path) == 2
    assert list(tmp_path.iterdir()) == []
    assert "The answers end before the last question. Nothing was written." in capsys.readouterr().err


def test_a_claim_is_added_to_a_file_that_is_there(answering, tmp_path):
    answering(*ANSWERS)
    new(tmp_path)
    answering("A second one.", *ANSWERS[1:])
    assert new(tmp_path) == 0
    written = (tmp_path / "claims.yaml").read_text(encoding="utf-8")
    assert written.startswith(WRITTEN)
    assert written.count("  - claim: ") == 2


def test_a_file_that_cannot_be_added_to_is_told_before_the_first_question(answering, tmp_path, capsys):
    (tmp_path / "claims.yaml").write_text("claims:\n  - claim: x\n", encoding="utf-8")
    asked = answering()
    assert new(tmp_path) == 3
    assert asked == []
    assert "`said by` is missing here." in capsys.readouterr().err


FLOWING = (
    "claims: [{claim: x, said by: y, where: z, said on: 2025-01-01, "
    "measure: england/missing-children/reached-in-time, direction: better, from: 2025-01-01, by: 2025-02-01, "
    "declared: {by: y, on: 2025-01-01}}]\n"
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (FLOWING.encode(), "its list of claims is not the last thing in it"),
        (WRITTEN.encode() + b"# \xe9\n", "This file is not written in UTF-8."),
        (b"", "This file is empty."),
    ],
)
def test_what_a_claim_cannot_be_added_to_is_told_before_the_first_question(answering, tmp_path, capsys, content, told):
    path = tmp_path / "claims.yaml"
    path.write_bytes(content)
    asked = answering()
    assert new(tmp_path) == 3
    assert (asked, path.read_bytes()) == ([], content)
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_of_another_system_keeps_its_line_ends_and_its_mark(answering, tmp_path, mark):
    path = tmp_path / "claims.yaml"
    before = mark + WRITTEN.replace("\n", "\r\n").encode()
    path.write_bytes(before)
    answering("A second one.", *ANSWERS[1:])
    assert new(tmp_path) == 0
    written = path.read_bytes()
    assert written.startswith(before)
    assert written.count(b"\n") == written.count(b"\r\n") > before.count(b"\n")


def test_what_was_answered_is_not_lost_where_it_cannot_be_written(answering, tmp_path, capsys):
    (tmp_path / "claims.yaml").symlink_to(tmp_path / "gone")
    answering(*ANSWERS)
    assert new(tmp_path) == 5
    assert WRITTEN.removeprefix("claims:\n") in capsys.readouterr().out


def test_the_mix_is_not_looked_at_in_one_group(answering, tmp_path, capsys):
    answering(*ANSWERS)
    new(tmp_path)
    assert "mix of cases" not in capsys.readouterr().out
    (tmp_path / "claims.yaml").unlink()
    answering(*ANSWERS[:9], "", *ANSWERS[10:])
    new(tmp_path)
    assert "- the mix of cases, by district, grade, home (in care or not), age and shift" in " ".join(
        capsys.readouterr().out.split()
    )
