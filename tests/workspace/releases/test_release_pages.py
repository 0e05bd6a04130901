"""Releases through the force's pages: prepared, read, signed by somebody else, taken, recalled, destroyed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from wardline.dive import KeptDive
from wardline.dive.releasing.kept_release import open_release
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.releases.models import Release
from wardline_workspace.releases.states import State
from wardline_workspace.releases.where import folder_of, way_back_of
from wardline_workspace.trail.actions import find_break
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db
Browse = Callable[[str | None], Client]


def _day(name: str, day: Any) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def _typed(terms: dict[str, Any], **changed: Any) -> dict[str, Any]:
    given = terms | changed
    typed = {name: given[name] for name in ("purpose", "kind", "question", "certified_by", "marking", "about")}
    typed["recipients"] = "\n".join(given["recipients"])
    return typed | _day("ends_on", given["ends_on"]) | _day("destroyed_by", given["destroyed_by"])


def test_a_release_is_prepared_read_and_signed_by_somebody_else(
    browse_as: Browse, added: AddedDive, terms: dict[str, Any]
) -> None:
    lead, approver = browse_as("force-lead"), browse_as("release-approver")
    answer = lead.post(f"/releases/prepare/{added.slug}/", _typed(terms))
    assert answer.status_code == 302, answer.content.decode()
    address = answer["Location"]
    page = lead.get(address).content.decode()
    assert "Nothing has left yet" in page and "A data-release approver signs it" in page
    assert "Names, dates of birth" in page or "names, dates of birth" in page.lower()
    page = approver.get(address).content.decode()
    assert "Sign and release" in page and "values of the force’s dive were looked for" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    few = approver.post(address, {"seen": seen, "confirmed": ["read", "asked"]}).content.decode()
    assert few.count("Confirm that you have looked at the rows") >= 2  # in the summary and beside the field
    assert Release.objects.get().state == State.PREPARED and not folder_of(1).exists()
    assert approver.post(address, {"seen": seen, "confirmed": ["read", "looked", "asked"]}).status_code == 302
    release = Release.objects.get()
    assert release.state == State.SIGNED and release.sha256 and release.decided_by != release.prepared_by
    assert open_release(folder_of(1)).about.signed_by == "release-approver"
    whole = b"".join(approver.post("/releases/1/archive/").streaming_content)
    assert "release.json" in {name.rpartition("/")[2] for name in zipfile.ZipFile(BytesIO(whole)).namelist()}
    assert Entry.objects.filter(did="signed a release", detail__release=release.sha256).count() == 1
    assert find_break() is None


def test_what_does_not_fit_is_said_beside_its_field_and_above(
    browse_as: Browse, added: AddedDive, terms: dict[str, Any]
) -> None:
    lead = browse_as("force-lead")
    address = f"/releases/prepare/{added.slug}/"
    early = _typed(terms, destroyed_by=timezone.localdate(), certified_by="")
    page = lead.post(address, early).content.decode()
    assert page.count("Destruction must be on or after the day the release ends") >= 2
    assert page.count("Enter who will certify that it was destroyed") >= 2
    assert "The panel of May" in page  # what was typed is kept
    page = lead.post(address, _typed(terms, kind="cases")).content.decode()
    assert page.count("Enter the named question that these cases answer") >= 2
    page = lead.post(address, _typed(terms, kind="cases", question="Who agreed each?")).content.decode()
    assert page.count("Totals go first") >= 2
    assert not Release.objects.exists()


def test_the_rows_are_shown_as_the_office_will_see_them(
    browse_as: Browse, signed: Release, dive: KeptDive, terms: dict[str, Any]
) -> None:
    lead = browse_as("force-lead")
    asked = _typed(terms, kind="cases", question="Who agreed each change?")
    address = lead.post(f"/releases/prepare/{signed.dive.slug}/", asked)["Location"]
    page = browse_as("release-approver").get(address).content.decode()
    assert "A fresh code such as K7Q3" in page and "Held cases" in page
    rows = lead.get(f"{address}rows/cases/")
    assert rows.status_code == 200
    shown = rows.content.decode()
    ids = dive.cases.select("case_id").collect()["case_id"].to_list()
    assert not [one for one in ids if one in shown or f">{one.partition(':')[2]}<" in shown]
    assert lead.get(f"{address}rows/notes/").status_code == 404


def test_a_number_that_was_typed_is_found_before_anybody_signs(
    browse_as: Browse, added: AddedDive, dive: KeptDive, terms: dict[str, Any]
) -> None:
    number = str(dive.cases.collect()["case_id"][0])
    lead = browse_as("force-lead")
    address = lead.post(f"/releases/prepare/{added.slug}/", _typed(terms, purpose=f"About {number}"))["Location"]
    page = browse_as("release-approver").get(address).content.decode()
    assert "A number of the force’s own would go" in page and "Sign and release" not in page


def test_a_release_is_recalled_and_its_certificate_recorded(browse_as: Browse, signed: Release) -> None:
    approver = browse_as("release-approver")
    assert approver.post("/releases/1/recall/", {"reason": ""}).content.decode().count("Enter the reason") >= 2
    assert approver.post("/releases/1/recall/", {"reason": "A case should have been held"}).status_code == 302
    said = json.loads(approver.get("/releases/1/recall.json").content)
    assert said["release"] == signed.sha256 and said["reason"] == "A case should have been held"
    assert approver.post("/releases/1/archive/").status_code == 409
    assert approver.post("/releases/1/recall/", {"reason": "Again"}).status_code == 409
    today = timezone.localdate()
    done = _day("destroyed_on", today) | {"certified_by": "Chief executive", "certificate": "All of it was deleted"}
    assert approver.post("/releases/1/destroyed/", done).status_code == 302
    release = Release.objects.get()
    assert release.state == State.DESTROYED and "All of it was deleted" in release.certificate
    texts = json.dumps(list(Entry.objects.values_list("detail", flat=True)))
    assert "deleted" not in texts and "held" not in texts
    assert find_break() is None


def test_it_is_said_that_something_is_not_released(browse_as: Browse, prepared: Release) -> None:
    approver = browse_as("release-approver")
    assert approver.post("/releases/1/do-not-release/", {"reason": "The purpose is too wide"}).status_code == 302
    page = browse_as("force-lead").get("/releases/1/").content.decode()
    assert "The purpose is too wide" in page and "Not released" in page
    assert approver.post("/releases/1/", {"seen": "x", "confirmed": ["read", "looked", "asked"]}).status_code == 200
    assert Release.objects.get().state == State.NOT_RELEASED and not folder_of(1).exists()


def test_whoever_prepared_it_cannot_sign_and_the_way_back_is_in_no_archive(
    browse_as: Browse, of_cases: Release
) -> None:
    back = way_back_of(of_cases.number)
    assert back.exists() and back.stat().st_mode & 0o077 == 0
    assert not back.resolve().is_relative_to(folder_of(of_cases.number).parent.resolve())
    lead = browse_as("force-lead")
    names = zipfile.ZipFile(BytesIO(b"".join(lead.post(f"/releases/{of_cases.number}/archive/").streaming_content)))
    assert not [name for name in names.namelist() if "way" in name or name.endswith(".csv")]


@pytest.mark.parametrize(
    ("role", "listed", "opens", "prepares", "holds"),
    [
        ("force-lead", 200, 200, 200, 403),
        ("release-approver", 200, 200, 403, 200),
        ("fact-checker", 403, 403, 403, 403),
        ("force-auditor", 403, 403, 403, 403),
        ("duty-inspector", 403, 403, 403, 403),
        ("force-administrator", 403, 403, 403, 403),
        (None, 302, 302, 302, 302),
    ],
)
def test_each_role_opens_what_it_may(
    browse_as: Browse, prepared: Release, role: str | None, listed: int, opens: int, prepares: int, holds: int
) -> None:
    browser = browse_as(role)
    slug = prepared.dive.slug
    assert browser.get("/releases/").status_code == listed
    assert browser.get("/releases/1/").status_code == opens
    assert browser.get("/releases/1/rows/figures/").status_code == opens
    assert browser.get(f"/releases/prepare/{slug}/").status_code == prepares
    assert browser.get("/releases/held/").status_code == holds
    assert browser.post("/releases/1/archive/").status_code in ({200: {409}, 302: {401}}.get(opens, {opens}))


def test_what_was_looked_at_is_what_is_signed(browse_as: Browse, prepared: Release, terms: dict[str, Any]) -> None:
    approver, lead = browse_as("release-approver"), browse_as("force-lead")
    seen = approver.get("/releases/1/").content.decode().split('name="seen" value="')[1].split('"')[0]
    changed = _typed(terms, purpose="Another purpose") | {"version": "1"}
    assert lead.post("/releases/1/change/", changed).status_code == 302
    answer = approver.post("/releases/1/", {"seen": seen, "confirmed": ["read", "looked", "asked"]}, follow=True)
    assert "What goes changed while you had this open" in answer.content.decode()
    assert Release.objects.get().state == State.PREPARED
    stale = lead.post("/releases/1/change/", changed)
    assert stale.status_code == 409
    page = stale.content.decode()
    assert "What somebody else wrote" in page and page.count("Another purpose") >= 2
