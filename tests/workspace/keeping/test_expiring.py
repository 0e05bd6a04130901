"""What is past its time goes, all of it or nothing; what is held or not settled stays."""

from __future__ import annotations

import multiprocessing
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.workspace.keeping.conftest import make_old, run
from wardline_workspace.children.models import CaseToCheck, Item
from wardline_workspace.children.states import State
from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.dives import removing
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.dives.forgetting import forget_what_is_gone
from wardline_workspace.dives.opened import opened, opened_folder, pages_of
from wardline_workspace.keeping.actions import lift, place_hold
from wardline_workspace.pages.refused import Refused
from wardline_workspace.releases.holding import hold
from wardline_workspace.releases.where import archive_of, folder_of, way_back_of
from wardline_workspace.trail.actions import find_break
from wardline_workspace.trail.kinds import Did
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def answered(request):
    """The children on the list of the dive are answered, where there is one: a dive whose list waits stays."""
    if "added" in request.fixturenames:
        request.getfixturevalue("added")
        Item.objects.update(state=State.ANSWERED.value)


def hold_it(by, kind, code):
    return place_hold(
        kind=kind, code=code, because="inquest", decided_by="The coroner", since=timezone.localdate(), by=by
    )


def did(kind: Did) -> list[Entry]:
    return list(Entry.objects.filter(did=kind.value))


class TestADive:
    def test_nothing_goes_that_is_not_settled(self, added):
        make_old(added, 10_000)
        assert run() == []
        assert added.path.exists()

    @pytest.mark.parametrize(("days", "goes"), [(90, False), (91, True)])
    def test_it_goes_the_day_after_its_last(self, added, kept_for, days, goes):
        make_old(added, days)
        kept_for(Kept.DIVES)
        run()
        assert added.path.exists() is not goes

    def test_all_of_it_goes_and_the_trail_has_its_hash(self, added, kept_for, deployment):
        pages_of(added)
        make_old(added)
        kept_for(Kept.DIVES)
        own = [deployment.folder / "figures", deployment.folder / "listed"]
        for one in own:  # a copy of this test's own: the others' figures are not to go
            shared = one.resolve()
            one.unlink()
            shutil.copytree(shared, one)
        assert [one for folder in own for one in folder.glob(f"{added.manifest_sha256}*")]
        [due] = run()
        assert due.stays is None
        assert not added.path.exists()
        assert [one for folder in own for one in folder.glob(f"{added.manifest_sha256}*")] == []
        [entry] = did(Did.REMOVED_DIVE)
        assert entry.detail == {"manifest": added.manifest_sha256, "reason": "time is over"}
        assert find_break() is None
        assert run() == []

    def test_no_page_of_it_opens_and_the_reason_is_said(self, added, kept_for, browse_as):
        make_old(added)
        kept_for(Kept.DIVES)
        run()
        for path in (f"/dives/{added.slug}/", f"/dives/{added.slug}/obligations/", f"/dives/{added.slug}/findings/"):
            page = browse_as("force-lead").get(path)
            assert page.status_code < 500
            assert "the time for which it is kept was over" in page.content.decode(), path
        assert browse_as("force-lead").get("/dives/").status_code == 200
        assert browse_as("force-lead").get("/children/closed-without-a-record/").status_code in (200, 404)

    def test_it_is_not_added_again(self, added, kept_for, dived):
        make_old(added)
        kept_for(Kept.DIVES)
        run()
        with pytest.raises(Refused, match="was removed on"):
            add_dive(dived, by="test")

    def test_what_another_process_removed_is_forgotten_here(self, added):
        opened(added)
        assert opened_folder.cache_info().currsize
        shutil.rmtree(added.path)
        forget_what_is_gone()
        assert opened_folder.cache_info().currsize == 0

    def test_a_list_that_waits_for_an_answer_keeps_it(self, added, kept_for):
        if not Item.objects.exists():
            pytest.skip("the dive has nobody on its list")
        Item.objects.update(state=State.NOBODY_YET.value)
        make_old(added)
        kept_for(Kept.DIVES)
        [due] = run()
        assert "wait for an answer" in due.stays
        assert added.path.exists()

    def test_a_held_case_keeps_it_and_one_of_another_dive_does_not(self, added, kept_for, approver):
        make_old(added)
        kept_for(Kept.DIVES)
        held = {"because": "inquest", "decided_by": "The coroner", "since": timezone.localdate(), "by": approver}
        hold(case_id="missing:none-such", **held)
        assert [due.stays for due in run(is_dry_run=True)] == [None]
        with opened(added).readable():
            case_id = opened(added).cases.select("case_id").first().collect().item()
        hold(case_id=case_id, **held)
        [due] = run()
        assert "held" in due.stays
        assert added.path.exists()


class TestAHold:
    def test_it_beats_time_until_it_is_lifted(self, added, kept_for, approver):
        make_old(added)
        kept_for(Kept.DIVES)
        held = hold_it(approver, Kept.DIVES, added.slug)
        [due] = run()
        assert due.stays.startswith("On legal hold: an inquest")
        assert added.path.exists()
        lift(hold=held, because="The inquest is over", by=approver)
        assert [due.stays for due in run()] == [None]
        assert not added.path.exists()
        [lifted] = did(Did.LIFTED_LEGAL_HOLD)
        assert "over" not in str(lifted.detail)

    def test_the_second_who_holds_or_lifts_is_told(self, added, approver):
        held = hold_it(approver, Kept.DIVES, added.slug)
        with pytest.raises(Refused, match="already"):
            hold_it(approver, Kept.DIVES, added.slug)
        lift(hold=held, because="Over", by=approver)
        with pytest.raises(Refused, match="already"):
            lift(hold=held, because="Over", by=approver)

    def test_what_was_removed_is_not_held(self, added, kept_for, approver):
        make_old(added)
        kept_for(Kept.DIVES)
        run()
        with pytest.raises(Refused, match="removed already"):
            hold_it(approver, Kept.DIVES, added.slug)

    def test_one_placed_between_looking_and_removing_is_seen(self, added, kept_for, approver):
        make_old(added)
        kept_for(Kept.DIVES)
        hold_it(approver, Kept.DIVES, added.slug)
        with pytest.raises(Refused, match="On legal hold"):
            removing.remove_dive(added.slug, by="command line")
        assert added.path.exists()

    def test_one_on_a_dive_keeps_its_releases_and_ways_back(self, of_cases, kept_for, approver):
        make_old(of_cases)
        kept_for(Kept.RELEASES, Kept.WAYS_BACK)
        hold_it(approver, Kept.DIVES, of_cases.dive.slug)
        assert all("Stays with what is on legal hold" in due.stays for due in run())
        assert archive_of(of_cases.number).exists()
        assert way_back_of(of_cases.number).exists()


class TestReleasesAtTheForce:
    def test_the_copy_goes_and_the_way_back_has_a_time_of_its_own(self, of_cases, kept_for, browse_as):
        make_old(of_cases)
        kept_for(Kept.RELEASES)
        run()
        assert not archive_of(of_cases.number).exists()
        assert not folder_of(of_cases.number).exists()
        assert way_back_of(of_cases.number).exists()
        page = browse_as("force-lead").get(f"/releases/{of_cases.number}/").content.decode()
        assert "It cannot be handed over again" in page
        assert browse_as("release-approver").post(f"/releases/{of_cases.number}/archive/").status_code < 500
        kept_for(Kept.WAYS_BACK)
        run()
        assert not way_back_of(of_cases.number).exists()
        page = browse_as("force-lead").get(f"/releases/{of_cases.number}/").content.decode()
        assert "Nobody can tell any more which case a code is" in page
        assert [entry.detail["release"] for entry in did(Did.REMOVED_WAY_BACK)] == [of_cases.sha256]

    def test_one_whose_day_has_not_come_stays(self, signed, kept_for):
        kept_for(Kept.RELEASES, Kept.WAYS_BACK)
        assert run() == []
        assert archive_of(signed.number).exists()

    def test_a_held_case_keeps_the_way_back(self, of_cases, kept_for, approver):
        make_old(of_cases)
        kept_for(Kept.WAYS_BACK)
        rows = way_back_of(of_cases.number).read_text(encoding="utf-8").splitlines()
        with opened(of_cases.dive).readable():
            ids = opened(of_cases.dive).cases.select("case_id").collect()["case_id"].to_list()
        case_id = next(one for one in ids if any(one in row for row in rows))
        hold(case_id=case_id, because="review", decided_by="The board", since=timezone.localdate(), by=approver)
        [due] = run()
        assert "held" in due.stays
        assert way_back_of(of_cases.number).exists()


class TestChildrenToCheck:
    def test_an_answered_case_goes_with_all_that_was_said(self, added, kept_for):
        case = CaseToCheck.objects.first()
        if case is None:
            pytest.skip("the dive has nobody on its list")
        kept_for(Kept.CHILDREN)
        from wardline_workspace.children.models import TakenList

        TakenList.objects.update(taken_at=timezone.now() - timedelta(days=91))
        assert {due.stays for due in run()} == {None}
        assert not CaseToCheck.objects.exists()
        assert did(Did.REMOVED_CHILD)
        assert case.case_id not in str([entry.detail for entry in did(Did.REMOVED_CHILD)])


def test_a_dry_run_changes_nothing(added, kept_for):
    make_old(added)
    kept_for(*Kept)
    entries = Entry.objects.count()
    assert added.slug in [due.thing.code for due in run(is_dry_run=True)]
    assert added.path.exists()
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("cut_off_in", ["rename", "rmtree"])
def test_one_that_was_cut_off_is_not_opened_and_goes_at_the_next_run(added, kept_for, monkeypatch, cut_off_in):
    make_old(added)
    kept_for(Kept.DIVES)

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    module = removing.os if cut_off_in == "rename" else removing.shutil
    with monkeypatch.context() as patched:
        patched.setattr(module, cut_off_in, stopped)
        with pytest.raises(KeyboardInterrupt):
            run()
    added.refresh_from_db()
    left = [one for one in added.path.parent.iterdir() if added.slug in one.name]
    if cut_off_in == "rename":
        assert left == [added.path]
        with pytest.raises(Refused):
            opened(added)
    run()
    assert [one for one in added.path.parent.iterdir() if added.slug in one.name] == []
    assert find_break() is None


def test_one_that_fails_before_its_entry_is_there_as_before(added, kept_for, monkeypatch):
    make_old(added)
    kept_for(Kept.DIVES)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(removing, "record", fails)
        with pytest.raises(RuntimeError):
            run()
    added.refresh_from_db()
    assert added.destroyed_on is None
    assert added.path.exists()


def _holds_the_folder(dives: Path, ready: object, go_on: object) -> None:
    from wardline_workspace.dives.copying import one_at_a_time

    with one_at_a_time(dives):
        ready.set()
        go_on.wait(20)


def test_of_two_at_once_the_second_waits(added, kept_for, deployment):
    import threading

    make_old(added)
    kept_for(Kept.DIVES)
    context = multiprocessing.get_context("fork")
    ready, go_on = context.Event(), context.Event()
    first = context.Process(target=_holds_the_folder, args=(deployment.dives, ready, go_on))
    first.start()
    assert ready.wait(20)
    threading.Timer(0.3, go_on.set).start()
    began = timezone.now()
    run()
    assert (timezone.now() - began).total_seconds() > 0.2
    first.join()
    assert len(did(Did.REMOVED_DIVE)) == 1
