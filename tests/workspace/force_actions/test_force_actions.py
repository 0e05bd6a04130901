"""The force's actions at the office: the first date stays, a move blocks nothing, and nobody closes what they did."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from wardline_workspace.force_actions import actions, bringing_evidence
from wardline_workspace.force_actions.kinds import Colour, Judged, OnMove, Standing
from wardline_workspace.force_actions.models import DateMove, Evidence, ForceAction
from wardline_workspace.inspections.actions import add_inspection, add_recommendation, record_closure
from wardline_workspace.pages.refused import Refused
from wardline_workspace.trail.actions import find_break
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db
WHOLE = {
    "title": "A second team for online exploitation",
    "words": "",
    "owner": "Head of protecting vulnerable people",
    "began_on": date(2025, 2, 1),
    "due_on": date(2025, 6, 30),
}
MOVED = {"to_day": date(2025, 9, 30), "why": "Recruitment", "said_by": "The deputy chief", "said_on": date(2025, 6, 1)}


@pytest.fixture
def officer(office, account_as):
    return account_as("scrutiny-officer")


@pytest.fixture
def executive(office, account_as):
    return account_as("chief-executive")


@pytest.fixture
def action(officer):
    return actions.add_action(**WHOLE, by=officer)


def with_evidence(action, by):
    return bringing_evidence.bring_link(action=action, title="The roster", web_address="https://a.example", by=by)


def complete(action, by):
    action.refresh_from_db()
    return actions.record_complete(action=action, version=action.version, on=date(2025, 6, 20), by=by)


def satisfied(action, by, why="The roster shows it"):
    action.refresh_from_db()
    return actions.be_satisfied(action=action, version=action.version, why=why, by=by)


def judged(evidence, by, judged=Judged.SHOWS_IT):
    return bringing_evidence.judge(evidence=evidence, judged=judged, words="Read in full", by=by)


def day(name, value):
    return {f"{name}_0": str(value.day), f"{name}_1": str(value.month), f"{name}_2": str(value.year)}


# DATES


def test_the_first_date_stays_however_often_it_is_moved(action, officer, browse_as):
    for month in (9, 12):
        action.refresh_from_db()
        to = MOVED | {"to_day": date(2025, month, 30)}
        actions.move_date(action=action, version=action.version, by=officer, **to)
    action.refresh_from_db()
    assert (action.first_due_on, action.due_on) == (date(2025, 6, 30), date(2025, 12, 30))
    page = browse_as("head").get(f"/force-actions/{action.pk}/").content.decode()
    assert "30 June 2025" in page and "30 December 2025 (moved 2 times)" in page
    assert "first: 30 June 2025" in browse_as("head").get("/force-actions/").content.decode()


def test_the_first_date_cannot_be_given_again_by_any_address(action, browse_as):
    answer = browse_as("scrutiny-officer").post(
        f"/force-actions/{action.pk}/first-date/", {"owner": "Somebody"} | day("due_on", date(2027, 1, 1))
    )
    assert "has its first date already" in answer.content.decode()
    action.refresh_from_db()
    assert action.first_due_on == action.due_on == date(2025, 6, 30)


def test_a_move_that_the_office_does_not_accept_moves_the_date_all_the_same(action, officer, executive):
    move = actions.move_date(action=action, version=0, by=officer, **MOVED)
    actions.say_on_move(move=move, view=OnMove.NOT_ACCEPTED, words="No reason was given", by=executive)
    action.refresh_from_db()
    assert action.due_on == date(2025, 9, 30)
    with pytest.raises(Refused, match="has said what it thinks"):
        actions.say_on_move(move=move, view=OnMove.ACCEPTED, words="", by=executive)


def test_whoever_recorded_a_move_does_not_say_what_the_office_thinks_of_it(action, officer, browse_as):
    move = actions.move_date(action=action, version=0, by=officer, **MOVED)
    address = f"/force-actions/{action.pk}/moves/{move.pk}/"
    answer = browse_as("scrutiny-officer").post(address, {"view": "ACCEPTED", "words": "Fine"})
    assert "Somebody else at the office" in answer.content.decode()
    assert DateMove.objects.get().view == OnMove.NOT_YET.name


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"to_day": date(2025, 6, 30)}, "the date that stands"),
        ({"to_day": date(2025, 1, 1)}, "due before it began"),
        ({"said_on": date(2999, 1, 1)}, "has not come yet"),
    ],
)
def test_a_move_that_cannot_be_is_refused(action, officer, changed, said):
    with pytest.raises(Refused, match=said):
        actions.move_date(action=action, version=0, by=officer, **(MOVED | changed))


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"due_on": date(2025, 1, 1)}, "due before it begins"), ({"owner": ""}, "who at the force owns it")],
)
def test_an_action_that_cannot_be_is_refused(officer, changed, said):
    with pytest.raises(Refused, match=said):
        actions.add_action(**(WHOLE | changed), by=officer)


def test_of_two_who_move_it_at_once_the_second_is_told(action, browse_as):
    browser = browse_as("scrutiny-officer")
    sent = {"version": "0", "why": "Recruitment", "said_by": "The deputy"} | day("said_on", date(2025, 6, 1))
    address = f"/force-actions/{action.pk}/move/"
    assert browser.post(address, sent | day("to_day", date(2025, 9, 30))).status_code == 302
    page = browser.post(address, sent | {"why": "Money"} | day("to_day", date(2025, 12, 1))).content.decode()
    assert "Somebody else changed this" in page and "Money" in page
    assert DateMove.objects.count() == 1


# THREE ENDS


def test_nobody_closes_what_they_recorded_or_showed_themselves(action, officer, executive):
    evidence = with_evidence(action, officer)
    with pytest.raises(Refused, match="has not said that it is complete"):
        satisfied(action, executive)
    complete(action, officer)
    with pytest.raises(Refused, match="No evidence has been judged"):
        satisfied(action, executive)
    with pytest.raises(Refused, match="You brought this evidence"):
        judged(evidence, officer)
    judged(evidence, executive)
    with pytest.raises(Refused, match="Somebody else"):
        satisfied(action, officer)
    satisfied(action, executive)
    action.refresh_from_db()
    assert action.colour(today=date(2025, 12, 1)) is Colour.GREEN


def test_whoever_brought_the_only_evidence_does_not_close_it(officer, executive, action):
    evidence = with_evidence(action, executive)
    judged(evidence, officer)
    complete(action, officer)
    with pytest.raises(Refused, match="You brought the evidence"):
        satisfied(action, executive)


def test_evidence_that_does_not_show_it_closes_nothing(action, officer, executive):
    judged(with_evidence(action, officer), executive, Judged.DOES_NOT)
    complete(action, officer)
    with pytest.raises(Refused, match="No evidence has been judged"):
        satisfied(action, executive)


def test_the_database_itself_refuses_it(action, officer, executive):
    complete(action, officer)
    mine = {"satisfied_on": date(2025, 7, 1), "satisfied_by": officer.public_id, "satisfied_why": "so"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ForceAction.objects.update(**mine)
    evidence = with_evidence(action, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(judged_by=officer.public_id)


def test_the_three_ends_are_told_apart(officer, executive, browse_as):
    report = add_inspection(title="A report", inspectorate="HMICFRS", published_on=date(2025, 1, 15), by=officer)
    asked = add_recommendation(
        inspection=report, reference="1", words="Act.", addressed_to="CHIEF", concern=None, asked_by=None, by=officer
    )
    action = actions.add_action(**WHOLE, recommendation=asked, by=officer)
    record_closure(recommendation=asked, version=0, on=date(2025, 8, 1), by=officer)
    page = browse_as("head").get(f"/force-actions/{action.pk}/").content.decode()
    assert "Not complete" in page and "Not satisfied yet" in page and "Closed the recommendation" in page


def test_what_the_office_took_back_is_open_again_with_the_reason(action, officer, executive):
    judged(with_evidence(action, officer), executive)
    complete(action, officer)
    satisfied(action, executive)
    action.refresh_from_db()
    actions.withdraw_satisfied(action=action, version=action.version, why="Its measure fell back", by=executive)
    action.refresh_from_db()
    assert action.satisfied_on is None and action.complete_on is not None
    assert "Its measure fell back" in action.progress.get().words


def test_the_colours_mean_what_trackers_mean_by_them(action, officer):
    assert action.colour(today=date(2025, 6, 30)) is Colour.AMBER
    assert action.colour(today=date(2025, 7, 1)) is Colour.RED
    with pytest.raises(Refused, match="Enter the reason"):
        actions.change_standing(action=action, version=0, standing=Standing.NOT_THE_FORCES, because="", by=officer)
    for standing, colour in ((Standing.NOT_THE_FORCES, Colour.WHITE), (Standing.WILL_NOT_BE_DONE, Colour.RED)):
        action.refresh_from_db()
        kept = {"standing": standing, "because": "It is the council's", "by": officer}
        assert (
            actions.change_standing(action=action, version=action.version, **kept).colour(today=date(2025, 3, 1))
            is colour
        )


# FILES


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.exe", b"MZ", "A file of this kind is not taken"),
        ("paper.pdf", b"<html>", "inside it is something else"),
        ("list.csv", b"a\x00b", "holds no text"),
        ("paper", b"text", "A file of this kind is not taken"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_beside_its_field(action, browse_as, name, content, said):
    sent = {"title": "The plan", "file": SimpleUploadedFile(name, content)}
    page = browse_as("scrutiny-officer").post(f"/force-actions/{action.pk}/evidence/file/", sent).content.decode()
    assert said in page and "The plan" in page
    assert not Evidence.objects.exists()


def test_a_file_comes_back_as_it_was_brought_under_a_name_of_ours(action, browse_as, deployment):
    sent = {"title": "The plan", "file": SimpleUploadedFile('../a"b.pdf', b"%PDF-1.7 plan")}
    browser = browse_as("scrutiny-officer")
    assert browser.post(f"/force-actions/{action.pk}/evidence/file/", sent).status_code == 302
    evidence = Evidence.objects.get()
    answer = browser.get(f"/force-actions/{action.pk}/evidence/{evidence.pk}/file/")
    assert answer.content == b"%PDF-1.7 plan"
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-{evidence.pk}.pdf"'
    next((deployment.folder / "evidence").rglob(evidence.file_sha256)).write_bytes(b"%PDF-1.7 changed")
    again = browser.get(f"/force-actions/{action.pk}/evidence/{evidence.pk}/file/")
    assert again.status_code == 409 and "not as it was brought" in again.content.decode()


def test_the_trail_holds_no_text_and_is_whole(action, officer, executive):
    actions.move_date(action=action, version=0, by=officer, **MOVED)
    said = " ".join(str(one.detail) for one in Entry.objects.all())
    assert "Recruitment" not in said and "deputy" not in said
    assert find_break() is None


def test_home_asks_twice_at_most_and_names_what_waits_for_somebody_else(
    action, officer, executive, browse_as, django_assert_max_num_queries
):
    from wardline_workspace.force_actions.today import actions_that_wait

    actions.move_date(action=action, version=0, by=officer, **MOVED)
    with django_assert_max_num_queries(2):
        waiting = list(actions_that_wait(executive))
    assert [one.title for one in waiting] == [
        "A second team for online exploitation",
        "A date that moved, or evidence, waits for somebody else’s view",
    ]
    assert len(list(actions_that_wait(officer))) == 1
