"""What the office does with a release: adds it, reads it, takes in its recall, destroys it; and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone

from wardline.dive import KeptDive
from wardline.errors import OutputError
from wardline_workspace.deployment.described import Deployment
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.refused import Refused
from wardline_workspace.releases.actions import recall, recall_notice
from wardline_workspace.releases.models import Release
from wardline_workspace.trail.actions import find_break
from wardline_workspace.trail.models import Entry

from .conftest import unpacked

pytestmark = pytest.mark.django_db
Browse = Callable[[str | None], Client]
Moved = Callable[[], Deployment]


@pytest.fixture
def received(of_cases: Release, to_office: Moved, tmp_path: Path) -> AddedDive:
    """A release of coded cases, added at the office."""
    folder = unpacked(of_cases, tmp_path / "handed-over")
    to_office()
    return add_dive(folder, by="")


def test_an_identified_folder_is_refused_and_no_byte_of_it_copied(
    dived: Path, browse_as: Browse, office: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(str(path)) or whole(path))
    answer = browse_as("scrutiny-officer").post("/dives/add/", {"folder": str(dived)})
    assert answer.content.decode().count("This is a force&#39;s own dive folder") >= 2
    assert not AddedDive.objects.exists()
    assert not [one for one in read if one.startswith(str(dived))]
    kept = [path for path in office.folder.rglob("*") if path.is_file()]
    assert not kept, kept


def test_a_release_is_refused_at_the_force_and_where_a_byte_differs(
    of_cases: Release, to_office: Moved, tmp_path: Path
) -> None:
    folder = unpacked(of_cases, tmp_path / "handed-over")
    with pytest.raises(Refused, match="made for the office"):
        add_dive(folder, by="")
    to_office()
    table = folder / "figures.parquet"
    table.write_bytes(table.read_bytes()[:-1] + b"x")
    with pytest.raises(OutputError, match="figures.parquet is not as it was signed"):
        add_dive(folder, by="")
    assert not AddedDive.objects.filter(is_release=True).exists()


def test_what_lies_beside_a_release_is_not_copied(of_cases: Release, to_office: Moved, tmp_path: Path) -> None:
    folder = unpacked(of_cases, tmp_path / "handed-over")
    (folder / "names.txt").write_text("Ada Madeup")
    to_office()
    kept = add_dive(folder, by="").path
    assert (kept / "release.json").exists() and not (kept / "names.txt").exists()


def test_the_pages_of_a_release_show_what_was_released(received: AddedDive, browse_as: Browse, dive: KeptDive) -> None:
    browser = browse_as("scrutiny-officer")
    address = f"/dives/{received.slug}/"
    front = browser.get(address).content.decode()
    assert received.question in front and "Children and overlaps: which cases are of one child stayed" in front
    for part in ("can-we-tell", "obligations", "standards", "measures", "claims", "method"):
        assert browser.get(f"{address}{part}/").status_code == 200, part
    assert browser.get(f"{address}children/").status_code == 404
    assert browser.get(f"{address}waits/").status_code == 302
    whole = dive.figures.obligations
    listed = browser.get(f"{address}obligations/").content.decode()
    item = next(one for one in dive.obligations if whole[one.key].judged.value)
    assert item.obligation.title in listed
    one = browser.get(f"{address}obligations/{item.full_name}/{item.version}/").content.decode()
    assert f">{whole[item.key].occasions.value:,}<" in one


def test_a_release_of_totals_has_no_list_of_findings_and_says_so(
    signed: Release, to_office: Moved, browse_as: Browse, tmp_path: Path
) -> None:
    folder = unpacked(signed, tmp_path / "handed-over")
    to_office()
    added = add_dive(folder, by="")
    answer = browse_as("scrutiny-officer").get(f"/dives/{added.slug}/findings/")
    assert answer.status_code == 409
    assert "This release has totals only" in answer.content.decode()


def test_the_findings_and_a_case_of_a_release_by_elapsed_time(
    received: AddedDive, browse_as: Browse, dive: KeptDive
) -> None:
    browser = browse_as("scrutiny-officer")
    page = browser.get(f"/dives/{received.slug}/findings/").content.decode()
    findings = pl.read_parquet(received.path / "findings.parquet")
    assert f"{findings.height:,} findings" in page
    link = page.split(f'href="/dives/{received.slug}/cases/')[1].split('"')[0]
    shown = browser.get(f"/dives/{received.slug}/cases/{link}")
    assert shown.status_code == 200
    case = shown.content.decode()
    assert "after the start" in case and "Every event of this case" in case and "what each rests on" in case
    assert "The force keeps the way back" in case
    ids = dive.cases.collect()["case_id"].to_list()
    assert not [one for one in ids if one in case]
    assert browse_as("head").get(f"/dives/{received.slug}/cases/{link}").status_code == 403
    assert browse_as("head").get(f"/dives/{received.slug}/findings/").status_code == 403
    assert browse_as("head").get(f"/dives/{received.slug}/").status_code == 200
    taken = browser.post(f"/dives/{received.slug}/findings/take/csv/")
    text = b"".join(taken.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "Marking,OFFICIAL-SENSITIVE"


def test_a_recall_is_taken_in_and_nothing_is_opened_any_more(
    received: AddedDive, of_cases: Release, approver: Any, browse_as: Browse, tmp_path: Path
) -> None:
    browser = browse_as("scrutiny-officer")
    assert browser.get(f"/dives/{received.slug}/findings/").status_code == 200
    recalled = recall(release=of_cases, reason="A case should have been held", by=approver)
    notice = tmp_path / "recall.json"
    said = json.loads(recall_notice(recalled))
    notice.write_text(json.dumps(said | {"reason": "Something else"}))
    with notice.open("rb") as file:
        page = browser.post("/releases/recalls/take-in/", {"notice": file}).content.decode()
    assert page.count("This notice is not as the force wrote it") >= 2
    notice.write_bytes(recall_notice(recalled))
    with notice.open("rb") as file:
        assert browser.post("/releases/recalls/take-in/", {"notice": file}).status_code == 302
    home = browser.get("/").content.decode()
    assert "recalled" in home and received.title in home
    status = browser.get(f"/releases/received/{received.slug}/").content.decode()
    assert "The force recalled this release" in status and "A case should have been held" in status
    for part in ("findings/", "obligations/", ""):
        answer = browser.get(f"/dives/{received.slug}/{part}")
        assert answer.status_code in (302, 409), part
    with notice.open("rb") as file:
        assert "taken in already" in browser.post("/releases/recalls/take-in/", {"notice": file}).content.decode()


def test_an_ended_release_is_shown_as_such_and_not_opened(received: AddedDive, browse_as: Browse) -> None:
    browser = browse_as("scrutiny-officer")
    AddedDive.objects.filter(pk=received.pk).update(ends_on=timezone.localdate() + timedelta(days=3))
    assert "ends in 3 days" in browser.get("/").content.decode()
    AddedDive.objects.filter(pk=received.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert browser.get(f"/dives/{received.slug}/findings/").status_code == 409
    assert browser.get(f"/dives/{received.slug}/")["Location"] == f"/releases/received/{received.slug}/"
    assert "This release ended on" in browser.get(f"/releases/received/{received.slug}/").content.decode()
    assert "Ended" in browser.get("/releases/").content.decode()


def test_a_release_is_destroyed_with_a_certificate_and_the_trail_stays_whole(
    received: AddedDive, browse_as: Browse
) -> None:
    browser = browse_as("scrutiny-officer")
    browser.get(f"/dives/{received.slug}/findings/")
    today = timezone.localdate()
    typed = {"destroyed_on_0": today.day, "destroyed_on_1": today.month, "destroyed_on_2": today.year}
    typed |= {"certified_by": "The chief executive", "certificate": "Every copy and export"}
    address = f"/releases/received/{received.slug}/destroy/"
    assert browser.post(address, typed | {"certified_by": ""}).content.decode().count("Enter who certifies it") >= 2
    assert received.path.exists()
    assert browser.post(address, typed).status_code == 302
    assert not received.path.exists()
    left = [path for path in received.path.parent.parent.rglob("*") if received.manifest_sha256 in path.name]
    assert not left
    page = browser.get(f"/releases/received/{received.slug}/").content.decode()
    assert "Certificate of destruction" in page and received.manifest_sha256 in page
    entry = Entry.objects.get(did="destroyed a release")
    assert entry.detail["release"] == received.manifest_sha256 and entry.detail["reason"]
    assert "Every copy" not in json.dumps(entry.detail)
    assert find_break() is None
    assert browser.get(f"/dives/{received.slug}/findings/").status_code == 409
    assert browser.post(address, typed).status_code == 409
