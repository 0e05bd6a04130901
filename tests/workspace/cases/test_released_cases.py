"""A release on the same pages: coded cases by the time since each began, and nothing asked before one is opened."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from wardline_workspace.cases import readers
from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.finding_index import FindingIndex
from wardline_workspace.cases.listed_findings import LISTED
from wardline_workspace.cases.models import ReasonGiven
from wardline_workspace.cases.readers import read_releases_with
from wardline_workspace.cases.released_cases import ReleaseReader, listed_of_release
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db

ATTEND = {"standard": "england/missing-children", "version": "2025.2", "obligation": "attend"}
TIMES = ("triggered", "deadline", "responded", "response_recorded")


def case(code, **more):
    known = {"case_type": "missing episode", "opened_month": "2025-03", "age_band": "13 to 15", "start": "opened"}
    return {
        "case_id": code, **known, "is_open": False, "closed_after": 600, "closed_day": None, "from_care": "yes", **more
    }  # fmt: skip


def event(code, number, name, happened, recorded, **more):
    return {
        "event_id": number, "case_id": code, "event": name, "happened_after": happened, "happened_day": None,
        "recorded_after": recorded, "recorded_day": None, "grade": None, **more,
    }  # fmt: skip


def finding(code, outcome, times, **more):
    told = {f"{stem}_after": at for stem, at in zip(TIMES, times, strict=True)}
    days = {f"{stem}_day": None for stem in TIMES}
    known = {"reason": None, "late_by": None, "late_by_days": None, "counted": True, "standing": "binding"}
    return {**ATTEND, "case_id": code, "outcome": outcome, **told, **days, **known, **more}


@dataclass
class MadeUpRelease:
    """What a release has, made up."""

    obligations: tuple
    cases: pl.LazyFrame
    events: pl.LazyFrame
    findings: pl.LazyFrame
    is_made_up: bool = True
    as_at: date = date(2025, 4, 1)

    def events_of(self, code):
        return self.events.filter(pl.col("case_id") == code)

    def findings_of(self, code):
        return self.findings.filter(pl.col("case_id") == code)

    @contextmanager
    def readable(self):
        yield


@pytest.fixture
def release(dive):
    rows = (
        [case("K7M4"), case("Q2VD", opened_month="2025-01 to 2025-02", age_band=None, from_care=None)],
        [
            event("K7M4", 0, "reported", 0, 6),
            event("K7M4", 1, "risk_graded", 5, 6, grade="medium"),
            event("K7M4", 2, "officer_arrived", 170, 172),
            event("Q2VD", 3, "reported", 0, 1),
        ],
        [finding("K7M4", "late", (0, 60, 170, 172), late_by=110), finding("Q2VD", "missed", (0, 60, None, None))],
    )
    return MadeUpRelease(dive.obligations, *(pl.LazyFrame(one, infer_schema_length=None) for one in rows))


def explained(row, item, *, event_names):
    return f"Recorded late by 1 hour 50 minutes: {event_names[2]} 2 hours 50 minutes after the start."


@pytest.fixture
def added(office, db, release, monkeypatch, tmp_path):
    monkeypatch.setattr(readers, "_of_releases", [])
    read_releases_with(ReleaseReader(lambda added: release, explained))
    return AddedDive.objects.create(
        slug=f"a-release-{tmp_path.name[:40]}", title="A release", question="?", as_at="2025-04-01T00:00Z",
        is_made_up=True, is_release=True, folder="/nowhere", manifest_sha256=tmp_path.name.ljust(64)[:64], added_by="",
    )  # fmt: skip


def test_the_findings_of_a_release_are_listed_by_month_age_and_time_passed(release):
    listed = listed_of_release(release)
    assert listed.schema == LISTED
    first, second = listed.to_dicts()
    assert (first["case_id"], first["month"], first["age"], first["grade"]) == ("K7M4", "2025-03", "13 to 15", "medium")
    assert (first["wait"], first["late_by"], first["written_after"], first["began"]) == (170, 110, 2, None)
    assert (second["month"], second["care"], second["grade"]) == ("2025-01 to 2025-02", "not-recorded", "not-recorded")
    assert (second["wait"], second["judged"]) == (None, "yes")


def test_a_question_that_a_release_cannot_answer_is_not_asked(release):
    index = FindingIndex("a", listed_of_release(release), release.obligations)
    names = {one.name for one in index.asked}
    assert "time" not in names and "district" not in names and {"outcome", "care", "month"} <= names
    (months,) = (one.choices for one in index.asked if one.name == "month")
    assert months == (("2025-03", "March 2025"), ("2025-01 to 2025-02", "January 2025 to February 2025"))
    assert index.how_many(Chosen((("month", ("2025-01 to 2025-02",)),))) == 1


def test_a_coded_case_is_opened_without_a_reason_by_the_time_since_it_began(added, release):
    shown = readers.reader_of(added).case(added, "K7M4")
    assert shown.heading == "Case K7M4" and shown.caption == "Missing episode · began in March 2025"
    assert shown.facts[0] == "A child aged 13 to 15, in care."
    assert [(one.happened, one.written, one.gap) for one in shown.events] == [
        ("start", "+ 6 minutes", "6 minutes later"),
        ("+ 5 minutes", "+ 6 minutes", "1 minute later"),
        ("+ 2 hours 50 minutes", "+ 2 hours 52 minutes", "2 minutes later"),
    ]
    (found,) = shown.findings
    assert found.late == "by 1 h 50" and "2 hours 50 minutes after the start" in found.why
    assert ">1 h 50 late<" in shown.picture
    assert readers.reader_of(added).case(added, "XXXX") is None


def test_without_a_reader_of_releases_a_release_is_refused_in_words(added, browse_as, monkeypatch):
    monkeypatch.setattr(readers, "_of_releases", [])
    code = case_code(added.slug, "K7M4")
    answer = browse_as("scrutiny-officer").get(f"/dives/{added.slug}/cases/{code}/")
    assert answer.status_code == 409 and b"does not show the cases of releases" in answer.content


def test_opening_a_coded_case_is_in_the_trail_and_no_reason_is_kept(added, browse_as, dive, monkeypatch):
    monkeypatch.setattr("wardline_workspace.cases.views.opened", lambda added: dive)
    browser = browse_as("scrutiny-officer")
    code = case_code(added.slug, "K7M4")
    html = browser.get(f"/dives/{added.slug}/cases/{code}/").content.decode()
    assert "Case K7M4" in html and "Before you open" not in html and "named question" in html
    assert not ReasonGiven.objects.exists()
    assert Entry.objects.get(did="opened a case").about == code
    listed = browser.get(f"/dives/{added.slug}/findings/").content.decode()
    assert "K7M4" in listed and "(under 10)" in listed and "2 findings" in listed
