"""Inspections at the office: what is written down, its clocks, the body's own answers; and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wardline.findings import Outcome
from wardline_workspace.inspections import actions, clocks
from wardline_workspace.inspections.kinds import Addressed, Answer, ConcernKind, Grade, Happened
from wardline_workspace.inspections.models import Concern, Inspection, Recommendation, RecordedEvent
from wardline_workspace.trail.actions import find_break
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db
REPORT = {
    "title": "National child protection inspection",
    "inspectorate": "HMICFRS",
    "published_on_0": "15",
    "published_on_1": "1",
    "published_on_2": "2025",
    "looked_at": "June 2024",
    "web_address": "",
    "other_body": "",
}
EVENT = {"assurance": "", "note": "", "on_2": "2025"}


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def officer(office, browse_as):
    return browse_as("scrutiny-officer")


@pytest.fixture
def report(officer):
    answer = officer.post("/inspections/add/", REPORT)
    assert answer.status_code == 302, answer.content.decode()
    return Inspection.objects.get()


def record(officer, report, what, day, month, year=2025, **more):
    given = EVENT | {"what": what.name, "on_0": str(day), "on_1": str(month), "on_2": str(year)} | more
    return officer.post(f"/inspections/{report.slug}/events/record/", given)


def stands(report, day):
    return {clock.obligation: clock for clock in clocks.clocks_of([report], as_at=at(day))[report.pk]}


def recommendation(report, account_as, reference="1", **more):
    given = {
        "words": "The force should act at once.",
        "addressed_to": Addressed.CHIEF.name,
        "concern": None,
        "asked_by": None,
    }
    by = account_as("scrutiny-officer")
    return actions.add_recommendation(inspection=report, reference=reference, by=by, **(given | more))


# THE CLOCKS


def test_the_last_day_of_a_report_of_15_january_is_11_march(report):
    clock = stands(report, date(2025, 2, 1))["comments-published"]
    assert clock.deadline.date() == date(2025, 3, 11)
    assert clock.kind is clocks.ClockKind.STATUTORY
    assert clock.outcome is Outcome.NOT_YET_DUE
    assert stands(report, date(2025, 3, 12))["comments-published"].outcome is Outcome.MISSED


@pytest.mark.parametrize(("day", "outcome"), [(11, Outcome.MET), (12, Outcome.LATE)])
def test_comments_on_the_last_day_are_in_time_and_on_the_next_are_not(officer, report, day, outcome):
    assert record(officer, report, Happened.COMMENTS_PUBLISHED, day, 3).status_code == 302
    assert stands(report, date(2025, 6, 1))["comments-published"].outcome is outcome


def test_each_sort_of_clock_is_told_apart(officer, report):
    record(officer, report, Happened.COMMENTS_PUBLISHED, 5, 3)
    found = stands(report, date(2025, 4, 1))
    assert {name: clock.kind for name, clock in found.items()} == {
        "comments-published": clocks.ClockKind.STATUTORY,
        "chief-invited": clocks.ClockKind.OURS,
        "recommendations-answered": clocks.ClockKind.STATUTORY,
        "copies-sent": clocks.ClockKind.NO_DAY,
        "action-plan": clocks.ClockKind.ASKED_FOR,
    }
    assert found["action-plan"].deadline.date() == date(2025, 2, 26)
    assert found["copies-sent"].deadline is None
    page = officer.get(f"/inspections/{report.slug}/").content.decode()
    assert "By law" in page and "Asked for, and no order" in page and "No day set" in page


def test_recommendations_are_answered_when_the_last_has_its_published_answer(report, account_as):
    by = account_as("scrutiny-officer")
    first, second = recommendation(report, account_as, "1"), recommendation(report, account_as, "2")
    said = {"answer": Answer.NOTHING, "answer_words": "It is for the chief to direct.", "by": by}
    actions.answer(recommendation=first, version=0, answer_published_on=date(2025, 3, 5), **said)
    assert stands(report, date(2025, 3, 20))["recommendations-answered"].outcome is Outcome.MISSED
    actions.answer(recommendation=second, version=0, answer_published_on=date(2025, 3, 14), **said)
    assert stands(report, date(2025, 3, 20))["recommendations-answered"].outcome is Outcome.LATE


def test_a_matter_that_was_partly_assured_is_looked_at_again(officer, report):
    record(officer, report, Happened.SCRUTINY_DECISION, 1, 4, assurance="partly assured")
    clock = stands(report, date(2026, 4, 2))["revisited"]
    assert clock.outcome is Outcome.MISSED
    record(officer, report, Happened.SCRUTINY_DECISION, 30, 4, 2026, assurance="assured")
    assert stands(report, date(2026, 6, 1))["revisited"].outcome is Outcome.LATE


def test_an_entry_that_was_taken_back_counts_for_nothing_and_stays_to_be_seen(officer, report):
    record(officer, report, Happened.COMMENTS_PUBLISHED, 5, 3)
    event = RecordedEvent.objects.get()
    address = f"/inspections/{report.slug}/events/{event.pk}/take-back/"
    assert "Enter why it is taken back" in officer.post(address, {"because": ""}).content.decode()
    assert officer.post(address, {"because": "It was a draft"}).status_code == 302
    report.refresh_from_db()
    assert stands(report, date(2025, 4, 1))["comments-published"].outcome is Outcome.MISSED
    assert "Taken back on" in officer.get(f"/inspections/{report.slug}/").content.decode()
    assert "taken back already" in officer.post(address, {"because": "Again"}).content.decode()


# WHAT IS REFUSED


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Enter the title of the report"),
        ({"published_on_2": "2999"}, "has not come yet"),
        ({"published_on_1": "13"}, "There is no such day"),
        ({"inspectorate": "OTHER"}, "Enter whose report it is"),
        ({"inspectorate": "NOBODY"}, "not one of the available choices"),
        ({"web_address": "not an address at all"}, "Enter a web address"),
    ],
)
def test_a_report_that_does_not_fit_is_refused_beside_its_field(officer, changed, said):
    page = officer.post("/inspections/add/", REPORT | changed).content.decode()
    assert said in page and "There is a problem" in page
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("what", "day", "more", "said"),
    [
        (Happened.COMMENTS_PUBLISHED, (14, 1), {}, "cannot have come before it"),
        (Happened.COMMENTS_PUBLISHED, (1, 1), {"on_2": "2999"}, "has not come yet"),
        (Happened.SCRUTINY_DECISION, (1, 4), {}, "Choose how far the meeting was assured"),
        (Happened.COPIES_SENT, (1, 4), {"assurance": "assured"}, "Only a decision of a scrutiny meeting"),
    ],
)
def test_what_cannot_have_happened_so_is_refused(officer, report, what, day, more, said):
    page = record(officer, report, what, *day, **more).content.decode()
    assert said in page
    assert not RecordedEvent.objects.exists()


def test_no_recommendations_is_not_noted_where_some_are_written_down(officer, report, account_as):
    recommendation(report, account_as)
    assert "Look at them first" in record(officer, report, Happened.NO_RECOMMENDATIONS, 20, 1).content.decode()


def test_the_same_recommendation_or_concern_twice_is_refused(officer, report):
    asked = {"reference": "1", "words": "Act at once.", "addressed_to": "CHIEF", "concern": ""}
    address = f"/inspections/{report.slug}/recommendations/add/"
    assert officer.post(address, asked).status_code == 302
    assert "has a recommendation 1 already" in officer.post(address, asked).content.decode()
    concern = {
        "kind": "CAUSE",
        "title": "Missing children",
        "words": "",
        "thread": "",
        "new_thread": "Missing children",
    }
    address = f"/inspections/{report.slug}/concerns/add/"
    assert officer.post(address, concern).status_code == 302
    assert "concern of that title already" in officer.post(address, concern | {"new_thread": ""}).content.decode()


def test_of_two_at_once_the_second_is_told_and_both_texts_are_kept(officer, report, account_as):
    one = recommendation(report, account_as)
    address = f"/inspections/{report.slug}/recommendations/{one.pk}/answer/"
    sent = {"answer": "ACTS", "version": "0"}
    assert officer.post(address, sent | {"answer_words": "We ask every month."}).status_code == 302
    page = officer.post(address, sent | {"answer_words": "We ask every week."}).content.decode()
    assert "Somebody else changed this" in page
    assert "We ask every month." in page and "We ask every week." in page
    assert Recommendation.objects.get().answer_words == "We ask every month."


def test_a_script_in_what_was_typed_is_shown_as_text(officer, report):
    officer.post(f"/inspections/{report.slug}/change/", REPORT | {"title": "<script>alert(1)</script>", "version": "0"})
    page = officer.get(f"/inspections/{report.slug}/").content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


# THE YEARS, AND THE TRAIL


def test_the_same_concern_is_seen_through_the_years(officer, account_as):
    by = account_as("scrutiny-officer")
    thread = actions.thread_named("Response to missing children")
    assert actions.thread_named("response to missing children") == thread
    for year in (2017, 2019, 2025):
        one = actions.add_inspection(
            title="Child protection inspection", inspectorate="HMICFRS", published_on=date(year, 9, 21), by=by
        )
        actions.grade(inspection=one, topic="Initial response", grade=Grade.INADEQUATE, by=by)
        actions.add_concern(
            inspection=one, kind=ConcernKind.CAUSE, title="Missing children", words="", thread=thread, by=by
        )
    assert len({one.slug for one in Inspection.objects.all()}) == 3
    assert "2017, 2019, 2025" in officer.get("/inspections/").content.decode()
    page = officer.get(f"/inspections/threads/{thread.slug}/").content.decode()
    assert page.index("21 September 2017") < page.index("21 September 2019") < page.index("21 September 2025")
    assert Concern.objects.count() == 3


def test_each_change_is_an_entry_that_holds_no_text(officer, report, account_as):
    recommendation(report, account_as)
    record(officer, report, Happened.CHIEF_INVITED, 22, 1, note="by letter to somebody")
    did = [one.did for one in Entry.objects.order_by("number")]
    assert did[-3:] == [
        "wrote down an inspection",
        "wrote down a recommendation",
        "recorded what happened after a report",
    ]
    said = " ".join(str(one.detail) for one in Entry.objects.all())
    assert "somebody" not in said and "act at once" not in said.lower()
    assert find_break() is None


def test_the_home_page_says_what_the_law_waits_for(officer, report):
    page = officer.get("/").content.decode()
    assert "The oversight body publishes its comments" in page and "past it" in page
