"""Whatever stops the making of a dive, and after whichever step: nothing half-written is left, and the list is kept."""

from __future__ import annotations

import errno
import os

import polars as pl
import pytest

from tests.integration.dive.a_dive import wardline, write_dive
from wardline.dive.making import running

# Every step in order, and whether the list of children to check has been written once it is done.
STEPS = {
    "read_exports": False,
    "key_tables": False,
    "keep_key": False,
    "findings_in_pieces": False,
    "findings_outside_period": False,
    "write_lists_for_today": True,
    "record_faults": True,
    "write_table": False,
    "write_settings": False,
    "settings_remarks": False,
    "inputs_of": False,
    "describe": False,
    "KeptDive": False,
    "Pages": True,
    "write_manifest": True,
}
STOPS = {
    "interrupt": (KeyboardInterrupt(), 130, "Nothing half-written was left behind."),
    "interrupt amid the work of Polars": (
        pl.exceptions.PanicException("PyErr { type: <class 'KeyboardInterrupt'>, value: KeyboardInterrupt() }"),
        130,
        "Nothing half-written was left behind.",
    ),
    "full disk": (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 5, "No space left on device"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("stop", STOPS)
def test_what_stops_after_a_step_leaves_nothing_but_the_list(tmp_path, monkeypatch, step, stop):
    error, code, said = STOPS[stop]
    done = getattr(running, step)

    def done_and_stopped(*given, **named):
        done(*given, **named)
        raise error

    monkeypatch.setattr(running, step, done_and_stopped)
    dive_file = write_dive(tmp_path / "dive")
    before = sorted(tmp_path.rglob("*"))
    told = wardline("dive", dive_file, "--out", tmp_path / "dives/march")
    assert told.returncode == code, told.stderr
    assert said in told.stderr and "Traceback" not in told.stderr
    kept = tmp_path / "dives/march-children-to-check-today.csv"
    left = [path for path in sorted(tmp_path.rglob("*")) if path not in before]
    assert left == ([kept.parent, kept] if STEPS[step] else [])
    assert ("The list of children to check today was already finished" in told.stderr) is STEPS[step]
    if STEPS[step]:
        assert "compact:E2" in kept.read_text(encoding="utf-8-sig")


def test_a_list_that_an_earlier_run_left_is_not_shown_as_that_of_this_one(tmp_path, monkeypatch):
    def stopped(*given, **named):
        raise KeyboardInterrupt

    (tmp_path / "march-children-to-check-today.csv").write_text("of yesterday", encoding="utf-8")
    monkeypatch.setattr(running, "key_tables", stopped)
    told = wardline("dive", write_dive(tmp_path / "dive"), "--out", tmp_path / "march")
    assert told.returncode == 130 and "Nothing half-written was left behind." in told.stderr
    assert "was already finished" not in told.stderr
    assert (tmp_path / "march-children-to-check-today.csv").read_text(encoding="utf-8") == "of yesterday"


def test_while_the_exports_are_read_nobody_else_may_look_at_person_numbers_in_clear(tmp_path, monkeypatch):
    done, modes = running.key_tables, []

    def looked_at(unkeyed, *given):
        modes.extend(path.stat().st_mode & 0o077 for path in (unkeyed, unkeyed.parent))
        assert (unkeyed / "people.parquet").is_file()
        done(unkeyed, *given)
        assert not unkeyed.exists()

    monkeypatch.setattr(running, "key_tables", looked_at)
    assert wardline("dive", write_dive(tmp_path / "dive"), "--out", tmp_path / "out").returncode == 0
    assert modes == [0, 0]
