"""The command line: what is told where, with which exit code, and help that reads well."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import signal
import sys
import threading

import polars as pl
import pytest
import typer

from tests.architecture.repository import ROOT
from wardline.cli import app, main
from wardline.cli.progress import show_progress

FIRST_MAPPING = str(ROOT / "examples" / "first-dive" / "mappings" / "missing.yaml")

NEVER_SHOWN = ("<path>", "<str>", "list[", "{", "TEXT", "PATH")


def told(capsys, *arguments):
    code = main(arguments)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def commands(command=None, path=()):
    command = command or typer.main.get_command(app)
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*path, name))


EVERY_COMMAND = list(commands())
EVERY_LEAF = [
    path
    for path in EVERY_COMMAND
    if path and path not in (("claim",), ("map",), ("measures",), ("standards",), ("trail",), ("workspace",))
]


def test_there_are_the_commands_that_the_design_names():
    assert {" ".join(path) for path in EVERY_LEAF} == {
        "dive",
        "explain",
        "report",
        "coverage",
        "request",
        "simulate",
        "map check",
        "map start",
        "claim new",
        "serve",
        "check-deployment",
        "backup",
        "restore",
        "trail verify",
        "trail head",
        "workspace first-administrator",
        "workspace new-password",
        "workspace erase-account",
        "workspace demonstration",
        "workspace add-dive",
        "claim test",
        "measures list",
        "measures show",
        "measures test",
        "standards list",
        "standards show",
        "standards test",
        "standards adopt",
        "standards diff",
        "standards new",
        "standards review",
        "whatif",
        "compare",
        "release",
    }


@pytest.mark.parametrize("path", EVERY_COMMAND, ids=" ".join)
def test_every_help_says_what_it_does_in_the_reader_s_words(capsys, path):
    code, out, _ = told(capsys, *path, "--help")
    assert code == 0
    assert out.startswith(" ".join(["Usage: wardline", *path]))
    assert [word for word in NEVER_SHOWN if word in out] == []
    assert "..." not in re.sub(r"[\w\]]\.\.\.", "", out), "a sentence is cut short"


@pytest.mark.parametrize("path", EVERY_LEAF, ids=" ".join)
def test_every_command_has_an_example_that_it_would_take(capsys, path):
    _, out, _ = told(capsys, *path, "--help")
    examples = [line.strip() for line in out.splitlines() if line.strip().startswith("wardline ")]
    assert examples
    for example in examples:
        words = example.split()[1:]
        assert tuple(words[: len(path)]) == path
        assert {word for word in words if word.startswith("--")} <= set(re.findall(r"--[\w-]+", out))


def test_the_version_is_told(capsys):
    assert told(capsys, "--version")[:2] == (0, "wardline 0.1.0\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dvie"], "Did you mean 'dive'?"),
        (["dive"], "Missing argument 'DIVE.yaml'."),
        (["dive", "x.yaml"], "Missing option '--out'."),
        (["explain", "E1", "--dvie", "x"], "No such option: --dvie"),
        (["map", "check"], "Missing argument"),
        (["map", "check", FIRST_MAPPING], "This mapping reads files, and none are named."),
    ],
)
def test_a_command_that_is_used_wrongly_is_told_how(capsys, arguments, said):
    code, out, err = told(capsys, *arguments)
    assert (code, out) == (2, "")
    assert said in err and "--help` says how to use it." in err
    assert "Traceback" not in err


def test_a_place_that_cannot_be_read_is_told_without_the_word_invalid(capsys, monkeypatch, tmp_path):
    # A closed folder is open to the superuser, as whom tests may be run.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    code, _, err = told(capsys, "explain", "E1", "--dive", str(tmp_path))
    assert code == 2
    assert "is not readable." in err and "nvalid" not in err


def test_a_name_that_no_disk_can_hold_is_no_dive(capsys):
    code, _, err = told(capsys, "explain", "E1", "--dive", "x" * 300)
    assert code == 5
    assert "There is no finished dive in this folder." in err


@pytest.mark.parametrize(
    ("command", "said"), [(["map", "check", FIRST_MAPPING], "No file matches"), (["map", "start"], "There is no file")]
)
def test_an_export_with_a_name_that_no_disk_can_hold_is_no_fault_of_ours(capsys, command, said):
    code, out, err = told(capsys, *command, "x" * 300)
    assert code in (4, 5) and out == ""
    assert said in err and "fault in wardline" not in err


def test_a_problem_goes_to_stderr_with_its_exit_code(capsys, tmp_path):
    code, out, err = told(capsys, "dive", str(tmp_path / "dive.yaml"), "--out", str(tmp_path / "out"))
    assert (code, out) == (3, "")
    assert "There is no such file." in err and "More: docs/how-to/fix-a-problem.md#a-file-is-missing" in err


class Fault(RuntimeError):
    """Something that only we can mend."""


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "Stopped. Nothing half-written was left behind."),
        (Fault("Zebedee Quixworth"), 70, "This is a fault in wardline, not in your file."),
        (OSError(errno.EIO, os.strerror(errno.EIO)), 70, "This is a fault in wardline, not in your file."),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 5, "or set TMPDIR to a folder on another disk"),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), 5, "or set TMPDIR to a folder on another disk"),
        (pl.exceptions.ComputeError("No space left on device (os error 28)"), 5, "or set TMPDIR to a folder"),
        (pl.exceptions.PanicException("value: KeyboardInterrupt()"), 130, "Stopped. Nothing half-written"),
        (pl.exceptions.PanicException("index out of bounds"), 70, "This is a fault in wardline, not in your file."),
        (
            PermissionError(errno.EACCES, "Permission denied", "closed/log.csv"),
            5,
            "closed/log.csv\n\nThe system refuses",
        ),
    ],
)
def test_what_happens_inside_is_told_as_what_it_is(capsys, monkeypatch, raised, code, said):
    def stop(*given, **named):
        raise raised

    monkeypatch.setattr("wardline.cli.explain.open_dive", stop)
    returned, _, err = told(capsys, "explain", "E1", "--dive", "x")
    assert returned == code and said in err


def test_a_fault_of_ours_is_told_with_its_place_but_without_its_message(capsys, monkeypatch):
    cell = "".join(reversed("eedebeZ"))  # so that the line of the traceback itself does not show it

    def stop(*given, **named):
        raise Fault(cell)

    monkeypatch.setattr("wardline.cli.explain.open_dive", stop)
    _, _, err = told(capsys, "explain", "E1", "--dive", "x")
    assert "explain.py" in err and "Fault" in err
    assert cell not in err


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_stop_is_answered_as_an_interrupt_and_the_old_answer_is_put_back(capsys, monkeypatch, sent):
    at_first = signal.signal(sent, signal.SIG_DFL)  # whoever runs the tests may have started them to ignore it
    monkeypatch.setattr("wardline.cli.explain.open_dive", lambda *given: os.kill(os.getpid(), sent))
    try:
        assert told(capsys, "explain", "E1", "--dive", "x")[0] == 130
        assert signal.getsignal(sent) is signal.SIG_DFL
    finally:
        signal.signal(sent, at_first)


def test_a_signal_that_a_command_was_started_to_ignore_is_ignored(capsys, monkeypatch):
    sent = []
    monkeypatch.setattr("wardline.cli.explain.open_dive", lambda *given: sent.append(os.kill(os.getpid(), 1)))
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` starts it
    try:
        told(capsys, "explain", "E1", "--dive", "x")
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert sent == [None]


def test_in_another_thread_signals_are_left_alone(capsys):
    codes = []
    thread = threading.Thread(target=lambda: codes.append(main(["--version"])))
    thread.start()
    thread.join()
    assert codes == [0]


def test_progress_is_one_line_for_each_step_where_there_is_no_terminal(capsys):
    with show_progress() as progress:
        for rows in range(3):
            progress(f"reading compact: episodes.csv, {rows} rows", rows, 3)
        progress("checking", 0, 0)
    assert capsys.readouterr().err == "Reading compact: episodes.csv …\nChecking …\n"


def test_progress_on_a_terminal_is_a_bar_that_goes_away(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with show_progress() as progress:
        progress("checking", 1, 2)
        progress("checking", 2, 2)
    assert "Checking" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")


def test_the_standards_that_ship_are_listed_and_shown(capsys):
    _, out, _ = told(capsys, "standards", "list")
    assert "england/missing-children\n    Missing children, version" in out
    _, out, _ = told(capsys, "standards", "show", "england/missing-children")
    assert "england/missing-children/attend: Police arrive to look for the child in time for the risk" in out
    assert "Owed by the force. Topic: initial response." in out
    assert "Not judged from records" in out
    assert "    - arrived after nearly three hours: recorded late by 2 hours 35 minutes" in out
    assert "Assumed: off until somebody at the force confirms it, or the oversight body asks about it." in out
    assert "Not yet reviewed by anybody." in out
    assert "Earlier days are judged by earlier versions: england/missing-children/2025.2" in out
    _, out, _ = told(capsys, "standards", "show", "england/missing-children/2025.2")
    assert "version 2025.2)\nOn each missing episode. In force from 1 January 2017 to 31 March 2025." in out


def test_an_example_that_does_not_hold_is_told_at_its_line_and_the_others_are_still_tried(capsys, tmp_path):
    path = tmp_path / "pace.yaml"
    path.write_text(PACE, encoding="utf-8")
    code, out, err = told(capsys, "standards", "test", str(path), "england/missing-children")
    assert code == 3
    assert "england/missing-children (version 2025.2):" in out
    assert "pace.yaml, line 20" in err and "does not hold" in err


def test_a_request_is_a_letter_and_a_list_of_the_fields_that_are_needed(capsys):
    code, out, err = told(capsys, "request", "england/missing-children")
    assert (code, err) == (0, "")
    letter, fields = out.split("[name and office]\n")
    assert "To: [name of the force]" in letter and "Missing children" in letter
    rows = list(csv.DictReader(io.StringIO(fields.lstrip())))
    asked = {(row["about"], row["field"]): row for row in rows}
    assert f"the {len(rows)} fields" in letter
    grade = asked["an event of a case: risk_graded (missing episode)", "grade"]
    assert grade["form"].startswith("any value as it is kept; told apart here: high, medium, low")
    assert "england/missing-children/attend" in grade["needed for"]
    case = asked["a case: missing episode", "case number"]
    assert case["needed for"] == "every obligation of england/missing-children"
    offered = asked["an event of a case: return_interview_offered (missing episode)", "happened at"]
    assert offered["kept by"] == "the council"
    assert {"given_name", "family_name", "phone", "text"} & {row["field"] for row in rows} == set()


def test_a_request_to_a_force_names_it_and_is_never_written_over(capsys, tmp_path):
    force = tmp_path / "force.yaml"
    force.write_text(
        "force: Made-up Constabulary\nnation: England\ntime zone: Europe/London\n"
        "oversight body: Made-up Commissioner\n",
        encoding="utf-8",
    )
    asked = ("request", "england/missing-children", "--force", str(force), "--out", str(tmp_path / "request"))
    assert told(capsys, *asked)[0] == 0
    letter = (tmp_path / "request/letter.md").read_text(encoding="utf-8")
    assert "To: Made-up Constabulary" in letter and "From: Made-up Commissioner" in letter
    assert (tmp_path / "request/fields.csv").read_bytes().startswith(b"\xef\xbb\xbfabout,field,")
    code, _, err = told(capsys, *asked)
    assert code == 5 and "already there" in err
    assert (tmp_path / "request/letter.md").read_text(encoding="utf-8") == letter


def test_a_mapping_is_looked_through_with_a_folder_or_with_files(capsys, tmp_path):
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports/episodes.csv").write_text("No,At\n1,2025-06-02 18:00\n2,then\n,2025-06-02 19:00\n")
    for files in (tmp_path / "exports", tmp_path / "exports/episodes.csv"):
        code, out, _ = told(capsys, "map", "check", str(tmp_path / "mapping.yaml"), str(files))
        assert code == 0
        assert "3 rows: 2 (66.7 %) kept, 0 (0.0 %) left out, 1 (33.3 %) rejected" in out
        assert "The time cannot be read." in out and "then" not in out.replace("then be", "")


PACE = """\
standard: our-own/pace
title: How soon somebody is sent
version: "1"
in force: {from: 2025-01-01}
case type: missing episode
obligations:
  - id: send
    title: Somebody is sent in time
    topic: initial response
    owed by: force
    when: reported
    then: officer_deployed
    within: 15 minutes
    basis: {kind: force policy, title: Our response policy}
    examples:
      - name: sent late
        events: |
          18:00 reported
        as at: "23:00"
        expect: recorded in time
"""
MAPPING = """\
record system: compact
title: Missing-person system
time zone: Europe/London
tables:
  - files: "*.csv"
    each row is: a case
    case type: missing episode
    case id: No
    opened at: At
    events: {reported: {at: At}}
"""
