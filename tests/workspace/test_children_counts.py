"""The counts that the office sees: signed, checked, and with nothing in them but numbers and times."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.workspace.test_children import answered, case_with
from wardline_workspace.children.counts import make_counts, take_counts
from wardline_workspace.children.models import Counts
from wardline_workspace.children.taking import take_list
from wardline_workspace.deployment.described import Place
from wardline_workspace.exchange.models import KnownKey
from wardline_workspace.home.today import waiting_for
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.actions import make_account
from wardline_workspace.roles import ROLES, role_named
from wardline_workspace.roles import Permission as May

pytestmark = pytest.mark.django_db

SAID = {
    *("force", "records_to", "made_at", "made_by", "is_made_up"),
    *("on_the_list", "looked_at", "waits_for_second", "named", "not_named"),
}


@pytest.fixture
def made(dives, account_as):
    """The force's file, with one child of four looked at."""
    take_list(dive=dives.add("one"), by=account_as("force-lead"))
    answered(case_with(open_case=True), by=account_as("duty-inspector"))
    return make_counts(by=account_as("force-lead"))


@pytest.fixture
def at_the_office(made, settings):
    """Everything after this is at the office."""
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, place=Place.OFFICE, body=settings.DEPLOYMENT.office)
    return made


@pytest.fixture
def officer(at_the_office):
    return make_account(email="officer@made-up.example", name="An officer", role="scrutiny-officer", password="x")


def test_the_file_says_five_numbers_and_the_times_and_nothing_else(made, dives):
    says = json.loads(made)["says"]
    assert set(says) == SAID
    numbers = ("on_the_list", "looked_at", "waits_for_second", "named", "not_named")
    assert [says[name] for name in numbers] == [4, 1, 0, 0, 3]
    text = made.decode()
    listed = dives.first.children_to_check
    for column in ("case", "child", "obligation", "title", "grade", "last_event"):
        for value in listed[column].drop_nulls().unique():
            assert value not in text
            assert value.partition(":")[2] == "" or value.partition(":")[2] not in text


def test_the_office_takes_it_in_once_the_key_was_compared(officer, at_the_office):
    with pytest.raises(Refused, match="Telephone the force") as refused:
        take_counts(content=at_the_office, is_confirmed=False, by=officer)
    assert refused.value.field == "is_confirmed"
    take_counts(content=at_the_office, is_confirmed=True, by=officer)
    assert KnownKey.objects.count() == 1
    with pytest.raises(Refused, match="already"):
        take_counts(content=at_the_office, is_confirmed=False, by=officer)


@pytest.mark.parametrize(
    ("was", "altered"), [('"looked_at": 1', '"looked_at": 4'), ('"on_the_list": 4', '"on_the_list": 1')]
)
def test_a_number_that_was_changed_is_noticed(officer, at_the_office, was, altered):
    content = at_the_office.decode()
    assert was in content
    with pytest.raises(Refused, match="changed after it was written"):
        take_counts(content=content.replace(was, altered).encode(), is_confirmed=True, by=officer)
    assert not Counts.objects.exists()
    assert not KnownKey.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\x00\xff", b'{"kind": 1}', b"[" * 60_000, b"a" * 300_000, b'{"says":{},"key":"zz"}'],
)
def test_another_file_is_refused_in_words(officer, content):
    with pytest.raises(Refused, match="file"):
        take_counts(content=content, is_confirmed=True, by=officer)


def test_another_forces_file_is_refused(officer, at_the_office, settings):
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, force="Another Police")
    with pytest.raises(Refused, match="another force"):
        take_counts(content=at_the_office, is_confirmed=True, by=officer)


def test_the_page_takes_the_file_and_shows_the_numbers(officer, at_the_office, client):
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    wrong = client.post("/children/counts/take/", {"file": SimpleUploadedFile("a.json", b"{}")})
    assert wrong.content.decode().count("This is not a file that a workspace made") == 2
    file = SimpleUploadedFile("children-counts.json", at_the_office)
    assert client.post("/children/counts/take/", {"file": file, "is_confirmed": "on"}).status_code == 302
    text = client.get("/children/counts/").content.decode()
    assert "<strong>4</strong> on the list" in text
    assert "These are not today’s counts" in text
    assert "Looked at does not mean safe" in text
    assert "looked at" in next(one.title for one in waiting_for(officer))


def test_the_office_has_no_page_of_the_list(officer, client):
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ("/children/", "/children/print/", "/children/1/", "/children/due-next/"):
        assert client.get(address).status_code == 404


def test_the_forces_page_shows_what_the_file_will_say(made, browse_as):
    browser = browse_as("force-lead")
    assert (
        "No child, no case and no district is in it" in browser.get("/children/counts-for-the-office/").content.decode()
    )
    answer = browser.post("/children/counts-for-the-office/file/")
    assert set(json.loads(answer.content)["says"]) == SAID
    assert answer["Content-Disposition"] == 'attachment; filename="children-counts.json"'


@pytest.mark.parametrize("role", [role.name for role in ROLES if role.place is Place.OFFICE])
def test_at_the_office_each_role_opens_what_it_may(role, office, browse_as):
    browser, may = browse_as(role), role_named(role).may
    for address, needed in (
        ("/children/counts/", May.COUNT_CHILDREN_TO_CHECK),
        ("/children/counts/take/", May.ADD_DIVE),
    ):
        assert browser.get(address).status_code == (200 if needed in may else 403), address
    for address in ("/at-risk/", "/at-risk/send/", "/"):
        assert browser.get(address).status_code == 200, address
    for address in ("/children/counts-for-the-office/", "/at-risk/take-in/", "/children/take/"):
        assert browser.get(address).status_code == 404, address
