"""Uploads, messages to a post and an office's releases: gone when their time is over, and not while they are held."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.workspace.keeping.conftest import run
from tests.workspace.releases.conftest import to_office, unpacked  # noqa: F401  its fixture
from wardline_workspace.at_risk import actions as at_risk
from wardline_workspace.at_risk.kinds import Kind
from wardline_workspace.at_risk.models import Risk
from wardline_workspace.deployment.described import Deployment
from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.keeping.actions import lift, place_hold
from wardline_workspace.keeping.models import LegalHold
from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.making.removing import remove
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.releases.models import EndOfRelease, Release
from wardline_workspace.releases.receiving import destroy
from wardline_workspace.trail.kinds import Did
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db
AGO = timedelta(days=91)


def hold_it(by: Account, kind: Kept, code: str) -> LegalHold:
    return place_hold(
        kind=kind, code=code, because="complaint", decided_by="The officer", since=timezone.localdate(), by=by
    )


@pytest.fixture
def work(db: None, deployment: Deployment) -> DiveBeingMade:
    """A dive being made, with one upload, which nobody touched for a long time."""
    made = DiveBeingMade.objects.create(slug="winter", begun_by="test")
    (made.folder / "exports" / "missing").mkdir(parents=True)
    upload = made.folder / "exports" / "missing" / "missing.csv"
    upload.write_text("a,b\n", encoding="utf-8")
    long_ago = (timezone.now() - AGO).timestamp()
    for one in (upload, *upload.parents[:2]):
        os.utime(one, (long_ago, long_ago))
    DiveBeingMade.objects.update(begun_at=timezone.now() - AGO)
    return made


class TestADiveBeingMade:
    def test_it_goes_with_its_uploads(
        self, work: DiveBeingMade, kept_for: Callable[..., None], django_capture_on_commit_callbacks: Any
    ) -> None:
        kept_for(Kept.WORK)
        with django_capture_on_commit_callbacks(execute=True):
            assert [due.stays for due in run()] == [None]
        assert list(work.folder.parent.iterdir()) == []
        assert not DiveBeingMade.objects.exists()
        assert Entry.objects.get(did=Did.REMOVED_WORK.value).detail == {"reason": "time is over"}

    def test_a_new_upload_begins_its_time_anew(self, work: DiveBeingMade, kept_for: Callable[..., None]) -> None:
        kept_for(Kept.WORK)
        (work.folder / "exports" / "missing" / "more.csv").write_text("a\n", encoding="utf-8")
        assert run() == []
        assert work.folder.exists()

    def test_on_hold_it_is_removed_neither_in_the_night_nor_by_hand(
        self, work: DiveBeingMade, kept_for: Callable[..., None], approver: Account, browse_as: Callable[..., Client]
    ) -> None:
        kept_for(Kept.WORK)
        hold_it(approver, Kept.WORK, work.slug)
        [due] = run()
        assert due.stays.startswith("On legal hold: a complaint")
        with pytest.raises(Refused, match="On legal hold"):
            remove(work, by=approver)
        page = browse_as("force-lead").get(f"/making/{work.slug}/remove/").content.decode()
        assert "On legal hold" in page
        assert work.folder.exists()


class TestAMessageToAPost:
    def sent(self, by: Account, **changed: str) -> Risk:
        given = {"worry": "marker", "reach": "1", "token": uuid.uuid4(), "about": "somebody"}
        risk = at_risk.send_risk(kind=Kind.CHILD_AT_RISK, by=by, **given | changed)
        Risk.objects.update(sent_at=timezone.now() - AGO)
        return risk

    def test_it_goes_once_it_is_acknowledged_and_not_before(
        self, account_as: Callable[[str], Account], kept_for: Callable[..., None]
    ) -> None:
        kept_for(Kept.RISKS)
        post = account_as("duty-inspector")
        risk = self.sent(account_as("force-lead"))
        assert [due.stays for due in run()] == ["The post has not acknowledged it."]
        at_risk.acknowledge(risk=risk, name="A. Inspector", by=post)
        at_risk.record_call(risk=risk, spoke_with="the lead", called_at=timezone.now(), by=post)
        assert [due.stays for due in run()] == [None]
        assert not Risk.objects.exists()
        assert Entry.objects.get(did=Did.REMOVED_RISK.value).about == risk.code


class TestAnOfficesRelease:
    @pytest.fixture
    def received(self, of_cases: Release, to_office: Callable[[], Deployment], tmp_path: Path) -> AddedDive:  # noqa: F811
        folder = unpacked(of_cases, tmp_path / "handed-over")
        to_office()
        added = add_dive(folder, by="")
        AddedDive.objects.filter(pk=added.pk).update(ends_on=timezone.localdate() - AGO)
        return AddedDive.objects.get(pk=added.pk)

    def test_it_goes_with_a_certificate_that_says_no_person_certified(
        self, received: AddedDive, kept_for: Callable[..., None], browse_as: Callable[..., Client]
    ) -> None:
        kept_for(Kept.RELEASES)
        assert [due.stays for due in run()] == [None]
        assert not received.path.exists()
        assert "not by a person" in EndOfRelease.objects.get(dive=received).certified_by
        page = browse_as("scrutiny-officer").get(f"/releases/received/{received.slug}/").content.decode()
        assert "is for a person to certify" in page

    def test_a_hold_beats_its_recall_and_it_is_opened_by_nobody(
        self,
        received: AddedDive,
        kept_for: Callable[..., None],
        account_as: Callable[[str], Account],
        browse_as: Callable[..., Client],
    ) -> None:
        kept_for(Kept.RELEASES)
        by = account_as("chief-executive")
        held = hold_it(by, Kept.RELEASES, received.slug)
        AddedDive.objects.filter(pk=received.pk).update(recalled_on=timezone.localdate())
        [due] = run()
        assert due.stays.startswith("On legal hold")
        given: dict[str, Any] = {"destroyed_on": timezone.localdate(), "certified_by": "A", "certificate": "B"}
        with pytest.raises(Refused, match="On legal hold"):
            destroy(added=received, by=by, **given)
        page = browse_as("scrutiny-officer").get(f"/releases/received/{received.slug}/").content.decode()
        assert "destroy it when the hold is lifted" in page
        assert f"/releases/received/{received.slug}/destroy/" not in page
        opened = browse_as("scrutiny-officer").get(f"/dives/{received.slug}/", follow=True).content.decode()
        assert "Nothing of it is opened any more" in opened
        assert received.path.exists()
        lift(hold=held, because="Over", by=by)
        destroy(added=AddedDive.objects.get(pk=received.pk), by=by, **given)
        assert not received.path.exists()


class TestThePages:
    def test_what_is_due_held_and_not_settled_is_shown(
        self, work: DiveBeingMade, kept_for: Callable[..., None], browse_as: Callable[..., Client]
    ) -> None:
        kept_for(Kept.WORK)
        browser = browse_as("release-approver")
        before = browser.get("/kept/").content.decode()
        assert "Removed at the next run" in before
        assert "Not settled" in before
        day = timezone.localdate()
        asked = {
            "what": f"{Kept.WORK} / {work.slug}",
            "because": "inquest",
            "decided_by": "The coroner",
            "since_0": day.day,
            "since_1": day.month,
            "since_2": day.year,
        }
        assert browser.post("/kept/holds/place/", asked).status_code == 302
        assert "On legal hold: an inquest" in browser.get("/kept/").content.decode()
        again = browser.post("/kept/holds/place/", asked).content.decode()
        assert again.count("This is on legal hold already") == 2
        assert "Enter who decided it" in browser.post("/kept/holds/place/", asked | {"decided_by": ""}).content.decode()
        lifting = f"/kept/holds/{LegalHold.objects.get().pk}/lift/"
        assert "Enter the reason" in browser.post(lifting, {"reason": " "}).content.decode()
        assert browser.post(lifting, {"reason": "The inquest is over"}).status_code == 302
        assert "The inquest is over" in browser.get("/kept/").content.decode()
        assert browse_as("force-lead").get("/kept/holds/place/").status_code == 403
