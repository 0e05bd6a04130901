"""The pages of findings and cases as somebody meets them: by keyboard, on a telephone, read aloud, no JavaScript."""

from __future__ import annotations

import os
from importlib import import_module

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection

from tests.browser.conftest import browser

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop of its own in this thread

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["browser"]

WIDTHS = (1280, 320)
LATE = "findings/?outcome=late&outcome=missed"


@pytest.fixture
def emptied_trail(transactional_db):
    """What a test with a server of its own needs at its end: the trail, which refuses to be emptied, is emptied."""
    yield
    written_once = import_module("wardline_workspace.trail.migrations.0002_written_once")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION trail_entry_refuses() CASCADE")
        else:
            cursor.execute("DROP TRIGGER trail_entry_not_changed")
            cursor.execute("DROP TRIGGER trail_entry_not_removed")
        cursor.execute("DELETE FROM trail_entry")
        for statement in written_once.POSTGRESQL if connection.vendor == "postgresql" else written_once.SQLITE:
            cursor.execute(statement)


@pytest.fixture
def looking(browser, live_server, emptied_trail, browse_as, settings, added):
    """A page of a browser in which the force's lead is logged in."""
    session = browse_as("force-lead").cookies[settings.SESSION_COOKIE_NAME].value
    opened = []

    def look(width=1280, *, scripts=True):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("console", lambda said: page.wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.at = lambda path: page.goto(f"{live_server.url}/dives/{added.slug}/{path}")
        return page

    yield look
    for context in opened:
        context.close()


def fits(page):
    """Nothing to object to, nothing wider than the screen, and nothing in the console."""
    found = Axe().run(page).response["violations"]
    assert {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in found} == {}
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_each_page_is_for_everybody(looking, width):
    page = looking(width)
    page.at("findings/")
    fits(page)
    page.at(LATE)
    fits(page)
    page.get_by_label("Case number").fill("99999")
    page.get_by_role("button", name="Find", exact=True).click()
    assert page.get_by_role("alert").is_visible()
    fits(page)
    page.at(LATE)
    page.locator("table").last.locator("tbody th a").first.click()
    fits(page)
    page.get_by_role("button", name="Open the case").click()
    assert "Choose why you open this case" in page.get_by_role("alert").inner_text()
    fits(page)
    page.get_by_label("To see whether a child is safe").check()
    page.get_by_role("button", name="Open the case").click()
    assert page.get_by_role("img", name="What was recorded, on two clocks").is_visible()
    fits(page)


def test_from_a_filter_to_a_case_by_keyboard_alone_and_without_javascript(looking):
    page = looking(scripts=False)
    page.at("findings/")

    def to(label):
        for _ in range(150):
            page.keyboard.press("Tab")
            focused = page.locator(":focus:not([role=region])")
            if focused.count() and label in (focused.get_attribute("id") or "") + focused.inner_text():
                return
        raise AssertionError(f"{label} is not reached by the keyboard")

    to("by-outcome-2")
    page.keyboard.press("Space")
    to("Show findings")
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/?outcome=late")
    assert page.get_by_role("heading", level=1).inner_text() == "17 findings"
    to("missing:")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/")
    to("id_reason")
    page.keyboard.press("Space")
    to("Open the case")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What was recorded, on two clocks").wait_for()
