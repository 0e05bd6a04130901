"""Children to check and a child at risk in a real browser: journeys, axe, a narrow screen, and the keyboard alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser

from wardline_workspace.at_risk.models import Risk
from wardline_workspace.children.models import Counts
from wardline_workspace.children.taking import take_list
from wardline_workspace.demonstration.accounts import make_accounts
from wardline_workspace.deployment.described import Place

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        bool(os.environ.get("WARDLINE_TEST_DATABASE")),
        reason="a server's threads keep PostgreSQL from taking the tests' database away; pages are the same on either",
    ),
]

# Where pictures go for whoever wants to look at the pages (WARDLINE_LOOK=folder); none are kept otherwise.
LOOK = os.environ.get("WARDLINE_LOOK")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread; nothing is async
WIDTHS = (1280, 320)
SECONDS_TO_CLOSE = 0.3


class Visitor:
    """Somebody at a browser of their own, in a role."""

    def __init__(self, browser: object, base: str, title: str, *, width: int = 1280, scripts: bool = True) -> None:
        self.base, self.width = base, width
        self.page = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        ).new_page()
        self.page.set_default_timeout(10_000)
        self.page.goto(f"{base}/account/login/")
        self.page.get_by_role("button", name=f"Log in as {title}", exact=True).click()

    def open(self, address: str) -> object:
        self.page.goto(f"{self.base}{address}")
        return self.page

    def look(self, name: str) -> None:
        """What axe objects to here, and whether the page is wider than the screen; a picture where they are kept."""
        if LOOK:
            self.page.screenshot(path=str(Path(LOOK) / f"{name}-{self.width}.png"), full_page=True)
        found = Axe().run(self.page).response["violations"]
        assert {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in found} == {}, name
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, name


@pytest.fixture(scope="module", autouse=True)
def trail_that_can_be_emptied(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """What tests with a server of their own need: after each the tables are emptied, and the trail refuses that."""
    written_once = import_module("wardline_workspace.trail.migrations.0002_written_once")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER trail_entry_not_changed")
        cursor.execute("DROP TRIGGER trail_entry_not_removed")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for statement in written_once.SQLITE:
            cursor.execute(statement)


@pytest.fixture
def force(live_server: object, deployment: object, dives: object) -> Iterator[str]:
    """The force's workspace, with the accounts of the demonstration and a list whose records end an hour ago."""
    make_accounts()
    hours = (timezone.now() - dives.first.as_at).total_seconds() / 3600
    take_list(dive=dives.add("today", hours=hours - 1), by="")
    yield live_server.url


@pytest.fixture
def office_at(live_server: object, settings: object, deployment: object) -> str:
    """The office's workspace."""
    settings.DEPLOYMENT = replace(deployment, place=Place.OFFICE, body=deployment.office)
    make_accounts()
    return live_server.url


@pytest.fixture
def visits(browser: Browser, live_server: object) -> Iterator[Callable[..., Visitor]]:
    """Visitors whose windows are closed before the server is: it ends no connection that a browser holds open."""
    came: list[Visitor] = []

    def visitor(base: str, title: str, **how: object) -> Visitor:
        came.append(Visitor(browser, base, title, **how))
        return came[-1]

    yield visitor
    for one in came:
        one.page.context.close()
    time.sleep(SECONDS_TO_CLOSE)


LEAD, DUTY = "Force lead for child protection", "Duty inspector"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_child_is_looked_at_from_the_list_to_the_second_person(visits, force, width):
    lead = visits(force, LEAD, width=width)
    lead.look("home-of-the-lead")
    page = lead.open("/children/")
    assert page.locator("h1").inner_text() == "Children to check today"
    lead.look("list")
    page.get_by_role("link", name="Record an answer about").first.click()
    lead.look("child")
    page.get_by_role("button", name="Record the answer").click()
    assert page.locator(".govuk-error-summary li").count() == 3
    lead.look("child-with-problems")
    page.get_by_label("Who looks").fill("the missing-children sergeant")
    page.get_by_label("By when").fill("11:59pm")
    page.get_by_role("button", name="Record who looks").click()
    assert "the missing-children sergeant" in page.locator("main").inner_text()
    page.get_by_role("link", name="Record an answer about").first.click()
    page.get_by_label("Not needed, because…").check()
    page.get_by_label("If not needed: why").fill("In custody, seen by a nurse.")
    page.get_by_label("By whom").fill("the custody sergeant")
    page.get_by_label("When", exact=True).fill("now")
    page.get_by_role("button", name="Record the answer").click()
    assert "Needs a second person" in page.locator("main").inner_text()
    lead.look("list-waiting")
    duty = visits(force, DUTY, width=width)
    duty.look("home-of-the-duty-inspector")
    duty.open("/children/").get_by_role("link", name="Agree or not").click()
    duty.look("second-person")
    duty.page.get_by_label("Yes, I have looked at the case and agree").check()
    duty.page.get_by_role("button", name="Record it", exact=True).click()
    duty.look("list-agreed")
    for address, name in (
        ("/children/print/", "print"),
        ("/children/due-next/", "due-next"),
        ("/children/closed-without-a-record/", "older"),
    ):
        duty.open(address)
        duty.look(name)
    lead.open("/children/counts-for-the-office/")
    lead.look("counts-to-send")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_child_at_risk_is_sent_and_acknowledged(visits, force, width):
    lead = visits(force, LEAD, width=width)
    lead.open("/children/").get_by_role("link", name="Record an answer about").first.click()
    lead.page.get_by_role("button", name="A child may be at risk now").click()
    lead.look("send")
    lead.page.get_by_role("button", name="Send it now").click()
    lead.look("send-with-problems")
    lead.page.get_by_label("What worries you?").fill("She wrote that she cannot go home tonight.")
    lead.page.get_by_label("How can they reach you today?").fill("01632 960 200")
    lead.page.get_by_role("button", name="Send it now").click()
    lead.look("sent")
    lead.open("/")
    lead.look("home-of-the-sender")
    duty = visits(force, DUTY, width=width)
    assert duty.page.locator(".panel--risk").count() == 1
    duty.look("home-in-red")
    duty.page.get_by_role("link", name="Read and acknowledge it").click()
    duty.look("to-acknowledge")
    duty.page.get_by_label("Your name").fill("Insp. Made-up")
    duty.page.get_by_role("button", name="Acknowledge it").click()
    duty.look("acknowledged")
    duty.open("/at-risk/")
    duty.look("at-risk")
    duty.open("/at-risk/take-in/")
    duty.look("take-in")
    duty.open("/")
    assert duty.page.locator(".panel--risk").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_at_the_office_it_is_written_and_the_telephone_comes_first(visits, office_at, width):
    officer = visits(office_at, "Scrutiny officer", width=width)
    officer.page.get_by_role("link", name="A child may be at risk now").click()
    officer.look("office-send")
    officer.page.get_by_label("Which child or case?").fill("3RQ8")
    officer.page.get_by_label("What worries you?").fill("Nobody seems to have spoken with him.")
    officer.page.get_by_label("How can they reach you today?").fill("01632 960 300")
    officer.page.get_by_role("button", name="Write it").click()
    officer.look("office-written")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("button", name="Get the file for the force").click()
    assert download.value.suggested_filename == f"at-risk-{Risk.objects.get().code}.json"
    officer.open("/")
    officer.look("office-home-in-red")
    officer.page.get_by_role("link", name="Record a telephone call").click()
    officer.page.get_by_label("With whom did you speak?").fill("Insp. Made-up")
    officer.page.get_by_label("When?").fill("now")
    officer.page.get_by_role("button", name="Record the call").click()
    officer.look("office-told")
    officer.open("/children/counts/")
    officer.look("office-counts-none")
    officer.open("/children/counts/take/")
    officer.look("office-take-counts")
    Counts.objects.create(
        on_the_list=14,
        looked_at=10,
        waits_for_second=1,
        named=2,
        not_named=1,
        is_made_up=True,
        records_to=timezone.now(),
        made_at=timezone.now(),
        made_by="Force lead",
        digest="0" * 64,
    )
    assert "14 on the list" in officer.open("/children/counts/").locator("main").inner_text()
    officer.look("office-counts")
    officer.open("/")
    officer.look("office-home-with-counts")


def test_by_the_keyboard_alone_and_without_scripts(visits, force):
    """From the list to an answer with Tab, Space, arrows and Enter only, as whoever has no mouse."""
    lead = visits(force, LEAD, scripts=False)
    page = lead.open("/children/")

    def tab_to(words: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            active = page.evaluate(
                "(() => { const e = document.activeElement; const l = e.labels && e.labels[0];"
                " return (l ? l.innerText : e.innerText || '').trim(); })()"
            )
            if active.startswith(words):
                return
        raise AssertionError(f"the keyboard does not come to {words}")

    tab_to("Record")
    page.keyboard.press("Enter")
    page.wait_for_url("**/children/*/*")
    tab_to("Child seen")
    page.keyboard.press("Space")
    tab_to("By whom")
    page.keyboard.type("officer B")
    tab_to("When")
    page.keyboard.type("now")
    tab_to("Record the answer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/children/")
    assert "officer B" in page.locator("main").inner_text()
