"""What goes wrong: a page in words, no traceback and nobody's data, neither on the page nor in the log."""

from __future__ import annotations

import errno
import http.cookiejar
import os
import re
import sqlite3
import urllib.error
import urllib.parse
import urllib.request

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from structlog.testing import capture_logs

from tests.workspace.addresses import OURS, filled_in
from tests.workspace.served import command, link_in, serving, written
from wardline.errors import OutputError, Problem, ProblemKind
from wardline_workspace.home import views
from wardline_workspace.pages import refusals
from wardline_workspace.pages.refused import Refused

SOMEBODY = "Millicent Bystander"
FAULTS = {
    "a fault": (RuntimeError(SOMEBODY), 500, "Sorry, something went wrong here"),
    "database away": (OperationalError(SOMEBODY), 503, "cannot reach its database"),
    "disk full": (OSError(errno.ENOSPC, SOMEBODY), 507, "The disk is full"),
    "not allowed": (PermissionDenied(SOMEBODY), 403, "Your role does not open this page"),
    "refused": (Refused("Somebody else has signed it."), 409, "Somebody else has signed it."),
    "a dive with a byte changed": (
        OutputError(Problem(ProblemKind.NOT_A_DIVE, "A file differs.", "Add it again.")),
        409,
        "A file differs. Add it again.",
    ),
}


@pytest.fixture
def raising(monkeypatch, browse_as):
    """A client that does not raise, and a home page that does."""

    def raise_it(error: Exception) -> Client:
        def home(*_: object) -> HttpResponse:
            raise error

        monkeypatch.setattr(views, "waiting_for", home)
        browser = browse_as("force-lead")
        browser.raise_request_exception = False
        return browser

    return raise_it


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_in_words(fault, raising):
    error, status, words = FAULTS[fault]
    with capture_logs() as logged:
        answer = raising(error).get("/")
    page, log = answer.content.decode(), str(logged)
    assert answer.status_code == status
    assert words in page
    for told in (page, log):
        assert "Traceback" not in told
        assert SOMEBODY not in told
    assert "In an emergency call 999" in page or "999" in page


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["a fault", "refused", "disk full", "database away"])
def test_what_was_typed_is_shown_again(fault, raising):
    answer = raising(FAULTS[fault][0]).post("/", {"note": "both homes <looked> at"})
    assert "both homes &lt;looked&gt; at" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError(SOMEBODY), RuntimeError(SOMEBODY)])
def test_also_before_a_view_is_reached(error, browse_as, monkeypatch):
    def get_user(*_: object) -> None:
        raise error

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", get_user)
    browser = browse_as("force-lead")
    browser.raise_request_exception = False
    with capture_logs() as logged:
        answer = browser.post("/dives/add/", {"folder": "/srv/<march>"})
    page, log = answer.content.decode(), str(logged)
    assert answer.status_code == 503
    assert "/srv/&lt;march&gt;" in page
    assert "999" in page
    assert SOMEBODY not in page + log
    assert "Traceback" not in page + log
    assert type(error).__name__ in log


@pytest.mark.django_db
def test_the_log_says_where_and_not_what(raising):
    with capture_logs() as logged:
        raising(RuntimeError(SOMEBODY)).get("/")
    [line] = logged
    assert line["kind"] == "RuntimeError"
    assert re.search(r"\.py:\d+$", line["where"])


def test_what_may_not_be_shown_again_is_known():
    assert {"password", "code", "csrfmiddlewaretoken"} <= set(refusals.NEVER_SHOWN_AGAIN)


@pytest.mark.django_db
def test_every_page_is_sent_with_what_a_browser_must_keep_to(browse_as):
    browser = browse_as("force-administrator")
    answers = [browser.get(filled_in(address)) for address in OURS] + [Client().get("/account/login/")]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert "base-uri 'none'" in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_no_page_is_kept_by_a_browser_or_what_stands_between(browse_as):
    browser = browse_as("force-administrator")
    for address in OURS:
        answer = browser.get(filled_in(address))
        assert "no-store" in answer.headers.get("Cache-Control", ""), address.path


@pytest.mark.django_db
def test_no_page_has_a_style_or_script_of_its_own(browse_as):
    browser = browse_as("force-administrator")
    for address in OURS:
        page = browser.get(filled_in(address)).content.decode()
        assert not re.search(r"\s(style|on\w+)=[\"']", page), address.path


class TestInEarnest:
    """A workspace as it is run, with what a real browser sends, and its stderr read at the end."""

    @pytest.fixture(scope="class")
    @classmethod
    def told(cls, tmp_path_factory):
        if os.environ.get("WARDLINE_TEST_DATABASE"):
            pytest.skip("it makes a SQLite database of its own")
        file = written(tmp_path_factory.mktemp("wrong") / "force")
        said = command("workspace", "first-administrator", file, "--email", "ada@force.example", "--name", SOMEBODY)
        link = link_in(said.stdout)
        with serving(file) as address:
            pages = {
                "invitation": fetch(address + link),
                "wrong password": log_in(address, "ada@force.example", "millicents-password"),
                "no such page": fetch(f"{address}/people/millicent-bystander?q=bystander"),
                "not a request": fetch(f"{address}/dives/%00millicent"),
                "other host": fetch(address + "/", Host="millicent.example"),
            }
            with sqlite3.connect(file.parent / "workspace.sqlite3") as connection:
                connection.execute("ALTER TABLE django_session RENAME TO away")
                connection.execute("ALTER TABLE people_invitation RENAME TO away_too")
            pages["database spoilt"] = fetch(address + link)
        return pages, (file.parent / "stderr.txt").read_text(encoding="utf-8")

    def test_the_log_names_no_person(self, told):
        _, log = told
        for word in ("millicent", "bystander", "ada@", "force.example", "Traceback", "127.0.0.1"):
            assert word.lower() not in log.lower(), log

    def test_the_log_says_that_something_went_wrong(self, told):
        assert "OperationalError" in told[1]

    def test_each_answer_is_a_page_in_words(self, told):
        pages, _ = told
        assert SOMEBODY in pages["invitation"][1]
        assert "The e-mail address or the password is not right" in pages["wrong password"][1]
        assert pages["no such page"][0] == 404
        assert "Page not found" in pages["no such page"][1]
        assert "Wardline cannot reach its database" in pages["database spoilt"][1]
        assert pages["other host"][0] == 400
        assert all("Traceback" not in page for _, page in pages.values())


def fetch(address: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def log_in(address: str, email: str, password: str) -> tuple[int, str]:
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{address}/account/login/", timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "login": email, "password": password}).encode()
    with browser.open(f"{address}/account/login/", sent, timeout=30) as answer:
        return answer.status, answer.read().decode()
