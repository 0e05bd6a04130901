"""A child may be at risk now: sent by every role, red at the post until acknowledged by name and time, never lost."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from wardline_workspace.at_risk import actions
from wardline_workspace.at_risk.kinds import GOES_TO, VALID_TRANSITIONS, GoesTo, Kind, State
from wardline_workspace.at_risk.models import Call, Risk
from wardline_workspace.at_risk.posts import ACKNOWLEDGED_WITH, post_of
from wardline_workspace.deployment.described import Place
from wardline_workspace.home.today import Urgency, waiting_for
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.actions import make_account
from wardline_workspace.roles import ROLES
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db
WORRY = "marker-of-a-worry"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sent(by, kind=Kind.CHILD_AT_RISK, minutes_ago=0, **changed):
    given = {"worry": WORRY, "reach": "01632 960 200", "token": uuid.uuid4(), "about": "marker-of-a-child"}
    risk = actions.send_risk(kind=kind, by=by, **given | changed)
    risk.sent_at -= timedelta(minutes=minutes_ago)
    risk.save()
    return risk


def typed(**changed):
    given = {"kind": "CHILD_AT_RISK", "about": "case 3RQ8", "worry": WORRY, "reach": "1", "token": uuid.uuid4()}
    return given | changed


def red(account):
    return [one.title for one in waiting_for(account) if one.urgency is Urgency.RISK]


def test_each_table_has_every_member(deployment):
    assert set(GOES_TO) == set(Kind)
    assert set(ACKNOWLEDGED_WITH) == set(GoesTo)
    assert set(VALID_TRANSITIONS) == set(State)
    assert {post_of(one).telephone for one in GoesTo} == {"01632 960 101", "01632 960 102"}
    assert not [state for state in State if "safe" in state.value]


@pytest.mark.parametrize(
    "role", [role.name for role in ROLES if role.place == "force" and role.name != "council-partner"]
)
def test_every_role_of_the_force_sends_and_it_is_red_at_the_duty_post_at_once(role, account_as, browse_as):
    answer = browse_as(role).post("/at-risk/send/", typed())
    risk = Risk.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/at-risk/{risk.code}/")
    assert red(account_as("duty-inspector")) == ["A child may be at risk now: not acknowledged yet"]
    text = browse_as("duty-inspector").get("/").content.decode()
    assert "panel--risk" in text


@pytest.mark.parametrize("role", [role.name for role in ROLES if role.place == "office"])
def test_every_role_of_the_office_writes_and_is_told_to_telephone(role, office, account_as, browse_as):
    browser = browse_as(role)
    answer = browser.post("/at-risk/send/", typed(), follow=True)
    text = answer.content.decode()
    assert "Telephone now: the force does not have this yet" in text
    assert "01632 960 101" in text
    assert red(account_as(role)) == ["A child may be at risk now: not with the force yet"]


@pytest.mark.parametrize("kind", [kind for kind in Kind if GOES_TO[kind] is GoesTo.PROFESSIONAL_STANDARDS])
def test_conduct_goes_to_professional_standards_and_to_nobody_else(kind, account_as, browse_as):
    risk = sent(account_as("force-lead"), kind)
    assert red(account_as("professional-standards")) == [f"{kind.value}: not acknowledged yet"]
    assert red(account_as("duty-inspector")) == []
    assert browse_as("duty-inspector").get(f"/at-risk/{risk.code}/").status_code == 404
    assert browse_as("force-administrator").get(f"/at-risk/{risk.code}/").status_code == 404
    assert browse_as("professional-standards").get(f"/at-risk/{risk.code}/").status_code == 200


def test_a_case_comes_with_the_button_and_its_number_is_in_no_address(dives, browse_as):
    dives.add("one")
    browser = browse_as("fact-checker")
    page = browser.post("/at-risk/send/", {"dive": "one", "case": "missing:1042"})
    assert "case 1042" in page.content.decode()
    assert not Risk.objects.exists()
    given = typed(dive="one", case="missing:1042")
    answer = browser.post("/at-risk/send/", given)
    assert "1042" not in answer.url
    assert (Risk.objects.get().dive, Risk.objects.get().case) == ("one", "missing:1042")


def test_acknowledged_by_name_and_time_it_is_no_longer_red(account_as, browse_as):
    risk = sent(account_as("fact-checker"))
    browser = browse_as("duty-inspector")
    empty = browser.post(f"/at-risk/{risk.code}/acknowledge/", {"name": ""}).content.decode()
    assert empty.count("Enter your name") == 2
    assert browser.post(f"/at-risk/{risk.code}/acknowledge/", {"name": "Insp. Made-up"}).status_code == 302
    risk.refresh_from_db()
    assert (risk.stands, risk.acknowledged_name) == (State.ACKNOWLEDGED, "Insp. Made-up")
    assert timezone.now() - risk.acknowledged_at < timedelta(minutes=1)
    assert red(account_as("duty-inspector")) == red(account_as("fact-checker")) == []
    assert "Acknowledged" in [one.tag for one in waiting_for(account_as("fact-checker"))]


def test_the_second_who_acknowledges_is_told_who_was_quicker(account_as):
    risk = sent(account_as("force-lead"))
    actions.acknowledge(risk=risk, name="Insp. First", by=account_as("duty-inspector"))
    with pytest.raises(Refused, match=r"Insp. First has acknowledged this already"):
        actions.acknowledge(risk=risk, name="Insp. Second", by=account_as("duty-inspector"))
    assert Risk.objects.get().acknowledged_name == "Insp. First"


def test_nobody_but_the_post_acknowledges(account_as, browse_as):
    risk = sent(account_as("force-lead"))
    with pytest.raises(Refused, match="Only the duty inspector"):
        actions.acknowledge(risk=risk, name="x", by=account_as("force-lead"))
    assert browse_as("force-lead").post(f"/at-risk/{risk.code}/acknowledge/", {"name": "x"}).status_code == 403


def test_the_same_form_sent_twice_is_sent_once(browse_as):
    given, browser = typed(), browse_as("force-lead")
    first, second = (browser.post("/at-risk/send/", given) for _ in range(2))
    assert first.url == second.url
    assert Risk.objects.count() == 1


def test_stopped_in_the_middle_nothing_is_sent_and_it_can_be_sent_again(account_as, monkeypatch):
    by, token = account_as("force-lead"), uuid.uuid4()
    with monkeypatch.context() as patched:
        patched.setattr("wardline_workspace.at_risk.actions.record", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sent(by, token=token)
    assert not Risk.objects.exists()
    assert sent(by, token=token).stands is State.SENT


@pytest.mark.parametrize(("minutes", "says"), [(59, "If nobody has acknowledged it by"), (61, "Telephone now")])
def test_after_an_hour_it_says_whom_to_telephone(account_as, browse_as, minutes, says):
    risk = sent(account_as("force-lead"), minutes_ago=minutes)
    text = browse_as("force-lead").get(f"/at-risk/{risk.code}/").content.decode()
    assert says in text
    assert "01632 960 101" in text
    [home] = [one for one in waiting_for(account_as("force-lead")) if one.urgency is Urgency.RISK]
    assert "01632 960 101" in home.words
    assert ("more than an hour" in home.words) == (minutes > 60)


def test_a_telephone_call_at_the_force_is_kept_and_does_not_acknowledge(account_as, browse_as):
    risk = sent(account_as("force-lead"))
    browser = browse_as("force-lead")
    late = {"spoke_with": "", "called_at": "11:59pm tomorrow", "said": ""}
    text = browser.post(f"/at-risk/{risk.code}/call/", late).content.decode()
    assert text.count("Enter the name of whom you spoke with") == 2
    text = browser.post(f"/at-risk/{risk.code}/call/", late | {"spoke_with": "the inspector"}).content.decode()
    assert text.count("This time is still to come") == 2
    given = {"spoke_with": "the inspector", "called_at": "12:01am", "said": "on the way"}
    assert browser.post(f"/at-risk/{risk.code}/call/", given).status_code == 302
    assert Call.objects.get().said == "on the way"
    assert red(account_as("duty-inspector")) != []


def test_the_database_holds_no_acknowledgement_without_name_and_time(account_as):
    risk = sent(account_as("force-lead"))
    for changed in (
        {"state": State.ACKNOWLEDGED.value},
        {"acknowledged_at": timezone.now()},
        {"acknowledged_name": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Risk.objects.filter(pk=risk.pk).update(**changed)


def test_errors_stand_beside_the_field_and_in_the_summary(browse_as):
    text = browse_as("force-lead").post("/at-risk/send/", typed(about="", worry="", reach="")).content.decode()
    for sentence in (
        "Enter which child or case it is about",
        "Enter what worries you",
        "Enter a telephone number at which",
    ):
        assert text.count(sentence) == 2
    assert not Risk.objects.exists()


def test_nothing_that_was_typed_is_in_the_trail(account_as, browse_as):
    risk = sent(account_as("force-lead"), dive="one", case="missing:1042")
    browse_as("duty-inspector").get(f"/at-risk/{risk.code}/")
    browse_as("duty-inspector").post(f"/at-risk/{risk.code}/acknowledge/", {"name": "marker-of-a-name"})
    kept = " ".join(f"{one.did} {one.about} {one.detail}" for one in Entry.objects.all())
    assert not [word for word in (WORRY, "marker", "1042", "01632") if word in kept]
    assert risk.code in kept


def test_home_asks_one_query_of_it(account_as, django_assert_max_num_queries):
    from wardline_workspace.at_risk.today import at_risk_today

    account = account_as("duty-inspector")
    sent(account_as("force-lead"))
    with django_assert_max_num_queries(1):
        assert len(list(at_risk_today(account))) == 1


# FROM THE OFFICE TO THE FORCE


@pytest.fixture
def from_the_office(office, account_as, settings):
    """The office's file; everything after it is at the force."""
    by = account_as("scrutiny-officer")
    risk = sent(by, about="coded case 3RQ8")
    content = actions.make_risk_file(risk=risk, by=by)
    Risk.objects.all().delete()
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, place=Place.FORCE)
    return content, risk.code


def at_the_force(role):
    return make_account(email=f"{role}@force.example", name=role, role=role, password="x")


def test_the_office_never_acknowledges_and_never_closes(office, account_as, browse_as):
    risk = sent(account_as("scrutiny-officer"))
    assert risk.stands is State.WRITTEN
    with pytest.raises(Refused, match="Only the duty inspector"):
        actions.acknowledge(risk=risk, name="x", by=account_as("scrutiny-officer"))
    assert browse_as("scrutiny-officer").post(f"/at-risk/{risk.code}/acknowledge/", {"name": "x"}).status_code == 404
    actions.record_call(risk=risk, spoke_with="PC", called_at=timezone.now(), by=account_as("scrutiny-officer"))
    risk.refresh_from_db()
    assert (risk.stands, risk.acknowledged_at, VALID_TRANSITIONS[risk.stands]) == (State.TOLD, None, frozenset())


def test_only_who_wrote_it_opens_it_at_the_office(office, account_as, browse_as):
    risk = sent(account_as("scrutiny-officer"))
    assert browse_as("head").get(f"/at-risk/{risk.code}/").status_code == 404
    assert browse_as("head").post(f"/at-risk/{risk.code}/file/").status_code == 404


def test_the_forces_workspace_takes_the_file_in_and_it_is_red_there(from_the_office, client):
    content, code = from_the_office
    client.force_login(at_the_force("fact-checker"), backend=BACKEND)
    file = SimpleUploadedFile("at-risk.json", content)
    assert client.post("/at-risk/take-in/", {"file": file}).status_code == 302
    duty = at_the_force("duty-inspector")
    assert red(duty) == ["A child may be at risk now: not acknowledged yet"]
    client.force_login(duty, backend=BACKEND)
    text = client.get(f"/at-risk/{code}/").content.decode()
    assert WORRY in text
    assert "Nobody here has compared the key" in text
    again = client.post("/at-risk/take-in/", {"file": SimpleUploadedFile("a.json", content)}).content.decode()
    assert again.count("taken in already") == 2


def test_a_file_that_was_changed_is_refused_in_words(from_the_office, client):
    content, _ = from_the_office
    client.force_login(at_the_force("fact-checker"), backend=BACKEND)
    file = SimpleUploadedFile("a.json", content.replace(WORRY.encode(), b"all is well"))
    assert "changed after it was written" in client.post("/at-risk/take-in/", {"file": file}).content.decode()
    assert not Risk.objects.exists()


@pytest.mark.parametrize("changed", [{"code": "X" * 11}, {"kind": "NOTHING"}, {"sent_at": "2025-01-01"}, {"worry": 3}])
def test_a_signed_file_that_says_something_else_is_refused_in_words(from_the_office, changed, client):
    from wardline_workspace.exchange.signed_files import write_signed

    content, _ = from_the_office
    whole = json.loads(content)
    with pytest.raises(Refused, match="does not say what it should"):
        actions.take_risk_in(
            content=write_signed(whole["kind"], whole["says"] | changed), by=at_the_force("force-lead")
        )


def test_a_script_in_a_worry_is_text(account_as, browse_as):
    risk = sent(account_as("force-lead"), worry="<script>alert(1)</script>")
    text = browse_as("duty-inspector").get(f"/at-risk/{risk.code}/").content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


def test_beside_the_button_stands_what_is_true_in_this_place(browse_as):
    text = browse_as("duty-inspector").get("/at-risk/").content.decode()
    assert "It goes straight to the duty inspector" in text
    assert "01632 960 101" in text


def test_beside_the_offices_button_nothing_is_promised_that_it_cannot_do(office, browse_as):
    text = browse_as("head").get("/at-risk/").content.decode()
    assert "It goes straight to" not in text
    assert "This workspace cannot reach the force’s" in text
