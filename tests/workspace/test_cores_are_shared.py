"""How many cores the processes of a workspace take, and a dive in the background beside them."""

from __future__ import annotations

import os

import pytest

from wardline_workspace.deployment import running

SAID = "POLARS_MAX_THREADS"


@pytest.fixture
def served_with(monkeypatch, tmp_path):
    """The environment in which the web server starts, on a machine of so many cores."""

    def environment(cores: int, workers: int) -> dict[str, str]:
        found: dict[str, str] = {}
        monkeypatch.setattr(running.os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
        monkeypatch.setattr(running.os, "execv", lambda *_: found.update(os.environ))
        monkeypatch.setattr(running, "_go_on_with_dives", lambda: None)
        monkeypatch.setattr(running.os, "environ", dict(os.environ))
        running.serve(tmp_path / "workspace.yaml", address="127.0.0.1", port=1, workers=workers)
        return found

    return environment


@pytest.mark.parametrize(("cores", "workers", "each"), [(2, 2, "1"), (8, 2, "4"), (2, 4, "1"), (3, 2, "1")])
def test_the_processes_share_the_cores(served_with, monkeypatch, cores, workers, each):
    monkeypatch.delenv(SAID, raising=False)
    assert served_with(cores, workers)[SAID] == each


def test_a_dive_in_the_background_may_have_all(served_with, monkeypatch):
    monkeypatch.delenv(SAID, raising=False)
    assert SAID not in running.with_all_cores(served_with(8, 2))


def test_what_somebody_said_holds_for_both(served_with, monkeypatch):
    monkeypatch.setenv(SAID, "3")
    environment = served_with(8, 2)
    assert environment[SAID] == running.with_all_cores(environment)[SAID] == "3"
