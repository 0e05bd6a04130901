"""The pages on which a dive is made, as somebody meets them: wide and narrow, read aloud, without JavaScript."""

from __future__ import annotations

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import browser
from tests.workspace.making.conftest import EXPORTS
from wardline_workspace.making.models import BackgroundDive, DiveBeingMade, State
from wardline_workspace.making.run import run_all

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop of its own in this thread

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["browser"]

WIDTHS = (1280, 320)


@pytest.fixture
def looking(browser, live_server, browse_as, settings):
    """A page of a browser in which the force's lead is logged in."""
    session = browse_as("force-lead").cookies[settings.SESSION_COOKIE_NAME].value
    opened = []

    def look(*, scripts=True):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("console", lambda said: page.wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.at = lambda path: page.goto(f"{live_server.url}/making/{path}")
        return page

    yield look
    for context in opened:
        context.close()


def fits(page):
    """Nothing to object to, nothing wider than the screen, nothing in the console, wide and narrow."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in found} == {}, (page.url, width)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (page.url, width)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.wrong == []


def begin(page):
    """A dive is begun, in the form."""
    page.at("begin/")
    page.get_by_label("What is the dive called?").fill("Missing children, winter")
    page.get_by_label("What is the question?").fill("Are children reported missing reached in time?")
    for name, value in (("as_at_0", "1"), ("as_at_1", "4"), ("as_at_2", "2025")):
        page.fill(f"[name={name}]", value)
    page.get_by_label("Missing children (england/missing-children)").check()
    page.get_by_role("button", name="Begin").click()


def bring(page, system):
    """A record system's exports are brought."""
    page.get_by_role("link", name=re.compile("^Add ")).click()
    page.get_by_label("What is the record system called?").fill(system)
    page.set_input_files("[name=files]", sorted(map(str, (EXPORTS / system).iterdir())))
    page.get_by_role("button", name="Bring them and draft how they are read").click()


def test_each_page_on_the_way_is_for_everybody(looking):
    page = looking()
    page.at("")
    fits(page)
    page.at("begin/")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the question")
    fits(page)
    begin(page)
    fits(page)
    page.get_by_role("link", name="Add the exports of a record system").click()
    fits(page)
    page.go_back()
    bring(page, "missing")
    fits(page)
    for name in (
        "Its files",
        "About the system, and its gaps",
        "The mapping itself, in YAML",
        "episodes-1.csv",
        "log.csv",
    ):
        page.get_by_role("link", name=name).first.click()
        for summary in page.locator("main details summary").all():
            summary.click()
        fits(page)
        page.go_back()
    page.get_by_role("link", name="The mapping itself, in YAML").click()
    text = page.get_by_label("The document")
    text.fill(text.input_value().replace("each row is: a case", "each row is: a cas"))
    page.get_by_role("button", name="Look at it and write it").click()
    expect(page.get_by_role("alert")).to_contain_text("line 12, column 18")
    fits(page)
    work = DiveBeingMade.objects.get()
    for step in ("question/", "settings/", "can-we-tell/", "run/"):
        page.at(f"{work.slug}/{step}")
        for summary in page.locator("main details summary").all():
            summary.click()
        fits(page)


def test_a_page_that_waits_looks_again_by_itself_and_comes_to_the_dive(looking):
    page = looking()
    begin(page)
    bring(page, "missing")
    work = DiveBeingMade.objects.get()
    page.at(f"{work.slug}/run/")
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_text("It begins in a moment.")).to_be_visible()
    fits(page)
    run = BackgroundDive.objects.get()
    run.state, run.progress, run.done, run.total, run.began_at = State.RUNNING, "checking, attend", 3, 4, run.asked_at
    run.save()
    expect(page.get_by_text("Checking, attend, 75 %")).to_be_visible(timeout=10_000)
    fits(page)
    run.state = State.WAITING
    run.save()
    run_all()
    page.get_by_role("link", name="Open Missing children, winter").click(timeout=10_000)
    assert "/dives/" in page.url


def test_all_of_it_without_javascript(looking):
    page = looking(scripts=False)
    begin(page)
    bring(page, "missing")
    page.get_by_role("link", name="episodes-1.csv").click()
    page.get_by_text("Keep only some rows").click()
    page.locator("#KeepRows_column").select_option("PersonType")
    page.locator("#KeepRows_texts").fill("C")
    page.get_by_role("button", name="Keep only these").click()
    expect(page.get_by_role("heading", name="What the change did")).to_be_visible()
    work = DiveBeingMade.objects.get()
    page.at(f"{work.slug}/run/")
    page.get_by_role("button", name="Run it").click()
    assert page.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count() == 1
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_text("because somebody asked for it")).to_be_visible()
