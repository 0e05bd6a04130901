"""`wardline standards test` without a name goes through everything that ships."""

from __future__ import annotations

import re

from wardline.cli import main


def test_the_worked_examples_of_every_standard_that_ships_hold(capsys):
    code = main(["standards", "test"])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    assert re.search(r"england/missing-children \(version [\d.]+\): \d+ worked examples hold", out)
