"""The list and its answers, as pages and as actions: who looks, what was found, the second person, two at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from wardline_workspace.children import actions
from wardline_workspace.children.models import Answer, CaseToCheck, Item, LooksAt
from wardline_workspace.children.states import AnswerKind, State
from wardline_workspace.children.taking import take_list
from wardline_workspace.children.the_list import list_now
from wardline_workspace.home.today import Urgency, waiting_for
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db


def case_with(*, open_case: bool) -> CaseToCheck:
    """A case on the list that is open, or made to be closed."""
    case = CaseToCheck.objects.first()
    if case.is_open != open_case:
        case.is_open = open_case
        case.save()
    return case


def answered(case, *, by, kind=AnswerKind.CHILD_SEEN, because="", **changed):
    given = {
        "items": list(case.items.values_list("pk", flat=True)),
        "by_whom": "officer B",
        "looked_at": timezone.now() - timedelta(minutes=5),
        "version": case.version,
    }
    return actions.record_answer(case=case, kind=kind, because=because, by=by, **given | changed)


@pytest.fixture
def listed(dives, account_as):
    return take_list(dive=dives.add("one"), by=account_as("force-lead"))


def typed(case, **changed):
    given = {
        "kind": "CHILD_SEEN",
        "because": "",
        "by_whom": "officer B",
        "looked_at": "12:01am",
        "items": [item.pk for item in case.items.all()],
        "version": case.version,
    }
    return given | changed


# ANSWERS


def test_an_answer_is_recorded_by_whom_and_when(listed, account_as):
    case = case_with(open_case=True)
    answer = answered(case, by=account_as("duty-inspector"))
    assert (answer.by_whom, answer.kind, answer.needs_second) == ("officer B", "Child seen", False)
    assert set(case.items.values_list("state", flat=True)) == {State.ANSWERED.value}


def test_an_answer_about_one_thing_leaves_the_others(listed, account_as):
    case = case_with(open_case=True)
    one = case.items.first()
    answered(case, by=account_as("force-lead"), items=[one.pk])
    states = dict(case.items.values_list("pk", "state"))
    assert states.pop(one.pk) == State.ANSWERED.value
    assert set(states.values()) == {State.NOBODY_YET.value}


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"looked_at": timezone.now() + timedelta(days=1)}, "looked_at", "still to come"),
        ({"items": []}, "items", "at least one"),
        ({"kind": AnswerKind.NOT_NEEDED, "because": "  "}, "because", "Say why"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field(listed, account_as, changed, field, said):
    with pytest.raises(Refused, match=said) as refused:
        answered(case_with(open_case=True), by=account_as("force-lead"), **changed)
    assert refused.value.field == field
    assert not Answer.objects.exists()


def test_items_of_another_case_cannot_be_answered_with_it(listed, account_as):
    case, other = CaseToCheck.objects.all()[:2]
    with pytest.raises(Refused, match="at least one"):
        answered(case, by=account_as("force-lead"), items=[other.items.first().pk])


def test_stopped_in_the_middle_of_an_answer_nothing_is_changed(listed, account_as, monkeypatch):
    case = case_with(open_case=True)
    entries = Entry.objects.count()
    monkeypatch.setattr("wardline_workspace.children.actions.record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        answered(case, by=account_as("force-lead"))
    case.refresh_from_db()
    assert (case.version, Answer.objects.count(), Entry.objects.count()) == (1, 0, entries)
    assert set(case.items.values_list("state", flat=True)) == {State.NOBODY_YET.value}


# THE SECOND PERSON


def test_not_needed_on_an_open_case_counts_only_once_another_account_agrees(listed, account_as):
    case, first, second = case_with(open_case=True), account_as("force-lead"), account_as("duty-inspector")
    answer = answered(case, by=first, kind=AnswerKind.NOT_NEEDED, because="in custody, seen by a nurse")
    assert set(case.items.values_list("state", flat=True)) == {State.WAITS_FOR_SECOND.value}
    assert list_now(now=timezone.now()).tally.looked_at == 0
    case.refresh_from_db()
    with pytest.raises(Refused, match="yourself"):
        actions.answer_as_second(answer=answer, agrees=True, because="", version=case.version, by=first)
    actions.answer_as_second(answer=answer, agrees=True, because="", version=case.version, by=second)
    assert set(case.items.values_list("state", flat=True)) == {State.NOT_NEEDED.value}
    assert list_now(now=timezone.now()).tally.looked_at == 1


def test_not_agreed_somebody_has_to_look_and_a_reason_is_kept(listed, account_as):
    case = case_with(open_case=True)
    answer = answered(case, by=account_as("force-lead"), kind=AnswerKind.NOT_NEEDED, because="a duplicate")
    case.refresh_from_db()
    given = {"answer": answer, "agrees": False, "version": case.version, "by": account_as("duty-inspector")}
    with pytest.raises(Refused, match="Say why"):
        actions.answer_as_second(because="", **given)
    actions.answer_as_second(because="it is another child", **given)
    assert set(case.items.values_list("state", flat=True)) == {State.NOBODY_YET.value}
    answer.refresh_from_db()
    assert answer.second_because == "it is another child"
    case.refresh_from_db()
    with pytest.raises(Refused, match="already"):
        actions.answer_as_second(**given | {"because": "x", "version": case.version})


def test_not_needed_on_a_closed_case_counts_at_once(listed, account_as):
    case = case_with(open_case=False)
    answer = answered(case, by=account_as("force-lead"), kind=AnswerKind.NOT_NEEDED, because="spoken with last week")
    assert not answer.needs_second
    assert set(case.items.values_list("state", flat=True)) == {State.NOT_NEEDED.value}


def test_an_answer_that_was_overtaken_waits_for_nobody(listed, account_as):
    case = case_with(open_case=True)
    answer = answered(case, by=account_as("force-lead"), kind=AnswerKind.NOT_NEEDED, because="a duplicate")
    case.refresh_from_db()
    answered(case, by=account_as("duty-inspector"))
    case.refresh_from_db()
    with pytest.raises(Refused, match="another way"):
        actions.answer_as_second(
            answer=answer, agrees=True, because="", version=case.version, by=account_as("duty-inspector")
        )


# TWO AT ONCE


def test_the_second_of_two_at_once_is_told_and_sees_both_texts(listed, browse_as, account_as):
    case = case_with(open_case=True)
    answered(case, by=account_as("duty-inspector"), by_whom="officer of the night shift")
    page = browse_as("force-lead").post(f"/children/{case.pk}/answer/", typed(case, by_whom="officer of the day shift"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Somebody else changed this while you had it open" in text
    assert "officer of the night shift" in text
    assert 'value="officer of the day shift"' in text
    assert Answer.objects.count() == 1
    case.refresh_from_db()
    sent_again = typed(case, by_whom="officer of the day shift")
    assert browse_as("force-lead").post(f"/children/{case.pk}/answer/", sent_again).status_code == 302
    assert Answer.objects.count() == 2


def test_a_form_that_is_old_cannot_say_who_looks(listed, account_as):
    case = case_with(open_case=True)
    given = {"case": case, "version": case.version, "by": account_as("force-lead")}
    actions.say_who_looks(who="sergeant", by_when=timezone.now() + timedelta(hours=1), **given)
    with pytest.raises(ChangedMeanwhile) as told:
        actions.say_who_looks(who="inspector", by_when=timezone.now() + timedelta(hours=1), **given)
    assert told.value.theirs["Who looks"] == "sergeant"
    assert LooksAt.objects.count() == 1


def test_nobody_can_be_asked_to_look_by_a_time_that_has_passed(listed, account_as):
    case = case_with(open_case=True)
    with pytest.raises(Refused, match="has passed"):
        actions.say_who_looks(
            case=case, who="sergeant", by_when=timezone.now(), version=case.version, by=account_as("force-lead")
        )


# PAGES


@pytest.mark.parametrize(
    ("hours", "heading"),
    [(23, "Children to check today"), (25, "Not a list for today"), (24 * 200, "Not a list for today")],
)
def test_a_list_is_for_today_for_24_hours_after_its_records_end(dives, account_as, browse_as, hours, heading):
    since = (timezone.now() - dives.first.as_at).total_seconds() / 3600
    take_list(dive=dives.add("one", hours=since - hours), by=account_as("force-lead"))
    browser = browse_as("force-lead")
    for page in ("/children/", "/children/print/"):
        text = browser.get(page).content.decode()
        assert re.search(r"<h1[^>]*>([^<]*)</h1>", text)[1] == heading
        assert "Records to" in text
    for page in ("/children/due-next/", "/children/closed-without-a-record/"):
        text = browser.get(page).content.decode()
        assert ("Not a list for today:" in re.search(r"<h1[^>]*>([^<]*)</h1>", text)[1]) == (hours > 24)
        assert "Records to" in text


def test_part_of_a_list_that_is_older_is_said(dives, account_as, browse_as):
    since = (timezone.now() - dives.first.as_at).total_seconds() / 3600
    take_list(dive=dives.add("old", hours=since - 60), by=account_as("force-lead"))
    other = take_list(dive=dives.add("new", hours=since - 2, only=0), by=account_as("force-lead"))
    other.standards = ["england/exploitation"]
    other.save()
    text = browse_as("force-lead").get("/children/").content.decode()
    assert "Children to check today" in text
    assert "Part of this list is not for today" in text


def test_the_page_counts_and_names_nobody(listed, browse_as, dives):
    text = browse_as("duty-inspector").get("/children/").content.decode()
    assert "4 children" in text
    assert "Looked at does not mean safe" in text
    for name in dives.first.people.select("family_name").collect()["family_name"].drop_nulls().unique():
        assert name not in text


def test_errors_stand_beside_the_field_and_in_the_summary(listed, browse_as):
    case = case_with(open_case=True)
    sent = typed(case, kind="", by_whom="", looked_at="11:59pm tomorrow")
    text = browse_as("force-lead").post(f"/children/{case.pk}/answer/", sent).content.decode()
    for sentence in ("Choose what you can say now", "Enter who saw, spoke with or looked for the child"):
        assert text.count(sentence) == 2
    text = browse_as("force-lead").post(
        f"/children/{case.pk}/answer/", sent | typed(case) | {"looked_at": "11:59pm tomorrow"}
    )
    assert text.content.decode().count("This time is still to come") == 2
    assert '<a href="#answer_looked_at">' in text.content.decode()


def test_an_answer_by_the_page_goes_back_to_the_list(listed, browse_as):
    case = case_with(open_case=True)
    assert browse_as("force-lead").post(f"/children/{case.pk}/answer/", typed(case)).status_code == 302
    text = browse_as("force-lead").get("/children/").content.decode()
    assert "Child seen" in text
    text = browse_as("force-lead").get(f"/children/{case.pk}/").content.decode()
    assert "officer B" in text


def test_the_second_person_reads_why_and_answers_on_the_page(listed, browse_as, account_as):
    case = case_with(open_case=True)
    answer = answered(case, by=account_as("force-lead"), kind=AnswerKind.NOT_NEEDED, because="seen by a nurse")
    case.refresh_from_db()
    mine = browse_as("force-lead").get(f"/children/{case.pk}/").content.decode()
    assert "You recorded this answer yourself" in mine
    theirs = browse_as("duty-inspector").get(f"/children/{case.pk}/").content.decode()
    assert "seen by a nurse" in theirs
    assert "Do you agree that it is not needed?" in theirs
    sent = {"agrees": "yes", "because": "", "answer": answer.pk, "version": case.version}
    assert browse_as("duty-inspector").post(f"/children/{case.pk}/second/", sent).status_code == 302
    assert set(case.items.values_list("state", flat=True)) == {State.NOT_NEEDED.value}


def test_a_list_that_was_not_taken_in_can_be_taken_from_the_page(dives, browse_as):
    dives.add("one")
    text = browse_as("force-lead").get("/children/").content.decode()
    assert "Lists that were not taken in" in text
    assert browse_as("force-lead").post("/children/take/", {"dive": "one"}).status_code == 302
    assert Item.objects.count() == 14


def test_the_trail_holds_no_number_of_a_case_and_nothing_that_was_typed(listed, browse_as):
    case = case_with(open_case=True)
    browser = browse_as("force-lead")
    browser.get("/children/")
    browser.get(f"/children/{case.pk}/")
    browser.post(f"/children/{case.pk}/answer/", typed(case, kind="NOT_NEEDED", because="marker-of-what-was-typed"))
    kept = " ".join(f"{entry.about} {entry.detail}" for entry in Entry.objects.all())
    assert case.number not in kept
    assert "marker-of-what-was-typed" not in kept
    assert {"looked at children to check", "opened a child to check", "recorded an answer about a child"} <= set(
        Entry.objects.values_list("did", flat=True)
    )


# HOME


def test_home_says_for_how_many_nobody_has_looked(listed, account_as, django_assert_max_num_queries):
    account = account_as("force-lead")
    with django_assert_max_num_queries(6):  # of all rooms together
        found = waiting_for(account)
    assert ("Nobody has looked yet for 4 children on the list", Urgency.TODAY) in [
        (one.title, one.urgency) for one in found
    ]


def test_home_asks_another_than_who_answered_to_be_the_second(listed, account_as):
    answered(case_with(open_case=True), by=account_as("force-lead"), kind=AnswerKind.NOT_NEEDED, because="a duplicate")
    asked = "An answer “not needed” needs a second person"
    assert asked not in [one.title for one in waiting_for(account_as("force-lead"))]
    assert asked in [one.title for one in waiting_for(account_as("duty-inspector"))]


def test_nobody_else_is_told_of_the_list(listed, account_as):
    for role in ("fact-checker", "release-approver", "professional-standards", "force-administrator"):
        assert waiting_for(account_as(role)) == []
