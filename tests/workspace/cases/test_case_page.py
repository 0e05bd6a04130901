"""One case: why it is opened, what it shows, what is written down of it, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from wardline_workspace.cases import policies
from wardline_workspace.cases.models import ReasonGiven
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db

CASE = "missing:1017"
WHY = {"reason": "safety", "text": "Challenge 14, about Amelia"}


@pytest.fixture
def lead(browse_as):
    return browse_as("force-lead")


@pytest.fixture
def address(added):
    return f"/dives/{added.slug}/cases/{case_code(added.slug, CASE)}/"


def test_it_is_asked_why_before_anything_of_the_case_is_shown(lead, address):
    html = lead.get(address).content.decode()
    assert "Before you open this case" in html and "1017" not in html and "Reported" not in html
    assert not Entry.objects.filter(did="opened a case").exists()


def test_a_reason_must_be_chosen_and_what_was_typed_is_kept(lead, address):
    html = lead.post(address, {"text": "Challenge 14"}).content.decode()
    assert "Choose why you open this case" in html and "There is a problem" in html and "Challenge 14" in html
    assert not ReasonGiven.objects.exists()
    assert lead.post(address, {"reason": "curiosity"}).status_code == 200
    assert not ReasonGiven.objects.exists()


def test_with_a_reason_the_case_is_shown_with_both_clocks_and_each_finding(lead, address, dive):
    assert lead.post(address, WHY).status_code == 302
    html = lead.get(address).content.decode()
    assert f"Case {CASE}" in html and "<svg" in html and 'role="img"' in html
    events = dive.events.filter(events_of(CASE)).collect()
    assert events.height > 3
    for source in dive.event_log.coverage.collect()["title"].drop_nulls().unique():
        if source in html:
            break
    else:
        raise AssertionError("no record system is named")
    findings = dive.findings.filter(events_of(CASE)).collect()
    assert html.count('<section class="found">') == findings.height > 5
    assert "What a record can’t say" in html and "To see whether a child is safe".lower() in html


def events_of(case):
    import polars as pl

    return pl.col("case_id") == case


def test_the_reason_stays_beside_the_trail_which_holds_nothing_typed(lead, address, added):
    lead.post(address, WHY)
    lead.get(address)
    given = ReasonGiven.objects.get()
    code = case_code(added.slug, CASE)
    assert (given.dive, given.case, given.reason, given.text) == (added.slug, code, "safety", WHY["text"])
    entries = list(Entry.objects.filter(about_kind="case"))
    assert [entry.did for entry in entries] == ["gave a reason to open a case", "opened a case"]
    assert {entry.about for entry in entries} == {code} and entries[0].number == given.trail_number
    written = "".join(f"{entry.about} {entry.detail}" for entry in Entry.objects.all())
    assert "Amelia" not in written and CASE not in written


def test_each_view_is_an_entry(lead, address):
    lead.post(address, WHY)
    for _ in range(3):
        lead.get(address)
    assert Entry.objects.filter(did="opened a case").count() == 3


def test_a_reason_is_of_one_person_one_case_and_half_a_day(lead, browse_as, address, added, dive):
    lead.post(address, WHY)
    assert b"<svg" in lead.get(address).content
    assert b"Before you open" in browse_as("fact-checker").get(address).content
    other = f"/dives/{added.slug}/cases/{case_code(added.slug, 'missing:1018')}/"
    assert b"Before you open" in lead.get(other).content
    ReasonGiven.objects.update(at=ReasonGiven.objects.get().at - timedelta(hours=12, minutes=1))
    assert b"Before you open" in lead.get(address).content


@pytest.mark.parametrize("code", ["0" * 16, "missing-1017", "1017", "g" * 16, "a" * 40])
def test_a_code_of_no_case_is_not_found(code, lead, added):
    assert lead.get(f"/dives/{added.slug}/cases/{code}/").status_code == 404
    assert lead.post(f"/dives/{added.slug}/cases/{code}/", WHY).status_code == 404
    assert not ReasonGiven.objects.exists()


def test_a_case_of_another_dive_is_not_found_here(lead, added):
    code = case_code("another-dive", CASE)
    assert lead.get(f"/dives/{added.slug}/cases/{code}/").status_code == 404
    assert lead.get(f"/dives/another-dive/cases/{code}/").status_code == 404


def test_a_code_is_good_in_no_other_writing(lead, added):
    code = case_code(added.slug, CASE)
    assert lead.get(f"/dives/{added.slug}/cases/{code.upper()}/").status_code == 404
    assert lead.get(f"/dives/{added.slug}/cases/0{code}/").status_code == 404


def test_a_case_that_is_held_back_is_not_opened_by_anybody_and_no_reason_is_kept(lead, address, added, monkeypatch):
    monkeypatch.setattr(policies, "_holders", [lambda dive, case: "It is held." if case == CASE else None])
    for answer in (lead.get(address), lead.post(address, WHY)):
        assert answer.status_code == 409 and b"It is held." in answer.content and b"<svg" not in answer.content
    assert not ReasonGiven.objects.exists() and not Entry.objects.filter(about_kind="case").exists()
    other = f"/dives/{added.slug}/cases/{case_code(added.slug, 'missing:1018')}/"
    assert lead.get(other).status_code == 200


def test_a_script_in_what_was_typed_is_shown_as_text(lead, address):
    lead.post(address, {"reason": "audit", "text": "<script>alert(1)</script>"})
    html = lead.get(address).content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html


def test_no_name_of_a_person_is_on_the_page(lead, address, dive):
    lead.post(address, WHY)
    html = lead.get(address).content.decode()
    people = dive.people.collect()
    names = [name for column in ("given_name", "family_name") if column in people.columns for name in people[column]]
    assert not [name for name in names if name and f">{name}<" in html]


def test_every_field_of_a_reason_says_who_sees_it():
    assert set(ReasonGiven.SEEN_BY) == {field.name for field in ReasonGiven._meta.get_fields()}
