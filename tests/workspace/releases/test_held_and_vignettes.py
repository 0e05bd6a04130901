"""Cases that are held, and vignettes: what of a case stands in a text, who signs it, and with what it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone

from wardline.dive import KeptDive
from wardline.dive.releasing.kept_release import open_release
from wardline.dive.releasing.search_of_vignette import found_in_text
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.people.models import Account
from wardline_workspace.releases.actions import prepare
from wardline_workspace.releases.models import HeldCase, Release, Vignette
from wardline_workspace.releases.policies import INTRUDER
from wardline_workspace.releases.preview import fingerprint_of, planned, preview_of
from wardline_workspace.releases.signing import sign
from wardline_workspace.releases.where import folder_of, way_back_of
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db
Browse = Callable[[str | None], Client]
CASE = "missing:1003"


def _held(added: AddedDive, case: str) -> dict[str, Any]:
    today = timezone.localdate()
    day = {"since_0": today.day, "since_1": today.month, "since_2": today.year}
    return {"dive": added.slug, "case": case, "because": "inquest", "decided_by": "Head of criminal justice"} | day


def test_a_held_case_is_in_no_release_and_shows_that_it_is_held(
    browse_as: Browse, signed: Release, terms: dict[str, Any], lead: Account, approver: Account
) -> None:
    asked = terms | {"kind": "cases", "question": "Who agreed each change of grade?"}
    release = prepare(dive=signed.dive, by=lead, **asked)
    before = planned(release)
    assert CASE in before.codes
    browser = browse_as("release-approver")
    assert "no case of that number" in browser.post("/releases/held/", _held(signed.dive, "9999")).content.decode()
    assert browser.post("/releases/held/", _held(signed.dive, "1003")).status_code == 302
    assert browser.post("/releases/held/", _held(signed.dive, CASE)).content.decode().count("held already") >= 2
    plan = preview_of(release).plan
    assert plan.held == 1 and CASE not in plan.codes and len(plan.codes) == len(before.codes) - 1
    done = sign(release=release, fingerprint=fingerprint_of(release), by=approver)
    assert CASE not in way_back_of(done.number).read_text()
    page = browse_as("force-lead").post(
        f"/dives/{signed.dive.slug}/cases/{case_code(signed.dive.slug, CASE)}/",
        {"reason": "release", "text": ""},
        follow=True,
    )
    assert "Held: an inquest" in page.content.decode()
    held = HeldCase.objects.get()
    assert browser.post(f"/releases/held/{held.pk}/let-go/", {"reason": "The inquest has ended"}).status_code == 302
    assert CASE in planned(release).codes
    assert browser.post(f"/releases/held/{held.pk}/let-go/", {"reason": "Again"}).status_code == 409
    about = set(
        Entry.objects.filter(about_kind="case", did__in=["held a case", "let a held case go"]).values_list(
            "about", flat=True
        )
    )
    assert about == {held.code} and "1003" not in held.code


def test_what_of_the_case_stands_in_a_text_is_found(dive: KeptDive) -> None:
    case = dive.cases.filter(pl.col("case_id") == CASE).collect().row(0, named=True)
    person = dive.people.filter(pl.col("person_id") == case["person_id"]).collect().row(0, named=True)
    local = dive.calendar.local(case["opened_at"])
    said = {
        "a number of this case": f"In case {CASE.partition(':')[2]} nobody came.",
        "a name": f"{person['given_name'].upper()} was not asked.",
        "a day on which something happened": f"It was on the {local.day} of {local:%B}.",
        "a date of birth": f"Born {person['date_of_birth']:%d/%m/%Y}.",
    }
    for kind, text in said.items():
        assert kind in {one.kind for one in found_in_text(text, dive, CASE)}, kind
    assert not found_in_text("A child was reported missing at night and graded medium for three hours.", dive, CASE)
    assert found_in_text(f"It was at {local:%H:%M}.", dive, CASE) or not (local.hour or local.minute)


def _vignette(added: AddedDive, text: str) -> dict[str, str]:
    return {"dive": added.slug, "case": "1003", "title": "A grade lowered", "text": text, "is_sexual_offence": "no"}


def test_a_vignette_is_checked_signed_by_somebody_else_and_goes_in_its_own_file(
    browse_as: Browse, signed: Release, terms: dict[str, Any], lead: Account, approver: Account
) -> None:
    writer, signer = browse_as("force-lead"), browse_as("release-approver")
    sexual = _vignette(signed.dive, "A girl of 15.") | {"is_sexual_offence": "yes"}
    page = writer.post("/releases/vignettes/write/", sexual).content.decode()
    assert page.count("Confirm that lifetime anonymity is kept") >= 2
    address = writer.post("/releases/vignettes/write/", _vignette(signed.dive, "In case 1003 nobody came."))["Location"]
    page = signer.get(address).content.decode()
    assert "To be taken out before it is signed" in page and "Sign the vignette" not in page
    answers = dict.fromkeys(INTRUDER, "no")
    assert "still has something" in signer.post(address, answers | {"version": "1"}).content.decode()
    texts = {"title": "A grade lowered", "text": "Nobody came for hours.", "is_sexual_offence": "no", "version": "1"}
    assert writer.post(f"{address}change/", texts).status_code == 302
    page = signer.post(address, answers | {"version": "2", "rare": "yes"}).content.decode()
    assert "must be answered no" in page
    assert signer.post(address, {"version": "2"}).content.decode().count("Answer: could somebody who lives") >= 2
    assert signer.post(address, answers | {"version": "2"}).status_code == 302
    assert Vignette.objects.get().state == "signed"
    asked = terms | {"kind": "cases", "question": "Who agreed each change of grade?"}
    release = prepare(dive=signed.dive, by=lead, **asked)
    sign(release=release, fingerprint=fingerprint_of(release), by=approver)
    (gone,) = open_release(folder_of(release.number)).vignettes
    assert (gone.title, gone.text) == ("A grade lowered", "Nobody came for hours.")
    assert not open_release(folder_of(signed.number)).vignettes
    assert browse_as("fact-checker").get("/releases/vignettes/").status_code == 403


def test_a_vignette_of_a_held_case_does_not_go(
    browse_as: Browse, signed: Release, terms: dict[str, Any], lead: Account
) -> None:
    writer, signer = browse_as("force-lead"), browse_as("release-approver")
    address = writer.post("/releases/vignettes/write/", _vignette(signed.dive, "Nobody came."))["Location"]
    signer.post(address, dict.fromkeys(INTRUDER, "no") | {"version": "1"})
    release = prepare(dive=signed.dive, by=lead, **(terms | {"kind": "cases", "question": "Who agreed?"}))
    page = signer.get(f"/releases/{release.number}/").content.decode()
    assert "A grade lowered" in page
    signer.post("/releases/held/", _held(signed.dive, "1003"))
    assert "A grade lowered" not in signer.get(f"/releases/{release.number}/").content.decode()
    again = writer.post("/releases/vignettes/write/", _vignette(signed.dive, "Nobody came again."))
    assert again.content.decode().count("This case is held") >= 2
