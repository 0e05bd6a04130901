"""A dive in a process of its own: it is killed, stopped and waits in order, and comes to all of a dive or none."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.utils import timezone

from tests.workspace.making.place import ROOT, SECONDS, Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.making import background
from wardline_workspace.making.models import BackgroundDive, State
from wardline_workspace.making.run import run_all


@pytest.fixture
def place(tmp_path):
    made: list[Place] = []

    def make(dives: int = 1) -> Place:
        made.append(Place(tmp_path, dives))
        return made[0]

    yield make
    for one in made:
        one.end()
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.mark.parametrize("seconds", [0.0, 0.7, 2.0])
def test_killed_in_the_middle_it_goes_on_and_comes_to_one_dive(place, seconds):
    here = place()
    process = here.run()
    here.until(lambda: here.states()[0][0] == "running")
    time.sleep(seconds)
    process.kill()
    process.wait()
    was_done = here.states()[0][0] == "done"
    assert was_done or (here.states() == [("running", 0)] and here.dives() == [])
    here.run().wait(SECONDS)
    assert here.states() == [("done", 0 if was_done else 1)]
    assert here.dives() == here.names() and len(here.dives()) == 1
    assert not (here.folder / "making" / "work-0" / "result").exists()


def test_one_is_run_at_a_time_and_each_is_run(place):
    here = place(2)
    first, second = here.run(), here.run()
    seen: set[int] = set()

    def is_over() -> bool:
        states = [state for state, _ in here.states()]
        seen.add(states.count("running"))
        return states == ["done", "done"]

    here.until(is_over)
    assert seen <= {0, 1} and 1 in seen
    assert (first.wait(SECONDS), second.wait(SECONDS)) == (0, 0)
    # Both read the same exports with the same documents, but each with a key of its own.
    assert len(here.dives()) == len(here.names()) == 2


def test_stopped_while_it_runs_nothing_is_left(place):
    here = place()
    process = here.run()
    here.until(lambda: here.states()[0][0] == "running")
    with sqlite3.connect(here.folder / "workspace.sqlite3", timeout=20) as database:
        database.execute("UPDATE making_backgrounddive SET stop_asked_at = '2025-04-01 00:00:00'")
    assert process.wait(SECONDS) == 0
    assert here.states() == [("stopped", 0)]
    [(said,)] = here.ask("SELECT problems FROM making_backgrounddive")
    assert "Nothing half-written was left behind" in said
    assert here.dives() == here.names() == []
    assert not (here.folder / "making" / "work-0" / "result").exists()


def test_when_the_workspace_starts_what_was_cut_off_goes_on_by_itself(place):
    here = place()
    process = here.run()
    here.until(lambda: here.states()[0][0] == "running")
    process.kill()
    process.wait()
    start = (
        "import sys; from pathlib import Path; from wardline_workspace.deployment import running\n"
        "running.set_up(Path(sys.argv[1])); running._go_on_with_dives()"
    )
    subprocess.run([sys.executable, "-c", start, str(here.file)], check=True, env=here.environment, cwd=ROOT)
    here.until(lambda: here.states() == [("done", 1)])
    assert len(here.dives()) == 1


def test_an_interrupt_that_the_starter_ignored_still_stops_it(place):
    here = place()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = here.run()
    finally:
        signal.signal(signal.SIGINT, before)
    here.until(lambda: here.states()[0][0] == "running")
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0
    assert here.states() == [("stopped", 0)]


@pytest.mark.django_db
class TestWithoutAProcess:
    def test_one_that_waits_is_stopped_at_once(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/run/"
        lead.post(address, {"what": "start"})
        lead.post(address, {"what": "stop"})
        assert BackgroundDive.objects.get().state == State.STOPPED
        assert "because somebody asked for it" in lead.get(address).content.decode()
        run_all()
        assert not AddedDive.objects.exists()

    def test_it_is_not_started_twice(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/run/"
        lead.post(address, {"what": "start"})
        answer = lead.post(address, {"what": "start"})
        assert answer.status_code == 409
        assert "already running" in answer.content.decode()

    def test_cut_off_too_often_it_says_so_and_can_be_run_again(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/run/"
        lead.post(address, {"what": "start"})
        BackgroundDive.objects.update(state=State.RUNNING, began_at=timezone.now(), cut_off=2)
        assert background.claim_next() is None
        page = lead.get(address).content.decode()
        assert "It was cut off 3 times before it was done" in page
        assert "Run it again" in page

    def test_cut_off_after_somebody_asked_to_stop_it_does_not_go_on(self, lead, with_exports):
        lead.post(f"/making/{with_exports.slug}/run/", {"what": "start"})
        BackgroundDive.objects.update(state=State.RUNNING, stop_asked_at=timezone.now())
        assert background.claim_next() is None
        assert BackgroundDive.objects.get().state == State.STOPPED

    def test_what_was_wrong_is_said_in_words_with_its_place(self, lead, with_exports):
        lead.post(f"/making/{with_exports.slug}/run/", {"what": "start"})
        mapping = with_exports.files.mapping("missing")
        mapping.write_text(mapping.read_text().replace("case id: EpisodeNo", "case id: EpisodNo", 1))
        run_all()
        run = BackgroundDive.objects.get()
        assert run.state == State.DID_NOT_FINISH
        page = lead.get(f"/making/{with_exports.slug}/run/").content.decode()
        assert "There is no column `EpisodNo`" in page and "EpisodeNo" in page
        assert "look" in lead.get("/").content.decode()
        assert not AddedDive.objects.exists()

    def test_a_full_disk_is_said_and_nothing_is_added(self, lead, with_exports, monkeypatch):
        def full(*_, **__):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("wardline.dive.run_dive", full)
        lead.post(f"/making/{with_exports.slug}/run/", {"what": "start"})
        run_all()
        assert "the disk is full" in lead.get(f"/making/{with_exports.slug}/run/").content.decode()
        assert not AddedDive.objects.exists()

    def test_our_own_fault_is_called_that_and_no_traceback_is_shown(self, lead, with_exports, monkeypatch):
        def broken(*_, **__):
            raise ZeroDivisionError("Ada Madeup")

        monkeypatch.setattr("wardline.dive.run_dive", broken)
        lead.post(f"/making/{with_exports.slug}/run/", {"what": "start"})
        run_all()
        page = lead.get(f"/making/{with_exports.slug}/run/").content.decode()
        assert "This is a fault in Wardline" in page
        assert "Madeup" not in page and "ZeroDivision" not in page

    def test_the_same_dive_run_again_leads_to_the_one_that_is_there(self, lead, with_exports):
        for _ in range(2):
            lead.post(f"/making/{with_exports.slug}/run/", {"what": "start"})
            run_all()
        assert AddedDive.objects.count() == 1
        assert [one.state for one in BackgroundDive.objects.all()] == [State.DONE, State.DONE]

    def test_while_it_runs_its_documents_are_not_changed(self, lead, with_exports):
        lead.post(f"/making/{with_exports.slug}/run/", {"what": "start"})
        BackgroundDive.objects.update(state=State.RUNNING)
        stands = with_exports.files.read("force")
        address = f"/making/{with_exports.slug}/documents/force/"
        page = lead.post(address, {"text": stands.text + "# more\n", "version": stands.version}).content.decode()
        assert "This dive is being run" in page
        assert with_exports.files.read("force").version == stands.version
