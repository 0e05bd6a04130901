"""Logging in as it is in earnest: invitation, account, second step, log-out, and back in; and what bad tries get."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tests.workspace.authenticator_app import code_of
from tests.workspace.conftest import PASSWORD
from wardline_workspace.people.actions import invite, make_reset_link
from wardline_workspace.people.models import Account
from wardline_workspace.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_earnest")]

ADDRESS = "lead@force.example"


def did() -> list[str]:
    return list(Entry.objects.values_list("did", flat=True))


def page_of(answer) -> str:
    return answer.content.decode()


def secret_on(page: str) -> str:
    return re.search(r"<code>([A-Z2-7]{16,})</code>", page)[1]


@pytest.fixture
def person(account_as, django_capture_on_commit_callbacks):
    """Somebody who took an invitation up and set up their second step: their client, and the app's secret."""
    _, link = invite(email=ADDRESS, name="A lead", role="force-lead", by=account_as("force-administrator"))
    browser = Client()
    address = f"/people/invitation/{link}/"
    assert "A lead, you are invited" in page_of(browser.get(address))
    answer = browser.post(address, {"password": PASSWORD, "again": PASSWORD}, follow=True)
    assert "Your account is made" in page_of(answer)
    assert browser.post("/account/login/", {"login": ADDRESS, "password": PASSWORD}).url == "/"
    answer = browser.get("/dives/")
    assert answer.url == "/account/2fa/totp/activate/", "without a second step no page opens"
    page = page_of(browser.get(answer.url))
    secret = secret_on(page)
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(answer.url, {"code": code_of(secret)}, follow=True)
    assert "Recovery codes" in page_of(answer)
    return browser, secret


def log_in(code: str, *, password: str = PASSWORD) -> tuple[Client, object]:
    browser = Client()
    first = browser.post("/account/login/", {"login": ADDRESS, "password": password})
    assert first.status_code == 302, page_of(first)
    assert first.url == "/account/2fa/authenticate/", "the second step is asked for"
    assert browser.get("/dives/").status_code == 302, "and until then nothing opens"
    return browser, browser.post("/account/2fa/authenticate/", {"code": code})


def test_the_whole_way(person):
    browser, secret = person
    assert browser.get("/dives/").status_code == 200
    assert "Log in" in page_of(browser.post("/account/logout/", follow=True))
    assert browser.get("/dives/").status_code == 302
    again, answer = log_in(code_of(secret))
    assert answer.url == "/"
    assert again.get("/dives/").status_code == 200
    assert {"took up an invitation", "set up a second step", "logged out", "logged in"} <= set(did())


def test_a_code_works_once(person):
    _, secret = person
    code = code_of(secret)
    assert log_in(code)[1].status_code == 302
    answer = log_in(code)[1]
    assert answer.status_code == 200
    assert "This code is not right, or it has been used" in page_of(answer)


def test_a_recovery_code_works_once(person):
    browser, _ = person
    codes = re.findall(r"<code>(\d{8})</code>", page_of(browser.get("/account/2fa/recovery-codes/")))
    assert len(codes) == 10
    assert log_in(codes[0])[1].status_code == 302
    assert log_in(codes[0])[1].status_code == 200
    assert log_in(codes[1])[1].status_code == 302


def test_the_secret_of_an_app_is_not_in_the_database_as_it_is(person, settings):
    _, secret = person
    assert all(secret not in str(one.data) for one in Authenticator.objects.all())
    settings.SECRET_KEY = "another deployment's"
    assert log_in(code_of(secret))[1].status_code == 200, "a database of another deployment logs nobody in"


def test_five_wrong_codes_lock_as_wrong_passwords_do(person):
    _, secret = person
    browser, answer = log_in("000000")
    for _ in range(4):
        answer = browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert answer.status_code == 429
    assert "Too many tries" in page_of(answer)
    assert browser.post("/account/2fa/authenticate/", {"code": code_of(secret)}).status_code == 429
    assert Client().post("/account/login/", {"login": ADDRESS, "password": PASSWORD}).status_code == 429
    assert did().count("log-in refused") >= 5
    assert "locked out" in did()


@pytest.mark.parametrize("address", [ADDRESS, "nobody@force.example"])
def test_five_wrong_passwords_lock_and_say_nothing_of_whether_there_is_such_an_account(person, address):
    pages = []
    for number in range(5):
        browser = Client()
        answer = browser.post("/account/login/", {"login": address.upper(), "password": f"wrong {number}"})
        pages.append(page_of(answer))
    assert answer.status_code == 429
    assert "Wait 15 minutes" in pages[-1]
    assert "The e-mail address or the password is not right" in pages[0]
    assert Client().post("/account/login/", {"login": address, "password": PASSWORD}).status_code == 429
    refused = Entry.objects.filter(did="log-in refused")
    assert {entry.about for entry in refused} <= {"", Account.objects.get(email=ADDRESS).public_id}
    assert all("force.example" not in str(entry.detail) for entry in refused)


def test_somebody_else_is_not_locked_out_with_them(person, account_as):
    account_as("fact-checker")
    for number in range(6):
        Client().post("/account/login/", {"login": ADDRESS, "password": f"wrong {number}"})
    answer = Client().post("/account/login/", {"login": "fact-checker@made-up.example", "password": PASSWORD})
    assert answer.status_code == 302


def test_what_is_wrong_is_said_in_our_words():
    page = page_of(Client().post("/account/login/", {"login": "", "password": ""}))
    assert "Enter your e-mail address" in page
    assert "Enter your password" in page
    page = page_of(Client().post("/account/login/", {"login": "not an address", "password": "x"}))
    assert "Enter an address such as name@example.org" in page
    page = page_of(Client().get("/account/login/"))
    assert "Forgot" not in page
    assert "This field is required" not in page


def test_a_password_that_is_easy_to_guess_is_not_taken(account_as):
    _, link = invite(email=ADDRESS, name="Millicent Bystander", role="force-lead", by=account_as("force-administrator"))
    browser = Client()
    for easy, said in (
        ("short", "at least 12"),
        ("password1234", "too common"),
        ("millicent bystander", "too similar"),
        ("lead@force.example", "too similar"),
    ):
        answer = browser.post(f"/people/invitation/{link}/", {"password": easy, "again": easy})
        assert said in page_of(answer), easy
    answer = browser.post(f"/people/invitation/{link}/", {"password": PASSWORD, "again": "another"})
    assert "The two passwords differ" in page_of(answer)
    assert not Account.objects.filter(email=ADDRESS).exists()


def test_an_invitation_is_taken_up_once_and_not_after_its_end(account_as):
    administrator = account_as("force-administrator")
    invitation, link = invite(email=ADDRESS, name="A lead", role="force-lead", by=administrator)
    invitation.ends_at = timezone.now() - timedelta(seconds=1)
    invitation.save()
    answer = Client().post(f"/people/invitation/{link}/", {"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 410
    assert "has expired" in page_of(answer)
    assert Client().get("/people/invitation/made-up/").status_code == 410


def test_a_reset_link_gives_a_new_password_and_ends_every_session(person, account_as):
    browser, secret = person
    account = Account.objects.get(email=ADDRESS)
    administrator = account_as("force-administrator")
    _, older = make_reset_link(account=account, forgets_second_step=False, by=administrator)
    _, link = make_reset_link(account=account, forgets_second_step=False, by=administrator)
    assert Client().get(f"/people/new-password/{older}/").status_code == 410, "a newer one was made"
    new = "four quite other words"
    answer = Client().post(f"/people/new-password/{link}/", {"password": new, "again": new})
    assert answer.status_code == 302
    assert Client().get(f"/people/new-password/{link}/").status_code == 410
    assert browser.get("/dives/").status_code == 302, "who was logged in is logged out"
    assert log_in(code_of(secret), password=new)[1].url == "/"
    assert {"made a link to a new password", "used a link to a new password"} <= set(did())


def test_a_reset_link_for_a_lost_telephone_makes_them_set_another_up(person, account_as):
    account = Account.objects.get(email=ADDRESS)
    _, link = make_reset_link(account=account, forgets_second_step=True, by=account_as("force-administrator"))
    new = "four quite other words"
    Client().post(f"/people/new-password/{link}/", {"password": new, "again": new})
    browser = Client()
    assert browser.post("/account/login/", {"login": ADDRESS, "password": new}).url == "/"
    assert browser.get("/dives/").url == "/account/2fa/totp/activate/"


def test_a_password_is_changed_only_by_whoever_knows_it(person):
    browser, _ = person
    new = "four quite other words"
    wrong = {"oldpassword": "guessed wrongly", "password1": new, "password2": new}
    assert "This is not the password you have now" in page_of(browser.post("/account/password/change/", wrong))
    answer = browser.post("/account/password/change/", wrong | {"oldpassword": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert Account.objects.get(email=ADDRESS).check_password(new)
    assert "changed the password" in did()


class TestTheEndOfASession:
    def later(self, browser: Client, **keys: int) -> None:
        session = browser.session
        for key, seconds in keys.items():
            session[key] = session[key] - seconds
        session.save()

    def test_half_an_hour_with_nothing_done(self, person):
        browser, _ = person
        browser.get("/")
        self.later(browser, seen_at=29 * 60)
        assert browser.get("/dives/").status_code == 200
        self.later(browser, seen_at=31 * 60)
        answer = browser.get("/dives/?page=2")
        assert answer.status_code == 401
        assert "Nothing was done for 30 minutes" in page_of(answer)
        assert "next=%2Fdives%2F%3Fpage%3D2" in page_of(answer)
        assert browser.get("/dives/").status_code == 302

    def test_twelve_hours_however_much_was_done(self, person):
        browser, _ = person
        browser.get("/")
        self.later(browser, began_at=12 * 3600 + 60)
        answer = browser.get("/dives/")
        assert answer.status_code == 401
        assert "You logged in more than 12 hours ago" in page_of(answer)

    def test_what_was_typed_is_shown_and_what_is_secret_is_not(self, person):
        browser, _ = person
        browser.get("/")
        self.later(browser, seen_at=31 * 60)
        typed = {"answer": "We looked at <b>both</b> homes.", "password": "a secret", "csrfmiddlewaretoken": "x"}
        page = page_of(browser.post("/dives/add/", typed))
        assert "We looked at &lt;b&gt;both&lt;/b&gt; homes." in page
        assert "a secret" not in page

    def test_a_form_of_an_older_session_loses_nothing_either(self, person):
        account = Account.objects.get(email=ADDRESS)
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = strict.post("/dives/add/", {"folder": "/srv/dives/march", "csrfmiddlewaretoken": "stale"})
        assert answer.status_code == 403
        assert "This form is no longer valid" in page_of(answer)
        assert "/srv/dives/march" in page_of(answer)


def test_a_log_in_is_a_new_session(person):
    browser, secret = person
    browser.post("/account/logout/")
    browser.get("/account/login/")
    before = browser.session.session_key
    browser.post("/account/login/", {"login": ADDRESS, "password": PASSWORD})
    browser.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert browser.session.session_key != before


@pytest.mark.parametrize("onwards", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_log_in(person, onwards):
    browser, secret = person
    browser.post("/account/logout/")
    browser.post("/account/login/", {"login": ADDRESS, "password": PASSWORD, "next": onwards})
    assert browser.post("/account/2fa/authenticate/", {"code": code_of(secret)}).url == "/"
