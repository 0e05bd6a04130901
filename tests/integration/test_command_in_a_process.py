"""What only a command in a process of its own can show."""

import subprocess
import sys


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
