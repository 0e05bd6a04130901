"""From exports to an answer, as a new user would: every page, what it writes, and the dive at the end."""

from __future__ import annotations

import re

import pytest
from django.test import TestCase

from tests.workspace.making.conftest import ASKED, STANDARD, uploads
from wardline.dive import read_dive
from wardline.standards import read_force
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.making.models import BackgroundDive, DiveBeingMade, State
from wardline_workspace.making.removing import finish_removing
from wardline_workspace.making.run import run_all
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db


def hidden(page: str, what: str) -> str:
    """The version that the form of a page carries."""
    part = page[page.index(f'value="{what}"') :]
    return re.search(r'name="version" value="(\w+)"', part)[1]


def field_labelled(page: str, label: str) -> str:
    found = re.search(rf'<label[^>]*for="id_(\w+)"[^>]*>\s*{re.escape(label)}\s*</label>', page)
    assert found, f"no field {label}"
    return found[1]


def test_the_whole_way_from_exports_to_a_dive(lead, begun):
    slug = begun.slug
    for system, cases_of in (("missing", ""), ("council", "missing")):
        sent = {"system": system, "files": uploads(system), "cases_of": cases_of}
        answer = lead.post(f"/making/{slug}/systems/add/", sent, follow=True)
        assert "has been drafted" in answer.content.decode()
    assert "Left for you" in lead.get(f"/making/{slug}/systems/missing/").content.decode()

    table = f"/making/{slug}/systems/missing/tables/1/"
    page = lead.get(table).content.decode()
    answer = lead.post(
        table,
        {"what": "KeepRows", "version": hidden(page, "correct"), "column": "PersonType", "texts": "C"},
        follow=True,
    )
    said = answer.content.decode()
    assert "What the change did" in said
    assert "22 → 21" in said and "0 → 1" in said
    page = lead.get(table).content.decode()
    lead.post(
        table,
        {
            "what": "AddAttribute",
            "version": hidden(page, "correct"),
            "name": "from_care",
            "column": "HomeType",
            "codes": "CH = yes\nFC = yes\nPH = no",
        },
    )
    log = f"/making/{slug}/systems/missing/tables/2/"
    page = lead.get(log).content.decode()
    lead.post(log, {"what": "AddCode", "version": hidden(page, "correct"), "code": "CANC", "event": "report_cancelled"})

    text = begun.files.read("missing").text
    assert "    only where: {PersonType: C}\n" in text
    assert '      from_care: {column: HomeType, values: {CH: "yes", FC: "yes", PH: "no"}}\n' in text
    assert "CANC: report_cancelled" in text
    assert "# 44 different in 45 of 46 rows" in text
    assert "Left for you" not in lead.get(f"/making/{slug}/systems/missing/").content.decode()

    settings = f"/making/{slug}/settings/"
    page = lead.get(settings).content.decode()
    name = f"{STANDARD}/attend"
    sent = {"what": "confirm", "version": hidden(page, "confirm"), "names": [name], "who": "Head of response"}
    lead.post(settings, sent | {"on_0": "14", "on_1": "3", "on_2": "2025"})
    assert "Head of response" in lead.get(settings).content.decode()
    confirmed = read_force(begun.files.force).confirmed
    assert confirmed[name].by == "Head of response"

    can_tell = lead.get(f"/making/{slug}/can-we-tell/").content.decode()
    assert "can be judged in part" in can_tell
    assert "has records of 38 of 43 missing episodes" in can_tell

    assert lead.post(f"/making/{slug}/run/", {"what": "start"}).status_code == 302
    assert "waiting" in lead.get(f"/making/{slug}/run/").content.decode()
    run_all()
    run = BackgroundDive.objects.get()
    assert (run.state, run.problems) == (State.DONE, [])
    added = AddedDive.objects.get()
    assert (added.slug, added.is_made_up, added.added_by) == (run.result, True, run.asked_by)
    assert added.title in lead.get(f"/making/{slug}/run/").content.decode()
    assert lead.get(f"/dives/{added.slug}/").status_code == 200
    assert "The dive that you made is done" in lead.get("/").content.decode()
    assert read_dive(begun.files.dive).standards == (STANDARD,)
    assert not (begun.folder / "result").exists()


def test_the_trail_holds_what_was_done_and_no_name_of_a_file(lead, with_exports):
    said = [(one.did, one.detail) for one in Entry.objects.filter(about_kind="dive being made")]
    assert [did for did, _ in said] == ["began to make a dive", "uploaded files"]
    [files] = [detail["files"] for did, detail in said if did == "uploaded files"]
    assert [one["bytes"] for one in files] == [one.size for one in uploads("missing")]
    assert "episodes" not in str(said)


def test_a_dive_begins_with_what_is_asked_and_the_settings_of_its_standards(lead, begun):
    dive = begun.files.read("dive").data
    assert dive["period"] == {"from": "2024-10-01", "to": "2025-03-31"}
    force = begun.files.read("force")
    assert force.data["force"] == "Teesmouth Police"
    assert f"# {STANDARD}/attend: {{by: , on: }}" in force.text
    assert "being made" in lead.get("/making/").content.decode()
    assert "You are making this dive" in lead.get("/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Enter what the dive is called"),
        ({"as_at_0": "31", "as_at_1": "2"}, "There is no such day"),
        ({"period_to_2": "2023"}, "The period must not end before it begins"),
        ({"period_from_0": "", "period_from_1": "", "period_from_2": ""}, "Enter both days of the period, or neither"),
        ({"standards": []}, "Choose at least one standard"),
    ],
)
def test_what_does_not_fit_is_said_in_the_summary_and_at_the_field(lead, changed, said):
    page = lead.post("/making/begin/", ASKED | changed).content.decode()
    assert page.count(said) == 2
    assert not DiveBeingMade.objects.exists()


def test_a_question_is_changed_where_it_stands(lead, begun):
    address = f"/making/{begun.slug}/question/"
    version = begun.files.read("dive").version
    lead.post(address, ASKED | {"question": "Are they: safe?", "version": version})
    text = begun.files.read("dive").text
    assert 'question: "Are they: safe?"\n' in text
    assert text.startswith("## Begun in the workspace")


def test_a_dive_being_made_is_removed_with_its_exports(lead, with_exports):
    folder = with_exports.folder
    assert "Remove this dive being made?" in lead.get(f"/making/{with_exports.slug}/remove/").content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        lead.post(f"/making/{with_exports.slug}/remove/")
    assert not DiveBeingMade.objects.exists()
    assert not folder.exists() and not list(folder.parent.glob(".going-*"))
    assert Entry.objects.filter(did="removed a dive being made", about=with_exports.slug).exists()


def test_one_that_waits_to_be_run_is_not_removed(lead, with_exports):
    lead.post(f"/making/{with_exports.slug}/run/", {"what": "start"})
    assert lead.post(f"/making/{with_exports.slug}/remove/").status_code == 409
    assert with_exports.files.dive.exists()


def test_a_removal_that_was_cut_off_is_ended_or_undone_at_the_next_start(with_exports):
    making = with_exports.folder.parent
    with_exports.folder.rename(making / f".going-{with_exports.slug}")
    (making / ".going-another").mkdir()
    finish_removing()
    assert with_exports.files.dive.exists()
    assert not list(making.glob(".going-*"))
