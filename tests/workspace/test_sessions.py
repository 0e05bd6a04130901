"""Where somebody is logged in: their own sessions and nobody else's, each of which they can end."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from django.test import Client

from tests.workspace.served import environment, written
from wardline_workspace.people.sessions import browser_in_words
from wardline_workspace.trail.models import Entry

PAGE = "/people/mine/sessions/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
pytestmark = pytest.mark.django_db


def browser_of(account):
    browser = Client()
    browser.force_login(account, backend=BACKEND)
    browser.get("/")
    return browser


def codes_on(page) -> list[str]:
    return re.findall(r'name="code" value="(\w+)"', page.content.decode())


def test_a_session_that_one_does_not_know_is_ended_and_the_others_go_on(account_as):
    here, there = browser_of(account_as("force-lead")), browser_of(account_as("force-lead"))
    other = browser_of(account_as("duty-inspector"))
    page = here.get(PAGE)
    assert page.content.decode().count("This one") == 1
    [code] = codes_on(page)
    assert there.session.session_key not in page.content.decode()
    answer = here.post(PAGE, {"code": code}, follow=True)
    assert "The session is ended" in answer.content.decode()
    assert codes_on(answer) == []
    assert there.get("/").status_code == 302, "it opens nothing any more"
    assert here.get("/").status_code == 200
    assert other.get("/").status_code == 200
    entry = Entry.objects.get(did="ended a session of their own")
    assert entry.by == entry.about == account_as("force-lead").public_id


def test_nobody_ends_the_session_of_somebody_else(account_as):
    here, other = browser_of(account_as("force-lead")), browser_of(account_as("duty-inspector"))
    browser_of(account_as("duty-inspector"))
    [code] = codes_on(other.get(PAGE))
    for sent in (code, "", "no code"):
        answer = here.post(PAGE, {"code": sent})
        assert answer.status_code == 409
        assert "This session has ended already" in answer.content.decode()
    assert len(codes_on(other.get(PAGE))) == 1


def test_a_session_in_which_nothing_was_done_for_half_an_hour_is_not_listed(account_as):
    here, there = browser_of(account_as("force-lead")), browser_of(account_as("force-lead"))
    session = there.session
    session["seen_at"] -= 31 * 60
    session.save()
    assert codes_on(here.get(PAGE)) == []


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on an iPhone"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_of_a_browser_two_words_are_kept(agent, words):
    assert browser_in_words(agent) == words


@pytest.mark.parametrize(("https", "begins"), [(True, "__Host-wardline-force"), (False, "wardline-force")])
def test_over_https_cookies_are_of_this_host_alone(tmp_path, https, begins):
    """A browser takes a cookie named __Host- only over HTTPS, with the path / and no domain."""
    asks = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0); call_command('createcachetable', verbosity=0)\n"
        "from django.test import Client\n"
        f"answer = Client(SERVER_NAME='localhost').get('/account/login/', secure={https})\n"
        "print(*(cookie.OutputString() for cookie in answer.cookies.values()), sep='\\n')\n"
        "from django.conf import settings; print(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_DOMAIN)"
    )
    given = {"WARDLINE_WORKSPACE": str(written(tmp_path)), "DJANGO_SETTINGS_MODULE": "wardline_workspace.settings"}
    said = subprocess.run(
        [sys.executable, "-c", asks], env=environment(https=https) | given, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    form, session = said.stdout.splitlines()
    assert form.startswith(f"{begins}-form=")
    assert "Path=/;" in form
    assert "Domain" not in form
    assert ("Secure" in form) is https
    assert session == f"{begins} None"
