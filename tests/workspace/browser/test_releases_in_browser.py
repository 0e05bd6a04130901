"""Releases in a real browser: prepared, read, signed and recalled at the force, read and destroyed at the office."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.workspace.browser.test_children_in_browser import WIDTHS, trail_that_can_be_emptied, visits
from tests.workspace.releases.conftest import unpacked
from wardline_workspace.demonstration.accounts import make_accounts
from wardline_workspace.deployment.described import Deployment, Place
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.people.models import Account
from wardline_workspace.releases.actions import prepare
from wardline_workspace.releases.models import Release
from wardline_workspace.releases.preview import fingerprint_of
from wardline_workspace.releases.signing import sign

__all__ = ["trail_that_can_be_emptied", "visits"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        bool(os.environ.get("WARDLINE_TEST_DATABASE")),
        reason="a server's threads keep PostgreSQL from taking the tests' database away; pages are the same on either",
    ),
]
LEAD, APPROVER, OFFICER = "Force lead for child protection", "Data-release approver", "Scrutiny officer"


@pytest.fixture
def force(live_server: Any, deployment: Deployment, dived: Path) -> str:
    """The force's workspace with a dive."""
    make_accounts()
    add_dive(dived, by="")
    return str(live_server.url)


def _released(kind: str, question: str) -> Release:
    lead, approver = (Account.objects.get(role=role) for role in ("force-lead", "release-approver"))
    ends = timezone.localdate() + timedelta(days=10)
    release = prepare(
        dive=AddedDive.objects.get(is_release=False),
        by=lead,
        purpose="The panel of May",
        recipients=["scrutiny officer"],
        kind=kind,
        question=question,
        about=[],
        ends_on=ends,
        destroyed_by=ends,
        certified_by="The chief executive",
        marking="OFFICIAL-SENSITIVE",
    )
    return sign(release=release, fingerprint=fingerprint_of(release), by=approver)


def _type_day(page: Any, legend: str, day: Any) -> None:
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(value))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_release_is_prepared_signed_and_recalled(visits: Any, force: str, width: int) -> None:
    lead = visits(force, LEAD, width=width)
    page = lead.open("/releases/")
    lead.look("releases")
    page.get_by_role("link", name="Of “Missing children").click()
    lead.look("prepare")
    page.get_by_role("button", name="See what would go").click()
    assert page.locator(".govuk-error-summary li").count() == 5
    lead.look("prepare-with-problems")
    page.get_by_label("Named purpose").fill("The panel of May")
    page.get_by_label("Who gets it").fill("scrutiny officer")
    ends = timezone.localdate() + timedelta(days=30)
    _type_day(page, "When does it end?", ends)
    _type_day(page, "When must the office destroy it?", ends)
    page.get_by_label("Who will certify that it was destroyed?").fill("The chief executive")
    page.get_by_role("button", name="See what would go").click()
    lead.look("prepared")
    approver = visits(force, APPROVER, width=width)
    assert "to sign" in approver.page.locator("main").inner_text()
    approver.look("home-of-the-approver")
    page = approver.open("/releases/1/rows/figures/")
    approver.look("rows")
    page = approver.open("/releases/1/")
    approver.look("to-sign")
    page.get_by_role("button", name="Sign and release").click()
    approver.look("to-sign-with-problems")
    for words in ("read what goes and what stays", "looked at the rows", "asked whether a person"):
        page.get_by_label(words).check()
    page.get_by_role("button", name="Sign and release").click()
    assert "is signed" in page.locator("main").inner_text()
    approver.look("signed")
    page.get_by_role("link", name="Recall this release").click()
    approver.look("recall")
    page.get_by_label("Why is it recalled?").fill("A figure was wrong")
    page.get_by_role("button", name="Recall it").click()
    assert "recall.json" in page.locator("main").inner_text()
    approver.look("recalled")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_case_is_held_and_a_vignette_checked(visits: Any, force: str, width: int) -> None:
    approver = visits(force, APPROVER, width=width)
    page = approver.open("/releases/held/")
    page.get_by_role("button", name="Hold it").click()
    assert page.locator(".govuk-error-summary li").count() == 5
    approver.look("hold-with-problems")
    lead = visits(force, LEAD, width=width)
    page = lead.open("/releases/vignettes/write/")
    lead.look("write-vignette")
    page.get_by_label("Dive").select_option(index=1)
    page.get_by_label("Case number").fill("1003")
    page.get_by_label("Title").fill("A long wait")
    page.get_by_role("textbox", name="Text").fill("In case 1003 nobody came for hours.")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Keep it").click()
    assert "To be taken out" in page.locator("main").inner_text()
    lead.look("vignette-with-a-number")
    page.get_by_role("link", name="Change the text").click()
    page.get_by_role("textbox", name="Text").fill("Nobody came for hours.")
    page.get_by_role("button", name="Keep it").click()
    approver.open("/releases/vignettes/").get_by_role("link", name="A long wait").click()
    approver.look("vignette-to-sign")
    for group in approver.page.get_by_role("group").all():
        group.get_by_label("No", exact=True).check()
    approver.page.get_by_role("button", name="Sign the vignette").click()
    assert "goes with the next release" in approver.page.locator("main").inner_text()
    approver.look("vignette-signed")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_release_is_read_and_destroyed_at_the_office(
    visits: Any, force: str, settings: Any, tmp_path: Path, width: int
) -> None:
    _released("totals", "")
    folder = unpacked(_released("cases", "Who agreed each change of grade?"), tmp_path / "handed-over")
    elsewhere = tmp_path / "office"
    elsewhere.mkdir()
    here = settings.DEPLOYMENT
    settings.DEPLOYMENT = replace(here, place=Place.OFFICE, body=here.office, folder=elsewhere)
    make_accounts()
    added = add_dive(folder, by="")
    officer = visits(force, OFFICER, width=width)
    assert "ends in 10 days" in officer.page.locator("main").inner_text()
    officer.look("home-of-the-officer")
    for part in ("", "can-we-tell/", "obligations/", "standards/", "measures/", "claims/", "method/", "findings/"):
        officer.open(f"/dives/{added.slug}/{part}")
        officer.look(f"released-{part.strip('/') or 'front'}")
    page = officer.page
    page.locator(f'a[href^="/dives/{added.slug}/cases/"]').first.click()
    officer.look("coded-case")
    assert "after the start" in page.locator("main").inner_text()
    officer.open("/releases/")
    officer.look("received")
    page.get_by_role("link", name=added.title).click()
    officer.look("received-release")
    page.get_by_role("link", name="Destroy this release").click()
    page.get_by_role("button", name="Destroy it").click()
    officer.look("destroy-with-problems")
    _type_day(page, "When was it destroyed?", timezone.localdate())
    page.get_by_label("Who certifies it?").fill("The chief executive")
    page.get_by_label("What the certificate says").fill("Every copy and export was deleted")
    page.get_by_role("button", name="Destroy it").click()
    assert "Certificate of destruction" in page.locator("main").inner_text()
    officer.look("destroyed")
    assert not added.path.exists()
