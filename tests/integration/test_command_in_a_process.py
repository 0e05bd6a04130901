"""What only a command in a process of its own can show."""

import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from tests.integration.dive.a_dive import write_dive
from wardline import open_dive

FULL = Path("/dev/full")


def test_a_reader_who_has_gone_is_no_fault():
    with subprocess.Popen(
        [sys.executable, "-m", "wardline.cli", "standards", "show", "england/missing-children"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert err == ""


INTERRUPTED_WHILE_STARTING = """
import sys
from wardline.cli import main

class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "wardline.cli.simulate":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
sys.exit(main(["standards", "list"]))
"""


def test_whoever_interrupts_a_command_while_it_starts_is_told_that_it_stopped():
    asked = [sys.executable, "-c", INTERRUPTED_WHILE_STARTING]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Stopped.\n")


WARDLINE = [sys.executable, "-m", "wardline.cli"]


@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full is asked for in the manner of Linux")
@pytest.mark.parametrize("command", ["--version", "--help", "dive --help", "standards list"])
def test_where_what_is_printed_finds_no_room_that_is_said_and_not_of_the_temporary_files(command):
    with FULL.open("w") as full:
        done = subprocess.run(
            [*WARDLINE, *command.split()], check=False, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 5
    assert "cannot be written where it was sent: No space left on device" in done.stderr
    assert "TMPDIR" not in done.stderr and "Exception ignored" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full is asked for in the manner of Linux")
def test_where_stderr_cannot_be_written_a_command_does_its_work_all_the_same(tmp_path):
    write_dive(tmp_path)
    with FULL.open("w") as full:
        done = in_a_shell("dive dive.yaml --out out", tmp_path, stderr=full)
    assert done.returncode == 0
    assert (tmp_path / "out" / "manifest.json").is_file()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_command_that_was_started_without_stdout_or_stderr_does_its_work_all_the_same(tmp_path, closed):
    write_dive(tmp_path)
    done = in_a_shell(f"dive dive.yaml --out out {closed}", tmp_path)
    assert done.returncode == 0, done.stderr
    kept = open_dive(tmp_path / "out")  # which nothing that was said has been written into
    assert kept.findings.collect().height > 0


@pytest.mark.parametrize("option", ["--version", "--help", "standards list"])
def test_in_a_folder_that_is_gone_a_command_says_so(tmp_path, option):
    gone = tmp_path / "gone"
    gone.mkdir()
    program = f"import os, sys; os.rmdir('{gone}'); from wardline.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, *option.split()]
    done = subprocess.run(command, cwd=gone, check=False, capture_output=True, text=True)
    if option == "--version":
        assert done.returncode == 0
    else:
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("The folder in which you are is not there any more.\nChange to one that is")


def in_a_shell(command: str, folder: Path, stderr: int | IO[str] = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        f'"{sys.executable}" -m wardline.cli {command}',
        shell=True,
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )
