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
